"""What the headers of a table, or the labels of a tile, say of a bare number: its unit, its scale, its kind.

A cell reads like a short sentence: its number, then the headers beside and above it. Here that sentence is made.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from extractors.clauses.nouns import noun_after
from extractors.clauses.scale_notes import SCALING, applying, is_limited
from extractors.clauses.year_like import DATED
from extractors.language.currencies import CODES, COMMON_SIGNS, DOLLAR, DOLLARS, LOCAL, NAMES, OWNERS, SIGNS
from extractors.language.denominations import denomination_in
from extractors.language.lexicon import EVENTS, MEASURES, RATES, TIME_UNITS, fold, is_plural, vocabulary
from extractors.language.patterns import EXCEPT, SCALES, any_of
from extractors.language.units import POWERED
from extractors.pages.values import is_change, tells_when
from extractors.records import Passage

_PERCENT = re.compile(r"%|\bper ?cent(?:age)?s?\b|\bpct\b|(?<!per )\bshare\b(?! of voice)")
_POINTS = re.compile(
    r"\bp\.?p\b|\b(?:percentage|percent|per cent|pct\.?)[- ](?:points?|pts?)\b|%[- ]?(?:points?|pts?)\b"
)
_CODES = any_of(CODES).lower()
_MONEY = {
    **SIGNS,
    **{code.lower(): code for code in CODES},
    **NAMES,
    **{mark.lower(): code for mark, code in LOCAL.items() if len(mark) > 1},
    **{f"{whose.lower()}$": code for whose, code in DOLLARS.items()},
    **{f"{whose} dollars": code for whose, code in OWNERS.items()},
    DOLLAR: DOLLAR,
    "dollars": DOLLAR,
}
_MONEY_HEADER = re.compile(
    rf"(?:\b(?:{any_of(DOLLARS).lower()})\$|[{COMMON_SIGNS}])(?!\s?[1-9])|\b(?:{_CODES}|sterling)\b|"
    rf"\b(?:{any_of(map(re.escape, OWNERS))}) dollars\b|(?:(?<=\bof )|(?<=\())(?:dollars|{any_of(NAMES)})\b|"
    rf"^(?:dollars|{any_of(NAMES)})$|(?<=\()(?:{any_of(mark.lower() for mark in LOCAL if len(mark) > 1)})\b"
)
_SIGN = rf"(?:(?:{any_of(DOLLARS).lower()})?\$|[{COMMON_SIGNS}])"
_BEFORE_SCALE = rf"(?:{_SIGN}|(?:{_CODES}) )?"
_MEASURE = rf"{POWERED}|[a-z/\u00b2\u00b3]{{1,14}}[23]?"
_TIMED = re.compile(r"\b(?:average|mean|median|typical) (?:number of )?(?P<unit>[a-z]+)\b")
_SCALE_NOTE = re.compile(
    rf"\((?:all |figures |values |amounts )*(?:in )?{_BEFORE_SCALE}\s?"
    rf"(?:{SCALES})(?: of [a-z]+)?\)"
    rf"|\bin (?:thousands|lakhs|crores|millions|billions)(?: of (?:(?:us |u\.s\. )?[a-z]+|[{COMMON_SIGNS}]))?"
    rf"(?=\W*$|,? (?:{EXCEPT})\b)|"
    rf"(?:^|(?<=\s)){_SIGN}?\s?'?000s?$"
)
_UNIT = re.compile(
    rf"(?:[(\[]|,\s|\bin\s|^)(?P<unit>{_MEASURE})(?:\s(?:per|a|an|each|every)\s[a-z]+)?(?:[)\]]|$|(?=\s\())"
)
_COUNTED = re.compile(r"^(?:number|count|no\.?|#|quantity|volume)$|\((?:number|count|no\.?|#)\)$|\bnumber of\b")
OWN_HEADERS = 2
"""The nearest headers, which alone say in what a number is measured; a caption speaks of all columns."""
_STANDING = re.compile(
    r"\b(?:in stock|in office|in post|in service|in (?:the|our) collection|"
    r"outstanding|owned|employed|on roll|in force|open at|at (?:the )?(?:year|period|month|quarter)?"
    r"[- ]?end|(?:year|month|quarter)[- ]end|end of (?:the )?(?:year|period|month|quarter)|as (?:at|of))\b"
    r"|\b(?:at|on) \d{1,2} [a-z]{3}|\(\d{1,2} [a-z]{3,9}\.?\)"
)
_HELD = re.compile(r"(?P<what>[a-z]+) (?:currently )?held\b")
_RANKING = re.compile(r"^(?:rank(?:ing|ed)?|league position|placing)(?: \([^()]*\))?$")
_RANK = re.compile(r"^(?:#|(?:(?:s|sl|sr|serial)\.? ?)?(?:no|nr|number)\.?|serial|s/n|item|id)$")
_RATE = re.compile(
    r"\b(?:per|each|every|an?|average|mean) (?P<unit>day|week|month|hour|night|quarter|year)\b|"
    r"^(?P<adverb>daily|weekly|monthly|hourly|nightly|quarterly)(?: (?:average|mean|rate))?$|"
    r"\b(?P<mean>daily|weekly|monthly|hourly|nightly|quarterly) (?:average|mean|rate)\b|"
    r"\b(?:average|mean) (?P<of>daily|weekly|monthly|hourly|nightly|quarterly)\b"
)
_TARGET = re.compile(
    r"^\W*(?:(?:fy|in|for)?\s?\d{4}\W*)?(?:target|goal|budget(?:ed)?|forecast|projection|projected|planned)s?"
    r"(?:\W*(?:fy|in|for|by)?\s?\d{4})?\W*$"
)
_AVERAGE = re.compile(r"\b(?:average|mean|avg)\b")
_NUMBERING = re.compile(
    r"^(?:Table|Figure|Chart|Exhibit|Graph|Appendix|TABLE|FIGURE|"
    r"CHART)\s[A-Z]?[\d.-]+\w?[.:]?\s*(?:[\u2013\u2014-]\s*)?"
)
_GENERIC = re.compile(
    r"^(?:grand |sub-?)?(?:totals?|all|overall|category|type|measure|metric|indicator|year|share|number|count|"
    r"case type|targets?|actual|planned|budget(?:ed)?|forecast|goals?|projected)$"
)
_BREAKDOWN = re.compile(
    r"(?<!side )(?<!step )(?<!one )(?<!year )\bby\s(?!(?:calendar |fiscal )?(?:day|week|month|quarter|year|season)s?\b)"
    r"(?:\w+\s){0,4}?\w+|\bnumber of\b|\bper\b"
)


def context_of(passage: Passage) -> tuple[str, ...]:
    """The words that name a bare value, nearest first; empty for prose."""
    if passage.kind == "tile":
        return tuple(reversed(passage.labels))
    if passage.kind == "table_cell":
        own = [*reversed(passage.column_headers), *reversed(passage.row_headers)]
        return (*own, *([passage.caption] if passage.caption else ()))
    return ()


def counted_words(context: tuple[str, ...]) -> list[str]:
    """Those of the context that can name what is counted, the likeliest first: no bare years, no signs.

    Words that announce a breakdown ("Reports by reporter") name it before the categories do.
    """
    naming = [named for named in map(_counted, context) if named is not None]
    return [words for breaks_down in (True, False) for words, breaks in naming if breaks is breaks_down]


@lru_cache(maxsize=4096)
def _counted(header: str) -> tuple[str, bool] | None:
    """The words of a header that can name what is counted, and whether they announce a breakdown."""
    bare = _NUMBERING.sub("", header)
    low = fold(bare)
    stated = denomination_in(bare)
    if stated and stated.noun and tells_when(fold(bare[: stated.span[0]] + bare[stated.span[1] :])):
        return stated.noun, False  # "2022 thousand people"
    if not any(ch.isalpha() for ch in bare) or tells_when(low) or _GENERIC.match(low) or is_change(bare):
        return None
    return bare, _BREAKDOWN.search(low) is not None


class Measured(NamedTuple):
    """How headers say a bare number is measured: in percent, in money, in thousands or millions, in a unit."""

    percent: bool = False
    own: bool = False
    """The nearest header itself says so."""
    points: bool = False
    """In percentage points."""
    currency: str | None = None
    """An ISO code, or `$` for a dollar of the page's country."""
    factor: Decimal = Decimal(1)
    unit: str | None = None
    """A physical unit or one of time, as written: km, days."""


