"""The tables of a bulk job: their columns, and a partition of each as the bytes of a Parquet file.

`facts`, `numerals` and `passages` have the columns that the warehouse keeps of a reading, after its name and where the
record stands. `captures` has a row for each page that was read or refused, `failures` one for each record that
could not be read or was refused, with the reason; `records` counts all records of the collection by what became of
them.
"""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from warehouse.reading_rows import FACT_COLUMNS, NUMERAL_COLUMNS, PASSAGE_COLUMNS
from warehouse.wordings import WORDING_COLUMNS

READING = {"reading": "VARCHAR", "warc_file": "VARCHAR", "warc_offset": "BIGINT"}
"""The name of a reading, unique in the collection, and the record it is of."""
RECORD = {"warc_file": "VARCHAR", "warc_offset": "BIGINT", "warc_nth": "INTEGER"}
"""Where a record stands: how many come first at its offset is 0 but in files that are compressed as a whole."""
CAPTURE_COLUMNS = {
    "reading": "VARCHAR",
    **RECORD,
    "record_id": "VARCHAR",
    "source": "VARCHAR",
    "capture_id": "VARCHAR",
    "url": "VARCHAR",
    "final_url": "VARCHAR",
    "captured_at": "TIMESTAMP",
    "status": "INTEGER",
    "content_type": "VARCHAR",
    "charset": "VARCHAR",
    "sha256": "VARCHAR",
    "size": "BIGINT",
    "truncated": "BOOLEAN",
    "archived_url": "VARCHAR",
    "stated_digest": "VARCHAR",
    "refused": "VARCHAR",
    "content": "VARCHAR",
    "edition": "INTEGER",
    "edition_basis": "VARCHAR",
    "statistics": "INTEGER",
}
PARTITIONED = {
    "facts": READING | FACT_COLUMNS | WORDING_COLUMNS,
    "numerals": READING | NUMERAL_COLUMNS,
    "passages": READING | PASSAGE_COLUMNS,
    "captures": CAPTURE_COLUMNS,
    "failures": {**RECORD, "source": "VARCHAR", "url": "VARCHAR", "captured_at": "TIMESTAMP", "reason": "VARCHAR"},
    "records": {"warc_file": "VARCHAR", "warc_offset": "BIGINT", "outcome": "VARCHAR", "records": "BIGINT"},
}
"""Column names and DuckDB types of each table, in order. Timestamps are UTC."""
LAST = list(PARTITIONED)[-1]
"""The table whose partition is written last, and tells that the others are there."""

Row = tuple[Any, ...]


def parquet(tables: Mapping[str, Sequence[Row]]) -> list[tuple[str, bytes]]:
    """Partitions of some tables, in their order."""
    with (
        duckdb.connect(":memory:", config={"threads": 1, "memory_limit": "1GB"}) as con,
        tempfile.TemporaryDirectory() as folder,
    ):
        return [(table, _parquet(con, Path(folder), table, rows)) for table, rows in tables.items()]


def partitions(tables: Mapping[str, Sequence[Row]]) -> list[tuple[str, bytes]]:
    """What is to be written of tables, in order: those that have rows, that which tells of the others last."""
    return parquet({table: tables[table] for table in PARTITIONED if tables.get(table)})


def _parquet(con: duckdb.DuckDBPyConnection, folder: Path, table: str, rows: Sequence[Row]) -> bytes:
    columns = ", ".join(f'"{name}" {kind}' for name, kind in PARTITIONED[table].items())
    con.execute(f"CREATE TABLE {table} ({columns})")
    if rows:
        appender = con.appender(table)
        appender.append_rows(list(rows))
        appender.flush()
    path = folder / table
    quoted = str(path).replace("'", "''")
    con.execute(f"COPY {table} TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)")
    con.execute(f"DROP TABLE {table}")
    return path.read_bytes()
