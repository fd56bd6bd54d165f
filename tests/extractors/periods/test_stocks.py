"""Whether a figure stands at a moment, adds up since a beginning, or is a year's own."""

import pytest

from extractors import read_text


def periods(text: str) -> list[tuple[str, str, int | None]]:
    """Totals that add up and stocks are told apart by the metric's measure: both are `total` here."""
    facts = read_text(text, edition=2021).facts
    kinds = {"as_of": "total", "cumulative": "total"}
    return [(f.surface, kinds.get(f.period_type, f.period_type), f.year) for f in facts]


@pytest.mark.parametrize(
    "text",
    [
        "We closed the year with a crew of 372.",
        "At year's end 372 people worked for the zoo.",
        "The zoo relied on 372 staff.",
        "For all this there was a staff of 372.",
        "Its keepers, 372 or so, come from the valley.",
        "372 farms had access to the seed bank.",
        "Children on file: 372",
        "Headcount: 372",
        "The 372 agencies sent in their returns.",
        "The register of old trees reached 372.",
        "372 cadets support them.",
        "372 farms use the seed bank.",
        "The seed bank is used by 372 farms.",
        "372 wrecks wait in the yard.",
        "The society is active in 372 towns.",
    ],
)
def test_stocks_are_told_by_what_holds_them(text: str) -> None:
    assert periods(text) == [("372", "total", 2021)]


