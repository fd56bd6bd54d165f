"""Which figures of a page state the same metric, as far as sums, labels, headings and words tell.

Here: the groups that a draft starts from, each a metric to be, with the members that its figures are of. A group that
no wording can tell from the others is given up later, in `fitting`: what stands here is what ought to be mapped, so
that whatever else a drafted metric takes is wrong.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from extractors.metrics.drafting.figures import Figure, Word, words_of
from extractors.metrics.drafting.groups import Group, adds_up
from extractors.metrics.drafting.tables import dimension_of, groups_of_table, lines_of_shares, table_of, tables_in
from extractors.metrics.titles import read_heading

_COMPARED = re.compile(r"\b(?:compared|versus|up|down|from|than|against|year before|earlier)\b|^\W*(?:with|to|from)\b")
_OF_THOSE = re.compile(r"\W*of (?:them|these|those|which|whom)\b")
_ALIKE = 0.5
_TELLING_DIGITS = 3
_MOST_TIMES = 20
"""A value that is compared with one that is so many times it is compared with something else."""


def groups_of(figures: Sequence[Figure]) -> list[Group]:
    """The figures in groups, in the page's order; those of which nothing can be made are left out."""
    groups: list[Group] = []
    taken: set[int] = set()
    for cells in tables_in(figures):
        groups += groups_of_table(cells)
    taken.update(one.index for group in groups for one in group.figures)
    groups += lines_of_shares([one for one in figures if one.index not in taken])
    taken.update(one.index for group in groups for one in group.figures)
    for figure in figures:
        if figure.index not in taken and figure.sort != "change":
            _place(figure, figures, groups)
    groups = [part for group in groups for part in _without_headings(group, figures)]
    groups = _merged([part for group in groups for part in _parted(group)])
    _follow(figures, groups)
    for group in groups:
        group.figures.sort(key=lambda one: one.index)
    return sorted(groups, key=lambda group: group.figures[0].index)


def _without_headings(group: Group, figures: Sequence[Figure]) -> list[Group]:
    """The group; in parts where a heading bears the name of one: what stands below it is of another metric."""
    own = {one.index for one in group.figures}
    titles = {_plain(title) for one in figures if one.index not in own for title in one.passage.headings}
    if not group.dimension or titles.isdisjoint(map(_plain, group.named)):
        return [group]
    parts: dict[str | None, list[Figure]] = defaultdict(list)
    for one in group.figures:
        parts[group.member(one)].append(one)
    return [Group(part) for part in parts.values()]


def _plain(words: str) -> str:
    return " ".join(word.stem for word in words_of(words))


# Prose, tiles and all that is left


def _place(figure: Figure, figures: Sequence[Figure], groups: list[Group]) -> None:
    """Put a figure to the group whose metric it states, or make one of its own."""
    if not figure.noun and (figure.sort == "count" or not figure.telling):
        found = _taken_up(figure, figures, groups)
        if found is not None:
            found.figures.append(figure)
        elif figure.sort != "count":
            groups.append(Group([figure]))
        return
    if not figure.telling and _COMPARED.search(figure.slots.clause[: figure.slots.start]):
        found = _taken_up(figure, figures, groups)
        if found is not None:
            found.figures.append(figure)
            return
    best = max((group for group in groups if _fits(figure, group)), key=lambda g: _likeness(figure, g), default=None)
    if best is not None and _likeness(figure, best) >= _ALIKE:
        best.figures.append(figure)
    else:
        groups.append(Group([figure]))


def _taken_up(figure: Figure, figures: Sequence[Figure], groups: Sequence[Group]) -> Group | None:
    """The group of the figure before it in its passage whose noun, or whose kind of value, it takes up."""
    before = [
        one
        for one in figures
        if one.index < figure.index
        and one.passage.index == figure.passage.index
        and one.sort == figure.sort
        and (one.head == figure.head if figure.head else one.fact.unit == figure.fact.unit)
    ]
    last = before[-1] if before else None
    if last is None or last.moment == figure.moment or _OF_THOSE.match(figure.slots.clause, figure.slots.end):
        return None
    if not _is_comparable(figure, last):
        return None
    return next((group for group in groups if last in group.figures), None)


