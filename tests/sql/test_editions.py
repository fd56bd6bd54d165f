"""Each edition against the one before, and what each covers."""

from pathlib import Path

import pytest

from extractors.metrics.card import SourceCard
from tests.few import few_of
from tests.sql.pages import edition
from tests.warehouse.facts_builder import CARD, Page, build, rows, year

CHANGES = "SELECT edition, change, detail, value, value_before FROM edition_changes ORDER BY edition, metric, breakdown"


def boats(page: Page, number: int = 7, words: str = "We keep {} boats.") -> Page:
    return page.says(
        words.format(number), str(number), number, "boats", period_type="as_of", unit="boats", label="Boats afloat"
    )


def calls(number: int, value: int, words: str = "In {}, we took {} calls.", **fields: object) -> Page:
    return edition(number).says(words.format(number, f"{value:,}"), f"{value:,}", value, **fields)


def test_the_first_edition_is_compared_with_nothing(tmp_path: Path):
    assert rows(build(tmp_path, [calls(2020, 900)]), "FROM edition_changes") == []


def test_a_series_that_moves_on_by_a_year_in_the_same_words_is_unchanged(tmp_path: Path):
    database = build(tmp_path, [calls(2020, 900), calls(2021, 950)])
    assert rows(database, CHANGES) == [(2021, "unchanged", None, 950, 900)]
    assert rows(database, "SELECT year, year_before, statement, statement_before FROM edition_changes") == [
        (2021, 2020, "In 2021, we took 950 calls.", "In 2020, we took 900 calls.")
    ]


def test_what_came_is_new_and_what_went_is_dropped(tmp_path: Path):
    database = build(tmp_path, [boats(calls(2020, 900)), calls(2021, 950), boats(calls(2022, 960), 8)])
    assert rows(database, "SELECT edition, metric, change, value, value_before FROM edition_changes") == [
        (2021, "boats", "dropped", None, 7),
        (2021, "calls", "unchanged", 950, 900),
        (2022, "boats", "new", 8, None),
        (2022, "calls", "unchanged", 960, 950),
    ]
    assert rows(database, "SELECT count(*) FROM edition_changes WHERE (fact_id IS NULL) <> (change = 'dropped')") == [
        (0,)
    ]


@pytest.mark.parametrize(("now", "detail"), [(914, "up"), (800, "down")])
def test_a_year_that_is_stated_otherwise_is_restated(tmp_path: Path, now: int, detail: str):
    later = calls(2021, 950).says(f"The year before it was {now} calls.", str(now), now, year=2020)
    database = build(tmp_path, [calls(2020, 900), later])
    assert rows(database, CHANGES) == [(2021, "restated", detail, now, 900)]


def test_a_year_that_is_stated_within_what_was_claimed_is_not(tmp_path: Path):
    first = calls(2020, 21_751_085)
    later = calls(2021, 29_397_681).says(
        "It was 21.7 million then.", "21.7 million", 21_700_000, year=2020, resolution=100_000
    )
    assert rows(build(tmp_path, [first, later]), CHANGES) == [(2021, "unchanged", None, 29_397_681, 21_751_085)]


@pytest.mark.parametrize(
    ("words", "fields", "detail"),
    few_of(
        [
            ("Our helpline answered {1} calls in {0}.", {}, "words"),
            ("In {}, we took {} calls from parents.", {}, "scope"),
            ("In {}, we took {} verified calls.", {}, "scope"),
            ("In {}, we took {} calls, excluding wrong numbers.", {}, "scope"),
            ("In {}, we took {} letters.", {"unit": "letters"}, "unit"),
            ("In {}, we took {} helpline calls.", {"unit": "helpline calls"}, "words"),
            ("By the end of {}, we had taken {} calls.", {"period_type": "cumulative"}, "scope"),
            ("In {}, we took {} calls of adults.", {"dimensions": {"caller": "adult"}}, "scope"),
        ],
        4,
    ),
)
def test_other_words_are_told_apart_from_another_scope_and_another_unit(
    tmp_path: Path, words: str, fields: dict, detail: str
):
    database = build(tmp_path, [calls(2020, 900), calls(2021, 950, words, **fields)])
    assert rows(database, CHANGES) == [(2021, "reworded", detail, 950, 900)]
    assert rows(database, "FROM revisions") == []


def test_a_part_is_neither_unit_nor_scope_when_it_goes_by_its_members_name(tmp_path: Path):
    first = calls(2020, 900, "{}: {} calls from adults", dimensions={"caller": "adult"})
    later = calls(2021, 950, "Adults, {}: {}", dimensions={"caller": "adult"}, unit="adults")
    assert rows(build(tmp_path, [first, later]), CHANGES) == [(2021, "reworded", "words", 950, 900)]


def test_one_place_that_says_it_in_the_same_words_is_enough(tmp_path: Path):
    later = edition(2021).says("Our helpline took 950 calls.", "950", 950)
    later.says("In 2021, we took 950 calls.", "950", 950)
    assert rows(build(tmp_path, [calls(2020, 900), later]), CHANGES) == [(2021, "unchanged", None, 950, 900)]


def test_another_heading_is_another_wording_and_another_year_in_it_is_not(tmp_path: Path):
    def under(number: int, heading: str) -> Page:
        return calls(number, 900 + number, place={"headings": ("Report", heading)})

    database = build(tmp_path, [under(2020, "Our year 2020"), under(2021, "Our year 2021"), under(2022, "Helpline")])
    assert [row[1] for row in rows(database, CHANGES)] == ["unchanged", "reworded"]


