"""The base tables: what a candidate database is built from, loaded as it is into the schema `base`.

Readings come from the Parquet that `facts_store` wrote; captures, sources, metrics, identities and releases from
records the caller holds. No choices are made here; those stand in the SQL models.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import ImpactError
from extractors.likeness import content_words
from extractors.links import public_url
from extractors.metrics.card import SourceCard
from warehouse.facts_store import TABLES, column_list, utc
from warehouse.plain_paths import plain_folder
from warehouse.wordings import load_wordings

PARQUET = "read_parquet(?, hive_partitioning = false)"
"""The files given and what they hold: a folder `year=1999` above them says nothing of the column."""

AT_ONCE = 100
"""Files that are open at a time; each takes memory of its own."""

CAPTURE_COLUMNS = {
    "source": "VARCHAR",
    "capture_id": "VARCHAR",
    "url": "VARCHAR",
    "final_url": "VARCHAR",
    "captured_at": "TIMESTAMP",
    "status": "INTEGER",
    "sha256": "VARCHAR",
    "size": "BIGINT",
    "sample": "BOOLEAN",
    "warc_file": "VARCHAR",
    "archived_url": "VARCHAR",
    "sighting_of": "VARCHAR",
    "refused": "VARCHAR",
    "accepted": "VARCHAR",
}
RETRIEVAL_COLUMNS = {
    "source": "VARCHAR",
    "retrieval_id": "VARCHAR",
    "retrieved_at": "TIMESTAMP",
    "page": "VARCHAR",
    "page_until": "INTEGER",
    "url": "VARCHAR",
    "final_url": "VARCHAR",
    "status": "INTEGER",
    "record_type": "VARCHAR",
    "capture_id": "VARCHAR",
    "sample": "BOOLEAN",
    "warc_file": "VARCHAR",
    "archived_url": "VARCHAR",
}
RELEASE_COLUMNS = {
    "release_id": "VARCHAR",
    "published_at": "TIMESTAMP",
    "captures": "BIGINT",
    "facts": "BIGINT",
    "last_retrieval": "TIMESTAMP",
    "changed": "BOOLEAN",
    "schema_version": "INTEGER",
    "software_version": "VARCHAR",
}
WORDING_COLUMNS = {
    "source": "VARCHAR",
    "fact_id": "VARCHAR",
    "wording": "VARCHAR",
    "statement": "VARCHAR",
    "words": "VARCHAR[]",
    "narrowings": "VARCHAR[]",
}
BASE_TABLES: dict[str, dict[str, str]] = {
    "base.readings": TABLES["reading"],
    "base.passages": TABLES["passages"],
    "base.numerals": TABLES["numerals"],
    "base.facts": TABLES["facts"],
    "base.captures": CAPTURE_COLUMNS,
    "base.retrievals": RETRIEVAL_COLUMNS,
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
        "share_of": "VARCHAR",
        "words": "VARCHAR[]",
    },
    "base.bounds": {"source": "VARCHAR", "year_on_year": "DOUBLE"},
    "base.wordings": WORDING_COLUMNS,
    "base.identities": {
        "source": "VARCHAR",
        "identity": "VARCHAR",
        "rule": "VARCHAR",
        "certain": "BOOLEAN",
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
    retrievals: Iterable[Mapping[str, Any]],
    cards: Iterable[SourceCard],
) -> None:
    """Fill the base tables of a candidate, all but the releases, replacing what they hold.

    `readings` are folders of `facts_store`, one for each source and capture that may speak. `captures` and `retrievals`
    are records with the columns above; what they lack is NULL.

    Raises:
        ReadingUnreadable: a folder lacks a file or holds one that is not whole.
    """
    con.execute("CREATE SCHEMA IF NOT EXISTS base")
    for table, columns in BASE_TABLES.items():
        con.execute(f"CREATE OR REPLACE TABLE {table} ({column_list(columns)})")
    _load_readings(con, list(readings))
    load_wordings(con)
    cards = sorted(cards, key=lambda card: card.id)
    _append(con, "captures", [_record(capture, CAPTURE_COLUMNS) for capture in captures])
    _append(con, "retrievals", [_record(retrieval, RETRIEVAL_COLUMNS) for retrieval in retrievals])
    _append(con, "sources", [(card.id, card.organisation, card.title, public_url(card.url)) for card in cards])
    _append(con, "metrics", [row for card in cards for row in _metrics(card)])
    _append(con, "bounds", [(card.id, card.bounds.year_on_year) for card in cards])
    _append(con, "identities", [row for card in cards for row in _identities(card)])


def load_releases(con: duckdb.DuckDBPyConnection, releases: Iterable[Mapping[str, Any]]) -> None:
    """Fill the base table of the releases: records with the columns above; what they lack is NULL.

    It comes last, since whether a statement changed shows in the tables that are built from all else.
    """
    _append(con, "releases", [_record(release, RELEASE_COLUMNS) for release in releases])


def _load_readings(con: duckdb.DuckDBPyConnection, folders: Sequence[Path]) -> None:
    if not folders:
        return
    parent = Path(os.path.commonpath(folders))
    with plain_folder(parent) as plain:
        for table, columns in TABLES.items():
            target = "base.readings" if table == "reading" else f"base.{table}"
            names = ", ".join(f'"{name}"' for name in columns)
            for start in range(0, len(folders), AT_ONCE):
                some = folders[start : start + AT_ONCE]
                files = {str(plain / folder.relative_to(parent) / f"{table}.parquet"): folder for folder in some}
                try:
                    con.execute(f"INSERT INTO {target} FROM {PARQUET} SELECT {names}", [list(files)])
                except duckdb.Error as error:
                    raise _unreadable(con, files, names, error) from error


def _unreadable(
    con: duckdb.DuckDBPyConnection, files: Mapping[str, Path], names: str, error: duckdb.Error
) -> ReadingUnreadable:
    """Read the files one by one to find the damaged one, which an error of DuckDB does not always name."""
    for file, folder in files.items():
        try:
            con.execute(f"FROM {PARQUET} SELECT {names}", [[file]]).fetchall()
        except duckdb.Error as own:
            where, reason = folder / Path(file).name, str(own).splitlines()[0]
            return ReadingUnreadable(f"cannot read {where}: {reason}; delete {folder} and run `impact refresh` again")
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
            metric.share_of,
            content_words(metric.label),
        )
        for slug, metric in card.metrics.items()
    ]


def _identities(card: SourceCard) -> list[tuple[Any, ...]]:
    return [
        (
            card.id,
            f"{identity.metric} by {identity.dimension}",
            identity.kind,
            identity.certain,
            identity.metric,
            identity.dimension,
            list(card.metrics[identity.metric].dimensions[identity.dimension]),
        )
        for identity in card.identities
    ]
