"""What the tables say: which statement a cell takes, how it stands, what adds up."""

from decimal import Decimal
from pathlib import Path

import pytest

from extractors.metrics.card import SourceCard
from tests.warehouse.facts_builder import CARD, SOURCE, Page, build, retrieval, rows, year
from warehouse.build import open_candidate

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
        ("taken", "exact, and within what the latest edition says"),
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
        ("revised", "a later edition states it otherwise"),
    ]
    assert rows(
        database, "SELECT earlier_edition, earlier_value, later_edition, later_value, difference FROM revisions"
    ) == [(2020, 900, 2021, 910, 10)]
    assert rows(database, "FROM contradictions") == []


def test_a_later_edition_leads_whatever_its_qualifier(tmp_path: Path):
    first = edition(2020).says("We took 29,782 calls.", "29,782", 29782)
    second = edition(2021).says("More than 29,800 calls then.", "29,800", 29800, year=2020, qualifier="more_than")
    database = build(tmp_path, [first, second])
    assert rows(database, CELL) == [(29800, "more_than", "revised", 2, 2021)]
    assert rows(database, "SELECT outcome, step FROM statements") == [("taken", 2), ("revised", 4)]
    assert rows(database, "FROM contradictions") == []
    assert rows(database, "SELECT later_value FROM revisions") == [(29800,)]


def test_a_rounded_statement_of_a_later_edition_replaces_an_exact_one_it_does_not_meet(tmp_path: Path):
    first = edition(2021).says("We took 29,397,681 calls.", "29,397,681", 29397681)
    second = edition(2022).says(
        "In 2021 it was 28.1 million.", "28.1 million", 28_100_000, year=2021, resolution=100_000
    )
    database = build(tmp_path, [first, second])
    assert rows(database, CELL) == [(28_100_000, "exact", "revised", 2, 2022)]


def test_of_what_meets_the_leader_the_exact_is_taken_then_the_narrower_then_the_later(tmp_path: Path):
    def cell(name: str, *statements: tuple[int, str, int, str, int]) -> tuple:
        pages = [
            edition(number).says(text, text.split()[0], value, year=2019, qualifier=qualifier, resolution=resolution)
            for number, text, value, qualifier, resolution in statements
        ]
        found = rows(build(tmp_path, pages, name=name), "SELECT value, edition FROM metric_year")
        return found[0]

    exact, same = (2019, "912 calls", 912, "exact", 1), (2020, "912 calls then", 912, "exact", 1)
    narrow = (2020, "910.0 calls", 910, "exact", 10)
    about, more = (2022, "900 calls or so", 900, "about", 1), (2023, "850 calls and more", 850, "more_than", 1)
    assert cell("a.duckdb", exact, narrow, about, more) == (912, 2019)
    assert cell("b.duckdb", narrow, about, more) == (910, 2020)
    assert cell("c.duckdb", exact, same, more) == (912, 2020)
    assert cell("d.duckdb", exact, (2024, "990 calls or so", 990, "nearly", 1)) == (912, 2019)
    assert cell("e.duckdb", exact, (2024, "995 calls at least", 995, "at_least", 1)) == (995, 2024)


def test_two_statements_of_one_edition_that_differ_contradict(tmp_path: Path):
    page = edition(2020).says("We took 900 calls.", "900", 900).says("Calls: 950", "950", 950)
    database = build(tmp_path, [page])
    assert rows(database, CELL) == [(900, "exact", "contradicted", 2, 2020)]
    assert rows(database, "SELECT edition, value, other_value FROM contradictions") == [(2020, 900, 950)]
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


CORRECTED = "SELECT earlier_value, later_value, earlier_edition, later_edition FROM revisions"


def test_within_an_edition_what_the_page_says_now_corrects_what_it_said(tmp_path: Path):
    first = edition(2020).says("We took 900 calls.", "900", 900)
    corrected = edition(2020, at=2022).says("We took 905 calls.", "905", 905)
    database = build(tmp_path, [first, corrected])
    assert rows(database, CELL) == [(905, "exact", "revised", 2, 2020)]
    assert rows(database, "SELECT outcome, step, reason FROM statements WHERE precedence = 2") == [
        ("revised", 1, "no longer on the page of its edition, which states it otherwise")
    ]
    assert rows(database, CORRECTED) == [(900, 905, 2020, 2020)]
    assert rows(database, "SELECT year(last_seen_before), year(first_seen_after) FROM revisions") == [(2021, 2022)]
    assert rows(database, "FROM contradictions") == []


def test_a_rounded_correction_beats_an_exact_figure_that_has_gone(tmp_path: Path):
    first = edition(2020).says("We took 9,050 calls.", "9,050", 9050)
    corrected = edition(2020, at=2022).says("About 900 calls were taken.", "900", 900, qualifier="about")
    database = build(tmp_path, [first, corrected])
    assert rows(database, CELL) == [(900, "about", "revised", 2, 2020)]


