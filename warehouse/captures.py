"""Is a capture fit to become facts? Judged from its bytes and headers alone, so that the answer can be had again.

A capture that is not stays in the archive, and the last good release stays published, until a person accepts it.
"""

import re

from extractors.errors import InputError
from extractors.pages.decode import decode
from warehouse.markup import words_of
from warehouse.plausibility import FIT, Verdict
from warehouse.warc import Capture

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
UNTYPED = frozenset({"application/octet-stream", "text/plain"})
"""Content types that servers send for want of a better one: the bytes decide."""

SIGNATURES = {
    b"%PDF-": "a PDF document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"RIFF": "a RIFF (picture, sound or film) file",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x1f\x8b": "a gzip file",
}
"""First bytes of what is not HTML, whatever the headers say."""

HTML_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|div|p|h[1-6]|ul|table|main|article|section)[\s>/]", re.IGNORECASE
)
SNIFFED = 4096
"""Bytes in which markup must begin."""

STAND_IN_TITLES = frozenset("""
not found|page not found|file not found|content not found|resource not found|page cannot be found|page can't be found
page could not be found|page couldn't be found|page was not found|this page could not be found|this page isn't available
page does not exist|page doesn't exist|page no longer exists|page unavailable|page not available|page missing
access denied|access forbidden|access blocked|access to this page has been denied|forbidden|unauthorized|blocked
request rejected|request blocked|request unsuccessful|bad request|too many requests|you have been blocked
internal server error|server error|bad gateway|gateway timeout|gateway time-out|service unavailable
service temporarily unavailable|site unavailable|website unavailable|temporarily unavailable|an error occurred
an error has occurred|something went wrong|application error|maintenance|under maintenance|site maintenance
website maintenance|scheduled maintenance|down for maintenance|we'll be back|we'll be back soon|we'll be right back
just a moment|attention required|one more step|please wait|checking your browser|security check|security verification
are you a robot|are you human|are you a human|robot or human|verify you are human|verify you are a human
human verification|bot verification|captcha|captcha challenge|ddos-guard|pardon our interruption|oops|sorry
enable javascript|please enable javascript|javascript required|javascript is required|javascript is disabled
enable cookies|please enable cookies|please enable js and disable any ad blocker
""".strip().replace("\n", "|").split("|"))  # fmt: skip
"""A title, a first heading or a part of one that says by itself: this is not the page."""

STATUS_AS_TITLE = re.compile(
    r"(?:(?:http|status|code|error) )*(?:403|404)|(?:(?:http|status|code|error) )+[45]\d\d|[45]\d\d error|error"
)
"""A title that is a status and nothing more. A bare number is one only where hardly anything else is called so."""
BEFORE_TITLE = re.compile(r"(?:(?:http|status|code|error|the|[45]\d\d)[ :.,–—-]+)+")
"""What may stand before such a title: "Error 404: Page not found"."""

STAND_IN_WORDS = tuple("""
enable javascript|enable js|javascript is required|javascript is disabled|javascript must be enabled
requires javascript|enable cookies|captcha|you are not a robot|you are a human|you are human|not a bot
checking your browser|checking if the site|unusual traffic|automated access|automated requests|automated queries
access denied|access is denied|access has been denied|access was denied|you have been blocked|you were blocked
don't have permission to access|do not have permission to access|security service to protect|ray id|incident id
page not found|page was not found|page could not be found|page couldn't be found|page cannot be found
page can't be found|page you requested|page you were looking for|page you are looking for|page you're looking for
page does not exist|page doesn't exist|page no longer exists|temporarily unavailable|down for maintenance
too many requests|rate limited|something went wrong
""".strip().replace("\n", "|").split("|"))  # fmt: skip
"""What such a page says in its text. A real page may say so too, in passing: counted only in a short text."""

FOR_WANT_OF_SCRIPT = frozenset(words for words in STAND_IN_WORDS if "javascript" in words or words.endswith(" js"))
SCRIPT = re.compile(rb"<script[\s>/]", re.IGNORECASE)
AS_DRAWN = (
    "a page that a script draws is followed by saving it from a browser: "
    "`impact import SAVED.html --url URL --captured-at TIME`"
)

SHORT_TEXT = 150
"""Words. Block and error pages stay below; a real page this short rarely speaks of captchas."""

TITLE_PARTS = re.compile(r"\s[|–—·•«»:-]\s|:\s|\|")


def judge(capture: Capture, payload: bytes, *, accepted: bool = False) -> Verdict:
    """Judge one response capture by its status, headers and bytes. What a person accepted is fit."""
    if accepted:
        return FIT
    reason = _bad_retrieval(capture, payload) or _not_html(capture, payload) or _stand_in(capture, payload)
    return Verdict(False, reason) if reason else FIT


def _bad_retrieval(capture: Capture, payload: bytes) -> str | None:
    if capture.status != 200:
        return f"the host answered with status {capture.status}"
    if capture.truncated:
        return f"the connection ended before the body did, after {len(payload):,} bytes"
    if not payload.strip():
        return "the body is empty"
    return None


def _not_html(capture: Capture, payload: bytes) -> str | None:
    for signature, name in SIGNATURES.items():
        if payload.startswith(signature):
            return f"it is {name}, not an HTML page"
    kind = capture.content_type
    if kind is not None and kind not in HTML_TYPES | UNTYPED:
        return f"its content type is {kind}, not HTML"
    beginning = payload[:SNIFFED].replace(b"\0", b"")  # UTF-16 markup is ASCII with zeros between
    if not HTML_MARKUP.search(beginning):
        if beginning.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
            return "it is JSON, not an HTML page"
        return "it holds no HTML markup"
    return None


def _stand_in(capture: Capture, payload: bytes) -> str | None:
    """Tell a block page, a soft 404 or an empty shell from the page it stands in for."""
    try:
        page = words_of(decode(payload, capture.charset))
    except InputError as error:
        return str(error)
    for name in (page.title, page.heading):
        if name and any(_is_stand_in_title(part) for part in [name, *TITLE_PARTS.split(name)]):
            return f"it is an error or block page, titled {name[:80]!r}"
    words = len(page.text.split())
    if words == 0:
        drawn = _words_of_stand_in(page.noscript) or SCRIPT.search(payload)
        return f"it holds no text without JavaScript; {AS_DRAWN}" if drawn else "it holds no text"
    found = _words_of_stand_in(page.text) if words < SHORT_TEXT else None
    if found is None:
        return None
    reason = f"it is an error or block page: {words} words, among them {found!r}"
    return f"{reason}; {AS_DRAWN}" if found in FOR_WANT_OF_SCRIPT else reason


def _is_stand_in_title(part: str) -> bool:
    bare = _folded(part).strip(" .!?…:,–—-")
    before = BEFORE_TITLE.match(bare)
    rest = bare[before.end() :] if before else bare
    return bool(STATUS_AS_TITLE.fullmatch(bare)) or rest in STAND_IN_TITLES


def _words_of_stand_in(text: str) -> str | None:
    folded = _folded(text)
    return next((words for words in STAND_IN_WORDS if words in folded), None)


def _folded(text: str) -> str:
    return " ".join(text.replace("’", "'").lower().split())
