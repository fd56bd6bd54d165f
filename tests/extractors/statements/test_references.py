"""Times told by what was said before, or explained by a clause."""

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
    ],
)  # fmt: skip
def test_the_time_that_words_point_to(text: str, surface: str, expected: tuple[str, int]) -> None:
    found = fact(text, surface)
    assert (found.period_type, found.year) == expected


def test_a_change_since_a_year_is_measured_from_it() -> None:
    assert fact("There were 80 fires in 2021, an increase of 30% since 2019.", "30%").base_year == 2019


def test_a_goal_goes_on_behind_and() -> None:
    found = fact("By the end of 2023 we plan to open 15 courses and to reach 2 million children.", "2 million")
    assert found.flags == ("target",)
    assert (found.period_type, found.year) == ("year", 2023)
