"""Amounts below zero and currency signs, as tables of accounts set them."""

import pytest

from extractors import read_page, read_text

Amounts = list[tuple[float, str | None, int | None]]
"""Values with their unit and year."""


def amounts(html: str) -> Amounts:
    return [(float(fact.value), fact.unit, fact.year) for fact in read_page(html.encode()).facts]


def test_a_sign_before_a_bracket_or_a_minus_is_of_an_amount_below_zero() -> None:
    html = (
        "<table><tr><th></th><th>2019</th><th>2018</th></tr>"
        "<tr><td>Net result</td><td>€(8,300)</td><td>€ (910)</td></tr>"
        "<tr><td>Other result</td><td>£-65</td><td>US$(0.07)</td></tr></table>"
    )
    expected = [(-8300, "EUR", 2019), (-910, "EUR", 2018), (-65, "GBP", 2019), (-0.07, "USD", 2018)]
    assert amounts(html) == expected


def test_a_bracket_below_a_sign_of_its_column_is_of_an_amount_below_zero() -> None:
    html = (
        "<table><tr><td></td><td><b>2019</b></td></tr><tr><td>Net assets</td><td>$</td><td>(84,310</td><td>)</td></tr>"
        "<tr><td>Depreciation</td><td></td><td>(15,200</td><td>)</td></tr></table>"
    )
    assert [value for value, *_ in amounts(html)] == [-84310, -15200]


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("The year closed at $(6,400) after all costs.", "$(6,400)", -6400),
        ("The shop's result was £-2,150 in 2018.", "£-2,150", -2150),
        ("Result for 2018: A$ (1.5 million)", "A$ (1.5 million)", -1_500_000),
        ("A lamb fetched $5-10 at the door.", "$5-10", 5),
        ("A gift (£450) paid for the boat.", "£450", 450),
    ],
)
def test_the_same_in_prose(text: str, surface: str, value: float) -> None:
    [fact] = read_text(text).facts
    assert (fact.surface, fact.value) == (surface, value)


@pytest.mark.parametrize(
    ("label", "values"),
    [
        ("Loss on shares", [-77, -91]),
        ("Net result of the shop", [-77, -91]),
        ("Surplus/(deficit)", [-77, -91]),
        ("Loss of sight", [77, 91]),
        ("Results printed", [77, 91]),
        ("Boats (of which lent)", [77, 91]),
    ],
)
def test_a_bracket_alone_is_below_nought_where_the_label_says_that_it_may_be(label: str, values: list[float]) -> None:
    row = f"<tr><td>{label}</td><td>(77)</td><td>(91)</td></tr>"
    html = f"<table><tr><th></th><th>2017</th><th>2016</th></tr>{row}</table>"
    assert [value for value, *_ in amounts(html)] == values


TABLES: dict[str, tuple[str, Amounts]] = {
    "sign and bracket beside their figures": (
        "<table><tr><th></th><th colspan=3>2017</th><th colspan=3>2016</th></tr>"
        "<tr><td>Gifts</td><td>€</td><td>5,120</td><td></td><td>€</td><td>4,800</td><td></td></tr>"
        "<tr><td>Shortfall</td><td>€</td><td>(77</td><td>)</td><td>€</td><td>(91</td><td>)</td></tr></table>",
        [(5120, "EUR", 2017), (4800, "EUR", 2016), (-77, "EUR", 2017), (-91, "EUR", 2016)],
    ),
    "the bracket opens beside the sign": (
        "<table><tr><th></th><th colspan=3>2015</th></tr><tr><td>Result</td><td>£(</td><td>640</td><td>)</td></tr>"
        "<tr><td>Income</td><td>£</td><td>9,900</td><td></td></tr></table>",
        [(-640, "GBP", 2015), (9900, "GBP", 2015)],
    ),
    "a percent sign behind": (
        "<table><tr><th></th><th colspan=2>2015</th><th colspan=2>2014</th></tr>"
        "<tr><td>Women</td><td>41</td><td>%</td><td>38</td><td>%</td></tr></table>",
        [(41, "percent", 2015), (38, "percent", 2014)],
    ),
}


@pytest.mark.parametrize(("html", "expected"), TABLES.values(), ids=TABLES)
def test_signs_in_cells_of_their_own_belong_to_their_figures(html: str, expected: Amounts) -> None:
    assert amounts(html) == expected
