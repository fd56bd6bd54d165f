"""`impact table`: the year-by-metric table of the published database."""

import csv
import json
import re
import sys
from typing import Any

import click

from extractors.errors import InputError
from extractors.jsonlines import escaped
from pipeline.layout import print_series
from pipeline.terminal import inert, say
from warehouse.editions import no_longer_stated
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

    Figures of years come first, totals to date and what stands at a moment below them. Marked are figures on which
    statements disagree, and years that are missing between others; below stand the metrics that the latest edition no
    longer states, and what the signs mean. As csv or json it is tidy: a record a figure, with its year.

    \b
    Exit status: 0 done; 1 nothing is published; 2 no such metric.

    \b
    Examples:
      impact table
      impact table cybertipline_reports hotline_calls --years 2019-2022
      impact table --format csv > figures.csv
    """
    wanted = _wanted(years)
    published = published_database(Home.from_environment())
    series = year_by_metric_rows(published, metrics, wanted)
    if form == "json":
        records = [_record(one, year) for one in series for year in one.cells]
        click.echo(escaped(json.dumps(records, ensure_ascii=False, indent=1)))
    elif form == "csv":
        writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_shown(_record(one, year)) for one in series for year in one.cells)
    elif series:
        print_series(series, no_longer_stated(published, metrics))
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
