"""Do two databases hold the same rows? Table by table, whatever order the rows and columns stand in."""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.models import load_models
from warehouse.plain_paths import plain_database

OF_RELEASES = "releases"
"""The one table that is no function of the archive."""
SHOWN = 3
"""Rows of each kind that are given whole."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unlike:
    """How a table differs between a first and a second database; each sample holds the first `SHOWN` rows."""

    table: str
    rows: int
    """Rows of the first database's table; 0 where it has no such table."""
    columns: tuple[str, ...]
    """One line for each column, or the whole table, that only one of them has, or that is of another type."""
    missing: int
    """Rows of the first that the second lacks."""
    missing_sample: tuple[Row, ...]
    added: int
    """Rows of the second that the first lacks."""
    added_sample: tuple[Row, ...]
    altered: int
    """Rows of one grain in both, and with other content."""
    altered_sample: tuple[tuple[Row, Mapping[str, tuple[Any, Any]]], ...]
    """The grain, and by column what each says where they differ."""


def unlike(first: Path, second: Path, *, ignored: Collection[str] = ()) -> list[Unlike]:
    """The tables that differ between two databases, but `releases`; empty when both hold the same.

    `ignored` are names of columns that are not compared, in any table.

    Raises:
        duckdb.Error: one is no database, or damaged.
    """
    with attached(one=first, other=second) as con:
        columns = {name: _columns(con, name, ignored) for name in ("one", "other")}
        names = sorted((columns["one"].keys() | columns["other"].keys()) - {OF_RELEASES})
        tables = [_compared(con, name, columns["one"].get(name), columns["other"].get(name)) for name in names]
    return [table for table in tables if table]


@contextmanager
def attached(**databases: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which databases can be read, and not written, each under the name it is given by."""
    with ExitStack() as stack:
        con = stack.enter_context(duckdb.connect(":memory:"))
        con.execute("SET TimeZone = 'UTC'")
        for name, path in databases.items():
            plain = str(stack.enter_context(plain_database(path.resolve()))).replace("'", "''")
            con.execute(f"ATTACH '{plain}' AS {name} (READ_ONLY)")
        yield con


def grain_of(table: str, columns: Collection[str]) -> list[str]:
    """The columns by which a row of a table is known, as the head of its SQL file says; empty when it does not."""
    model = next((model for model in load_models() if model.table == table), None)
    words = set(re.findall(r"\w+", model.grain.removeprefix("one row a"))) if model else set()
    return [name for name in columns if name in words]


def _columns(con: duckdb.DuckDBPyConnection, database: str, ignored: Collection[str]) -> dict[str, dict[str, str]]:
    """Name and type of each column, by table."""
    rows = con.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = ? AND schema_name = 'main' AND NOT internal "
        "AND table_name IN (SELECT table_name FROM duckdb_tables()) ORDER BY table_name, column_index",
        [database],
    ).fetchall()
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        if column not in ignored:
            found.setdefault(table, {})[column] = kind
    return found


def _compared(
    con: duckdb.DuckDBPyConnection, table: str, one: Mapping[str, str] | None, other: Mapping[str, str] | None
) -> Unlike | None:
    if one is None or other is None:
        where, database = ("first", "one") if other is None else ("second", "other")
        rows = _count(con, f'{database}.main."{table}"')
        missing, added = (rows, 0) if other is None else (0, rows)
        line = f"only the {where} has this table"
        return Unlike(table, missing, (line,), missing, (), added, (), 0, ())
    common = [name for name in one if other.get(name) == one[name]]
    odd = [_column_line(name, one.get(name), other.get(name)) for name in dict.fromkeys([*one, *other])]
    names = ", ".join(f'"{name}"' for name in common)
    for target, left, right in (("missing", "one", "other"), ("added", "other", "one")):
        own, others = (f'FROM {database}.main."{table}" SELECT {names}' for database in (left, right))
        con.execute(f"CREATE OR REPLACE TEMP TABLE {target} AS {own} EXCEPT ALL {others}")
    key = grain_of(table, common)
    _pair(con, key)
    missing, added, altered = (_count(con, f"temp.{name}") for name in ("missing", "added", "altered"))
    columns = tuple(filter(None, odd))
    if not (missing or added or altered or columns):
        return None
    pairs = _sample(con, "altered")
    return Unlike(
        table,
        _count(con, f'one.main."{table}"'),
        columns,
        missing,
        tuple(_sample(con, "missing")),
        added,
        tuple(_sample(con, "added")),
        altered,
        tuple(_altered(row, key, common) for row in pairs),
    )


def _column_line(name: str, one: str | None, other: str | None) -> str | None:
    if one == other:
        return None
    if one is None or other is None:
        return f"only the {'first' if one else 'second'} has the column {name}"
    return f"the column {name} is {one} in the first and {other} in the second"


def _pair(con: duckdb.DuckDBPyConnection, key: list[str]) -> None:
    """Take from `missing` and `added` the rows of one grain, and put them side by side into `altered`."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE altered AS FROM missing, added SELECT missing AS one, added AS other LIMIT 0"
    )
    if not key:
        return
    names = ", ".join(f'"{name}"' for name in key)
    alone = f"QUALIFY count(*) OVER (PARTITION BY {names}) = 1"
    con.execute(
        f"INSERT INTO altered FROM (FROM missing {alone}) AS one INNER JOIN (FROM added {alone}) AS other "
        f"ON {_same('one', 'other', key)} SELECT one, other"
    )
    for table, side in (("missing", "one"), ("added", "other")):
        met = _same(table, side, key)
        con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS FROM {table} ANTI JOIN altered ON {met}")


def _same(one: str, other: str, key: list[str]) -> str:
    return " AND ".join(f'{one}."{name}" IS NOT DISTINCT FROM {other}."{name}"' for name in key)


def _altered(pair: Row, key: list[str], columns: list[str]) -> tuple[Row, Mapping[str, tuple[Any, Any]]]:
    one, other = pair["one"], pair["other"]
    differing = {name: (one[name], other[name]) for name in columns if one[name] != other[name]}
    return {name: one[name] for name in key}, differing


def _sample(con: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    cursor = con.execute(f"FROM temp.{table} ORDER BY ALL LIMIT {SHOWN}")
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    ((rows,),) = con.execute(f"FROM {table} SELECT count(*)").fetchall()
    return int(rows)
