import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.page_keys import page_key, same_page

PAGE = "https://www.shelter.example/our/impact"


@pytest.mark.parametrize(
    "other",
    [
        "http://www.shelter.example/our/impact",
        "https://shelter.example/our/impact",
        "HTTPS://WWW.Shelter.Example/our/impact/",
        "https://www.shelter.example:443/our/impact",
        "http://www.shelter.example:80/our/impact#figures",
        "https://user:word@www.shelter.example/our/impact?",
        "https://www.shelter.example./our/%69mpact",
        "https://www.shelter.example/our/./years/../impact",
        "https://www.shelter.example/our/impact?utm_source=letter&UTM_Medium=mail&fbclid=1",
    ],
)
def test_addresses_of_one_page_have_one_key(other):
    assert page_key(other) == page_key(PAGE)


@pytest.mark.parametrize(
    "other",
    [
        "https://www.shelter.example/our/Impact",
        "https://www.shelter.example/our/impact/2022",
        "https://www.shelter.example/our/impact/index.html",
        "https://www.shelter.example/our/impact?year=2022",
        "https://blog.shelter.example/our/impact",
        "https://www.shelter.example:8443/our/impact",
        "https://www.shelter.example/our%2Fimpact",
        "https://www.shelter.example/",
    ],
)
def test_addresses_of_other_pages_do_not(other):
    assert page_key(other) != page_key(PAGE)


def test_the_order_of_parameters_and_the_way_of_writing_letters_are_no_matter():
    assert page_key("https://a.example/x?b=2&a=1") == page_key("http://a.example/x?a=1&b=2&utm_id=7")
    assert page_key("https://bücher.example/zähl") == page_key("https://xn--bcher-kva.example/z%c3%a4hl")
    assert page_key("https://a.example") == page_key("https://a.example/")
    assert page_key("http://www.example/") != page_key("http://example/")


@pytest.mark.parametrize(
    "text", ["urn:pageinfo:https://a.example/", "mailto:a@b.example", "", "a.example/x", "http:///x"]
)
def test_what_is_no_web_address_has_none(text):
    assert page_key(text) is None


@given(st.text())
def test_any_text_may_be_asked_for(text):
    key = page_key(f"https://a.example/{text}")
    assert key is None or page_key(f"http://{key}") == key
    page_key(text)


@pytest.mark.parametrize(
    ("url", "other", "same"),
    [
        ("http://shelter.example/impact", "https://www.shelter.example:443/impact/?utm_source=letter", True),
        ("https://shelter.example/impact?b=2&a=1", "https://shelter.example/impact?a=1&b=2#top", True),
        ("https://ann:word@shelter.example/?api_key=k1", "https://shelter.example/?api_key=REDACTED", True),
        ("https://shelter.example/impact?page=2", "https://shelter.example/impact?page=3", False),
        ("ftp://shelter.example/impact", "ftp://shelter.example/impact", False),
    ],
)
def test_addresses_of_one_page_are_the_same_whatever_is_left_out(url, other, same):
    assert same_page(url, other) is same
    assert same_page(other, url) is same
