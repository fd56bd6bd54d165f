"""The facts of readings, packed as Parquet in a segment: `reading` (a row each), `passages`, `numerals` and `facts`.

A page opened daily for three years makes a thousand readings; a thousand files of each kind take longer to open than
the tables to build. What else lies in a segment is for `readings`; which readings enter the warehouse, and what is made
of them, for `base` and `build`.
"""

import secrets
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from warehouse.durable import TEMPORARY_PREFIX, sync_file, sync_folder
from warehouse.home import HomeUnwritable
from warehouse.plain_paths import plain_folder
from warehouse.reading_rows import TABLES, Rows
from warehouse.readings import Outcome, stored_outcomes, write_outcomes

NAME = {"reading": "VARCHAR"}

Made = tuple[str, Outcome, Rows | None]
"""A reading's name, what came of it, and its rows where it is to be kept."""


def store_readings(segment: Path, made: Sequence[Made]) -> None:
    """Write readings as one segment, and what came of each: all files or none.

    What is there already is replaced.

    Raises:
        HomeUnwritable: when the disk refuses; nothing is left under the final name.
    """
    whole = [(name, rows) for name, _, rows in made if rows]
    outcomes = {name: outcome.model_copy(update={"kept": rows is not None}) for name, outcome, rows in made}

    def fill(folder: Path) -> None:
        if whole:
            with duckdb.connect(":memory:") as con:
                _write_tables(con, folder, whole)

    _put(segment, outcomes, fill)


def merge_segments(source: Path, names: Sequence[str], wanted: Collection[str], into: str) -> None:
    """Write the wanted readings of some segments of a source (`facts/<source>`) as one, which may be one of them.

    The others are removed. Killed in between, the readings are there twice, and the last counts.

    Raises:
        ReadingDamaged: a segment is not what was written.
        HomeUnwritable: the disk refuses.
    """
    last = {
        name: (segment, outcome) for segment in names for name, outcome in stored_outcomes(source / segment).items()
    }
    last = {name: found for name, found in last.items() if name in wanted}
    places = [(segment, name) for name, (segment, outcome) in last.items() if outcome.kept]

    def fill(folder: Path) -> None:
        if not places:
            return
        with duckdb.connect(":memory:") as con, plain_folder(source) as plain:
            create_places(con, "places", [(str(plain / segment), name) for segment, name in places])
            for table, columns in TABLES.items():
                select = stored_rows(table, NAME | columns, [str(plain / segment) for segment, _ in places], "places")
                con.execute(f"CREATE TABLE {table} AS {select}")
            _copy_tables(con, folder)

    _put(source / into, {name: outcome for name, (_, outcome) in last.items()}, fill)
    try:
        for segment in names:
            if segment != into:
                shutil.rmtree(source / segment)
    except OSError as error:
        raise HomeUnwritable.because(source, error) from error


def create_places(con: duckdb.DuckDBPyConnection, table: str, places: Iterable[tuple[str, str]]) -> None:
    """A table of the readings that `stored_rows` is to give: paths of segments as DuckDB takes them, and names."""
    con.execute(f"CREATE TABLE {table} (segment VARCHAR, reading VARCHAR)")
    _append(con, table, list(places))


def stored_rows(table: str, columns: Iterable[str], segments: Iterable[str], places: str) -> str:
    """SELECT of some columns of one of the `TABLES`, from the segments at these paths, of the readings in `places`."""
    names = ", ".join(f'stored."{name}"' for name in columns)
    return (
        f"FROM {stored_files(table, segments)} AS stored "
        f"SEMI JOIN {places} AS places "
        f"ON stored.filename = places.segment || '/{table}.parquet' AND stored.reading = places.reading "
        f"SELECT {names}"
    )


def stored_files(table: str, segments: Iterable[str]) -> str:
    """All rows of one of the `TABLES` in the segments at these paths, to stand in a FROM."""
    quoted = ", ".join("'" + f"{path}/{table}.parquet".replace("'", "''") + "'" for path in sorted(set(segments)))
    # A folder `year=1999` above the files says nothing of a column.
    return f"read_parquet([{quoted}], filename = true, hive_partitioning = false)"


def _put(segment: Path, outcomes: Mapping[str, Outcome], fill: Callable[[Path], None]) -> None:
    """Put a segment in place by a rename, once all its files are on disk."""
    temporary = segment.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(6)}-{segment.name}")
    try:
        try:
            temporary.mkdir(parents=True)
            fill(temporary)
            write_outcomes(temporary, outcomes)
            sync_folder(temporary)
            # Renamed first: a kill in between leaves no half a segment under its name.
            doomed = segment.with_name(f"{temporary.name}-old")
            if segment.exists():
                segment.rename(doomed)
            temporary.replace(segment)
            shutil.rmtree(doomed, ignore_errors=True)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
        sync_folder(segment.parent)
    except OSError as error:
        raise HomeUnwritable.because(segment, error) from error
    except duckdb.IOException as error:
        raise HomeUnwritable(
            f"cannot write {segment}: {str(error).splitlines()[0]}; free space and run again"
        ) from error


def _write_tables(con: duckdb.DuckDBPyConnection, folder: Path, readings: Sequence[tuple[str, Rows]]) -> None:
    for table, columns in TABLES.items():
        con.execute(f"CREATE TABLE {table} ({column_list(NAME | columns)})")
    for name, tables in readings:
        for table, rows in tables.items():
            _append(con, table, [(name, *row) for row in rows])
    _copy_tables(con, folder)


def _append(con: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[Any, ...]]) -> None:
    appender = con.appender(table)
    appender.append_rows(rows)
    appender.flush()


def _copy_tables(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    with plain_folder(folder) as plain:
        for table in TABLES:
            path = plain / f"{table}.parquet"
            quoted = str(path).replace("'", "''")
            con.execute(f"COPY {table} TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)")
            sync_file(path)


def column_list(columns: Mapping[str, str]) -> str:
    """Columns as CREATE TABLE wants them."""
    return ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
