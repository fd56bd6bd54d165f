"""HTML to passages: decode, parse with beautifulsoup4 on lxml, walk once, find regions, tables, tiles, headings."""

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
from extractors.passages.tree import parse


def html_passages(html: bytes, *, charset: str | None = None) -> list[Passage]:
    """Return every block of readable text of a page, in document order; each readable character stands in exactly one.

    `charset` is the one the HTTP header named, if it did. Raises InputError when the body is empty or no HTML.
    """
    text = decode(html, charset)
    with collector_paused():
        return _read(text)


def _read(text: str) -> list[Passage]:
    soup = parse(text)
    if soup.find(True) is None:
        raise InputError("the page holds no text: nothing to read")
    walk = walk_page(soup)
    judge(walk.zones, walk.page_prose)
    for block in walk.blocks:
        block.boilerplate = block.container.zone.boilerplate or is_imprint(block)
    read_tables([*walk.tables, *find_grids(walk.blocks)], walk.blocks)
    label_values(walk.blocks)
    return finish(walk.blocks)
