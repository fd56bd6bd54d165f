"""Why a statistic states a metric or none: which wording took it, or the nearest one and the word that failed."""

import pytest

from extractors.metrics.card import SourceCard
from extractors.metrics.explaining import UNSAID, Explanation, explain
from tests.extractors.metrics.test_mapping import card, slots

__all__ = ["card"]


def told(clause: str, source: SourceCard, **more: str) -> Explanation:
    return explain(slots(clause, "412", "launches", **more), source)


def test_the_wording_that_took_it_comes_first_and_nothing_failed(card: SourceCard) -> None:
    explanation = told("our crews made 412 launches in 2021", card)
    assert explanation.assignment.rule == explanation.judged[0].wording == "launches[0]"
    assert explanation.judged[0].failed == ()
    assert [one.failed for one in explanation.judged[1:]] == [((UNSAID, "night / darkness"),)]


@pytest.mark.parametrize(
    ("clause", "veto", "word"),
    [
        ("the crew made 412 launches in icy weather", "unknown_word", "icy"),
        ("in wales the crew made 412 launches", "unknown_front", "wale"),
        ("the crew made 412 launches in a drill", "forbidden", "drill"),
        ("the coastguard crew made 412 launches", "another", "coastguard"),
        ("the crew made another 412 launches", "accounted_for", "another"),
        ("of those, 412 were lifeboat launches", "part", "of those"),
        ("there were 412 launches", UNSAID, "lifeboat / crew"),
    ],
)
def test_the_nearest_wording_names_the_word_that_failed(card: SourceCard, clause: str, veto: str, word: str) -> None:
    explanation = told(clause, card)
    nearest = next(one for one in explanation.judged if one.wording == "launches[0]")
    assert explanation.assignment.metric is None
    assert (veto, word) in nearest.failed


def test_what_speaks_against_any_metric_is_told_apart(card: SourceCard) -> None:
    assert told("a lifeboat crew might well make 412 launches", card).against_any == (("possible", "might well make"),)


def test_a_noun_that_the_card_does_not_count_has_no_wording(card: SourceCard) -> None:
    explanation = explain(slots("the crew ate 412 buns", "412", "buns"), card)
    assert (explanation.assignment.rule, explanation.judged) == ("no rule", ())