def test_a_page_that_goes_back_to_what_it_said_is_believed_by_the_time_it_was_seen(tmp_path: Path):
    right = edition(2020).says("We took 28,886 calls.", "28,886", 28886)
    wrong = edition(2020, at=2022).says("We took 82,886 calls.", "82,886", 82886)
    shown = [retrieval(page.capture()) for page in (right, wrong)]
    shown.append(retrieval(right.capture(), retrieval_id="later", retrieved_at=year(2023), record_type="revisit"))
    for number, order in enumerate((shown, shown[::-1])):  # by time, never by order of loading
        database = build(tmp_path, [right, wrong], retrievals=order, name=f"{number}.duckdb")
        assert rows(database, CELL) == [(28886, "exact", "revised", 2, 2020)]
        assert rows(database, "SELECT sentence, outcome FROM statements WHERE precedence = 2") == [
            ("We took 82,886 calls.", "revised")
        ]


def test_what_is_gone_and_not_stated_otherwise_stays(tmp_path: Path):
    first = edition(2020).says("We took 900 calls.", "900", 900).says("7 boats", "7", 7, "boats", period_type="as_of")
    second = edition(2020, at=2022).says("7 boats", "7", 7, "boats", period_type="as_of")
    database = build(tmp_path, [first, second])
    assert rows(database, CELL + " WHERE metric = 'calls'") == [(900, "exact", "single", 1, 2020)]


def test_of_two_that_are_gone_the_one_said_last_stays(tmp_path: Path):
    first = edition(2020).says("We took 900 calls.", "900", 900)
    second = edition(2020, at=2022).says("We took some 950 calls.", "950", 950, qualifier="about")
    third = edition(2020, at=2023).says("7 boats", "7", 7, "boats", period_type="as_of")
    database = build(tmp_path, [first, second, third])
    assert rows(database, CELL + " WHERE metric = 'calls'") == [(950, "about", "revised", 2, 2020)]


def test_the_same_figure_in_other_words_is_no_correction(tmp_path: Path):
    first = edition(2020).says("We took 900 calls.", "900", 900)
    reworded = edition(2020, at=2022).says("900 calls were taken.", "900", 900)
    database = build(tmp_path, [first, reworded])
    assert rows(database, CELL) == [(900, "exact", "agreed", 2, 2020)]
    assert rows(database, "SELECT sentence, outcome FROM statements") == [
        ("900 calls were taken.", "taken"),
        ("We took 900 calls.", "agrees"),
    ]
    assert rows(database, "FROM revisions") == []


def test_what_a_refused_capture_shows_corrects_nothing(tmp_path: Path):
    first = edition(2020).says("We took 900 calls.", "900", 900)
    second = edition(2020, at=2022).says("We took 905 calls.", "905", 905)
    captures = [first.capture(), second.capture(refused="a block page")]
    database = build(tmp_path, [first, second], captures=captures)
    assert rows(database, CELL) == [(900, "exact", "single", 1, 2020)]
    assert rows(database, "SELECT outcome FROM retrievals") == [("new",), ("refused",)]


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


def certain(page_card: SourceCard) -> SourceCard:
    identities = [one.model_copy(update={"certain": True}) for one in page_card.identities]
    return page_card.model_copy(update={"identities": tuple(identities)})


def test_what_a_broken_identity_joins_is_held_back_and_the_rest_is_not(tmp_path: Path):
    page = parts(total=1001).says("7 boats", "7", 7, "boats", period_type="as_of")
    database = build(tmp_path, [page])
    assert rows(database, "SELECT metric, value FROM metric_year") == [("boats", 7)]
    assert rows(database, "SELECT DISTINCT outcome, step, reason FROM statements WHERE metric = 'calls'") == [
        ("held_back", None, "does not hold: calls by caller")
    ]
    assert rows(database, "SELECT refused, held_back FROM captures") == [
        (None, "calls by caller 2021: the parts make 1,000, stated is 1,001")
    ]
    accepted = build(tmp_path, [page], captures=[page.capture(accepted="Stated so.")], name="accepted.duckdb")
    assert rows(accepted, "SELECT count(*) FROM metric_year") == [(4,)]


def test_a_certain_identity_that_is_broken_refuses_its_capture_for_good(tmp_path: Path):
    wrong, right = parts(total=1001), edition(2022).says("We took 900 calls.", "900", 900)
    wrong.says("7 boats", "7", 7, "boats", period_type="as_of")
    again = {"sighting_of": wrong.capture()["capture_id"], "capture_id": "again", "sha256": "f" * 64}
    captures = [wrong.capture(), wrong.capture(**again), right.capture()]
    database = build(tmp_path, [wrong, right], captures=captures, cards=[certain(CARD)])
    assert rows(database, "SELECT metric, year, value, status FROM metric_year") == [("calls", 2022, 900, "single")]
    reason = "an identity does not hold: calls by caller 2021: the parts make 1,000, stated is 1,001"
    assert rows(database, "SELECT refused FROM captures ORDER BY refused") == [(reason,), (reason,), (None,)]
    assert rows(database, "SELECT count(DISTINCT capture_sha256) FROM passages") == [(1,)]
    assert rows(database, "FROM reconciliations") == []


