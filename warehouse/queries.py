"""What the command line asks of the published database: read-only, opened for one answer and closed.

Gives plain records; how they are printed is for the command line. Any analyst can ask the same of the tables directly.
"""

import datetime as dt
import difflib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import InputError
from warehouse.published import opened as _published
from warehouse.published import records as _records
from warehouse.wordings import span_in


class UnknownName(InputError):
    """No such metric, or nothing stated for that year. The message names the nearest there is."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of the tidy table."""

    value: float
    qualifier: str
    status: str
    edition: int | None


@dataclass(frozen=True, slots=True)
class Series:
    """One row of the wide table: a cell for each year that is stated."""

    source: str
    metric: str
    label: str
    period_type: str
    kind: str
    breakdown: str
    unit: str | None
    cells: dict[int, Cell]


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


@dataclass(frozen=True, slots=True)
class Told:
    """A fact, where on which page it was read, and from which capture."""

    fact_id: str
    source: str
    organisation: str
    title: str
    edition: int | None
    sentence: str
    passage_text: str
    start: int
    end: int
    xpath: str
    capture_sha256: str
    captured_at: dt.datetime
    url: str | None
    archived_url: str | None


TOLD_IN = {"organisation": "sources", "title": "sources"}
"""What of it stands elsewhere than in facts."""

FLAGS = {
    "estimated": "stated as an estimate, as likely or as probable",
    "percentage_points": "stated in percentage points",
}
"""Flags of a fact, in words; `redundant_scale` quotes the word."""


def year_by_metric_rows(
    path: Path, metrics: Sequence[str] = (), years: tuple[int, int] | None = None, source: str | None = None
) -> list[Series]:
    """Rows of the wide table; all metrics when none is named; `years` are the first and the last wanted.

    Raises:
        PublishedUnreadable: no database, or a damaged one.
        UnknownName: a metric that no card defines.
    """
    first, last = years or (None, None)
    with _published(path) as con:
        _require_metrics(con, metrics)
        found = _records(
            con,
            """
            SELECT cells.*, coalesce(metrics.label, cells.metric) AS label
            FROM metric_year AS cells
            LEFT JOIN metrics ON cells.source = metrics.source AND cells.metric = metrics.metric
            WHERE
                (len($metrics) = 0 OR list_contains($metrics, cells.metric))
                AND cells.year >= coalesce($first, cells.year)
                AND cells.year <= coalesce($last, cells.year)
                AND cells.source = coalesce($source, cells.source)
            ORDER BY cells.source, cells.metric, cells.period_type, cells.kind, cells.breakdown, cells.year
            """,
            {"metrics": list(metrics), "first": first, "last": last, "source": source},
        )
    series: dict[tuple[str, ...], Series] = {}
    for row in found:
        key = (row["source"], row["metric"], row["period_type"], row["kind"], row["breakdown"])
        one = series.setdefault(key, Series(key[0], key[1], row["label"], key[2], key[3], key[4], row["unit"], {}))
        one.cells[row["year"]] = Cell(row["value"], row["qualifier"], row["status"], row["edition"])
    return list(series.values())


