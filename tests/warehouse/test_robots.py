"""What a robots.txt says of one page: by the rules of RFC 9309, and in time whatever it holds."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Web
from warehouse.fetch import FetchError
from warehouse.robots import Forbidden, allows, require_allowed

ALL = "User-agent: *\nDisallow: /private\nAllow: /private/report\nDisallow: /*.pdf$\n"
OWN = f"{ALL}\nUser-Agent: other\nuser-agent: Impact-Ledger # this program\nDisallow: /impact\n"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/impact", True),
        ("<html>no rules</html>", "/impact", True),
        ("User-agent: *\nDisallow:\n", "/impact", True),
        ("User-agent: *\nDisallow: /\n", "/impact", False),
        ("Disallow: /\n", "/impact", True),
        (ALL, "/private/x", False),
        (ALL, "/private/report?y=1", True),
        (ALL, "/a.pdf", False),
        (ALL, "/a.pdf?x", True),
        (OWN, "/impact/2021", False),
        (OWN, "/private/x", True),
        ("User-agent: other\nDisallow: /\n", "/impact", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", True),
        ("User-agent: *\nCrawl-delay: 5\nUser-agent: x\nDisallow: /caf%C3%A9\n", "/café", False),
        ("User-agent: *\r\nDisallow: /a*b*c\r\n", "/a-b-x-c-d", False),
        ("User-agent: *\r\nDisallow: /a*b*c\r\n", "/a-c-b", True),
    ],
)
def test_the_longest_rule_of_the_group_decides(text: str, path: str, allowed: bool):
    assert allows(text, path) is allowed


@given(st.text(), st.text())
def test_any_text_is_read(text: str, path: str):
    assert allows(f"User-agent: *\nDisallow: {text}\n{text}", path) in (True, False)


def test_a_rule_of_a_hundred_thousand_stars_is_matched_in_time():
    begun = time.process_time()
    assert allows("User-agent: *\nDisallow: /" + "*a" * 50_000 + "*b$", "/" + "a" * 100_000)
    assert time.process_time() - begun < 1


def test_a_page_that_is_forbidden_is_said_to_be(web: Web):
    web.answer("/robots.txt", body=b"User-agent: *\nDisallow: /impact")
    require_allowed(web.url("/"))
    with pytest.raises(
        Forbidden, match=r"robots.txt wants no program to fetch .*/impact, so nothing was; ask"
    ) as raised:
        require_allowed(web.url("/impact"))
    assert "\n" not in str(raised.value)
    assert {asked.path for asked in web.asked} == {"/robots.txt"}


def test_a_host_without_rules_forbids_nothing(web: Web):
    require_allowed(web.url("/impact"))


def test_a_host_that_cannot_say_is_not_asked_for_the_page(web: Web):
    web.answer("/robots.txt", status=503)
    with pytest.raises(
        FetchError, match=r"robots.txt answers with status 503, so nothing was fetched; run again later"
    ):
        require_allowed(web.url("/impact"))
