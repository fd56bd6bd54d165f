"""A page's text to its tree by beautifulsoup4 on lxml, in time that grows with the text alone; nobody else knows them.

Nothing about what the elements mean.
"""

from typing import cast

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from extractors.pages.dom import Element


class _Tree(BeautifulSoup):
    """A tree that is only ever appended to."""

    def _linkage_fixer(self, el: Tag) -> None:
        """Mend nothing: only what is put among parsed nodes needs it, and to look climbs to the root each time."""


def parse(text: str) -> Element:
    """The root of a page's tree."""
    soup = _Tree(text, "lxml", multi_valued_attributes=None)
    root = Element("", {}, None, 0)
    open_ = [(soup.contents, root)]
    while open_:
        contents, parent = open_.pop()
        children = parent.children
        for node in contents:
            if isinstance(node, Tag):
                element = Element(node.name, cast(dict[str, str], node.attrs), parent, len(children))
                children.append(element)
                if node.contents:
                    open_.append((node.contents, element))
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                children.append(str(node))
    return root
