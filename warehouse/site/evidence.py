"""What the site shows, read from the published file once: records by column, in the order in which they are shown."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from warehouse.published import records

Row = dict[str, Any]

CELLS = """
    SELECT
        y.*, f.sentence, f.passage_text, f."start", f."end", f.period_basis, f.capture_sha256, f.captured_at, f.url,
        f.archived_url, f.text_fragment_url, d.why AS decided_why, c.citation
    FROM metric_year AS y
    INNER JOIN facts AS f ON y.source = f.source AND y.fact_id = f.fact_id
    LEFT JOIN decisions AS d ON y.source = d.source AND y.decision = d.decision
    LEFT JOIN (
        SELECT keys.source, cited.citation, regexp_extract(cited.citation, '; fact ([0-9a-f]+), SHA-256', 1) AS fact_id
        FROM (SELECT DISTINCT source, metric, "year" FROM metric_year) AS keys,
            LATERAL (FROM cite(keys.source, keys.metric, keys."year")) AS cited
    ) AS c ON y.source = c.source AND y.fact_id = c.fact_id
    ORDER BY y.source, y.metric, y."year" DESC, y.breakdown <> '', y.period_type <> 'year', y.period_type, y.kind,
        y.breakdown
"""
STATEMENTS = """
    SELECT
        s.*, f.passage_text, f."start", f."end", f.capture_sha256, f.captured_at, f.archived_url, f.text_fragment_url,
        e.statement
    FROM statements AS s
    INNER JOIN facts AS f ON s.source = f.source AND s.fact_id = f.fact_id
    LEFT JOIN edition_statements AS e ON s.source = e.source AND s.fact_id = e.fact_id
    ORDER BY s.source, s.metric, s."year" DESC, s.breakdown <> '', s.period_type <> 'year', s.period_type, s.kind,
        s.breakdown, s.precedence
"""
QUEUE = """
    SELECT q.*, f.passage_text, f."start", f."end", f.capture_sha256
    FROM review_queue AS q
    INNER JOIN facts AS f ON q.source = f.source AND q.fact_id = f.fact_id
    ORDER BY q.source, q.edition DESC NULLS LAST, f.passage_index, f."start", q.fact_id
"""
CAPTURES = """
    SELECT c.*, s.organisation, s.title
    FROM captures AS c
    INNER JOIN sources AS s ON c.source = s.source
    ORDER BY c.source, c.edition, c.captured_at, c.capture_id
"""
NUMERALS = """
    SELECT
        n.*, f.metric, f.label, f.kind, f.value AS fact_value, f.qualifier AS fact_qualifier, f.unit AS fact_unit,
        f.period_type, f."year", f.period_basis, f.breakdown, f.held_back, f.dismissed, f.rule
    FROM numerals AS n
    LEFT JOIN facts AS f ON n.source = f.source AND n.fact_id = f.fact_id
    WHERE n.source = $source AND n.capture_sha256 = $capture
    ORDER BY n.passage_index, n."start"
"""
PASSAGES = "FROM passages WHERE source = $source AND capture_sha256 = $capture ORDER BY passage_index"
LEDGER = """
    SELECT
        n.source, n.capture_sha256, n.disposition, coalesce(n.reason, '') AS reason, count(*) AS numerals
    FROM numerals AS n
    GROUP BY ALL
    ORDER BY n.source, n.capture_sha256, n.disposition DESC, numerals DESC, reason
"""
CHANGES = """
    SELECT e.*, m.label, f.qualifier, b.qualifier AS qualifier_before, b.period_type AS period_type_before
    FROM edition_changes AS e
    LEFT JOIN metrics AS m ON e.source = m.source AND e.metric = m.metric
    LEFT JOIN facts AS f ON e.source = f.source AND e.fact_id = f.fact_id
    LEFT JOIN facts AS b ON e.source = b.source AND e.fact_id_before = b.fact_id
    ORDER BY e.source, e.edition DESC,
        list_position(['new', 'restated', 'dropped', 'reworded', 'unchanged'], e.change),
        e.metric, e.period_type, e.kind, e.breakdown, e."year"
