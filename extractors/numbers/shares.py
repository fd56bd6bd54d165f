"""Fractions: "two-thirds", "a quarter of", "3/4", "half"; and fractions of a scale, "half a million".

Belongs here: when a word such as "third" or "half" is a share of something, and when it is not. Not here: percentages
(`marks.py`), ratios ("one in six": `ranges.py`).
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.numbers.cardinals import JOIN, Part, article, gap_before, text_before, value_of
from extractors.numbers.words import Atom, Kind

_OF_A = frozenset({" a ", " of a ", " ", "-", "-a-", "-of-a-"})
_FRACTION_BEFORE = re.compile(
    r"\b(?:nearly|almost|over|about|around|roughly|approximately|than|by|under|above|below|least|most|to|just|some|only|exactly"
    r"|another|up|quite)(?: an?)?[ ]$",
    re.I,
)
_FRACTION_AFTER = re.compile(
    r" of\b| (?:were|are|was|is|have|has|had|said|say|did|do|could|would|will|live|more|less|fewer|higher|lower|as|the"
    r"|its|their|our|all|that|this|from|in)\b|[.,;:)]|$",
    re.I,
)
_NOT_HALF_BEFORE = re.compile(
    r"\b(?:first|second|third|1st|2nd|other|latter|last|past|next|top|bottom|better|opening|closing|this|that|which|each"
    r"|and a|and-a)[ -]$",
    re.I,
)
_NOT_HALF_AFTER = re.compile(
    r"-(?!an? )|[ ](?:years?|time|hours?|marathons?|terms?|century|days?|price|brother|sister)\b", re.I
)
_NOT_QUARTERS_BEFORE = re.compile(r"\b(?:last|past|first|next|previous|these|those|consecutive|the|all)[ ]$", re.I)
OF = re.compile(r" of\b", re.I)
_DENOMINATORS = frozenset(map(Decimal, (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 25, 32, 50, 100, 1000)))


def fraction(text: str, start: int, end: int, value: Decimal, atoms: Sequence[Atom], j: int) -> tuple[Part, int]:
    """A fraction, or a fraction of a scale: `half a million`, `three-quarters of a million`."""
    if (
        j < len(atoms)
        and gap_before(text, atoms, j) in _OF_A
        and atoms[j].kind in (Kind.SCALE, Kind.DOZEN, Kind.HUNDRED)
    ):
        size = value_of(atoms[j])
        resolution = size / 10 if size >= 100 else Decimal(1)
        return Part(start, atoms[j].end, value * size, scale=size, resolution=resolution, rounded=True), j + 1
    return Part(start, end, value, form="fraction"), j


def share(text: str, atoms: Sequence[Atom], i: int) -> tuple[Part, int] | None:
    """`two-thirds`, `three quarters`, `one third of` with the numerator at index `i`."""
    gap, top = gap_before(text, atoms, i + 1), atoms[i]
    if gap not in JOIN or top.value is None or top.resolution != 1 or not 0 < top.value < 100:
        return None
    part, end = atoms[i + 1], atoms[i + 1].end
    hyphen = gap != " "
    firm = (
        hyphen or bool(_FRACTION_AFTER.match(text, end)) or bool(_FRACTION_BEFORE.search(text_before(text, top.start)))
    )
    if part.kind is Kind.PARTS:
        quarters = value_of(part) in (2, 4)
        if quarters and (top.value > 3 or not (hyphen or OF.match(text, end) or firm)):
            return None
        if quarters and _NOT_QUARTERS_BEFORE.search(text_before(text, top.start)):
            return None
    elif part.kind in (Kind.QUARTER, Kind.HALF):
        if top.value != 1 or not (firm or (i + 2 < len(atoms) and atoms[i + 2].kind is Kind.SCALE)):
            return None
    elif part.kind is not Kind.ORDINAL or value_of(part) < 3 or top.kind is Kind.TENS:
        return None
    if (
        part.kind is Kind.ORDINAL
        and not (top.value == 1 and firm)
        and not (top.value < value_of(part) and (OF.match(text, end) or hyphen))
    ):
        return None
    if value_of(part) >= 100 and not OF.match(text, end):
        return None  # "our one-millionth tree" counts trees
    return fraction(text, top.start, end, top.value / value_of(part), atoms, i + 2)


def digit_fraction(text: str, atoms: Sequence[Atom], i: int) -> tuple[Decimal, int] | None:
    """`3/4` with the numerator at index `i`; not `24/7`, `9/11`, `1/2/2021`."""
    if gap_before(text, atoms, i + 1) not in ("/", "\u2044") or atoms[i + 1].kind is not Kind.DIGITS:
        return None
    top, bottom = atoms[i], atoms[i + 1]
    if (
        not (top.plain and bottom.plain)
        or not 0 < value_of(top) < value_of(bottom)
        or bottom.value not in _DENOMINATORS
    ):
        return None
    if text[bottom.end : bottom.end + 1] == "/" or text[max(0, top.start - 1) : top.start] == "/":
        return None
    return value_of(top) / value_of(bottom), i + 2


def half_or_quarter(text: str, atoms: Sequence[Atom], i: int) -> tuple[Part | None, int]:
    """`half`, `a quarter of`, `half a million`; not "the first half", "half-year", "the second quarter"."""
    atom = atoms[i]
    before, start = text_before(text, atom.start), article(text, atom.start)
    part, j = fraction(text, start, atom.end, 1 / value_of(atom), atoms, i + 1)
    if part.form == "number":
        return part, j
    if atom.kind is Kind.HALF:
        refused = _NOT_HALF_BEFORE.search(before) or _NOT_HALF_AFTER.match(text, atom.end)
        return (None, j) if refused else (part, j)
    after = _FRACTION_AFTER.match(text, atom.end) or _FRACTION_BEFORE.search(before)
    return (part, j) if start < atom.start and after and "and a" not in before[-6:] else (None, j)


def part_of(text: str, atoms: Sequence[Atom], i: int, start: int) -> tuple[Part, int] | None:
    """`a third of`, `nearly a fifth`, with the article at `start` and the ordinal at index `i`; not `a third child`."""
    end, share_of = atoms[i].end, 1 / value_of(atoms[i])
    part, j = fraction(text, start, end, share_of, atoms, i + 1)
    if part.form == "number" or OF.match(text, end) or _FRACTION_AFTER.match(text, end):
        return part, j
    return (part, j) if _FRACTION_BEFORE.search(text_before(text, start)) else None
