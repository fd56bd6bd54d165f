"""Animated counters as a page is served: where a script will put the true figure stands that from which it counts.

A reader sees the figure that is reached: where an attribute holds it, it is read in place of what stands there.
Which elements count is data: words of their classes, names and attributes.
"""

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from extractors.language.lexicon import words
from extractors.pages.dom import Element, nodes_in

_COUNTING = words("timer counter counters countup counterup countto odometer purecounter numscroller")
_PAIRS = frozenset({
    ("count", "up"), ("count", "to"), ("js", "count"), ("js", "number"),
    *((move, what) for move in ("animate", "animated") for what in ("number", "numbers", "count", "value")),
    *((what, move) for what in ("number", "numbers", "count") for move in ("animate", "animated", "animation")),
})  # fmt: skip
"""Neighbouring words of a class that say the same."""
_NAMING = words("label title text note description desc caption heading name")
"""With such a word a class is that of what stands beside a counter."""
_FROM = words("start from begin initial min")
_END = words("target to end ending final stop goal finish")
_TARGET = _END | words("count counter countup counterup purecounter odometer")
"""The words of an end, which leave no doubt, and those that may mean it."""
_PLAIN_NAMES = words("countto count-to count from to x-data x-init")
"""Attributes of any element, without "data-"."""
_PACE = words("duration delay speed time step interval decimals decimal places precision refresh offset threshold")
"""With such a word a number tells how it counts."""
_BEFORE, _BEHIND = words("prefix prepend"), words("suffix postfix append")
_LONGEST_AFFIX = 12
_VALUE = words("value val number numbers num nums digit digits max limit figure figures stat amount total")
"""Words of attributes; the last may hold the very number of a cell that is sorted by them."""
_FIGURE = words("value val number num digits figure count counter")
"""Words of the class of an empty element into which a script writes the figure."""
_CELLS = words("td th tr data meter progress option input li")
_OTHER = words(
    """
    id index idx key order sort slide tab col cols column columns row rows item page post product user parent width
    height size left right top bottom x y z level depth ratio color version year span
    """
)
"""With such a word a number tells something else: no name by which an element that counts may call its end."""
_ONE_NUMBER = re.compile(r"[^\d\w]{0,3}[A-Za-z]{0,3}[^\d\w]{0,3}(?P<number>\d[\d,. ]{0,20})(?P<unit>\D{0,40})")
_BARE_UNIT = re.compile(r"\s?(?:[%+×]|[A-Za-z]{0,2}|thousand|[mb]illion|percent|per cent)\s?\+?")
_NO_DIGIT = re.compile(r"\D")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_PLAIN = re.compile(r"-?\d{1,20}(?:\.\d{1,10})?")
_PARTS = "|".join(sorted(sorted(_FROM | _TARGET | _VALUE | _PACE), key=len, reverse=True))
_JOINED, _PART = re.compile(f"(?:{_PARTS}){{2,}}"), re.compile(_PARTS)
"""Names whose words are not parted: "endval", "countto"."""
_SETTING = re.compile(
    r"[\"']?(?P<name>[A-Za-z][\w-]{1,30})[\"']?\s*:\s*[\"']?(?P<value>-?\d[\d.]{0,20})(?=[\"'\s,}]|$)"
)
"""A setting in an attribute that holds several: `{"end": 84}`."""
_LONGEST_SETTINGS = 400
_CLIMB = 5
"""So many elements up a mark is looked for: themes put it on the frame around a figure and its label."""
_FEW_NODES = 24


class Counter(NamedTuple):
    """A counter in a block: the digits by which its figure is known there, and whether it is the one that is reached.

    Where no attribute holds that, the digits are those it shows before it runs.
    """

    digits: str
    is_reached: bool


def counted(text: str, tag: Element | None) -> tuple[str, Counter] | None:
    """What a reader comes to see of `text`, directly in `tag`, when it is what a counter shows before it runs."""
    if tag is None or len(text) > 64 or text.isalpha():
        return None
    shown = _ONE_NUMBER.fullmatch(text.strip())
    if shown is None:
        return None
    number = shown["number"].rstrip(" ,.")
    value = _number(number.replace(",", "").replace(" ", ""))
    bare = _BARE_UNIT.fullmatch(shown["unit"]) is not None
    here: Element | None = tag
    for step in range(_CLIMB):
        if here is None or here.tag in ("body", "html", "main", "table") or (step and not bare):
            return None
        if here.attributes or "-" in here.tag:
            reached = _tells(here, value)
            if reached is not None:
                digits = _NO_DIGIT.sub("", number)
                if reached == number or (step and _has_other_digits(here, digits)):
                    return None
                if not reached:
                    return text, Counter(digits, is_reached=False)
                written = _affixed(text.strip().replace(number, reached, 1), here, tag)
                return written, Counter(_NO_DIGIT.sub("", reached), is_reached=True)
        here = here.parent
    return None


