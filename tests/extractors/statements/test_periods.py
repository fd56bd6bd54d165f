"""When a statistic holds, by the words that date it."""

import datetime as dt

import pytest

from extractors import Fact, read_text

CAPTURED = dt.datetime(2023, 6, 1, tzinfo=dt.UTC)


def fact(text: str, surface: str | None = None) -> Fact:
    facts = read_text(text, edition=2022, captured_at=CAPTURED).facts
    return facts[0] if surface is None else next(f for f in facts if f.surface == surface)


@pytest.mark.parametrize(
    ("text", "period_type", "year", "basis"),
    [
        ("In 2019 the museum lent 40 paintings.", "year", 2019, "stated"),
        ("The museum lent 40 paintings.", "year", 2022, "edition"),
        ("Last year the museum lent 40 paintings.", "year", 2022, "derived"),
        ("We have lent 40 paintings since 1998.", "cumulative", 2022, "stated"),
        ("To date, 40 paintings have been lent.", "cumulative", 2022, "stated"),
        ("As of 30 September 2021, 40 paintings were on loan.", "as_of", 2021, "stated"),
        ("At the end of 2020, the museum held 40 paintings.", "as_of", 2020, "stated"),
        ("The museum currently has 40 paintings on loan.", "as_of", 2022, "stated"),
        ("The museum owns 40 paintings.", "as_of", 2022, "edition"),
        ("The museum lends 40 paintings every year.", "unknown", None, "stated"),
        ("In the first quarter of 2021 it lent 40 paintings.", "range", 2021, "stated"),
        ("In May 2021 it lent 40 paintings.", "range", 2021, "stated"),
        ("From 2016 to 2019 it lent 40 paintings.", "range", 2019, "stated"),
        ("In fiscal year 2021 it lent 40 paintings.", "year", 2021, "stated"),
        ("During 2020-21 it lent 40 paintings.", "year", 2021, "stated"),
        ("Over the past three years it lent 40 paintings.", "range", 2022, "derived"),
        ("## 2018\n\nIt lent 40 paintings.", "year", 2018, "heading"),
        ("2017 was busy. The museum lent 40 paintings.", "year", 2017, "context"),
    ],
)
def test_the_words_date_the_figure(text: str, period_type: str, year: int | None, basis: str) -> None:
    found = fact(text)
    assert (found.period_type, found.year, found.period_basis) == (period_type, year, basis)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("In 2019 it lent 40 paintings.", "2019-01-01", "2019-12-31"),
        ("In the second quarter of 2021 it lent 40 paintings.", "2021-04-01", "2021-06-30"),
        ("In the second half of 2021 it lent 40 paintings.", "2021-07-01", "2021-12-31"),
        ("In February 2020 it lent 40 paintings.", "2020-02-01", "2020-02-29"),
        ("From 2016 to 2019 it lent 40 paintings.", "2016-01-01", "2019-12-31"),
        ("We have lent 40 paintings since 1998.", "1998-01-01", None),
        ("As of 30 September 2021, 40 paintings were on loan.", None, "2021-09-30"),
        ("In the year to 31 March 2021 it lent 40 paintings.", "2020-04-01", "2021-03-31"),
        ("In fiscal 2021 it lent 40 paintings.", None, None),
    ],
)
def test_a_period_has_the_days_that_the_words_fix(text: str, start: str | None, end: str | None) -> None:
    found = fact(text)
    assert tuple(day and day.isoformat() for day in (found.period_start, found.period_end)) == (start, end)


@pytest.mark.parametrize(
    ("text", "surface", "year", "base_year"),
    [
        ("Loans rose 8% from 2018 to 2021.", "8%", 2021, 2018),
        ("In 2021 loans were 8% higher than in 2018.", "8%", 2021, 2018),
        ("Loans doubled between 2018 and 2021.", "doubled", 2021, 2018),
        ("Loans fell 8% in 2021 compared with 2018.", "8%", 2021, 2018),
        ("Loans grew 8% on the year before in 2021.", "8%", 2021, 2020),
    ],
)
def test_a_change_belongs_to_the_later_year_and_names_the_earlier(
    text: str, surface: str, year: int, base_year: int
) -> None:
    found = fact(text, surface)
    assert (found.year, found.base_year) == (year, base_year)


def test_last_year_is_the_edition_when_no_capture_says_better() -> None:
    (found,) = read_text("Last year it lent 40 paintings.", edition=2020).facts
    assert found.year == 2020


def test_an_ordinal_states_a_total_reached() -> None:
    assert fact("In 2021 the museum welcomed its 5,000th member.").period_type == "cumulative"


def test_an_owned_ordinal_states_a_total_reached() -> None:
    found = fact("Our 5,000th member joined in October 2021.")
    assert (found.period_type, found.year) == ("cumulative", 2021)


@pytest.mark.parametrize("words", ["year over year", "year on year"])
def test_a_change_year_over_year_belongs_to_the_later_year(words: str) -> None:
    found = fact(f"Loans grew 8% {words} in 2021.")
    assert (found.year, found.base_year) == (2021, 2020)


def test_what_happened_to_the_counted_is_no_founding() -> None:
    assert fact("We opened 5 clinics in 2020.").year == 2020
    assert fact("Twelve schools joined in 2021.").year == 2021
