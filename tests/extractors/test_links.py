"""Links that open the page with the words highlighted."""

from urllib.parse import quote, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.links import public_url, text_fragment_url

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


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://user:secret@shelter.example/impact", "http://shelter.example/impact"),
        ("https://user@shelter.example:8443/", "https://shelter.example:8443/"),
        ("https://s%40e:p%2Fq@shelter.example", "https://shelter.example"),
        ("https://a.example/x?api_key=abc", "https://a.example/x?api_key=REDACTED"),
        ("https://a.example/x?API-Key=abc&year=2022", "https://a.example/x?API-Key=REDACTED&year=2022"),
        ("https://a.example/?year=2022&token=a=b;c/d?e#top", "https://a.example/?year=2022&token=REDACTED#top"),
        ("https://a.example/?X-Amz-Signature=0a&X-Amz-Date=2", "https://a.example/?X-Amz-Signature=REDACTED&X-Amz-Date=2"),
        ("https://a.example/?accessToken=a&sig=b&auth=c", "https://a.example/?accessToken=REDACTED&sig=REDACTED&auth=REDACTED"),
        ("https://a.example/?password=&key=1", "https://a.example/?password=REDACTED&key=REDACTED"),
        ("https://a.example/?api%5Fkey=abc", "https://a.example/?api%5Fkey=REDACTED"),
        ("https://a.example/in;jsessionid=1A2B/page?x=1", "https://a.example/in;jsessionid=REDACTED/page?x=1"),
        ("https://a.example/#access_token=abc&state=1", "https://a.example/#access_token=REDACTED&state=1"),
        ("https://a.example/?url=https://u:p@b.example/?token=1", "https://a.example/?url=https://b.example/?token=REDACTED"),
        (
            "https://a.example/?to=https%3A%2F%2Fb.example%2F%3Fapi_key%3Dabc%26y%3D1",
            "https://a.example/?to=https%3A%2F%2Fb.example%2F%3Fapi_key%3DREDACTED%26y%3D1",
        ),
        ("http://user:p@ss w@shelter.example/", "http://shelter.example/"),
        ("http://user:pa/ss@shelter.example/", "http://shelter.example/"),
        ("http://user:pa#s?s@shelter.example/", "http://shelter.example/"),
        ("http://user:secret@[bad", "http://[bad"),
        ("//user:secret@shelter.example/", "//shelter.example/"),
        ("/end?token=abc", "/end?token=REDACTED"),
    ],
)  # fmt: skip
def test_a_secret_in_an_address_is_never_shown(url, shown):
    assert public_url(url) == shown
    assert public_url(shown) == shown


@pytest.mark.parametrize(
    "url",
    [
        "", "impact.html", "https://shelter.example", "https://a.example/@team/impact?year=2022&page=2#numbers",
        "https://a.example/?keyword=dogs&monkey=1&design=2&author=Ann&assignment=3&passage=4&compass=5",
        "https://a.example/?q=mail@b.example", "https://a.example/keys/token/2022", "https://größe.example/ä?ö=ü",
        "http://[::1]:8000/impact;v=2?a;b=1",
    ],
)  # fmt: skip
def test_an_address_without_a_secret_stays_to_the_letter(url):
    assert public_url(url) == url


@given(st.text(max_size=80))
def test_any_text_has_a_public_form_that_is_its_own(text):
    assert public_url(public_url(text)) == public_url(text)


@given(
    st.text(st.characters(categories=["L", "N"]), min_size=6).map(quote), st.sampled_from(["token", "api_key", "sig"])
)
def test_no_secret_comes_through(secret, name):
    assert secret not in public_url(f"https://ann:{secret}@shelter.example/a?{name}={secret}&y=1#{name}={secret}")
