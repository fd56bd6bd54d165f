"""Score the numerals the extractor reads against marked quantities, one-to-one within each text.

Scoring only. A line of such a file has `id`, `text` and `mentions`; quantities are matched by value and
never by span, since those who mark texts draw spans differently. Facts, periods and metrics are scored in score.py.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.gold.score import Tally, read_gold

MEASURING_CLASSES = frozenset({"statistic", "duration", "age"})
TOLERANCE = 1e-4
MODIFIERS = {
    "exact": "=",
    "more_than": ">",
    "at_least": ">",
    "less_than": "<",
    "at_most": "<",
    "up_to": "<",
    "about": "~",
    "nearly": "~",
    "order_of_magnitude": "~",
    "range": "range",
}


@dataclass(frozen=True)
class Quantity:
    """One number the extractor read, with what is needed to match it."""

    surface: str
    value: float | None
    low: float | None
    high: float | None
    modifier: str
    is_ratio: bool


@dataclass
class NumbersScore:
    """The two tallies of a file, and one line for each mention that did not agree and each quantity too many."""

    value: Tally = field(default_factory=Tally)
    modified: Tally = field(default_factory=Tally)
    misses: list[str] = field(default_factory=list)


def _near(expected: float | None, got: float | None) -> bool:
    if expected is None or got is None:
        return False
    return abs(expected - got) <= TOLERANCE * max(abs(expected), abs(got))


def agrees_in_value(mention: dict[str, Any], quantity: Quantity) -> bool:
    """Whether a quantity has the mention's value, or both ends of its range.

    A percent may be given as a share of 1 when the fact is a ratio: 50 agrees with 0.5.
    """
    if mention["value"] is None:
        return _near(mention["lo"], quantity.low) and _near(mention["hi"], quantity.high)
    expected = float(mention["value"])
    return _near(expected, quantity.value) or (quantity.is_ratio and _near(expected / 100, quantity.value))


def pair(mentions: Sequence[dict[str, Any]], quantities: Sequence[Quantity]) -> dict[int, int]:
    """Give each mention at most one quantity of its value: the same modifier first, then reading order."""
    offers = sorted(
        (mention["modifier"] != quantity.modifier, abs(mention_at - quantity_at), mention_at, quantity_at)
        for mention_at, mention in enumerate(mentions)
        for quantity_at, quantity in enumerate(quantities)
        if agrees_in_value(mention, quantity)
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, mention_at, quantity_at in offers:
        if mention_at not in pairs and quantity_at not in taken:
            pairs[mention_at] = quantity_at
            taken.add(quantity_at)
    return pairs


def add(
    score: NumbersScore, name: str, body: str, mentions: Sequence[dict[str, Any]], quantities: Sequence[Quantity]
) -> None:
    """Add one text's mentions and quantities to a score."""
    pairs = pair(mentions, quantities)
    agreed = {at for at, other in pairs.items() if mentions[at]["modifier"] == quantities[other].modifier}
    for tally, count in ((score.value, len(pairs)), (score.modified, len(agreed))):
        tally.agreed += count
        tally.facts += len(quantities)
        tally.golds += len(mentions)
    for at, mention in enumerate(mentions):
        wanted = f"{mention['surface']!r} {mention['modifier']}"
        if at not in pairs:
            ends = mention["value"] if mention["value"] is not None else (mention["lo"], mention["hi"])
            score.misses.append(f"{name}: missed   {wanted} {ends} in {body[:100]!r}")
        elif at not in agreed:
            score.misses.append(f"{name}: modifier {wanted}, got {quantities[pairs[at]].modifier} in {body[:100]!r}")
    taken = set(pairs.values())
    score.misses += [
        f"{name}: extra    {quantity.surface!r} {quantity.modifier} {quantity.value} in {body[:100]!r}"
        for at, quantity in enumerate(quantities)
        if at not in taken
    ]


def quantities_of(reading: Any) -> list[Quantity]:
    """The numerals of a reading that measure something, in reading order."""
    ratios = {fact.fact_id for fact in reading.facts if fact.kind == "ratio"}
    return [
        Quantity(
            surface=numeral.surface,
            value=_number(numeral.value),
            low=_number(numeral.value_low),
            high=_number(numeral.value_high),
            modifier=MODIFIERS[numeral.qualifier],
            is_ratio=numeral.fact_id in ratios,
        )
        for numeral in reading.numerals
        if numeral.numeral_class in MEASURING_CLASSES
    ]


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def score_file(path: Path) -> NumbersScore:
    """Read every text of a file with the extractor and score its numerals."""
    from extractors import read_text

    score = NumbersScore()
    for text in read_gold(path):
        add(score, text["id"], text["text"], text["mentions"], quantities_of(read_text(text["text"])))
    return score


def main() -> None:
    """Print precision, recall and F1 of each file for the value, and for value and modifier together."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.gold.numbers_score", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("file", type=Path, nargs="+", help="marked texts, one JSON object a line")
    parser.add_argument("-v", "--verbose", action="store_true", help="list misses, other modifiers and extras")
    options = parser.parse_args()
    for path in options.file:
        score = score_file(path)
        if options.verbose:
            print(*score.misses, sep="\n")
        print(path)
        for name, tally in (("value", score.value), ("value+modifier", score.modified)):
            print(
                f"{name:14} precision {tally.precision():.3f}  recall {tally.recall():.3f}  F1 {tally.f1():.3f}"
                f"  ({tally.agreed} agree, {tally.facts} numerals, {tally.golds} marked)"
            )


if __name__ == "__main__":
    main()
