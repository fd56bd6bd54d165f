"""Folding: as long as the text, and no letter is dearer than another."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from extractors.language.lexicon import fold
from tests.extractors.growth import calls


def test_every_letter_folds_to_one_letter():
    letters = "".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    assert len(fold(letters)) == len(letters)
    assert fold("İstanbul’s ẞ ŉ “Õ”") == 'istanbul\'s ß ŉ "õ"'


@given(st.text())
def test_spans_carry_over(text: str):
    assert len(fold(text)) == len(text)


def test_no_letter_costs_more_than_another():
    for letter in "Aéİẞŉǰﬃ日":
        assert calls(fold, f"{letter}bc " * 500) < 20
