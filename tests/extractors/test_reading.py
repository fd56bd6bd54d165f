"""From a page's bytes to its facts: edition, provenance, ledger."""

import datetime as dt
import hashlib

import pytest

from extractors import read_page, read_text
from extractors.errors import InputError


def test_an_edition_given_wins() -> None:
    reading = read_text("In 2020 we ran 4 trams.\n\nWe ran 6 boats.", edition=2018)
    assert (reading.edition, reading.edition_basis) == (2018, "given")
    assert [fact.year for fact in reading.facts] == [2020, 2018]


@pytest.mark.parametrize("goal", ["By 2030 we aim to run 50 trams.", "We will run 50 trams by 2040."])
def test_years_after_the_retrieval_are_no_edition(goal: str) -> None:
    captured = dt.datetime(2022, 1, 5, tzinfo=dt.UTC)
    assert read_text(f"In 2021 we ran 4 trams. {goal}", captured_at=captured).edition == 2021


def test_a_goal_is_no_edition() -> None:
    assert read_text("In 2021 we ran 4 trams. By 2030 we aim to run 50 trams.").edition == 2021


PAGE = b"""<html><body><nav><a href="/">10 routes</a></nav><main><h1>Our 2021</h1><p>In 2021 we ran 4 trams.</p>
<p hidden>99 ghosts</p><table><tr><th>Year<th>2020<th>2021<tr><th>Boats<td>7<td>8</table></main></body></html>"""


def test_a_page_yields_facts_with_their_provenance() -> None:
    captured = dt.datetime(2022, 1, 5, tzinfo=dt.UTC)
    reading = read_page(PAGE, url="https://trams.example/", captured_at=captured, archived_url="https://old.example/1")
    trams = next(fact for fact in reading.facts if fact.surface == "4")
    assert trams.capture_sha256 == reading.capture_sha256 == hashlib.sha256(PAGE).hexdigest()
    assert (trams.captured_at, trams.archived_url) == (captured, "https://old.example/1")
    # What an archive kept is found there; the page itself has gone on.
    assert (trams.text_fragment_url or "").startswith("https://old.example/1#:~:text=")
    live = next(fact for fact in read_page(PAGE, url="https://trams.example/").facts if fact.surface == "4")
    assert (live.text_fragment_url or "").startswith("https://trams.example/#:~:text=")
    assert "4,-trams" in (live.text_fragment_url or "")
    assert (trams.sentence, trams.headings) == ("In 2021 we ran 4 trams.", ("Our 2021",))
    assert trams.xpath.endswith("/p[1]") or trams.xpath.endswith("/p")


def test_table_cells_are_dated_by_their_headers() -> None:
    boats = [fact for fact in read_page(PAGE).facts if fact.surface in ("7", "8")]
    assert [(f.year, f.period_basis, f.label) for f in boats] == [
        (2020, "heading", "Boats"),
        (2021, "heading", "Boats"),
    ]


def test_navigation_is_in_the_ledger_as_boilerplate_and_hidden_text_is_not() -> None:
    lines = {numeral.surface: numeral for numeral in read_page(PAGE).numerals}
    assert (lines["10"].disposition, lines["10"].reason) == ("excluded", "boilerplate")
    assert "99" not in lines


def test_the_same_words_elsewhere_are_another_fact() -> None:
    reading = read_text("We ran 4 trams.\n\nWe ran 4 trams.")
    assert len({fact.fact_id for fact in reading.facts}) == 2


def test_a_fact_id_rests_on_the_bytes_not_on_the_options() -> None:
    ids = [
        read_text("We ran 4 trams.", edition=year, url=url).facts[0].fact_id
        for year, url in [(2020, None), (2021, "u")]
    ]
    assert len(set(ids)) == 1


def test_a_data_file_is_refused_in_one_line() -> None:
    with pytest.raises(InputError, match="data file") as refusal:
        read_page(b"<table>" + b"<tr><td>5<td>6</tr>" * 10_001)
    assert "\n" not in str(refusal.value)