def explain(path: Path, metric: str, year: int, source: str | None = None) -> Explained:
    """Every cell of a metric and year with every statement behind it, and the changes that are stated of them.

    Raises:
        PublishedUnreadable: no database, or a damaged one.
        UnknownName: no such metric, or nothing stated for it in that year.
    """
    wanted = {"metric": metric, "year": year, "source": source}
    with _published(path) as con:
        _require_metrics(con, [metric])
        cells = _records(
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
        statements = _records(
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
        checks = _records(
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
        changes = _records(
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


def told(path: Path, name: str) -> Told:
    """The fact of that id, or of that unambiguous beginning of one.

    Raises:
        PublishedUnreadable: no database, or a damaged one.
        UnknownName: no such fact, or several.
    """
    wanted = name.strip().lower()
    columns = ", ".join(f'{TOLD_IN.get(column, "facts")}."{column}"' for column in Told.__dataclass_fields__)
    with _published(path) as con:
        found = _records(
            con,
            f"FROM facts INNER JOIN sources ON facts.source = sources.source SELECT {columns} "
            "WHERE starts_with(facts.fact_id, ?) "
            "QUALIFY row_number() OVER (PARTITION BY facts.fact_id ORDER BY facts.source) = 1 "
            "ORDER BY facts.fact_id LIMIT 4",
            [wanted],
        )
    if wanted and len(found) == 1:
        return Told(**found[0])
    if wanted and found:
        names = ", ".join(row["fact_id"] for row in found[:3])
        raise UnknownName(f"{name!r} begins several facts ({names}, …); give the whole fact_id")
    raise UnknownName(f"no fact {name!r}; `impact explain METRIC YEAR` and the table facts give their fact_id")


def review(path: Path, source: str | None = None) -> list[dict[str, Any]]:
    """Rows of `review_queue`, by column: statistics with no metric yet, the latest edition first.

    Beside its columns `marked`, the sentence with the number in brackets, `period_basis` and `wording`.

    Raises:
        PublishedUnreadable: no database, or a damaged one.
    """
    query = """
        SELECT queue.*, facts.period_basis, facts.wording, facts.passage_text, facts."start", facts."end"
        FROM review_queue AS queue
        INNER JOIN facts ON queue.source = facts.source AND queue.fact_id = facts.fact_id
        WHERE queue.source = coalesce($source, queue.source)
        ORDER BY queue.source, queue.edition DESC NULLS LAST, facts.passage_index, facts."start", queue.fact_id
    """
    with _published(path) as con:
        rows = _records(con, query, {"source": source})
    for row in rows:
        sentence = row["sentence"]
        start, end = span_in(sentence, row.pop("passage_text"), row.pop("start"), row.pop("end"))
        row["marked"] = f"{sentence[:start]}[{sentence[start:end]}]{sentence[end:]}"
    return rows


def refused_captures(path: Path) -> dict[tuple[str, str], str]:
    """Why captures are refused, by source and capture id.

    Raises:
        PublishedUnreadable: no database, or a damaged one.
    """
    with _published(path) as con:
        found = _records(con, "SELECT source, capture_id, refused FROM captures WHERE refused IS NOT NULL", {})
    return {(row["source"], row["capture_id"]): row["refused"] for row in found}


def missing(path: Path) -> list[Missing]:
    """What has gone missing with the latest edition of each source, by source and metric.

    Raises:
        PublishedUnreadable: no database, a damaged one, or one that an earlier version of this software has built.
    """
    with _published(path) as con:
        return missing_in(con)


def missing_in(con: duckdb.DuckDBPyConnection) -> list[Missing]:
    """The same of an open database that holds all tables."""
    query = """
        SELECT coverage.source, metric, edition, edition_before, statement_before, statement
        FROM coverage INNER JOIN sources ON coverage.source = sources.source AND edition = last_edition
        WHERE state IN ('queued', 'gone') AND last_stated = edition_before ORDER BY ALL
    """
    return [Missing(**row) for row in _records(con, query, {})]


def lapsed(path: Path) -> list[Lapsed]:
    """The decisions that ask for a look, by source and time.

    Raises:
        PublishedUnreadable: no database, a damaged one, or one that an earlier version of this software has built.
    """
    with _published(path) as con:
        return lapsed_in(con)


def lapsed_in(con: duckdb.DuckDBPyConnection) -> list[Lapsed]:
    """The same of an open database that holds all tables."""
    query = """
        SELECT source, decision, made_by, action, outcome, detail FROM decisions
        WHERE outcome NOT IN ('applies', 'not_needed') ORDER BY source, made_at, decision
    """
    return [Lapsed(**row) for row in _records(con, query, {})]


def lapsed_line(one: Lapsed) -> str:
    """Why a decision asks for a look, and what to do."""
    said = one.outcome.replace("_", " ")
    return (
        f"decision {one.decision} of {one.made_by} ({one.action}) is to be looked at: {said}: {one.detail}; "
        f"decide it anew, or `impact undecide {one.decision}`"
    )


def as_text(value: float) -> str:
    """A number as people write it: 29,397,681; 93.5; 0.1667."""
    if value == int(value):
        return f"{value:,.0f}"
    places = max(4, 3 - math.floor(math.log10(abs(value))))
    return f"{value:,.{places}f}".rstrip("0")


def _metric_names(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [row[0] for row in con.execute("SELECT DISTINCT metric FROM metrics ORDER BY metric").fetchall()]


def _require_metrics(con: duckdb.DuckDBPyConnection, wanted: Sequence[str]) -> None:
    known = _metric_names(con)
    for name in wanted:
        if name in known:
            continue
        nearest = difflib.get_close_matches(name.lower(), known, n=3, cutoff=0.5)
        nearest += [other for other in known if name.lower() in other and other not in nearest][: 3 - len(nearest)]
        hint = f"did you mean {' or '.join(nearest)}?" if nearest else "`impact table` lists what is stated"
        raise UnknownName(f"no metric '{name}'; {hint}")


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