def is_empty_counter(tag: Element) -> bool:
    """Whether an element without children counts up from nothing to a figure that attributes hold.

    They are its own, or those of a frame that counts, where a class calls the element the place of the figure.
    """
    if "-" not in tag.tag and not any(name.startswith("data-") for name in tag.attributes):
        return _is_place_of_figure(tag)
    counts = _COUNTING | {"count"}
    says = _says_so(tag) or any(not counts.isdisjoint(_said(name)) for name in tag.attributes)
    return says and bool(_tells(tag, Decimal(0)))


def _is_place_of_figure(tag: Element) -> bool:
    if _FIGURE.isdisjoint(word.lower() for word in _WORD.findall(tag.attributes.get("class", "")[:300])):
        return False
    frame = tag.parent
    for _ in range(_CLIMB - 1):
        if frame is None or frame.tag in ("body", "html", "main", "table"):
            return False
        if frame.attributes and _says_so(frame) and _tells(frame, Decimal(0)):
            return not _has_other_digits(frame, "")
        frame = frame.parent
    return False


def _affixed(text: str, counter: Element, tag: Element) -> str:
    """The figure with what the counter's attributes put before and behind it, where that does not stand there."""
    for name, content in counter.attributes.items():
        affix, said = content.strip(), _said(name)
        if not affix or len(affix) > _LONGEST_AFFIX:
            continue
        if said & _BEFORE and not text.startswith(affix) and not _beside(tag, -1).endswith(affix):
            text = affix + text
        elif said & _BEHIND and not text.endswith(affix) and not _beside(tag, 1).startswith(affix):
            text += affix
    return text


def _beside(tag: Element, step: int) -> str:
    """The text that stands right before (-1) or right behind (1) an element in its parent."""
    siblings = tag.parent.children if tag.parent is not None else []
    place = tag.place + step
    while 0 <= place < len(siblings):
        node = siblings[place]
        text = (
            node
            if isinstance(node, str)
            else "".join(n for n in islice(nodes_in(node), _FEW_NODES) if isinstance(n, str))
        )
        if text.strip():
            return text.strip()
        place += step
    return ""


def _said(name: str) -> frozenset[str]:
    said = {word.lower() for word in _WORD.findall(name.removeprefix("data-"))}
    for word in [word for word in said if _JOINED.fullmatch(word)]:
        said.update(_PART.findall(word))
    return frozenset(said)


def _settings(tag: Element) -> Iterator[tuple[str, str]]:
    """The names and values by which an element may be told how to count."""
    for name, content in tag.attributes.items():
        if not (name.startswith("data-") or "-" in tag.tag or name in _PLAIN_NAMES):
            continue
        written = content.strip()
        if written.startswith("{") and len(written) <= _LONGEST_SETTINGS:
            yield from ((found["name"], found["value"]) for found in _SETTING.finditer(written))
        else:
            yield name, written


def _tells(tag: Element, value: Decimal | None) -> str | None:
    """The number an element counts to from `value`: empty when none is told, None when nothing says that it counts.

    What is reached already is given as it is.
    """
    counts = _says_so(tag)
    starts = set[Decimal]()
    ends: list[tuple[bool, str]] = []
    others: list[str] = []
    for name, written in _settings(tag):
        number = _number(written.replace(",", ""))
        said = _said(name)
        if number is None or said & _PACE:
            continue
        if said & _FROM:
            starts.add(number)
        elif said & _TARGET or (said & _VALUE and (counts or tag.tag not in _CELLS)):
            ends.append((said.isdisjoint(_END), written))
        elif counts and said.isdisjoint(_OTHER):
            others.append(written)
    if not ends and not starts and len(others) == 1:
        ends.append((True, others[0]))
    numbers = [_number(written.replace(",", "")) for _, written in ends]
    if not counts and not ends:
        return None
    if value is None or value in numbers:
        return None
    reaches = counts or any(number and abs(number) >= 1 for number in numbers)  # 0 may be 0.4, rounded
    if not (reaches and (value == 0 or value in starts)):
        return None
    return min(ends, key=lambda end: end[0])[1] if ends else ""


def _says_so(tag: Element) -> bool:
    return any(map(_is_counting, (*tag.attributes.get("class", "")[:300].split(), tag.tag)))


@lru_cache(maxsize=1024)
def _is_counting(name: str) -> bool:
    """Whether a class or the name of an element is that of what counts."""
    said = [word.lower() for word in _WORD.findall(name)]
    if not _NAMING.isdisjoint(said):
        return False
    return not _COUNTING.isdisjoint(said) or not _PAIRS.isdisjoint(itertools.pairwise(said))


def _has_other_digits(tag: Element, digits: str) -> bool:
    """Whether a frame holds another figure than the one shown, or too much to be a counter's."""
    nodes = list(islice(nodes_in(tag), _FEW_NODES))
    found = "".join(_NO_DIGIT.sub("", node[:200]) for node in nodes if isinstance(node, str))
    return len(nodes) == _FEW_NODES or found not in ("", digits)  # nothing: it is yet to be written


def _number(text: str) -> Decimal | None:
    return Decimal(text) if _PLAIN.fullmatch(text) and text.isascii() else None
