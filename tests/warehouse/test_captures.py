import pytest

from warehouse.archive import Archive
from warehouse.captures import judge
from warehouse.plausibility import Verdict, plausible

LONG = "<p>" + "Our volunteers answered calls from families in every county of the region. " * 20 + "</p>"


def page(title: str = "Our impact", body: str = LONG) -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>".encode()


@pytest.fixture
def verdict(home, retrieved):
    """Judge a body as a capture that went through the archive."""

    def of(body: bytes, *, accepted: bool = False, content_type: str = "text/html", **answer):
        retrieval = retrieved(body, headers={"Content-Type": content_type}, **answer)
        capture = Archive(home).store("shelter", retrieval, sample=False)
        return judge(capture, body, accepted=accepted)

    return of


@pytest.mark.parametrize(
    "body",
    [
        page(),
        page(body="<p>In 2021 we answered 12,000 calls.</p>"),
        b"<p>12 people were found</p>",
        page(body=LONG + "<p>Sites that show a captcha, or where access denied pages stand in, were counted too.</p>"),
        page(title="Error rates in family reunions: what we learned"),
        page(title="404 children brought home"),
        page(title="Impact | "),
        page(body="<h1>450</h1><p>families housed</p>" + LONG),
        page(body=LONG + "<noscript>Please enable JavaScript to see the film.</noscript>"),
        page(body="<h1>Not found, not forgotten</h1>" + LONG),
        page().decode().encode("utf-16"),
        b"\xef\xbb\xbf" + page(),
    ],
)
def test_a_real_page_is_fit(verdict, body):
    assert verdict(body).ok


@pytest.mark.parametrize("content_type", ["application/xhtml+xml", "TEXT/HTML;charset=nonsense", "text/plain", ""])
def test_html_under_another_or_odd_content_type_is_fit(verdict, content_type):
    assert verdict(page(), content_type=content_type).ok


@pytest.mark.parametrize(
    "charset", ["shift_jis", "big5", "utf-7", "utf-32", "iso-2022-jp", "utf-16", "hz", "x", "\x00"]
)
@pytest.mark.parametrize("words", ["Ünsere Wirkung: 1.204 Tiere", "私たちの活動 1,204 頭", "Our impact: 1,204 animals"])
def test_a_page_in_utf_8_is_fit_whatever_charset_it_is_served_as(verdict, charset, words):
    for body in (page(body=f"<p>{words}</p>"), page(body=f"<p>{words}</p>" + LONG)):
        assert verdict(body, content_type=f"text/html; charset={charset}") == Verdict(True)


@pytest.mark.parametrize("charset", ["shift_jis", "iso-2022-jp", "euc-jp", "utf-16"])
def test_a_page_in_the_charset_it_is_served_as_is_judged_by_its_words(verdict, charset):
    served = f"text/html; charset={charset}"
    assert verdict(page(body="<p>私たちは 1,204 頭を保護した</p>").decode().encode(charset), content_type=served).ok
    blocked = page(title="保護 | Access denied").decode().encode(charset)
    assert "Access denied" in str(verdict(blocked, content_type=served).reason)


@pytest.mark.parametrize("status", [204, 206, 301, 403, 404, 410, 429, 500, 503])
def test_an_error_status_is_unfit_whatever_the_body(verdict, status):
    got = verdict(page(), status=status)
    assert not got.ok
    assert str(status) in got.reason


@pytest.mark.parametrize("body", [b"", b" \r\n\t "])
def test_an_empty_body_is_unfit(verdict, body):
    assert verdict(body).reason == "the body is empty"


def test_a_truncated_body_is_unfit(verdict):
    assert "ended before the body did" in verdict(page(), truncated=True).reason


