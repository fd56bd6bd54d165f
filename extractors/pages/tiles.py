"""Stat tiles: a bare value and the short texts beside it that name it, in HTML and in plain text alike.

Works on blocks and their containers only. A value with a container of its own takes the other texts in it; values that
stand side by side in one container are paired by the order of the sequence.
"""

import re
from collections import Counter
from dataclasses import dataclass

from extractors.clauses.year_like import DATED, names_many, tells_year
from extractors.language.lexicon import fold
from extractors.language.patterns import LONE_YEAR
from extractors.pages.blocks import Block, Container
from extractors.pages.values import is_band, is_bound, is_label, is_marked_value, is_note, without_note

_MAX_CARD = 8
"""Blocks a single value's own card may hold."""
_MAX_RUN = 200
_MAX_LABELS = 3
_MAX_TITLE = 60
_LONG_LABEL = 220
"""A sentence this long may still name a card's value when nothing shorter does."""


@dataclass(slots=True)
class _Item:
    index: int
    block: Block
    value: bool
    signature: str


class _Counts:
    """How many values and how many usable texts stand before each block."""

    def __init__(self, blocks: list[Block]) -> None:
        self.values = [0]
        self.texts = [0]
        for block in blocks:
            usable = _usable(block)
            self.values.append(self.values[-1] + (block.value and usable))
            self.texts.append(self.texts[-1] + usable)

    def home(self, block: Block) -> Container:
        """The nearest container in which the value does not stand alone."""
        home = block.container
        while self.texts[home.end] - self.texts[home.start] <= 1 and home.parent and home.name not in ("body", "html"):
            home = home.parent
        return home


def label_values(blocks: list[Block]) -> None:
    """Give each bare value its labels and the kind `tile`; `blocks` is changed in place."""
    _mark_counts(blocks)
    values = [number for number, block in enumerate(blocks) if block.value and _usable(block)]
    for number in values:
        if is_bound(blocks[number].text) and _heads_no_tile(blocks, number):
            blocks[number].value = False
    values = [number for number in values if blocks[number].value]
    done: set[int] = set()
    before = _Counts(blocks)
    for number in values:
        if number in done or not blocks[number].value:
            continue
        if _is_described(blocks, number):
            blocks[number].labels = (blocks[number - 1].text,)
            continue
        home = before.home(blocks[number])
        if before.values[home.end] - before.values[home.start] == 1 and _is_card(blocks, home):
            _label_card(blocks, number, home)
            done.add(number)
            continue
        run = _run(blocks, number, home)
        if sum(item.value for item in run) == 1:
            _label_single(run)
        else:
            _label_run(run)
        if run[0].index == home.start:
            title = _title_of(blocks, home)
            for item in run:
                if item.value and item.block.labels:
                    item.block.labels = (*title, *item.block.labels)
        done.update(item.index for item in run if item.block.value)
    for number in values:
        block = blocks[number]
        if block.labels:
            block.kind = "tile"
            _part_notes(blocks, number)
            block.labels = tuple(label.rstrip(": ") for label in block.labels)


_YEAR_LIKE = re.compile(LONE_YEAR)
_MANY, _MOST_IN_ROW = 3, 40


def _mark_counts(blocks: list[Block]) -> None:
    """Take a number that looks like a year for a value where its card names what is counted.

    The heading tells the year, or the card stands among others that hold no years or are said to hold them. Three and
    more that follow each other in time are the years of a history.
    """
    heading = ""
    cards: dict[str, list[int]] = {}
    before = _Counts(blocks)
    for number, block in enumerate(blocks):
        if block.level and not _YEAR_LIKE.fullmatch(block.text):
            heading = block.text
        elif _YEAR_LIKE.fullmatch(block.text) and _usable(block) and block.container.cell is None:
            home = before.home(block)
            name = _name_of(blocks, number, home)
            many = name is not None and _usable(name) and names_many(name.text, (heading,))
            if many and (tells_year((heading,)) or _tells_years_apart(blocks, home)):
                cards.setdefault(heading, []).append(number)
    for numbers in cards.values():
        years = [int(blocks[number].text) for number in numbers]
        if len(years) < _MANY or years != sorted(years):
            for number in numbers:
                blocks[number].value = True


def _tells_years_apart(blocks: list[Block], home: Container) -> bool:
    """Whether a list of facts or a row of cards also holds plain figures, or says of which numbers they are years."""
    row = home if home.name == "dl" else home.parent
    if row is None or not 2 < row.end - row.start <= _MOST_IN_ROW:
        return False
    others = blocks[row.start : row.end]
    return any(one.value or (one.container.name == "dt" and DATED.search(fold(one.text))) for one in others)


