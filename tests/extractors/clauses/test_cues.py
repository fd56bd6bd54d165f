"""Words that date, frame or colour a statement."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.clauses.cues import CUES, NEEDED, OPENERS, find_cues
from extractors.language.lexicon import vocabulary


def kinds(low: str) -> list[str]:
    return [cue.kind for cue in find_cues(low, 0, len(low))]


@pytest.mark.parametrize(
    ("low", "kind"),
    [
        ("last year we planted trees", "last_year"),
        ("so far this year", "this_year"),
        ("more than the year before", "previous_year"),
        ("five years ago", "ago"),
        ("over the past ten years", "past_span"),
        ("since the shelter opened", "since"),
        ("to date", "to_date"),
        ("in our 40-year history", "to_date"),
        ("as of 3 may", "as_of"),
        ("by the end of march", "as_of"),
        ("currently", "now"),
        ("in the third quarter", "part_year"),
        ("every single day", "each"),
        ("on a typical night", "each"),
        ("averaging", "average"),
        ("founded in", "event"),
        ("has ever trained", "perfect"),
        ("stood at", "had_reached"),
        ("we operate", "state"),
        ("were", "past"),
        ("we aim to", "future"),
        ("of those", "of_those"),
    ],
)
def test_the_wording_shows_the_cue(low: str, kind: str) -> None:
    assert kind in kinds(low)


@pytest.mark.parametrize(
    ("low", "kind"),
    [
        ("last year's budget", "last_year"), ("sincerely", "since"), ("the means to", "average"),
        ("we mean to grow", "average"), ("a yearly-ish", "each"), ("nowhere", "now"),
    ],
)  # fmt: skip
def test_a_word_that_only_looks_like_a_cue_is_none(low: str, kind: str) -> None:
    assert kind not in kinds(low)


@pytest.mark.parametrize(
    ("low", "count", "unit"),
    [
        ("twelve years ago", 12, "years"), ("a decade ago", 1, "decade"), ("over the past three months", 3, "months"),
        ("in the second half", 2, "half"), ("the fourth quarter", 4, "quarter"), ("every week", None, "week"),
        ("the past decade", None, "decade"), ("monthly", None, "monthly"), ("last 36 hours", 36, "hours"),
    ],
)  # fmt: skip
def test_a_cue_that_measures_time_says_how_much(low: str, count: int | None, unit: str) -> None:
    cue = next(c for c in find_cues(low, 0, len(low)) if c.unit)
    assert (cue.number, cue.unit) == (count, unit)


def test_cues_keep_to_their_bounds_and_do_not_overlap() -> None:
    low = "last year we had helped; since then, each day, we have helped more"
    found = find_cues(low, 10, 50)
    assert all(10 <= cue.start < cue.end <= 50 for cue in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize("kind", CUES)
def test_the_openers_of_a_kind_are_all_first_words_of_its_wording(kind: str) -> None:
    openers = set(OPENERS[kind].split())

    @settings(max_examples=100, deadline=None, database=None)
    @given(st.from_regex(re.compile(CUES[kind], re.ASCII), fullmatch=True))
    def begins_with_an_opener(wording: str) -> None:
        word = re.match(r"[a-z]+|\d+|'", wording)
        assert word is not None
        first = "#" if word[0].isdigit() else word[0]
        assert first in openers or (first.endswith("ed") and "*ed" in openers)

    begins_with_an_opener()


@pytest.mark.parametrize("kind", NEEDED)
def test_the_wording_of_a_kind_always_holds_a_word_that_it_needs(kind: str) -> None:
    @settings(max_examples=100, deadline=None, database=None)
    @given(st.from_regex(re.compile(CUES[kind], re.ASCII), fullmatch=True))
    def holds_one(wording: str) -> None:
        assert not NEEDED[kind].isdisjoint(vocabulary(wording))

    holds_one()
