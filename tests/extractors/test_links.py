"""Links that open the page with the words highlighted."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.links import text_fragment_url

TEXT = "In 2021 our boats were launched 1,204 times, day and night"
START = TEXT.index("1,204")
URL = "https://lifeboats.example/impact?year=2021"


def test_the_number_stands_between_the_words_around_it() -> None:
    link = text_fragment_url(URL, TEXT, START, START + 5)
    assert link == f"{URL}#:~:text=our%20boats%20were%20launched-,1%2C204,-times%2C%20day%20and%20night"


def test_a_number_glued_to_a_word_or_sign_is_highlighted_with_it() -> None:
    text = "raised (£40m) in all"
    assert ",".join(["raised-", "%28%C2%A340m%29", "-in%20all"]) in text_fragment_url(URL, text, 8, 12)


def test_a_bare_number_takes_its_neighbours_words() -> None:
    link = text_fragment_url(URL, "1,204", 0, 5, "Boats launched", "Lives saved")
    assert link.endswith("#:~:text=Boats%20launched-,1%2C204,-Lives%20saved")


def test_a_fragment_of_the_page_gives_way() -> None:
    assert text_fragment_url(f"{URL}#figures", "1,204", 0, 5) == f"{URL}#:~:text=1%2C204"


@pytest.mark.parametrize("text", ["well-known 5 half-day trips", "a,b 5 c&d"])
def test_signs_with_a_meaning_in_the_directive_are_escaped(text: str) -> None:
    at = text.index("5")
    directive = text_fragment_url(URL, text, at, at + 1).split("#:~:text=")[1]
    prefix, number, suffix = directive.split(",")
    assert (prefix[-1], number, suffix[0]) == ("-", "5", "-")
    assert not set("-&") & set(prefix[:-1] + suffix[1:])


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=20), st.text(max_size=20))
def test_any_words_make_one_directive_that_decodes(before: str, after: str) -> None:
    text = f"{before}5{after}"
    parts = urlsplit(text_fragment_url(URL, text, len(before), len(before) + 1))
    assert parts.fragment.isascii()
    assert "5" in unquote(parts.fragment)
