"""Amounts as accounts and other countries write them: apostrophes, marks, codes, shortened ranges, powers of ten."""

from decimal import Decimal

import pytest

from extractors import read_text


def told(text: str) -> list[tuple[Decimal, str, str | None]]:
    """The value, kind and unit of every fact."""
    return [(Decimal(str(f.value)), f.kind, f.unit) for f in read_text(text).facts]


def test_an_amount_behind_an_abbreviation_keeps_its_year() -> None:
    """The point of "Rs." ends no sentence."""
    assert [f.year for f in read_text("A loaf cost Rs. 45.20 in 2021.").facts] == [2021]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("In 2021 we sorted 16\u201418,000 beans.", [16000]),
        ("In 2021 hats cost \u00a31\u20132,000.", [1000]),
        ("In 2021 sales fell \u00a390,000 to \u00a3310,000.", [-90000, 310000]),
        ("Sacks rose from 3 to 12 to 40 in 2021.", [3, 12, 40]),
        ("Sacks crept upward, rising up to 41 in 2021.", [41]),
        ("In 2021 we kept 7 \u00d7 10\u2074 seeds.", [70000]),
        ("In 2021 we kept 7.2\u00b710\u2074 seeds.", [72000]),
        ("In 2021 a seed weighed 5 \u00d7 10-3 g.", [Decimal("0.005")]),
        ("Some one-sixth of the beans rotted.", [Decimal(1) / 6]),
        ("In 2021 we had 61 M.Sc. and 12 B.A. students, and 4 K.C. patrons.", [61, 12, 4]),
        ("In 2021 we raised 61 M. Some came late.", [61_000_000]),
        ("In 2021 we met 4 M-Pesa agents, 25 K-pop fans and 5 M&M sellers.", [4, 25, 5]),
        ("In 2021 some 5 m people came.", [5_000_000]),
    ],
)
def test_pairs_and_powers(text: str, values: list[Decimal | int]) -> None:
    """Shortened ranges, a change and the level it led to, levels in a row, powers of ten."""
    assert [f.value for f in read_text(text).facts] == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("In 2021 hats made Rs.45 crore.", 450_000_000, "INR"), ("In 2021 hats made Php12,000.", 12_000, "PHP"),
        ("In 2021 hats made RMB 3 million.", 3_000_000, "CNY"), ("In 2021 hats made EC$3 million.", 3_000_000, "XCD"),
        ("In 2021 hats made 3 million Kenyan shillings.", 3_000_000, "KES"),
        ("In 2021 hats made CFA 12,000.", 12_000, "CFA"),
        ("In 2021 the result was R(4,120).", -4120, "ZAR"), ("In 2021 the result was Rs (4,120).", -4120, "INR"),
        ("In 2021 the result was \u2013\u00a34,120.", -4120, "GBP"),
        ("In 2021 hats made 2 million Mexican pesos.", 2_000_000, "MXN"),
    ],
)  # fmt: skip
def test_money_of_many_countries(text: str, value: int, unit: str) -> None:
    assert told(text) == [(value, "money", unit)]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("In 2021 we sowed from 5 tonnes to 6 tonnes.", 5, 6, "tonnes"),
        ("In 2021 we sowed 5 tonnes-6 tonnes.", 5, 6, "tonnes"),
        ("In 2021 we sowed 1.2 million-1.5 million beans.", 1_200_000, 1_500_000, "beans"),
        ("In 2021 we lent R2 to R3 million.", 2_000_000, 3_000_000, "ZAR"),
        ("In 2021 a well cost US$60 to 80,000.", 60_000, 80_000, "USD"),
        ("In 2021 we lent \u00a33,000 \u2013\u00a34,000.", 3000, 4000, "GBP"),
    ],
)
def test_ranges_with_their_units(text: str, low: int, high: int, unit: str) -> None:
    """Ends that each have their unit, or leave it to the other."""
    facts = read_text(text).facts
    assert [(f.value_low, f.value_high, f.unit) for f in facts if f.qualifier == "range"] == [(low, high, unit)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("We paid CHF 3'050'000 to choirs in 2021.", 3050000),
        ("The fund gave CHF 71’004 in 2021.", 71004),
        ("We sold bread for R2.6 million in 2021.", 2600000),
        ("The bakery took R 48 000 in 2021.", 48000),
        ("The choir raised 310 000 kr in 2021.", 310000),
        ("Loans came to 12 MSEK in 2021.", 12000000),
        ("The gift was 35 kEUR in 2021.", 35000),
        ("Costs were TEUR 410 in 2021.", 410000),
        ("The state paid MYR 2.5 billion in 2021.", 2500000000),
        ("A stamp cost 0.62$.", Decimal("0.62")),
        ("The tax came to 3.5 million $ in 2021.", 3500000),
        ("The bridge cost Fr. 70'500 in 2021.", 70500),
    ],
)
def test_money(text: str, value: Decimal | int) -> None:
    """Each amount of money is read whole, with its scale."""
    assert [(v, kind) for v, kind, _ in told(text)] == [(value, "money")]


