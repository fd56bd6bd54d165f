"""Elements and strings from what a parser tells of a page, tag by tag.

Nothing of any parser, and nothing about what the elements mean.
"""

from collections.abc import Mapping

from extractors.pages.dom import Element

_BLANK = " \n\t\f\r"
_PREFORMATTED = frozenset({"pre", "textarea"})


class Building:
    """A tree that grows: lxml's parsers call these methods, in this order, by these names."""

    def __init__(self) -> None:
        """Nothing was told yet."""
        self.reset()

    def reset(self) -> None:
        """Forget the page."""
        self.root = Element("", {}, None, 0)
        self._open = [self.root]
        self._said: list[str] = []
        self._preformatted = 0

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        """An element begins."""
        if self._said:
            self._end_text()
        parent = self._open[-1]
        element = Element(tag, attrib, parent, len(parent.children))
        parent.children.append(element)
        self._open.append(element)
        self._preformatted += tag in _PREFORMATTED

    def end(self, tag: str) -> None:
        """The innermost element of that name ends, with all that still stands open in it."""
        if self._said:
            self._end_text()
        if self._open[-1].tag == tag or any(element.tag == tag for element in self._open):
            while self._close_innermost() != tag:
                pass

    def _close_innermost(self) -> str:
        tag = self._open.pop().tag
        self._preformatted -= tag in _PREFORMATTED
        return tag

    def data(self, data: str) -> None:
        """Some text, perhaps not all until the next tag."""
        self._said.append(data)

    def _end_text(self, *_: str) -> None:
        """Text ends at a tag or at what no reader sees; between tags blanks are one."""
        if not self._said:
            return
        text = "".join(self._said)
        if not self._preformatted and not text.strip(_BLANK):
            text = "\n" if "\n" in text else " "
        self._open[-1].children.append(text)
        self._said = []

    comment = pi = doctype = _end_text

    def close(self) -> None:
        """The page ends."""
        self._end_text()
