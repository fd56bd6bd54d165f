"""What the tables say: which statement a cell takes, how it stands, what adds up."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.warehouse.facts_builder import SOURCE, Page, build, rows, year

CELL = "SELECT value, qualifier, status, statements, edition FROM metric_year"


def edition(number: int, *, at: int | None = None) -> Page:
    return Page(number, year(at or number + 1))


def test_one_statement_is_single(tmp_path: Path):
    database = build(tmp_path, [edition(2020).says("We took 900 calls.", "900", 900)])
    assert rows(database, CELL) == [(900, "exact", "single", 1, 2020)]
    assert rows(database, "SELECT outcome, reason FROM statements") == [("taken", "the only statement")]


def test_a_rounded_statement_of_a_later_edition_agrees_and_the_exact_one_is_taken(tmp_path: Path):
    first = edition(2020).says("We took 21,751,085 calls.", "21,751,085", 21751085)
    second = edition(2021).says(
        "We took 21.7 million calls then.", "21.7 million", 21_700_000, year=2020, resolution=100_000
    )
    database = build(tmp_path, [first, second])
    assert rows(database, CELL) == [(21751085, "exact", "agreed", 2, 2020)]
    assert rows(database, "SELECT outcome, reason FROM statements") == [
        ("taken", "the latest exact statement"),
        ("agrees", "rounded or bounded; the statement taken is exact"),
    ]
    assert rows(database, "SELECT count(*) FROM revisions UNION ALL SELECT count(*) FROM contradictions") == [
        (0,),
        (0,),
    ]


def test_of_two_exact_statements_that_differ_the_later_edition_revises(tmp_path: Path):
    first = edition(2020).says("We took 900 calls.", "900", 900)
    second = edition(2021).says("The year before it was 910 calls.", "910", 910, year=2020)
    third = edition(2022).says("Two years before it was 910 calls.", "910", 910, year=2020)
    database = build(tmp_path, [first, second, third])
    assert rows(database, CELL) == [(910, "exact", "revised", 3, 2022)]
    assert rows(database, "SELECT outcome, reason FROM statements") == [
        ("taken", "from the latest edition that states it"),
        ("agrees", "a later edition states it"),
        ("revised", "a later edition states it"),
    ]
    assert rows(
        database, "SELECT earlier_edition, earlier_value, later_edition, later_value, difference FROM revisions"
    ) == [(2020, 900, 2021, 910, 10)]
    assert rows(database, "FROM contradictions") == []


def test_a_later_bounded_statement_does_not_replace_an_exact_one_and_contradicts_it(tmp_path: Path):
    first = edition(2020).says("We took 29,782 calls.", "29,782", 29782)
    second = edition(2021).says("More than 29,800 calls then.", "29,800", 29800, year=2020, qualifier="more_than")
    database = build(tmp_path, [first, second])
    assert rows(database, CELL) == [(29782, "exact", "contradicted", 2, 2020)]
    assert rows(database, "SELECT value, other_value, other_qualifier FROM contradictions") == [
        (29782, 29800, "more_than")
    ]
    assert rows(database, "SELECT later_value FROM revisions") == [(29800,)]


def test_two_statements_of_one_edition_that_differ_contradict(tmp_path: Path):
    page = edition(2020).says("We took 900 calls.", "900", 900).says("Calls: 950", "950", 950)
    database = build(tmp_path, [page])
    assert rows(database, CELL) == [(900, "exact", "contradicted", 2, 2020)]
    assert rows(database, "SELECT edition, value, other_edition, other_value FROM contradictions") == [
        (2020, 900, 2020, 950)
    ]
    assert rows(database, "FROM revisions") == []


def test_a_contradiction_that_a_later_edition_settles_leaves_the_cell_revised(tmp_path: Path):
    first = edition(2020).says("We took 900 calls.", "900", 900).says("Calls: 950", "950", 950)
    second = edition(2021).says("The year before it was 950 calls.", "950", 950, year=2020)
    database = build(tmp_path, [first, second])
    assert rows(database, CELL) == [(950, "exact", "revised", 3, 2021)]
    assert rows(database, "SELECT value, other_value FROM contradictions") == [(900, 950)]


def test_of_two_bounds_the_later_edition_is_taken_and_in_one_edition_the_narrower(tmp_path: Path):
    first = edition(2020).says("Some 40,000 calls", "40,000", 40_000, qualifier="about", year=2020)
    second = edition(2021).says("Over 39,000 calls", "39,000", 39_000, qualifier="more_than", year=2020)
    second.says("Nearly 41,000 calls", "41,000", 41_000, qualifier="nearly", year=2020)
    database = build(tmp_path, [first, second])
    assert rows(database, CELL) == [(41_000, "nearly", "agreed", 3, 2021)]


def test_a_page_that_repeats_its_words_makes_one_statement(tmp_path: Path):
    first = edition(2020).says("We took 900 calls.", "900", 900)
    again = edition(2020, at=2022).says("We took 900 calls.", "900", 900)
    database = build(tmp_path, [first, again])
    assert rows(database, CELL) == [(900, "exact", "single", 1, 2020)]
    assert rows(database, "SELECT fact_id FROM metric_year") == [(first.facts[0].fact_id,)]
    assert rows(database, "SELECT year(first_seen), year(last_seen) FROM statements") == [(2021, 2022)]


def test_within_an_edition_what_is_still_on_the_page_beats_what_was_taken_off(tmp_path: Path):
    first = edition(2020).says("We took 900 calls.", "900", 900)
    corrected = edition(2020, at=2022).says("We took 905 calls.", "905", 905)
    database = build(tmp_path, [first, corrected])
    assert rows(database, CELL) == [(905, "exact", "contradicted", 2, 2020)]
    assert rows(database, "SELECT reason FROM statements WHERE precedence = 2") == [
        ("same edition; no longer on the page when last captured",)
    ]


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


def test_changes_keep_their_base_year_and_count_repeated_words_once(tmp_path: Path):
    pages = [
        edition(2021, at=at).says(
            "Calls fell by 12% from 2020.", "12%", -12, kind="change_percent", base_year=2020, unit="percent"
        )
        for at in (2022, 2023)
    ]
    database = build(tmp_path, pages)
    assert rows(database, "SELECT metric, kind, base_year, year, value FROM changes") == [
        ("calls", "change_percent", 2020, 2021, -12)
    ]


def test_the_review_queue_lists_what_has_no_metric_the_latest_edition_first(tmp_path: Path):
    pages = [
        edition(number).says(f"We lent 7 kayaks in {number}.", "7", 7, None, label="kayaks lent")
        for number in (2020, 2022, 2021)
    ]
    pages[0].says("We took 900 calls.", "900", 900)
    database = build(tmp_path, pages)
    assert rows(database, "SELECT edition, label FROM review_queue") == [
        (2022, "kayaks lent"),
        (2021, "kayaks lent"),
        (2020, "kayaks lent"),
    ]


def parts(total: int = 1000, child: int = 400) -> Page:
    page = edition(2021).says(f"We took {total} calls.", f"{total}", total)
    page.says("Adults made 600 calls.", "600", 600, dimensions={"caller": "adult"})
    return page.says(f"Children made {child} calls.", f"{child}", child, dimensions={"caller": "child"})


RECONCILED = "SELECT rule, lhs, rhs, tolerance, outcome FROM reconciliations"


def test_parts_and_total_are_checked_exactly(tmp_path: Path):
    assert rows(build(tmp_path, [parts()], name="a.duckdb"), RECONCILED) == [("sum", 1000, 1000, 0, "holds")]
    assert rows(build(tmp_path, [parts(total=1001)], name="b.duckdb"), RECONCILED) == [("sum", 1000, 1001, 0, "fails")]


def test_an_identity_is_listed_only_when_complete(tmp_path: Path):
    no_total = edition(2021).says("Adults made 600 calls.", "600", 600, dimensions={"caller": "adult"})
    no_total.says("Children made 400 calls.", "400", 400, dimensions={"caller": "child"})
    no_part = edition(2022).says("We took 900 calls.", "900", 900)
    no_part.says("Adults made 600 calls.", "600", 600, dimensions={"caller": "adult"})
    bounded = edition(2023).says("We took over 900 calls.", "900", 900, qualifier="more_than")
    bounded.says("Adults made 600 calls.", "600", 600, dimensions={"caller": "adult"})
    bounded.says("Children made 400 calls.", "400", 400, dimensions={"caller": "child"})
    assert rows(build(tmp_path, [no_total, no_part, bounded]), RECONCILED) == []


def test_figures_of_different_editions_are_not_added_up(tmp_path: Path):
    revised = edition(2022).says("The year before we took 1,050 calls.", "1,050", 1050, year=2021)
    database = build(tmp_path, [parts(), revised])
    assert rows(database, "SELECT edition, outcome FROM reconciliations") == [(2021, "holds")]
    assert rows(database, "SELECT value, status FROM metric_year WHERE breakdown = ''") == [(1050, "revised")]


def test_a_rounded_total_may_be_off_by_its_resolution(tmp_path: Path):
    page = edition(2021).says("We took 1.1 thousand calls.", "1.1 thousand", 1100, resolution=100)
    page.says("Adults made 600 calls.", "600", 600, dimensions={"caller": "adult"})
    page.says("Children made 450 calls.", "450", 450, dimensions={"caller": "child"})
    assert rows(build(tmp_path, [page]), RECONCILED) == [("sum", 1050, 1100, 100, "holds")]


@pytest.mark.parametrize(
    ("shares", "resolution", "tolerance", "outcome"),
    [
        (("60", "30", "10"), "1", 1.5, "holds"),
        (("60", "30", "9"), "1", 1.5, "holds"),
        (("60", "30", "8"), "1", 1.5, "fails"),
        (("60.1", "30.1", "9.7"), "0.1", 0.15, "holds"),
        (("60.1", "30.1", "10.0"), "0.1", 0.15, "fails"),
    ],
)
def test_shares_add_up_to_100_within_their_rounding(
    tmp_path: Path, shares: tuple[str, ...], resolution: str, tolerance: float, outcome: str
):
    page = edition(2021)
    for share, member in zip(shares, ("adult", "child", "unknown"), strict=True):
        page.says(
            f"{share}% of callers: {member}", f"{share}%", share, "caller_share",
            kind="percent", resolution=resolution, dimensions={"caller": member},
            value_low=Decimal(share) - Decimal(resolution), value_high=Decimal(share) + Decimal(resolution),
        )  # fmt: skip
    database = build(tmp_path, [page])
    assert rows(database, "SELECT rule, rhs, tolerance, outcome FROM reconciliations") == [
        ("shares", 100, tolerance, outcome)
    ]


def test_metrics_and_sources_say_what_was_seen(tmp_path: Path):
    database = build(tmp_path, [edition(2020).says("We took 900 calls.", "900", 900), edition(2021)])
    assert rows(database, "SELECT facts, first_year, last_year FROM metrics WHERE metric = 'calls'") == [
        (1, 2020, 2020)
    ]
    assert rows(database, "SELECT source, captures, editions, last_edition FROM sources") == [(SOURCE, 2, 2, 2021)]
