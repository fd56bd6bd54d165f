"""Times told by what was said before, or explained by a clause."""

import datetime as dt

import pytest

from extractors import Fact, read_text


def fact(text: str, surface: str) -> Fact:
    return next(f for f in read_text(text, edition=2022).facts if f.surface == surface)


@pytest.mark.parametrize(
    ("text", "surface", "expected"),
    [
        ("Between 1984 and the end of 2012 we took 40,000 calls. In that time we found 900 boats.", "900",
         ("cumulative", 2012)),
        ("In 2019 we took 400 calls. Through that year our alarms had saved 90 people.", "90", ("cumulative", 2019)),
        ("In 2019 we took 400 calls. We named 22 wrecks that year, and 60 were still open on 31 December 2019.", "22",
         ("year", 2019)),
        ("The desk took 700 reports from its launch in 1998 through December 2012.", "700", ("cumulative", 2012)),
        ("It took 800 reports in 2018, nearly twice as many as in 2017, when it took 410.", "410", ("year", 2017)),
        ("There were 80 fires in 2021, an increase of 30% since 2019.", "30%", ("year", 2021)),
        ("In 2021 it took 800 reports. When doubles are left out, those reports represent 610 fires.", "610",
         ("year", 2021)),
        ("In 2021 it took 800 reports, 30% more than a year earlier, when it took 615.", "615", ("year", 2020)),
        ("In 2021 it took 800 reports, nearly double the number five years ago.", "800", ("year", 2021)),
        ("In 2021 it sent 800 letters, double the number it sent in 2019.", "double", ("year", 2021)),
        ("Calls fell by 40 since 2014, when there were 310.", "310", ("year", 2014)),
        ("From 2015 to 2017 we took 800 calls. In the course of those three years 12 boats sank.", "12",
         ("range", 2017)),
        ("In the biennium 2016–2017 we took 800 calls. In the same biennium 12 boats sank.", "12", ("range", 2017)),
        ("Between October 2018 and March 2020 we took 800 calls. Over those eighteen months 12 boats sank.", "12",
         ("range", 2020)),
        ("Calls taken: 800 (prior year: 700)", "700", ("year", 2021)),
        ("We gave £4 million to 96 crews in 2019/20 and £5 million to 98 in 2020/21.", "£4 million", ("year", 2020)),
        ("We gave £4 million to 96 crews in 2019/20 and £5 million to 98 in 2020/21.", "£5 million", ("year", 2021)),
        ("Between January and June 2021 we took 800 calls; in the second half we took 700.", "700", ("range", 2021)),
        ("In 2021 we took 800 calls. In the second half we took 450.", "450", ("range", 2021)),
        ("In the first half of 2021 we took 800 calls. In the second half of the year we took 450.", "450",
         ("range", 2021)),
        ("In 2021 we took 800 calls. In the first half of this year we took 450.", "450", ("range", 2022)),
        ("Calls recovered from a low of 700 in 2015 to reach 800.", "800", ("year", 2022)),
        ("In 2021 we tested 800 boats against BOATSZ 2005 (revised 2018).", "800", ("year", 2021)),
        ("We took 800 calls, well short of the 900 taken in 2018.", "800", ("year", 2022)),
        ("We took 800 calls, well short of the 900 taken in 2018.", "900", ("year", 2018)),
        ("We took 800 calls, ahead of the 700 of 2018.", "800", ("year", 2022)),
        ("We live above the 12 shops built in 2018.", "12", ("year", 2018)),
        ("In 2021 we lent 90 tents, 12 fewer since 2019 when we lent 102.", "102", ("year", 2019)),
        ("The 2021 count (90) was 12 below that of 2019 (102).", "102", ("year", 2019)),
        ("Sales of 900 maps in 2021 compared with 2018 (720).", "720", ("year", 2018)),
        ("Since 2014, when we opened, we have helped 310 people.", "310", ("cumulative", 2022)),
        ("Attached to 2021's letters were 90 photographs.", "90", ("year", 2021)),
        ("Up to the close of 2021 the boats had brought home 90 sailors.", "90", ("cumulative", 2021)),
        ("It has drawn 70 charts since 1990 and mended 90 sails.", "90", ("cumulative", 2022)),
        ("In 2021, 1 in 4 boats carried a radio. That compares with 1 in 9 in 2001. Ten percent had rafts.",
         "Ten percent", ("year", 2021)),
    ],
)  # fmt: skip
def test_the_time_that_words_point_to(text: str, surface: str, expected: tuple[str, int]) -> None:
    found = fact(text, surface)
    assert (found.period_type, found.year) == expected


def test_a_change_since_a_year_is_measured_from_it() -> None:
    assert fact("There were 80 fires in 2021, an increase of 30% since 2019.", "30%").base_year == 2019


