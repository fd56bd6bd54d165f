"""The base tables of a candidate made from what a bulk job read of a collection, which DuckDB reads where it lies.

`DIR/facts/*.parquet` and its like are looked at, never copied: only captures and retrievals, a row each, become tables.
Which captures may speak is told by the rules of a home: of the same bytes, or of other bytes that say the same, the
first; a page without a statistic is refused. What a collection kept is no news, so no capture is held back for saying
less than the one before.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import InputError
from extractors.links import public_url
from extractors.metrics.card import SourceCard, load_card
from extractors.metrics.old_language import OldCard
from warehouse.base import BASE_TABLES, READINGS, load_cards, load_decisions
from warehouse.decided import Settled
from warehouse.decisions import Decision
from warehouse.facts_store import column_list
from warehouse.reading_rows import TABLES

MEMORY = "3GB"
"""What DuckDB may take before it goes to the disk; the process takes half a gigabyte beside it."""
JOB = "job.json"
_READ_IN_PLACE = {view: table for view, table in READINGS.items() if table != "reading"}
_NOT_STATED = "no statistic was found in it"


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder that a bulk job wrote, seen as it was at one moment."""

    folder: Path
    version: str
    """Of the extractor that read it."""
    key: str
    """A hash of the job and of the name and size of every partition: each is written once."""

    def files(self, table: str) -> str:
        """All partitions of a table, to stand in a FROM."""
        pattern = str(self.folder / table / "*.parquet").replace("'", "''")
        return f"read_parquet('{pattern}', hive_partitioning = false, union_by_name = true)"


def collection_at(place: str) -> Collection:
    """What a bulk job wrote to a folder.

    Raises:
        InputError: the folder holds nothing of a bulk job.
    """
    folder = Path(place).absolute()
    if "://" in place:
        raise InputError(
            f"cannot build from {place}: DuckDB reads a collection in place; copy it to this machine first"
        )
    try:
        about = json.loads((folder / JOB).read_bytes())
        version = str(about["extractor_version"])
        partitions = [path for table in (*_READ_IN_PLACE.values(), "captures") for path in _partitions(folder, table)]
        told = [about, [(path.parent.name, path.name, path.stat().st_size) for path in partitions]]
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(
            f"{place} holds no results of `impact extract --warc`; give the folder that --out named"
        ) from None
    return Collection(folder, version, hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest())


def cards_of(con: duckdb.DuckDBPyConnection, collection: Collection) -> list[SourceCard]:
    """The cards of the sources of which a collection holds a page, as the job read by them.

    Raises:
        InputError: a card is missing or cannot be used, or a partition is damaged.
    """
    found = []
    query = f"SELECT DISTINCT source FROM {collection.files('captures')} WHERE source IS NOT NULL ORDER BY 1"  # noqa: S608
    for (source,) in _asked(con, collection, query):
        card = load_card(collection.folder / "cards" / f"{source}.yaml")
        if isinstance(card, OldCard):
            raise InputError(f"the card of {source} is in the language of before; run the bulk job again")
        found.append(card)
    return found


def load_collection(
    con: duckdb.DuckDBPyConnection,
    collection: Collection,
    cards: Sequence[SourceCard],
    decisions: Mapping[str, Sequence[Decision]],
) -> list[Settled]:
    """Fill the base tables of a fresh candidate, all but lineage and releases; give what became of the decisions.

    Raises:
        InputError: a partition is missing or damaged.
    """
    con.execute(f"SET memory_limit = '{MEMORY}'")
    con.execute("SET threads = 2")  # each more takes its share of the memory, and the disk is what waits for
    con.execute("CREATE SCHEMA IF NOT EXISTS base")
    for table, columns in BASE_TABLES.items():
        if table not in READINGS and table not in ("base.captures", "base.retrievals"):
            con.execute(f"CREATE TABLE {table} ({column_list(columns)})")
    load_cards(con, cards)
    ends = [
        (card.id, public_url(one.url), one.last) for card in cards for one in card.addresses if one.last is not None
    ]
    con.execute("CREATE TABLE base.addresses (source VARCHAR, url VARCHAR, page_until INTEGER)")
    if ends:
        con.executemany("INSERT INTO base.addresses VALUES (?, ?, ?)", ends)
    _asked(con, collection, _CAPTURED.format(files=collection.files("captures"), refused=_NOT_STATED))
    for statement in _DERIVED:
        con.execute(statement)
    for view, table in _READ_IN_PLACE.items():
        names = ", ".join(f'stored."{name}"' for name in TABLES[table])
        _asked(
            con,
            collection,
            f"CREATE VIEW {view} AS FROM {collection.files(table)} AS stored "
            f"SEMI JOIN base.speaking AS speaking ON stored.reading = speaking.reading SELECT {names}",
        )
    return load_decisions(con, cards, decisions)


# A row a capture that the collection holds; one that it holds twice counts once.
_CAPTURED = """
    CREATE TABLE base.captured AS
    WITH once AS (
        SELECT *
        FROM {files}
        WHERE source IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY source, capture_id ORDER BY warc_file, warc_offset, warc_nth) = 1
    ),
    told AS (
        SELECT
            * EXCLUDE (refused),
            first_value(capture_id) OVER (PARTITION BY source, sha256 ORDER BY captured_at, capture_id) AS response,
            coalesce(refused, CASE WHEN statistics = 0 THEN '{refused}' END) AS refused
        FROM once
    )
    SELECT
        *,
        CASE WHEN content IS NOT NULL THEN first_value(capture_id) OVER (
            PARTITION BY source, response = capture_id, content ORDER BY captured_at, capture_id
        ) END AS first_said
    FROM told
    ORDER BY source, captured_at, capture_id
"""
_DERIVED = (
    """
    CREATE TABLE base.captures AS
    SELECT
        source, capture_id, url, final_url, captured_at, status, sha256, size, FALSE AS sample, warc_file, archived_url,
        nullif(first_said, capture_id) AS sighting_of, refused, CAST(NULL AS VARCHAR) AS accepted
    FROM base.captured
    WHERE response = capture_id
    """,
    """
    CREATE TABLE base.retrievals AS
    SELECT
        captured.source, capture_id AS retrieval_id, captured_at AS retrieved_at, captured.url AS page,
        addresses.page_until, captured.url, final_url, status,
        CASE WHEN response = capture_id THEN 'response' ELSE 'revisit' END AS record_type, response AS capture_id,
        FALSE AS sample, warc_file, archived_url
    FROM base.captured AS captured
    LEFT JOIN base.addresses AS addresses ON captured.source = addresses.source AND captured.url = addresses.url
    """,
    """
    CREATE TABLE base.speaking AS
    SELECT reading, source, sha256, edition, edition_basis
    FROM base.captured
    WHERE response = capture_id AND first_said = capture_id AND refused IS NULL
    """,
    """
    CREATE VIEW base.readings AS
    SELECT source, sha256 AS capture_sha256, edition, edition_basis FROM base.speaking
    """,
)


def _partitions(folder: Path, table: str) -> list[Path]:
    found = sorted((folder / table).glob("*.parquet"))
    if not found:
        raise FileNotFoundError(folder / table)
    return found


def _asked(con: duckdb.DuckDBPyConnection, collection: Collection, query: str) -> list[tuple[Any, ...]]:
    try:
        return con.execute(query).fetchall()
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise InputError(
            f"cannot read the collection at {collection.folder}: {reason}; run the bulk job again"
        ) from error
