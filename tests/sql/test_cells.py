"""What makes a cell of the tidy table and what does not, its unit, the table made wide."""

from pathlib import Path

import pytest

from tests.sql.pages import CELL, edition
from tests.warehouse.facts_builder import build, rows, year
from warehouse.build import open_candidate


def test_bare_values_at_several_places_are_several_statements(tmp_path: Path):
    page = edition(2020).says("900", "900", 900).says("900", "900", 900)
    assert rows(build(tmp_path, [page]), CELL) == [(900, "exact", "agreed", 2, 2020)]


def test_the_metric_gives_the_unit_and_the_text_the_unit_stated(tmp_path: Path):
    page = edition(2020).says("We took 900 helpline calls.", "900", 900, unit="helpline calls")
    page.says("Adults: 600", "600", 600, dimensions={"caller": "adult"}, unit=None)
    page.says("300 children", "300", 300, dimensions={"caller": "child"}, unit="children")
    database = build(tmp_path, [page])
    assert rows(database, "SELECT unit, unit_stated, unit_differs FROM metric_year") == [
        ("calls", "helpline calls", False),
        ("calls", None, False),
        ("calls", "children", True),
    ]


def test_a_share_put_as_one_in_so_many_is_no_percentage(tmp_path: Path):
    page = edition(2020).says("1 in 4 of them", "1 in 4", 0.25, metric="caller_share", kind="ratio", unit="callers")
    page.says("25% of them", "25%", 25, metric="caller_share", kind="percent", unit="percent")
    database = build(tmp_path, [page])
    query = "SELECT kind, value, unit FROM metric_year ORDER BY kind"
    assert rows(database, query) == [("percent", 25, "percent"), ("ratio", 0.25, "ratio")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("reports", "CyberTipline reports of abuse", True),
        ("people", "individuals", True),
        ("agencies", "partner agencies", True),
        ("boxes", "box", True),
        ("children", "images", False),
        ("classes", "class", True),
        ("cases", "case files", False),
    ],
)
def test_units_are_compared_by_the_noun_they_come_down_to(tmp_path: Path, one: str, other: str, same: bool):
    with open_candidate(tmp_path / "impact.duckdb") as con:
        query = "SELECT counted_noun(?) = counted_noun(?)"
        assert con.execute(query, [one, other]).fetchone() == (same,)


def test_a_capture_that_only_repeats_another_is_a_sighting_of_it(tmp_path: Path):
    page = edition(2020).says("We took 900 calls.", "900", 900)
    again = page.capture(capture_id="again", captured_at=year(2023), sha256="f" * 64)
    captures = [page.capture(), again | {"sighting_of": page.capture()["capture_id"]}]
    database = build(tmp_path, [page], captures=captures)
    assert rows(database, CELL) == [(900, "exact", "single", 1, 2020)]
    assert rows(database, "SELECT sighting_of IS NULL, edition, facts FROM captures") == [
        (True, 2020, 1),
        (False, 2020, 1),
    ]
    assert rows(database, "SELECT outcome FROM retrievals") == [("new",), ("same_words",)]
    assert rows(database, "SELECT year(last_seen) FROM statements") == [(2023,)]
    assert rows(database, "SELECT captures, year(last_checked_at) FROM sources") == [(2, 2023)]


@pytest.mark.parametrize(
    "fields",
    [
        {"period_type": "unknown", "year": None, "aggregation": "each_year"},
        {"period_type": "range"},
        {"aggregation": "daily_average"},
        {"aggregation": "monthly_average"},
        {"kind": "change"},
        {"kind": "multiplier"},
        {"kind": "duration"},
        {"metric": None},
    ],
)
def test_what_is_no_yearly_figure_stays_out_of_the_tidy_table(tmp_path: Path, fields: dict):
    database = build(tmp_path, [edition(2020).says("We took 900 calls.", "900", 900, **fields)])
    assert rows(database, "FROM metric_year") == []
    assert rows(database, "SELECT count(*) FROM facts") == [(1,)]


def test_an_average_is_allowed_where_the_metric_is_one(tmp_path: Path):
    page = edition(2020).says("90 people a month", "90", 90, metric="reach", aggregation="monthly_average")
    page.says("91 people every year", "91", 91, metric="reach", aggregation="each_year")
    assert rows(build(tmp_path, [page]), "SELECT metric, value FROM metric_year") == [("reach", 90)]


def test_period_types_kinds_and_breakdowns_are_cells_of_their_own(tmp_path: Path):
    page = edition(2020).says("We took 900 calls.", "900", 900)
    page.says("In all 5,000 calls", "5,000", 5000, period_type="cumulative")
    page.says("Adults made 600", "600", 600, dimensions={"place": "north", "caller": "adult"})
    page.says("9% of calls", "9%", 9, kind="percent")
    database = build(tmp_path, [page])
    assert rows(database, "SELECT period_type, kind, breakdown, value FROM metric_year") == [
        ("cumulative", "count", "", 5000),
        ("year", "count", "", 900),
        ("year", "count", "caller=adult;place=north", 600),
        ("year", "percent", "", 9),
    ]
    assert rows(database, "SELECT DISTINCT status FROM metric_year") == [("single",)]


def test_the_wide_table_has_a_column_a_year(tmp_path: Path):
    first = edition(2019).says("We took 800 calls.", "800", 800)
    second = edition(2021).says("We took 900 calls.", "900", 900).says("7 boats", "7", 7, "boats", period_type="as_of")
    database = build(tmp_path, [first, second])
    assert rows(database, 'SELECT metric, "2019", "2021" FROM year_by_metric') == [
        ("boats", None, 7),
        ("calls", 800, 900),
    ]


def test_a_cell_says_its_words_and_the_name_of_its_metric(tmp_path: Path):
    page = edition(2020).says("900", "900", 900, place={"kind": "table_cell", "row_headers": ("Calls taken",)})
    page.says("We lent 7 boats.", "7", 7, metric="boats", unit="boats", period_type="as_of")
    database = build(tmp_path, [page])
    assert rows(database, "SELECT label, statement FROM metric_year ORDER BY metric DESC") == [
        ("Calls answered", "Calls taken: 900"),
        ("Boats afloat", "We lent 7 boats."),
    ]


def test_a_part_has_a_share_of_the_total_that_any_edition_states(tmp_path: Path):
    adults, children = ({"dimensions": {"caller": who}} for who in ("adult", "child"))
    earlier = edition(2020).says("We took 800 calls.", "800", 800)
    earlier.says("Adults made 5 calls in 2019.", "5", 5, year=2019, **adults)  # no total is stated of that year
    earlier.says("Adults: 60 per cent", "60", 60, metric="caller_share", kind="percent", unit="percent", **adults)
    earlier.says("All: 100 per cent", "100", 100, metric="caller_share", kind="percent", unit="percent")
    later = edition(2021).says("In 2020 adults made 600 calls.", "600", 600, year=2020, **adults)
    later.says("We took no calls: 0.", "0", 0).says("Children made 0 calls.", "0", 0, **children)
    database = build(tmp_path, [earlier, later])
    shares = "SELECT metric, year, breakdown, value, share_of_total FROM metric_year ORDER BY ALL"
    assert rows(database, shares) == [
        ("caller_share", 2020, "", 100, None),
        ("caller_share", 2020, "caller=adult", 60, None),
        ("calls", 2019, "caller=adult", 5, None),
        ("calls", 2020, "", 800, None),
        ("calls", 2020, "caller=adult", 600, 0.75),
        ("calls", 2021, "", 0, None),
        ("calls", 2021, "caller=child", 0, None),
    ]
