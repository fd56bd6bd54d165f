"""The base tables: what a candidate database is built from, loaded as it is into the schema `base`.

Readings come from the Parquet that `facts_store` wrote; captures, sources, metrics, identities and releases from
records the caller holds. No choices are made here; those stand in the SQL models.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import ImpactError
from extractors.links import public_url
from extractors.metrics.card import SourceCard
from warehouse.facts_store import TABLES, column_list, utc

CAPTURE_COLUMNS = {
    "source": "VARCHAR",
    "capture_id": "VARCHAR",
    "url": "VARCHAR",
    "final_url": "VARCHAR",
    "captured_at": "TIMESTAMP",
    "status": "INTEGER",
    "sha256": "VARCHAR",
    "size": "BIGINT",
    "record_type": "VARCHAR",
    "sample": "BOOLEAN",
    "warc_file": "VARCHAR",
    "refused": "VARCHAR",
    "accepted": "VARCHAR",
}
RELEASE_COLUMNS = {
    "release_id": "VARCHAR",
    "published_at": "TIMESTAMP",
    "captures": "BIGINT",
    "facts": "BIGINT",
    "software_version": "VARCHAR",
}
BASE_TABLES: dict[str, dict[str, str]] = {
    "base.readings": TABLES["reading"],
    "base.passages": TABLES["passages"],
    "base.numerals": TABLES["numerals"],
    "base.facts": TABLES["facts"],
    "base.captures": CAPTURE_COLUMNS,
    "base.sources": {"source": "VARCHAR", "organisation": "VARCHAR", "title": "VARCHAR", "url": "VARCHAR"},
    "base.metrics": {
        "source": "VARCHAR",
        "metric": "VARCHAR",
        "label": "VARCHAR",
        "unit": "VARCHAR",
        "measure": "VARCHAR",
        "description": "VARCHAR",
        "dimensions": "MAP(VARCHAR, VARCHAR[])",
        "range_low": "DOUBLE",
        "range_high": "DOUBLE",
    },
    "base.identities": {
        "source": "VARCHAR",
        "identity": "VARCHAR",
        "rule": "VARCHAR",
        "metric": "VARCHAR",
        "dimension": "VARCHAR",
        "members": "VARCHAR[]",
    },
    "base.releases": RELEASE_COLUMNS,
}
"""Columns and DuckDB types of each base table. Timestamps are UTC."""


class ReadingUnreadable(ImpactError):
    """A stored reading is damaged. Delete its folder and run the refresh again; it comes back from the archive."""


def load_base(
    con: duckdb.DuckDBPyConnection,
    readings: Iterable[Path],
    captures: Iterable[Mapping[str, Any]],
    cards: Iterable[SourceCard],
    releases: Iterable[Mapping[str, Any]] = (),
) -> None:
    """Fill the base tables of a candidate, replacing what they hold.

    `readings` are folders of `facts_store`, one for each source and capture that may speak: of two readings of the same
    bytes the first given counts. `captures` and `releases` are records with the columns above; what they lack is NULL.

    Raises:
        ReadingUnreadable: a folder lacks a file or holds one that is not whole.
    """
    con.execute("CREATE SCHEMA IF NOT EXISTS base")
    for table, columns in BASE_TABLES.items():
        con.execute(f"CREATE OR REPLACE TABLE {table} ({column_list(columns)})")
    _load_readings(con, _one_each(readings))
    cards = sorted(cards, key=lambda card: card.id)
    _append(con, "captures", [_record(capture, CAPTURE_COLUMNS) for capture in captures])
    _append(con, "sources", [(card.id, card.organisation, card.title, public_url(card.url)) for card in cards])
    _append(con, "metrics", [row for card in cards for row in _metrics(card)])
    _append(con, "identities", [row for card in cards for row in _identities(card)])
    _append(con, "releases", [_record(release, RELEASE_COLUMNS) for release in releases])


def _one_each(folders: Iterable[Path]) -> list[Path]:
    by_capture: dict[tuple[str, str], Path] = {}
    for folder in folders:
        by_capture.setdefault((folder.parent.name, folder.name.partition("-")[0]), folder)
    return list(by_capture.values())


def _load_readings(con: duckdb.DuckDBPyConnection, folders: Sequence[Path]) -> None:
    for table, columns in TABLES.items():
        paths = [folder / f"{table}.parquet" for folder in folders]
        if not paths:
            continue
        target = "base.readings" if table == "reading" else f"base.{table}"
        names = ", ".join(f'"{name}"' for name in columns)
        try:
            con.execute(f"INSERT INTO {target} FROM read_parquet(?) SELECT {names}", [[str(path) for path in paths]])
        except duckdb.Error as error:
            raise _unreadable(con, paths, names, error) from error


def _unreadable(
    con: duckdb.DuckDBPyConnection, paths: Sequence[Path], names: str, error: duckdb.Error
) -> ReadingUnreadable:
    """Read the files one by one to find the damaged one, which an error of DuckDB does not always name."""
    for path in paths:
        try:
            con.execute(f"FROM read_parquet(?) SELECT {names}", [str(path)]).fetchall()
        except duckdb.Error as own:
            remedy = f"delete {path.parent} and run `impact refresh` again"
            return ReadingUnreadable(f"cannot read {path}: {str(own).splitlines()[0]}; {remedy}")
    return ReadingUnreadable(f"cannot load the stored readings: {str(error).splitlines()[0]}")


def _append(con: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[Any, ...]]) -> None:
    appender = con.appender(f"base.{table}")
    appender.append_rows(rows)
    appender.flush()


def _record(record: Mapping[str, Any], columns: Mapping[str, str]) -> tuple[Any, ...]:
    return tuple(
        utc(record[name]) if kind == "TIMESTAMP" and record.get(name) is not None else record.get(name)
        for name, kind in columns.items()
    )


def _metrics(card: SourceCard) -> list[tuple[Any, ...]]:
    return [
        (
            card.id,
            slug,
            metric.label,
            metric.unit,
            metric.measure,
            metric.description,
            {dimension: list(members) for dimension, members in metric.dimensions.items()},
            *(metric.range or (None, None)),
        )
        for slug, metric in card.metrics.items()
    ]


def _identities(card: SourceCard) -> list[tuple[Any, ...]]:
    return [
        (
            card.id,
            f"{identity.metric} by {identity.dimension}",
            identity.kind,
            identity.metric,
            identity.dimension,
            list(card.metrics[identity.metric].dimensions[identity.dimension]),
        )
        for identity in card.identities
    ]