def _is_comparable(figure: Figure, other: Figure) -> bool:
    """Whether one value may be set against another: "1,460 at the end of 2020" is not against "13 bases"."""
    least, most = sorted((abs(figure.fact.value), abs(other.fact.value)))
    return most <= _MOST_TIMES * least


def _fits(figure: Figure, group: Group) -> bool:
    """Whether a figure counts what a group counts."""
    first = next((one for one in group.figures if one.noun or one.sort != "count"), group.figures[0])
    if figure.sort != first.sort:
        return False
    if figure.sort in ("money", "measure") and figure.fact.unit != first.fact.unit:
        return False
    if figure.is_rate != first.is_rate or figure.fact.aggregation != first.fact.aggregation:
        return False
    if figure.sort in ("count", "measure", "average"):
        mine, theirs = ({word.stem for word in one.noun} for one in (figure, first))
        return figure.head == first.head and (mine <= theirs or theirs <= mine)
    return True


def _likeness(figure: Figure, group: Group) -> float:
    return max((_alike(figure, one) for one in group.figures if not _contradicts(figure, one)), default=0)


def _contradicts(figure: Figure, other: Figure) -> bool:
    """Whether two figures of one place and time differ."""
    same_place = figure.passage.headings == other.passage.headings
    return same_place and figure.moment == other.moment and not figure.agrees_with(other)


def _alike(figure: Figure, other: Figure) -> float:
    """How much of what tells two figures apart is the same, from 0 to 1."""
    mine, theirs = _key(figure), _key(other)
    if figure.moment == other.moment and figure.sort != "share" and _is_same_value(figure, other):
        return 1.0
    if not mine and not theirs:
        return float(figure.is_labelled and other.is_labelled)
    if not mine or not theirs:
        return 0.0
    return len(mine & theirs) / len(mine | theirs)


def _is_same_value(figure: Figure, other: Figure) -> bool:
    """Whether two figures are the same and not by chance, as small and round numbers are."""
    return figure.fact.value == other.fact.value and len(str(int(figure.fact.value)).rstrip("0")) >= _TELLING_DIGITS


def _key(figure: Figure) -> frozenset[str]:
    """The words by which a figure is known again: its verb and what stands behind the noun."""
    own = {word.stem for word in figure.noun}
    if figure.is_labelled:
        return frozenset(word.root for word in figure.telling)
    found: list[Word] = [word for word in figure.complement if word.is_content]
    if figure.verb is not None:
        found.append(figure.verb)
    if figure.sort in ("share", "duration"):
        found += [word for word in figure.left if word.is_content]
    return frozenset(word.root for word in found if word.stem not in own)


# Parts under headings


def _parted(group: Group) -> list[Group]:
    """The group as it is where its figures agree; else with the parts that headings name, or as several groups."""
    clashing = {
        one.index
        for one in group.figures
        for other in group.figures
        if one is not other
        and one.moment == other.moment
        and group.member(one) == group.member(other)
        and not one.agrees_with(other)
    }
    if not clashing:
        return [group]
    if group.dimension:
        return []
    for depth in (-1, -2):
        parted = _by_heading(group, {one.index: _heading(one, depth) for one in group.figures})
        if parted is not None:
            return [parted]
    return [Group([one]) for one in group.figures]


def _heading(figure: Figure, depth: int) -> str:
    titles = figure.passage.headings
    return titles[depth] if len(titles) >= -depth else ""


