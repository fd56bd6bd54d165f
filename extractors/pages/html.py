"""HTML to passages: decode, parse, walk the tree once, find regions, tables, tiles, headings."""

from extractors.errors import InputError
from extractors.pages.blocks import MAX_CONTEXT
from extractors.pages.collector import collector_paused
from extractors.pages.contents import mark_titles
from extractors.pages.dated import join_days, mark_dated
from extractors.pages.decode import decode
from extractors.pages.document import Document
from extractors.pages.dom import Element, elements_in, nodes_in
from extractors.pages.finish import finish
from extractors.pages.grids import find_grids
from extractors.pages.inline import normalise
from extractors.pages.menus import mark_menus
from extractors.pages.numbering import mark_numbering
from extractors.pages.parted import join_figures
from extractors.pages.regions import is_imprint, judge
from extractors.pages.repeats import mark_repeats
from extractors.pages.tables import read_tables
from extractors.pages.tabs import name_panels
from extractors.pages.tiles import label_values
from extractors.pages.tree import Tree, parse
from extractors.pages.walk import walk_page
from extractors.records import Passage


def html_passages(html: bytes, *, charset: str | None = None) -> list[Passage]:
    """The passages of `read_html`."""
    return read_html(html, charset=charset).passages


def read_html(html: bytes, *, charset: str | None = None, tree: Tree = "bs4") -> Document:
    """Return a page: every block of readable text in document order, each readable character in exactly one.

    `charset` is the one the HTTP header named, if it did; `tree` names the parser. Raises InputError when the body is
    empty or no HTML.
    """
    text = decode(html, charset)
    with collector_paused():
        return _read(parse(text, tree))


def _read(root: Element) -> Document:
    if all(isinstance(node, str) for node in root.children):
        raise InputError("the page holds no text: nothing to read")
    walk = walk_page(root)
    judge(walk.zones, walk.page_prose)
    for block in walk.blocks:
        block.boilerplate = block.container.zone.boilerplate or is_imprint(block)
    mark_menus(walk.containers, walk.links, walk.blocks)
    mark_repeats(walk.containers, walk.blocks)
    mark_titles(walk.blocks)
    read_tables([*walk.tables, *find_grids(walk.blocks)], walk.blocks)
    join_days(walk.blocks)
    join_figures(walk.blocks)
    mark_numbering(walk.blocks)
    label_values(walk.blocks)
    mark_dated(walk.blocks)
    name_panels(root, walk.containers)
    panels = [container for container in walk.containers if container.title]
    return finish(walk.blocks, *_own_words(root), panels)


def _own_words(root: Element) -> tuple[tuple[str, ...], str]:
    """The page's title and the one it gives to those who link to it (not that of a drawing), and its language."""
    title = shared = language = None
    for element in elements_in(root):
        if element.tag == "title" and title is None and not _is_drawn(element):
            title = "".join(node for node in nodes_in(element) if isinstance(node, str))
        elif element.tag == "meta" and shared is None and element.attributes.get("property") == "og:title":
            shared = element.attributes.get("content")
        elif element.tag == "html" and language is None:
            language = element.attributes.get("lang") or element.attributes.get("xml:lang") or ""
    titles = dict.fromkeys(normalise(text[:MAX_CONTEXT]) for text in (title, shared) if text and text.strip())
    return tuple(titles), language or ""


def _is_drawn(element: Element) -> bool:
    above = element.parent
    while above is not None and above.tag != "svg":
        above = above.parent
    return above is not None
