"""What tables, and lists of shares, tell of which figures belong together: rows that add up, columns that say what is
counted.

Here: cells and labelled shares. Prose and tiles stand in `grouping`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractors.metrics.drafting.figures import Figure, is_total, words_of
from extractors.metrics.drafting.groups import Group, add_to_100, adds_up
from extractors.metrics.places import PLACES
from extractors.records import Passage

_MAX_MEMBERS = 40


def tables_in(figures: Sequence[Figure]) -> list[list[Figure]]:
    """The cells of each table."""
    tables: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for one in figures:
        if one.passage.kind == "table_cell" and one.sort != "change" and one.labels:
            tables[table_of(one.passage)].append(one)
    return list(tables.values())


def table_of(passage: Passage) -> tuple[object, ...]:
    """What the cells of one table have in common."""
    table, found, _ = passage.xpath.partition("/tr")
    place = re.sub(r"/t(?:head|body|foot)(?:\[\d+\])?$", "", table) if found else ""
    return (place, passage.caption, passage.headings)


def groups_of_table(cells: list[Figure]) -> list[Group]:
    """The groups of a table's cells; none where its labels leave open what is counted and what only parts it."""
    constant = tuple(label for label in cells[0].labels if all(label in one.labels for one in cells))
    varying = {one.index: [part for part in one.labels if part not in constant] for one in cells}
    widest = max(len(parts) for parts in varying.values())
    if widest == 0 or len(cells) < 2:
        return []
    if widest == 1:
        return _of_rows(cells, {i: parts[0] if parts else "" for i, parts in varying.items()}, constant)
    rows = {i: parts[0] for i, parts in varying.items() if parts}
    columns = {i: parts[-1] for i, parts in varying.items() if len(parts) > 1}
    by_column, by_row = _split(cells, columns), _split(cells, rows)
    across = [_of_rows(part, rows, constant) for part in by_column.values()]
    down = [_of_rows(part, columns, constant) for part in by_row.values()]
    best = max((across, down), key=lambda way: sum(bool(one.identity) for groups in way for one in groups))
    if not any(one.identity for groups in best for one in groups):
        best = across if _names_nouns(cells, columns) else down
        if not any(group.dimension for groups in best for group in groups):
            return []
    return [group for groups in best for group in groups if group.dimension]


def _split(cells: Iterable[Figure], by: dict[int, str]) -> dict[str, list[Figure]]:
    parts: dict[str, list[Figure]] = defaultdict(list)
    for one in cells:
        parts[by.get(one.index, "")].append(one)
    return parts


def _names_nouns(cells: Sequence[Figure], labels: dict[int, str]) -> bool:
    """Whether these labels, rather than those across, say what is counted."""
    return all(one.head in {word.stem for word in words_of(labels.get(one.index, ""))} for one in cells if one.head)


def _of_rows(cells: list[Figure], row: dict[int, str], constant: Sequence[str]) -> list[Group]:
    """The groups of cells that differ, but for their time, in one label."""
    labels = list(dict.fromkeys(row[one.index] for one in cells if row.get(one.index)))
    values = {(row.get(one.index), one.moment): one for one in cells}
    if len(values) < len(cells):
        return []
    groups, left = [], list(labels)
    for total, parts in _sums(labels, cells, values):
        members = {one.index: row[one.index] if row[one.index] in parts else None for one in cells}
        own = [one for one in cells if row.get(one.index) in (total, *parts)]
        groups.append(Group(own, members, dimension_of(constant, own, parts), "sum"))
        left = [label for label in left if label != total and label not in parts]
    rest = [one for one in cells if row.get(one.index) in left]
    if not groups and len(left) > 2 and rest and all(one.sort == "share" for one in rest) and add_to_100(rest):
        members = {one.index: row[one.index] for one in rest}
        return [Group(rest, members, dimension_of(constant, rest, left), "shares")]
    heads = {one.head for one in rest}
    named_apart = len(heads) == 1 and not any(h in {w.stem for w in words_of(label)} for h in heads for label in left)
    if not groups and len(left) > 1 and named_apart and len({one.sort for one in rest}) == 1:
        members = {one.index: None if is_total(row[one.index]) else row[one.index] for one in rest}
        return [Group(rest, members, dimension_of(constant, rest, left))]
    return [*groups, *(Group([one for one in rest if row[one.index] == label]) for label in left)]


def _sums(
    labels: list[str], cells: Sequence[Figure], values: dict[tuple[str | None, tuple[str, int | None]], Figure]
) -> list[tuple[str, tuple[str, ...]]]:
    """Each label whose cells are the sums of those of a run of labels beside it, with that run."""
    moments = list(dict.fromkeys(one.moment for one in cells))
    found: list[tuple[str, tuple[str, ...]]] = []
    used: set[str] = set()
    for at, total in enumerate(labels):
        above = [tuple(labels[start:at]) for start in range(at - 1)]
        below = [tuple(labels[at + 1 : end]) for end in range(at + 3, len(labels) + 1)]
        for parts in (*above, *below):
            if used.isdisjoint((total, *parts)) and _is_sum(total, parts, moments, values):
                found.append((total, parts))
                used.update((total, *parts))
                break
    return found


def _is_sum(
    total: str,
    parts: tuple[str, ...],
    moments: Sequence[tuple[str, int | None]],
    values: dict[tuple[str | None, tuple[str, int | None]], Figure],
) -> bool:
    complete = [m for m in moments if all((label, m) in values for label in (total, *parts))]
    return bool(complete) and all(adds_up(values[total, m], [values[part, m] for part in parts]) for m in complete)


def dimension_of(constant: Sequence[str], figures: Sequence[Figure], members: Sequence[str]) -> str:
    """What the parts are of: the head of the column that names them, "place" where they are places."""
    headings = figures[0].passage.headings[-1:] if figures else ()
    for label in (*constant, *(heading.lower() for heading in headings)):
        by = re.search(r"\bby ([a-z]+)(?: of [a-z]+)?$", label)
        if by:
            return by[1]
    if any(word.stem in PLACES for label in members for word in words_of(label)):
        return "place"
    stubs = [label for label in constant if len(label.split()) <= 2 and "," not in label]
    own = {word.stem for one in figures for word in one.noun}
    return next((label for label in stubs if own.isdisjoint(word.stem for word in words_of(label))), "part")


def lines_of_shares(figures: Sequence[Figure]) -> list[Group]:
    """Runs of shares under the same headings, each named by a label, that add up to 100."""
    groups = []
    runs: list[list[Figure]] = [[]]
    for before, one in pairwise([None, *figures]):
        if one is None or one.sort != "share" or not one.is_labelled or one.fact.kind != "percent":
            runs.append([])
            continue
        if before is None or before.passage.headings != one.passage.headings:
            runs.append([])
        runs[-1].append(one)
    for run in runs:
        for size in range(min(len(run), _MAX_MEMBERS), 2, -1):
            part = run[:size]
            if len({one.labels[-1:] for one in part}) == size and add_to_100(part):
                members: dict[int, str | None] = {one.index: one.labels[-1] for one in part}
                groups.append(Group(part, members, "part", "shares"))
                break
    return groups
