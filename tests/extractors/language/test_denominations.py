"""Notes of currency, scale and unit: one grammar, wherever a table has them."""

from decimal import Decimal

import pytest

from extractors import read_page, read_text
from extractors.language.denominations import denomination, denomination_in

THOUSAND, LAKH, MILLION, CRORE, BILLION = (Decimal(10) ** power for power in (3, 5, 6, 7, 9))


@pytest.mark.parametrize(
    ("note", "currency", "factor"),
    [
        ("£'000", "GBP", THOUSAND), ("R’000", "ZAR", THOUSAND), ("R million", "ZAR", MILLION), ("Rm", "ZAR", MILLION),
        ("R", "ZAR", None), ("RM million", "MYR", MILLION), ("RM'000", "MYR", THOUSAND), ("Rs. in crore", "INR", CRORE),
        ("(Rs in lakhs)", "INR", LAKH), ("₹ crore", "INR", CRORE), ("Rs. cr.", "INR", CRORE),
        ("Kshs '000", "KES", THOUSAND), ("KES'000", "KES", THOUSAND), ("KESm", "KES", MILLION),
        ("Shs '000", "Shs", THOUSAND), ("kr million", "kr", MILLION), ("A$'000", "AUD", THOUSAND), ("$m", "$", MILLION),
        ("T€", "EUR", THOUSAND), ("TEUR", "EUR", THOUSAND), ("MSEK", "SEK", MILLION), ("€ bn", "EUR", BILLION),
        ("thousands of US dollars", "USD", THOUSAND), ("All figures in GH₵'000", "GHS", THOUSAND),
        ("£m per year", "GBP", MILLION), ("'000", None, THOUSAND), ("000s", None, THOUSAND),
        ("Thousands", None, THOUSAND),
    ],
)  # fmt: skip
def test_money_and_scale(note: str, currency: str | None, factor: Decimal | None):
    stated = denomination(note)
    assert stated is not None
    assert (stated.currency, stated.factor, stated.unit, stated.noun) == (currency, factor, None, None)


@pytest.mark.parametrize(
    ("note", "factor", "unit", "noun"),
    [
        ("million m³", MILLION, "m³", None), ("thousand tonnes CO₂e", THOUSAND, "tonnes", None),
        ("GWh", None, "gwh", None), ("'000 sq m", THOUSAND, "sq m", None),
        ("thousand people", THOUSAND, None, "people"),
        ("millions of library visits", MILLION, None, "library visits"),
    ],
)  # fmt: skip
def test_units_and_what_is_counted(note: str, factor: Decimal | None, unit: str | None, noun: str | None):
    stated = denomination(note)
    assert stated is not None
    assert (stated.currency, stated.factor, stated.unit, stated.noun) == (None, factor, unit, noun)


@pytest.mark.parametrize(
    "text", ["m", "k", "cr", "Income", "Yard", "Square", "Mr", "R&D", "£5", "5 million", "KESSEL", "", "()", "M", "F"]
)
def test_none(text: str):
    assert denomination(text) is None


@pytest.mark.parametrize(
    ("head", "currency", "factor"),
    [
        ("2022 R'000", "ZAR", THOUSAND), ("£m 2022", "GBP", MILLION), ("2022 R", "ZAR", None),
        ("FY22 (Rs crore)", "INR", CRORE), ("2021-22 ₹ lakh", "INR", LAKH), ("Income, in € million", "EUR", MILLION),
        ("R million 2022/23", "ZAR", MILLION), ("Costs – thousands of euros", "EUR", THOUSAND),
    ],
)  # fmt: skip
def test_beside_other_words(head: str, currency: str, factor: Decimal | None):
    stated = denomination_in(head)
    assert stated is not None
    assert (stated.currency, stated.factor) == (currency, factor)


@pytest.mark.parametrize("head", ["2022 (R)", "Smith (R)", "Group R", "Rooms", "Hours of care"])
def test_words_that_only_look_like_one(head: str):
    assert denomination_in(head) is None


PLACES = {
    "heads": "<table><tr><th></th><th>2022<br>{0}</th><th>2021<br>{0}</th></tr>{1}</table>",
    "a row under the heads": "<table><tr><td></td><td>2022</td><td>2021</td></tr>"
    "<tr><td></td><td>{0}</td><td>{0}</td></tr>{1}</table>",
    "the corner": "<table><tr><th>{0}</th><th>2022</th><th>2021</th></tr>{1}</table>",
    "the caption": "<table><caption>Work ({0})</caption><tr><th></th><th>2022</th><th>2021</th></tr>{1}</table>",
    "the heading": "<h2>A year of work, in {0}</h2><table><tr><th></th><th>2022</th><th>2021</th></tr>{1}</table>",
    "the row": "<table><tr><th></th><th>2022</th><th>2021</th></tr>"
    "<tr><td>Repairs ({0})</td><td>812</td><td>775</td></tr></table>",
    "a column of units": "<table><tr><th>What</th><th>Unit</th><th>2022</th><th>2021</th></tr>"
    "<tr><td>Repairs</td><td>{0}</td><td>812</td><td>775</td></tr></table>",
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("note", "unit", "times"),
    [
        ("R'000", "ZAR", THOUSAND), ("Rs in lakhs", "INR", LAKH), ("KSh million", "KES", MILLION),
        ("£m", "GBP", MILLION), ("TEUR", "EUR", THOUSAND), ("million litres", "litres", MILLION),
        ("GWh", "GWh", Decimal(1)),
        ("%", "percent", Decimal(1)),
    ],
)  # fmt: skip
def test_wherever_it_stands(place: str, note: str, unit: str, times: Decimal):
    row = "<tr><td>Repairs</td><td>812</td><td>775</td></tr>"
    reading = read_page(PLACES[place].format(note, row).encode(), edition=2022)
    assert [(fact.value, fact.unit, fact.year) for fact in reading.facts] == [
        (812 * times, unit, 2022),
        (775 * times, unit, 2021),
    ]


def test_in_a_pipe_table():
    reading = read_text("| £'000 | 2022 | 2021 |\n|---|---|---|\n| Repairs | 812 | 775 |", edition=2022)
    assert [(fact.value, fact.unit) for fact in reading.facts] == [(812_000, "GBP"), (775_000, "GBP")]


def test_a_corner_that_names_places_measures_nothing():
    page = b"<table><tr><th>Yard</th><th>Boats built</th></tr><tr><td>North</td><td>212</td></tr></table>"
    assert [fact.unit for fact in read_page(page, edition=2022).facts] == ["boats"]
