"""What there is to export: the published tables, their columns and comments, their rows in the order of the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from warehouse.published import records

ROWS_AT_ONCE = 10_000
FACETS = (
    "edition", "metric", "period_type", "kind", "status", "disposition", "class", "reason", "change", "outcome",
    "state", "qualifier", "breakdown", "region", "year", "flags", "source",
)  # fmt: skip
"""Columns by which people narrow a table, those asked for most first."""
_GRAIN = re.compile(r"Grain: one row an? ([\w, ]+)\.$")


@dataclass(frozen=True, slots=True)
class Column:
    """A column with what its comment says."""

    name: str
    type: str
    """As DuckDB names it."""
    comment: str

    @property
    def nested(self) -> bool:
        """Whether its values are lists, maps or records."""
        return not self.type.isalpha()


@dataclass(frozen=True, slots=True)
class Table:
    """A published table."""

    name: str
    comment: str
    columns: tuple[Column, ...]
    rows: int

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of its grain; none where the grain names what is no column."""
        named = _GRAIN.search(self.comment)
        columns = re.split(r", | and ", named[1]) if named else []
        return tuple(columns) if set(columns) <= {column.name for column in self.columns} else ()

    @property
    def facets(self) -> tuple[str, ...]:
        """Its columns by which people narrow it."""
        names = {column.name for column in self.columns}
        return tuple(name for name in FACETS if name in names)


def published_tables(con: duckdb.DuckDBPyConnection) -> list[Table]:
    """Every published table, by name."""
    columns: dict[str, list[Column]] = {}
    query = """
        SELECT table_name, column_name, data_type, coalesce(comment, '') AS comment
        FROM duckdb_columns()
        WHERE NOT internal AND schema_name = 'main'
        ORDER BY table_name, column_index
    """
    for row in records(con, query):
        columns.setdefault(row["table_name"], []).append(Column(row["column_name"], row["data_type"], row["comment"]))
    query = """
        SELECT table_name, coalesce(comment, '') AS comment
        FROM duckdb_tables()
        WHERE NOT internal AND schema_name = 'main'
        ORDER BY table_name
    """
    return [
        Table(row["table_name"], row["comment"], tuple(columns[row["table_name"]]), _count(con, row["table_name"]))
        for row in records(con, query)
    ]


def rows(con: duckdb.DuckDBPyConnection, table: Table) -> Iterator[tuple[Any, ...]]:
    """The rows of a table as they stand in the file, which is the order that its model gives them."""
    cursor = con.cursor()
    cursor.execute("SET TimeZone = 'UTC'")
    cursor.execute(in_order(table))
    while some := cursor.fetchmany(ROWS_AT_ONCE):
        yield from some


def in_order(table: Table) -> str:
    """The query for the rows of a table as they stand in the file."""
    return f"SELECT * FROM {quoted(table.name)} ORDER BY rowid"  # noqa: S608 - a table of ours


def quoted(name: str) -> str:
    """A name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


def _count(con: duckdb.DuckDBPyConnection, name: str) -> int:
    (row,) = con.execute(f"SELECT count(*) FROM {quoted(name)}").fetchall()  # noqa: S608 - a table of ours
    return int(row[0])
