"""What the tables must hold of a generated archive: every row with the plant it is due to, and no row beside them.

Rows are tuples of the columns named in `COLUMNS`; a column that the words of a page do not settle is left out. Written
from what the tables promise, by one who had not read how they are made.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from tests.series.generator import Capture
from tests.series.plan import CATEGORIES, EDITIONS, FIRST, LAST, ORIGINS, Plan
from tests.series.prose import millions

Row = tuple[Any, ...]
Rows = dict[Row, str]
"""Row -> the plant it is due to; "" for what an archive without a plant holds as well."""
Series = tuple[str, str, str, str]
"""Metric, period_type, kind, breakdown."""

SERIES = "metric, period_type, kind, breakdown"
COLUMNS = {
    "revisions": f"{SERIES}, year, earlier_edition, earlier_value, later_edition, later_value, "
    "last_seen_before, first_seen_after",
    "contradictions": f"{SERIES}, year, edition, least(value, other_value), greatest(value, other_value)",
    "reconciliations": "rule, metric, year, least(lhs, rhs), greatest(lhs, rhs)",
    "edition_changes": f"{SERIES}, edition, edition_before, change, detail, year_before, year, value_before, value",
    "coverage": "metric, edition, state, edition_before, last_stated, value_before, value",
}
SHOWN = {
    "reconciliations": "outcome = 'fails'",
    "edition_changes": "true",
    "coverage": "true",
    "revisions": "true",
    "contradictions": "true",
}
"""Table -> which of its rows are compared."""


def count(metric: str, period_type: str = "year", breakdown: str = "", kind: str = "count") -> Series:
    return metric, period_type, kind, breakdown


VISITORS, VIEWS, VOLUNTEERS = count("visitors"), count("guide_views"), count("volunteers", "as_of")
DONATIONS = count("donations", kind="money")
PARTS = [count("repairs", breakdown=f"category={one}") for one in CATEGORIES]
SHARES = [count("visitor_origin_share", breakdown=f"origin={one}", kind="percent") for one in ORIGINS]
TOOLS = {False: count("tools_lent"), True: count("tools_lent", "cumulative")}
BICYCLES, TRAINED = count("bicycles_given"), count("people_trained")
READERS = count("newsletter_readers", "as_of")
ALWAYS = [
    VISITORS,
    VIEWS,
    VOLUNTEERS,
    DONATIONS,
    *PARTS,
    *SHARES,
    count("cafes", "as_of"),
    count("items_saved", "cumulative"),
    count("courses", "cumulative"),
    count("repaired_share", kind="percent"),
    count("repair_share", breakdown="category=electrical", kind="percent"),
    *map(count, ["items_brought", "repairs", "courses", "advice_calls"]),
    *map(count, ["kits_sent", "helped_at_home", "pupils_taught"]),
]
EARLIER = {"visitors": 2, "donations": 1, "guide_views": 1, "repaired_share": 1}
"""Metric -> how many years before its own a page repeats."""


def rounded(value: int) -> int:
    """As the pages round it, to a tenth of a million."""
    return round(float(millions(value).split()[0]) * 1_000_000)


def stated(plan: Plan, edition: int) -> set[Series]:
    """What the page of an edition states."""
    series = {*ALWAYS, TOOLS[edition >= plan.at["scope_to_date"]]}
    if edition < plan.at["dropped"] or edition >= (plan.back or LAST + 1):
        series.add(BICYCLES)
    if edition < plan.at["queued"]:
        series.add(TRAINED)
    if edition >= plan.at["new"]:
        series.add(READERS)
    return series


def years(plan: Plan, series: Series, edition: int) -> list[int]:
    """Of which years the page of an edition states a figure of the series."""
    if series[0] == "cafes" and edition == plan.at["repeated"]:
        return [edition - 1]
    return list(range(edition - EARLIER.get(series[0], 0), edition + 1))


def revisions(plan: Plan, captures: list[Capture]) -> Rows:
    """A restatement is one of each edition that stated the year otherwise; a correction is dated."""
    year, edition = plan.restated_year, plan.at["restated"]
    old, new = plan.counts["visitors"][year], plan.restated_value
    rows: Rows = {
        (*VISITORS, year, before, old, edition, new, None, None): "restated" for before in range(year, edition)
    }
    year = plan.at["restated_rounded"] - 1
    was = rounded(plan.counts["guide_views"][year])
    rows[(*VIEWS, year, year, was, year + 1, plan.restated_views, None, None)] = "restated_rounded"
    year = plan.at["correction"]
    at = [capture.at.replace(tzinfo=None) for capture in captures if capture.edition == year]
    right = plan.counts["donations"][year]
    return rows | {(*DONATIONS, year, year, plan.wrong_donations, year, right, at[-2], at[-1]): "correction"}


def contradictions(plan: Plan, captures: list[Capture]) -> Rows:
    year = plan.at["contradiction"]
    both = sorted((plan.counts["volunteers"][year], plan.wrong_total_of_tile))
    return {(*VOLUNTEERS, year, year, *both): "contradiction"}


def reconciliations(plan: Plan, captures: list[Capture]) -> Rows:
    """What fails, and its two sides where only one reading of them is possible."""
    at = plan.at
    parts, shares = sum(plan.parts[at["off_sum"]]), sum(map(round, plan.origins[at["off_shares"]]))
    courses, saved = plan.since_2014("courses", at["off_sum_of_years"]), plan.saved
    before = at["falls"] - 1
    rules: dict[str, tuple[str, str, tuple[float | None, ...]]] = {
        "off_sum": ("sum", "repairs", (parts + plan.wrong_part, parts)),
        "off_shares": ("shares", "visitor_origin_share", (shares + plan.wrong_origin, 100)),
        "falls": ("to_date", "items_saved", (saved[before + 1], saved[before])),
        "off_sum_of_years": ("sum_of_years", "courses", (courses, courses + plan.wrong_courses)),
        "off_share_of_total": ("share_of_total", "repair_share", (None, None)),
        "off_change": ("stated_change", "advice_calls", (None, None)),
        "jump": ("jump", "kits_sent", (None, None)),
    }
    return {
        (rule, metric, at[plant], *(sides if None in sides else sorted(sides))): plant
        for plant, (rule, metric, sides) in rules.items()
    }


def edition_changes(plan: Plan, captures: list[Capture]) -> Rows:
    """Every series of every edition but the first: changed by a plant, or in the words of the edition before."""
    changed: dict[tuple[Series, int], tuple[Row, str]] = {}
    for series, plant, detail in [
        (count("cafes", "as_of"), "reworded", "words"),
        (count("pupils_taught"), "scope_place", "scope"),
        (count("helped_at_home"), "unit", "unit"),
    ]:
        at, figures = plan.at[plant], plan.counts[series[0]]
        before = years(plan, series, at - 1)[-1]
        changed[series, at] = ("reworded", detail, before, at, figures[before], figures[at]), plant
    at, lent = plan.at["scope_to_date"], plan.counts["tools_lent"]
    since = plan.lent_to_date(at)
    changed[TOOLS[True], at] = ("reworded", "scope", at - 1, at, lent[at - 1], since), "scope_to_date"
    for series, plant in [(BICYCLES, "dropped"), (TRAINED, "queued")]:
        at = plan.at[plant]
        changed[series, at] = ("dropped", None, at - 1, None, plan.counts[series[0]][at - 1], None), plant
    for series, at, plant in [(READERS, plan.at["new"], "new"), (BICYCLES, plan.back, "back")]:
        if at:
            changed[series, at] = ("new", None, None, at, None, plan.counts[series[0]][at]), plant
    at = plan.at["restated_rounded"]
    for series, plant, year, old, new in [
        (VISITORS, "restated", plan.restated_year, plan.counts["visitors"][plan.restated_year], plan.restated_value),
        (VIEWS, "restated_rounded", at - 1, rounded(plan.counts["guide_views"][at - 1]), plan.restated_views),
    ]:
        changed[series, plan.at[plant]] = ("restated", "up" if new > old else "down", year, year, old, new), plant

    rows: Rows = {}
    for before, edition in pairwise(EDITIONS):
        told = stated(plan, edition) | stated(plan, before)
        if edition == plan.at["scope_to_date"]:
            told -= {TOOLS[False]}  # one row: the figure of a year became one to date
        for series in told:
            what, plant = changed.get((series, edition), (("unchanged", *[None] * 5), ""))
            rows[(*series, edition, before, *what)] = plant
    return rows


def coverage(plan: Plan, captures: list[Capture]) -> Rows:
    return {(*cell[:-1],): cell[-1] for cell in _coverage(plan)}


def _coverage(plan: Plan) -> Iterator[Row]:
    for edition in EDITIONS:
        before = edition - 1 if edition > FIRST else None
        told = {series[0] for series in stated(plan, edition)}
        for metric in METRICS:
            if metric in told:
                yield metric, edition, "stated", before, None, None, None, ""
            elif metric == "bicycles_given":
                last = plan.at["dropped"] - 1
                yield metric, edition, "gone", before, last, plan.counts[metric][last], None, "dropped"
            elif metric == "people_trained":
                last = plan.at["queued"] - 1
                known, queued = plan.counts[metric][last], plan.counts[metric][edition]
                yield metric, edition, "queued", before, last, known, queued, "queued"
            else:
                yield metric, edition, "never", before, None, None, None, "new" if metric != "awards" else ""


METRICS = sorted({*(series[0] for series in ALWAYS), "tools_lent", BICYCLES[0], TRAINED[0], READERS[0], "awards"})
TRUTHS = {
    "revisions": revisions,
    "contradictions": contradictions,
    "reconciliations": reconciliations,
    "edition_changes": edition_changes,
    "coverage": coverage,
}


def unsettled(table: str, row: Row) -> Row:
    """A row as read, without what the truth leaves open."""
    match table:
        case "edition_changes" if row[6] == "unchanged":
            return (*row[:7], *[None] * 5)
        case "coverage" if row[2] == "stated":
            return (*row[:4], None, None, None)
        case "coverage" if row[2] == "gone":
            return (*row[:6], None)
        case "reconciliations" if row[0] == "share_of_total":  # of the share, or of what it is a share of
            return ("share_of_total", "repair_share", row[2], None, None)
        case "reconciliations" if row[0] in ("stated_change", "jump"):
            return (*row[:3], None, None)
    return row
