"""What an edition of a source's page states against another: of neighbours published, of any two worked out anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse import build
from warehouse.models import load_models
from warehouse.published import opened, records

Pair = tuple[int, int]
"""Two editions of a source, the earlier first."""
OF_CHANGES = "edition_changes"
COLUMNS = (
    "source", "edition_before", "edition", "change", "detail", "metric", "period_type", "kind", "breakdown",
    "year_before", "value_before", "statement_before", "fact_id_before", "year", "value", "statement", "fact_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NoLongerStated:
    """A metric that the latest edition of a source does not state, and an earlier one did."""

    source: str
    metric: str
    edition: int
    """The latest."""
    last_stated: int
    """The latest edition that states it."""
    value: float
    """What it stated."""
    waiting: str | None
    """The likeliest statement in the latest edition's review queue; None when none is like it."""


def no_longer_stated(path: Path, metrics: Sequence[str] = ()) -> list[NoLongerStated]:
    """Metrics that have gone missing, of those named or of all, by source; none of a release that does not tell.

    Raises:
        PublishedUnreadable: no database, or a damaged one.
    """
    with opened(path) as con:
        if not con.execute("FROM duckdb_tables() WHERE table_name = 'coverage'").fetchall():
            return []
        query = """
            SELECT source, metric, edition, last_stated, value_before AS value,
                CASE WHEN state = 'queued' THEN statement END AS waiting
            FROM coverage
            WHERE
                state IN ('gone', 'queued')
                AND edition = (SELECT max(edition) FROM coverage AS latest WHERE latest.source = coverage.source)
                AND (len($metrics) = 0 OR list_contains($metrics, metric))
            ORDER BY source, metric
        """
        return [NoLongerStated(**row) for row in records(con, query, {"metrics": list(metrics)})]


def editions(path: Path) -> dict[str, list[int]]:
    """The editions of each source that a good capture shows, the earliest first.

    Raises:
        PublishedUnreadable: no database, or a damaged one.
    """
    with opened(path) as con:
        query = (
            "FROM captures SELECT DISTINCT source, edition "
            "WHERE refused IS NULL AND edition IS NOT NULL ORDER BY source, edition"
        )
        found: dict[str, list[int]] = {}
        for source, edition in con.execute(query).fetchall():
            found.setdefault(source, []).append(edition)
    return found


def published_changes(path: Path, pairs: Mapping[str, Pair]) -> list[dict[str, Any]]:
    """Rows of `edition_changes`, by column, of an edition of each source against the one before it.

    Raises:
        PublishedUnreadable: no database, or a damaged one.
    """
    with opened(path) as con:
        return _rows(con, pairs)


def changes_between(con: duckdb.DuckDBPyConnection, pairs: Mapping[str, Pair]) -> list[dict[str, Any]]:
    """The same of any two editions of each source, in a candidate that still holds the working tables.

    The table `edition_changes` of the candidate is then of these alone.
    """
    con.execute("UPDATE staging.editions SET edition_before = NULL")
    for source, (earlier, later) in pairs.items():
        con.execute(
            "UPDATE staging.editions SET edition_before = ? WHERE source = ? AND edition = ?", [earlier, source, later]
        )
    build.run_model(con, next(model for model in load_models() if model.table == OF_CHANGES))
    return _rows(con, pairs)


def all_changes(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """What every edition of a database says otherwise: rows of `edition_changes`, by column, and beside them

    - what the first edition of a source states, as `new`;
    - what an edition itself corrected, as `corrected`, with the figure before as `value_before`.
    """
    query = """
        SELECT source, edition, change, metric, period_type, kind, breakdown, year, value, year_before, value_before
        FROM edition_changes
        UNION ALL
        SELECT source, edition, 'new', metric, period_type, kind, breakdown, year, value, NULL, NULL
        FROM edition_statements AS stated
        WHERE
            series_rank = 1
            AND edition = (SELECT min(edition) FROM captures WHERE captures.source = stated.source AND refused IS NULL)
        UNION ALL
        SELECT DISTINCT
            source, later_edition, 'corrected', metric, period_type, kind, breakdown, year, later_value, year,
            earlier_value
        FROM revisions
        WHERE later_edition = earlier_edition
        ORDER BY ALL
    """
    return records(con, query)


def in_review(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, int], int]:
    """How many statistics of each source and edition have no metric yet; none where all have."""
    query = "FROM review_queue SELECT source, edition, count(*) WHERE edition IS NOT NULL GROUP BY ALL"
    return {(source, edition): count for source, edition, count in con.execute(query).fetchall()}


def _rows(con: duckdb.DuckDBPyConnection, pairs: Mapping[str, Pair]) -> list[dict[str, Any]]:
    query = f"FROM {OF_CHANGES} SELECT {', '.join(COLUMNS)} WHERE source = ? AND edition_before = ? AND edition = ?"
    return [row for source, pair in sorted(pairs.items()) for row in records(con, query, [source, *pair])]
