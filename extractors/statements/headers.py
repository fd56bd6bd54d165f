"""What the headers of a table, or the labels of a tile, say of a bare number: its unit, its scale, its kind.

A cell reads like a short sentence: its number, then the headers beside and above it. Here that sentence is made.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from extractors.lexicon import EVENTS, MEASURES, TIME_UNITS, fold
from extractors.models import Passage
from extractors.passages.values import is_change

_PERCENT = re.compile(r"%|\bper ?cent(?:age)?s?\b|\bpct\b|\bshare\b(?! of voice)")
_MONEY = {"$": "USD", "us$": "USD", "usd": "USD", "£": "GBP", "gbp": "GBP", "€": "EUR", "eur": "EUR"}
_MONEY_HEADER = re.compile(r"us\$|\$|£|€|\b(?:usd|gbp|eur)\b")
_SCALE = re.compile(
    r"(?:\(|\bin |,\s?|^)(?:us\$|\$|£|€|usd |gbp |eur )?\s?(?P<scale>'?000s?|thousands?|millions?|billions?|m|mn|bn|"
    r"k)(?:\)|$|\sof\b|\s(?:usd|eur|gbp|us\$|dollars|pounds|euros))"
)
_FACTORS = {"000": 3, "thousand": 3, "k": 3, "million": 6, "m": 6, "mn": 6, "billion": 9, "bn": 9}
_UNIT = re.compile(r"(?:\(|,\s|\bin\s|^)(?P<unit>[a-z/²³]{1,14})\)?$")
_COUNTED = re.compile(r"^(?:number|count|no\.?|#|quantity|volume)$|\bnumber of\b")
_OWN_HEADERS = 2
"""The nearest headers, which alone say in what a number is measured; a caption speaks of all columns."""
_STANDING = re.compile(
    r"\b(?:in stock|outstanding|owned|employed|on roll|in force|open at|at (?:the )?(?:year|period|month|quarter)?"
    r"[- ]?end|(?:year|month|quarter)[- ]end|end of (?:the )?(?:year|period|month|quarter)|as (?:at|of))\b"
    r"|\b(?:at|on) \d{1,2} [a-z]{3}|\(\d{1,2} [a-z]{3,9}\.?\)"
)
_HELD = re.compile(r"(?P<what>[a-z]+) (?:currently )?held\b")
_RANK = re.compile(r"^(?:#|no\.?|nr\.?|rank(?:ing)?|s/n|item|id)$")
_NUMBERING = re.compile(
    r"^(?:Table|Figure|Chart|Exhibit|Graph|Appendix|TABLE|FIGURE|"
    r"CHART)\s[A-Z]?[\d.-]+\w?[.:]?\s*(?:[\u2013\u2014-]\s*)?"
)
_GENERIC = re.compile(
    r"^(?:grand |sub-?)?(?:totals?|all|overall|category|type|measure|metric|indicator|year|share|number|count|"
    r"case type)$"
)
_BREAKDOWN = re.compile(r"\bby\s(?:\w+\s){0,4}?\w+|\bnumber of\b|\bper\b")
_BARE_YEARS = re.compile(r"^\W*(?:(?:fy|cy)?\s?(?:19|20)?\d\d(?:[-/–](?:19|20)?\d\d)?\W*)+$")


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
    bare = [_NUMBERING.sub("", c) for c in context]
    naming = [
        c
        for c in bare
        if any(ch.isalpha() for ch in c) and not (_BARE_YEARS.match(fold(c)) or _GENERIC.match(fold(c)) or is_change(c))
    ]
    return sorted(naming, key=lambda c: not _BREAKDOWN.search(fold(c)))


@dataclass(frozen=True, slots=True)
class Measured:
    """How headers say a bare number is measured: in percent, in money, in thousands or millions, in a unit."""

    percent: bool = False
    own: bool = False
    """The nearest header itself says so."""
    currency: str | None = None
    """An ISO code."""
    factor: Decimal = Decimal(1)
    unit: str | None = None
    """A physical unit or one of time, as written: km, days."""


def measured_in(context: tuple[str, ...]) -> Measured:
    """What the nearest header that tells of it says; "(in thousands)" in a caption scales no column of percentages."""
    currency, factor, counted = None, None, False
    for i, low in enumerate(low for low in map(fold, context) if not _BARE_YEARS.match(low)):
        money, scale = _MONEY_HEADER.search(low), _SCALE.search(low)
        if money and currency is None and not counted:
            currency = _MONEY[money.group()]
        if scale and factor is None:
            factor = Decimal(10) ** _FACTORS[scale.group("scale").strip("'").rstrip("s")]
        if i < _OWN_HEADERS and currency is None and factor is None:
            if _PERCENT.search(low):
                return Measured(percent=True, own=i == 0)
            unit = _UNIT.search(low)
            if unit and (unit["unit"] in MEASURES or (unit["unit"] in TIME_UNITS and unit["unit"].endswith("s"))):
                return Measured(unit=unit["unit"])
            counted = counted or _COUNTED.search(low) is not None
    return Measured(currency=currency, factor=factor or Decimal(1))


def change_header(context: tuple[str, ...]) -> str | None:
    """The header that makes its figures changes: "Change on 2020", "% change", "+/-"."""
    return next((words for words in context[:_OWN_HEADERS] if is_change(words)), None)


def moved_in(context: tuple[str, ...], text: str) -> str | None:
    """The word of change for a figure under such a header; a figure in brackets fell, as in accounts."""
    words = change_header(context)
    if words is None:
        return None
    falls = text.startswith("(") or "decrease" in fold(words).split()[:2]
    return "decrease" if falls else "change"


def stands(context: tuple[str, ...]) -> bool:
    """Whether a header tells of what there was at a moment ("Homes held", "At year end"), not over a year."""
    lows = [fold(words) for words in context[:_OWN_HEADERS]]
    return any(_STANDING.search(low) or ((held := _HELD.search(low)) and held["what"] not in EVENTS) for low in lows)


def is_rank(context: tuple[str, ...]) -> bool:
    """Whether the column only numbers its rows."""
    return bool(context) and bool(_RANK.match(fold(context[0]).strip()))
