"""Years that make one stretch, steps that each have a year, and what is told by reference to another time."""

import datetime as dt

import pytest

from extractors import read_page, read_text


def told(text: str, captured_at: dt.datetime | None = None) -> list[tuple[str, str, int | None, str | None]]:
    facts = read_text(text, edition=2022, captured_at=captured_at).facts
    return [(f.surface, f.period_type, f.year, f.period_start and str(f.period_start)) for f in facts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Over the two years 2016 and 2017, 410 nests were robbed.", [("410", "range", 2017, "2016-01-01")]),
        ("Across 2015, 2016 and 2017 we ringed 310 terns.", [("310", "range", 2017, "2015-01-01")]),
        ("Between 2013 and 2017 climbers found 38 caves.", [("38", "range", 2017, "2013-01-01")]),
        (
            "Delays went from 90 to 70 to 45 (2019, 2020, 2021).",
            [
                ("90", "year", 2019, "2019-01-01"),
                ("70", "year", 2020, "2020-01-01"),
                ("45", "year", 2021, "2021-01-01"),
            ],
        ),
        (
            "In May 2020 the vets saw 210 hens. That same month, 12 geese came.",
            [("210", "range", 2020, "2020-05-01"), ("12", "range", 2020, "2020-05-01")],
        ),
        ("In 2014 and 2015 combined, 77 walls fell.", [("77", "range", 2015, "2014-01-01")]),
        ("In the three years to June 2019, 31 calves were born.", [("31", "range", 2019, "2016-07-01")]),
        ("Over the five years to 2019 we ringed 310 terns.", [("310", "range", 2019, "2015-01-01")]),
        ("In the quarter to June 2019 we ringed 310 terns.", [("310", "range", 2019, "2019-04-01")]),
        ("In the half-year ended 30 June 2019 we ringed 310 terns.", [("310", "range", 2019, "2019-01-01")]),
        ("In the first nine months of 2019, we ringed 310 terns.", [("310", "range", 2019, "2019-01-01")]),
        ("The school opened in 1931 with 14 pupils.", [("14", "year", 1931, "1931-01-01")]),
        ("By 1978 we had ringed more than 426 terns since 1984.", [("426", "cumulative", 1978, None)]),
        ("Since the school opened in 1931 we sang with 14 choirs.", [("14", "cumulative", 2022, "1931-01-01")]),
    ],
)  # fmt: skip
def test_stretches(text: str, expected: list[tuple[str, str, int, str]]) -> None:
    assert told(text) == expected


def test_a_part_of_last_year() -> None:
    seen = dt.datetime(2020, 11, 2, tzinfo=dt.UTC)
    assert told("Between April and June last year 61 swifts nested.", seen) == [("61", "range", 2019, None)]


def test_a_sentence_that_opens_with_last_years_figure() -> None:
    seen = dt.datetime(2020, 11, 2, tzinfo=dt.UTC)
    facts = told("Compared with last year's 61 stalls, this year's market had 80.", seen)
    assert [(surface, year) for surface, _, year, _ in facts] == [("61", 2019), ("80", 2020)]


def test_a_budget_of_last_year_is_one() -> None:
    seen = dt.datetime(2020, 11, 2, tzinfo=dt.UTC)
    facts = told("Against last year's budget of $90,000, that of 2017 was $60,000.", seen)
    assert [(surface, year) for surface, _, year, _ in facts] == [("$90,000", 2019), ("$60,000", 2017)]


def test_a_tiles_label_names_what_its_change_is_measured_from() -> None:
    page = b"<body><div><h3>+12%</h3><p>rides in 2021 compared with 2019</p></div></body>"
    (fact,) = read_page(page, edition=2022).facts
    assert (fact.kind, fact.year, fact.base_year) == ("change_percent", 2021, 2019)


def test_things_of_an_age_are_not_dated_by_it() -> None:
    assert told("In 2020 we cleaned 55 bowls cast between 1150 and 1300.") == [("55", "year", 2020, "2020-01-01")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 31 December 2018, we kept 26 kennels.", ("26", "as_of", 2018, None)),
        ("On 30 June 2020, 62 trainees lived with us.", ("62", "as_of", 2020, None)),
        ("On 31 December 2018, we shut 26 kennels.", ("26", "range", 2018, "2018-12-31")),
        ("On 31 December 2018, we ran 6 workshops.", ("6", "range", 2018, "2018-12-31")),
        ("On 3-5 May 2018 we ran 6 workshops.", ("6", "range", 2018, "2018-05-03")),
    ],
)
def test_what_goes_on_stands_on_a_day(text: str, expected: tuple[str, str, int, str]) -> None:
    assert told(text) == [expected]
