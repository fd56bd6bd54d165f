"""What a statement claims, by its qualifier."""

from decimal import Decimal

import pytest

from extractors import Fact, read_page, read_text
from extractors.numbers.intervals import interval

D = Decimal


@pytest.mark.parametrize(
    ("qualifier", "value", "expected"),
    [
        ("exact", "1204", ("1204", "1204")),
        ("more_than", "500", ("500", None)),
        ("at_least", "500", ("500", None)),
        ("less_than", "500", (None, "500")),
        ("at_most", "500", (None, "500")),
        ("up_to", "500", (None, "500")),
        ("about", "200", ("180", "220")),
        ("nearly", "200", ("180", "200")),
    ],
)
def test_a_qualifier_sets_the_ends(qualifier: str, value: str, expected: tuple[str | None, str | None]) -> None:
    low, high = interval(D(value), qualifier, None, None, None)  # type: ignore[arg-type]
    assert (low, high) == tuple(None if end is None else D(end) for end in expected)


@pytest.mark.parametrize("qualifier", ["about", "nearly"])
def test_a_fall_keeps_its_low_end_below_its_high_end(qualifier: str) -> None:
    low, high = interval(D(-200), qualifier, None, None, None)  # type: ignore[arg-type]
    assert low is not None
    assert high is not None
    assert low < high


def test_a_rounded_figure_may_be_off_by_its_resolution_either_way() -> None:
    assert interval(D(21700000), "exact", D(100000), None, None) == (D(21600000), D(21800000))
    assert interval(D("93.5"), "exact", D("0.1"), None, None) == (D("93.4"), D("93.6"))


@pytest.mark.parametrize("qualifier", ["range", "order_of_magnitude"])
def test_what_states_its_own_ends_keeps_them(qualifier: str) -> None:
    assert interval(D(5), qualifier, None, D(5), D(9)) == (D(5), D(9))  # type: ignore[arg-type]


def claim(fact: Fact) -> tuple[float | None, float | None]:
    return tuple(None if end is None else float(end) for end in (fact.value_low, fact.value_high))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2021, 88% of callers were helped.", (87, 89)),
        ("In 2021, eighty-eight percent of callers were helped.", (87, 89)),
        ("In 2021, 1 per cent of callers were helped.", (0, 2)),
        ("In 2021 calls rose 40%.", (39, 41)),
        ("In 2021 calls fell 40%.", (-41, -39)),
        ("In 2021 calls rose by 250%.", (249, 251)),
        ("In 2021, 0% of callers hung up.", (0, 0)),
        ("In 2021, 100% of callers were helped.", (100, 100)),
        ("In 2021, 87.6% of callers were helped.", (87.5, 87.7)),
        ("In 2021, half a percent of callers hung up.", (0.5, 0.5)),
        ("In 2021, more than 88% of callers were helped.", (88, None)),
        ("In 2021, up to 88% of callers were helped.", (None, 88)),
        ("In 2021, about 80% of callers were helped.", (72, 88)),
        ("In 2021, 80% to 88% of callers were helped.", (80, 88)),
        ("In 2021, 88 callers were helped.", (88, 88)),
    ],
)
def test_a_percentage_without_decimals_is_as_rounded(text: str, expected: tuple[float | None, float | None]) -> None:
    fact = read_text(text).facts[0]
    assert claim(fact) == expected
    assert fact.resolution == (D("0.1") if "87.6" in text else 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reports fell by 5% to 7% in 2021.", (-5, -7, -5)),
        ("Between 5 and 7 percent fewer reports came in 2021.", (-5, -7, -5)),
        ("Reports fell by dozens in 2021.", (-12, -120, -12)),
        ("Reports rose by 5% to 7% in 2021.", (5, 5, 7)),
    ],
)
def test_a_fall_by_a_range_lies_within_what_it_claims(text: str, expected: tuple[float, float, float]) -> None:
    (fact,) = (fact for fact in read_text(text).facts if fact.kind.startswith("change"))
    assert (fact.value, *claim(fact)) == expected


def test_a_percentage_of_a_table_is_as_rounded_as_any() -> None:
    page = b"<table><tr><th>Kind<th>Share (%)<tr><td>Mail<td>64<tr><td>Calls<td>36<tr><td>All<td>100</table>"
    assert [claim(fact) for fact in read_page(page, edition=2021).facts] == [(63, 65), (35, 37), (100, 100)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("In 2021 the library welcomed its 10,000th volunteer.", 10_000),
        ("The hotline took its 5 millionth call in 2020.", 5_000_000),
        ("Our one-millionth tree was planted in 2019.", 1_000_000),
    ],
)
def test_an_ordinal_that_states_a_total_sets_no_upper_end(text: str, value: int) -> None:
    (fact,) = read_text(text).facts
    assert (fact.value, fact.qualifier, claim(fact)) == (value, "exact", (value, None))


def test_a_rank_claims_itself() -> None:
    (numeral,) = read_text("It came 3rd of all.").numerals
    assert (numeral.disposition, numeral.value, numeral.value_low, numeral.value_high) in (
        ("excluded", 3, 3, 3),
        ("excluded", None, None, None),
    )


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The lake holds 999 trillion trillion trillion atoms.", "999 trillion trillion trillion"),
        ("In 2021 we saw 24 quadrillion quadrillion stars.", "24 quadrillion quadrillion"),
        ("About 9 million trillion trillion grains of sand lie here.", "9 million trillion trillion"),
        ("Between 1 and 20 thousand trillion trillion germs were seen.", None),
        ("One atom is lost, 1 in 5 trillion trillion.", "1 in 5 trillion trillion"),
        ("In 5 of 999 trillion trillion trillion cases it failed.", None),
        ("It counted 12,345,678,901,234,567,890,123 trillion drops.", None),
    ],
)
def test_a_number_that_no_table_holds_is_no_statistic_and_the_rest_is_read(text: str, surface: str | None) -> None:
    reading = read_text(f"In 2020 we ran 4 trams.\n\n{text}\n\nIn 2020 we ran 5 buses.")
    assert [fact.surface for fact in reading.facts][0 :: len(reading.facts) - 1] == ["4", "5"]
    assert all(abs(end) < D(10) ** 28 for fact in reading.facts for end in (fact.value, fact.value_high or 0))
    if surface is not None:
        (numeral,) = (n for n in reading.numerals if n.surface == surface)
        assert (numeral.disposition, numeral.reason) == ("excluded", "out_of_range")


def test_the_largest_number_that_a_table_holds_is_a_statistic() -> None:
    (fact,) = read_text("In 2021 we counted 8 thousand trillion trillion stars.").facts
    assert fact.value == 8 * D(10) ** 27
