"""What the tests of the models share: a page of an edition, and what is asked of its cells."""

from tests.warehouse.facts_builder import Page, year

CELL = "SELECT value, qualifier, status, statements, edition FROM metric_year"


def edition(number: int, *, at: int | None = None) -> Page:
    return Page(number, year(at or number + 1))
