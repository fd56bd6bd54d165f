"""When a statistic holds, by the words that date it."""

import datetime as dt

import pytest

from extractors import Fact, read_text
from extractors.metrics.card import Metric, SourceCard

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
    ("text", "day"),
    [
        ("As of 2021, 40 paintings are on loan.", None),
        ("As of March 2021, 40 paintings are on loan.", None),
        ("We employ 40 guides.", None),
        ("## In 2021\n\nWe employ 40 guides.", None),
        ("At 31 March 2021 there were 40 paintings on loan.", "2021-03-31"),
        ("As of 2021-06-05 there are 40 paintings on loan.", "2021-06-05"),
        ("At the end of 2021 we employed 40 guides.", "2021-12-31"),
        ("By the end of June 2021 the network had 40 offices.", "2021-06-30"),
        ("In the year ended 30 June 2021 we employed 40 guides.", "2021-06-30"),
    ],
)
def test_a_stock_stands_on_the_day_that_the_words_name_and_on_no_other(text: str, day: str | None) -> None:
    found = fact(text)
    assert found.period_type == "as_of"
    assert (found.period_start, found.period_end and found.period_end.isoformat()) == (None, day)


@pytest.mark.parametrize(
    ("text", "day"), [("In 2021 we lent 40 stools.", None), ("At 1 May 2021, 40 stools.", "2021-05-01")]
)
def test_a_stock_of_the_card_has_no_day_that_the_words_do_not_name(text: str, day: str | None) -> None:
    metric = Metric(label="Stools", unit="stools", measure="stock", counts=("stools",))
    card = SourceCard(
        id="stools", organisation="A museum", title="A page", url="https://x.test/", metrics={"stools": metric}
    )
    (found,) = read_text(text, card=card, edition=2022).facts
    assert (found.metric, found.period_type, found.period_start) == ("stools", "as_of", None)
    assert (found.period_end and found.period_end.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("In the last 250 decades we planted 12,000 trees.", 2022),
        ("Over the past 900 decades, 12,000 trees were felled.", 2022),
        ("We planted 12,000 trees 300 decades ago.", None),
        ("In 2020 it felled 12,000 trees, and 950 decades earlier 4.", 2020),
    ],
)
def test_a_time_before_every_calendar_has_no_days(text: str, year: int | None) -> None:
    found = fact(text, "12,000")
    assert (found.year, found.period_start) in ((year, None), (2020, dt.date(2020, 1, 1)))


@pytest.mark.parametrize("edition", [-5, 0, 1, 9999, 10_000, 10**30])
def test_an_edition_outside_the_calendar_gives_no_days(edition: int) -> None:
    texts = "Last year it lent 40 paintings.\n\nSome 30 were lent 20 years later.\n\nIn the second half we lent 20."
    facts = read_text(texts, edition=edition, captured_at=dt.datetime(1, 1, 1, tzinfo=dt.UTC)).facts
    assert {fact.surface for fact in facts} >= {"40", "30", "20"}


@pytest.mark.parametrize(
    ("text", "surface", "year", "base_year"),
    [
        ("Loans rose 8% from 2018 to 2021.", "8%", 2021, 2018),
        ("In 2021 loans were 8% higher than in 2018.", "8%", 2021, 2018),
        ("Loans doubled between 2018 and 2021.", "doubled", 2021, 2018),
        ("Loans fell 8% in 2021 compared with 2018.", "8%", 2021, 2018),
        ("Loans grew 8% on the year before in 2021.", "8%", 2021, 2020),
        ("In 2021 it lent 90, up from 80 in 2020 and more than triple the 25 it lent in 2015.", "triple", 2021, 2015),
        ("Loans fell on 2021, when we lent 90. Visits nearly doubled, from 410 in 2021.", "doubled", 2022, 2021),
        ("In 2021 we raised £90. Grants doubled, from £45 in 2021.", "doubled", 2022, 2021),
        ("Compared with 2021, when we lent 90 maps, loans grew by 8%.", "8%", 2022, 2021),
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


@pytest.mark.parametrize(
    ("text", "surface", "year"),
    [
        ("Loans: 4,000 (2020: 3,900). Gifts: 2,000.", "2,000", 2022),
        ("In 2021 we lent 70 maps (2020: 60). We lent 5 globes.", "5", 2021),
        ("(In 2020, 40 maps came.) Of them 9 were lent.", "9", 2020),
    ],
)
def test_a_time_in_brackets_beside_what_it_is_held_against_is_not_carried_on(
    text: str, surface: str, year: int
) -> None:
    assert fact(text, surface).year == year


@pytest.mark.parametrize(
    ("text", "period_type"),
    [
        ("Between April 2020 and March 2021 it lent 40 paintings.", "range"),
        ("In the twelve months to June 2021 it lent 40 paintings.", "range"),
        ("In the year to 30 June 2021 it lent 40 paintings.", "year"),
        ("From July 2020 to June 2021, our financial year, it lent 40 paintings.", "year"),
        ("Between January and December 2021 it lent 40 paintings.", "year"),
    ],
)
def test_twelve_months_are_a_year_where_they_are_called_one(text: str, period_type: str) -> None:
    assert (fact(text).period_type, fact(text).year) == (period_type, 2021)
