"""A card tried on a page: what took each statistic, what is nearest to the others, what the card was not shown."""

from pathlib import Path

import pytest

from extractors import read_text
from extractors.metrics.card import load_card
from extractors.metrics.card_models import SourceCard
from extractors.metrics.slots import Slots
from extractors.metrics.trying import TARGET, Told, Tried, tried

CARD = """
id: harbour-rescue
organisation: Harbour Rescue
title: Our year
url: https://harbour.example/impact
words: {own: [Harbour Rescue], others: [coastguard]}
metrics:
  launches:
    label: Boat launches
    unit: launches
    measure: flow
    dimensions:
      weather: {calm: [calm, fair weather], storm: [storm, gale]}
    counts: launch
    when: {near: [lifeboat, crew]}
    never: [drill]
    also: {counts: [sailing], when: {clause: crew}}
  pilots:
    label: Ships piloted
    unit: ships
    measure: flow
    counts: ship
    when: {clause: piloted}
  towed:
    label: Ships towed
    unit: ships
    measure: flow
    counts: ship
    when: {clause: towed}
  active_volunteers:
    label: Active volunteers
    unit: volunteers
    measure: stock
    counts: [active volunteer]
  buoys:
    label: Buoys in the bay
    unit: buoys
    measure: stock
    counts: buoy
    labelled: true
  calls_a_day:
    label: Calls a day
    unit: calls
    measure: average
    counts: call
  saved_share:
    label: Share of sailors saved
    unit: percent
    measure: share
    when: [{clause: saved}, {clause: [sailor]}]
"""


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> SourceCard:
    path: Path = tmp_path_factory.mktemp("card") / "card.yaml"
    path.write_text(CARD, encoding="utf-8")
    return load_card(path)


def on(text: str, card: SourceCard) -> Tried:
    asked: dict[str, Slots] = {}
    return tried(read_text(text, card=card, edition=2023, asked=asked), asked, card)


def only(text: str, card: SourceCard) -> Told:
    (one,) = on(text, card).told
    return one


def test_the_wording_that_took_it_is_named(card: SourceCard) -> None:
    found = on("# Our year\n\nOur crew made 412 launches in a storm. Our crew made 96 sailings.", card)
    assert [(one.fact.metric, one.wording, one.reason) for one in found.told] == [
        ("launches", "launches[0]", ""),
        ("launches", "launches[1]", ""),
    ]
    assert found.told[0].headings == ("Our year",)
    assert (found.mapped, found.ties) == (2, ())


@pytest.mark.parametrize(
    ("text", "nearest", "reason"),
    [
        (
            "The crew made 412 launches in icy weather.",
            "launches",
            "`icy` narrows what is counted; put it into `only` if it does not",
        ),
        ("The crew made 412 launches in a drill.", "launches", "`drill` stands in its clause, which `never` bars"),
        ("There were 412 launches.", "launches", "nothing near it says lifeboat / crew"),
        ("The coastguard crew made 412 launches.", "launches", "`coastguard` names somebody else"),
        (
            "We had 31 volunteers.",
            "active_volunteers",
            "counts `active volunteer`; put `volunteers` into its `counts` if it is the same",
        ),
        ("We saw 31 buoys.", "buoys", "counts it, but only where labels name the value (`labelled`)"),
        ("In 2023 we took 310 calls.", "calls_a_day", "counts it, but is an average, and this is none"),
        ("The crew had a share of 12% saved.", "saved_share", "nothing in its clause says sailor"),
        (
            "The share of sailors saved rose by 12%.",
            "saved_share",
            "is a share; a change in percent is taken by the metric that counts what has changed",
        ),
        ("We ate 412 buns.", None, "no metric counts `buns`"),
        ("12% of the buns were stale.", None, "no share asks for what it says"),
        ("By 2030 we aim for 412 launches of our lifeboat.", None, TARGET),
    ],
)
def test_the_nearest_metric_and_the_word_that_failed(
    text: str, nearest: str | None, reason: str, card: SourceCard
) -> None:
    one = only(text, card)
    assert (one.fact.metric, one.nearest, one.reason) == (None, nearest, reason)


def test_a_rate_of_what_is_counted_is_told_from_a_count(card: SourceCard) -> None:
    one = only("An average of 12 ships were piloted each day.", card)
    assert one.nearest in ("pilots", "towed")
    assert one.reason == "counts it, but this is a rate or an average, which only `measure: average` takes"


def test_a_kind_of_number_that_is_not_taken_is_told(card: SourceCard) -> None:
    assert only("Active volunteers cost us £412 in 2023.", card).fact.metric is None
    one = only("31% of the buoys are new.", card)
    assert one.nearest is None or "percentage" in one.reason


def test_figures_that_two_metrics_speak_for_are_ties(card: SourceCard) -> None:
    found = on("We piloted and towed 31 ships.", card)
    assert [one.rivals for one in found.ties] == [("pilots", "towed")]
    assert found.told[0].reason == "pilots[0], towed[0] speak for it alike"


def test_what_the_page_never_showed_is_told(card: SourceCard) -> None:
    found = on("Our crew made 412 launches in a storm.", card)
    assert found.without_hit == (
        "pilots", "towed", "active_volunteers", "buoys", "calls_a_day", "saved_share",
    )  # fmt: skip
    assert found.unseen == (("launches", "weather", "calm"),)


def test_a_card_without_metrics_takes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "card.yaml"
    path.write_text(CARD.partition("metrics:")[0], encoding="utf-8")
    assert on("Our crew made 412 launches.", load_card(path)).mapped == 0
