"""The tables as one SQLite file, made for Datasette: typed, keyed, indexed by what people narrow it by, with two views.

Datasette reads what the columns mean and which facets to show from `metadata.json` beside it.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb

from warehouse.exports.tables import Table, quoted, rows
from warehouse.exports.values import for_sqlite

TYPES = {"BIGINT": "INTEGER", "INTEGER": "INTEGER", "BOOLEAN": "INTEGER", "DOUBLE": "REAL"}
"""Types of SQLite; all others are TEXT."""
SHOWN_FACETS = 4
OF_A_FACT = ("source", "fact_id")
VIEWS = {
    "figures": (
        "Every figure of metric_year with the words and the capture it comes from",
        """
        SELECT
            y.source, y.metric, y.label, y.year, y.period_type, y.kind, y.breakdown, y.value, y.qualifier, y.unit,
            y.status, y.edition, y.statement, f.captured_at, f.text_fragment_url, f.archived_url, f.capture_sha256,
            y.fact_id
        FROM metric_year AS y
        INNER JOIN facts AS f ON y.source = f.source AND y.fact_id = f.fact_id
        """,
    ),
    "not_taken": (
        "Every statement that its cell of metric_year does not take, and why",
        """
        SELECT
            s.source, s.metric, s.year, s.period_type, s.kind, s.breakdown, s.value, s.qualifier, s.outcome, s.reason,
            y.value AS taken, s.edition, s.sentence, s.fact_id
        FROM statements AS s
        LEFT JOIN metric_year AS y
            ON s.source = y.source AND s.metric = y.metric AND s.year = y.year
            AND s.period_type = y.period_type AND s.kind = y.kind AND s.breakdown = y.breakdown
        WHERE s.outcome <> 'taken'
        """,
    ),
}
VIEW_FACETS = {"figures": ("metric", "edition", "status", "breakdown"), "not_taken": ("metric", "outcome", "edition")}


def write_sqlite(con: duckdb.DuckDBPyConnection, tables: Sequence[Table], path: Path) -> None:
    """Write all tables into a new SQLite file."""
    names = {table.name for table in tables}
    with closing(sqlite3.connect(path, isolation_level=None)) as lite:
        lite.execute("PRAGMA journal_mode = OFF")  # the file is new; a half-written one is thrown away
        lite.execute("PRAGMA synchronous = OFF")
        lite.execute("BEGIN")
        for table in tables:
            _create(lite, table, "sources" in names)
            marks = ", ".join("?" * len(table.columns))
            insert = f"INSERT INTO {quoted(table.name)} VALUES ({marks})"  # noqa: S608 - a table of ours
            lite.executemany(insert, (_held(row) for row in rows(con, table)))
            for name in table.facets:
                index = quoted(f"{table.name}_{name}")
                lite.execute(f"CREATE INDEX {index} ON {quoted(table.name)} ({quoted(name)})")
            if {"source", "fact_id"} <= {column.name for column in table.columns} and table.key != OF_A_FACT:
                lite.execute(f"CREATE INDEX {quoted(f'{table.name}_fact')} ON {quoted(table.name)} (source, fact_id)")
        for name, (_, query) in VIEWS.items():
            if {"metric_year", "facts", "statements"} <= names:
                lite.execute(f"CREATE VIEW {name} AS {query}")
        lite.execute("COMMIT")
        lite.execute("ANALYZE")
        lite.execute("VACUUM")


def datasette_metadata(title: str, description: str, tables: Sequence[Table]) -> dict[str, Any]:
    """What Datasette shows of the file: what each table and column is, and the facets that stand open."""
    described = {
        table.name: {
            "description": table.comment,
            "columns": {column.name: column.comment for column in table.columns},
            "facets": list(table.facets[:SHOWN_FACETS]),
        }
        for table in tables
    }
    described |= {
        name: {"description": comment, "columns": {}, "facets": list(VIEW_FACETS[name])}
        for name, (comment, _) in VIEWS.items()
    }
    return {"title": title, "description": description, "databases": {"impact": {"tables": described}}}


def _held(row: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(map(for_sqlite, row))


def _create(lite: sqlite3.Connection, table: Table, with_sources: bool) -> None:
    lines = [f"{quoted(column.name)} {TYPES.get(column.type, 'TEXT')}" for column in table.columns]
    if table.key:
        lines.append(f"PRIMARY KEY ({', '.join(map(quoted, table.key))})")
    if with_sources and table.name != "sources" and any(column.name == "source" for column in table.columns):
        lines.append("FOREIGN KEY (source) REFERENCES sources (source)")
    lite.execute(f"CREATE TABLE {quoted(table.name)} ({', '.join(lines)})")
