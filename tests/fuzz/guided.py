"""One run of one target by atheris: an input that goes a new way through the code is kept and changed further."""

import os
import shutil
import sys
from pathlib import Path

import atheris

# What is followed through the code has to be imported here first.
with atheris.instrument_imports(include=["extractors", "warehouse"]):
    from tests.fuzz.targets import TARGETS

from tests.fuzz.corpus import MOST, start
from tests.fuzz.journal import Journal
from tests.fuzz.mutations import Mutator


def main(target: str, inputs: int, seed: int, out: Path) -> None:
    """Run until so many inputs are read; then the process ends, as libFuzzer gives no way back."""
    journal, mutator = Journal(out, TARGETS[target], inputs), Mutator(target)

    def take(data: bytes) -> None:
        if not journal.take(data):
            os._exit(0)

    def change(data: bytes, most: int, chosen: int) -> bytes:
        if chosen % 5 == 0:
            return bytes(atheris.Mutate(data, most))
        return mutator.changed(data, chosen)[:most]

    kept = out.with_name(f"corpus-{target}")
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    for n, piece in enumerate(start(target)):
        (kept / f"{n:05}").write_bytes(piece)
    # Findings are noted and do not end the run; what ends it is a crash, 20 seconds or a gigabyte for one input.
    bounds = [f"-max_len={MOST[target]}", f"-seed={seed}", "-timeout=20", "-rss_limit_mb=1024", "-verbosity=0"]
    arguments = [sys.argv[0], *bounds, f"-artifact_prefix={out}.", str(kept)]
    atheris.Setup(arguments, take, custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
