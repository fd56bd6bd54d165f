"""One run of one target over inputs that atheris has found to go new ways, changed further without its bookkeeping.

That takes a third of the time, so that many more are read.
"""

import random
import sys
from pathlib import Path

from tests.fuzz.corpus import start
from tests.fuzz.journal import Journal
from tests.fuzz.mutations import Mutator
from tests.fuzz.targets import TARGETS


def main(target: str, inputs: int, seed: int, out: Path) -> None:
    """Run until so many inputs are read."""
    journal, mutator, chance = Journal(out, TARGETS[target], inputs), Mutator(target), random.Random(seed)
    found = [path.read_bytes() for path in sorted(out.with_name(f"corpus-{target}").iterdir())]
    begin_from = found + start(target)
    while journal.take(mutator.changed(chance.choice(begin_from), chance.getrandbits(32))):
        pass


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
