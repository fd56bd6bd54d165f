"""Scores do not fall below what was reached: `floors.json` pins them, file by file and field by field."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from extractors.metrics.card import bundled_card
from tests.gold.floors import PIN, pinned, raised, scored_files, scores_of, shortfalls
from tests.gold.score import score_file
from tests.gold.strict import tally, wanted
from tests.rules.corpus import fingerprint

GOLD = Path(__file__).parent
ROW = {
    "surface": "12", "value": 12, "kind": "count", "qualifier": "exact", "unit": "red kites", "period": "as_of",
    "year": 2022, "metric": None, "aggregation": "average", "base_year": 2020,
}  # fmt: skip


@pytest.mark.parametrize("path", scored_files(), ids=lambda path: path.stem)
def test_no_score_is_below_its_floor(path: Path) -> None:
    floor = pinned().get(path.stem)
    assert floor and floor["texts"] == fingerprint(path), f"the texts of {path.name} changed; run {PIN}"
    assert shortfalls(floor["scores"], scores_of(path)) == []


def test_every_floor_has_its_texts() -> None:
    assert sorted(pinned()) == [path.stem for path in scored_files()]


@pytest.mark.parametrize("name", ["dev", "other_dev"])
def test_other_organisations_figures_take_none_of_its_metrics(name: str) -> None:
    assert score_file(GOLD / f"{name}.jsonl", card=bundled_card("ncmec-impact")).tallies["mapped"].facts == 0


def fact(**fields: Any) -> SimpleNamespace:
    given = {
        "surface": "12", "value": 12, "kind": "count", "qualifier": "exact", "unit": "kites", "period_type": "as_of",
        "year": 2022, "metric": None, "dimensions": {}, "aggregation": "average", "base_year": 2020,
        "attribution": None, "period_start": None, "period_end": None, "period_basis": "stated", "value_low": 12,
        "value_high": 12, "flags": (),
    }  # fmt: skip
    return SimpleNamespace(**given | fields)


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({"period_type": "cumulative"}, "period wrong"),
        ({"period_type": "range"}, "period wrong"),
        ({"year": 2021}, "period wrong"),
        ({"unit": "red hens"}, "unit wrong"),
        ({"unit": None}, "unit missing"),
        ({"aggregation": None}, "aggregation missing"),
        ({"aggregation": "each_day"}, "aggregation wrong"),
        ({"base_year": 2019}, "base_year wrong"),
        ({"metric": "kites"}, "metric extra"),
        ({"attribution": "the club"}, "attribution extra"),
        ({"value": 13}, "value wrong"),
        ({"qualifier": "about"}, "qualifier wrong"),
    ],
)
def test_the_strict_score_sees_each_field(fields: dict[str, Any], verdict: str) -> None:
    assert "whole wrong" not in tally([wanted(ROW)], [fact()])
    seen = tally([wanted(ROW)], [fact(**fields)])
    assert seen[verdict] == seen["whole wrong"] == 1


def test_a_habit_and_a_range_pass_only_as_what_they_are() -> None:
    for period in ("unknown", "range"):
        row = ROW | {"period": period, "year": None if period == "unknown" else 2022}
        assert tally([wanted(row)], [fact(period_type="year")])["period wrong"] == 1
        assert tally([wanted(row)], [fact(period_type=period, year=row["year"])])["period right"] == 1


def test_a_fact_too_many_and_one_too_few_are_told_apart() -> None:
    assert tally([wanted(ROW)], [fact(), fact(surface="9", value=9, metric="kites")])["value extra"] == 1
    missed = tally([wanted(ROW)], [])
    assert (missed["value missing"], missed["period missing"], missed["whole wrong"]) == (1, 1, 1)


def entry(texts: str = "a", **score: int) -> dict[str, Any]:
    given = {"right": 8, "wrong": 1, "missing": 1, "extra": 0} | score
    return {"texts": texts, "scores": {"period": given}}


@pytest.mark.parametrize(
    ("reached", "lower", "kept", "told"),
    [
        (entry(right=9, missing=0), False, 9, 0),
        (entry(right=7, missing=2), False, 8, 1),
        (entry(right=7, missing=2), True, 7, 1),
        (entry(wrong=2, missing=0), False, 8, 1),
        (entry("b", right=5, missing=4), False, 5, 1),
    ],
    ids=["better", "worse", "lowered", "more wrong", "other texts"],
)
def test_a_floor_is_raised_and_never_lowered_in_silence(
    reached: dict[str, Any], lower: bool, kept: int, told: int
) -> None:
    floors, _, worse = raised({"dev": entry()}, {"dev": reached}, lower=lower)
    assert floors["dev"]["scores"]["period"]["right"] == kept
    assert len(worse) == told
    if told and not lower and reached["texts"] == "a":
        assert floors["dev"] == entry()
