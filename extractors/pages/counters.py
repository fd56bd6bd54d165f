"""Animated counters as a page is served: where a script will put the true figure stands that from which it counts.

Which elements count is data: words of their classes, names and attributes. What is shown is told from what is reached.
"""

import itertools
import re
from decimal import Decimal
from itertools import islice

from extractors.pages.dom import Element, nodes_in
from extractors.pages.elements import words

_COUNTING = words("counter counters countup counterup countto odometer purecounter numscroller")
_PAIRS = frozenset({
    ("count", "up"), ("count", "to"), ("js", "count"), ("js", "number"),
    *((move, what) for move in ("animate", "animated") for what in ("number", "numbers", "count", "value")),
    *((what, move) for what in ("number", "numbers", "count") for move in ("animate", "animated", "animation")),
})  # fmt: skip
"""Neighbouring words of a class that say the same."""
_NAMING = words("label title text note description desc caption heading name")
"""With such a word a class is that of what stands beside a counter."""
_FROM = words("start from begin initial min")
_TARGET = words("count counter countup counterup target to end final stop purecounter odometer")
_VALUE = words("value number num max figure stat amount total")
"""Words of attributes; the last may hold the very number of a cell that is sorted by them."""
_CELLS = words("td th tr data meter progress option input li")
_ONE_NUMBER = re.compile(r"[^\d\w]{0,3}[A-Za-z]{0,3}[^\d\w]{0,3}(?P<number>\d[\d,. ]{0,20})(?P<unit>\D{0,40})")
_BARE_UNIT = re.compile(r"\s?(?:[%+×]|[A-Za-z]{0,2}|thousand|[mb]illion|percent|per cent)\s?\+?")
_NO_DIGIT = re.compile(r"\D")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_PLAIN = re.compile(r"-?\d{1,20}(?:\.\d{1,10})?")
_CLIMB = 3
"""So many elements up a mark is looked for: themes put it on the frame around a figure and its label."""
_FEW_NODES = 24


def start_value(text: str, tag: Element | None) -> str | None:
    """The digits that a counter shows before it runs, when `text`, directly in `tag`, is such a one; else None."""
    if tag is None or len(text) > 64 or text.isalpha():
        return None
    shown = _ONE_NUMBER.fullmatch(text.strip())
    if shown is None:
        return None
    digits = _NO_DIGIT.sub("", shown["number"])
    value = _number(shown["number"].rstrip(" ,.").replace(",", "").replace(" ", ""))
    bare = _BARE_UNIT.fullmatch(shown["unit"]) is not None
    here: Element | None = tag
    for step in range(_CLIMB):
        if here is None or here.tag in ("body", "html", "main", "table") or (step and not bare):
            return None
        if here.attributes or "-" in here.tag:
            told = _tells(here, value)
            if told is not None:
                return digits if told and not (step and _has_other_digits(here, digits)) else None
        here = here.parent
    return None


def _tells(tag: Element, value: Decimal | None) -> bool | None:
    """Whether an element counts from `value` to another number; None when nothing says that it counts."""
    counts = _says_so(tag)
    starts, ends = set[Decimal](), set[Decimal]()
    for name, content in tag.attributes.items():
        if not (name.startswith("data-") or "-" in tag.tag):
            continue
        number = _number(content.strip().replace(",", ""))
        if number is None:
            continue
        said = frozenset(_WORD.findall(name.removeprefix("data-")))
        if said & _FROM:
            starts.add(number)
        elif said & _TARGET or (said & _VALUE and (counts or tag.tag not in _CELLS)):
            ends.add(number)
    if not counts and not ends:
        return None
    if value is None or value in ends:
        return False
    reaches = counts or any(abs(end) >= 1 for end in ends)  # 0 may be 0.4, rounded
    return reaches and (value == 0 or value in starts)


def _says_so(tag: Element) -> bool:
    for name in (*tag.attributes.get("class", "")[:300].split(), tag.tag):
        said = [word.lower() for word in _WORD.findall(name)]
        if not _NAMING.isdisjoint(said):
            continue
        if not _COUNTING.isdisjoint(said) or not _PAIRS.isdisjoint(itertools.pairwise(said)):
            return True
    return False


def _has_other_digits(tag: Element, digits: str) -> bool:
    """Whether a frame holds another figure than the one shown, or too much to be a counter's."""
    nodes = list(islice(nodes_in(tag), _FEW_NODES))
    found = "".join(_NO_DIGIT.sub("", node[:200]) for node in nodes if isinstance(node, str))
    return len(nodes) == _FEW_NODES or found != digits


def _number(text: str) -> Decimal | None:
    return Decimal(text) if _PLAIN.fullmatch(text) and text.isascii() else None
