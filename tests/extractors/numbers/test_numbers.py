"""What is read from one phrase: value, surface, form, what it claims. Sentences are this project's own."""

from decimal import Decimal

import pytest

from extractors.language.currencies import DOLLAR
from extractors.numbers.scanning import Mention, find_mentions


def only(text: str) -> Mention:
    mentions = find_mentions(text)
    assert len(mentions) == 1, [text[m.start : m.end] for m in mentions]
    return mentions[0]


def surfaces(text: str) -> list[str]:
    return [text[m.start : m.end] for m in find_mentions(text)]


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("25,000 leaflets", "25,000", "25000"),
        ("29 397 681 files", "29 397 681", "29397681"),
        ("14 050 files", "14 050", "14050"),
        ("16B", "16B", "16000000000"),
        ("1'234'567 files", "1'234'567", "1234567"),
        ("12,34,567 rupees", "12,34,567", "1234567"),
        ("1.234.567 files", "1.234.567", "1234567"),
        ("a reach of 1.234,56", "1.234,56", "1234.56"),
        (".5 grams", ".5", "0.5"),
        ("12,5 % of homes", "12,5 %", "12.5"),
        ("20,000users", "20,000", "20000"),
        ("programme FY2019", "2019", "2019"),
        ("5 1/2 tonnes", "5 1/2", "5.5"),
        ("2½ tonnes", "2½", "2.5"),
        ("1½ million meals", "1½ million", "1500000"),
        ("21.7 million visits", "21.7 million", "21700000"),
        ("a 5-million appeal", "5-million", "5000000"),
        ("90k followers", "90k", "90000"),
        ("3.2 M visits", "3.2 M", "3200000"),
        ("6 mill. visits", "6 mill.", "6000000"),
        ("20+ million meals", "20+ million", "20000000"),
        ("5million meals", "5million", "5000000"),
        ("7 crore leaflets", "7 crore", "70000000"),
        ("5 hundred thousand trees", "5 hundred thousand", "500000"),
        ("two thousand and twenty-one trees", "two thousand and twenty-one", "2021"),
        ("three hundred and two thousand trees", "three hundred and two thousand", "302000"),
        ("twenty-five hundred trees", "twenty-five hundred", "2500"),
        ("in nineteen eighty-four", "nineteen eighty-four", "1984"),
        ("a hundred trees", "a hundred", "100"),
        ("a dozen trees", "a dozen", "12"),
        ("half a dozen trees", "half a dozen", "6"),
        ("half a million trees", "half a million", "500000"),
        ("a quarter of a million trees", "a quarter of a million", "250000"),
        ("three-quarters of a million trees", "three-quarters of a million", "750000"),
        ("two and a half million trees", "two and a half million", "2500000"),
        ("a million and a half trees", "a million and a half", "1500000"),
        ("two point five million trees", "two point five million", "2500000"),
        ("nought point five", "nought point five", "0.5"),
        ("a fall of -5%", "-5%", "-5"),
        ("minus five degrees", "minus five", "-5"),
        ("٣٤ cases", "٣٤", "34"),
        ("Of ONE HUNDRED AND TWO", "ONE HUNDRED AND TWO", "102"),
    ],
)
def test_a_number_is_read_in_any_form(text: str, surface: str, value: str) -> None:
    mention = only(text)
    assert (text[mention.start : mention.end], mention.value) == (surface, Decimal(value))
    assert mention.form == "number"


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("two-thirds of homes", "two-thirds", Decimal(2) / 3),
        ("two thirds of homes", "two thirds", Decimal(2) / 3),
        ("a third of homes", "a third", Decimal(1) / 3),
        ("nearly a fifth", "a fifth", Decimal(1) / 5),
        ("three quarters of homes", "three quarters", Decimal("0.75")),
        ("one-half", "one-half", Decimal("0.5")),
        ("half the homes", "half", Decimal("0.5")),
        ("3/4 of homes", "3/4", Decimal("0.75")),
        ("¾ of homes", "¾", Decimal("0.75")),
    ],
)
def test_a_fraction_is_a_quotient(text: str, surface: str, value: Decimal) -> None:
    mention = only(text)
    assert (mention.form, text[mention.start : mention.end], mention.value) == ("fraction", surface, value)


