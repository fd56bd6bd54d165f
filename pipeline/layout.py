"""The year-by-metric table as a person reads it: years first, totals to date apart, what is missing, and a legend.

Wide where there is room and in a pipe, a row a series on one line; else in blocks of years below each other.
"""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import chain, groupby, pairwise

from pipeline.render import GAP_MARK, PERIODS, cell_text, legend, print_table, terminal_width
from pipeline.terminal import say
from warehouse.editions import NoLongerStated
from warehouse.queries import Series, as_text

BETWEEN = 2
"""Columns of a terminal between two columns of the table."""
LONGEST_GAP = 5
"""Years; where more are missing everywhere, a figure is so far from the others that they get no column each."""
LONGEST_LINE = 120
"""Where nothing says how much room there is."""


def print_series(series: Sequence[Series], gone: Sequence[NoLongerStated]) -> None:
    """Print the table, which of its metrics the latest edition no longer states, and what the signs mean."""
    parts = [part for part in (_yearly(series), _to_date(series)) if part]
    columns, rows = _wide(parts)
    width = sum(max(map(len, column)) for column in zip(columns, *rows, strict=True)) + BETWEEN * (len(columns) - 1)
    room = terminal_width()
    if room is None or width <= room:
        print_table(columns, rows, numbers=range(len(columns) - len(_years(series)), len(columns)))
    else:
        for number, part in enumerate(parts):
            if number:
                say()
            _print_narrow(part, room)
    for source, some in groupby(gone, key=lambda one: one.source):
        several = len({one.source for one in series}) > 1
        say("", *_no_longer_stated(f"{source}: " if several else "", list(some), room or LONGEST_LINE))
    gaps = any(mark == GAP_MARK for row in rows for mark in row)
    meaning = legend((cell for one in series for cell in one.cells.values()), gaps=gaps)
    if meaning:
        say("", *_packed(meaning, room))


def _packed(meanings: Sequence[str], room: int | None) -> list[str]:
    """Meanings beside each other as far as there is room; in a pipe all on one line."""
    lines = [meanings[0]]
    for one in meanings[1:]:
        joined = f"{lines[-1]}; {one}"
        if room is None or len(joined) <= room:
            lines[-1] = joined
        else:
            lines.append(one)
    return lines


def _yearly(series: Sequence[Series]) -> list[Series]:
    return [one for one in series if one.period_type == "year"]


def _to_date(series: Sequence[Series]) -> list[Series]:
    """What stands at a moment: it does not add up over the years, and is no part of their series."""
    return [one for one in series if one.period_type != "year"]


def _wide(parts: Sequence[Sequence[Series]]) -> tuple[list[str], list[list[str]]]:
    """Every column of the table, and its rows, an empty one between the parts."""
    series = [one for part in parts for one in part]
    years = _years(series)
    several = len({one.source for one in series}) > 1
    columns = [*(["source"] if several else []), "metric", "breakdown", "period", "unit", *map(str, years)]
    rows: list[list[str]] = []
    for part in parts:
        rows += [[""] * len(columns)] if rows else []
        for one in part:
            named = [one.metric, one.breakdown.replace(";", "; "), PERIODS[one.period_type], one.unit or ""]
            rows.append([*([one.source] if several else []), *named, *_figures(one, years)])
    return columns, rows


def _print_narrow(series: Sequence[Series], room: int) -> None:
    """For a terminal with too little room: what is measured in one column, and years below each other in blocks."""
    years = _years(series)
    lines = list(_outline(series))
    widths = [max(len(text) for text in [str(year), *(_figures(one, [year])[0] for one in series)]) for year in years]
    left = room - max(len(name) for name, _ in lines)
    while years:
        fit = max(1, sum(sum(widths[:n]) + BETWEEN * n <= left for n in range(1, len(years) + 1)))
        block, years, widths = years[:fit], years[fit:], widths[fit:]
        shown = [(name, one) for name, one in lines if one is None or any(_figures(one, block))]
        # A heading stays only where something follows it.
        kept = [
            (name, one)
            for (name, one), (after, _) in zip(shown, [*shown[1:], ("", None)], strict=True)
            if one or after.startswith(" ")
        ]
        rows = [[name, *(_figures(one, block) if one else [""] * len(block))] for name, one in kept]
        print_table(["", *map(str, block)], rows, numbers=range(1, len(block) + 1))
        if years:
            say()


def _outline(series: Sequence[Series]) -> Iterator[tuple[str, Series | None]]:
    """Each series with its name, parts indented below their total; None where the total is not stated."""
    several = len({one.source for one in series}) > 1
    above = ""
    for one in series:
        title = ", ".join(filter(None, [one.source if several else "", one.metric, PERIODS[one.period_type]]))
        if one.breakdown and title != above:
            yield title, None
        above = title
        yield (f"  {one.breakdown.replace(';', '; ')}" if one.breakdown else title), one


def _years(series: Sequence[Series]) -> list[int]:
    """The years that have a column: all that are stated, and those that are missing between two of them."""
    stated = sorted({year for one in series for year in one.cells})
    missing = (range(a + 1, b) for a, b in pairwise(stated) if b - a <= LONGEST_GAP)
    return sorted({*stated, *chain.from_iterable(missing)})


def _figures(one: Series, years: Sequence[int]) -> list[str]:
    """What stands in each year's column: the figure, or that one is missing between two."""
    first, last = min(one.cells), max(one.cells)
    return [
        cell_text(one.cells[year], one.kind) if year in one.cells else GAP_MARK if first < year < last else ""
        for year in years
    ]


def _no_longer_stated(source: str, gone: Sequence[NoLongerStated], room: int) -> Iterator[str]:
    """Metrics that the latest edition of a source no longer states, by the edition that did last."""
    title = f"{source}no longer stated by the edition of {gone[0].edition}; the table coverage has their words"
    yield from textwrap.wrap(title, room)
    silent = [one for one in gone if one.waiting is None]
    for edition, some in groupby(sorted(silent, key=lambda one: one.last_stated), key=lambda one: one.last_stated):
        names = ", ".join(one.metric for one in some)
        yield from textwrap.wrap(
            f"last by that of {edition}: {names}", room, initial_indent="  ", subsequent_indent="    ",
            break_on_hyphens=False,
        )  # fmt: skip
    for one in gone:
        if one.waiting is not None:
            yield f"  last by that of {one.last_stated}: {one.metric} ({as_text(one.value)})"
            yield f"    perhaps what waits in `impact review`: {one.waiting}"