def _is_described(blocks: list[Block], number: int) -> bool:
    """Whether a block stands behind its term, in a list or a part of one that begins with a term."""
    here, before = blocks[number].container, blocks[number - 1] if number else None
    if here.name != "dd" or before is None or here.parent is None or before.container.parent is not here.parent:
        return False
    named = before.container.name == "dt" and not before.value and is_label(before.text)
    return named and blocks[here.parent.start].container.name == "dt"


def _name_of(blocks: list[Block], number: int, home: Container) -> Block | None:
    """The other block of a card of two, or the term that a description stands behind."""
    if _is_described(blocks, number):
        return blocks[number - 1]
    others = [one for one in blocks[home.start : home.start + 3] if one is not blocks[number]]
    return others[0] if home.end - home.start == 2 else None


def _heads_no_tile(blocks: list[Block], number: int) -> bool:
    """Whether "Under 12" tells of an age: no label follows it, or it is the note of a figure in front."""
    before = blocks[number - 2 : number] if number > 1 else []
    if any(
        block.value and is_marked_value(block.text) and block.container.parent is blocks[number].container.parent
        for block in before
    ):
        return True
    behind = blocks[number + 1] if number + 1 < len(blocks) else None
    return blocks[number].level > 0 and not (behind and _usable(behind) and is_label(behind.text))


def _part_notes(blocks: list[Block], number: int) -> None:
    """Take from a tile's labels what states a figure of its own ("Up 12% on 2022"), and let them name that in turn."""
    value = blocks[number]
    value.labels = tuple(map(without_note, value.labels))
    named = tuple(label for label in value.labels if not is_note(label))
    if not named or len(named) == len(value.labels):
        return
    near = range(max(0, number - _MAX_CARD), min(len(blocks), number + _MAX_CARD))
    for note in set(value.labels) - set(named):
        places = [place for place in near if blocks[place].text == note and not blocks[place].labels]
        if places:
            blocks[min(places, key=lambda place: abs(place - number))].labels = named
    value.labels = named


def _usable(block: Block) -> bool:
    return not block.boilerplate and not block.merged and block.kind in ("heading", "paragraph", "list_item", "caption")


def _is_card(blocks: list[Block], home: Container) -> bool:
    if home.end - home.start > _MAX_CARD or home.name in ("body", "html", "main"):
        return False
    rest = [block for block in blocks[home.start : home.end] if not block.value and _usable(block)]
    return sum(len(block.text) for block in rest) <= 600 and any(len(block.text) <= _LONG_LABEL for block in rest)


def _label_card(blocks: list[Block], number: int, home: Container) -> None:
    value = blocks[number]
    others = [
        (place, blocks[place]) for place in range(home.start, home.end) if place != number and _usable(blocks[place])
    ]
    labels = [(place, block) for place, block in others if is_label(block.text)]
    labels = [(place, block) for place, block in labels if not block.linked] or labels  # "Learn more" names nothing
    if not labels:
        labels = [(place, block) for place, block in others if len(block.text) <= _LONG_LABEL][:1]
    for place, block in labels:
        if block.level:
            block.names_value = -1 if place > number else home.end
    row = (
        home.parent if home.parent is not None and home.parent.end - home.parent.start > home.end - home.start else None
    )
    value.labels = (*_title_of(blocks, row), *(block.text for _, block in labels))


def _title_of(blocks: list[Block], row: Container | None) -> tuple[str, ...]:
    """The title of a row of tiles: a short text, no heading, right before the container that holds them."""
    if row is None or row.parent is None or row.start == 0 or row.name in ("body", "html", "main"):
        return ()
    title = blocks[row.start - 1]
    if title.level or title.value or title.labels or title.kind not in ("paragraph", "caption") or not _usable(title):
        return ()
    if len(title.text) > _MAX_TITLE or not is_label(title.text):
        return ()
    here = title.container
    for _ in range(3):
        if here is row.parent:
            return (title.text,)
        if here.parent is None or here.end - here.start > 1:
            break
        here = here.parent
    return ()


def _run(blocks: list[Block], number: int, home: Container) -> list[_Item]:
    """The sequence of values and labels around a value, up to the first prose on either side."""
    low = number
    while low > home.start and number - low < _MAX_RUN and _belongs(blocks[low - 1]):
        low -= 1
    high = number + 1
    while high < home.end and high - number < _MAX_RUN and _belongs(blocks[high]):
        high += 1
    items = [
        _Item(place, blocks[place], blocks[place].value, _signature(blocks[place], home))
        for place in range(low, high)
        if blocks[place].kind != "footnote_mark" and not blocks[place].merged
    ]
    return _demote_bands(items)