@pytest.mark.parametrize(
    "text",
    [
        "Counting from the first call in 1984, 900 had been answered by New Year's Eve.",
        "Since Ann and Bo Lund helped to found the Society for Lost and Stray Animals in 1984, 900 came home.",
        "By the last day of 2021, 900 dogs had been brought home.",
        "Alerts had by December 31 contributed to 900 returns.",
        "Returns, cumulative: 900",
        "Between 1984 and the end of 2021 the line took 900 calls.",
        "Up to and including 2021, 900 dogs had been found.",
    ],
)
def test_totals_since_a_beginning_stand_where_the_year_ends(text: str) -> None:
    assert periods(text) == [("900", "total", 2021)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We sent 88 teams, which brings our trips since 2003 to 880.", [("88", "year", 2021), ("880", "total", 2021)]),
        ("We added 26 prints, making 98 in all.", [("26", "year", 2021), ("98", "total", 2021)]),
        ("We added 26 prints, for a total of 98.", [("26", "year", 2021), ("98", "total", 2021)]),
        ("The list grew from 37 names to 51.", [("37", "total", 2020), ("51", "total", 2021)]),
        ("245 of the 1,600 firms registered with us wrote.", [("245", "year", 2021), ("1,600", "total", 2021)]),
        ("We have 40 nurses and held 300 clinics.", [("40", "total", 2021), ("300", "year", 2021)]),
        (
            "At year's end 40 people worked for us, on a budget of $42 million.",
            [("40", "total", 2021), ("$42 million", "year", 2021)],
        ),
        (
            "640 graves are open; we closed four of them during the year.",
            [("640", "total", 2021), ("four", "year", 2021)],
        ),
    ],
)
def test_a_total_and_what_came_in_are_told_apart(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert periods(text) == expected


def test_what_is_listed_with_a_stock_is_one() -> None:
    text = "A network of 40 stables and 372 riders helped bring home stray horses."
    assert periods(text) == [("40", "total", 2021), ("372", "total", 2021)]


def test_a_part_of_a_stock_keeps_its_own_verb() -> None:
    assert periods("The list ran to 900 names, 60 of which were added in 2020.")[1] == ("60", "year", 2020)


def test_a_grand_total_adds_up() -> None:
    assert periods("In 2020, 40 sailors took the course, for a grand total of 372.")[1][:2] == ("372", "total")


def test_what_an_owner_broke_is_no_stock() -> None:
    assert periods("The desk broke its own record with 372 calls.") == [("372", "year", 2021)]


def test_a_verb_before_a_colon_says_nothing_of_what_follows() -> None:
    assert periods("Lost boats remain a worry: 372 such boats were reported.") == [("372", "year", 2021)]


def test_what_a_registered_body_did_stays_the_years() -> None:
    text = "More than 900 farms are registered with the seed bank. In 2020, 372 of them sent seeds."
    assert periods(text)[1] == ("372", "year", 2020)


@pytest.mark.parametrize(
    "text",
    [
        "By the ministry's count, 372 entries were made.",
        "Our artists drew 372 faces as they might look today.",
        "Our guides, who hold degrees in botany, spoke with 372 guests.",
        "We must now be told, and we were told 372 times in 2021.",
        "Volunteers trained: 372",
        "Counted by trip rather than by guest, the total is 372 trips.",
    ],
)
def test_what_happened_stays_the_years(text: str) -> None:
    assert periods(text) == [("372", "year", 2021)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Visits rose by 97.5%, from 19,174 to 37,872.", [("97.5%", 2021), ("19,174", 2020), ("37,872", 2021)]),
        ("Against 850 calls in 2020 we took 94.", [("850", 2020), ("94", 2021)]),
        ("Where there had been 31 trips in 2020, there were 60.", [("31", 2020), ("60", 2021)]),
        (
            "We fed 44 seals, 12 more than in 2020, and spent $4 million.",
            [("44", 2021), ("12", 2021), ("$4 million", 2021)],
        ),
        ("Visits reached 26,000, up from 23,000.", [("26,000", 2021), ("23,000", 2020)]),
        (
            "One in six fell ill, compared with one in seven the year before.",
            [("One in six", 2021), ("one in seven", 2020)],
        ),
        ("The zoo fed 44 seals, four years after it had fed 32.", [("44", 2021), ("32", 2017)]),
        ("The zoo took 900 calls, after 850 in 2020 and 700 in 2019.", [("900", 2021), ("850", 2020), ("700", 2019)]),
        (
            "Trips were halved, to 31 from 62 in 2019; we wrote 74 letters.",
            [("halved", 2021), ("31", 2021), ("62", 2019), ("74", 2021)],
        ),
        (
            "In 2021 we freed 60 seals; in 2019 it was 48. Of those, 12 were pups.",
            [("60", 2021), ("48", 2019), ("12", 2021)],
        ),
        ("In 2021 we took 29,400 calls. That is 80 every day.", [("29,400", 2021), ("80", 2021)]),
        ("Compared with 2019, when we fed 31 seals, we fed 60.", [("31", 2019), ("60", 2021)]),
        ("Pups grew by 14 kg, against 11 kg in the control group.", [("14", 2021), ("11", 2021)]),
    ],
)
def test_what_a_figure_is_held_against_has_a_year_of_its_own(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(f.surface, f.year) for f in read_text(text, edition=2021).facts] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In 2021 we had 337 visits. In 2020 there were 365. Our own tally was 27.",
            [("337", 2021), ("365", 2020), ("27", 2021)],
        ),
        ("At the end of 2020 the list held 37 names. A year later it held 51.", [("37", 2020), ("51", 2021)]),
        ("We were founded in 1984. Our guides took 94 calls.", [("94", 2021)]),
        ("More than 31 artists have so far been trained, 14 of them in 2020.", [("31", 2021), ("14", 2020)]),
    ],
)
def test_the_text_goes_on_with_the_year_it_speaks_of(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(f.surface, f.year) for f in read_text(text, edition=2021).facts] == expected


@pytest.mark.parametrize("text", ["Files rose by 53% and reports of videos by 41%.", "Calls fell 53% and cases 41%."])
def test_a_verb_of_change_holds_for_the_second_figure(text: str) -> None:
    assert [f.kind for f in read_text(text, edition=2021).facts] == ["change_percent", "change_percent"]


def test_a_comparison_with_some_other_time_is_undated() -> None:
    facts = read_text("Visits reached 26,000, up from 900 when we began.", edition=2021).facts
    assert [(f.surface, f.period_type) for f in facts] == [("26,000", "year"), ("900", "unknown")]