@pytest.mark.parametrize("text", ["We use R2 and R3 maps.", "Room R12 was painted in 2021.", "We run R4.1 now."])
def test_a_letter_alone_is_no_money(text: str) -> None:
    """A mark of one letter makes money only of an amount that is no name."""
    assert "money" not in [kind for _, kind, _ in told(text)]


def test_apostrophes_of_counts() -> None:
    """A group that begins with 0 is part of its number."""
    assert told("In 2021 we fed 41'090 swans and 12’000 geese.") == [
        (41090, "count", "swans"),
        (12000, "count", "geese"),
    ]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Each got £3–9,000 in 2021.", 3000, 9000),
        ("The herd grew to 12-18,000 sheep in 2021.", 12000, 18000),
        ("A ticket cost between 4 euros and 9 euros in 2021.", 4, 9),
        ("Boys walked between 3 miles and 8 miles in 2021.", 3, 8),
        ("Firms of 2-10,000 owls took part in 2021.", 2000, 10000),
    ],
)
def test_ranges(text: str, low: int, high: int) -> None:
    """A range whose first end leaves out the thousands, or that says its unit twice."""
    (fact,) = read_text(text).facts
    assert (fact.qualifier, fact.value_low, fact.value_high) == ("range", low, high)


def test_bands_begin_at_one() -> None:
    """ "1–5,000" is what it says."""
    (fact,) = read_text("Towns of 1–5,000 owls took part in 2021.").facts
    assert fact.value_low == 1


@pytest.mark.parametrize(
    ("text", "change", "level"),
    [
        ("Costs grew $4 million to $52 million in 2021.", 4000000, 52000000),
        ("Membership fell 200 to 3,900 farmers in 2021.", -200, 3900),
    ],
)
def test_an_amount_of_change_and_its_level(text: str, change: int, level: int) -> None:
    """ "Rose 200 to 4,000" is no range."""
    facts = read_text(text).facts
    assert [f.value for f in facts] == [change, level]
    assert facts[0].kind == "change" and facts[1].kind in ("money", "count")


def test_a_range_of_change_stays() -> None:
    """ "Rose 5 to 8 percent" is one."""
    (fact,) = read_text("Prices rose 5 to 8 percent in 2021.").facts
    assert fact.qualifier == "range"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("We saw 4.5 × 10⁶ bees in 2021.", 4500000),
        ("We saw 1.2 x 10^4 bees in 2021.", 12000),
        ("We saw 7 x 105 bees in 2021.", 700000),
        ("We stored 7 x 105 litres in 2021.", 700000),
        ("We saw 10⁶ bees in 2021.", 1000000),
        ("We saw 10^4 bees in 2021.", 10000),
        ("We saw 14 x 10^4 bees in 2021.", 140000),
        ("We saw 1.5e4 bees in 2021.", 15000),
        ("The mites weighed 4 × 10⁻² g in 2021.", Decimal("0.04")),
    ],
)
def test_powers_of_ten(text: str, value: int | Decimal) -> None:
    """A number and its power of ten are one."""
    assert [f.value for f in read_text(text).facts] == [value]


@pytest.mark.parametrize("text", ["The beams of 2 x 105 mm held.", "In 2021 we flew 2 x 103 seat planes."])
def test_so_many_of_a_number_is_no_power_of_ten(text: str) -> None:
    """Sizes and pieces are multiplied, too."""
    assert max(f.value for f in read_text(text).facts) < 200


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("In 2021 zero point seven per cent of owls left.", Decimal("0.7")),
        ("In 2021 zero point zero four percent of owls left.", Decimal("0.04")),
    ],
)
def test_decimals_in_words_below_one(text: str, value: Decimal) -> None:
    """ "Zero point seven" is one number; a "zero point" alone is none."""
    assert [f.value for f in read_text(text).facts] == [value]
