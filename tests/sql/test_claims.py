"""Intervals: what words claim, and when two claims meet; SQL against a plain reading of the definition."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import duckdb
import pytest

from warehouse.models import macros


class Claim(NamedTuple):
    qualifier: str
    value: Decimal
    low: Decimal | None
    high: Decimal | None


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute(macros())
        yield con


def meet(con: duckdb.DuckDBPyConnection, *claims: Claim) -> bool:
    one, other = (
        f"claim(CAST(${n}_value AS DECIMAL(38, 10)), CAST(${n}_low AS DECIMAL(38, 10)), "
        f"CAST(${n}_high AS DECIMAL(38, 10)), ${n}_qualifier)"
        for n in ("a", "b")
    )
    values = {
        f"{n}_{name}": value
        for n, claim in zip("ab", claims, strict=True)
        for name, value in (
            ("value", claim.value), ("low", claim.low), ("high", claim.high), ("qualifier", claim.qualifier)
        )
    }  # fmt: skip
    row = con.execute(f"SELECT claims_meet({one}, {other})", values).fetchone()
    assert row is not None
    return bool(row[0])


def exact(value: str) -> Claim:
    return Claim("exact", Decimal(value), Decimal(value), Decimal(value))


def rounded(value: str, resolution: str) -> Claim:
    number, step = Decimal(value), Decimal(resolution)
    return Claim("exact", number, number - step, number + step)


def bound(qualifier: str, value: str) -> Claim:
    number = Decimal(value)
    below = qualifier in ("less_than", "at_most", "up_to")
    return Claim(qualifier, number, None if below else number, number if below else None)


def passed(value: str) -> Claim:
    """A running total: "its 10,000th volunteer"."""
    return Claim("exact", Decimal(value), Decimal(value), None)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (exact("29782"), bound("more_than", "29800"), False),
        (exact("21751085"), rounded("21700000", "100000"), True),
        (exact("100"), exact("100"), True),
        (passed("5000000"), bound("more_than", "5000000"), True),
        (passed("5000000"), bound("more_than", "6000000"), True),
        (passed("5000000"), exact("5000000"), True),
        (passed("10000"), exact("10412"), True),
        (passed("10000"), exact("9999"), False),
        (passed("10000"), bound("less_than", "10000"), False),
        (passed("10000"), bound("at_most", "10000"), True),
        (passed("10000"), passed("12000"), True),
        (rounded("88", "1"), exact("87.6"), True),
        (rounded("88", "1"), exact("87"), False),
        (rounded("88", "1"), rounded("89", "1"), True),
        (Claim("exact", Decimal(7), None, None), exact("7"), True),
        (Claim("exact", Decimal(7), None, None), exact("8"), False),
        (exact("100"), exact("101"), False),
        (exact("100"), bound("more_than", "100"), False),
        (exact("100"), bound("at_least", "100"), True),
        (exact("100"), bound("less_than", "100"), False),
        (exact("100"), bound("at_most", "100"), True),
        (exact("100"), bound("up_to", "100"), True),
        (rounded("93.5", "0.1"), exact("93.6"), False),
        (rounded("93.5", "0.1"), exact("93.59"), True),
        (rounded("93.5", "0.1"), rounded("93.7", "0.1"), False),
        (bound("more_than", "100"), bound("less_than", "100"), False),
        (bound("at_least", "100"), bound("at_most", "100"), True),
        (bound("more_than", "100"), bound("more_than", "5000"), True),
        (Claim("range", Decimal(40), Decimal(40), Decimal(55)), exact("55"), True),
        (Claim("about", Decimal(100), Decimal(90), Decimal(110)), exact("110"), True),
        (Claim("nearly", Decimal(100), Decimal(90), Decimal(100)), exact("101"), False),
        (Claim("order_of_magnitude", Decimal(10**9), Decimal(10**9), Decimal(10**12)), exact("5000000000"), True),
    ],
)
def test_statements_agree_when_their_intervals_meet(
    con: duckdb.DuckDBPyConnection, one: Claim, other: Claim, agree: bool
):
    assert meet(con, one, other) is agree
    assert meet(con, other, one) is agree


def allows(claim: Claim, number: Decimal) -> bool:
    """The contract's table, read number by number."""
    match claim.qualifier:
        case "exact":
            assert claim.low is not None
            if claim.high is None:
                return number >= claim.low
            return number == claim.low == claim.high or claim.low < number < claim.high
        case "more_than":
            return number > claim.value
        case "at_least":
            return number >= claim.value
        case "less_than":
            return number < claim.value
        case "at_most" | "up_to":
            return number <= claim.value
        case _:
            assert claim.low is not None
            assert claim.high is not None
            return claim.low <= number <= claim.high


def every_claim() -> Iterator[Claim]:
    """Every form of claim with ends at 0, 1 and 2: two claims can lie in every way to each other that matters."""
    for value in map(Decimal, range(3)):
        yield Claim("exact", value, value, value)
        yield Claim("exact", value, value, None)
        for qualifier in ("more_than", "at_least", "less_than", "at_most", "up_to"):
            yield bound(qualifier, str(value))
    for low, high in ((0, 1), (0, 2), (1, 2)):
        for qualifier in ("exact", "about", "nearly", "range", "order_of_magnitude"):
            yield Claim(qualifier, Decimal(low), Decimal(low), Decimal(high))


# Every interval with ends at whole numbers that is not empty holds one of these.
PROBES = [Decimal(step) / 2 for step in range(-2, 7)]


def test_sql_agrees_with_the_definition_for_every_pair_of_claims(con: duckdb.DuckDBPyConnection):
    claims = list(every_claim())
    number = "DECIMAL(38, 10)"
    con.execute(f"CREATE TABLE stated (number INTEGER, value {number}, low {number}, high {number}, qualifier VARCHAR)")
    appender = con.appender("stated")
    appender.append_rows([(n, c.value, c.low, c.high, c.qualifier) for n, c in enumerate(claims)])
    appender.flush()
    found = con.execute("""
        WITH claims AS (SELECT number, claim(value, low, high, qualifier) AS claim FROM stated)
        SELECT a.number, b.number, claims_meet(a.claim, b.claim) FROM claims AS a CROSS JOIN claims AS b
    """).fetchall()
    assert len(found) == len(claims) ** 2 > 1000
    assert [
        (claims[a], claims[b])
        for a, b, meets in found
        if meets != any(allows(claims[a], probe) and allows(claims[b], probe) for probe in PROBES)
    ] == []
