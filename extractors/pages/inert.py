"""A page as it can be shown to a reader without doing anything: its readable words in plain elements, one fact marked.

What it is made of is chosen, not cleaned: text, the elements named here, and the few attributes named here. No address,
script, style, handler, frame or form of a page has a way through. Words are found again by the passage they were read
from, white space left out, near the place that the fact names.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.language.lexicon import words
from extractors.pages.decode import decode
from extractors.pages.dom import Element, Node
from extractors.pages.elements import BLOCKS
from extractors.pages.inline import normalise
from extractors.pages.rendering import is_readable
from extractors.pages.tree import parse

FACT = "fact"
"""The fragment that leads to the number."""
_KEPT = words(
    """
    p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr th td blockquote pre section article aside
    nav main figure figcaption address b strong i em u s small sub sup q cite code abbr summary
    """
)
_EMPTY = words("br hr")
_ATTRIBUTES = {
    "colspan": re.compile(r"\d{1,3}"),
    "rowspan": re.compile(r"\d{1,3}"),
    "start": re.compile(r"\d{1,6}"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "lang": re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}"),
}
_STEP = re.compile(r"/(?:\*\[name\(\)='([^']*)'\]|([^/\[*]+))(?:\[(\d+)\])?")
_MOST_ATTEMPTS = 4
"""How far up from the fact's place its words are looked for, before the whole page."""
_STYLE = """
body { margin: 0 auto; max-width: 50rem; padding: 0 1rem 4rem; font: 1rem/1.5 sans-serif; overflow-wrap: anywhere }
.archived { position: sticky; top: 0; margin: 0 -1rem 1rem; padding: .5rem 1rem; background: #eee; color: #222;
  border-bottom: 1px solid #999; font-size: .85rem }
.archived p { margin: 0 }
table { border-collapse: collapse } td, th { border: 1px solid #999; padding: .2rem .5rem }
mark { background: #fff3b0; color: inherit } mark.number { background: #ffc400; scroll-margin-top: 40vh }
"""

_Place = tuple[int, int]
"""A string of a page: the identity of its parent, and its place there."""
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a fact, and where they were read."""

    xpath: str
    passage_text: str
    sentence: str
    start: int
    """Of the numeral in the passage, in code points."""
    end: int


def inert_page(body: bytes, of: Words, banner: Sequence[str], *, charset: str | None = None) -> str:
    """A whole HTML document that shows a page's readable words and does nothing; `banner` are lines that stand above.

    The number is in `<mark id="fact">`, in one mark or, where elements part it, in several; so is its sentence,
    without the id. What is nowhere to be seen, as an animated counter's number, stands marked at its place.

    Raises:
        InputError: the body is empty or no HTML.
    """
    root = parse(decode(body, charset))
    block = _at(root, of.xpath)
    marks = _marks(root, block, of)
    surface = of.passage_text[of.start : of.end]
    shown = "".join(_written(root, marks, block if not marks else None, surface))
    lines = [*banner]
    if f'id="{FACT}"' not in shown:
        lines.append(f"What was read is nowhere to be seen on the page: {surface}")
    told = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return (
        '<!doctype html>\n<html><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width">'
        f"<title>{html.escape(banner[0] if banner else FACT)}</title><style>{_STYLE}</style></head>\n"
        f'<body><div class="archived">{told}</div>\n{shown}\n</body></html>\n'
    )


def _at(root: Element, xpath: str) -> Element:
    """The element that a path leads to; the last on the way that there is."""
    here = root
    for odd, name, number in _STEP.findall(xpath):
        tag, wanted = odd or name, int(number or 1)
        same = [node for node in here.children if not isinstance(node, str) and node.tag == tag]
        if len(same) < wanted:
            break
        here = same[wanted - 1]
    return here


def _marks(root: Element, block: Element, of: Words) -> dict[_Place, list[tuple[int, int, bool]]]:
    """Spans of the page's strings to be marked, in order, each with whether it is of the number."""
    at = max(of.passage_text.find(of.sentence), 0)
    sentence = (at, at + len(of.sentence)) if at <= of.start and of.end <= at + len(of.sentence) else (of.start, of.end)
    around: list[Element] = []
    above: Element | None = block
    while above is not None and len(around) < _MOST_ATTEMPTS:
        around.append(above)
        above = above.parent
    texts = [list(_characters(element)) for element in dict.fromkeys([*around, root])]
    own = texts[0][0][0] if texts[0] else None
    number = (of.start, of.end)
    for part in ((0, len(of.passage_text)), sentence, number):
        needle, places = _bare(of.passage_text, *part)
        # A number alone is looked for near its place only: elsewhere it is another that is written the same.
        for text in (texts[:2] if part == number else texts) if needle else ():
            joined = "".join(character for *_, character in text)
            found = _counted(joined, needle, of) if part == number else None
            if found is None:
                found = _nearest(joined, needle, own, text)
            if found is not None:
                return _runs(text[found : found + len(needle)], places, sentence, number)
    return {}


