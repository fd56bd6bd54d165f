"""The wording of a statement: how it is put, whatever its numbers, so that the same words are known again a year later.

What people decide is kept for a wording, and editions are compared by it: it may not change when the extractor does.
So this module takes nothing from the rest of the extractor, knows its own numbers, and a change of what it returns
raises `WORDING_VERSION`.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

WORDING_VERSION = 1

_SCALE = "hundred|thousand|million|billion|trillion|dozen"
_WORD = (
    "(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    f"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:{_SCALE})s?)"
)
_NUMBER = re.compile(
    r"(?=[\dzotfsenhmbd])(?:"  # the first letters of what follows: a look that saves many
    rf"\d++(?:[.,'’\u00a0\u202f]\d++|[ ](?=\d{{3}}(?!\d))\d{{3}})*+(?:(?:st|nd|rd|th|bn|mn|[kmb])\b)?+"
    rf"(?:[ -](?:{_SCALE})s?\b)*+"
    rf"|\b{_WORD}(?:(?:[ -]|(?<=hundred)[ ]and[ ]|(?<=thousand)[ ]and[ ]){_WORD})*+\b)",
    re.IGNORECASE,
)
"""A number in digits, with what is glued to it and its scale words, or in words. Signs of money and % stay readable."""


def wording(sentence: str, start: int, end: int, *, heading: str | None = None, heads: Iterable[str] = ()) -> str:
    """How a number is put: its nearest heading, its label or row and column heads, its sentence, parted by ` | `.

    Every number and year is `#`, that of the statement, at `start` to `end` of the sentence (code points, end
    exclusive), is `[#]`; white space and case are folded. A number in words counts; one that the statement's span cuts
    through is taken whole.
    """
    put = _marked(sentence, start, end)
    return " | ".join(part for part in (*map(plain, (heading or "", *heads)), put) if part)


def span_in(sentence: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Where the number stands in its sentence, given where it stands in its passage; a passage may say it twice.

    Code points, end exclusive, in and out.
    """
    at = text.find(sentence)
    while at >= 0 and at + len(sentence) < end:
        at = text.find(sentence, at + 1)
    return max(start - at, 0), max(end - at, 0)


@lru_cache(maxsize=1024)  # headings and heads come again with every figure below them
def plain(text: str) -> str:
    """A text with every number as a mark, white space and case folded."""
    return " ".join(_NUMBER.sub("#", text).casefold().split())


@lru_cache(maxsize=16)  # asked for with its heads and without
def _marked(sentence: str, start: int, end: int) -> str:
    """The same of a sentence, its own number marked as such."""
    numbers = [found.span() for found in _NUMBER.finditer(sentence)]
    own = [span for span in numbers if span[0] < end and start < span[1]]
    if own:
        start, end = own[0][0], own[-1][1]
    marks = [(one, other, "#") for one, other in numbers if other <= start or one >= end]
    pieces, at = [], 0
    for one, other, mark in sorted([*marks, (start, max(start, end), "[#]")]):
        pieces += [sentence[at:one], mark]
        at = other
    return " ".join("".join((*pieces, sentence[at:])).casefold().split())
