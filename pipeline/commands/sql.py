"""`impact sql`: any question to the published database, read-only."""

import csv
import datetime as dt
import json
import math
import sys
import textwrap
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extractors.jsonlines import escaped
from pipeline.render import print_table, terminal_width
from pipeline.terminal import inert, say
from warehouse.home import Home
from warehouse.release import published_database

if TYPE_CHECKING:
    import duckdb

    from warehouse.asking import Answer

SHOWN = 200
"""Rows that a terminal shows; a pipe takes all."""
NARROWEST = 14
"""Columns of a terminal below which text is not wrapped: then each row has a block of its own."""
BETWEEN = 2
EXACT = 1e15
"""Below it a float that is whole is written as a whole number."""


@click.command(short_help="any question in SQL to the published database")
@click.argument("query", required=False)
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def sql(query: str | None, form: str) -> int:
    """Answer QUERY, in SQL, from the published database, and print what it gives.

    With - or in a pipe the query is read from standard input. On a terminal, without a query, one after the other is
    asked for: each ends with a semicolon, Ctrl-D ends. Of several statements the last one's answer is printed. A row
    that is too wide for a terminal is a block of lines; in a pipe it is one line.

    Nothing can be written, no other file read, and no extension of DuckDB loaded. `SHOW TABLES`, `DESCRIBE
    metric_year` and docs/dictionary.md tell what there is; any DuckDB opens the same file.

    \b
    Exit status: 0 done; 1 nothing is published; 2 the query cannot be answered; 130 interrupted.

    \b
    Examples:
      impact sql "FROM series('hotline_calls')"
      impact sql "SELECT metric, year, value FROM metric_year" --format csv > figures.csv
      echo "SHOW TABLES" | impact sql
    """
    from pipeline.interrupts import heeded
    from warehouse.asking import asked

    if query is None and sys.stdin.isatty():
        return _prompt(published_database(Home.from_environment()), form)
    path = published_database(Home.from_environment())
    text = sys.stdin.buffer.read().decode(errors="replace") if query in (None, "-") else str(query)
    with heeded() as watch, asked(path) as con:
        watch.give_up = lambda: say("impact: interrupted", err=True)  # by a database that takes long to notice
        _answer(con, text, form)
    return 0


def _prompt(path: Path, form: str) -> int:
    from contextlib import suppress

    from extractors.errors import InputError
    from warehouse.asking import asked

    with suppress(ImportError):  # a Python may be built without
        import readline  # noqa: F401 - makes lines that are typed editable

    say("a query ends with ; and Ctrl-D ends the program; SHOW TABLES; tells what there is", err=True)
    with asked(path) as con:
        lines: list[str] = []
        while True:
            try:
                lines.append(input("   ... " if lines else "impact> "))
                if not lines[-1].rstrip().endswith(";") and lines != ["exit"] and lines != ["quit"]:
                    continue
                if lines[0].rstrip("; ") in ("exit", "quit"):
                    return 0
                query, lines = "\n".join(lines), []
                _answer(con, query, form)
            except EOFError:
                say("", err=True)
                return 0
            except KeyboardInterrupt:  # leaves the query, and stays
                lines = []
                say("", err=True)
            except InputError as error:
                say(f"impact: {error}", err=True)


def _answer(con: "duckdb.DuckDBPyConnection", query: str, form: str) -> None:
    from warehouse.asking import answer

    found = answer(con, query)
    if found is None:
        say("impact: done; the query gives no rows", err=True)
    elif form == "json":
        records = [
            {name: _plain(value) for name, value in zip(found.columns, row, strict=True)} for row in found.rows()
        ]
        click.echo(escaped(json.dumps(records, ensure_ascii=False, indent=1)))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(found.columns)
        writer.writerows(["" if value is None else _text(value) for value in row] for row in found.rows())
    else:
        _print(found)


def _print(found: "Answer") -> None:
    room = terminal_width()
    rows = found.rows()
    shown = [[_text(value) for value in row] for row in (islice(rows, SHOWN) if room else rows)]
    widths = [max(map(len, column)) for column in zip(found.columns, *shown, strict=True)]
    least = [width if n in found.numbers else min(width, NARROWEST) for n, width in enumerate(widths)]
    if room is None:  # there may be a million rows, which rich would lay out one cell after the other
        for row in (found.columns, *shown):
            cells = (
                one.rjust(w) if n in found.numbers else one.ljust(w)
                for n, (one, w) in enumerate(zip(row, widths, strict=True))
            )
            sys.stdout.write(f"{(' ' * BETWEEN).join(cells).rstrip()}\n")
    elif sum(least) + BETWEEN * (len(least) - 1) > room:
        _print_blocks(found.columns, shown, room)
    else:
        print_table(found.columns, shown, numbers=found.numbers)
    left = sum(1 for _ in rows)
    if left:
        say(f"impact: and {left:,} more rows; LIMIT asks for fewer, a pipe or --format csv gives all", err=True)


def _print_blocks(columns: Sequence[str], rows: Iterable[Sequence[str]], room: int) -> None:
    wide = max(map(len, columns))
    for number, row in enumerate(rows):
        if number:
            say()
        for name, value in zip(columns, row, strict=True):
            first = f"{name:{wide}}  "
            said = textwrap.wrap(value, max(room - len(first), NARROWEST)) or [""]
            say(f"{first}{said[0]}".rstrip(), *(f"{'':{len(first)}}{line}" for line in said[1:]))


def _text(value: Any) -> str:
    """A value on one line, as SQL would write it."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "NULL"}[value]
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    if isinstance(value, list | dict):
        return inert(json.dumps(_plain(value), ensure_ascii=False))
    return inert(str(value))


def _plain(value: Any) -> Any:
    """A value as JSON has it; what JSON has no form for is text."""
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, float | Decimal):
        if not math.isfinite(value):
            return None
        return int(value) if value == int(value) and abs(float(value)) < EXACT else float(value)
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str) else str(value)