def _counted(text: str, needle: str, of: Words) -> int | None:
    """Where the number stands, by how many like it stand before it; None where the text has others than the passage.

    A reading leaves out what parts the words, such as the marks of footnotes, so that they are not found whole.
    """
    whole, earlier = (_bare(of.passage_text, 0, end)[0] for end in (len(of.passage_text), of.start))
    if text.count(needle) != whole.count(needle):
        return None
    at = -len(needle)
    for _ in range(earlier.count(needle) + 1):
        at = text.find(needle, at + len(needle))
    return at if at >= 0 else None


def _bare(text: str, begin: int, end: int) -> tuple[str, list[int]]:
    """The characters of a part that have a shape, and where each stands in the whole."""
    kept = [n for n in range(begin, end) if normalise(text[n])]
    return "".join(text[n] for n in kept), kept


def _characters(element: Element) -> Iterator[tuple[_Place, int, str]]:
    """Every character with a shape that stands readable in an element: its string, its place there, itself."""
    for parent, place, text in _strings(element):
        for at, character in enumerate(text):
            if not character.isspace() and (character.isascii() or normalise(character)):
                yield (id(parent), place), at, character


def _strings(element: Element) -> Iterator[tuple[Element, int, str]]:
    stack = [(element, iter(enumerate(element.children)))]
    while stack:
        parent, children = stack[-1]
        for place, node in children:
            if isinstance(node, str):
                yield parent, place, node
            elif is_readable(node):
                stack.append((node, iter(enumerate(node.children))))
                break
        else:
            stack.pop()


def _nearest(text: str, needle: str, own: _Place | None, places: list[tuple[_Place, int, str]]) -> int | None:
    """Where the needle begins, nearest to the fact's own place."""
    origin = next((n for n, (place, _, _) in enumerate(places) if place == own), 0)
    before, after = text.rfind(needle, 0, origin + len(needle)), text.find(needle, origin)
    found = [at for at in (after, before) if at >= 0]
    return min(found, key=lambda at: abs(at - origin), default=None)


def _runs(
    characters: Sequence[tuple[_Place, int, str]], places: Sequence[int], sentence: _Span, number: _Span
) -> dict[_Place, list[tuple[int, int, bool]]]:
    """Neighbouring characters of one string and one kind as spans, the white space between them too."""
    runs: dict[_Place, list[tuple[int, int, bool]]] = {}
    for (string, at, _), place in zip(characters, places, strict=True):
        is_number = number[0] <= place < number[1]
        if not (is_number or sentence[0] <= place < sentence[1]):
            continue
        some = runs.setdefault(string, [])
        if some and some[-1][2] == is_number:
            some[-1] = (some[-1][0], at + 1, is_number)
        else:
            some.append((at, at + 1, is_number))
    return runs


def _written(
    root: Element, marks: dict[_Place, list[tuple[int, int, bool]]], unfound: Element | None, surface: str
) -> Iterator[str]:
    """The page in plain elements; `unfound` is the one in which a number is to be put that is not in its text."""
    numbered = False
    stack: list[tuple[Element, str, Iterator[tuple[int, Node]]]] = [(root, "", iter(enumerate(root.children)))]
    if unfound is root:
        yield _mark(surface, True, True)
    while stack:
        parent, closing, children = stack[-1]
        for place, node in children:
            if not isinstance(node, str):
                if node.tag in _EMPTY:
                    yield f"<{node.tag}>"
                elif is_readable(node):
                    name = node.tag if node.tag in _KEPT else "div" if node.tag in BLOCKS else "span"
                    yield f"<{name}{_attributes(node)}>"
                    if node is unfound:
                        yield _mark(surface, True, True)
                    stack.append((node, f"</{name}>", iter(enumerate(node.children))))
                    break
                continue
            at = 0
            for start, end, is_number in marks.get((id(parent), place), ()):
                yield html.escape(node[at:start])
                yield _mark(node[start:end], is_number, is_number and not numbered)
                numbered, at = numbered or is_number, end
            yield html.escape(node[at:])
        else:
            yield closing
            stack.pop()


def _mark(text: str, is_number: bool, is_first: bool) -> str:
    named = f' id="{FACT}"' if is_first else ""
    kind = ' class="number"' if is_number else ""
    return f"<mark{named}{kind}>{html.escape(text)}</mark>"


def _attributes(node: Element) -> str:
    kept = ((name, node.attributes.get(name)) for name in _ATTRIBUTES)
    return "".join(f' {name}="{value}"' for name, value in kept if value and _ATTRIBUTES[name].fullmatch(value))
