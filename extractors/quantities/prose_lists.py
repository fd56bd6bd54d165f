"""Lists run on in one passage: "1. We feed. 2. We teach.", "1/ …", "1: …", "1 – …"."""

import re

_ITEM = re.compile(
    r"(?:^|(?<=[.!?:;)”\"’]\s)|(?:(?<=[–—,]\s)|(?<=\())(?=\d+[^\d)]))(?P<number>\d{1,2})"
    r"(?P<mark>[.:)/]|\s?[–—|=-])(?=\s(?:[^\W_]|[\"“'‘(]))"
)

_SECOND = re.compile(r"2(?=[.:)/]|\s?[–—|=-])")


def numbers_of_items(text: str) -> dict[int, int]:
    """Where the numbers of such a list begin in `text`, and where each ends with its mark.

    They rise by one from 1 and are marked alike; a 1 without a 2 numbers nothing.
    """
    if not _SECOND.search(text):
        return {}
    begun: dict[str, list[tuple[int, int]]] = {}
    for item in _ITEM.finditer(text):
        of_mark = begun.setdefault(item["mark"], [])
        if int(item["number"]) == len(of_mark) + 1:
            of_mark.append(item.span())
    return {start: end for spans in begun.values() if len(spans) > 1 for start, end in spans}
