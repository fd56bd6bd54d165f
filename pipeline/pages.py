"""A page or a text of a user's own: where it comes from, what it is, and its reading. Touches no warehouse."""

import datetime as dt
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from extractors import Reading, read_page, read_text
from extractors.errors import InputError
from extractors.links import public_url
from extractors.metrics.card import SourceCard
from extractors.metrics.slots import Slots
from extractors.pages import Document, read_html, read_markdown
from extractors.pages.decode import decode

HTML_SUFFIXES = (".html", ".htm", ".xhtml")
TEXT_SUFFIXES = (".txt", ".md", ".markdown")
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|meta|title|div|p|h[1-6]|ul|ol|table|section|main|article)\b", re.I)
_SNIFFED = 4096
_NO_URL = re.compile(r"[\s\0-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes to read, and what is known of them."""

    name: str
    body: bytes
    html: bool
    charset: str | None = None
    url: str | None = None
    retrieved_at: dt.datetime | None = None


def read(
    page: Page,
    card: SourceCard | None,
    edition: int | None,
    url: str | None,
    captured_at: dt.datetime | None,
    asked: dict[str, Slots] | None = None,
) -> Reading:
    """The reading of a page, the same however it came; `asked` is filled with what each metric was chosen by.

    Raises:
        InputError: it is empty, no page or no text.
    """
    if page.html:
        return read_page(
            page.body,
            card=card,
            edition=edition,
            url=url,
            captured_at=captured_at,
            charset=page.charset,
            asked=asked,
        )
    text = decode(page.body, page.charset)
    return read_text(text, card=card, edition=edition, url=url, captured_at=captured_at, asked=asked)


def document(page: Page) -> Document:
    """What a page calls itself, and its readable text."""
    return read_html(page.body, charset=page.charset) if page.html else read_markdown(decode(page.body, page.charset))


def found_page(name: str, *, allow_private: bool = False) -> Page:
    """The page at a URL, in a file, or on standard input, which `-` names.

    Raises:
        InputError: it cannot be read or fetched.
        FetchError: it did not answer with a page.
    """
    is_address = name.lower().startswith(("http:", "https:"))
    return fetched(name, allow_private=allow_private) if is_address else opened(name)


def opened(name: str) -> Page:
    """The page in a file; `-` is standard input.

    Raises:
        InputError: it cannot be read.
    """
    if name == "-":
        body, name, suffix = sys.stdin.buffer.read(), "standard input", ""
    else:
        suffix = Path(name).suffix.lower()
        try:
            body = Path(name).read_bytes()
        except OSError as error:
            shown = public_url(name) if "://" in name else name
            raise InputError(f"cannot read {shown}: {(error.strerror or str(error)).lower()}") from error
        except ValueError as error:  # a null character in the name
            raise InputError(f"cannot read {name!r}: {error}") from error
    return Page(name, body, _is_html(body, suffix))


def fetched(url: str, *, allow_private: bool = False) -> Page:
    """The page at a URL; with `allow_private` it may redirect to this machine or its network.

    Raises:
        InputError: the URL cannot be fetched.
        FetchError: it did not answer with a page.
    """
    from warehouse.fetch import FetchError, as_text, fetch

    answer = fetch(url, allow_private=allow_private)
    if answer.status != 200:
        raise FetchError(f"{answer.url} answers with status {answer.status} {as_text(answer.reason)}".rstrip())
    if answer.truncated:
        raise FetchError(f"the connection to {answer.url} ended after {len(answer.body):,} bytes, before the page did")
    kind, _, parameters = (answer.header("Content-Type") or "").partition(";")
    stated = re.search(r"charset\s*=\s*[\"']?([\w:.-]+)", parameters, re.IGNORECASE)
    suffix = ".txt" if kind.strip().lower() in ("text/plain", "text/markdown") else Path(urlsplit(url).path).suffix
    html = kind.strip().lower() in ("text/html", "application/xhtml+xml") or _is_html(answer.body, suffix.lower())
    charset = stated[1] if stated else None
    return Page(answer.url, answer.body, html, charset, answer.final_url, answer.retrieved_at)


def _is_html(body: bytes, suffix: str) -> bool:
    """By the file's suffix, else by markup in its first bytes."""
    if suffix in TEXT_SUFFIXES:
        return False
    beginning = body[:_SNIFFED].replace(b"\0", b"")  # UTF-16 markup is ASCII with zeros between
    return suffix in HTML_SUFFIXES or bool(_MARKUP.search(beginning))


def moment(text: str) -> dt.datetime:
    """A moment in ISO 8601, taken as UTC when it names no zone.

    Raises:
        InputError: it is none, or lies before the year 1 or after 9999 in UTC.
    """
    try:
        given = dt.datetime.fromisoformat(text)
        return given.astimezone(dt.UTC) if given.tzinfo else given.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        raise InputError(f"{text!r} is not a moment in ISO 8601, such as 2022-05-17T09:00:00Z") from None


def web_address(url: str) -> str:
    """`url` itself.

    Raises:
        InputError: it is no http or https URL with a host.
    """
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and not _NO_URL.search(url)
    except ValueError:  # brackets that hold no address
        fits = False
    if not fits:
        raise InputError(f"{url!r} is not a web address, such as https://example.org/impact")
    return url