def test_an_edition_is_compared_with_the_latest_before_it_that_a_good_capture_shows(tmp_path: Path):
    pages = [calls(2017, 800), calls(2020, 900), calls(2021, 1)]
    captures = [pages[0].capture(), pages[1].capture(), pages[2].capture(refused="a block page")]
    database = build(tmp_path, pages[:2], captures=captures)
    assert rows(database, "SELECT edition, edition_before, change FROM edition_changes") == [(2020, 2017, "unchanged")]


def test_what_was_corrected_within_an_edition_is_not_compared(tmp_path: Path):
    corrected = Page(2020, year(2022)).says("In 2020, we took 905 calls.", "905", 905)
    later = edition(2021, at=2023).says("In 2021, we took 950 calls.", "950", 950)
    later.says("In 2020, we took 905 calls.", "905", 905, year=2020)
    database = build(tmp_path, [calls(2020, 900), corrected, later])
    assert rows(database, CHANGES) == [(2021, "unchanged", None, 950, 905)]
    assert rows(database, "SELECT earlier_value, later_value, later_edition FROM revisions") == [(900, 905, 2020)]


def test_a_bare_cell_is_shown_with_its_heads(tmp_path: Path):
    cell = {"kind": "table_cell", "row_headers": ("Calls",), "column_headers": ("2021",)}
    page = edition(2021).says("950", "950", 950, place=cell)
    database = build(tmp_path, [calls(2020, 900), page])
    assert rows(database, "SELECT statement FROM edition_changes") == [("Calls, 2021: 950",)]
    assert rows(database, "SELECT wording FROM facts WHERE value = 950") == [("our work | calls | # | [#]",)]


COVERAGE = "SELECT edition, state, last_stated, value, value_before FROM coverage WHERE metric = 'calls'"


def test_each_metric_is_stated_gone_or_never_in_each_edition(tmp_path: Path):
    database = build(tmp_path, [boats(edition(2019)), calls(2020, 900), boats(edition(2021)), boats(edition(2022))])
    assert rows(database, COVERAGE) == [
        (2019, "never", None, None, None),
        (2020, "stated", 2020, 900, None),
        (2021, "gone", 2020, None, 900),
        (2022, "gone", 2020, None, 900),
    ]
    assert rows(database, "SELECT count(*) FROM coverage") == [(4 * len(CARD.metrics),)]


def queued(*said: tuple[str, int, dict]) -> Page:
    page = edition(2021)
    for words, value, fields in said:
        page.says(words.format(value), str(value), value, None, **({"label": "?"} | fields))
    return page


LIKE: tuple[str, int, dict] = ("Our volunteers answered {} calls in 2021.", 950, {})


@pytest.mark.parametrize(
    ("one", "state"),
    few_of(
        [
            (LIKE, "queued"),
            (("{} phone calls were answered by us.", 880, {"unit": "phone calls"}), "queued"),
            (("Our volunteers answered {} letters in 2021.", 950, {"unit": "letters"}), "gone"),
            (("Our volunteers answered {} calls in 2021.", 950, {"kind": "percent"}), "gone"),
            (("Our volunteers answered {} calls in 2021.", 95, {}), "gone"),
            (("Our volunteers answered {} calls a day.", 950, {"aggregation": "daily_average"}), "gone"),
            (("We mean to answer {} calls by volunteers.", 950, {"flags": ("target",)}), "gone"),
            (("Rain fell on {} calls.", 950, {}), "gone"),
        ],
        4,
    ),
)
def test_what_waits_in_the_queue_is_likely_it_when_unit_size_and_words_are_like(
    tmp_path: Path, one: tuple[str, int, dict], state: str
):
    before = calls(2020, 900, "In {}, volunteers took {} calls.")
    database = build(tmp_path, [before, queued(one)])
    value = one[1] if state == "queued" else None
    assert rows(database, COVERAGE + " AND edition = 2021") == [(2021, state, 2020, value, 900)]


def test_of_several_the_one_with_more_of_its_words_is_likeliest(tmp_path: Path):
    before = calls(2020, 900, "In {}, volunteers of the night team took {} calls.")
    near = ("Our night team, all volunteers, answered {} calls.", 1100, {})
    database = build(tmp_path, [before, queued(LIKE, near)])
    assert rows(database, COVERAGE + " AND edition = 2021") == [(2021, "queued", 2020, 1100, 900)]
    assert rows(database, "SELECT count(*) FROM review_queue") == [(2,)]


def test_the_range_of_the_card_says_which_size_is_likely(tmp_path: Path):
    wide = CARD.model_dump(by_alias=True)
    wide["metrics"]["calls"]["range"] = (90, 2000)
    before = calls(2020, 900, "In {}, volunteers took {} calls.")
    small = (LIKE[0], 95, {})
    database = build(tmp_path, [before, queued(small)], cards=[SourceCard.model_validate(wide)])
    assert rows(database, COVERAGE + " AND edition = 2021") == [(2021, "queued", 2020, 95, 900)]


def test_one_statistic_is_likely_one_metric_only(tmp_path: Path):
    before = calls(2020, 900, "In {}, volunteers took {} calls.")
    before.says("Volunteers of the night team took 910 calls.", "910", 910, "reach")
    database = build(tmp_path, [before, queued(LIKE)])
    assert rows(database, "SELECT metric FROM coverage WHERE state = 'queued'") == [("calls",)]
