"""Cards of the language before: they are read for one more version, and mean what they meant."""

from pathlib import Path

import pytest

from extractors import read_text
from extractors.errors import InputError
from extractors.metrics.card import load_card
from extractors.metrics.old_language import OldCard
from extractors.metrics.worded import Wording

OLD = """
id: harbour-rescue
organisation: Harbour Rescue
title: Our year
url: https://harbour.example/impact
classes:
  crews: [crew, sailor, volunteer*]
metrics:
  launches:
    label: Boat launches
    unit: launches
    measure: flow
    undated: cumulative
    undated_from: 5000
    only: [weather]
    match:
      - counts: launch
        about: [lifeboat, <crews>]
        within: sentence
        not: [drill]
        unless: [prank]
        not_before: [school]
        only: [icy]
      - {counts: mission, says: [[saved], [people, <crews>]], members: none}
"""


def load(tmp_path: Path, text: str = OLD) -> OldCard:
    path = tmp_path / "card.yaml"
    path.write_text(text, encoding="utf-8")
    card = load_card(path)
    assert isinstance(card, OldCard)
    return card


def test_an_old_card_is_compiled_to_the_same_wordings(tmp_path: Path) -> None:
    card = load(tmp_path)
    crews = ("crew", "sailor", "volunteer*")
    first, second = card.worded["launches"].wordings
    assert first == Wording(
        counts=("launch",),
        about=(("sentence", ("lifeboat", *crews)),),
        forbid=("drill",),
        unless=("prank",),
        not_before=("school",),
        only=("icy",),
    )
    assert second == Wording(counts=("mission",), says=(("saved",), ("people", *crews)), members="none")
    assert card.worded["launches"].only == ("weather",)
    metric = card.metrics["launches"]
    assert [metric.is_total(value) for value in (0, 4_999, 5_000)] == [False, False, True]


def test_an_old_card_reads_a_page(tmp_path: Path) -> None:
    (fact,) = read_text("Our crews made 412 launches in 2021.", card=load(tmp_path)).facts
    assert (fact.metric, fact.rule.split()[-1]) == ("launches", "launches[0]")


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ("counts: launch", "count: launch", 'metrics.launches.match[0].count: unknown key, did you mean "counts"?'),
        ("counts: launch", "part: true", "metrics.launches.match[0]: needs `counts`, the noun that is counted"),
        ("counts: launch", "counts: launch*", "metrics.launches.match[0].counts: takes whole words"),
        ("members: none", "members: some", "metrics.launches.match[1].members: the metric has no dimensions"),
        ("lifeboat, <crews>", "lifeboat, <crew>", "metrics: no class 'crew', did you mean \"crews\"?"),
        (
            "    only: [weather]",
            "    when: [{near: crew}]",
            "metrics.launches.when: is of the new language of cards, and ",
        ),
        (
            "classes:",
            "glossary: {a_b: [a]}\nclasses:",
            "glossary: is of the new language of cards, and `match`, `classes`",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, wrong: str, right: str, message: str) -> None:
    assert wrong in OLD
    with pytest.raises(InputError) as caught:
        load(tmp_path, OLD.replace(wrong, right, 1))
    assert str(caught.value).startswith(f"{tmp_path / 'card.yaml'}: {message}")
