"""A page's text to its tree: by beautifulsoup4 on lxml, or by lxml alone; nobody else knows them.

Both take time that grows with the text alone. beautifulsoup4 is what pages are read with unless somebody says lxml:
what many pages are read with, where its own work on each would be too much. They give the same tree.
"""

from typing import Literal

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from lxml.etree import HTMLParser

from extractors.pages.building import Building
from extractors.pages.dom import Element

Tree = Literal["bs4", "lxml"]


class _Builder(Building, LXMLTreeBuilder):  # type: ignore[misc]
    """Takes what beautifulsoup4 lets lxml say of a page, where it would make elements of its own, which take longer."""

    def __init__(self) -> None:
        LXMLTreeBuilder.__init__(self, multi_valued_attributes=None)
        Building.__init__(self)


def parse(text: str, tree: Tree = "bs4") -> Element:
    """The root of a page's tree."""
    if tree == "lxml":
        building = Building()
        parser = HTMLParser(target=building, recover=True)
        parser.feed(text.removeprefix("\ufeff"))
        parser.close()
        return building.root
    builder = _Builder()
    BeautifulSoup(text, builder=builder)
    return builder.root
