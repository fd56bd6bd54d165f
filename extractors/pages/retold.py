"""Copies that another screen gets in another form: a table as cards or as a list, tiles as lines.

Two neighbours say the same when they hold the same figures in the same order, the words beside each stand in the other
too, and the words that each of them says once come in one order. Whether an element is a copy its classes say first.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from extractors.language.lexicon import STOPS, fold
from extractors.language.patterns import YEAR
from extractors.pages.blocks import Block, Container

_TOKEN = re.compile(r"(?P<figure>\d[\d.,]*)|[^\W\d_]+")
_YEAR = re.compile(YEAR)
_NEAR = 3
"""So many elements up a twin is looked for, and so many of the neighbours on each side."""
_MOST_BLOCKS, _MOST_LETTERS = 400, 20_000


class Told(NamedTuple):
    """What a container says."""

    figures: tuple[str, ...]
    """Its numbers in order, years left out."""
    years: frozenset[str]
    words: Counter[str]
    headings: frozenset[str]
    """The words of its headings."""
    beside: tuple[frozenset[str], ...]
    """For each block with figures the words in it, else those of the nearest block before and of that behind it."""
    behind: tuple[frozenset[str], ...]


class Retold:
    """The neighbours of a page's elements, compared."""

    def __init__(self, containers: Sequence[Container], blocks: list[Block]) -> None:
        """Take a page's elements, in the order in which they open, and its blocks."""
        self.blocks = blocks
        self.children: dict[int, list[Container]] = {}
        self.places: dict[int, int] = {}
        for here in containers:
            siblings = self.children.setdefault(id(here.parent), [])
            self.places[id(here)] = len(siblings)
            siblings.append(here)
        self.told: dict[tuple[int, int], Told | None] = {}

    def beside(self, here: Container) -> bool:
        """Whether a neighbour says the same in another form."""
        own = self._told(here)
        at: Container | None = here
        for _ in range(_NEAR):
            if own is None or at is None or at.parent is None:
                return False
            siblings, place = self.children[id(at.parent)], self.places[id(at)]
            for other in siblings[max(0, place - _NEAR) : place + _NEAR + 1]:
                twin = self._told(other) if other is not at else None
                if twin is not None and _same(own, twin) and not self._is_repeat(other):
                    return True
            at = at.parent
        return False

    def _told(self, here: Container) -> Told | None:
        span = here.start, here.end
        if span not in self.told:
            few = here.end - here.start <= _MOST_BLOCKS
            self.told[span] = _tell(self.blocks[here.start : here.end]) if few else None
        return self.told[span]

    def _is_repeat(self, here: Container) -> bool:
        return any(block.repeat for block in self.blocks[here.start : here.end])


def _tell(blocks: Sequence[Block]) -> Told | None:
    """None where no figure is told, or too much to compare."""
    if sum(len(block.text) for block in blocks) > _MOST_LETTERS:
        return None
    figures: list[str] = []
    years: set[str] = set()
    headings: set[str] = set()
    said = Counter[str]()
    rows: list[tuple[frozenset[str], bool]] = []
    for block in blocks:
        if block.boilerplate:
            continue
        words: list[str] = []
        counts = False
        for token in _TOKEN.finditer(fold(block.text)):
            number = (token["figure"] or "").rstrip(".,")
            if not number:
                words.append(token.group())
            elif _YEAR.fullmatch(number):
                years.add(number)
            else:
                figures.append(number)
                counts = True
        said.update(words)
        headings.update(words if block.level else ())
        rows.append((frozenset(words) - STOPS, counts))
    if not figures:
        return None
    beside, behind = _with_nearest(rows), _with_nearest(rows[::-1])[::-1]
    return Told(tuple(figures), frozenset(years), said, frozenset(headings) - STOPS, beside, behind)


def _with_nearest(rows: Sequence[tuple[frozenset[str], bool]]) -> tuple[frozenset[str], ...]:
    """For each row that counts its words, or those of the last before it that has some."""
    last = frozenset[str]()
    found: list[frozenset[str]] = []
    for words, counts in rows:
        last = words or last
        if counts:
            found.append(last)
    return tuple(found)


def _same(one: Told, other: Told) -> bool:
    if one.figures != other.figures and not _repeats_heads(one.figures, other.figures):
        return False
    if not (one.years <= other.years or other.years <= one.years):
        return False
    for a, b in ((one, other), (other, one)):
        if not a.headings <= b.words.keys():
            return False
        for near in zip(a.beside, a.behind, strict=True):
            if not any(words and words <= b.words.keys() for words in near):
                return False
    shared = {word for word, count in one.words.items() if count == other.words[word] == 1}
    return [word for word in one.words if word in shared] == [word for word in other.words if word in shared]


def _repeats_heads(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether rows of figures are alike but for some that one of them says again, as cards say a column's head."""
    if tuple(dict.fromkeys(one)) != tuple(dict.fromkeys(other)):
        return False
    fewer, more = sorted((Counter(one), Counter(other)), key=Counter.total)
    return all(fewer[figure] in (1, count) for figure, count in more.items())
