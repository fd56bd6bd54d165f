"""HTML to passages: decode, parse with beautifulsoup4 on lxml, walk once, find regions, tables, tiles, headings."""

import re

from bs4 import BeautifulSoup

from extractors.errors import InputError
from extractors.models import Passage
from extractors.passages.blocks import MAX_CONTEXT
from extractors.passages.collector import collector_paused
from extractors.passages.decode import decode
from extractors.passages.document import Document
from extractors.passages.dom import walk_page
from extractors.passages.finish import finish
from extractors.passages.grids import find_grids
from extractors.passages.inline import normalise
from extractors.passages.regions import is_imprint, judge
from extractors.passages.tables import read_tables
from extractors.passages.tiles import label_values


def html_passages(html: bytes, *, charset: str | None = None) -> list[Passage]:
    """The passages of `read_html`."""
    return read_html(html, charset=charset).passages


def read_html(html: bytes, *, charset: str | None = None) -> Document:
    """Return a page: every block of readable text in document order, each readable character in exactly one.

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


def _read(text: str) -> Document:
    soup = BeautifulSoup(text, "lxml", multi_valued_attributes=None)
    if soup.find(True) is None:
        raise InputError("the page holds no text: nothing to read")
    walk = walk_page(soup)
    judge(walk.zones, walk.page_prose)
    for block in walk.blocks:
        block.boilerplate = block.container.zone.boilerplate or is_imprint(block)
    read_tables([*walk.tables, *find_grids(walk.blocks)], walk.blocks)
    label_values(walk.blocks)
    return finish(walk.blocks, _titles(soup), _language(soup))


def _titles(soup: BeautifulSoup) -> tuple[str, ...]:
    """The page's title, and the one it gives to those who link to it; not that of a drawing."""
    title = next((tag for tag in soup.find_all("title", limit=8) if tag.find_parent("svg") is None), None)
    shared = soup.find("meta", attrs={"property": "og:title"})
    named = (title.get_text() if title else "", str(shared.attrs.get("content") or "") if shared else "")
    return tuple(dict.fromkeys(normalise(text[:MAX_CONTEXT]) for text in named if text.strip()))


def _language(soup: BeautifulSoup) -> str:
    page = soup.find("html")
    return str(page.attrs.get("lang") or page.attrs.get("xml:lang") or "") if page else ""
