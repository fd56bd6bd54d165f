"""The facts of readings, packed as Parquet in a segment: `reading` (a row each), `passages`, `numerals` and `facts`.

A page opened daily for three years makes a thousand readings; a thousand files of each kind take longer to open than
the tables to build. What else lies in a segment is for `readings`; which readings enter the warehouse, and what is made
of them, for `base` and `build`.

Numbers are DECIMAL(38,10): whole numbers below 10^28 and decimals to ten places are exact; only ratios such as 1 in 6
are rounded, at the tenth decimal.
"""

import datetime as dt
import secrets
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from extractors.records import Fact, Numeral, Passage, Reading
from warehouse.durable import TEMPORARY_PREFIX, sync_file, sync_folder
from warehouse.home import HomeUnwritable
from warehouse.plain_paths import plain_folder
from warehouse.readings import Outcome, stored_outcomes, write_outcomes
from warehouse.wordings import WORDING_COLUMNS, put

NUMBER = "DECIMAL(38,10)"
LARGEST = Decimal(10) ** 28

READING_COLUMNS = {
    "source": "VARCHAR",
    "capture_sha256": "VARCHAR",
    "edition": "INTEGER",
    "edition_basis": "VARCHAR",
}
PASSAGE_COLUMNS = {
    "source": "VARCHAR",
    "capture_sha256": "VARCHAR",
    "passage_index": "INTEGER",
    "kind": "VARCHAR",
    "region": "VARCHAR",
    "text": "VARCHAR",
    "xpath": "VARCHAR",
    "headings": "VARCHAR[]",
    "lead": "VARCHAR",
    "labels": "VARCHAR[]",
    "caption": "VARCHAR",
    "row_headers": "VARCHAR[]",
    "column_headers": "VARCHAR[]",
}
NUMERAL_COLUMNS = {
    "source": "VARCHAR",
    "capture_sha256": "VARCHAR",
    "surface": "VARCHAR",
    "start": "INTEGER",
    "end": "INTEGER",
    "passage_text": "VARCHAR",
    "passage_index": "INTEGER",
    "xpath": "VARCHAR",
    "value": NUMBER,
    "value_low": NUMBER,
    "value_high": NUMBER,
    "qualifier": "VARCHAR",
    "unit": "VARCHAR",
    "class": "VARCHAR",
    "disposition": "VARCHAR",
    "reason": "VARCHAR",
    "fact_id": "VARCHAR",
}
FACT_COLUMNS = {
    "fact_id": "VARCHAR",
    "source": "VARCHAR",
    "edition": "INTEGER",
    "metric": "VARCHAR",
    "kind": "VARCHAR",
    "value": NUMBER,
    "qualifier": "VARCHAR",
    "value_low": NUMBER,
    "value_high": NUMBER,
    "resolution": NUMBER,
    "unit": "VARCHAR",
    "label": "VARCHAR",
    "period_type": "VARCHAR",
    "year": "INTEGER",
    "period_start": "DATE",
    "period_end": "DATE",
    "period_basis": "VARCHAR",
    "dimensions": "MAP(VARCHAR, VARCHAR)",
    "base_year": "INTEGER",
    "attribution": "VARCHAR",
    "aggregation": "VARCHAR",
    "flags": "VARCHAR[]",
    "surface": "VARCHAR",
    "start": "INTEGER",
    "end": "INTEGER",
    "sentence": "VARCHAR",
    "passage_text": "VARCHAR",
    "passage_index": "INTEGER",
    "headings": "VARCHAR[]",
    "xpath": "VARCHAR",
    "capture_sha256": "VARCHAR",
    "captured_at": "TIMESTAMP",
    "url": "VARCHAR",
    "archived_url": "VARCHAR",
    "text_fragment_url": "VARCHAR",
    "rule": "VARCHAR",
    "extractor_version": "VARCHAR",
}
TABLES = {
    "reading": READING_COLUMNS,
    "passages": PASSAGE_COLUMNS,
    "numerals": NUMERAL_COLUMNS,
    "facts": FACT_COLUMNS | WORDING_COLUMNS,
}
"""Column names and DuckDB types of each Parquet file, in order, after the name of the reading. Timestamps are UTC."""
NAME = {"reading": "VARCHAR"}

Made = tuple[str, Outcome, Reading | None]
"""A reading's name, what came of it, and itself where it is to be kept."""


def store_readings(segment: Path, made: Sequence[Made], *, source: str) -> None:
    """Write readings as one segment, and what came of each: all files or none.

    What is there already is replaced.

    Raises:
        HomeUnwritable: when the disk refuses; nothing is left under the final name.
    """
    whole = [(name, reading) for name, _, reading in made if reading]
    outcomes = {name: outcome.model_copy(update={"kept": reading is not None}) for name, outcome, reading in made}

    def fill(folder: Path) -> None:
        if whole:
            with duckdb.connect(":memory:") as con:
                _write_tables(con, folder, whole, source)

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


def _write_tables(
    con: duckdb.DuckDBPyConnection, folder: Path, readings: Sequence[tuple[str, Reading]], source: str
) -> None:
    for table, columns in TABLES.items():
        con.execute(f"CREATE TABLE {table} ({column_list(NAME | columns)})")
    for name, reading in readings:
        for table, rows in _rows(reading, source).items():
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


def _rows(reading: Reading, source: str) -> dict[str, list[tuple[Any, ...]]]:
    capture = (source, reading.capture_sha256)
    return {
        "reading": [(*capture, reading.edition, reading.edition_basis)],
        "passages": [(*capture, *_passage(passage)) for passage in reading.passages],
        "numerals": [(*capture, *_numeral(numeral)) for numeral in reading.numerals],
        "facts": [(*_fact(fact, source), *put(fact, reading.passages[fact.passage_index])) for fact in reading.facts],
    }


def _passage(passage: Passage) -> tuple[Any, ...]:
    return tuple(getattr(passage, "index" if name == "passage_index" else name) for name in list(PASSAGE_COLUMNS)[2:])


def _numeral(numeral: Numeral) -> tuple[Any, ...]:
    values = [getattr(numeral, "numeral_class" if name == "class" else name) for name in list(NUMERAL_COLUMNS)[2:]]
    # A run of digits too long for the column (an identifier, a hash) keeps its surface and has no value.
    return tuple(None if isinstance(value, Decimal) and not _fits(value) else value for value in values)


def _fact(fact: Fact, source: str) -> tuple[Any, ...]:
    row = {name: getattr(fact, name) for name in FACT_COLUMNS}
    row["source"] = source
    if fact.captured_at is not None:
        row["captured_at"] = utc(fact.captured_at)
    return tuple(row.values())


def utc(moment: dt.datetime) -> dt.datetime:
    """The moment in UTC, without a time zone, as the TIMESTAMP columns hold it. A naive moment is taken as UTC."""
    return moment.astimezone(dt.UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _fits(value: Decimal) -> bool:
    return value.is_finite() and abs(value) < LARGEST
