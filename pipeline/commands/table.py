"""`impact table`: the year-by-metric table of the published database."""

import csv
import json
import re
import sys
from collections.abc import Iterator
from typing import Any

import click

from extractors.errors import InputError
from extractors.jsonlines import escaped
from pipeline.render import PERIODS, cell_text, legend, print_table, terminal_width
from pipeline.terminal import inert, say
from warehouse.home import Home
from warehouse.queries import Series, year_by_metric_rows
from warehouse.release import published_database

COLUMNS = (
    "source", "metric", "label", "period_type", "kind", "breakdown", "unit", "year", "value", "qualifier", "status",
    "edition",
)  # fmt: skip
GAP = 2
"""Columns of a terminal between two columns of the table."""
_YEARS = re.compile(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?")


@click.command(short_help="the published year-by-metric table")
@click.argument("metrics", metavar="[METRIC]...", nargs=-1)
@click.option("--years", metavar="A-B", help="Only these years, such as 2019-2022, or one year.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def table(metrics: tuple[str, ...], years: str | None, form: str) -> int:
    """Print what is published, a row a series and a column a year; all metrics when no METRIC is named.

    As csv or json it is tidy: a record a figure, with its year. Below the table stands what its signs mean.

    \b
    Exit status: 0 done; 1 nothing is published; 2 no such metric.

    \b
    Examples:
      impact table
      impact table cybertipline_reports hotline_calls --years 2019-2022
      impact table --format csv > figures.csv
    """
    wanted = _wanted(years)
    series = year_by_metric_rows(published_database(Home.from_environment()), metrics, wanted)
    if form == "json":
        records = [_record(one, year) for one in series for year in one.cells]
        click.echo(escaped(json.dumps(records, ensure_ascii=False, indent=1)))
    elif form == "csv":
        writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_shown(_record(one, year)) for one in series for year in one.cells)
    elif series:
        _print(series)
    else:
        say("impact: nothing is stated for that choice", err=True)
    return 0


def _wanted(years: str | None) -> tuple[int, int] | None:
    if years is None:
        return None
    match = _YEARS.fullmatch(years.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if first > last:
        raise InputError(f"--years takes a range such as 2019-2022, or one year; not {years!r}")
    return first, last


def _record(series: Series, year: int) -> dict[str, Any]:
    cell = series.cells[year]
    values = (
        series.source, series.metric, series.label, series.period_type, series.kind, series.breakdown, series.unit,
        year, int(cell.value) if cell.value.is_integer() else cell.value, cell.qualifier, cell.status, cell.edition,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _shown(record: dict[str, Any]) -> dict[str, Any]:
    """A record for CSV, which has no way to write what a terminal obeys."""
    return {name: inert(value) if isinstance(value, str) else value for name, value in record.items()}


def _print(series: list[Series]) -> None:
    columns, rows = _wide(series)
    width = sum(max(map(len, column)) for column in zip(columns, *rows, strict=True)) + GAP * (len(columns) - 1)
    room = terminal_width()
    if room is None or width <= room:
        print_table(columns, rows, numbers_from=len(columns) - len(_years(series)))
    else:
        _print_narrow(series, room)
    meaning = legend(cell for one in series for cell in one.cells.values())
    if meaning:
        say("", meaning)


def _wide(series: list[Series]) -> tuple[list[str], list[list[str]]]:
    """Every column of the table, and its rows."""
    years = _years(series)
    several = len({one.source for one in series}) > 1
    columns = [*(["source"] if several else []), "metric", "breakdown", "period", "unit"]
    rows = []
    for one in series:
        named = [one.metric, one.breakdown.replace(";", "; "), PERIODS[one.period_type], one.unit or ""]
        rows.append([*([one.source] if several else []), *named, *_figures(one, years)])
    return [*columns, *map(str, years)], rows


def _print_narrow(series: list[Series], room: int) -> None:
    """For a terminal with too little room: what is measured in one column, and years below each other in blocks."""
    years = _years(series)
    lines = list(_outline(series))
    widths = [max(len(text) for text in [str(year), *(_figures(one, [year])[0] for one in series)]) for year in years]
    left = room - max(len(name) for name, _ in lines)
    while years:
        fit = max(1, sum(sum(widths[:n]) + GAP * n <= left for n in range(1, len(years) + 1)))
        block, years, widths = years[:fit], years[fit:], widths[fit:]
        stated = [(name, one) for name, one in lines if one is None or any(year in one.cells for year in block)]
        # A heading stays only where something follows it.
        kept = [
            (name, one)
            for (name, one), (after, _) in zip(stated, [*stated[1:], ("", None)], strict=True)
            if one or after.startswith(" ")
        ]
        rows = [[name, *(_figures(one, block) if one else [""] * len(block))] for name, one in kept]
        print_table(["", *map(str, block)], rows, numbers_from=1)
        if years:
            say()


def _outline(series: list[Series]) -> Iterator[tuple[str, Series | None]]:
    """Each series with its name, parts indented below their total; None where the total is not stated."""
    several = len({one.source for one in series}) > 1
    above = ""
    for one in series:
        title = ", ".join(filter(None, [one.source if several else "", one.metric, PERIODS[one.period_type]]))
        if one.breakdown and title != above:
            yield title, None
        above = title
        yield (f"  {one.breakdown.replace(';', '; ')}" if one.breakdown else title), one


def _years(series: list[Series]) -> list[int]:
    return sorted({year for one in series for year in one.cells})


def _figures(one: Series, years: list[int]) -> list[str]:
    return [cell_text(one.cells[year], one.kind) if year in one.cells else "" for year in years]