def _is_unit(found: re.Match[str]) -> bool:
    unit = found["unit"]
    powered = found.re is _UNIT and found["length"] is not None
    return powered or unit in MEASURES or (unit in TIME_UNITS and unit.endswith("s"))


@dataclass(frozen=True, slots=True)
class _Told:
    """What one header tells of how figures are measured."""

    currency: str | None
    factor: Decimal | None
    percent: bool
    points: bool
    unit: str | None
    counts: bool
    scaled_measure: str | None
    """The unit in "million m³"."""


@lru_cache(maxsize=4096)
def _told(header: str) -> _Told | None:
    """What a header tells; None when it only tells when."""
    low = fold(header)
    stated = denomination_in(header)
    if stated is None and tells_when(low):
        return None
    money = _MONEY_HEADER.search(low)
    points = _POINTS.search(low) is not None
    unit = next(filter(_is_unit, chain(_UNIT.finditer(low), _TIMED.finditer(low))), None)
    return _Told(
        currency=stated.currency if stated and stated.currency else _MONEY[money.group()] if money else None,
        factor=stated.factor if stated else None,
        percent=points or _PERCENT.search(low) is not None,
        points=points,
        unit=stated.unit if stated and stated.unit else unit["unit"] if unit else None,
        counts=_COUNTED.search(low) is not None,
        scaled_measure=stated.unit if stated and stated.factor else None,
    )


def _is_limited(note: str) -> bool:
    """Whether a caption tells which of its figures it scales; "(Amount in Rs. crores)" scales all."""
    stated = denomination_in(note)
    if stated and (stated.span[0] == 0 or note[stated.span[0] - 1] in "(["):
        note = note[: stated.span[0]] + note[stated.span[1] :]
    return is_limited(fold(note))


