"""HTML to passages: decode, parse with beautifulsoup4 on lxml, walk once, find regions, tables, tiles, headings."""

import re

from bs4 import BeautifulSoup

from extractors.errors import InputError
from extractors.models import Passage
from extractors.passages.collector import collector_paused
from extractors.passages.decode import decode
from extractors.passages.dom import walk_page
from extractors.passages.finish import finish
from extractors.passages.grids import find_grids
from extractors.passages.regions import is_imprint, judge
from extractors.passages.tables import read_tables
from extractors.passages.tiles import label_values


def html_passages(html: bytes, *, charset: str | None = None) -> list[Passage]:
    """Return every block of readable text of a page, in document order; each readable character stands in exactly one.

    `charset` is the one the HTTP header named, if it did. Raises InputError when the body is empty or no HTML.
    """
    text = decode(html, charset)
    tags = text.count("<")  # so many elements at most, and none deeper than that
    if tags * tags > _MOST_CLIMBS and _climbs(text) > _MOST_CLIMBS:
        raise InputError(
            "the page nests elements thousands deep without closing them: give a page that a browser can show"
        )
    with collector_paused():
        return _read(text)


_MOST_CLIMBS = 20_000_000
"""What follows a closed element makes beautifulsoup4 climb to the root: beyond so many steps a page takes minutes."""
_NESTING = re.compile(
    r"<(?P<end>/?)(?:div|section|article|main|aside|nav|header|footer|span|b|i|u|em|strong|small|font|center|blockquote|"
    r"ul|ol|dl|table|figure|details|form|fieldset|address|a|label|button|svg|g|sup|sub|q|cite|code|pre|h[1-6])\b[^>]*>?",
    re.IGNORECASE,
)


def _climbs(text: str) -> int:
    """How many steps up the tree its building takes, about: at each place behind a closed element, its depth."""
    depth = climbs = closed_at = 0
    for tag in _NESTING.finditer(text):
        if closed_at and (not tag.group("end") or not text[closed_at : tag.start()].isspace()):
            climbs += depth if tag.start() > closed_at or not tag.group("end") else 0
        depth = max(0, depth - 1) if tag.group("end") else depth + 1
        closed_at = tag.end() if tag.group("end") else 0
    return climbs


def _read(text: str) -> list[Passage]:
    soup = BeautifulSoup(text, "lxml", multi_valued_attributes=None)
    if soup.find(True) is None:
        raise InputError("the page holds no text: nothing to read")
    walk = walk_page(soup)
    judge(walk.zones, walk.page_prose)
    for block in walk.blocks:
        block.boilerplate = block.container.zone.boilerplate or is_imprint(block)
    read_tables([*walk.tables, *find_grids(walk.blocks)], walk.blocks)
    label_values(walk.blocks)
    return finish(walk.blocks)
