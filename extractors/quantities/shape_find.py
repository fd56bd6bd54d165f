"""Digits and number words that are no statistics by their shape alone: the one way in.

`find_shapes` brings together what `shape_digits` claims (with the dates of `dates`) and what `shape_words` claims. Ages
and durations are read elsewhere; money, percentages and plain counts are never claimed.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass

from extractors.language.lexicon import fold, vocabulary
from extractors.quantities.shape_digits import date_claim, digit_claims
from extractors.quantities.shape_words import COUNTING, word_claims
from extractors.quantities.shapes import Claim
from extractors.records import NumeralClass, PassageKind
from extractors.timex.spans import DateSpan, dates_in


@dataclass(frozen=True, slots=True)
class Shape:
    """A span of a passage that holds digits or a number word and measures nothing."""

    start: int
    end: int
    numeral_class: NumeralClass
    reason: str
    """What the ledger says: `date`, `year`, `phone_number`, `statute`, …"""
    date: DateSpan | None
    """For a date the period it names, else None."""


def _merged(claims: Iterable[Claim], more: Iterable[Claim]) -> list[Claim]:
    """`claims`, and those of `more` that overlap none of them nor an earlier one of `more`; in order."""
    out: list[Claim] = []
    rest = iter(claims)
    nearest = next(rest, None)
    for claim in sorted(more, key=lambda c: c.start):
        while nearest and nearest.end <= claim.start:
            out.append(nearest)
            nearest = next(rest, None)
        if (nearest is None or claim.end <= nearest.start) and (not out or out[-1].end <= claim.start):
            out.append(claim)
    return [*out, *([nearest] if nearest else []), *rest]


def find_shapes(text: str, kind: PassageKind = "paragraph") -> list[Shape]:
    """Everything in one passage that holds digits or a number word and is no statistic: sorted, without overlap."""
    low = fold(text)
    return shapes_in(text, low, vocabulary(low), kind)


def shapes_in(text: str, low: str, seen: Set[str], kind: PassageKind) -> list[Shape]:
    """As `find_shapes`, for a caller that has the text folded, and its words."""
    if kind == "footnote_mark":
        return [Shape(0, len(text), "reference", "footnote_mark", None)] if text else []
    dates = dates_in(text, low, seen)
    digits = digit_claims(text, low, dates, kind)
    others = [date_claim(date) for date in dates]
    if not COUNTING.isdisjoint(seen):
        others += word_claims(low)
    return [Shape(*claim) for claim in _merged(digits, others)]
