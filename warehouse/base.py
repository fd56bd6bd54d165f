"""The base tables: what a candidate database is built from, in the schema `base`.

Readings are views of the Parquet that `facts_store` wrote, which is read sooner than tables are written; captures,
sources, metrics, identities and releases come from records the caller holds. No choices are made here; those stand in
the SQL models.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import ImpactError
from extractors.likeness import content_words
from extractors.links import public_url
from extractors.metrics.card import SourceCard
from warehouse.decided import DECIDED_COLUMNS, DECISION_COLUMNS, Settled, decided_rows, decision_rows
from warehouse.deciding import settle
from warehouse.decisions import Decision
from warehouse.facts_store import column_list, create_places, stored_files, stored_rows
from warehouse.reading_rows import TABLES, utc
from warehouse.readings import Place

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
    "base.identities": {
        "source": "VARCHAR",
        "identity": "VARCHAR",
        "rule": "VARCHAR",
        "certain": "BOOLEAN",
        "metric": "VARCHAR",
        "dimension": "VARCHAR",
        "members": "VARCHAR[]",
    },
    "base.decisions": DECISION_COLUMNS,
    "base.decided": DECIDED_COLUMNS,
    "base.releases": RELEASE_COLUMNS,
    "base.column_lineage": dict.fromkeys(("table_name", "column_name", "from_table", "from_column"), "VARCHAR"),
}
"""Columns and DuckDB types of each base table. Timestamps are UTC."""


READINGS = {"base.readings" if table == "reading" else f"base.{table}": table for table in TABLES}
"""The base tables that are views, with the stored tables they show."""


LEAST_MEMORY, MEMORY_A_READING = 116, 0.1
"""Megabytes that the database may take: what it keeps only to have it at hand goes first, then it takes to the disk."""


class ReadingUnreadable(ImpactError):
    """A stored segment is damaged. Delete its folder and run the refresh again; it comes back from the archive."""


def load_base(
    con: duckdb.DuckDBPyConnection,
    facts: Path,
    readings: Iterable[Place],
    captures: Iterable[Mapping[str, Any]],
    retrievals: Iterable[Mapping[str, Any]],
    cards: Iterable[SourceCard],
    decisions: Mapping[str, Sequence[Decision]],
) -> list[Settled]:
    """Fill the base tables of a fresh candidate, all but lineage and releases; give what became of the decisions.

    `readings` lie under `facts`, one for each source and capture that may speak; they are read from there until the
    working tables are dropped, so it is a plain path (`plain_folder`). `captures` and `retrievals` are records with the
    columns above; what they lack is NULL. `decisions`, by source, are checked against their cards.

    Raises:
        ReadingUnreadable: a segment lacks a file or holds one that is not whole.
    """
    con.execute("CREATE SCHEMA IF NOT EXISTS base")
    places = [(str(facts / place.source / place.segment), place.reading) for place in readings]
    for table, columns in BASE_TABLES.items():
        if table not in READINGS or not places:
            con.execute(f"CREATE TABLE {table} ({column_list(columns)})")
    con.execute(f"SET memory_limit = '{max(LEAST_MEMORY, int(MEMORY_A_READING * len(places)))}MB'")
    if places:
        _show_readings(con, places)
    _append(con, "captures", [_record(capture, CAPTURE_COLUMNS) for capture in captures])
    _append(con, "retrievals", [_record(retrieval, RETRIEVAL_COLUMNS) for retrieval in retrievals])
    cards = sorted(cards, key=lambda card: card.id)
    load_cards(con, cards)
    return load_decisions(con, cards, decisions)


def load_cards(con: duckdb.DuckDBPyConnection, cards: Sequence[SourceCard]) -> None:
    """Fill the base tables of what cards say."""
    _append(con, "sources", [(card.id, card.organisation, card.title, public_url(card.url)) for card in cards])
    _append(con, "metrics", [row for card in cards for row in _metrics(card)])
    _append(con, "bounds", [(card.id, card.bounds.year_on_year) for card in cards])
    _append(con, "identities", [row for card in cards for row in _identities(card)])


def load_decisions(
    con: duckdb.DuckDBPyConnection, cards: Sequence[SourceCard], decisions: Mapping[str, Sequence[Decision]]
) -> list[Settled]:
    """Fill the base tables of decisions anew: what becomes of each over the facts that are loaded, and of those."""
    settled = settle(con, cards, decisions)
    for table, rows in (("decisions", decision_rows(settled)), ("decided", decided_rows(settled, cards))):
        con.execute(f"DELETE FROM base.{table}")  # noqa: S608 - names of this module
        _append(con, table, rows)
    return settled


def load_lineage(con: duckdb.DuckDBPyConnection, lineage: Iterable[tuple[str, str, str, str]]) -> None:
    """Fill the base table of what each column is made from."""
    _append(con, "column_lineage", list(lineage))


def load_releases(con: duckdb.DuckDBPyConnection, releases: Iterable[Mapping[str, Any]]) -> None:
    """Fill the base table of the releases: records with the columns above; what they lack is NULL.

    It comes last, since whether a statement changed shows in the tables that are built from all else.
    """
    _append(con, "releases", [_record(release, RELEASE_COLUMNS) for release in releases])


def _show_readings(con: duckdb.DuckDBPyConnection, places: Sequence[tuple[str, str]]) -> None:
    create_places(con, "base.places", places)
    for view, table in READINGS.items():
        segments = [segment for segment, _ in places]
        try:
            con.execute(f"CREATE VIEW {view} AS {stored_rows(table, TABLES[table], segments, 'base.places')}")
            con.execute(f"FROM {stored_files(table, segments)} SELECT count(*)").fetchall()  # opens them all
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            folder = next((path for path in segments if path in reason), Path(segments[0]).parent)
            raise ReadingUnreadable(
                f"cannot read the stored {table}: {reason}; delete {folder} and run `impact refresh` again"
            ) from error


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