def _belongs(block: Block) -> bool:
    return (
        block.kind == "footnote_mark"
        or (block.merged and not block.boilerplate)
        or (_usable(block) and not block.labels and (block.value or is_label(block.text)))
    )


def _signature(block: Block, home: Container) -> str:
    """Tags and classes from the block up to the shared container."""
    parts, here = [], block.container
    for _ in range(4):
        if here is home or here.parent is None:
            break
        parts.append(here.signature)
        here = here.parent
    return " ".join(parts)


def _demote_bands(items: list[_Item]) -> list[_Item]:
    """ "0–5 years" beside "8%": a range that alternates with figures is a label, not a value."""
    if any(is_band(item.block.text) for item in items if item.value) and any(
        is_marked_value(item.block.text) and not is_band(item.block.text) for item in items if item.value
    ):
        for item in items:
            if item.value and is_band(item.block.text):
                item.value = item.block.value = False
    return items


def _label_single(run: list[_Item]) -> None:
    place = next(number for number, item in enumerate(run) if item.value)
    value = run[place].block
    before = run[place - 1].block if place else None
    after = run[place + 1].block if place + 1 < len(run) else None
    follows = after is not None and (before is None or before.level > 0 or after.text[0].islower())
    if after is not None and follows and (not after.level or before is None):
        if after.level:
            after.names_value = -1
        value.labels = (after.text,)
    elif before is not None:
        value.labels = (before.text,)


def _label_run(run: list[_Item]) -> None:
    segments: list[list[_Item]] = [[]]
    values: list[_Item] = []
    for item in run:
        if item.value:
            values.append(item)
            segments.append([])
        else:
            segments[-1].append(item)
    if not any(segments):
        return
    if _pair_rows(values, segments):
        return
    if _labels_follow(segments):
        _assign(values, [segments[0], *segments[1:]], follow=True)
    else:
        _assign(values, segments, follow=False)


def _pair_rows(values: list[_Item], segments: list[list[_Item]]) -> bool:
    """All values in one row and as many labels in one row before or after it."""
    if len(values) < 2 or any(segments[1:-1]):
        return False
    for row in (segments[-1], segments[0][-len(values) :]):
        if len(row) == len(values) and not any(item.block.level for item in row):
            for value, label in zip(values, row, strict=True):
                value.block.labels = (label.block.text,)
            return True
    return False


def _labels_follow(segments: list[list[_Item]]) -> bool:
    """Whether each label stands after its value: by likeness of the neighbours, then by how the run begins and ends."""
    before = [segment[-1] for segment in segments[:-1] if segment]
    after = [segment[0] for segment in segments[1:] if segment]
    if any(item.block.container.name == "dt" for item in before):
        return False
    likeness = _alike(after) - _alike(before)
    if likeness:
        return likeness > 0
    if not segments[0] or (segments[0][-1].block.level and not (after and after[0].block.level)):
        return True
    if not segments[-1] or not before:
        return not before
    last = segments[-1][0].block.text
    return not last.endswith(".") and len(last) <= 2 * max(len(item.block.text) for item in before) + 20


def _alike(items: list[_Item]) -> int:
    counts = Counter(item.signature for item in items)
    return max(counts.values(), default=0)


def _assign(values: list[_Item], segments: list[list[_Item]], *, follow: bool) -> None:
    """Hand out the labels. What stands beyond a value's regular number of labels is a group's title for what comes."""
    own = segments[1:] if follow else segments[:-1]
    regular = min(max(1, min((len(segment) for segment in own), default=1)), _MAX_LABELS)
    group: list[_Item] = []
    if follow and segments[0]:
        group = segments[0]
    for value, segment in zip(values, own, strict=True):
        if follow:
            labels, rest = segment[:regular], segment[regular:]
        else:
            labels, rest = segment[-regular:], segment[:-regular]
            group = rest or group
        if any(item.block.container.name == "dt" for item in labels):
            group = []  # a term names what stands under it and nothing further
        titles = [item.block.text for item in group[-_MAX_LABELS:] if not item.block.level]
        value.block.labels = (*titles, *(item.block.text for item in labels))
        if follow:
            group = rest or group
            for item in labels:
                if item.block.level:
                    item.block.names_value = -1