@pytest.mark.parametrize(
    "text",
    [
        "the second quarter",
        "half-year results",
        "a third child",
        "in the first half",
        "a fifth grade",
        "a year and a half",
    ],
)
def test_parts_of_a_year_and_ranks_are_no_fractions(text: str) -> None:
    assert all(mention.form == "ordinal" for mention in find_mentions(text))


@pytest.mark.parametrize(
    ("text", "surface", "count", "base"),
    [
        ("one in five women", "one in five", 1, 5),
        ("9 out of 10 schools", "9 out of 10", 9, 10),
        ("two out of every three homes", "two out of every three", 2, 3),
        ("a 1-in-6 chance", "1-in-6", 1, 6),
        ("1 in 10,000 births", "1 in 10,000", 1, 10000),
        ("one caller in six", "one caller in six", 1, 6),
        ("a pupil-teacher ratio of 14:1", "14:1", 14, 1),
    ],
)
def test_n_in_m_is_a_ratio(text: str, surface: str, count: int, base: int) -> None:
    mention = only(text)
    assert (mention.form, text[mention.start : mention.end]) == ("ratio", surface)
    assert mention.value == Decimal(count) / base


@pytest.mark.parametrize(
    "text", ["40 in 2019", "12 in 2 countries", "3 in 10 countries", "5 in 12 months", "one office in 5 cities"]
)
def test_a_count_in_a_year_or_in_places_is_no_ratio(text: str) -> None:
    assert [mention.form for mention in find_mentions(text)] == ["number", "number"]


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("visits doubled", "doubled", "2"),
        ("visits were halved", "halved", "0.5"),
        ("twice as many visits", "twice", "2"),
        ("a tenfold rise", "tenfold", "10"),
        ("a 10-fold rise", "10-fold", "10"),
        ("3x more visits", "3x", "3"),
        ("three times as many", "three times", "3"),
        ("2.5 times the national average", "2.5 times", "2.5"),
        ("increased 10 times", "10 times", "10"),
    ],
)
def test_a_comparison_is_a_multiplier(text: str, surface: str, value: str) -> None:
    mention = only(text)
    assert (mention.form, text[mention.start : mention.end], mention.value) == ("multiplier", surface, Decimal(value))


@pytest.mark.parametrize(
    ("text", "surface"),
    [("three times a week", "three"), ("flew 1,200 times since then", "1,200"), ("twice a year", "twice")],
)
def test_a_count_of_occurrences_is_a_plain_number(text: str, surface: str) -> None:
    mention = only(text)
    assert (mention.form, text[mention.start : mention.end]) == ("number", surface)


@pytest.mark.parametrize(
    ("text", "surface", "low", "high"),
    [
        ("10-15 visits", "10-15", 10, 15),
        ("10–15 visits", "10–15", 10, 15),
        ("10 to 15 visits", "10 to 15", 10, 15),
        ("from 10 to 15 visits", "10 to 15", 10, 15),
        ("between ten and twelve thousand visits", "ten and twelve thousand", 10000, 12000),
        ("between one hundred and two hundred visits", "one hundred and two hundred", 100, 200),
        ("two or three visits", "two or three", 2, 3),
        ("five to six dozen visits", "five to six dozen", 60, 72),
        ("20 to 30 percent of visits", "20 to 30 percent", 20, 30),
        ("$1–2M", "$1–2M", 1000000, 2000000),
        ("hundreds to thousands of visits", "hundreds to thousands", 100, 1000000),
        ("two to three times as many", "two to three times", 2, 3),
        ("ages 10- to 15", "10- to 15", 10, 15),
    ],
)
def test_a_range_states_both_ends(text: str, surface: str, low: int, high: int) -> None:
    mention = only(text)
    assert text[mention.start : mention.end] == surface
    assert (mention.form, mention.qualifier, mention.value) == ("range", "range", Decimal(low))
    assert (mention.low, mention.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    "text",
    [
        "rose from 20 to 35",
        "grew its network of shelters from 20 to 35",
        "1998-2005",
        "between 2019 and 2021",
        "a 5-4 vote",
        "555-1234",
        "5% to 10 homes",
        "trillions to billions",
        "in 2020 to 44,120",
    ],
)
def test_two_values_are_no_range(text: str) -> None:
    assert [mention.form for mention in find_mentions(text) if mention.form == "range"] == []
    assert len(find_mentions(text)) == 2


