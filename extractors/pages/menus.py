"""Menus that no element or class name calls so: contents lists, sidebars, breadcrumbs. Told by their links.

A group of links is an element of which links make up most. What is a menu is a table of rules.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, islice, pairwise

from extractors.language.lexicon import STOPS
from extractors.language.patterns import MONTH, YEAR
from extractors.pages.blocks import Block, Container
from extractors.pages.dated import date_told
from extractors.pages.dom import Element, Node, nodes_in
from extractors.pages.elements import BLOCKS
from extractors.pages.inline import normalise
from extractors.rules import Rule, first_of
from extractors.timex.spans import find_dates

_NUMBERED = re.compile(r"(?:[A-Z][a-z]+ )?(\d{1,2}(?:\.\d{1,2}){0,3})[.):]?\s(?=\W*[A-Z])")
_SEPARATORS = re.compile(r"[\s>›»/→▸|·•:-]+")
_TRAIL = re.compile(r"[>›»/→▸]")
_BACK = re.compile(r"[←‹«⟵<]|(?:previous|prev|back)\b", re.IGNORECASE)
_TURNS = re.compile(
    r"^(?:[←‹«⟵<]+|(?:previous|prev|up next|next|back to)\b(?: (?:chapter|section|part|page|story|article|post)\b)?"
    r"\s*[:–—-]?)|[→›»⟶>]+$",
    re.IGNORECASE,
)
"""What a link that leads on says of that."""
_FURTHER = re.compile(
    r"(?:you (?:may|might|could) also (?:like|enjoy)|read (?:next|on)|keep reading|further reading|see also|"
    r"(?:related|recommended|recent|latest|more) (?:content|articles?|posts?|stories|news|pages|reading|links)|"
    r"(?:more )?from (?:us|our blog|the blog|(?:our|the) newsroom))\W*",
    re.IGNORECASE,
)
"""A heading over titles of other pages."""
_SORTED = re.compile(
    r"(?:(?:browse|filter|sort(?:ed)?|posts?|news|stories|articles|refine)(?: results)?(?: by \w+)?|by (?:\w+ )?"
    r"(?:topic|category|date|month|year|author|tag|type)|"
    r"(?:(?:blog|news|post|our) )?(?:categories|archives?|tags?|topics?|labels|subjects?|authors?))\W*",
    re.IGNORECASE,
)
"""A heading over what posts are sorted by."""
_OF_MONTH = re.compile(rf"{MONTH} {YEAR}|{YEAR}", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(\d{1,5}\)")
_READING = re.compile(r"(?:\s*[·•|,–-])?\s*\d{1,2}[ -]min(?:ute)?s?(?: read)?$", re.IGNORECASE)
_TITLE, _FIGURE = re.compile(r"\W*\w.*[^\W\d_]{3}"), re.compile(r"\W*\d(?:[\d,.]{2,}|\d*%)")
_NEVER = ("html", "body", "main")
_RELATED = frozenset(("prev", "previous", "next"))
_LONGEST_TRAIL, _LONGEST_TITLE, _MOST_NODES, _MOST_ENTRIES = 200, 60, 60, 300


@dataclass(frozen=True, slots=True)
class Links:
    """A group of links."""

    entries: tuple[str, ...]
    """Their texts, in order."""
    here: int
    """How many of them lead to places of the same page."""
    rest: tuple[str, ...]
    """What stands in front of, between and behind them; empty where nothing does."""
    heading: str = ""
    """What stands over it as a heading, in it or right before it."""
    unrelated: tuple[str, ...] = ()
    """Those of the entries that do not say that they lead to what comes before or next."""

    @property
    def figures(self) -> int:
        """How many entries hold a digit that is no number of a section."""
        return sum(any(map(str.isdigit, _NUMBERED.sub("", entry, count=1))) for entry in self.entries)

    @property
    def states(self) -> bool:
        """Whether what is no link may state a figure; a bare number is that of a page, a day that of a post."""
        said = (part for part in self.rest if not (part.isdigit() or _IN_BRACKETS.fullmatch(part) or _is_day(part)))
        return any(any(map(str.isdigit, _NUMBERED.sub("", part, count=1))) for part in said)

    @property
    def unlinked(self) -> int:
        """Characters of the rest."""
        return sum(map(len, self.rest))


def _numbered_contents(links: Links) -> bool | None:
    """Sections one after the other: 1, 2, 2.1, 3."""
    numbers = [_outline(found[1]) for entry in links.entries if (found := _NUMBERED.match(entry))]
    if len(numbers) < 2 or 2 * len(numbers) < len(links.entries) or links.figures * 3 > len(links.entries):
        return None
    return True if all(_follows(*pair) for pair in pairwise(numbers)) else None


def _contents_of_page(links: Links) -> bool | None:
    return True if links.here == len(links.entries) > 2 and links.figures * 3 <= len(links.entries) else None


def _trail(links: Links) -> bool | None:
    """ "Home > Reports > 4.2 Lending": the last may be where the reader is, and no link."""
    between = links.rest[1:-1]
    if not between or links.rest[0] or not all(_TRAIL.search(rest) for rest in between):
        return None
    last = _SEPARATORS.sub("", links.rest[-1])
    if any(_SEPARATORS.sub("", rest) for rest in between) or (last and not _TRAIL.match(links.rest[-1])):
        return None
    named = all(any(map(str.isalpha, entry)) for entry in links.entries)
    return True if named and sum(map(len, links.entries)) + links.unlinked <= _LONGEST_TRAIL else None


def _neighbours(links: Links) -> bool | None:
    """ "← 6 Boats", "Next: 8 Nets": links to the chapters before and behind, perhaps with one to all of them."""
    if not 0 < len(links.entries) <= 3:
        return None
    if any(any(map(str.isalpha, _TURNS.sub("", rest, count=1))) for rest in links.rest):
        return None
    if len(links.unrelated) < len(links.entries):
        index = not any(any(map(str.isdigit, entry)) for entry in links.unrelated)
        return True if len(links.unrelated) <= 1 and index else None
    whole = [f"{rest} {entry}".strip() for rest, entry in zip(links.rest, links.entries, strict=False)]
    bare = [_TURNS.sub("", text, count=1).strip() for text in whole]
    turning = [text for text, left in zip(whole, bare, strict=True) if left != text]
    if len(turning) < max(2, len(whole) - 1) or not any(map(_BACK.match, turning)):
        return None
    return True if all(_NUMBERED.match(left) or not any(map(str.isdigit, left)) for left in bare) else None


def _posts(links: Links) -> bool | None:
    """ "3 May 2021: 7 ways to mend a net": titles of what was posted, each on its day, in the link or beside it."""
    days = sum(map(_is_day, links.rest))
    if any(len(rest) > _LONGEST_TITLE for rest in links.rest):
        return None
    titles = [*map(_without_day, links.entries)]
    beside = titles.count(None)
    if beside > days or (beside and beside < len(titles)):
        return None
    named = [title or entry for title, entry in zip(titles, links.entries, strict=True)]
    return True if all(_TITLE.match(title) and not _FIGURE.match(title) for title in named) else None


def _further(links: Links) -> bool | None:
    """ "You may also like": titles of other pages under a heading that says so."""
    others = links.rest[1:]
    if not _FURTHER.fullmatch(links.heading) or any(len(rest) > _LONGEST_TITLE for rest in others):
        return None
    return None if any(map(_FIGURE.match, links.entries)) else True


def _sorted(links: Links) -> bool | None:
    """ "Events (87)", "May 2023 (6)": how many posts there are of each kind or month, behind the link to them."""
    behind = links.rest[1:]
    if len(links.entries) < 2 or not any(behind):
        return None
    if not all(_IN_BRACKETS.fullmatch(rest) or not rest for rest in behind):
        return None
    of_posts = _SORTED.fullmatch(links.heading) or all(map(_OF_MONTH.fullmatch, links.entries))
    return True if of_posts else None


def _is_day(text: str) -> bool:
    date = date_told(_READING.sub("", text))
    return date is not None and date.kind == "day"


def _without_day(text: str) -> str | None:
    """What stands with a day at one end of a text; None where there is no such day."""
    if not any(map(str.isdigit, text)):
        return None
    days = [date for date in find_dates(text) if date.kind == "day" and date.year is not None]
    for day in days[:1] + days[-1:]:
        before, after = text[: day.start].strip(), text[day.end :].strip()
        if before and _READING.sub("", f" {after}").strip():
            continue
        last = before.rsplit(" ", 1)[-1].lower()
        return None if last in STOPS else before or after
    return None


MENUS: tuple[Rule[Links, bool], ...] = (
    Rule(
        "contents.numbered",
        _numbered_contents,
        before=("contents.of_page",),
        examples=(
            "<div><a href='/a'>1. Who we are</a> <a href='/b'>2. Our line</a> <a href='/c'>[2.1] Calls</a></div>",
        ),
        but_not=("<div><a href='/a'>[640] Families housed</a> <a href='/b'>31 Wells dug</a></div> -> count 640",),
    ),
    Rule(
        "contents.of_page",
        _contents_of_page,
        examples=(
            "<p><a href='#a'>Us</a> <a href='#b'>Our [5] goals</a> <a href='#c'>Money</a> <a href='#d'>Thanks</a></p>",
        ),
        but_not=(
            "<p><a href='#a'>[31] wells dug</a> <a href='#b'>5 halls built</a> <a href='#c'>Money</a></p> -> count 31",
        ),
    ),
    Rule(
        "trail",
        _trail,
        examples=("<p><a href='/'>Home</a> › <a href='/r'>Reports</a> › [4.2] Lending</p>",),
        but_not=("<p><a href='/'>Homes</a> and <a href='/r'>huts</a>: [42] built</p> -> count 42",),
    ),
    Rule(
        "neighbours",
        _neighbours,
        examples=(
            "<p><a rel='prev' href='/3'>3 Bells</a><a rel='next' href='/5'>[5] Doors</a></p>",
            "<p><a href='/3'>← [3] Bells</a> <a href='/5'>5 Doors →</a></p>",
            "<p><a href='/3'>Previous: [3] Bells</a> <a href='/5'>Next: 5 Doors</a></p>",
        ),
        but_not=(
            "<p><a href='/b'>[31] bells rung →</a> <a href='/d'>12 doors built →</a></p> -> count 31",
            "<p><a href='/b'>[31] bells rung</a> <a href='/d' rel='next'>Doors</a></p> -> count 31",
        ),
    ),
    Rule(
        "posts",
        _posts,
        examples=(
            "<p><a href='/n'><b>[5] nets to mend</b> <i>3 May 2021</i></a></p>",
            "<p>3 May 2021 <a href='/n'>Our [5] best nets</a></p>",
        ),
        but_not=("<p><a href='/n'>We mended [5] nets by 3 May 2021</a></p> -> count 5",),
    ),
    Rule(
        "further",
        _further,
        examples=("<div><h3>You may also like</h3><a href='/n'>[5] nets to mend</a></div>",),
        but_not=("<div><h3>What we did</h3><a href='/n'>[5] nets mended</a></div> -> count 5",),
    ),
    Rule(
        "sorted",
        _sorted,
        examples=("<div><h3>Topics</h3><a href='/n'>Nets</a> ([5]) <a href='/b'>Bells</a> (12)</div>",),
        but_not=(
            "<div><h3>What we mended</h3><a href='/n'>Nets</a> ([5]) <a href='/b'>Bells</a> (12)</div> -> count 5",
        ),
    ),
)
"""Whether a group of links is a menu; the first that answers decides."""


def mark_menus(containers: Sequence[Container], links: Sequence[Element], blocks: list[Block]) -> None:
    """Mark the blocks of menus as boilerplate; `blocks` is changed in place."""
    if not links:
        return
    texts = [_text_of(link) for link in links]
    linked = [0, *accumulate(map(len, texts))]
    written = [0, *accumulate(len(block.text) for block in blocks)]
    innermost = {here.links: here for here in containers}
    done = 0
    for here in containers:
        first, last = here.links
        if here.start < done or not 1 <= last - first <= _MOST_ENTRIES or here.name in _NEVER:
            continue
        if innermost[here.links] is not here:
            continue
        size = written[here.end] - written[here.start]
        if 3 * (linked[last] - linked[first]) + _LONGEST_TITLE < 2 * size:
            continue
        inside = blocks[here.start : here.end]
        entries = [*_entries(links[first:last], texts[first:last])]
        rest = tuple(_rest(" ".join(block.text for block in inside), [text for text, _ in entries]))
        over = blocks[here.start - 1] if here.start else None
        group = Links(
            tuple(text for text, _ in entries),
            sum(link.attributes.get("href", "").startswith("#") for _, link in entries),
            rest,
            rest[0] or (over.text if over is not None and over.level else ""),
            tuple(text for text, link in entries if _RELATED.isdisjoint(link.attributes.get("rel", "").split())),
        )
        if not group.states and first_of(MENUS, group):
            done = here.end
            inside[0].entries = group.entries
            for block in inside:
                block.boilerplate = True


def mark_linked_items(items: Sequence[tuple[Block, str]]) -> None:
    """Mark the items of a list, each but a link with its address, as boilerplate where that list is a menu."""
    entries = tuple(block.text for block, _ in items)
    here = sum(address.startswith("#") for _, address in items)
    group = Links(entries, here, ("",) * (len(items) + 1), unrelated=entries)
    if first_of(MENUS, group):
        for block, _ in items:
            block.boilerplate = True


def _text_of(link: Element) -> str:
    return normalise("".join(map(_words_of, islice(nodes_in(link), _MOST_NODES))))


def _words_of(node: Node) -> str:
    """The words of a text; an element that stands apart parts those around it."""
    return node if isinstance(node, str) else " " if node.tag in BLOCKS else ""


def _entries(links: Sequence[Element], texts: Sequence[str]) -> Iterator[tuple[str, Element]]:
    """The links with their texts; neighbours that lead to the same place are one, as of a number and its title."""
    pairs = zip(texts, links, strict=True)
    for _, same in groupby(pairs, key=lambda pair: pair[1].attributes.get("href") or id(pair[1])):
        said = [*same]
        yield " ".join(text for text, _ in said if text), said[0][1]


def _rest(text: str, entries: Sequence[str]) -> Iterator[str]:
    at = 0
    for entry in entries:
        found = text.find(entry, at)
        if found >= 0:
            yield text[at:found].strip()
            at = found + len(entry)
    yield text[at:].strip()


def _outline(number: str) -> tuple[int, ...]:
    return tuple(map(int, number.split(".")))


def _follows(number: tuple[int, ...], following: tuple[int, ...]) -> bool:
    """Whether a section may come next after another: 2 or 1.1 after 1, 3 or 3.1 after 2.4."""
    level = next((level for level, pair in enumerate(zip(number, following, strict=False)) if pair[0] != pair[1]), None)
    if level is None:
        return len(following) > len(number)
    return following[level] == number[level] + 1 and all(part <= 1 for part in following[level + 1 :])
