"""Any question in SQL to the published database: read-only, out of reach of every other file, without extensions."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import InputError
from warehouse.published import opened

CLOSED = (
    "autoinstall_known_extensions = false",
    "autoload_known_extensions = false",
    "temp_directory = ''",  # else a large query would write beside the release
    "errors_as_json = true",
    "enable_progress_bar = false",  # it is drawn on standard output
    "enable_external_access = false",
    "lock_configuration = true",
)
"""Settings, in this order: the last keeps the others as they are."""
FETCHED = 1000
NUMBERS = (
    "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT",
    "FLOAT", "DOUBLE", "DECIMAL",
)  # fmt: skip
"""How the types of columns that hold numbers begin."""


class BadQuery(InputError):
    """The query cannot be answered. The message says why, and where in the query."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gives: its columns, and its rows as they are asked for."""

    columns: tuple[str, ...]
    """No name twice."""
    numbers: frozenset[int]
    """Positions of the columns that hold numbers."""
    cursor: duckdb.DuckDBPyConnection
    query: str

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Every row, once.

        Raises:
            BadQuery: the query cannot be answered to its end.
        """
        while True:
            with _told_by(self.query):
                some = self.cursor.fetchmany(FETCHED)
            if not some:
                return
            yield from some


@contextmanager
def asked(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database, for `answer`.

    Raises:
        PublishedUnreadable: there is none, or it is damaged.
    """
    with opened(path) as con:
        for setting in CLOSED:
            con.execute(f"SET {setting}")
        yield con


def answer(con: duckdb.DuckDBPyConnection, query: str) -> Answer | None:
    """What a query gives; of several statements, the last that gives something. None when none does.

    Raises:
        BadQuery: it cannot be answered, or holds no statement.
    """
    found: Answer | None = None
    with _told_by(query):
        statements = con.extract_statements(query)
        if not statements:
            raise BadQuery("the query is empty; `FROM metric_year` is one")
        for statement in statements:
            cursor = con.execute(statement)
            if duckdb.ExpectedResultType.QUERY_RESULT in statement.expected_result_type:
                columns = cursor.description or []
                numbers = (n for n, column in enumerate(columns) if str(column[1]).startswith(NUMBERS))
                found = Answer(_distinct([column[0] for column in columns]), frozenset(numbers), cursor, query)
    return found


@contextmanager
def _told_by(query: str) -> Iterator[None]:
    """Turn an error of the database into one line with its place in the query."""
    try:
        yield
    except (duckdb.InterruptException, RuntimeError) as error:
        if "interrupt" not in str(error).lower():
            raise
        raise KeyboardInterrupt from None  # what the database makes of one
    except duckdb.Error as error:
        raise BadQuery(_line(str(error), query)) from error


def _line(said: str, query: str) -> str:
    _, _, encoded = said.partition(": ")
    try:
        told = json.loads(encoded)
    except ValueError:
        return " ".join(said.split())
    words = " ".join(str(told["exception_message"]).split())
    if "position" not in told:
        return words
    before = query.encode()[: int(told["position"])].decode(errors="ignore")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    place = f"line {line}, column {column}" if "\n" in query.strip() else f"column {column}"
    return f"{place}: {words}"


def _distinct(names: list[str]) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        number, candidate = 1, name
        while candidate in found:
            number += 1
            candidate = f"{name}_{number}"
        found.append(candidate)
    return tuple(found)