@pytest.mark.parametrize(
    ("text", "surface", "low", "high"),
    [
        ("billions of files", "billions", 10**9, 10**12),
        ("hundreds of thousands of files", "hundreds of thousands", 10**5, 10**6),
        ("tens of millions of files", "tens of millions", 10**7, 10**8),
        ("dozens of files", "dozens", 12, 120),
        ("several hundred files", "several hundred", 100, 1000),
        ("a few thousand files", "a few thousand", 1000, 10000),
        ("scores of files", "scores", 20, 200),
    ],
)
def test_a_vague_magnitude_keeps_its_order(text: str, surface: str, low: int, high: int) -> None:
    mention = only(text)
    assert (mention.form, mention.qualifier) == ("magnitude", "order_of_magnitude")
    assert text[mention.start : mention.end] == surface
    assert (mention.value, mention.low, mention.high) == (Decimal(low), Decimal(low), Decimal(high))


@pytest.mark.parametrize("text", ["(in millions)", "Figures in thousands", "test scores", "a pair of shoes", "a few"])
def test_words_that_only_resemble_numbers_are_left_alone(text: str) -> None:
    assert find_mentions(text) == []


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("its 10,000th visitor", "10,000th", 10000),
        ("the 21st case", "21st", 21),
        ("the twenty-first case", "twenty-first", 21),
        ("the 5 millionth caller", "5 millionth", 5 * 10**6),
        ("our one millionth caller", "one millionth", 10**6),
        ("the two hundred and fifty-first", "two hundred and fifty-first", 251),
        ("a first visit", "first", 1),
    ],
)
def test_an_ordinal_keeps_its_rank(text: str, surface: str, value: int) -> None:
    mention = only(text)
    assert (mention.form, text[mention.start : mention.end], mention.value) == ("ordinal", surface, Decimal(value))


def test_a_second_of_time_is_no_ordinal() -> None:
    assert surfaces("every second counts, 30 seconds a call") == ["30"]


@pytest.mark.parametrize(
    ("text", "surface", "currency", "value"),
    [
        ("$2.5bn raised", "$2.5bn", DOLLAR, "2500000000"),
        ("£5m raised", "£5m", "GBP", "5000000"),
        ("€3,2 Mio", "€3,2 Mio", "EUR", "3200000"),
        ("US$ 5 million", "US$ 5 million", "USD", "5000000"),
        ("C$40", "C$40", "CAD", "40"),
        ("40 US dollars", "40", "USD", "40"),
        ("40 Canadian dollars", "40", "CAD", "40"),
        ("$40 CAD", "$40 CAD", "CAD", "40"),
        ("USD 40", "USD 40", "USD", "40"),
        ("EUR40", "EUR40", "EUR", "40"),
        ("40 EUR", "40 EUR", "EUR", "40"),
        ("40 dollars", "40", DOLLAR, "40"),
        ("40 pounds sterling", "40", "GBP", "40"),
        ("KSh 2.65bn", "KSh 2.65bn", "KES", "2650000000"),
        ("₹5 lakh", "₹5 lakh", "INR", "500000"),
        ("40 pounds of rice", "40", None, "40"),
    ],
)
def test_money_names_its_currency(text: str, surface: str, currency: str | None, value: str) -> None:
    mention = only(text)
    assert (text[mention.start : mention.end], mention.currency, mention.value) == (surface, currency, Decimal(value))


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("93.5% of homes", "93.5%"),
        ("93.5 % of homes", "93.5 %"),
        ("forty per cent of homes", "forty per cent"),
        ("40 percent of homes", "40 percent"),
        ("a 40-percent rise", "40-percent"),
        ("half a percent", "half a percent"),
    ],
)
def test_percent_belongs_to_the_surface(text: str, surface: str) -> None:
    mention = only(text)
    assert mention.percent
    assert text[mention.start : mention.end] == surface


