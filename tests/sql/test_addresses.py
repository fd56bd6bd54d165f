"""A page that moved: what its old address still shows, and what a later one says."""

from pathlib import Path

from tests.sql.pages import CELL
from tests.warehouse.facts_builder import Page, build, retrieval, rows, year

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
