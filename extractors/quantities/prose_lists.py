"""Lists run on in one passage: "1. We feed. 2. We teach.", "1/ …", "1: …", "1 – …", "One: …"."""

import re
from functools import lru_cache

from extractors.language import numerals
from extractors.language.patterns import SMALL_NUMBER

_ITEM = re.compile(
    r"(?:^|(?<=[.!?:;)”\"’]\s)|(?:(?<=[–—,]\s)|(?<=\())(?=\d+[^\d)])|"
    r"(?<=[a-z]\s)(?=\d+[.:]\s[a-z]))(?P<number>\d{1,2})"
    r"(?P<mark>\.?-|\.\)|[.:)/]|\s?[–—|=-])(?=\s(?:[^\W_]|[\"“'‘(]))"
)

_WORD = re.compile(rf"(?:^|(?<=[.!?:;]\s))(?P<name>[a-z]+ )?(?P<number>{SMALL_NUMBER})(?P<mark>[.:)]|\s?[–—-])(?=\s)")
_SECOND = re.compile(r"2(?=[.:)/-]|\s?[–—|=-])")


def numbers_of_items(text: str) -> dict[int, int]:
    """Where the numbers of such a list begin in `text`, and where each ends with its mark.

    They rise by one from 1 and are marked alike; a 1 without a 2 numbers nothing.
    """
    return _rising(_ITEM, text) if _SECOND.search(text) else {}


@lru_cache(maxsize=8)  # each number word of a passage asks for it again
def words_of_items(low: str) -> dict[int, int]:
    """As `numbers_of_items`, in words: "One: we feed. Two: we teach.", "Task one: … Task two: …"."""
    return _rising(_WORD, low) if "two" in low else {}


def _rising(pattern: re.Pattern[str], text: str) -> dict[int, int]:
    begun: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for item in pattern.finditer(text):
        of_mark = begun.setdefault((item.groupdict().get("name") or "", item["mark"]), [])
        number = item["number"]
        if (int(number) if number.isdecimal() else numerals.VALUES[number]) == len(of_mark) + 1:
            of_mark.append((item.start("number"), item.end()))
    return {start: end for spans in begun.values() if len(spans) > 1 for start, end in spans}
