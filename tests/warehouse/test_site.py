"""How the site puts a row into words and charts, and parts what is too long for one page."""

from xml.etree import ElementTree

import pytest

from tests.charts import needs_charts
from warehouse.site.charts import chart
from warehouse.site.paging import Block, paged, spans
from warehouse.site.text import visible
from warehouse.site.wording import change, figure, web, with_unit


def test_pages_are_parted_by_statements_and_by_bytes() -> None:
    many = [Block("x", "2021", "2021", statement=True) for _ in range(450)]
    assert [len(page) for page in paged(many)] == [200, 200, 50]
    large = [Block("y" * 100_000) for _ in range(3)]
    assert [len(page) for page in paged(large)] == [1, 1, 1]
    assert paged([]) == [[]]
    assert spans([many[:1]]) == ["2021"] and spans([many[:1], many[:2]]) == ["2021, part 1", "2021, part 2"]
    assert spans([[Block("x", "", "2021"), Block("x", "", "2019")], many[:1]]) == ["2021 to 2019", "2021"]


@needs_charts
@pytest.mark.parametrize("unit", ["people\x1b[1m", "\0", "\ufffe", "a\x0bb", "<&>]]>"])
def test_a_chart_is_drawn_of_any_words(unit: str) -> None:
    """What draws them ends the whole program at a letter that XML does not have."""
    figures = {"value_low": 1.0, "value_high": 1.0, "period_type": "year", "kind": "count", "status": "single"}
    parts = ("", f"{unit}={unit}")
    rows = [{"year": year, "value": 1.0, "breakdown": part, **figures} for year in (2020, 2021) for part in parts]
    drawn = chart("Boats", unit, rows, [])
    assert drawn is not None
    ElementTree.fromstring(drawn.files[""])


def test_what_no_reader_sees_is_written_out() -> None:
    assert visible("a\u202eb\x1b[1m\0c\u200fd") == "a\\u202eb\\u001b[1m\\u0000c\u200fd"


def test_figures_are_told_as_they_were_said() -> None:
    ratio = {"value": 1 / 6, "qualifier": "about", "kind": "ratio", "unit": "ratio"}
    assert with_unit(ratio) == "~1 in 6"
    assert figure({**ratio, "value": 0.4}) == "~0.4"
    total = {"value": 426000, "qualifier": "more_than", "kind": "count", "unit": "children"}
    assert with_unit(total) == ">426,000 children"
    before = {"value_before": None, "qualifier_before": None, "year_before": None, "period_type_before": None}
    assert change({**total, **before, "change": "new", "year": 2023, "period_type": "cumulative"}) == (
        ">426,000 to date, in 2023"
    )


@pytest.mark.parametrize(
    ("url", "leads"),
    [("https://shelter.example/a", True), ("http://127.0.0.1:8000/a", False), ("http://localhost/", False),
     ("javascript:alert(1)", False), ("http://[", False), (None, False)],
)  # fmt: skip
def test_an_address_of_this_machine_is_no_link(url: str | None, leads: bool) -> None:
    assert web(url) is leads
