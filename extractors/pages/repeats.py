"""Second copies of a block: one for another size of screen, or the clone that lets a carousel go round.

Told by its classes and because every figure of it recurs in its twin with the same words beside it; never by either
alone: two sections of a page may well state the same.
"""

import re
from bisect import bisect
from collections.abc import Sequence
from functools import lru_cache

from extractors.pages.blocks import Block, Container
from extractors.pages.elements import words

_CLONED = words("clone cloned duplicate")
_DEVICES = words("desktop mobile tablet smartphone handheld")
_SCREENS = words("xs sm md lg xl xxl 2xl small medium large phone print")
_SEEN = words("none hidden hide only visible invisible show gone")
_HIDDEN = words("hidden d-none hide is-hidden invisible u-hidden")
_WORD = re.compile(r"[A-Z]?[a-z\d]+|[A-Z]+")
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
    for wanted in ("clone", "screen"):
        for kind, here in reversed(kinds):
            if kind == wanted and _recurs(here, blocks, places):
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
    screen = any(one & _DEVICES or (one & _SCREENS and (hidden or one & _SEEN)) for one in said)
    return "screen" if screen else ""


def _recurs(here: Container, blocks: list[Block], places: dict[str, list[int]]) -> bool:
    """Whether each figure of a container stands, with the same words, outside of it and nearby."""
    inside = range(here.start, here.end)
    figures = [place for place in inside if any(map(str.isdigit, blocks[place].text)) and not blocks[place].boilerplate]
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
