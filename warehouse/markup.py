"""The words of a page, told apart by where they stand, without building its tree: one pass over the markup.

Enough to tell a page from one that stands in for it; `extractors` reads a page properly. The work is in step with the
page's length, however its elements nest, are left open, or are closed that were never opened.
"""

import html
import re
from collections import Counter
from dataclasses import dataclass

_MARKUP = re.compile(
    r"""<(?:
        !--(?:-?>|.*?(?:--!?>|\Z))
      | (?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?P<attributes>(?>[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?|["'])*+)(?:>|\Z)
      | [!?/][^>]*>?
    )""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_RAW = frozenset(["script", "style", "iframe", "noembed", "noframes", "xmp", "title", "textarea"])
"""Elements whose content is no markup."""
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])[^>]*>?", re.IGNORECASE) for name in _RAW}
_TOO_LARGE = re.compile(r"&#0*[1-9][0-9]{7,};?")
"""A reference to no character; Python would refuse to read its thousands of digits."""


@dataclass(frozen=True, slots=True)
class Words:
    """Texts with white space normalised and character references resolved."""

    title: str
    heading: str
    """Of the first first-level heading."""
    text: str
    """All that is read: without scripts, styles, templates, the title and what stands in for scripts."""
    noscript: str
    """What stands in for scripts."""


def words_of(page: str) -> Words:
    """Read `page`, which may be any text."""
    return _Pass(page).words()


class _Pass:
    def __init__(self, page: str) -> None:
        self._page = page
        self._open: list[str] = []
        self._count: Counter[str] = Counter()
        self._title: str | None = None
        self._heading: list[str] | None = None
        self._heading_depth = 0
        """Elements open around the first heading while it is open, itself included; else 0."""
        self._text: list[str] = []
        self._noscript: list[str] = []

    def words(self) -> Words:
        page, position = self._page, 0
        while tag := _MARKUP.search(page, position):
            self._say(page[position : tag.start()])
            position = tag.end()
            name = (tag["name"] or "").lower()
            if tag["end"]:
                self._close(name)
            elif name in _VOID or not name or tag["attributes"].endswith("/"):
                continue
            elif name in _RAW:
                end = _RAW_END[name].search(page, position)
                self._raw(name, page[position : end.start() if end else len(page)])
                position = end.end() if end else len(page)
            else:
                self._begin(name)
        self._say(page[position:])
        return Words(self._title or "", *map(_joined, (self._heading or [], self._text, self._noscript)))

    def _begin(self, name: str) -> None:
        self._open.append(name)
        self._count[name] += 1
        if name == "h1" and self._heading is None:
            self._heading, self._heading_depth = [], len(self._open)

    def _close(self, name: str) -> None:
        """Close the innermost element of that name and all within it; nothing when none is open."""
        while self._count[name]:
            last = self._open.pop()
            self._count[last] -= 1
            if len(self._open) < self._heading_depth:
                self._heading_depth = 0
            if last == name:
                return

    def _raw(self, name: str, content: str) -> None:
        if name == "title" and self._title is None:
            self._title = _joined([content])
            if not self._text and not self._count["body"]:
                return
        if name in ("title", "textarea"):
            self._say(content)

    def _say(self, piece: str) -> None:
        if not piece or piece.isspace():
            return
        if self._heading_depth and self._heading is not None:
            self._heading.append(piece)
        if self._count["noscript"]:
            self._noscript.append(piece)
        elif not self._count["template"]:
            self._text.append(piece)


def _joined(pieces: list[str]) -> str:
    text = html.unescape(_TOO_LARGE.sub("\N{REPLACEMENT CHARACTER}", " ".join(pieces)))
    return " ".join(text.split())
