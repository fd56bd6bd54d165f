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
from warehouse.fact_ids import called
from warehouse.published import opened as _published
from warehouse.published import records as _records
from warehouse.wordings import marked_in


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
class FactOnPage:
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
        require_metrics(con, metrics)
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


def fact_on_page(path: Path, name: str, source: str | None = None) -> FactOnPage:
    """The fact of that id, or of that unambiguous beginning of one; its source where several follow the page.

    Raises:
        PublishedUnreadable: no database, or a damaged one.
        UnknownName: no such fact, or several.
        OfSeveralSources: it is of several sources, and none is named.
    """
    wanted = name.strip().lower()
    query = """
        SELECT
            fact_id, facts.source, organisation, title, edition, sentence, passage_text, "start", "end", xpath,
            capture_sha256, captured_at, facts.url, archived_url
        FROM facts INNER JOIN sources ON facts.source = sources.source
        WHERE facts.source = ? AND fact_id = ?
    """
    with _published(path) as con:
        found = called(con, "facts", wanted, source) if wanted else []
        rows = _records(con, query, found[0]) if len(found) == 1 else []
    if rows:
        return FactOnPage(**rows[0])
    if found:
        names = ", ".join(list(dict.fromkeys(one.fact_id for one in found))[:3])
        raise UnknownName(f"{name!r} begins several facts ({names}, …); give the whole fact_id")
    raise UnknownName(f"no fact {name!r}; `impact explain METRIC YEAR` and the table facts give their fact_id")


def review(path: Path, source: str | None = None) -> list[dict[str, Any]]:
    """Rows of `review_queue`, by column: statistics with no metric yet, the latest edition first.

    Beside its columns `marked`, the sentence with the number in brackets, `period_basis`, `flags` and `wording`.

    Raises:
        PublishedUnreadable: no database, or a damaged one.
    """
    query = """
        SELECT queue.*, facts.period_basis, facts.flags, facts.wording, facts.passage_text, facts."start", facts."end"
        FROM review_queue AS queue
        INNER JOIN facts ON queue.source = facts.source AND queue.fact_id = facts.fact_id
        WHERE queue.source = coalesce($source, queue.source)
        ORDER BY queue.source, queue.edition DESC NULLS LAST, facts.passage_index, facts."start", queue.fact_id
    """
    with _published(path) as con:
        rows = _records(con, query, {"source": source})
    for row in rows:
        row["marked"] = marked_in(row["sentence"], row.pop("passage_text"), row.pop("start"), row.pop("end"))
    return rows


def refused_captures(path: Path) -> dict[tuple[str, str], str]:
    """Why captures are refused, by source and capture id.

    Raises:
        PublishedUnreadable: no database, or a damaged one.
    """
    with _published(path) as con:
        found = _records(con, "SELECT source, capture_id, refused FROM captures WHERE refused IS NOT NULL", {})
    return {(row["source"], row["capture_id"]): row["refused"] for row in found}


def as_text(value: float) -> str:
    """A number as people write it: 29,397,681; 93.5; 0.1667."""
    if value == int(value):
        return f"{value:,.0f}"
    places = max(4, 3 - math.floor(math.log10(abs(value))))
    return f"{value:,.{places}f}".rstrip("0")


def _metric_names(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [row[0] for row in con.execute("SELECT DISTINCT metric FROM metrics ORDER BY metric").fetchall()]


def require_metrics(con: duckdb.DuckDBPyConnection, wanted: Sequence[str]) -> None:
    """Raise `UnknownName` for a metric that no card defines, with the nearest there are."""
    known = _metric_names(con)
    for name in wanted:
        if name in known:
            continue
        nearest = difflib.get_close_matches(name.lower(), known, n=3, cutoff=0.5)
        nearest += [other for other in known if name.lower() in other and other not in nearest][: 3 - len(nearest)]
        hint = f"did you mean {' or '.join(nearest)}?" if nearest else "`impact table` lists what is stated"
        raise UnknownName(f"no metric '{name}'; {hint}")
