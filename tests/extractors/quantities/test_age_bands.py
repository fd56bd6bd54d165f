"""Bands of ages that only their bounds name."""

import pytest

from extractors import read_text


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("42% of visitors were 30 to 59.", "30 to 59"),
        ("42% of the visitors to harbour.example were 30 to 59.", "30 to 59"),
        ("Of those who swam, a quarter were 18-24, and 12% were over 65.", "18-24"),
        ("One in five members are between 45 and 54.", "45 and 54"),
        ("61 percent of callers were 13\u201317, the rest younger.", "13\u201317"),
    ],
)
def test_a_band_of_ages_is_no_statistic(text: str, band: str) -> None:
    reading = read_text(text, edition=2023)
    (numeral,) = [one for one in reading.numerals if band in one.surface]
    assert (numeral.disposition, numeral.numeral_class) == ("excluded", "age")
    assert band not in [fact.surface for fact in reading.facts]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("42% of parcels were 30 to 59 kilos.", "30 to 59"),
        ("Half of the crews were 30 to 59 people strong.", "30 to 59"),
        ("There were 30 to 59 visitors a day.", "30 to 59"),
    ],
)
def test_a_range_of_something_is_one(text: str, counted: str) -> None:
    assert counted in [fact.surface for fact in read_text(text, edition=2023).facts]
