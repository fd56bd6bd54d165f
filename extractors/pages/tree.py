"""A page's text to its tree, in time that grows with the text alone. Nothing about what the elements mean."""

from bs4 import BeautifulSoup
from bs4.element import Tag


class _Tree(BeautifulSoup):
    """A tree that is only ever appended to."""

    def _linkage_fixer(self, el: Tag) -> None:
        """Mend nothing: only what is put among parsed nodes needs it, and to look climbs to the root each time."""


def parse(text: str) -> BeautifulSoup:
    """The tree of a page; an attribute's value is one string, `class` too."""
    return _Tree(text, "lxml", multi_valued_attributes=None)
