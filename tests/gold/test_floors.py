"""Scores on the texts that rules are written against do not fall: a floor a level, a little under what was reached."""

from pathlib import Path

import pytest

from extractors.metrics.card import bundled_card
from tests.gold.numbers_score import score_file as score_numbers
from tests.gold.score import score_file

GOLD = Path(__file__).parent


@pytest.mark.parametrize(
    ("name", "floors"),
    [
        ("dev", (0.98, 0.98, 0.97)),
        ("other_dev", (0.97, 0.97, 0.93)),
        ("tables_dev", (0.98, 0.98, 0.97)),
        ("tables_dev2", (0.98, 0.98, 0.97)),
        ("ncmec_dev7", (0.99, 0.99, 0.96)),
        ("ncmec_dev9", (0.98, 0.98, 0.93)),
        ("ncmec_dev11", (0.98, 0.98, 0.96)),
    ],
)
def test_statistics_of_unlike_organisations(name: str, floors: tuple[float, float, float]) -> None:
    tallies = score_file(GOLD / f"{name}.jsonl").tallies
    short = [
        level for level, floor in zip(("found", "typed", "dated"), floors, strict=True) if tallies[level].f1() < floor
    ]
    assert not short


@pytest.mark.parametrize("name", ["ncmec_dev", *(f"ncmec_dev{number}" for number in range(2, 13))])
def test_metrics_of_the_bundled_card(name: str) -> None:
    mapped = score_file(GOLD / f"{name}.jsonl", card=bundled_card("ncmec-impact")).tallies["mapped"]
    assert mapped.precision() >= 0.97
    assert mapped.f1() >= 0.9


@pytest.mark.parametrize("name", ["dev", "other_dev"])
def test_other_organisations_figures_take_none_of_its_metrics(name: str) -> None:
    assert score_file(GOLD / f"{name}.jsonl", card=bundled_card("ncmec-impact")).tallies["mapped"].facts == 0


@pytest.mark.parametrize("name", ["news", "hard_phrases"])
def test_numbers_of_any_text(name: str) -> None:
    score = score_numbers(GOLD / f"{name}.jsonl")
    assert score.value.f1() >= 0.99
    assert score.modified.f1() >= 0.98
