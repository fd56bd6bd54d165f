"""Ten editions of an invented page with planted truths: every plant is found and named rightly, and nothing else is.

The pages, what is wrong with them and what must be found of it are made from a seed (`plan.py`, `prose.py`,
`generator.py`, `truths.py`). They go through `impact import` into a home as any archive would. PLANTED_SEEDS in the
environment asks for more seeds than a test run can wait for.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.cli import run
from tests.series.generator import URL, Capture, captures
from tests.series.plan import EDITIONS, PLANTS, Plan, plan
from tests.series.truths import COLUMNS, METRICS, SHOWN, TRUTHS, Rows, stated, unsettled, years
from tests.warehouse.facts_builder import rows
from tests.warehouse.warc_builder import packed, response

SEEDS = range(1, int(os.environ.get("PLANTED_SEEDS", "3")) + 1)
CARD = Path(__file__).with_name("card.yaml")


class Planted(NamedTuple):
    plan: Plan
    captures: list[Capture]
    published: Path


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed{seed}")
def planted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    """The home that an import of all captures makes."""
    folder = tmp_path_factory.mktemp("planted")
    the_plan = plan(request.param)
    taken = captures(the_plan)
    file = folder / "crawl.warc.gz"
    file.write_bytes(packed(response(one.body, url=URL, date=one.date) for one in taken))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("IMPACT_HOME", str(folder / "home"))
        patched.delenv("DAGSTER_HOME", raising=False)
        assert run(["import", str(file), "--card", str(CARD)]) == 0
    yield Planted(the_plan, taken, (folder / "home" / "impact.duckdb").resolve())


def test_the_pages_are_read_as_they_are_meant(planted):
    """Not the tables are looked at here, but that the archive asks them what its author meant to ask."""
    assert rows(planted.published, "SELECT count(*) FROM captures WHERE refused IS NOT NULL") == [(1,)]
    held_back = rows(planted.published, "SELECT DISTINCT edition FROM captures WHERE held_back IS NOT NULL")
    assert {edition for (edition,) in held_back} == {planted.plan.at["off_sum"], planted.plan.at["off_shares"]}
    figures = "SELECT DISTINCT metric, period_type, kind, dimensions, edition, year FROM facts"
    read = {
        (metric, period_type, kind, ";".join(f"{name}={member}" for name, member in parts.items()), edition, year)
        for metric, period_type, kind, parts, edition, year in rows(
            planted.published, f"{figures} WHERE metric IS NOT NULL AND kind NOT LIKE 'change%'"
        )
    }
    meant = {
        (*series, edition, year)
        for edition in EDITIONS
        for series in stated(planted.plan, edition)
        for year in years(planted.plan, series, edition)
    }
    assert read == meant
    assert {metric for (metric,) in rows(planted.published, "SELECT metric FROM metrics")} == set(METRICS)


@pytest.mark.parametrize("table", TRUTHS)
def test_what_was_planted_is_found_and_nothing_else(planted, table):
    truth = TRUTHS[table](planted.plan, planted.captures)
    query = f"SELECT {COLUMNS[table]} FROM {table} WHERE {SHOWN[table]}"
    found = {unsettled(table, row) for row in rows(planted.published, query)}
    print(report(table, planted.plan, truth, found))
    assert found == set(truth)


@pytest.mark.parametrize("rule", ["sum", "shares", "share_of_total", "sum_of_years", "to_date", "stated_change"])
def test_what_reconciles_is_on_record_too(planted, rule):
    """Else a rule that checks nothing would find nothing wrong."""
    held = rows(planted.published, f"SELECT count(*) FROM reconciliations WHERE rule = '{rule}' AND outcome = 'holds'")
    assert held[0][0] >= 5
    assert rows(planted.published, "SELECT rule FROM reconciliations WHERE abs(difference - (lhs - rhs)) > 1e-6") == []


def report(table: str, the_plan: Plan, truth: Rows, found: set[tuple[object, ...]]) -> str:
    """A line a row that a plant is due to or that differs: planted | found | where."""
    lines = [(plant, row in found, row) for row, plant in truth.items() if plant or row not in found]
    lines += [("nothing", True, row) for row in found - set(truth)]
    text = [f"seed {the_plan.seed}, {table}: {COLUMNS[table]}", f"{'planted':20} | {'found':7} | where"]
    for plant, was_found, row in sorted(lines, key=str):
        where = ", ".join("" if value is None else str(value) for value in row)
        text.append(f"{plant or '-':20} | {'yes' if was_found else 'MISSING':7} | {where}")
    quiet = [name for name in PLANTS if name not in truth.values()]
    text.append(f"rows in all: {len(truth)} planted, {len(found)} found; no row is due to {', '.join(quiet)}")
    return "\n".join(text)
