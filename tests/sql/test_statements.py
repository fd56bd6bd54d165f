"""Which statement a cell takes, and how it stands."""

from pathlib import Path

from tests.sql.pages import CELL, edition
from tests.warehouse.facts_builder import build, rows


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