@pytest.mark.parametrize(
    ("body", "content_type", "named"),
    [
        (b"%PDF-1.7 ...", "application/pdf", "PDF"),
        (b"%PDF-1.7 <html>", "text/html", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "text/html", "PNG"),
        (b"\xff\xd8\xff\xe0", "image/jpeg", "JPEG"),
        (b"PK\x03\x04", "application/octet-stream", "ZIP"),
        (b'{"reports": 5}', "application/json", "application/json"),
        (b' [{"html": "<b>5</b>"}]', "text/html", "JSON"),
        (b"In 2021 we answered 12,000 calls.", "text/plain", "no HTML markup"),
        (b"In 2021 we answered 12,000 calls.", "text/html", "no HTML markup"),
        (page(), "text/css", "text/css"),
        (bytes(range(256)) * 20, "text/html", "no HTML markup"),
    ],
)
def test_what_is_not_html_is_unfit_and_named(verdict, body, content_type, named):
    got = verdict(body, content_type=content_type)
    assert not got.ok
    assert named in got.reason


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "Error",
        "404 Not Found",
        "404 - Page Not Found",
        "Page not found | The Shelter",
        "The Shelter – Page not found",
        "Error 404: The page could not be found",
        "HTTP Error 503. Service Unavailable",
        "Access Denied",
        "Just a moment...",
        "Attention Required! | Guard",
        "Are you a robot?",
        "502 Bad Gateway",
        "We’ll be right back!",
    ],
)
def test_a_page_titled_as_an_error_is_unfit_however_long(verdict, title):
    for body in (page(title=title), page(body=f"<h1>{title}</h1>{LONG}")):
        got = verdict(body)
        assert not got.ok
        assert "error or block page" in got.reason


@pytest.mark.parametrize(
    "text",
    [
        "Please complete the CAPTCHA to continue.",
        "Your access has been denied. Reference 18.4f5d1202.1690000000.",
        "Checking your browser before you visit shelter.example. Ray ID: 7d1f0c2b9e",
        "We’re sorry, the page you requested is not here.",
        "You don’t have permission to access /impact on this server.",
        "You need to enable JavaScript to run this app.",
    ],
)
def test_a_short_page_in_the_words_of_a_block_page_is_unfit(verdict, text):
    assert "error or block page" in verdict(page(title="shelter.example", body=f"<p>{text}</p>")).reason


def test_a_shell_that_needs_javascript_is_unfit(verdict):
    shell = page(body="<div id=root></div><noscript>You need to enable JavaScript.</noscript><script>go(5)</script>")
    assert verdict(shell).reason.startswith("it holds no text without JavaScript; ")
    assert verdict(page(body="<script>go(5)</script>")).reason.startswith("it holds no text without JavaScript; ")
    assert verdict(page(body="<div></div>")).reason == "it holds no text"


def test_a_shell_that_needs_javascript_is_refused_with_the_way_to_import_it_as_drawn(verdict):
    for body in (
        "<div id=app></div><SCRIPT src=a.js></SCRIPT>",
        "<p>You need to enable JavaScript to run this app.</p>",
        "<p>Sorry, JavaScript is required here.</p>",
    ):
        assert "impact import" in verdict(page(body=body)).reason
    assert "impact import" not in verdict(page(body="<p>You have been blocked.</p>")).reason


@pytest.mark.filterwarnings("error")
def test_xhtml_is_read_without_a_word_of_warning(verdict):
    body = b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>5 calls</p></body></html>'
    assert verdict(body, content_type="application/xhtml+xml").ok


@pytest.mark.parametrize(
    "body",
    [b"<div>" * 20_000 + b"5 calls", b"<p>" + b"<" * 100_000, b"<html><!--" + b"-" * 100_000, b"<p>\0\xff\xfe 5"],
)
def test_hostile_markup_is_judged_without_an_error(verdict, body):
    verdict(body)


def test_an_accepted_capture_is_fit(verdict):
    assert verdict(page(title="Access denied"), accepted=True).ok


def test_a_page_without_a_statistic_is_implausible():
    assert not plausible(0, None, 0.5).ok
    assert not plausible(0, 100, 0.0).ok


@pytest.mark.parametrize(("now", "before", "fits"), [(50, 100, True), (49, 100, False), (1, None, True), (1, 0, True)])
def test_the_bound_holds_against_the_last_edition(now, before, fits):
    assert plausible(now, before, 0.5).ok is fits


def test_the_reason_gives_both_counts_and_the_bound():
    assert plausible(3, 100, 0.5).reason == (
        "3 statistics where its edition had 100 before, below the card's bound of 50%"
    )


def test_an_accepted_capture_is_plausible():
    assert plausible(0, 100, 0.5, accepted=True).ok
