"""Text within one block: pieces of inline markup to lines, white space, footnote marks, the splitting of giants."""

import re
from collections.abc import Iterator
from itertools import islice

from extractors.pages.direction import RIGHT_TO_LEFT, as_shown
from extractors.pages.dom import Element, nodes_in
from extractors.pages.elements import SKIPPED

MAX_PASSAGE = 20_000
"""Characters; a longer block is split so that the work on one passage stays bounded."""

BREAK = "\n"
Piece = tuple[str, Element | None, Element | None]
"""A string of a block, its parent, and the block's direct child it stands in; None for text directly in the block."""

_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_WHOLE_NUMBER = re.compile(r"[$£€]?\d{1,3}(?:,\d{3})+|[$£€]?\d+")
_LAST_WORD = re.compile(r"[\w.,$£€%+)]+$")
_FIRST_WORD = re.compile(r"[\w.,$£€%]+")
# What is written against a number though it stands in an element of its own: scale letters, ordinal endings.
_SUFFIX = re.compile(r"(?:k|m|mn|b|bn|t|tn|x|st|nd|rd|th)\b", re.IGNORECASE)

_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§¶#]{1,3})(?:\s?[,;–-]\s?(?:\d{1,3}|[a-z]|[*†‡§¶]))*[\])]?")
_ENDS_WORD = re.compile(r"[\w%+)]")
_ENDS = re.compile(r"[\w%+).,;:!?]")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_UNIT_BEFORE = re.compile(
    r"(?:^|[\d\s/(])(?:[kcmdhµ]?m|ft|in|yd|mi|s|sec|miles?|met(?:er|re)s?|feet|inch(?:es)?|[A-Za-z])$"
)
_POWER_BEFORE = re.compile(r"(?:^|[^\d.,])10$")
_NOTE_HREF = re.compile(r"#_?(?:fn|ftn|foot|note|cite|ref|endnote|edn|sdfootnote)", re.IGNORECASE)
_NOTE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:foot-?notes?|end-?notes?|references?|noteref|fn|cite-?ref|footnote-?ref)(?:$|[\s_-])", re.I
)


def normalise(text: str) -> str:
    """Make runs of white space one space, drop what has no width, put what an override turns in the order shown."""
    if not text.isascii():
        text = _INVISIBLE.sub("", as_shown(text) if RIGHT_TO_LEFT in text else text)
    return " ".join(text.split())


def join_pieces(pieces: list[Piece]) -> list[list[str]]:
    """Join the strings of one block into paragraphs of lines, white space normalised, none empty.

    A `<br>` parts lines, two of them part paragraphs.

    Tags add nothing, as a browser adds nothing, except between two neighbouring elements whose words would run into one
    although a style sheet sets them apart (`<span class="y">2021</span><span class="n">94,428</span>`).
    """
    if len(pieces) == 1:
        line = normalise(pieces[0][0])
        return [[line]] if line else []
    out: list[str] = []
    last: Piece | None = None
    for piece in pieces:
        text = piece[0]
        if not text:
            continue
        if last is not None and text[0].isalnum() and _ENDS.match(last[0][-1]):
            apart = _set_apart(last, piece) if _ENDS_WORD.match(last[0][-1]) else _are_phrases(last, piece)
            if apart:
                out.append(" ")
        out.append(text if text is BREAK else text.replace("\n", " "))
        last = piece
    paragraphs: list[list[str]] = [[]]
    for raw in "".join(out).split("\n"):
        line = normalise(raw)
        if line:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [lines for lines in paragraphs if lines]


def _set_apart(left: Piece, right: Piece) -> bool:
    first, second = left[1], right[1]
    if first is None or second is None or first is second:
        return False
    if first.parent is not second.parent:
        first, second = left[2], right[2]
        if first is None or second is None or first is second:
            return False
    if _are_phrases(left, right):
        return True
    before, after = _LAST_WORD.search(left[0][-40:]), _FIRST_WORD.match(right[0][:40])
    if before is None or after is None:
        return False
    differ = first.attributes.get("class") != second.attributes.get("class")
    differ = differ or (first.tag != second.tag and any(c.isdigit() for c in left[0]))
    if before.group()[-1].isdigit() and after.group()[0].isdigit():
        if not (_WHOLE_NUMBER.fullmatch(before.group()) and _WHOLE_NUMBER.fullmatch(after.group())):
            return False
        return differ or not _WHOLE_NUMBER.fullmatch(before.group() + after.group())
    return differ and not (before.group()[-1].isdigit() and _SUFFIX.match(after.group()))


def _are_phrases(left: Piece, right: Piece) -> bool:
    """Whether two elements next to each other each hold several words: links, cards; no word goes on in the next."""
    first, second = left[2], right[2]
    if first is None or second is None or first is second or first.tag != second.tag:
        return False
    return _is_phrase(first) and _is_phrase(second)


def _is_phrase(tag: Element) -> bool:
    text = "".join(node for node in islice(nodes_in(tag), _FEW_NODES) if isinstance(node, str))[:200].strip()
    return " " in text and any(map(str.isalpha, text))


def footnote_mark(tag: Element, before: str) -> str | None:
    """Return the mark when this inline element holds nothing but a footnote mark, else None.

    `before` is the text directly before it. Ordinal endings, units (km²) and powers (10⁶) are no marks.
    """
    name, attrs = tag.tag, tag.attributes
    if name == "sup":
        sure = False
    elif name == "a":
        sure = attrs.get("role") == "doc-noteref" or bool(_NOTE_HREF.match(attrs.get("href", "")))
        if not sure:
            return None
    elif attrs.get("role") == "doc-noteref" or _NOTE_CLASS.search(attrs.get("class", "")):
        sure = True
    else:
        return None
    text = _short_text(tag)
    if text is None or not _MARK.fullmatch(text) or _GROUPED.fullmatch(text):
        return None
    if sure or (name == "sup" and any(not isinstance(child, str) and child.tag == "a" for child in tag.children)):
        return text
    if is_numerator(tag):
        return None
    if _POWER_BEFORE.search(before) or (text in ("2", "3", "-1", "-2") and _UNIT_BEFORE.search(before)):
        return None
    return text


def is_numerator(tag: Element) -> bool:
    """The element is the upper part of a fraction: `<sup>1</sup>/<sub>2</sub>`."""
    following = tag.following
    if following is None:
        return False
    return following.lstrip()[:1] in ("/", "⁄") if isinstance(following, str) else following.tag == "sub"


def _short_text(tag: Element) -> str | None:
    """The element's text when it holds few nodes, else None."""
    found: list[str] = []
    nodes = list(islice(nodes_in(tag), _FEW_NODES))
    for node in nodes:
        if isinstance(node, str):
            found.append(node)
        elif node.tag in SKIPPED or "hidden" in node.attributes or "style" in node.attributes:
            return None
    return normalise("".join(found)) if len(nodes) < _FEW_NODES else None


_FEW_NODES = 12


_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s")


def split_long(text: str) -> Iterator[str]:
    """Yield parts of at most `MAX_PASSAGE` characters, cut after a sentence, else at a space, else where it must be."""
    start = 0
    while len(text) - start > MAX_PASSAGE:
        low, high = start + MAX_PASSAGE // 2, start + MAX_PASSAGE
        cut = max((match.end() for match in _SENTENCE_END.finditer(text, low, high)), default=0)
        cut = cut or text.rfind(" ", low, high) + 1 or high
        yield text[start:cut].strip()
        start = cut
    rest = text[start:].strip()
    if rest:
        yield rest
