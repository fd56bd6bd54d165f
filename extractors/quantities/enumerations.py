"""Numbers that number: items of a list within a passage, the page behind a line of contents, as rules."""

import re
from typing import Any

from extractors.quantities.candidates import Excluded, Run
from extractors.rules import Rule

_ITEM_LENGTH = 400
"""How far on the second item of an enumeration is looked for, in characters."""
_LEADERS = re.compile(r"(?:\.\s?){4,}$|(?:…\s?){2,}$")


def _list_item(run: Run) -> Excluded | None:
    """An item of a list within the passage: "1) prevent, 2) protect", "(1) … (2) …"."""
    text, start, end = run.text, run.start, run.end
    mark = ".)" if text.startswith(".)", end) else ")"
    if end - start > 2 or not text.startswith(mark, end) or not text[start:end].isdecimal():
        return None
    number = int(text[start:end])
    begin = start - (text[start - 1 : start] == "(")
    if number != run.item + 1 or (begin == start and text[start - 1 : start] not in ("", " ")):
        return None
    if number == 1 and f"{text[begin:start]}{number + 1}{mark}" not in text[end : end + _ITEM_LENGTH]:
        return None
    return run.excluded(begin, end + len(mark), "reference", "list_number")


def _prose_item(run: Run) -> Excluded | None:
    """An item of a list run on in the passage: "1. We feed. 2. We teach."."""
    if run.end - run.start > 3:
        return None
    end = run.passage.items.get(run.start)
    return run.excluded(run.start, end, "reference", "list_number") if end else None


def _leader(run: Run) -> Excluded | None:
    """The page of a line in a table of contents: "Our year ........ 16"."""
    if run.end != len(run.text) or not run.text[run.start : run.end].isdecimal():
        return None
    led = _LEADERS.search(run.text, max(0, run.start - 12), run.start)
    return run.excluded(run.start, run.end, "reference", "page_reference") if led else None


LISTED: list[Rule[Any, Excluded]] = [
    Rule(
        "list_item.in_prose",
        _prose_item,
        ("list_item", "time.clock", "score"),
        ("We do two things. [1]. We feed. 2. We wash. -> reference list_number",),
        ("We fed [1]. Then we slept. -> fact",),
    ),
    Rule(
        "contents_page",
        _leader,
        (),
        ("Our year ........ [16] -> reference page_reference",),
        ("Our owls: [16] -> fact",),
    ),
    Rule(
        "list_item",
        _list_item,
        (),
        ("We: [1]) feed, 2) wash. -> reference list_number",),
        ("We fed [1] goat. -> fact",),
    ),
]
