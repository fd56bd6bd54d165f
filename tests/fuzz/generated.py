"""One run of one target by hypothesis: texts and pages put together from what numbers, dates and markup are made of."""

import sys
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.extractors.test_hostile_numbers import NASTY, elements
from tests.extractors.test_robustness import ANY_TEXT, MARKDOWN, pages
from tests.fuzz.journal import Journal
from tests.fuzz.targets import TARGETS

INPUTS: dict[str, st.SearchStrategy[bytes]] = {
    "text": st.one_of(ANY_TEXT, MARKDOWN, NASTY).map(lambda text: text.encode("utf-8", "replace")),
    "page": st.one_of(
        pages(), st.lists(elements(), max_size=5).map(lambda parts: "".join(parts).encode("utf-8", "replace"))
    ),
}
BATCH = 2000
"""Inputs of one test: hypothesis remembers each until a test ends."""


def main(target: str, inputs: int, first_seed: int, out: Path) -> None:
    """Run until so many inputs are read."""
    journal = Journal(out, TARGETS[target], inputs)
    batch = 0
    while journal.done < inputs:

        @seed(first_seed * 1_000_000 + batch)
        @settings(
            max_examples=BATCH,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(INPUTS[target])
        def take(data: bytes) -> None:
            if journal.done < inputs:
                journal.take(data)

        take()
        batch += 1


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
