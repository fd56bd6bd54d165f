"""Every statement behind a value of the tidy table, and what was made of each: read from the published database."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.published import opened, records
from warehouse.queries import UnknownName, as_text, require_metrics


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement behind a cell, with the capture it comes from."""

    outcome: str
    """`taken`, `agrees`, `revised`, `contradicts` or `held_back`."""
    step: int | None
    """Which of the four steps by which a cell takes a statement decided; None of one held back."""
    reason: str
    """Why it was taken or not."""
    edition: int | None
    value: float
    qualifier: str
    unit: str | None
    surface: str
    sentence: str
    headings: list[str]
    period_basis: str
    remarks: list[str]
    """The flags of its fact, in words."""
    fact_id: str
    decision: str | None
    """By which decision of a person it says this; None when the rules say so."""
    decided_by: str | None
    decided_why: str | None
    page_says: dict[str, str | None] | None
    """By column, what the page says where the decision says otherwise."""
    first_seen: dt.datetime
    last_seen: dt.datetime
    """First and last retrieval of a page with these words, UTC."""
    capture_sha256: str
    """Of the first capture with the words."""
    warc_file: str | None
    url: str | None
    archived_url: str | None
    text_fragment_url: str | None


@dataclass(frozen=True, slots=True)
class Check:
    """One identity that the cell's figures enter."""

    identity: str
    rule: str
    edition: int | None
    outcome: str
    lhs: float
    rhs: float
    tolerance: float
    parts: dict[str, float]
    """Value of each part, by breakdown."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One cell of the tidy table and all that stands behind it, the statement taken first."""

    source: str
    metric: str
    label: str
    year: int
    period_type: str
    kind: str
    breakdown: str
    value: float
    unit: str | None
    qualifier: str
    status: str
    statements: list[Statement]
    checks: list[Check]


@dataclass(frozen=True, slots=True)
class Change:
    """A change or a multiplier that is stated of a metric and year."""

    source: str
    kind: str
    breakdown: str
    value: float
    qualifier: str
    unit: str | None
    base_year: int | None
    edition: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Explained:
    """All that is known of a metric in a year."""

    cells: list[Explanation]
    """Totals before their parts."""
    held_back: list[Statement]
    """Statements that are not believed, of cells that nothing else speaks for."""
    changes: list[Change]


FLAGS = {
    "estimated": "stated as an estimate, as likely or as probable",
    "percentage_points": "stated in percentage points",
}
"""Flags of a fact, in words; `redundant_scale` quotes the word."""


def explain(path: Path, metric: str, year: int, source: str | None = None) -> Explained:
    """Every cell of a metric and year with every statement behind it, and the changes that are stated of them.

    Raises:
        PublishedUnreadable: no database, or a damaged one.
        UnknownName: no such metric, or nothing stated for it in that year.
    """
    wanted = {"metric": metric, "year": year, "source": source}
    with opened(path) as con:
        require_metrics(con, [metric])
        cells = records(
            con,
            """
            SELECT cells.*, coalesce(metrics.label, cells.metric) AS label
            FROM metric_year AS cells
            LEFT JOIN metrics ON cells.source = metrics.source AND cells.metric = metrics.metric
            WHERE cells.metric = $metric AND cells.year = $year AND cells.source = coalesce($source, cells.source)
            ORDER BY cells.source, cells.breakdown <> '', cells.period_type, cells.kind, cells.breakdown
            """,
            wanted,
        )
        statements = records(
            con,
            """
            SELECT
                statements.*, facts.surface, facts.headings, facts.period_basis, facts.flags, facts.capture_sha256,
                facts.url, facts.archived_url, facts.text_fragment_url, captures.warc_file,
                facts.decision, facts.decided_by, facts.page_says, decisions.why AS decided_why
            FROM statements
            INNER JOIN facts ON statements.source = facts.source AND statements.fact_id = facts.fact_id
            LEFT JOIN decisions ON facts.source = decisions.source AND facts.decision = decisions.decision
            LEFT JOIN captures
                ON facts.source = captures.source
                AND facts.capture_sha256 = captures.sha256
                AND captures.refused IS NULL
            WHERE statements.metric = $metric AND statements.year = $year
                AND statements.source = coalesce($source, statements.source)
            QUALIFY row_number() OVER (
                PARTITION BY statements.source, statements.fact_id ORDER BY captures.captured_at
            ) = 1
            ORDER BY statements.precedence
            """,
            wanted,
        )
        checks = records(
            con,
            """
            SELECT
                reconciliations.*,
                (
                    SELECT list({'breakdown': facts.breakdown, 'value': facts.value} ORDER BY facts.breakdown)
                    FROM facts
                    WHERE facts.source = reconciliations.source
                        AND list_contains(reconciliations.part_fact_ids, facts.fact_id)
                ) AS parts
            FROM reconciliations
            WHERE metric = $metric AND year = $year AND source = coalesce($source, source)
            ORDER BY identity, edition DESC
            """,
            wanted,
        )
        changes = records(
            con,
            """
            FROM changes
            WHERE metric = $metric AND year = $year AND source = coalesce($source, source)
            ORDER BY source, kind, breakdown, edition DESC, fact_id
            """,
            wanted,
        )
        if not (cells or statements or changes):
            raise UnknownName(_nothing_stated(con, metric, year))
    keys = ("source", "period_type", "kind", "breakdown")
    filled = {tuple(cell[key] for key in keys) for cell in cells}
    return Explained(
        [_explanation(cell, statements, checks) for cell in cells],
        [_statement(row) for row in statements if tuple(row[key] for key in keys) not in filled],
        [Change(**{name: row[name] for name in Change.__dataclass_fields__}) for row in changes],
    )


def _nothing_stated(con: duckdb.DuckDBPyConnection, metric: str, year: int) -> str:
    query = "SELECT DISTINCT year FROM metric_year WHERE metric = ? ORDER BY year"
    years = [str(row[0]) for row in con.execute(query, [metric]).fetchall()]
    known = f"it is stated for {', '.join(years)}" if years else "no edition states it for any year"
    return f"nothing is stated for {metric} in {year}; {known}"


def _explanation(cell: dict[str, Any], statements: list[dict[str, Any]], checks: list[dict[str, Any]]) -> Explanation:
    series = ("source", "period_type", "kind")
    own = [s for s in statements if all(s[key] == cell[key] for key in (*series, "breakdown"))]
    fact_ids = {s["fact_id"] for s in own}
    involved = [
        check
        for check in checks
        if all(check[key] == cell[key] for key in series)
        and (check["total_fact_id"] in fact_ids or fact_ids & set(check["part_fact_ids"]))
    ]
    return Explanation(
        **{name: cell[name] for name in Explanation.__dataclass_fields__ if name not in ("statements", "checks")},
        statements=[_statement(row) for row in own],
        checks=[_check(row) for row in involved],
    )


def _statement(row: dict[str, Any]) -> Statement:
    fields = {name: row[name] for name in Statement.__dataclass_fields__ if name != "remarks"}
    return Statement(**fields, remarks=[_remark(flag, row) for flag in row["flags"]])


def _check(row: dict[str, Any]) -> Check:
    fields = {name: row[name] for name in Check.__dataclass_fields__ if name != "parts"}
    return Check(**fields, parts={part["breakdown"]: part["value"] for part in row["parts"]})


def _remark(flag: str, row: dict[str, Any]) -> str:
    if flag == "redundant_scale":
        word = row["surface"].split()[-1]
        return f"the redundant '{word}' was repaired: the value stays {as_text(row['value'])}"
    return FLAGS.get(flag, flag.replace("_", " "))