"""
REVISIONS = """
    SELECT r.*, m.label
    FROM revisions AS r
    LEFT JOIN metrics AS m ON r.source = m.source AND r.metric = m.metric
    ORDER BY r.source, r.metric, r."year" DESC, r.period_type, r.kind, r.breakdown, r.earlier_edition, r.earlier_fact_id
"""
CONTRADICTIONS = """
    SELECT c.*, m.label
    FROM contradictions AS c
    LEFT JOIN metrics AS m ON c.source = m.source AND c.metric = m.metric
    ORDER BY c.source, c.edition DESC, c.metric, c."year", c.period_type, c.kind, c.breakdown, c.fact_id
"""


@dataclass
class Evidence:
    """All rows that the pages are made of."""

    sources: list[Row]
    release: Row
    metrics: list[Row]
    cells: list[Row]
    statements: list[Row]
    coverage: list[Row]
    changes: list[Row]
    revisions: list[Row]
    contradictions: list[Row]
    queue: list[Row]
    decisions: list[Row]
    captures: list[Row]
    ledger: list[Row]
    shown: list[Row] = field(default_factory=list)
    """The captures whose text has a page: the latest of each edition, and every other that a statement is quoted of."""


def read_evidence(con: duckdb.DuckDBPyConnection) -> Evidence:
    """Read what the pages are made of, but the texts, which are read a capture at a time."""
    evidence = Evidence(
        sources=records(con, "FROM sources ORDER BY source"),
        release=records(con, "FROM releases ORDER BY release_id DESC LIMIT 1")[0],
        metrics=records(con, "FROM metrics ORDER BY source, metric"),
        cells=records(con, CELLS),
        statements=records(con, STATEMENTS),
        coverage=records(con, "FROM coverage ORDER BY source, metric, edition"),
        changes=records(con, CHANGES),
        revisions=records(con, REVISIONS),
        contradictions=records(con, CONTRADICTIONS),
        queue=records(con, QUEUE),
        decisions=records(con, "FROM decisions ORDER BY source, made_at DESC, decision"),
        captures=records(con, CAPTURES),
        ledger=records(con, LEDGER),
    )
    evidence.shown = _shown(evidence)
    return evidence


def _shown(evidence: Evidence) -> list[Row]:
    """The captures that get a page, each with its `page`, the name of its file without the ending."""
    said = {(row["source"], row["capture_sha256"]) for row in (*evidence.statements, *evidence.queue)}
    good: dict[tuple[str, int | None], dict[str, Row]] = defaultdict(dict)
    for capture in evidence.captures:
        if not capture["refused"] and not capture["sighting_of"]:
            good[capture["source"], capture["edition"]].setdefault(capture["sha256"], capture)
    shown = []
    for (source, edition), captures in good.items():
        name = f"{source}-{edition or 'unknown'}"
        *earlier, latest = captures.values()
        for capture in earlier:
            if (source, capture["sha256"]) in said:
                shown.append({**capture, "page": f"{name}-{capture['sha256'][:12]}", "latest": name})
        shown.append({**latest, "page": name, "latest": name})
    return shown


def grouped(rows: Iterable[Row], *columns: str) -> dict[tuple[Any, ...], list[Row]]:
    """Rows by the values of some columns, in the order in which these come up."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[column] for column in columns), []).append(row)
    return groups


def by_series(cells: Sequence[Row]) -> dict[tuple[str, str, str], list[Row]]:
    """The figures of a metric by period_type, kind and breakdown: by year before to date, totals before parts."""
    ordered = sorted(
        cells,
        key=lambda row: (row["period_type"] != "year", row["period_type"], row["kind"], row["breakdown"], row["year"]),
    )
    return {(a, b, c): rows for (a, b, c), rows in grouped(ordered, "period_type", "kind", "breakdown").items()}
