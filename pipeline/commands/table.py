"""`impact table`: the year-by-metric table of the published database."""

import csv
import json
import re
import sys
from typing import Any

import click

from extractors.errors import InputError
from pipeline.render import PERIODS, cell_text, legend, print_table
from warehouse.home import Home
from warehouse.queries import Series, year_by_metric_rows
from warehouse.release import published_database

COLUMNS = (
    "source", "metric", "label", "period_type", "kind", "breakdown", "unit", "year", "value", "qualifier", "status",
    "edition",
)  # fmt: skip
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
    series = year_by_metric_rows(published_database(Home.from_environment()), metrics, _wanted(years))
    if form == "json":
        click.echo(
            json.dumps([_record(one, year) for one in series for year in one.cells], ensure_ascii=False, indent=1)
        )
    elif form == "csv":
        writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_record(one, year) for one in series for year in one.cells)
    elif series:
        _print(series)
    else:
        click.echo("impact: nothing is stated for that choice", err=True)
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


def _print(series: list[Series]) -> None:
    years = sorted({year for one in series for year in one.cells})
    several = len({one.source for one in series}) > 1
    columns = [*(["source"] if several else []), "metric", "breakdown", "period", "unit"]
    rows = []
    for one in series:
        named = [one.metric, one.breakdown.replace(";", "; "), PERIODS[one.period_type], one.unit or ""]
        cells = [cell_text(one.cells[year], one.kind) if year in one.cells else "" for year in years]
        rows.append([*([one.source] if several else []), *named, *cells])
    print_table([*columns, *map(str, years)], rows, numbers_from=len(columns))
    meaning = legend(cell for one in series for cell in one.cells.values())
    if meaning:
        click.echo(f"\n{meaning}")