def measured_in(context: tuple[str, ...]) -> Measured:
    """What the nearest header that tells of it says; "(in thousands)" in a caption scales no column of percentages."""
    currency, factor, counted = None, None, False
    if len(context) > 1 and _is_limited(context[-1]):
        context = (*context[:-1], applying(fold(context[-1]), tuple(map(fold, context[:-1]))))
    for i, told in enumerate(told for told in map(_told, context) if told is not None):
        if counted and told.currency:
            continue  # a caption's thousands of pounds are of no count
        if currency is None:
            currency = told.currency
        if factor is None:
            factor = told.factor
        if i < OWN_HEADERS and currency is None and factor is None:
            if told.percent:
                return Measured(percent=True, own=i == 0, points=told.points)
            if told.unit:
                return Measured(unit=told.unit)
            counted = counted or told.counts
        if told.scaled_measure and i < OWN_HEADERS:
            return Measured(factor=factor or Decimal(1), unit=told.scaled_measure)
    return Measured(currency=currency, factor=factor or Decimal(1))


def rate_in(context: tuple[str, ...]) -> str | None:
    """The aggregation that a header gives its figures: "Per day", "Monthly average", "Average grant"."""
    return next(filter(None, map(_rate, context[:OWN_HEADERS])), None)


@lru_cache(maxsize=4096)
def _rate(header: str) -> str | None:
    low = fold(header)
    rate = _RATE.search(low)
    if rate:
        return RATES[next(filter(None, rate.groups()))]
    return "average" if _AVERAGE.search(low) else None


def scale_note(header: str) -> tuple[int, int] | None:
    """Where a header or caption says by what its figures are multiplied: that states no figure itself."""
    stated = denomination_in(header)
    if stated and stated.factor:
        return stated.span
    low = fold(header)
    if "000" not in low and SCALING.isdisjoint(vocabulary(low)):
        return None
    match = _SCALE_NOTE.search(low)
    return match.span() if match else None


def is_target(context: tuple[str, ...]) -> bool:
    """Whether the column holds what is aimed at, not what was."""
    return bool(context) and _aims(context[0])


@lru_cache(maxsize=4096)
def _aims(header: str) -> bool:
    return _TARGET.match(fold(header)) is not None


def change_header(context: tuple[str, ...]) -> str | None:
    """The header that makes its figures changes: "Change on 2020", "% change", "+/-"."""
    return next((header for header in context[:OWN_HEADERS] if is_change(header)), None)


def moved_in(context: tuple[str, ...], text: str) -> str | None:
    """The word of change for a figure under such a header; a figure in brackets fell, as in accounts."""
    header = change_header(context)
    if header is None:
        return None
    falls = text.lstrip(f"{COMMON_SIGNS} ").startswith("(") or "decrease" in fold(header).split()[:2]
    return "decrease" if falls else "change"


_BELOW_NOUGHT = re.compile(
    r"\b(?:deficit|shortfall)s?\b|\b(?:surplus|gain|profit|income)(?:es|s)?\)?\s?(?:/|or|and)\s?\(?(?:deficit|loss|expen)|"
    r"\bnet \(?(?:results?|loss(?:es)?|gains?|income|expenditure|movement|outflow|inflow|surplus|cash)\b|"
    r"^(?:operating |trading |total )?(?:loss(?:es)?|result|surplus|profit)"
    r"(?:$| (?:on|for|from|before|after|of the year)\b)"
)


def may_fall_below_nought(context: tuple[str, ...]) -> bool:
    """Whether headers say that a figure in brackets is below nought, as accounts write it: "Net result"."""
    return any(_BELOW_NOUGHT.search(fold(words)) for words in context[: OWN_HEADERS + 1])


def counts_at(passage: Passage) -> bool:
    """Whether a cell that looks like a year is a count: under "Reports", beside "2019", not under "Opened"."""
    own = [*reversed(passage.column_headers), *reversed(passage.row_headers)]
    naming = [fold(header) for header in own if not tells_when(fold(header))]
    if naming and DATED.search(naming[0]):
        return False
    if len(naming) < len(own):
        return any(any(map(str.isdigit, header)) for header in own)
    if not naming:
        return False
    noun = noun_after(naming[0], 0, len(naming[0]))
    return _GENERIC.match(naming[0]) is not None or (noun is not None and is_plural(noun.head))


def stands(context: tuple[str, ...]) -> bool:
    """Whether a header tells of what there was at a moment ("Homes held", "At year end"), not over a year."""
    return any(map(_stands, context))


@lru_cache(maxsize=4096)
def _stands(header: str) -> bool:
    low = fold(header)
    held = _HELD.search(low)
    return _STANDING.search(low) is not None or (held is not None and held["what"] not in EVENTS)


def is_rank(cell: Passage) -> bool:
    """Whether the column only numbers its rows: it is headed so, or nothing stands beside its cells."""
    header = fold(cell.column_headers[0]).strip() if len(cell.column_headers) == 1 else ""
    return bool(_RANKING.match(header) or (not cell.row_headers and _RANK.match(header)))
