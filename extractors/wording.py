"""The wording of a statement: how it is put, whatever its numbers, so that the same words are known again a year later.

What people decide is kept for a wording, and editions are compared by it: it may not change when the extractor does.
So this module takes nothing from the rest of the extractor, knows its own numbers, and a change of what it returns
raises `WORDING_VERSION`.
"""

import re
from collections.abc import Iterable

WORDING_VERSION = 1

_SCALE = "hundred|thousand|million|billion|trillion|dozen"
_WORD = (
    "(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    f"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:{_SCALE})s?)"
)
_NUMBER = re.compile(
    rf"\d++(?:[.,'’\u00a0\u202f]\d++|[ ](?=\d{{3}}(?!\d))\d{{3}})*+(?:(?:st|nd|rd|th|bn|mn|[kmb])\b)?+"
    rf"(?:[ -](?:{_SCALE})s?\b)*+"
    rf"|\b{_WORD}(?:(?:[ -]|(?<=hundred)[ ]and[ ]|(?<=thousand)[ ]and[ ]){_WORD})*+\b",
    re.IGNORECASE,
)
"""A number in digits, with what is glued to it and its scale words, or in words. Signs of money and % stay readable."""


def wording(sentence: str, start: int, end: int, *, heading: str | None = None, heads: Iterable[str] = ()) -> str:
    """How a number is put: its nearest heading, its label or row and column heads, its sentence, parted by ` | `.

    Every number and year is `#`, that of the statement, at `start` to `end` of the sentence (code points, end
    exclusive), is `[#]`; white space and case are folded. A number in words counts; one that the statement's span cuts
    through is taken whole.
    """
    numbers = [found.span() for found in _NUMBER.finditer(sentence)]
    own = [span for span in numbers if span[0] < end and start < span[1]]
    if own:
        start, end = own[0][0], own[-1][1]
    put = f"{_folded(sentence[:start])}[#]{_folded(sentence[end:])}"
    parts = (_folded(part) for part in (heading or "", *heads))
    return " | ".join(part for part in (*map(_spaced, parts), _spaced(put)) if part)


def _folded(text: str) -> str:
    return _NUMBER.sub("#", text).casefold()


def _spaced(text: str) -> str:
    return " ".join(text.split())