def test_percentage_points_are_flagged() -> None:
    assert only("up 4 percentage points").flags == ("percentage_points",)


@pytest.mark.parametrize(
    ("text", "value", "surface"),
    [
        ("5 m long", 5, "5"),
        ("a 5 K run", 5, "5"),
        ("the 10k race", 10, "10"),
        ("5G masts", 5, "5"),
        ("5m people", 5000000, "5m"),
    ],
)
def test_a_letter_is_a_scale_only_where_it_is_no_unit(text: str, value: int, surface: str) -> None:
    mention = only(text)
    assert (mention.value, text[mention.start : mention.end]) == (Decimal(value), surface)


def test_a_scale_word_after_a_full_number_is_redundant() -> None:
    mention = only("29,397,681 million visits")
    assert (mention.value, mention.end, mention.flags) == (Decimal(29397681), 18, ("redundant_scale",))
    assert (mention.resolution, mention.rounded) == (Decimal(1), False)


def test_a_redundant_scale_takes_no_word_of_the_number_that_follows() -> None:
    found = find_mentions(f"7,654,321{' million' * 8} stars")
    assert len(found) == 2
    assert found[0].end <= found[1].start


@pytest.mark.parametrize(
    ("text", "resolution", "rounded"),
    [
        ("21.7 million", "100000", True),
        ("5 million", "1000000", True),
        ("93.5%", "0.1", True),
        ("25,000", "1", False),
        ("twenty-one", "1", False),
        ("five thousand", "1000", True),
        ("five thousand and ten", "1", False),
        ("half a million", "100000", True),
    ],
)
def test_the_resolution_is_the_place_of_the_last_digit_written(text: str, resolution: str, rounded: bool) -> None:
    mention = only(text)
    assert (mention.resolution, mention.rounded) == (Decimal(resolution), rounded)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("open 24/7", ["24", "7"]),
        ("on 1/2/2021", ["1", "2", "2021"]),
        ("nos. 22,24,26,31", ["22", "24", "26", "31"]),
        ("version 1.2.3", ["1", "2", "3"]),
        ("COVID-19 and MD5", ["19", "5"]),
        ("12 345 67 890", ["12", "345", "67", "890"]),
        ("two hundred and three hundred", ["two hundred", "three hundred"]),
        ("44 million.3 They", ["44 million", "3"]),
    ],
)
def test_digits_that_form_no_number_together_stay_apart(text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


def test_taken_spans_are_left_alone_and_nothing_reads_across_them() -> None:
    text = "more than 5 in 2021 or 12 million"
    mentions = find_mentions(text, [(15, 19)])
    assert [text[m.start : m.end] for m in mentions] == ["5", "12 million"]
    assert find_mentions("5 June 2021", [(0, 11)]) == []


def test_a_run_of_digits_too_long_for_an_amount_has_no_value() -> None:
    mention = only("key " + "7" * 40)
    assert (mention.value, mention.start, mention.end) == (None, 4, 44)


def test_a_dump_of_numbers_is_one_mention_without_a_value() -> None:
    text = "1 " * 2000
    mention = only(text)
    assert (mention.value, mention.start, mention.end) == (None, 0, len(text) - 1)
