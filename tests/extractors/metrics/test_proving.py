"""Examples of a card: each marked number is the metric's or it is said which word is missing or in the way."""

from pathlib import Path

import pytest

from extractors.errors import InputError
from extractors.metrics.card import SAMPLES, bundled_card, bundled_sources, load_card
from extractors.metrics.card_examples import Example, parsed
from extractors.metrics.card_models import SourceCard
from extractors.metrics.proving import Failure, failures, how_many, prove

CARD = """
id: harbour-rescue
organisation: Harbour Rescue
title: Our year
url: https://harbour.example/impact
words: {{own: [Harbour Rescue], others: [coastguard]}}
metrics:
  launches:
    label: Boat launches
    unit: launches
    measure: flow
    dimensions:
      weather: {{calm: [calm, fair weather], storm: [storm, gale]}}
    counts: launch
    when: [{{near: [lifeboat, crew]}}]
    never: [drill, {{sentence: prank}}, {{leading: school}}]
    only: [weather]
    {key}:
      - {example}
  night_launches:
    label: Launches at night
    unit: launches
    measure: flow
    counts: launch
    when: [{{clause: [lifeboat, crew]}}, {{clause: [night, darkness]}}]
    part: true
"""


def card(tmp_path: Path, example: str, key: str = "examples") -> SourceCard:
    path = tmp_path / "card.yaml"
    path.write_text(CARD.format(example=example, key=key), encoding="utf-8")
    return load_card(path)


COMES_OUT = [
    '"Our crews made **412** launches in 2021."',
    '"In 2021 our crews made 412 launches, **95** of them launches in storms."',
    '"The lifeboat crew made 412 launches, and **412** launches in 2020."',
    '"# Lifeboats\\n\\nLaunches: **412**"',
    '"# Lifeboats\\n\\n**412**\\nlaunches"',
    '"| | 2020 | 2021 |\\n| --- | --- | --- |\\n| Lifeboat launches | 380 | **412** |"',
    '"Lifeboat launches in fair weather: **300** -> weather=calm"',
    '"Our crews made **more than 400** launches."',
]


@pytest.mark.parametrize("example", COMES_OUT)
def test_an_example_comes_out(tmp_path: Path, example: str) -> None:
    assert list(failures(card(tmp_path, example))) == []


FAILS = [
    ("There were **412** launches.", "not taken: nothing near it says lifeboat / crew"),
    ("Our crew made **412** launches in icy weather.", "not taken: `icy` narrows what is counted; put it into `only`"),
    ("In Wales our crew made **412** launches.", "not taken: `wale` in front narrows what is counted"),
    ("Our crew made **412** launches in a drill.", "not taken: `drill` stands in its clause, which `never` bars"),
    ("Prank! Our crew made **412** launches.", "`prank` stands around it, which `never: {sentence: …}` bars"),
    ("The school made **412** lifeboat launches.", "`school` leads to it, which `never: {leading: …}` bars"),
    ("The coastguard crew made **412** launches.", "not taken: `coastguard` names somebody else"),
    ("Our crew made another **412** launches.", "not taken: `another` makes it a part"),
    ("Of those, **412** were lifeboat launches.", "not taken: `of those` makes it a part"),
    ("A lifeboat crew might well make **412** launches.", "`might well make` tells what is possible"),
    ("Our crew ate **412** buns.", "not taken: no wording of launches counts what it counts"),
    ("Our crew made **412** launches at night.", "not taken: night_launches[0] takes it"),
    ("Our crew made **412** launches in storms. -> weather=calm", "`412` is weather=storm, not weather=calm"),
    ("Our crew made **412** launches. -> weather=calm", "`412` is the total, not weather=calm"),
    ("Call our crew on **0800 412 412**.", "`0800 412 412` is no statistic there: "),
    ("Our **crew** made 412 launches.", "no number is read where `crew` is marked"),
    ("By 2040 our crew aims to make **412** launches.", "`412` is "),
]


@pytest.mark.parametrize(("example", "reason"), FAILS)
def test_what_does_not_come_out_names_the_word(tmp_path: Path, example: str, reason: str) -> None:
    (failure,) = failures(card(tmp_path, f'"{example}"'))
    assert failure.place == "metrics.launches.examples[0]"
    assert reason in failure.reason and "\n" not in failure.reason


def test_a_near_miss_must_not_be_taken(tmp_path: Path) -> None:
    missed = '"Our crew made **412** launches in a drill."'
    assert list(failures(card(tmp_path, missed, "not_examples"))) == []
    taken = card(tmp_path, '"Our crew made **412** launches."', "not_examples")
    assert list(failures(taken)) == [
        Failure("metrics.launches.not_examples[0]", "`412` is taken for launches by launches[0]")
    ]
    assert how_many(taken) == (0, 1)


def test_a_near_miss_of_a_member_may_be_another(tmp_path: Path) -> None:
    other = '"Our crew made **412** launches in storms. -> weather=calm"'
    assert list(failures(card(tmp_path, other, "not_examples"))) == []


def test_a_card_that_fails_is_refused_with_the_first_and_how_many_more(tmp_path: Path) -> None:
    two = '"There were **412** launches."\n      - "Our crew ate **3** buns."'
    with pytest.raises(InputError) as caught:
        prove(card(tmp_path, two), "my.yaml")
    said = str(caught.value)
    assert said.startswith("my.yaml: metrics.launches.examples[0]: `412` is not taken: nothing near it says lifeboat")
    assert said.endswith("(and 1 more; see `impact card check my.yaml`)")


def test_the_mark_is_found_among_its_like() -> None:
    assert parsed("40 of 40 and **40** in all -> a=b; c=d") == Example(
        "40 of 40 and 40 in all", "40", 2, {"a": "b", "c": "d"}
    )


@pytest.mark.parametrize("name", [*bundled_sources(), "marren-vale-food-network"])
def test_every_example_of_a_bundled_card_comes_out(name: str) -> None:
    bundled = bundled_card(name) if name in bundled_sources() else load_card(SAMPLES / name / "card.yaml")
    assert list(failures(bundled)) == []


@pytest.mark.parametrize("name", bundled_sources())
def test_every_metric_of_a_bundled_card_has_an_example_and_a_near_miss(name: str) -> None:
    metrics = bundled_card(name).metrics
    assert [slug for slug, metric in metrics.items() if not (metric.examples and metric.not_examples)] == []
