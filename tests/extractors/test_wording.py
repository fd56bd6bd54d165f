"""How a statement is put: the same words are one wording, whatever their numbers; other words are another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.wording import WORDING_VERSION, wording


def put(sentence: str, number: str, **named: object) -> str:
    start = sentence.index(number)
    return wording(sentence, start, start + len(number), **named)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sentence", "number", "expected"),
    [
        ("In 2021, we took 905 calls.", "905", "in #, we took [#] calls."),
        ("In  2022, WE took\n21.7 million calls.", "21.7 million", "in #, we took [#] calls."),
        ("We took 905 calls, up from 1 234 in 2019.", "905", "we took [#] calls, up from # in #."),
        ("We took 905 calls, up from 1 234 in 2019.", "1 234", "we took # calls, up from [#] in #."),
        ("Twenty-one boats and three crews", "Twenty-one", "[#] boats and # crews"),
        ("Two hundred and five boats", "Two hundred and five", "[#] boats"),
        ("Calls doubled in 2021-22.", "doubled", "calls [#] in #-#."),
        ("Its 10,000th volunteer came.", "10,000th", "its [#] volunteer came."),
        ("1 in 6 of 24,000 runaways", "1 in 6", "[#] of # runaways"),
        ("It cost $2.5m, or 93.5% of it.", "$2.5m", "it cost $[#], or #% of it."),
        ("It cost $2.5m, or 93.5% of it.", "93.5%", "it cost $#, or [#]% of it."),
        ("905", "905", "[#]"),
    ],
)
def test_numbers_and_years_are_marks_and_its_own_another(sentence: str, number: str, expected: str):
    assert put(sentence, number) == expected


def test_heading_and_heads_stand_before_the_sentence():
    assert put("905", "905", heading="Our Year 2021", heads=["Calls", "FY 2021"]) == "our year # | calls | fy # | [#]"
    assert put("905 calls", "905", heading=" ", heads=[]) == "[#] calls"


def test_a_span_that_cuts_through_a_number_takes_it_whole():
    assert wording("We took 21.7 million calls.", 8, 12) == "we took [#] calls."
    assert wording("We took 21.7 million calls.", 10, 11) == "we took [#] calls."


def test_what_people_decided_for_a_wording_stays_decided():
    """Kept in files for years: who changes one of these raises the version, and carries the decisions over."""
    assert WORDING_VERSION == 1
    assert (
        put("Since 1984, 355,000 of Them — “One in 6” — came!", "355,000", heading="Wörk", heads=["A  b"])
        == "wörk | a b | since #, [#] of them — “# in #” — came!"
    )


@given(st.text(max_size=60), st.integers(0, 10**12), st.integers(0, 10**12), st.text(max_size=60))
def test_any_two_numbers_in_the_same_words_are_put_the_same(before: str, one: int, other: int, after: str):
    before, after = before + " said ", " calls " + after

    def with_number(number: int) -> str:
        return wording(f"{before}{number}{after}", len(before), len(before) + len(str(number)))

    assert with_number(one) == with_number(other)
    assert with_number(one).count("[#]") == 1 + before.count("[#]") + after.count("[#]")


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_it_is_readable_text_without_a_digit(text: str, start: int, length: int):
    found = wording(text, start, start + length)
    assert not any(letter in "0123456789" for letter in found)
    assert found == " ".join(found.split())