def test_a_capture_of_a_web_archive_is_held_back_in_part_only(tmp_path: Path):
    wrong = parts(total=1001).says("7 boats", "7", 7, "boats", period_type="as_of")
    archived = wrong.capture(archived_url="http://archive.example/2022id_/http://river.example")
    database = build(tmp_path, [wrong], captures=[archived], cards=[certain(CARD)])
    assert rows(database, "SELECT metric, value FROM metric_year") == [("boats", 7)]
    assert rows(database, "SELECT refused, held_back IS NULL FROM captures") == [(None, False)]


OLD, NEW = "http://river.example/old", "http://river.example/new"


def at_addresses(folder: Path, name: str, *shown: tuple[Page, str, int | None]) -> Path:
    """Build what addresses showed, each with the last year in which the page stood there."""
    pages = [page for page, _, _ in shown]
    retrievals = [retrieval(page.capture(), page=address, page_until=until) for page, address, until in shown]
    return build(folder, pages, retrievals=retrievals, name=name)


def test_an_address_whose_years_are_over_does_not_contradict_the_one_that_came_after(tmp_path: Path):
    moved = Page(2014, year(2015)).says("We took 914 calls.", "914", 914)
    old = Page(2014, year(2016)).says("We took 900 calls.", "900", 900)  # still shown there, and seen later

    def cell(name: str, until: int | None) -> list[tuple]:
        database = at_addresses(tmp_path, name, (old, OLD, until), (moved, NEW, None))
        return rows(database, CELL + " UNION ALL SELECT value, other_value::VARCHAR, '', 0, 0 FROM contradictions")

    assert cell("over.duckdb", 2015) == [(914, "exact", "revised", 2, 2014)]
    assert cell("both.duckdb", None) == [(900, "exact", "contradicted", 2, 2014), (900, "914.0", "", 0, 0)]


def test_what_only_the_old_address_states_still_stands(tmp_path: Path):
    old = Page(2014, year(2015)).says("We took 900 calls.", "900", 900).says("We had 7 boats.", "7", 7, "boats")
    new = Page(2014, year(2016)).says("We took 900 calls.", "900", 900)
    database = at_addresses(tmp_path, "one.duckdb", (old, OLD, 2015), (new, NEW, None))
    assert rows(database, "SELECT metric, value, status FROM metric_year ORDER BY ALL") == [
        ("boats", 7, "single"),
        ("calls", 900, "single"),
    ]
    assert rows(database, "FROM contradictions UNION ALL BY NAME FROM revisions") == []


def test_of_three_addresses_the_last_that_states_it_speaks(tmp_path: Path):
    first = Page(2014, year(2018)).says("We took 900 calls.", "900", 900)
    second = Page(2014, year(2017)).says("We took 914 calls.", "914", 914)
    third = Page(2014, year(2016)).says("We had 7 boats.", "7", 7, "boats")
    shown = [(first, OLD, 2012), (second, NEW, 2015), (third, f"{NEW}er", None)]
    database = at_addresses(tmp_path, "three.duckdb", *shown)
    assert rows(database, "SELECT metric, value, status FROM metric_year ORDER BY ALL") == [
        ("boats", 7, "single"),
        ("calls", 914, "revised"),
    ]


def test_an_identity_is_checked_on_what_one_capture_states(tmp_path: Path):
    wrong, right = parts(total=1001), Page(2021, year(2023))
    right.passages, right.numerals, right.facts = [], [], []
    right.says("We took 1000 calls.", "1000", 1000)
    right.says("Adults made 600 calls.", "600", 600, dimensions={"caller": "adult"})
    right.says("Children made 400 calls.", "400", 400, dimensions={"caller": "child"})
    database = build(tmp_path, [wrong, right])
    assert rows(database, "SELECT breakdown, value, status FROM metric_year") == [
        ("", 1000, "single"),
        ("caller=adult", 600, "single"),
        ("caller=child", 400, "single"),
    ]
    assert rows(database, "SELECT rhs, outcome FROM reconciliations") == [(1001, "fails"), (1000, "holds")]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"value": -3}, "negative"),
        ({"value": 0.5}, "a count that is not whole"),
        ({"year": 2031}, "a year before 1900 or after the edition"),
        ({"metric": "caller_share", "value": 108, "kind": "percent"}, "a share outside 0-100"),
    ],
)
def test_a_value_that_cannot_be_is_held_back_alone(tmp_path: Path, fields: dict, problem: str):
    page = edition(2021).says("We took 900 calls.", "900", 900, year=2020)
    page.says("Adults: #", "#", **({"value": 600, "dimensions": {"caller": "adult"}} | fields))
    database = build(tmp_path, [page])
    assert rows(database, "SELECT value FROM metric_year") == [(900,)]
    assert rows(database, "SELECT held_back FROM facts WHERE held_back IS NOT NULL") == [(problem,)]
    accepted = build(tmp_path, [page], captures=[page.capture(accepted="So it is.")], name="accepted.duckdb")
    assert rows(accepted, "SELECT count(*) FROM metric_year") == [(2,)]


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
