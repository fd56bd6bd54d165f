"""Decisions over the tables: what they change, what they leave, and what is said of those that hold no more."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.facts_builder import CARD, SOURCE, Page, build, rows, year
from tests.warehouse.test_decisions import decision, worded
from warehouse.build import open_candidate, run_audits
from warehouse.decisions import Decision, Expect

SENTENCE = "In 2021 crews took 310 calls at night."


def queued(page: Page | None = None) -> Page:
    return (page or Page(2021)).says(SENTENCE, "310", 310, metric=None, label="calls at night")


def on(page: Page, quote: str = "In 2021 crews took [310] calls at night.", **fields: Any) -> Decision:
    surface = quote.partition("[")[2].partition("]")[0]
    given = {"surface": surface, "value": Decimal(310), "period_type": "year", "year": page.edition, "metric": None}
    given |= fields.pop("expect", {})
    about = {"capture": page.capture()["capture_id"], "quote": quote, "members": {}, "expect": Expect(**given)}
    return decision(**(about | fields))


def outcomes(database: Path) -> list[tuple[Any, ...]]:
    return rows(database, "SELECT outcome, detail FROM decisions")


def built(tmp_path: Path, pages: list[Page], *made: Decision, **inputs: Any) -> Path:
    database = build(tmp_path, pages, decisions={SOURCE: made}, **inputs)
    with open_candidate(database) as con:
        broken = {one.name for one in run_audits(con) if one.blocking and not one.passed}
    assert broken <= {"digits_accounted_for"}  # the years of these pages are in no ledger
    return database


def test_a_statement_takes_the_metric_and_the_part_it_is_given(tmp_path: Path):
    page = queued().says("We took 900 calls.", "900", 900)
    made = on(page, metric="calls", members={"caller": "child"})
    database = built(tmp_path, [page], made)
    assert outcomes(database) == [("applies", None)]
    assert rows(database, "SELECT breakdown, value, decision, decided_by FROM metric_year") == [
        ("", 900.0, None, None),
        ("caller=child", 310.0, "d1234567", "ana"),
    ]
    assert rows(database, "FROM review_queue") == []
    assert rows(database, "SELECT label, decision, page_says, dismissed FROM facts WHERE value = 310") == [
        ("Calls answered", "d1234567", {"metric": None, "breakdown": ""}, False)
    ]
    assert rows(database, "SELECT made_by, why, action, len(fact_ids) FROM decisions") == [
        ("ana", "Seen on the page.", "metric calls, caller=child", 1)
    ]


def test_without_a_decision_nothing_is_decided(tmp_path: Path):
    database = built(tmp_path, [queued().says("We took 900 calls.", "900", 900)])
    assert rows(database, "FROM decisions") == []
    assert rows(database, "SELECT DISTINCT decision, decided_by, page_says, dismissed FROM facts") == [
        (None, None, None, False)
    ]


def test_a_value_a_year_and_a_unit_are_corrected_and_what_the_page_says_stays_readable(tmp_path: Path):
    page = Page(2021).says(
        "In 2012 we took about 9,00 calls.", "9,00", 9, qualifier="about", year=2012, period_start=dt.date(2012, 1, 1)
    )
    expect = {"value": Decimal(9), "year": 2012, "metric": "calls"}
    corrections = {"value": Decimal(900), "year": 2021, "unit": "phone calls", "qualifier": "exact", "metric": None}
    database = built(tmp_path, [page], on(page, "In 2012 we took about [9,00] calls.", expect=expect, **corrections))
    assert outcomes(database) == [("applies", None)]
    query = "SELECT metric, value, value_low, value_high, resolution, year, unit, qualifier, period_start FROM facts"
    assert rows(database, query) == [("calls", 900, 900, 900, 1, 2021, "phone calls", "exact", None)]
    assert rows(database, "SELECT page_says FROM facts") == [
        ({"value": "9", "year": "2012", "unit": "calls", "qualifier": "about"},)
    ]
    assert rows(database, "SELECT year, value, decision FROM metric_year") == [(2021, 900.0, "d1234567")]


def test_what_is_excluded_is_no_fact_and_the_ledger_says_who_says_so(tmp_path: Path):
    page = queued().says("We took 900 calls.", "900", 900)
    database = built(tmp_path, [page], on(page, metric=None, exclude="a room number"))
    assert outcomes(database) == [("applies", None)]
    assert rows(database, "SELECT value FROM facts") == [(900.0,)]
    assert rows(database, "FROM review_queue") == []
    assert rows(database, "SELECT disposition, reason, fact_id FROM numerals WHERE surface = '310'") == [
        ("excluded", "decided: a room number", None)
    ]


def test_what_is_dismissed_is_a_fact_that_no_table_asks_about(tmp_path: Path):
    page = Page(2021).says(SENTENCE, "310", 310)
    database = built(tmp_path, [page], on(page, metric=None, dismiss=True, expect={"metric": "calls"}))
    assert outcomes(database) == [("applies", None)]
    assert rows(database, "SELECT metric, dismissed, page_says FROM facts") == [(None, True, {"metric": "calls"})]
    assert rows(database, "FROM metric_year") == []
    assert rows(database, "FROM review_queue") == []


def test_a_decision_is_for_the_statement_in_every_capture_of_its_edition_and_in_no_other_edition(tmp_path: Path):
    first, again, later = queued(), queued(Page(2021, year(2023))), queued(Page(2022, year(2024)))
    database = built(tmp_path, [first, again, later], on(first))
    assert outcomes(database) == [("applies", None)]
    assert rows(database, "SELECT edition, count(decision), count(*) FROM facts GROUP BY ALL ORDER BY ALL") == [
        (2021, 2, 2),
        (2022, 0, 1),
    ]
    assert rows(database, "SELECT edition FROM review_queue") == [(2022,)]


def test_a_decision_for_the_wording_holds_for_every_edition_that_says_it_so(tmp_path: Path):
    pages = [queued(), Page(2022, year(2023)).says(SENTENCE.replace("2021", "2022"), "310", 310, metric=None)]
    ((wording,),) = rows(built(tmp_path, pages), "SELECT DISTINCT wording FROM facts")
    made = worded(wording=wording, metric="calls", members={}, edition_offset=-1, expect=on(pages[0]).expect)
    (tmp_path / "b").mkdir()
    database = built(tmp_path / "b", pages, made)
    assert outcomes(database) == [("applies", None)]
    assert rows(database, "SELECT year, edition, decision FROM metric_year") == [
        (2020, 2021, "d1234567"),
        (2021, 2022, "d1234567"),
    ]


def test_one_for_a_statement_goes_before_one_for_its_wording(tmp_path: Path):
    page = queued()
    ((wording,),) = rows(built(tmp_path, [page]), "SELECT DISTINCT wording FROM facts")
    (tmp_path / "b").mkdir()
    both = (on(page, metric="boats"), worded(id="d2", wording=wording, metric="calls", members={}))
    database = built(tmp_path / "b", [page], *both)
    assert outcomes(database) == [("applies", None), ("applies", None)]
    assert rows(database, "SELECT metric, period_type, decision FROM facts") == [("boats", "as_of", "d1234567")]


def test_it_is_not_needed_once_the_rules_agree(tmp_path: Path):
    page = Page(2021).says(SENTENCE, "310", 310)
    database = built(tmp_path, [page], on(page, metric="calls"))
    assert outcomes(database) == [("not_needed", "the rules say so now")]
    assert rows(database, "SELECT decision, page_says FROM facts") == [(None, None)]


def test_a_page_that_does_not_say_it_is_told(tmp_path: Path):
    page = queued()
    other = on(page, "In 2021 crews took [311] calls at night.")
    gone = on(page, id="d2", capture="20990101T000000Z-000000000000", when=other.when + dt.timedelta(1))
    words = worded(id="d3", when=other.when + dt.timedelta(2), dismiss=True)
    database = built(tmp_path, [page], other, gone, words)
    assert [outcome for outcome, _ in outcomes(database)] == ["page_changed"] * 3
    assert rows(database, "SELECT count(*) FROM review_queue") == [(1,)]


def test_a_correction_is_told_of_once_the_page_of_its_edition_says_it_otherwise(tmp_path: Path):
    first = queued()
    later = Page(2021, year(2023)).says(SENTENCE.replace("310", "312"), "312", 312)
    correct = on(first, metric="calls", value=Decimal(312))
    database = built(tmp_path, [first, later], correct)
    assert outcomes(database) == [("page_changed", "the page of edition 2021 no longer says it so")]
    assert rows(database, "SELECT value, status FROM metric_year") == [(312.0, "agreed")]
    (tmp_path / "b").mkdir()
    assert outcomes(built(tmp_path / "b", [first, later], on(first, metric="calls"))) == [("applies", None)]


def test_what_a_check_refused_is_not_what_the_page_says_now(tmp_path: Path):
    first = queued()
    later = Page(2021, year(2023)).says("We took 900 calls.", "900", 900)
    captures = [first.capture(), later.capture(refused="it states far fewer statistics")]
    made = on(first, metric="calls", value=Decimal(312))
    database = build(tmp_path, [first, later], captures=captures, decisions={SOURCE: [made]})
    assert outcomes(database) == [("applies", None)]


def test_a_reading_that_is_another_now_is_told_and_speaks_for_no_cell(tmp_path: Path):
    page = Page(2021).says(SENTENCE, "310", 31, metric=None)
    database = built(tmp_path, [page], on(page, metric="calls"))
    assert outcomes(database) == [("extractor_changed", "its value is 31, was 310")]
    assert rows(database, "FROM metric_year") == []
    assert rows(database, "SELECT metric, held_back FROM facts") == [
        ("calls", "read otherwise than when decision d1234567 was made: its value is 31, was 310")
    ]


def test_another_metric_by_the_rules_is_told_and_the_decision_holds(tmp_path: Path):
    page = Page(2021).says(SENTENCE, "310", 310, metric="boats", period_type="as_of")
    database = built(tmp_path, [page], on(page, metric="calls", period_type="year"))
    assert outcomes(database) == [("extractor_changed", "its metric by the rules is boats, was none")]
    assert rows(database, "SELECT metric, value FROM metric_year") == [("calls", 310.0)]


def test_a_number_that_is_no_statistic_any_more_is_told_or_what_was_wanted(tmp_path: Path):
    page = Page(2021).excludes(SENTENCE, "310", reason="ordinal")
    database = built(tmp_path, [page], on(page))
    assert outcomes(database)[0][0] == "extractor_changed"
    (tmp_path / "b").mkdir()
    database = built(tmp_path / "b", [page], on(page, metric=None, exclude="a room number"))
    assert outcomes(database) == [("not_needed", "no rule takes the number for a statistic now")]


@pytest.mark.parametrize(
    "split",
    [
        ["In 2021 crews took", "310 calls at night.", "Boats: 310"],
        ["Nets were mended. In 2021 crews took 310 calls at night. Boats went out."],
        ["310", "calls at night", "310 nets"],
    ],
)
def test_where_passages_split_otherwise_it_applies_or_is_told(tmp_path: Path, split: list[str]):
    page = Page(2021)
    for text in split:
        if "310" in text:
            page.says(text, "310", 310, metric=None)
        else:
            page.passage(text)
    database = built(tmp_path, [page], on(page))
    ((outcome, _),) = outcomes(database)
    decided = rows(database, "SELECT sentence FROM facts WHERE decision IS NOT NULL")
    assert (outcome, decided) in [
        ("applies", [(next(text for text in split if "310" in text),)]),
        ("page_changed", []),
        ("ambiguous", []),
    ]
    assert outcome == "applies" or split[0] == "310"


def test_two_that_are_as_like_are_ambiguous_and_neither_is_taken(tmp_path: Path):
    page = Page(2021)
    for time in ("day", "night"):
        page.says(f"In 2021 the old crews took 310 calls by {time}.", "310", 310, metric=None)
    database = built(tmp_path, [page], on(page, "In 2021 crews took [310] calls"))
    assert [outcome for outcome, _ in outcomes(database)] == ["ambiguous"]
    assert rows(database, "SELECT count(decision) FROM facts") == [(0,)]


def test_the_same_words_twice_on_a_page_are_one_statement(tmp_path: Path):
    page = queued(queued())
    database = built(tmp_path, [page], on(page))
    assert outcomes(database) == [("applies", None)]
    assert rows(database, "SELECT count(decision) FROM facts") == [(2,)]


def test_two_decisions_on_one_statement_contradict_and_neither_is_taken(tmp_path: Path):
    page = queued()
    again = on(page, "crews took [310] calls", id="d2", metric="boats")
    database = built(tmp_path, [page], on(page, metric="calls"), again)
    assert outcomes(database) == [
        ("ambiguous", "decided otherwise by d2"),
        ("ambiguous", "decided otherwise by d1234567"),
    ]
    assert rows(database, "SELECT count(decision) FROM facts") == [(0,)]


def test_a_capture_that_says_the_same_stands_for_the_one_it_was_made_on(tmp_path: Path):
    first, same = queued(), queued(Page(2021, year(2023)))
    captures = [first.capture(), same.capture(sighting_of=first.capture()["capture_id"])]
    database = build(tmp_path, [first], captures=captures, decisions={SOURCE: [on(same)]})
    assert outcomes(database) == [("applies", None)]


def test_a_part_that_does_not_add_up_is_held_back_whoever_gave_it_its_metric(tmp_path: Path):
    page = Page(2021).says("We took 900 calls.", "900", 900)
    page.says("Adults made 500 calls.", "500", 500, dimensions={"caller": "adult"})
    made = on(queued(page), metric="calls", members={"caller": "child"})
    database = built(tmp_path, [page], made)
    assert rows(database, "SELECT DISTINCT held_back FROM facts") == [("does not hold: calls by caller",)]
    assert CARD.identities[0].dimension == "caller"
