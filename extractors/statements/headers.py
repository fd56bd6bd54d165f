"""What the headers of a table, or the labels of a tile, say of a bare number: its unit, its scale, its kind.

A cell reads like a short sentence: its number, then the headers beside and above it. Here that sentence is made.
"""

import re
from decimal import Decimal

from extractors.lexicon import fold
from extractors.models import Passage

_PERCENT = re.compile(r"%|\bper ?cent(?:age)?s?\b|\bpct\b|\bshare\b(?! of voice)")
_MONEY = {"$": "USD", "us$": "USD", "usd": "USD", "£": "GBP", "gbp": "GBP", "€": "EUR", "eur": "EUR"}
_MONEY_HEADER = re.compile(r"us\$|\$|£|€|\b(?:usd|gbp|eur)\b")
_SCALE = re.compile(
    r"(?:\(|\bin |,\s?|^)(?:us\$|\$|£|€|usd |gbp |eur )?\s?(?P<scale>'?000s?|thousands?|millions?|billions?|m|mn|bn|"
    r"k)(?:\)|$|\sof\b|\s(?:usd|eur|gbp|us\$|dollars|pounds|euros))"
)
_FACTORS = {"000": 3, "thousand": 3, "k": 3, "million": 6, "m": 6, "mn": 6, "billion": 9, "bn": 9}
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
        c for c in bare if any(ch.isalpha() for ch in c) and not (_BARE_YEARS.match(fold(c)) or _GENERIC.match(fold(c)))
    ]
    return sorted(naming, key=lambda c: not _BREAKDOWN.search(fold(c)))


def says_percent(context: tuple[str, ...]) -> bool:
    """Whether the headers make a bare number a percentage."""
    return any(_PERCENT.search(fold(c)) for c in context[:2])


def currency_of(context: tuple[str, ...]) -> str | None:
    """The currency the headers give a bare number, as an ISO code."""
    for words in context:
        match = _MONEY_HEADER.search(fold(words))
        if match:
            return _MONEY[match.group()]
    return None


def scale_of(context: tuple[str, ...]) -> Decimal:
    """What the headers multiply a bare number by: "(in thousands)", "£m"."""
    for words in context:
        match = _SCALE.search(fold(words))
        if match:
            return Decimal(10) ** _FACTORS[match.group("scale").strip("'").rstrip("s")]
    return Decimal(1)


def is_rank(context: tuple[str, ...]) -> bool:
    """Whether the column only numbers its rows."""
    return bool(context) and bool(_RANK.match(fold(context[0]).strip()))
