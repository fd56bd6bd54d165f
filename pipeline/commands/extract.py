"""`impact extract`: a page or many texts in, JSON lines out. Touches no warehouse, imports no Dagster."""

import datetime as dt
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import click

from extractors import Reading, read_page, read_text
from extractors.errors import ImpactError, InputError
from extractors.jsonlines import fact_line, numeral_line
from extractors.links import public_url
from extractors.metrics.card import SourceCard
from extractors.passages.decode import decode
from pipeline.commands.options import card_options, moment_of, named_card

HTML_SUFFIXES = (".html", ".htm", ".xhtml")
TEXT_SUFFIXES = (".txt", ".md", ".markdown")
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|meta|title|div|p|h[1-6]|ul|ol|table|section|main|article)\b", re.I)
_SNIFFED = 4096


@dataclass(frozen=True, slots=True)
class Page:
    """What PAGE brought."""

    name: str
    body: bytes
    html: bool
    charset: str | None = None
    url: str | None = None
    retrieved_at: dt.datetime | None = None


@click.command(short_help="read one page or many texts")
@click.argument("page", required=False)
@card_options
@click.option("--edition", type=click.IntRange(1, 9999), metavar="YEAR", help="The reporting year, if not inferred.")
@click.option("--url", help="Where the page stands; facts then link to it.")
@click.option("--captured-at", metavar="ISO8601", help='When it was retrieved; "last year" is the year before.')
@click.option("--numerals", is_flag=True, help="Print the ledger instead: every numeral, and what became of it.")
@click.option("--batch", metavar="FILE.jsonl", help="Read many texts in one process; - is standard input.")
def extract(
    page: str | None,
    source: str | None,
    card_file: str | None,
    edition: int | None,
    url: str | None,
    captured_at: str | None,
    numerals: bool,
    batch: str | None,
) -> int:
    """Turn the statistics of PAGE into facts, one JSON object a line.

    PAGE is a file (.html, .txt or .md), a URL, or - for standard input. Without a card every statistic is still a fact,
    with `metric` null. Nothing is stored.

    With --batch, each line of the file is an object: {"id", "text" or "html", "edition"?, "url"?, "captured_at"?}. Text
    may be Markdown. Each output line begins with the "id" of its text. A line that cannot be used is named on standard
    error and skipped; the others are read, and the exit status is then 2.

    \b
    Exit status: 0 done, also when no statistic was found; 1 a URL did not answer; 2 PAGE, the card or an option cannot
    be used.

    \b
    Examples:
      impact extract page.html --source ncmec-impact > facts.jsonl
      impact extract report.md --edition 2023 --numerals
      impact extract --batch texts.jsonl
    """
    card = named_card(source, card_file)
    if batch is not None:
        if page is not None or edition is not None or url is not None or captured_at is not None:
            raise InputError("--batch takes PAGE, --edition, --url and --captured-at from the lines of its file")
        return _extract_batch(batch, card, numerals)
    if page is None:
        raise click.UsageError("name a PAGE: a file, a URL or - for standard input; or give --batch FILE.jsonl")
    moment = moment_of(captured_at) if captured_at else None
    if page.lower().startswith(("http://", "https://")):
        found = _fetched(page, allow_private=card is not None and card.allow_private)
    else:
        found = _opened(page)
    url, moment = url or found.url, moment or found.retrieved_at
    try:
        reading = _read(found, card, edition, url, moment)
    except InputError as error:
        raise InputError(f"{found.name}: {error}") from error
    sys.stdout.writelines(_lines(reading, numerals))
    if not reading.facts:
        click.echo(f"impact: no statistic found in {found.name}", err=True)
    return 0


def _lines(reading: Reading, numerals: bool, **first: Any) -> Iterator[str]:
    if numerals:
        return (numeral_line(numeral, **first) + "\n" for numeral in reading.numerals)
    return (fact_line(fact, **first) + "\n" for fact in reading.facts)


def _read(
    page: Page, card: SourceCard | None, edition: int | None, url: str | None, captured_at: dt.datetime | None
) -> Reading:
    if page.html:
        return read_page(page.body, card=card, edition=edition, url=url, captured_at=captured_at, charset=page.charset)
    return read_text(decode(page.body, page.charset), card=card, edition=edition, url=url, captured_at=captured_at)


def _opened(name: str) -> Page:
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


def _fetched(url: str, *, allow_private: bool) -> Page:
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


# --- many texts ---


def _extract_batch(name: str, card: SourceCard | None, numerals: bool) -> int:
    bad = False
    with _batch_lines(name) as lines:
        for number, raw in enumerate(lines, 1):
            if not raw.strip():
                continue
            try:
                item = _item(raw)
                reading = _read_item(item, card)
            except ImpactError as error:
                bad = True
                click.echo(f"impact: {name} line {number}: {error}; skipped", err=True)
                continue
            sys.stdout.writelines(_lines(reading, numerals, id=item["id"]))
    return 2 if bad else 0


def _batch_lines(name: str) -> BinaryIO:
    if name == "-":
        return sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise InputError(f"cannot read {name}: {(error.strerror or str(error)).lower()}") from error


def _item(raw: bytes) -> dict[str, Any]:
    try:
        item = json.loads(raw)
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise InputError(f"is not JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise InputError("is not JSON of any sensible depth") from None
    if not isinstance(item, dict):
        raise InputError('is not an object such as {"id": "a", "text": "…"}')
    if not isinstance(item.get("id"), str | int) or isinstance(item["id"], bool):
        raise InputError('lacks "id", a string or a whole number')
    if (item.get("text") is None) == (item.get("html") is None):
        raise InputError('needs one of "text" and "html"')
    for key in ("text", "html", "url", "captured_at"):
        if not isinstance(item.get(key), str | None):
            raise InputError(f'"{key}" must be a string')
        if item.get(key) is not None and not _encodable(item[key]):
            raise InputError(f'"{key}" holds half a surrogate pair, which is no character')
    edition = item.get("edition")
    if edition is not None and (not isinstance(edition, int) or not 1 <= edition <= 9999):
        raise InputError('"edition" must be a year, as a whole number')
    return item


def _read_item(item: dict[str, Any], card: SourceCard | None) -> Reading:
    captured_at = moment_of(item["captured_at"]) if item.get("captured_at") else None
    edition, url = item.get("edition"), item.get("url")
    if item.get("html") is not None:
        html = item["html"].encode()
        return read_page(html, card=card, edition=edition, url=url, captured_at=captured_at, charset="utf-8")
    return read_text(item["text"], card=card, edition=edition, url=url, captured_at=captured_at)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
