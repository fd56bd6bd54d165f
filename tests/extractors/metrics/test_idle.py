"""Words of a card that change nothing are told, and only those."""

from pathlib import Path

import pytest

from extractors.metrics.card import bundled_card, bundled_sources, load_card
from extractors.metrics.idle import idle_words
from tests.extractors.metrics.test_old_language import OLD

CARD = """
id: harbour-rescue
organisation: Harbour Rescue
title: Our year
url: https://harbour.example/impact
glossary:
  crews: [crew, sailor]
  a_launch: [launch, boat launch]
metrics:
  launches:
    label: Boat launches
    unit: launches
    measure: flow
    counts: a_launch
    when: [{clause: [boat, crews]}, {near: [sea]}]
    never: [drill]
    only: [weather]
"""


def told(tmp_path: Path, wrong: str, right: str) -> list[str]:
    assert wrong in CARD
    (tmp_path / "card.yaml").write_text(CARD.replace(wrong, right), encoding="utf-8")
    return list(idle_words(load_card(tmp_path / "card.yaml")))


@pytest.mark.parametrize(
    ("wrong", "right", "line"),
    [
        (", crews]", "]", "glossary.crews: no metric names it"),
        (
            "[crew, sailor]",
            "[crew, the old crew]",
            "glossary.crews: `the old crew` is never reached, as `crew` stands ",
        ),
        (
            "[boat, crews]",
            "[boat, lifeboat crew, crews]",
            "metrics.launches.when[0]: `lifeboat crew` is never reached, as",
        ),
        ("[sea]", "[sea, seaside*]", ""),
        (
            "[sea]",
            "[sea*, seaside]",
            "metrics.launches.when[1]: `seaside` is never reached, as `sea*` stands wherever it d",
        ),
        (
            "[drill]",
            "[boat, crew, sailor]",
            "metrics.launches.when[0]: can never hold, as `never` bars `boat`, `crew`, ",
        ),
        ("[drill]", "[boat, crew]", ""),
        (
            "[weather]",
            "[weather, year, the]",
            "metrics.launches.only: `year`, `the` narrows nothing anyway: plain English",
        ),
    ],
)
def test_a_word_without_effect_is_told(tmp_path: Path, wrong: str, right: str, line: str) -> None:
    lines = told(tmp_path, wrong, right)
    assert len(lines) == bool(line)
    assert not line or lines[0].startswith(line)


def test_of_counted_nouns_the_longer_has_its_weight(tmp_path: Path) -> None:
    assert told(tmp_path, "sailor", "sailor") == []


@pytest.mark.parametrize("name", bundled_sources())
def test_the_bundled_cards_have_none(name: str) -> None:
    assert list(idle_words(bundled_card(name))) == []


def test_a_card_of_the_old_language_is_not_looked_through(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text(OLD, encoding="utf-8")
    assert list(idle_words(load_card(tmp_path / "old.yaml"))) == []
