"""Lines that only tell when, set over what they date without being headings: a timeline's year, the day of an event.

Here: which lines they are, and which blocks each dates. Times are read in `periods`, from the headings of a passage.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from extractors.language.words import DATING, fold
from extractors.pages.blocks import Block, Container
from extractors.timex.spans import DateSpan, find_dates

_LONGEST = 48
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_OPEN = ("html", "body", "main")
"""What holds a whole page: a date that opens it is the page's own."""
_KINDS = ("paragraph", "list_item", "caption")
_PROSE = 160
"""So long a text below a day was posted on it, and tells of another time."""
_FEW = 16
"""What is dated by a day has no more blocks."""
_MAX_OPENING = 3
_MAX_PARTS = 4


@lru_cache(maxsize=4096)
def date_told(text: str) -> DateSpan | None:
    """The date that is all a line says: "Winter 2015", "Monday, 11 November 2019"."""
    if len(text) > _LONGEST or not _DIGIT.search(text):
        return None
    dates = find_dates(text)
    if len(dates) != 1 or dates[0].year is None:
        return None
    date = dates[0]
    rest = fold(text[: date.start] + " " + text[date.end :])
    return None if _DIGIT.search(rest) or not DATING.issuperset(_WORD.findall(rest)) else date


def is_day(parts: Sequence[str]) -> bool:
    """Whether texts side by side are one day: "12", "Aug", "2016"."""
    date = date_told(" ".join(parts)) if len(parts) <= _MAX_PARTS else None
    return date is not None and date.kind == "day"


def join_days(blocks: list[Block]) -> None:
    """Join a day that a page sets in several blocks, "12" over "Aug" over "2016"; what has gone there is `merged`."""
    for block in blocks:
        if not block.value or block.merged or len(block.text) > 2:
            continue
        home = _home(blocks, block)
        if home is None or home.end - home.start > _MAX_PARTS or blocks[home.start].boilerplate:
            continue
        parts = blocks[home.start : home.end]
        if is_day([part.text for part in parts]) and (len(parts) > 2 or _is_apart(blocks, home)):
            parts[0].text, parts[0].value = " ".join(part.text for part in parts), False
            for part in parts[1:]:
                part.merged = True


def _is_apart(blocks: list[Block], home: Container) -> bool:
    """Whether what follows is of another sort: no next bar of a chart, "15" over "Sep 2016"."""
    while home.parent is not None and home.parent.end == home.end:
        home = home.parent
    if home.parent is None:
        return False
    here = blocks[home.end].container
    while here.parent is not None and here.parent is not home.parent:
        here = here.parent
    return here.signature != home.signature


def mark_dated(blocks: list[Block]) -> None:
    """Give each line that dates a block the place where that ends; `blocks` is changed in place."""
    homes: dict[Container, list[int]] = {}
    for number, block in enumerate(blocks):
        if _may_date(block):
            home = _home(blocks, block)
            if home is not None:
                homes.setdefault(home, []).append(number)
    for home, places in homes.items():
        ends = [*places[1:], home.end]
        if not all(_stands(blocks, blocks[place], place, end) for place, end in zip(places, ends, strict=True)):
            continue  # a menu of years, or the date closes what it dates
        page = home.name in _OPEN or (home.name == "article" and home.end - home.start > _FEW)
        if len(places) > 1 or not page:
            if not _opens(blocks[home.start : places[0]][: _MAX_OPENING + 1], alone=len(places) == 1):
                continue
            for place, end in zip(places, ends, strict=True):
                if _is_dated(blocks, place, end):
                    blocks[place].dates = end


def _may_date(block: Block) -> bool:
    standing = not (block.level or block.boilerplate or block.merged or block.labels or block.linked)
    return standing and block.kind in _KINDS and block.container.cell is None and date_told(block.text) is not None


def _home(blocks: list[Block], block: Block) -> Container | None:
    """The nearest container in which the line does not stand alone."""
    home = block.container
    while home.end - home.start <= _MAX_PARTS and not _stands(blocks, block, home.start, home.end):
        if home.parent is None:
            return None
        home = home.parent
    return home


def _stands(blocks: list[Block], block: Block, start: int, end: int) -> bool:
    """Whether anything stands there beside the block."""
    return any(not blocks[place].merged and blocks[place] is not block for place in range(start, end))


def _opens(opening: Sequence[Block], *, alone: bool) -> bool:
    """Whether a date stands first but for headings; the first of several may also follow words without a figure."""
    if len(opening) > _MAX_OPENING:
        return False
    return all(block.level or not (alone or _DIGIT.search(block.text)) for block in opening)


def _is_dated(blocks: list[Block], place: int, end: int) -> bool:
    """Whether the date tells when the figures below came about: a day may be that of a post."""
    date = date_told(blocks[place].text)
    if date is None or date.kind != "day":
        return True
    under = blocks[place + 1 : end] if end - place <= _FEW else []
    return bool(under) and not any(block.level or len(block.text) > _PROSE for block in under)
