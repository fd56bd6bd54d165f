"""What of the published database asks somebody for a look: metrics gone missing, decisions that have lapsed."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.decided import IN_FORCE
from warehouse.published import opened, records


@dataclass(frozen=True, slots=True)
class Missing:
    """A metric that the edition before the latest of its source states, and the latest does not."""

    source: str
    metric: str
    edition: int
    edition_before: int
    statement_before: str
    """What the edition before says of it."""
    statement: str | None
    """The statistic of the review queue that is likeliest it; None when none is like it."""


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A decision that asks for a look: the page, or its reading, is not what it was made on."""

    source: str
    decision: str
    made_by: str
    action: str
    outcome: str
    detail: str | None


def missing(path: Path) -> list[Missing]:
    """What has gone missing with the latest edition of each source, by source and metric.

    Raises:
        PublishedUnreadable: no database, a damaged one, or one that an earlier version of this software has built.
    """
    with opened(path) as con:
        return missing_in(con)


def missing_in(con: duckdb.DuckDBPyConnection) -> list[Missing]:
    """The same of an open database that holds all tables."""
    query = """
        SELECT coverage.source, metric, edition, edition_before, statement_before, statement
        FROM coverage INNER JOIN sources ON coverage.source = sources.source AND edition = last_edition
        WHERE state IN ('queued', 'gone') AND last_stated = edition_before ORDER BY ALL
    """
    return [Missing(**row) for row in records(con, query, {})]


def lapsed(path: Path) -> list[Lapsed]:
    """The decisions that ask for a look, by source and time.

    Raises:
        PublishedUnreadable: no database, a damaged one, or one that an earlier version of this software has built.
    """
    with opened(path) as con:
        return lapsed_in(con)


def lapsed_in(con: duckdb.DuckDBPyConnection) -> list[Lapsed]:
    """The same of an open database that holds all tables."""
    query = """
        SELECT source, decision, made_by, action, outcome, detail FROM decisions
        WHERE NOT list_contains($in_force, outcome) ORDER BY source, made_at, decision
    """
    return [Lapsed(**row) for row in records(con, query, {"in_force": IN_FORCE})]


def lapsed_line(one: Lapsed) -> str:
    """Why a decision asks for a look, and what to do."""
    said = one.outcome.replace("_", " ")
    return (
        f"decision {one.decision} of {one.made_by} ({one.action}) is to be looked at: {said}: {one.detail}; "
        f"decide it anew, or `impact undecide {one.decision}`"
    )
