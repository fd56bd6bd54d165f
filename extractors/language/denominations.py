"""In what figures are stated: the note of currency, scale or unit in a head, a corner, a caption or a heading.

"£'000", "R million", "Rs in crore", "thousands of euros", "T€", "million m³", "thousand people". A note holds nothing
else; one grammar for all the places where it may stand.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from extractors.language.currencies import CODES, COMMON_SIGNS, DOLLAR, DOLLARS, LOCAL, NAMES, OWNERS, SIGNS
from extractors.language.lexicon import fold, words
from extractors.language.patterns import YEAR, any_of
from extractors.language.units import MEASURES, POWERED, SINGULAR_MEASURES

_POWERS = {
    3: r"['’‘]?000['’]?s?|thousands?|thou|thd|k",
    5: r"lakhs?|lacs?",
    6: r"millions?|mill?\.|mio\.?|mln|mn|m",
    7: r"crores?|crs?\.?",
    9: r"billions?|bn|b",
    12: r"trillions?|trn|tn",
}
_SHORT = re.compile(r"(?:k|m|b|mil\.|thou|thd|crs?\.?|mn|bn|tn|trn|mln|mill\.|mio\.?)", re.IGNORECASE)
"""Scales that are words of their own only beside a currency: "m" alone is a metre."""
_SCALE = "|".join(rf"(?P<{{0}}{power}>{words})" for power, words in _POWERS.items())
_MARKS = sorted(LOCAL, key=len, reverse=True)
_WORDS = {
    **NAMES,
    "dollars": DOLLAR,
    "dollar": DOLLAR,
    **{f"{owner} dollars": code for owner, code in OWNERS.items()},
    **{f"{owner} $": code for owner, code in OWNERS.items()},
}
_WORDY = "thousands?|lakhs?|lacs?|crores?|millions?|billions?|trillions?"
_CURRENCY = (
    rf"(?:(?i:{any_of(DOLLARS)})?{re.escape(DOLLAR)}|[{COMMON_SIGNS}]|(?:{any_of(CODES)})(?![A-Za-z])|"
    rf"(?:{any_of(map(re.escape, _MARKS))})(?![A-Za-z])\.?|"
    rf"(?i:{any_of((*CODES, *(re.escape(mark) for mark in _MARKS if len(mark) > 1)))})\.?(?=\s(?:in\s)?(?:{_WORDY})\b)|"
    rf"(?i:{any_of(map(re.escape, sorted(_WORDS, key=len, reverse=True)))})(?![A-Za-z]))"
)
_GLUED = rf"(?:(?i:{any_of(DOLLARS)})?[{COMMON_SIGNS}]|{any_of(CODES)}|{any_of(map(re.escape, _MARKS))})"
"""What a scale may follow without a blank: "R'000", "€m"."""
_FILLER = r"(?:(?:all|amounts?|figures?|values?|expressed|stated|shown|are|is|reported|presented|in|as|of)\s)*"
_ALSO_WORDS = {surface for surface in MEASURES if not MEASURES.isdisjoint((f"{surface}s", f"{surface}es"))} | words(
    "foot square sq cubic cu nautical"
)
"""A unit in the singular is a word of its own as often: "Yard", "Foot"."""
_UNITS = sorted(
    (surface for surface in MEASURES if len(surface) > 1 and surface not in _ALSO_WORDS - SINGULAR_MEASURES),
    key=lambda surface: (-len(surface), surface),
)
_MEASURE = rf"(?i:(?:{POWERED.replace('?P<length>', '?:')}|{any_of(map(re.escape, _UNITS))})(?![^\W_]))"
_CARBON = r"(?:\s(?:of\s)?(?i:co[2₂](?:e|-?eq)?))?"
_PER = r"(?:\s(?:per|an?|each|every)\s[a-z]+)?"
_NOUN = r"(?:[a-z]{3,}\s)?(?:[a-z]{2,}s|people|children|women|men)(?![^\W_])"
_NOTE = re.compile(
    rf"(?i:{_FILLER})(?:"
    rf"(?P<before>{_CURRENCY})(?:\s?(?i:in\s)?(?i:{_SCALE.format('b')})(?![^\W_]))?{_PER}|"
    rf"(?P<glued>{_GLUED})(?i:{_SCALE.format('g')})(?![^\W_]){_PER}|"
    rf"(?i:{_SCALE.format('u')})\s(?:of\s)?(?P<scaled>{_MEASURE}){_CARBON}{_PER}|"
    rf"(?i:{_SCALE.format('a')})(?![^\W_])(?:\s(?:of\s)?(?:[A-Z][a-z]+\s){{0,2}}?(?P<after>{_CURRENCY})|\s(?:of\s)?(?P<noun>{_NOUN}))?|"
    rf"(?P<unit>{_MEASURE}){_CARBON}{_PER}|"
    rf"(?P<prefix>[kKTM])\s?(?P<prefixed>[€£]|EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF)"
    r")"
)
_PREFIXES = {"k": 3, "T": 3, "K": 3, "M": 6}
_BEGINS = re.compile(rf"^|[(\[]|[,;:|/–—-]\s|(?<=\s)in\s|(?<=\b{YEAR}\s)|(?<=\d[-–/]\d\d\s)", re.IGNORECASE)
_AT_END = re.compile(r"(?<=[a-z]\s)(?=[^a-z\s(]\S*(?:\s\S+)?$)")
"""Behind words, at the end of a head: "Group £000", "Restricted R million"."""
_ENDS = re.compile(
    rf"\s?(?:$|[)\],;:|]|\s\(|[–—-]\s)|,?\s(?:(?:FY|CY)\s?)?(?:{YEAR}\b|['’]?\d\d(?:[-–/]\d\d)?$)", re.IGNORECASE
)
_LONGEST = 40
"""Characters of a note."""


class Denomination(NamedTuple):
    """What figures are stated in."""

    span: tuple[int, int]
    """Where the note stands."""
    currency: str | None = None
    """An ISO 4217 code, or `$` for a dollar of the page's country."""
    factor: Decimal | None = None
    """A power of ten."""
    unit: str | None = None
    """A physical unit, folded."""
    noun: str | None = None
    """What is counted: "people" in "thousand people"."""