def test_a_multiple_of_the_figure_years_ago_is_measured_from_then() -> None:
    assert fact("In 2021 it took 800 reports, nearly double the number five years ago.", "double").base_year == 2016


@pytest.mark.parametrize(("captured", "year"), [("2023-01-09", 2022), ("2023-08-09", 2023)])
def test_this_year_on_a_page_of_early_january_is_the_year_it_looks_back_on(captured: str, year: int) -> None:
    at = dt.datetime.fromisoformat(f"{captured}T00:00:00+00:00")
    reading = read_text(
        "# Looking back at 2022\n\nIn 2022 we grew. We took 800 calls this year.", captured_at=at, edition=2022
    )
    assert [f.year for f in reading.facts] == [year]


def test_a_goal_goes_on_behind_and() -> None:
    found = fact("By the end of 2023 we plan to open 15 courses and to reach 2 million children.", "2 million")
    assert found.flags == ("target",)
    assert (found.period_type, found.year) == ("year", 2023)


@pytest.mark.parametrize(
    ("text", "surface", "expected"),
    [
        ("From 2012 to 2015 we led 14 walks.\n\nOver the same four-year period, 310 people joined.", "310",
         ("range", 2015, dt.date(2012, 1, 1))),
        ("This report looks at 2016 to 2018.\n\nIn those three years, 85 bats were found.", "85",
         ("range", 2018, dt.date(2016, 1, 1))),
        ("Between July and September 2020 we took 50 calls. Rangers drove 900 miles during that quarter.", "900",
         ("range", 2020, dt.date(2020, 7, 1))),
        ("We ran 40 camps from 2016 to 2018. In that period officers served 6,300 meals.", "6,300",
         ("range", 2018, dt.date(2016, 1, 1))),
        ("In March 2021 we took 50 calls. That same month, and in the same month only, 9 boats sank.", "9",
         ("range", 2021, dt.date(2021, 3, 1))),
    ],
)  # fmt: skip
def test_a_stretch_is_pointed_at_across_sentences_and_paragraphs(
    text: str, surface: str, expected: tuple[str, int, dt.date]
) -> None:
    found = fact(text, surface)
    assert (found.period_type, found.year, found.period_start) == expected


@pytest.mark.parametrize(
    "text",
    [
        "We led 14 walks from 2012 to 2015. During that decade, 310 people joined.",  # no such decade was named
        "We led 14 walks from 2012 to 2015. Over the same period of 2022, 310 people joined.",
        "# Walks\n\nFrom 2012 to 2015 we led 14.\n\n## Helpers\n\nIn those four years, 310 people joined.",
    ],
)
def test_what_was_never_named_is_not_pointed_at(text: str) -> None:
    assert fact(text, "310").year == 2022


@pytest.mark.parametrize(
    "text",
    [
        "In 2021 we met 90 families. In the 12 months before the eviction, 31 had missed a payment.",
        "In 2021 we met 90 families. In the two years before they came to us, 31 had moved home.",
        "In 2021 we met 90 families. In the year after release from hospital, 31 found work.",
    ],
)
def test_a_stretch_about_an_event_is_none_of_the_calendar(text: str) -> None:
    found = fact(text, "31")
    assert (found.period_type, found.year) == ("year", 2021)


@pytest.mark.parametrize(
    ("text", "surface", "captured", "expected"),
    [
        ("Last quarter 940 people came.", "940", "2023-02-10", ("range", 2022, dt.date(2022, 10, 1))),
        ("Last month our two vans drove 310 miles.", "310", "2023-06-30", ("range", 2023, dt.date(2023, 5, 1))),
        ("Last month 12 boats sank.", "12", "2023-01-02", ("range", 2022, dt.date(2022, 12, 1))),
        ("In the second half of last year we lent 88 tents.", "88", "2022-06-01", ("range", 2021, dt.date(2021, 7, 1))),
        ("This year's walk drew 90 people; last year's walk drew 81.", "81", "2023-11-05",
         ("year", 2022, dt.date(2022, 1, 1))),
        ("Last year's 36 harvests were good; in 1990 there were 50 of them.", "36", "2023-06-01",
         ("year", 2022, dt.date(2022, 1, 1))),
    ],
)  # fmt: skip
def test_what_was_last_is_counted_from_the_retrieval(
    text: str, surface: str, captured: str, expected: tuple[str, int, dt.date]
) -> None:
    facts = read_text(text, captured_at=dt.datetime.fromisoformat(f"{captured}T00:00:00+00:00")).facts
    found = next(f for f in facts if f.surface == surface)
    assert (found.period_type, found.year, found.period_start) == expected


def test_last_quarter_is_part_of_the_edition_when_no_capture_says_which() -> None:
    (found,) = read_text("Last quarter 940 people came.", edition=2022).facts
    assert (found.period_type, found.year, found.period_start) == ("range", 2022, None)
