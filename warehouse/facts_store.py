"""What each capture yielded, kept as Parquet: one folder a reading, written once, never edited.

`facts/<source>/<first 12 of the capture's SHA-256>-<key>/` holds `reading.parquet` (one row), `passages.parquet`,
`numerals.parquet`, `facts.parquet` and `digest.json`, by which a file that has changed since is known: one bit may make
another unit of a unit, and Parquet does not tell. The key hashes what the reading depends on besides the bytes, so a
new extractor or a changed card makes a new folder and an unchanged one costs nothing. Everything here can be deleted
and comes back the same from the archive. Which readings enter the warehouse, and what is made of them, is for `build`.

Numbers are DECIMAL(38,10): whole numbers below 10^28 and decimals to ten places are exact; only ratios such as 1 in 6
are rounded, at the tenth decimal.
"""

import datetime as dt
import hashlib
import json
import secrets
import shutil
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import ImpactError
from extractors.models import Fact, Numeral, Passage, Reading
from warehouse.durable import TEMPORARY_PREFIX, remove_leftovers, sync_file, sync_folder
from warehouse.home import HomeUnwritable
from warehouse.plain_paths import plain_folder

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


DIGEST = "digest.json"


class ReadingDamaged(ImpactError):
    """A stored reading is not what was written. It is read again from the archive."""


class FactTooLarge(ImpactError):
    """A statistic states a number of 10^28 or more. Exclude it, or read the page with a corrected extractor."""


def sweep(facts: Path) -> None:
    """Remove what killed writers left under `facts`, the home's folder. Only for the holder of the writer lock."""
    for source in facts.glob("*/"):
        remove_leftovers(source)


def reading_key(depends_on: Mapping[str, str | int | None]) -> str:
    """Twelve hexadecimal digits that name what a reading depends on besides the capture's bytes.

    `depends_on` holds, say, the extractor's version, the card's text and an edition given by hand; order is immaterial.
    """
    text = json.dumps(dict(depends_on), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def reading_folder(facts: Path, source: str, capture_sha256: str, key: str) -> Path:
    """Folder of one reading under `facts` (the home's facts folder)."""
    return facts / source / f"{capture_sha256[:12]}-{key}"


def statistics(folder: Path) -> int | None:
    """Number of facts of a stored reading, each file checked against its digest; None when there is no such reading.

    Raises:
        ReadingDamaged: a file is missing or is not what was written.
    """
    try:
        if not folder.exists():
            return None
        digest = (folder / DIGEST).read_bytes()
        content, _, own = digest.rstrip(b"\n").rpartition(b"\n")
        if hashlib.sha256(content).hexdigest().encode() != own:
            raise ReadingDamaged(f"the stored reading {folder} is damaged: {DIGEST} has changed")
        told = json.loads(content)
        for name, expected in told["sha256"].items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected:
                raise ReadingDamaged(f"the stored reading {folder} is damaged: {name} has changed")
    except OSError as error:
        raise ReadingDamaged(f"the stored reading {folder} is damaged: {_reason(error)}") from None
    return int(told["statistics"])


def _reason(error: OSError) -> str:
    return f"{Path(error.filename).name}: {(error.strerror or '').lower()}"


def store_reading(folder: Path, reading: Reading, *, source: str) -> None:
    """Write a reading to `folder`: all files or none. A reading that is there already is replaced.

    Raises:
        FactTooLarge: a fact's number does not fit the column.
        HomeUnwritable: when the disk refuses; nothing is left under the final name.
    """
    rows = _rows(reading, source)
    temporary = folder.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(6)}-{folder.name}")
    try:
        try:
            temporary.mkdir(parents=True)
            with duckdb.connect(":memory:") as con, plain_folder(temporary) as plain:
                for table, columns in TABLES.items():
                    path = plain / f"{table}.parquet"
                    _write(con, table, columns, rows[table], path)
                    sync_file(path)
            _write_digest(temporary, len(reading.facts))
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


def _write(
    con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], rows: list[tuple[Any, ...]], path: Path
) -> None:
    con.execute(f"CREATE TABLE {table} ({column_list(columns)})")
    appender = con.appender(table)
    appender.append_rows(rows)
    appender.flush()
    quoted = str(path).replace("'", "''")
    con.execute(f"COPY {table} TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)")


def _write_digest(folder: Path, statistics: int) -> None:
    """Put beside the files of a reading what they are: one line of JSON, and its own hash below it."""
    names = [f"{table}.parquet" for table in TABLES]
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    content = json.dumps({"statistics": statistics, "sha256": hashes}).encode()
    path = folder / DIGEST
    path.write_bytes(content + b"\n" + hashlib.sha256(content).hexdigest().encode() + b"\n")
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
        "facts": [_fact(fact, source) for fact in reading.facts],
    }


def _passage(passage: Passage) -> tuple[Any, ...]:
    return tuple(getattr(passage, "index" if name == "passage_index" else name) for name in list(PASSAGE_COLUMNS)[2:])


def _numeral(numeral: Numeral) -> tuple[Any, ...]:
    values = [getattr(numeral, "numeral_class" if name == "class" else name) for name in list(NUMERAL_COLUMNS)[2:]]
    # A run of digits too long for the column (an identifier, a hash) keeps its surface and has no value.
    return tuple(None if isinstance(value, Decimal) and not _fits(value) else value for value in values)


def _fact(fact: Fact, source: str) -> tuple[Any, ...]:
    for value in (fact.value, fact.value_low, fact.value_high, fact.resolution):
        if value is not None and not _fits(value):
            raise FactTooLarge(
                f"cannot store the statistic '{fact.surface[:60]}' of capture {fact.capture_sha256[:12]} "
                f"({fact.xpath}): its number is beyond 10^28"
            )
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
