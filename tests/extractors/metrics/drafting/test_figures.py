"""One figure as a draft sees it: its noun, its verb, what tells it apart, its labels without times."""

import pytest

from extractors.metrics.drafting.figures import Figure, Word, is_time, is_total, shared, verb_forms, words_of
from tests.extractors.metrics.drafting.pages import figures


def figure(text: str, surface: str) -> Figure:
    return next(one for one in figures(text) if one.fact.surface == surface)


def said(words: tuple[Word, ...] | list[Word]) -> list[str]:
    return [word.said for word in words]


@pytest.mark.parametrize(
    ("text", "surface", "noun", "verb", "telling"),
    [
        ("Our kitchen served 48,210 hot meals in 2023.", "48,210", "hot meals", "served", ["served", "kitchen"]),
        ("72 schools got new latrines in 2023.", "72", "schools", "got", ["got", "latrines"]),
        ("We restored 214 kilometres of river.", "214", "kilometres of river", "restored", ["restored"]),
        ("Our rangers led 512 guided walks.", "512", "guided walks", "led", ["led", "rangers"]),
        ("5,120 people picked up litter.", "5,120", "people", "picked", ["picked", "litter"]),
        ("We gave 212 hectares of shelter belts.", "212", "hectares of shelter belts", "gave", ["gave"]),
        ("We spent $8.9 million on boats.", "$8.9 million", "", "spent", ["spent", "boats"]),
    ],
)
def test_noun_verb_and_what_tells_it_apart(text: str, surface: str, noun: str, verb: str, telling: list[str]) -> None:
    one = figure(text, surface)
    assert " ".join(said(one.noun)) == noun
    assert one.verb is not None
    assert one.verb.said == verb
    assert said(one.telling) == telling


def test_a_participle_in_front_of_a_noun_governs_no_number() -> None:
    one = figure("Our rangers led 512 guided walks for 13,900 visitors.", "13,900")
    assert one.verb is not None
    assert one.verb.said == "led"
    assert not one.is_next_to_verb


def test_labels_leave_times_out() -> None:
    table = "| | Water points, 2021 | Water points, 2022 |\n| --- | --- | --- |\n| Nepal | 288 | 301 |"
    assert [(one.labels, one.moment) for one in figures(table)] == [
        (("nepal", "water points"), ("year", 2021)),
        (("nepal", "water points"), ("year", 2022)),
    ]


@pytest.mark.parametrize("part", ["2022", "FY 2022", "Year to June 2023", "2022–23"])
def test_a_label_that_is_a_time(part: str) -> None:
    assert is_time(part)


@pytest.mark.parametrize("part", ["Meals 2022", "North", ""])
def test_a_label_that_is_none(part: str) -> None:
    assert not is_time(part)


@pytest.mark.parametrize(("part", "total"), [("Total", True), ("All guests", True), ("Guests", False), ("", False)])
def test_a_label_of_all(part: str, total: bool) -> None:
    assert is_total(part) is total


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("gave", ("gave", "given", "give")),
        ("drilled", ("drill*",)),
        ("fitted", ("fitted",)),
        ("used", ("used",)),
        ("working", ("working",)),
    ],
)
def test_a_verb_may_stand_in_other_forms(verb: str, forms: tuple[str, ...]) -> None:
    assert verb_forms(words_of(verb)[0]) == forms


def test_what_several_figures_have_in_common_looks_through_the_forms_of_verbs() -> None:
    text = "Together they bring clean water to 186,400 people.\n\nWe brought clean water to 84,300 people in 2022."
    assert said(shared(figures(text))) == ["bring", "water", "clean"]


def test_what_is_aimed_at_is_no_figure_to_draft_from() -> None:
    assert figures("We aim to serve 50,000 meals by 2030.") == []
