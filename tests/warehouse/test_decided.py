"""What a decision makes of a fact, column by column."""

from decimal import Decimal
from typing import Any

import pytest

from tests.warehouse.facts_builder import CARD, SOURCE
from tests.warehouse.test_decisions import decision, worded
from warehouse.anchoring import Stated
from warehouse.decided import DECIDED_COLUMNS, ReadFact, Said, Settled, decided_rows
from warehouse.decisions import Decision

SENTENCE = "In 2021 we took 310 calls."


def fact(*, edition: int | None = 2021, kind: str = "count", basis: str = "stated", **fields: Any) -> ReadFact:
    """A fact as it was read; `fields` of what it says, and what its words claim."""
    said = {"metric": None, "dimensions": {}, "value": 310, "qualifier": "exact", "unit": "calls"}
    said |= {"period_type": "year", "year": 2021} | fields
    value = Decimal(str(said.pop("value")))
    ends = [Decimal(str(said.pop(name, value))) for name in ("low", "high")]
    ends.append(Decimal(str(said.pop("resolution", 1))))
    stated = Stated("f1", "310", SENTENCE, 16, 19, 0, ("Our work",), SENTENCE, "w")
    return ReadFact(stated, Said(value=value, **said), "a" * 64, edition, kind, basis, *ends)


def row(made: Decision, read: ReadFact) -> dict[str, Any]:
    (found,) = decided_rows([Settled(SOURCE, made, "applies", None, (read,))], [CARD])
    return dict(zip(DECIDED_COLUMNS, found, strict=True))


def corrected(read: ReadFact, **given: Any) -> tuple[Any, ...]:
    found = row(decision(metric=None, members={}, **given), read)
    return tuple(found[name] for name in ("value", "qualifier", "value_low", "value_high", "resolution"))


@pytest.mark.parametrize(
    ("kind", "value", "low", "high"),
    [
        ("percent", "88", "87", "89"),
        ("percent", "87.5", "87.5", "87.5"),
        ("percent", "0", "0", "0"),
        ("percent", "100", "100", "100"),
        ("count", "88", "88", "88"),
        ("ratio", "1", "1", "1"),
    ],
)
def test_a_given_value_is_exact_but_for_a_whole_percentage(kind: str, value: str, low: str, high: str):
    read = fact(kind=kind, value="21.5", low="21.4", high="21.6", resolution="0.1")
    wanted = (Decimal(value), "exact", Decimal(low), Decimal(high), Decimal(1))
    assert corrected(read, value=Decimal(value)) == wanted


def test_another_qualifier_leaves_a_rounded_figure_rounded():
    about = fact(value=21_700_000, qualifier="about", low=19_530_000, high=23_870_000, resolution=100_000)
    assert corrected(about, qualifier="exact")[2:] == (21_600_000, 21_800_000, 100_000)
    assert corrected(about, qualifier="at_least")[2:] == (21_700_000, None, 100_000)
    whole = fact(qualifier="about", low=279, high=341)
    assert corrected(whole, qualifier="exact")[2:] == (310, 310, 1)


def test_what_is_not_corrected_claims_what_it_did():
    read = fact(value=21_700_000, low=21_600_000, high=21_800_000, resolution=100_000)
    assert corrected(read, unit="rings") == (21_700_000, "exact", 21_600_000, 21_800_000, 100_000)


@pytest.mark.parametrize("qualifier", ["range", "order_of_magnitude"])
def test_a_value_given_for_a_figure_with_two_ends_is_exact(qualifier: str):
    read = fact(qualifier=qualifier, low=310, high=330)
    assert corrected(read, value=Decimal(320)) == (320, "exact", 320, 320, 1)
    assert corrected(read, unit="rings") == (310, qualifier, 310, 330, 1)


@pytest.mark.parametrize(
    ("metric", "before", "after"),
    [
        ("boats", "year", "as_of"),
        ("boats", "cumulative", "as_of"),
        ("boats", "range", "range"),
        ("calls", "as_of", "cumulative"),
        ("calls", "year", "year"),
        ("caller_share", "as_of", "year"),
        ("reach", "as_of", "year"),
        ("reach", "cumulative", "cumulative"),
    ],
)
def test_the_measure_of_its_metric_has_a_say_on_the_period(metric: str, before: str, after: str):
    assert row(decision(metric=metric, members={}), fact(period_type=before))["period_type"] == after
    given = decision(metric=metric, members={}, period_type="range")
    assert row(given, fact(period_type=before))["period_type"] == "range"


def test_for_a_wording_the_year_goes_with_the_edition_where_there_is_one():
    made = worded(metric=None, edition_offset=-1)
    found = row(made, fact(year=2021))
    assert (found["year"], found["moved"], found["page_says"]) == (2020, True, {"year": "2021"})
    assert row(made, fact(edition=2022, year=2021))["moved"] is False
    assert row(made, fact(edition=None, year=2021))["year"] == 2021


def test_one_on_a_statement_that_is_not_needed_keeps_the_one_on_its_wording_out():
    both = [
        Settled(SOURCE, worded(id="d2", metric="boats", members={}), "applies", None, (fact(),)),
        Settled(SOURCE, decision(), "not_needed", None, (fact(),)),
    ]
    assert decided_rows(both, [CARD]) == []
    assert [found[2] for found in decided_rows(both[:1], [CARD])] == ["d2"]
