"""What differs between two databases as a reader of the tables sees it: cells of metric_year, and what facts say.

Not which rows differ (`comparing` tells that): a fact that another capture shows again in the same words is no news.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import duckdb

from warehouse.comparing import attached

Change = Literal["added", "removed", "altered"]

CELL = ("source", "metric", "year", "period_type", "kind", "breakdown")
"""What a cell is known by."""
CLAIMED = (
    "value",
    "value_low",
    "value_high",
    "qualifier",
    "unit",
    "unit_stated",
    "period_start",
    "period_end",
    "status",
)
"""Columns of a cell that make it another when one of them is."""
PLACE = ("source", "edition", "statement", "surface")
"""What a statistic is known by: the number as it is written, in its sentence, in an edition."""
READ = (
    "metric", "breakdown", "kind", "value", "qualifier", "value_low", "value_high", "unit", "period_type", "year",
    "base_year", "attribution", "aggregation", "held_back",
)  # fmt: skip
"""Columns of a fact that say how its words were understood."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell, or one statistic of an edition, that only one of two databases has, or that they have otherwise."""

    table: Literal["metric_year", "facts"]
    change: Change
    source: str
    edition: int | None
    """Of the statement; of the later one where there are two."""
    metric: str | None
    year: int | None
    period_type: str
    kind: str
    breakdown: str
    before: Mapping[str, Any] | None
    """What the first says of it, by column, with `statement` and `fact_id`; None where it has none."""
    after: Mapping[str, Any] | None

    @property
    def columns(self) -> list[str]:
        """The columns in which the two differ."""
        names = CLAIMED if self.table == "metric_year" else READ
        if self.before is None or self.after is None:
            return []
        return [name for name in names if self.before[name] != self.after[name]]


def differences(first: Path, second: Path, source: str | None = None) -> list[Difference]:
    """All that differs, of one source or of all: cells first, then statistics.

    Raises:
        duckdb.Error: one is no database of this project, or damaged.
    """
    with attached(one=first, other=second) as con:
        return [*_cells(con, source), *_facts(con, source)]


def sources_of(first: Path, second: Path) -> list[str]:
    """The sources that either database has.

    Raises:
        duckdb.Error: one is no database of this project, or damaged.
    """
    with attached(one=first, other=second) as con:
        rows = con.execute("FROM one.sources SELECT source UNION FROM other.sources SELECT source ORDER BY ALL")
        return [source for (source,) in rows.fetchall()]


def _has_words(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether a table has readable words on both sides, which say what a bare cell is of; earlier releases had none."""
    rows = con.execute(
        "FROM duckdb_columns() WHERE table_name = ? AND column_name = 'statement' AND schema_name = 'main' "
        "AND database_name IN ('one', 'other')",
        [table],
    ).fetchall()
    return len(rows) == 2


def _cells(con: duckdb.DuckDBPyConnection, source: str | None) -> Iterator[Difference]:
    words = "cells.statement" if _has_words(con, "metric_year") else "facts.sentence"
    columns = ", ".join(f"cells.{name}" for name in (*CELL, *CLAIMED))
    for side in ("one", "other"):
        con.execute(
            f"CREATE TEMP TABLE cells_of_{side} AS FROM {side}.main.metric_year AS cells "
            f"LEFT JOIN {side}.main.facts AS facts USING (source, fact_id) "
            f"SELECT {columns}, facts.edition, {words} AS statement, cells.fact_id"
        )
    claimed = " OR ".join(f"one.{name} IS DISTINCT FROM other.{name}" for name in CLAIMED)
    for row in _pairs(con, "cells", CELL, f"one.source IS NULL OR other.source IS NULL OR {claimed}", source):
        yield _difference("metric_year", row["one"], row["other"])


def _facts(con: duckdb.DuckDBPyConnection, source: str | None) -> Iterator[Difference]:
    words = "statement" if _has_words(con, "facts") else "sentence"
    names = ", ".join(READ)
    for side in ("one", "other"):
        con.execute(
            f"CREATE TEMP TABLE facts_of_{side} AS FROM (FROM {side}.main.facts SELECT *, {words} AS words) "
            f"SELECT source, edition, words AS statement, surface, {names}, "
            f"min_by(fact_id, (captured_at, passage_index)) AS fact_id GROUP BY ALL"
        )
    # What is read alike on both sides is put aside; the rest is set side by side in order.
    for side, across in (("one", "other"), ("other", "one")):
        met = " AND ".join(f"facts.{name} IS NOT DISTINCT FROM across.{name}" for name in (*PLACE, *READ))
        con.execute(
            f"CREATE TEMP TABLE read_of_{side} AS "
            f"FROM facts_of_{side} AS facts ANTI JOIN facts_of_{across} AS across ON {met} "
            f"SELECT *, row_number() OVER (PARTITION BY {', '.join(PLACE)} ORDER BY {names}) AS place"
        )
    for row in _pairs(con, "read", (*PLACE, "place"), "TRUE", source):
        yield _difference("facts", row["one"], row["other"])


def _pairs(
    con: duckdb.DuckDBPyConnection, table: str, key: Sequence[str], wanted: str, source: str | None
) -> list[dict[str, Any]]:
    """Rows of both sides, those of one key side by side."""
    same = " AND ".join(f"one.{name} IS NOT DISTINCT FROM other.{name}" for name in key)
    order = ", ".join(f"coalesce(one.{name}, other.{name})" for name in key)
    cursor = con.execute(
        f"FROM {table}_of_one AS one FULL JOIN {table}_of_other AS other ON {same} SELECT one, other "
        f"WHERE ({wanted}) AND coalesce(one.source, other.source) = coalesce(?, one.source, other.source) "
        f"ORDER BY {order}",
        [source],
    )
    rows = ((one, other) for one, other in cursor.fetchall())
    return [{"one": _present(one), "other": _present(other)} for one, other in rows]


def _present(row: dict[str, Any] | None) -> dict[str, Any] | None:
    return row if row and row["source"] is not None else None


def _difference(
    table: Literal["metric_year", "facts"], one: Mapping[str, Any] | None, other: Mapping[str, Any] | None
) -> Difference:
    change: Change = "added" if one is None else "removed" if other is None else "altered"
    told = other or one
    assert told is not None
    shared = {name: told[name] for name in ("source", "edition", "metric", "year", "period_type", "kind", "breakdown")}
    return Difference(table, change, **shared, before=one, after=other)