def _by_heading(group: Group, headings: dict[int, str]) -> Group | None:
    """The group with the heading of each figure as its part, if no two of one part differ then.

    A sum that stands below the last part, with no heading of its own, is left out: no card can tell it from the part.
    """
    group = Group([one for one in group.figures if not _is_sum_of_rest(one, group, headings)])
    counted = defaultdict(list)
    for one in group.figures:
        counted[headings[one.index]].append(one)
    for title, part in counted.items():
        if not title or any(a.moment == b.moment and not a.agrees_with(b) for a in part for b in part):
            return None
    if len(counted) < 2:
        return None
    sums = {title for title in counted if _is_whole(title, counted)}
    totals = sums or {title for title in counted if _is_above(title, counted)}
    if len(totals) > 1 or len(counted) - len(totals) < 2:
        return None
    if not sums and not _are_parallel(group, [title for title in counted if title not in totals]):
        return None
    members = {i: None if title in totals else title.lower() for i, title in headings.items()}
    names = [title.lower() for title in counted if title not in totals]
    return Group(group.figures, members, dimension_of((), group.figures, names), "sum" if sums else "")


def _is_sum_of_rest(figure: Figure, group: Group, headings: dict[int, str]) -> bool:
    """Whether a figure is the sum of the others of its time, of which one stands under its own heading."""
    rest = [one for one in group.figures if one is not figure and one.moment == figure.moment]
    titles = [headings[one.index] for one in rest]
    return (
        len(rest) > 1 and len(set(titles)) == len(rest) and headings[figure.index] in titles and adds_up(figure, rest)
    )


def _are_parallel(group: Group, titles: Sequence[str]) -> bool:
    """Whether the same is told under each heading: under names, of places say, or in the same words under three."""
    named = all(read_heading(title).located or read_heading(title).names for title in titles)
    return named or (len(titles) > 2 and len({_key(one) for one in group.figures if one.noun}) == 1)


def _is_whole(title: str, counted: dict[str, list[Figure]]) -> bool:
    """Whether what stands under one heading is the sum of what stands under the others."""
    others = [part for other, part in counted.items() if other != title]
    for one in counted[title]:
        parts = [next((o for o in part if o.moment == one.moment), None) for part in others]
        complete = [part for part in parts if part is not None]
        if len(complete) > 1 and len(complete) == len(parts) and adds_up(one, complete):
            return True
    return False


def _is_above(title: str, counted: dict[str, list[Figure]]) -> bool:
    """Whether the others stand below one heading, as below the title of the page, which names no part."""
    others = [one for other, part in counted.items() if other != title for one in part]
    return all(title in one.passage.headings[:-1] for one in others)


# What is stated twice, what only moves


def _merged(groups: list[Group]) -> list[Group]:
    """Groups of the same noun that state the same values are one."""
    merged: list[Group] = []
    for group in groups:
        into = next((one for one in merged if _same(one, group)), None)
        if into is None:
            merged.append(group)
            continue
        into.figures += group.figures
        into.members |= group.members
        into.dimension = into.dimension or group.dimension
        into.identity = into.identity or group.identity
    return merged


def _same(one: Group, other: Group) -> bool:
    if one.dimension and other.dimension:
        return False
    pairs = [
        (a, b)
        for a in one.figures
        for b in other.figures
        if one.member(a) is None and other.member(b) is None and a.moment == b.moment
    ]
    if not pairs or not all(a.agrees_with(b) for a, b in pairs):
        return False
    return any(
        _is_same_value(a, b) and a.sort == b.sort != "share" and a.head == b.head and a.fact.unit == b.fact.unit
        for a, b in pairs
    )


def _follow(figures: Sequence[Figure], groups: list[Group]) -> None:
    """Put a change to the group of the figure that it tells of."""
    by_index = {one.index: group for group in groups for one in group.figures}
    for figure in figures:
        if figure.sort != "change":
            continue
        told = [one for one in figures if one.index in by_index and _is_told_of(figure, one)]
        if told and told[-1].sort not in ("share", "average"):
            group = by_index[told[-1].index]
            group.figures.append(figure)
            group.members[figure.index] = group.member(told[-1])


def _is_told_of(change: Figure, other: Figure) -> bool:
    """Whether a change may be of another figure: one before it in its sentence, one of its row."""
    if change.passage.kind == "table_cell" and other.passage.kind == "table_cell":
        return table_of(change.passage) == table_of(other.passage) and set(other.labels) <= set(change.labels)
    same_sentence = other.passage.index == change.passage.index and other.slots.sentence == change.slots.sentence
    return same_sentence and other.index < change.index
