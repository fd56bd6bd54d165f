"""The facts of a reading, kept as Parquet in its folder: `reading` (one row), `passages`, `numerals` and `facts`.

Which folder that is, and what else lies there, is for `readings`; which readings enter the warehouse, and what is made
of them, for `build`.

Numbers are DECIMAL(38,10): whole numbers below 10^28 and decimals to ten places are exact; only ratios such as 1 in 6
are rounded, at the tenth decimal.
"""

import datetime as dt
import secrets
import shutil
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from extractors.models import Fact, Numeral, Passage, Reading
from warehouse.durable import TEMPORARY_PREFIX, sync_file, sync_folder
from warehouse.home import HomeUnwritable
from warehouse.plain_paths import plain_folder
from warehouse.readings import Outcome, write_outcome

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
    "facts": FACT_COLUMNS,
}
"""Column names and DuckDB types of each Parquet file, in order. Timestamps are UTC."""
FACTS_FILE = "facts.parquet"


def store_reading(folder: Path, reading: Reading | None, *, source: str, outcome: Outcome | None = None) -> None:
    """Write what came of a reading to `folder`, and the reading where it is to be kept: all files or none.

    What is there already is replaced.

    Raises:
        HomeUnwritable: when the disk refuses; nothing is left under the final name.
    """
    rows = _rows(reading, source) if reading else {}
    temporary = folder.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(6)}-{folder.name}")
    try:
        try:
            temporary.mkdir(parents=True)
            if rows:
                _write_tables(temporary, rows)
            write_outcome(temporary, outcome or Outcome(statistics=len(rows.get("facts", ()))))
            sync_folder(temporary)
            # Renamed first: a kill in between leaves no half a reading under its name.
            doomed = folder.with_name(f"{temporary.name}-old")
            if folder.exists():
                folder.rename(doomed)
            temporary.replace(folder)
            shutil.rmtree(doomed, ignore_errors=True)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
        sync_folder(folder.parent)
    except OSError as error:
        raise HomeUnwritable.because(folder, error) from error
    except duckdb.IOException as error:
        raise HomeUnwritable(
            f"cannot write {folder}: {str(error).splitlines()[0]}; free space and run again"
        ) from error


def _write_tables(folder: Path, rows: Mapping[str, list[tuple[Any, ...]]]) -> None:
    with duckdb.connect(":memory:") as con, plain_folder(folder) as plain:
        for table, columns in TABLES.items():
            path = plain / f"{table}.parquet"
            _write(con, table, columns, rows[table], path)
            sync_file(path)


def _write(
    con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], rows: list[tuple[Any, ...]], path: Path
) -> None:
    con.execute(f"CREATE TABLE {table} ({column_list(columns)})")
    appender = con.appender(table)
    appender.append_rows(rows)
    appender.flush()
    quoted = str(path).replace("'", "''")
    con.execute(f"COPY {table} TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)")


def column_list(columns: Mapping[str, str]) -> str:
    """Columns as CREATE TABLE wants them."""
    return ", ".join(f'"{name}" {kind}' for name, kind in columns.items())


def _rows(reading: Reading, source: str) -> dict[str, list[tuple[Any, ...]]]:
    capture = (source, reading.capture_sha256)
    return {
        "reading": [(*capture, reading.edition, reading.edition_basis)],
        "passages": [(*capture, *_passage(passage)) for passage in reading.passages],
        "numerals": [(*capture, *_numeral(numeral)) for numeral in reading.numerals],
        "facts": [_fact(fact, source) for fact in reading.facts],
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