@lru_cache(maxsize=4096)
def denomination(text: str) -> Denomination | None:
    """What a text says that is nothing but such a note, perhaps in brackets; None for any other."""
    bare = text.strip()
    if len(bare) > _LONGEST or not bare:
        return None
    if bare[0] in "([" and bare[-1] in ")]":
        bare = bare[1:-1].strip()
    found = _NOTE.fullmatch(bare)
    told = _read(found) if found else None
    return told and told._replace(span=(0, len(text)))


@lru_cache(maxsize=4096)
def denomination_in(text: str) -> Denomination | None:
    """The first such note that stands apart in a text: whole, in brackets, behind a comma, "in" or a year."""
    return next(_apart(text), None)


def _apart(text: str) -> Iterator[Denomination]:
    for begins in chain(_BEGINS.finditer(text), _AT_END.finditer(text)):
        found = _NOTE.match(text, begins.end())
        if not found or not _ENDS.match(text, found.end()):
            continue
        told = _read(found)
        lone = len(found.group()) == 1 and found.group().isalpha()
        behind = text[begins.end() - 1 : begins.end()]
        at_end = begins.re is _AT_END
        if told and not (lone and (behind == "(" or at_end)) and (told.currency or not at_end):
            yield told  # "2021 (R)" is revised, "Group R" and "Ward TB" are names


def _read(found: re.Match[str]) -> Denomination | None:
    parts = found.groupdict()
    if parts["prefix"]:
        return Denomination(found.span(), _code(parts["prefixed"]), Decimal(10) ** _PREFIXES[parts["prefix"]])
    money, unit = parts["before"] or parts["glued"] or parts["after"], parts["scaled"] or parts["unit"]
    power = next((power for power in _POWERS if any(parts[f"{where}{power}"] for where in "bgua")), None)
    if power is not None and money is None and _SHORT.fullmatch(parts[f"u{power}"] or parts[f"a{power}"]):
        return None
    return Denomination(
        found.span(),
        _code(money) if money else None,
        None if power is None else Decimal(10) ** power,
        fold(unit) if unit else None,
        parts["noun"],
    )


def _code(money: str) -> str:
    """The ISO code of what is written for money."""
    if code := _AS_WRITTEN.get(money) or _AS_WRITTEN.get(money.rstrip(".")):
        return code
    if money.endswith(DOLLAR):
        return _DOLLARS.get(money[:-1].lower()) or _BY_WORD[money.lower()]
    return _BY_WORD[money.lower().rstrip(".")]


_DOLLARS = {prefix.lower(): code for prefix, code in DOLLARS.items()}
_AS_WRITTEN = {**SIGNS, **LOCAL, DOLLAR: DOLLAR}
_BY_WORD = {
    **{mark.lower(): code for mark, code in LOCAL.items()},
    **{word.lower(): code for word, code in _WORDS.items()},
    **{code.lower(): code for code in CODES},
}
