"""Second copies of a block: one for another size of screen, or the clone that lets a carousel go round.

Told by its classes and because every figure of it recurs in its twin with the same words beside it; never by either
alone: two sections of a page may well state the same.
"""

import re
from bisect import bisect
from collections.abc import Sequence
from functools import lru_cache

from extractors.language.lexicon import words
from extractors.pages.blocks import Block, Container
from extractors.pages.retold import Retold

_CLONED = words("clone clones cloned duplicate duplicates duplicated")
_DEVICES = words("desktop mobile tablet smartphone handheld")
"""With such a word a class speaks of screens, whatever else it says."""
_SCREENS = words(
    """
    xs sm md lg xl xxl 2xl small medium med large xlarge tiny mini phone print laptop lap palm desk widescreen wide
    narrow touch portrait landscape computer
    """
)
"""Sizes: with one of the words below in the same class, or beside a class that hides."""
_SIZES = words("xxs s m l ns main")
"""Sizes that say something else in most classes: with one of the words below in the same class only."""
_SEEN = words(
    """
    none hidden hide hides only visible invisible visibility show shown gone display false lt gt lte gte dn db di dib dt
    """
)
_HIDDEN = words("hidden d-none hide is-hidden invisible u-hidden only dn")
_WORD = re.compile(r"[A-Z]?[a-z\d]+|[A-Z]+")
_WIDTH = re.compile(r"[1-9]\d{2,3}(?:px)?")
"""The width of a screen: "hide-768", "max-[640px]:hidden"."""
_LETTERS = re.compile(r"(?!(?:thousand|[mb]illion|percent)\b)[^\W\d_]{3}")
_NEAR = 4
"""So many elements up a twin is looked for."""
_SAME = 30
"""Blocks of the same text that are looked at, before it and behind."""


def mark_repeats(containers: Sequence[Container], blocks: list[Block]) -> None:
    """Mark the blocks of copies; `blocks` is changed in place. Of two copies the first stays, a clone never does."""
    kinds = [(kind, here) for here in containers if (kind := _copy_kind(here.classes))]
    if not kinds:
        return
    places: dict[str, list[int]] = {}
    for place, block in enumerate(blocks):
        places.setdefault(block.text, []).append(place)
    retold = Retold(containers, blocks)
    for wanted in ("clone", "screen"):
        for kind, here in reversed(kinds):
            if kind == wanted and (_recurs(here, blocks, places) or (kind == "screen" and retold.beside(here))):
                for block in blocks[here.start : here.end]:
                    block.repeat = block.boilerplate = True


@lru_cache(maxsize=4096)
def _copy_kind(classes: str) -> str:
    """`clone`, `screen` or empty: what the names of an element's classes say of it."""
    names = classes[:300].split()
    said = [frozenset(word.lower() for word in _WORD.findall(name)) for name in names]
    if any(one & _CLONED for one in said):
        return "clone"
    hidden = not _HIDDEN.isdisjoint(names)
    return "screen" if any(_tells_screen(one, hidden=hidden) for one in said) else ""


def _tells_screen(said: frozenset[str], *, hidden: bool) -> bool:
    """Whether the words of one class tie what is seen to the size of the screen."""
    if not said.isdisjoint(_DEVICES):
        return True
    if not said.isdisjoint(_SEEN):
        return not said.isdisjoint(_SCREENS | _SIZES) or any(map(_WIDTH.fullmatch, said))
    return hidden and not said.isdisjoint(_SCREENS)


def _recurs(here: Container, blocks: list[Block], places: dict[str, list[int]]) -> bool:
    """Whether each figure of a container stands, with the same words, outside of it and nearby.

    Where no digit stands in it, its figures may be words: then all of it must.
    """
    inside = range(here.start, here.end)
    standing = [place for place in inside if not blocks[place].boilerplate]
    figures = [place for place in standing if any(map(str.isdigit, blocks[place].text))] or standing
    if not figures:
        return False
    outer = here.parent
    for _ in range(_NEAR):
        if outer is None:
            return False
        around = range(outer.start, outer.end)
        if all(_twin(place, blocks, places[blocks[place].text], inside, around) for place in figures):
            return True
        outer = outer.parent
    return False


def _twin(place: int, blocks: list[Block], same: list[int], inside: range, around: range) -> bool:
    first = max(0, bisect(same, place) - _SAME)
    near = [
        other
        for other in same[first : first + 2 * _SAME]
        if other in around and other not in inside and not blocks[other].boilerplate
    ]
    if _LETTERS.search(blocks[place].text):
        return bool(near)
    return any(
        place + step in inside and _text(blocks, place + step) == _text(blocks, other + step)
        for other in near
        for step in (1, -1)
    )


def _text(blocks: list[Block], place: int) -> str | None:
    return blocks[place].text if 0 <= place < len(blocks) else None
