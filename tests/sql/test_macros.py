"""What analysts call on the published file: series, cite, compare, whats_new; under any name of the database."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.sql.pages import edition
from tests.warehouse.facts_builder import SOURCE, build, rows
from warehouse.build import finish, open_candidate


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three editions; the last restates a year, drops the boats, and has a part for the first time."""
    first = edition(2020).says("We took 900 calls.", "900", 900)
    first.says("We have 7 boats.", "7", 7, metric="boats", unit="boats", period_type="as_of")
    second = edition(2021).says("We took 1,000 calls.", "1,000", 1000).says("900 calls in 2020", "900", 900, year=2020)
    second.says("We have 8 boats.", "8", 8, metric="boats", unit="boats", period_type="as_of")
    third = edition(2022).says("Calls taken: 1,200", "1,200", 1200).says("990 calls in 2021", "990", 990, year=2021)
    third.says("Adults made 300 calls.", "300", 300, dimensions={"caller": "adult"})
    third.says("5,000 calls to date", "5,000", 5000, period_type="cumulative")
    database = build(tmp_path_factory.mktemp("published"), [first, second, third])
    with open_candidate(database) as con:
        finish(con)
    return database


def changes(database: Path, query: str) -> set[tuple[Any, ...]]:
    columns = "metric, breakdown, change, year_before, value_before, statement_before, year, value, statement"
    return set(rows(database, f"SELECT {columns} FROM {query}"))


def test_series_gives_the_years_of_a_metric_the_total_before_its_parts(published: Path):
    query = "SELECT breakdown, year, value, status, statement, share_of_total FROM series('calls')"
    assert rows(published, query) == [
        ("", 2020, 900, "agreed", "900 calls in 2020", None),
        ("", 2021, 990, "revised", "990 calls in 2021", None),
        ("", 2022, 1200, "single", "Calls taken: 1,200", None),
        ("caller=adult", 2022, 300, "single", "Adults made 300 calls.", 0.25),
        ("", 2022, 5000, "single", "5,000 calls to date", None),
    ]
    assert rows(published, "SELECT value FROM series(metric := 'boats')") == [(7,), (8,)]
    assert rows(published, "FROM series('no such metric')") == []


def test_cite_gives_a_line_for_each_figure_that_says_who_where_when_and_in_what_words(published: Path):
    (total, part, _) = rows(published, f"SELECT citation FROM cite('{SOURCE}', 'calls', 2022)")
    ((fact_id, sha256),) = rows(published, "SELECT fact_id, capture_sha256 FROM facts WHERE surface = '1,200'")
    assert total == (
        "River Aid, “River Aid impact”, edition 2022: “Calls taken: 1,200” https://river.example/impact, "
        f"retrieved 2023-05-01; fact {fact_id}, SHA-256 {sha256}",
    )
    assert "“Adults made 300 calls.”" in part[0]
    assert rows(published, f"FROM cite('{SOURCE}', 'calls', 1999)") == []
    assert rows(published, f"SELECT period_type, breakdown, value FROM cite('{SOURCE}', 'calls', 2022)") == [
        ("year", "", 1200),
        ("year", "caller=adult", 300),
        ("cumulative", "", 5000),
    ]


def test_cite_gives_the_address_of_the_archive_when_there_is_one(tmp_path: Path):
    kept = "https://archive.example/web/2021/https://river.example/impact"
    page = edition(2020).says("We took 900 calls {not a placeholder}.", "900", 900, archived_url=kept, url=None)
    database = build(tmp_path, [page])
    with open_candidate(database) as con:
        finish(con)
    ((line,),) = rows(database, f"SELECT citation FROM cite('{SOURCE}', 'calls', 2020)")
    assert f"“We took 900 calls {{not a placeholder}}.” {kept}, retrieved 2021-05-01" in line


def test_whats_new_gives_the_latest_edition_against_the_one_before(published: Path):
    assert changes(published, f"whats_new('{SOURCE}')") == {
        ("calls", "", "restated", 2021, 1000, "We took 1,000 calls.", 2021, 990, "990 calls in 2021"),
        ("calls", "caller=adult", "new", None, None, None, 2022, 300, "Adults made 300 calls."),
        ("calls", "", "new", None, None, None, 2022, 5000, "5,000 calls to date"),
        ("boats", "", "dropped", 2021, 8, "We have 8 boats.", None, None, None),
    }
    ordered = f"SELECT change, period_type, breakdown FROM whats_new('{SOURCE}')"
    assert rows(published, ordered) == [
        ("new", "cumulative", ""),
        ("new", "year", "caller=adult"),
        ("restated", "year", ""),
        ("dropped", "as_of", ""),
    ]


@pytest.mark.parametrize(("before", "later"), [(2020, 2021), (2021, 2022)])
def test_compare_says_of_neighbours_what_edition_changes_says(published: Path, before: int, later: int):
    compared = rows(published, f"FROM compare('{SOURCE}', {before}, {later})")
    assert compared and compared == rows(published, f"FROM edition_changes WHERE edition = {later}")


def test_compare_takes_any_two_editions_either_way(published: Path):
    assert changes(published, f"compare('{SOURCE}', 2020, 2022)") == {
        ("calls", "", "reworded", 2020, 900, "We took 900 calls.", 2022, 1200, "Calls taken: 1,200"),
        ("calls", "caller=adult", "new", None, None, None, 2022, 300, "Adults made 300 calls."),
        ("calls", "", "new", None, None, None, 2022, 5000, "5,000 calls to date"),
        ("boats", "", "dropped", 2020, 7, "We have 7 boats.", None, None, None),
    }
    assert rows(
        published,
        f"SELECT metric, change, edition, edition_before FROM compare('{SOURCE}', 2022, 2020) WHERE metric = 'boats'",
    ) == [("boats", "new", 2020, 2022)]


@pytest.mark.parametrize("editions", ["2020, 1999", "2020, 2020", "NULL, 2020"])
def test_compare_is_empty_unless_there_are_both_editions(published: Path, editions: str):
    assert rows(published, f"FROM compare('{SOURCE}', {editions})") == []


def test_the_macros_work_in_a_database_that_is_attached_under_another_name(published: Path):
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{published}' AS some_ledger (READ_ONLY)")
        con.execute("USE some_ledger")
        assert len(con.execute("FROM series('calls')").fetchall()) == 5
        for call in (f"cite('{SOURCE}', 'calls', 2022)", f"compare('{SOURCE}', 2020, 2022)", f"whats_new('{SOURCE}')"):
            assert con.execute(f"FROM {call}").fetchall(), call


def test_the_macros_are_documented_and_name_no_database(published: Path):
    query = "FROM duckdb_functions() SELECT function_name, parameters, comment, macro_definition WHERE NOT internal"
    found = {name: (parameters, comment, text) for name, parameters, comment, text in rows(published, query)}
    assert [found[name][0] for name in ("series", "cite", "compare", "whats_new")] == [
        ["metric"], ["source", "metric", "year"], ["source", "edition_a", "edition_b"], ["source"],
    ]  # fmt: skip
    for name in ("series", "cite", "compare", "whats_new"):
        assert found[name][1].startswith(f"{name}({', '.join(found[name][0])}): ")
    assert not [name for name, (_, _, text) in found.items() if "candidate" in text or "staging" in text]
