"""Which figures of a table a note on scale is about, by their headers."""

import pytest

from extractors import read_page
from extractors.clauses.scale_notes import applying

ROWS = (
    "<table>{caption}<tr><th></th><th>2019</th></tr><tr><td>Fees</td><td>61.5</td></tr>"
    "<tr><td>Surplus per share</td><td>2.31</td></tr><tr><td>Visitors</td><td>18.4</td></tr>"
    "<tr><td>Number of staff</td><td>52</td></tr></table>"
)
Said = list[tuple[float, str | None]]
"""Value and unit of the four rows."""


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        (
            "Accounts (€ in thousands, except per share amounts)",
            [(61_500, "EUR"), (2.31, "EUR"), (18_400, "EUR"), (52, "staff")],
        ),
        (
            "Accounts (in £ millions unless otherwise stated)",
            [(61_500_000, "GBP"), (2_310_000, "GBP"), (18_400_000, "GBP"), (52, "staff")],
        ),
        (
            "The year (euro; visitors in thousands)",
            [(61.5, "EUR"), (2.31, "EUR"), (18_400, "visitors"), (52, "staff")],
        ),
        (
            "The year ($000, except visitors)",
            [(61_500, "USD"), (2_310, "USD"), (18.4, "visitors"), (52, "staff")],
        ),
    ],
)
def test_exceptions_and_limits_of_a_caption(caption: str, expected: Said) -> None:
    html = ROWS.format(caption=f"<caption>{caption}</caption>")
    assert [(float(fact.value), fact.unit) for fact in read_page(html.encode()).facts] == expected


@pytest.mark.parametrize(
    ("above", "value", "unit"),
    [
        ("<h3>Assets <small>(figures in €m)</small></h3>", 61_500_000, "EUR"),
        ("<h2>Assets (in US$ thousands, except visitors)</h2>", 61_500, "USD"),
        ("<h2>Assets</h2><p>All amounts are in £k.</p>", 61_500, "GBP"),
        ("<h2>Assets (rupees in crores)</h2>", 615_000_000, "INR"),
        ("<h2>Assets (INR in lakhs)</h2>", 6_150_000, "INR"),
    ],
)
def test_a_note_above_the_table(above: str, value: float, unit: str) -> None:
    first = read_page((above + ROWS.format(caption="")).encode()).facts[0]
    assert (float(first.value), first.unit) == (value, unit)


def test_a_note_in_the_corner() -> None:
    html = "<table><tr><th>(Rupees in crore)</th><th>2018-19</th></tr><tr><td>Rent</td><td>1.20</td></tr></table>"
    [fact] = read_page(html.encode()).facts
    assert (fact.value, fact.unit, fact.year) == (12_000_000, "INR", 2019)


@pytest.mark.parametrize(
    ("note", "headers", "expected"),
    [
        ("(in thousands)", ("calls",), "(in thousands)"),
        ("calls in thousands", ("north",), "calls in thousands"),
        ("calls by town (calls in thousands)", ("north",), "calls by town (calls in thousands)"),
        ("our year (calls in thousands)", ("north",), "our year ()"),
        ("our year (calls in thousands)", ("calls taken",), "(in thousands)"),
        ("money (spending in £000)", ("rent",), "money (spending in £000)"),
        ("(in thousands, except percentages)", ("rent",), "(in thousands)"),
        ("(in thousands, except percentages)", ("percentage of rent",), ""),
    ],
)
def test_what_of_a_note_applies(note: str, headers: tuple[str, ...], expected: str) -> None:
    assert applying(note, headers) == expected
