"""What the page of an edition says now corrects what it said; what only goes does not."""

from pathlib import Path

import pytest

from tests.sql.pages import CELL, edition
from tests.warehouse.facts_builder import build, retrieval, rows, year

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


@pytest.mark.parametrize(
    ("words", "fields", "differs"),
    [
        ("In 2020 it was {} calls.", {}, None),
        ("In 2020 it was {} calls from abroad.", {}, "scope"),
        ("In 2020 it was {} verified calls.", {}, "scope"),
        ("In 2020 it was {} callers.", {"unit": "callers"}, "unit"),
    ],
)
def test_what_is_stated_of_another_unit_or_scope_is_told_from_a_restatement(
    tmp_path: Path, words: str, fields: dict, differs: str | None
):
    later = edition(2021).says(words.format(950), "950", 950, year=2020, **fields)
    database = build(tmp_path, [edition(2020).says("We took 900 calls.", "900", 900), later])
    assert rows(database, "SELECT earlier_value, later_value, differs_in FROM revisions") == [(900, 950, differs)]
