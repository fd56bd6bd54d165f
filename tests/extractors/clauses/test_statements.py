"""Which words of a sentence belong to which of its numbers."""

import pytest

from extractors import Fact, read_text


def facts(text: str) -> list[Fact]:
    return list(read_text(text, edition=2022).facts)


def dated(text: str) -> list[tuple[str, int | None]]:
    return [(f.surface, f.year) for f in facts(text)]


def counted(text: str) -> list[tuple[str, str | None]]:
    return [(f.surface, f.unit) for f in facts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("While ferries were laid up, trams topped 2,450.", [("2,450", "trams")]),
        (
            "Thanks to new piers, our sailings totalled 610 and berths reached 48.",
            [("610", "sailings"), ("48", "berths")],
        ),
        ("For ports in need, our shops sold 4,200 coats.", [("4,200", "coats")]),
    ],
)
def test_the_subject_behind_an_opening_phrase_is_counted(text: str, expected: list[tuple[str, str]]) -> None:
    assert counted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ferries carried 800 cars in 2019 and 950 in 2021.", [("800", 2019), ("950", 2021)]),
        ("In spring 2018 and 2019 the herd had 40 and 55 calves.", [("40", 2018), ("55", 2019)]),
        ("Sales were 10, 20 and 30 in 2017, 2018 and 2019 respectively.", [("10", 2017), ("20", 2018), ("30", 2019)]),
        ("Ferries carried 950 cars in 2021, up from 800 in 2019.", [("950", 2021), ("800", 2019)]),
        ("Up from 800 in 2019, ferries carried 950 cars in 2021.", [("800", 2019), ("950", 2021)]),
        ("Traffic rose from 800 cars in 2019 to 950 in 2021.", [("800", 2019), ("950", 2021)]),
        ("In 2021 ferries carried 950 cars, compared with 800 the year before.", [("950", 2021), ("800", 2020)]),
        ("In 2020 ferries carried 950 cars, 60 of them electric.", [("950", 2020), ("60", 2020)]),
        ("Ferries carried 950 cars in 2021 (2019: 800).", [("950", 2021), ("800", 2019)]),
        ("Ferries carried 950 cars in 2020. Of those, 60 were electric.", [("950", 2020), ("60", 2020)]),
        ("In 2020, ferries carried 950 cars, 70 lorries and 12 coaches.", [("950", 2020), ("70", 2020), ("12", 2020)]),
        ("Ferries carried 950 cars, 70 lorries and 12 coaches in 2020.", [("950", 2020), ("70", 2020), ("12", 2020)]),
        ("Launches (2019: 1876; 2020: 1943).", [("1876", 2019), ("1943", 2020)]),
        ("We made 1943 launches in 2020, up from 1876 in 2019.", [("1943", 2020), ("1876", 2019)]),
        ("In 2020, 1943 launches were made.", [("1943", 2020)]),
        ("The herd stood at 1999 in 2020.", [("1999", 2020)]),
        ("We ran 5 clinics in 2021; 3 closed in 2020.", [("5", 2021), ("3", 2020)]),
    ],
)  # fmt: skip
def test_each_number_takes_its_own_year(text: str, expected: list[tuple[str, int]]) -> None:
    assert dated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ferries carried 800 cars in 2019 and 950 in 2021.", [("800", "cars"), ("950", "cars")]),
        ("Of 950 cars, 60 were electric.", [("950", "cars"), ("60", "cars")]),
        ("Visits rose to 4,100.", [("4,100", "visits")]),
        ("The number of visits was 4,100.", [("4,100", "visits")]),
        ("We freed 30 seals and 12 otters.", [("30", "seals"), ("12", "otters")]),
        ("We freed 30 seals in May. Another 12 followed in June.", [("30", "seals"), ("12", "seals")]),
        ("Seals: 30.", [("30", "seals")]),
        ("Seals, at 30, outnumbered otters, at 12.", [("30", "seals"), ("12", "otters")]),
        ("Seals (30) outnumbered otters (12).", [("30", "seals"), ("12", "otters")]),
        ("Letters came from all 50 states, and our team answered 30 of them.", [("50", "states"), ("30", "letters")]),
        ("We freed 30 seals, otters and other animals.", [("30", "seals, otters and other animals")]),
        ("Guards counted 30 seals. In May they had counted 12.", [("30", "seals"), ("12", "seals")]),
        (
            "We freed 30 seals, and the number of otters in the pool rose by 12 to 42.",
            [("30", "seals"), ("12", "otters"), ("42", "otters")],
        ),
        ("Boats passed 600 and landings reached 80, while rents came to 31.", [("600", "boats"), ("80", "landings")]),
        ("Arrests numbered 40, charges 31 and fines were 22.", [("40", "arrests"), ("22", "fines")]),
        ("Seals reached 40 and keepers reached 12.", [("40", "seals"), ("12", "seals")]),
        ("Boats topped 600, moorings exceeded 80.", [("600", "boats"), ("80", "moorings")]),
        ("We counted 4[a] seals, 5[note 2] otters and 6¶ geese.", [("4", "seals"), ("5", "otters"), ("6", "geese")]),
        ("Losses were 0.3‰ in May and 4.1 ‰ in June.", [("0.3", "‰"), ("4.1", "‰")]),
        ("The park had 900 visits on 31 days, or 29 a day.", [("900", "visits"), ("29", "visits")]),
    ],
)
def test_a_number_without_a_noun_takes_the_one_before(text: str, expected: list[tuple[str, str]]) -> None:
    assert [pair for pair in counted(text) if pair[0] != "31"] == expected


@pytest.mark.parametrize(
    ("text", "aggregation"),
    [
        ("In 2021 the clinic saw 60 dogs a day.", "daily_average"),
        ("In 2021 the clinic saw an average of 420 dogs a week.", "weekly_average"),
        ("In 2021 the clinic saw 1,800 dogs per month.", "monthly_average"),
        ("On a typical night in 2021 the clinic saw 9 dogs.", "nightly_average"),
        ("Every year the clinic sees 21,000 dogs.", "each_year"),
        ("In 2021 the clinic saw 21,000 dogs.", None),
    ],
)
def test_rates_and_habits_are_told_from_counts(text: str, aggregation: str | None) -> None:
    (found,) = facts(text)
    assert found.aggregation == aggregation


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("According to the Met Office, 14 storms hit in 2021.", "Met Office"),
        ("Fourteen storms hit in 2021, according to the Met Office.", "Met Office"),
        ("Fourteen storms hit in 2021.", None),
    ],
)
def test_a_statement_names_whom_it_rests_on(text: str, who: str | None) -> None:
    assert facts(text)[0].attribution == who


def test_an_estimate_is_no_authority() -> None:
    assert facts("An estimated 4,000 seals live here.")[0].attribution is None
