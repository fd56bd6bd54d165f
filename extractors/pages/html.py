"""HTML to passages: decode, parse with beautifulsoup4 on lxml, walk once, find regions, tables, tiles, headings."""

from bs4 import BeautifulSoup

from extractors.errors import InputError
from extractors.pages.blocks import MAX_CONTEXT
from extractors.pages.collector import collector_paused
from extractors.pages.decode import decode
from extractors.pages.document import Document
from extractors.pages.dom import walk_page
from extractors.pages.finish import finish
from extractors.pages.grids import find_grids
from extractors.pages.inline import normalise
from extractors.pages.regions import is_imprint, judge
from extractors.pages.tables import read_tables
from extractors.pages.tiles import label_values
from extractors.pages.tree import parse
from extractors.records import Passage


def html_passages(html: bytes, *, charset: str | None = None) -> list[Passage]:
    """The passages of `read_html`."""
    return read_html(html, charset=charset).passages


def read_html(html: bytes, *, charset: str | None = None) -> Document:
    """Return a page: every block of readable text in document order, each readable character in exactly one.

    `charset` is the one the HTTP header named, if it did. Raises InputError when the body is empty or no HTML.
    """
    text = decode(html, charset)
    with collector_paused():
        return _read(text)


def _read(text: str) -> Document:
    soup = parse(text)
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
    # By name alone: with a limit, or attributes, the parser asks a function of every element.
    title = next((tag for tag in soup.find_all("title") if tag.find_parent("svg") is None), None)
    shared = next((tag for tag in soup.find_all("meta") if tag.attrs.get("property") == "og:title"), None)
    named = (title.get_text() if title else "", str(shared.attrs.get("content") or "") if shared else "")
    return tuple(dict.fromkeys(normalise(text[:MAX_CONTEXT]) for text in named if text.strip()))


def _language(soup: BeautifulSoup) -> str:
    page = soup.find("html")
    return str(page.attrs.get("lang") or page.attrs.get("xml:lang") or "") if page else ""
