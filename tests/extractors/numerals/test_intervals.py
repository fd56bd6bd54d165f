"""What a statement claims, by its qualifier."""

from decimal import Decimal

import pytest

from extractors.numerals.intervals import claimed

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
    low, high = claimed(D(value), qualifier, D(1), False, None, None)  # type: ignore[arg-type]
    assert (low, high) == tuple(None if end is None else D(end) for end in expected)


@pytest.mark.parametrize("qualifier", ["about", "nearly"])
def test_a_fall_keeps_its_low_end_below_its_high_end(qualifier: str) -> None:
    low, high = claimed(D(-200), qualifier, D(1), False, None, None)  # type: ignore[arg-type]
    assert low is not None
    assert high is not None
    assert low < high


def test_a_rounded_figure_may_be_off_by_its_resolution_either_way() -> None:
    assert claimed(D(21700000), "exact", D(100000), True, None, None) == (D(21600000), D(21800000))
    assert claimed(D("93.5"), "exact", D("0.1"), True, None, None) == (D("93.4"), D("93.6"))


@pytest.mark.parametrize("qualifier", ["range", "order_of_magnitude"])
def test_what_states_its_own_ends_keeps_them(qualifier: str) -> None:
    assert claimed(D(5), qualifier, D(1), False, D(5), D(9)) == (D(5), D(9))  # type: ignore[arg-type]
