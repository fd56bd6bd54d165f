"""From a page's bytes to its facts: every step in order, each in a module of its own.

passages → numerals → class → words around the number → period → edition → metric → fact. Pure: the same bytes, card and
options give the same reading.
"""

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Sequence

from extractors.dumps import count_numbers, dump_in
from extractors.errors import InputError
from extractors.facts import EXTRACTOR_VERSION, Provenance, ledger_line
from extractors.links import public_url
from extractors.metrics.card import SourceCard
from extractors.models import Fact, Passage, Reading
from extractors.passages import html_passages, text_passages
from extractors.passages.collector import collector_paused
from extractors.statements.heading_times import HeadingTimes
from extractors.statements.passage_numerals import Found, numerals_of
from extractors.statements.periods import resolve

_MAX_NUMERALS = 20_000
_BYTES_PER_NUMERAL = 60
"""A page may hold `_MAX_NUMERALS`, or one for so many bytes when that is more: beyond, it is a data file."""
_NUMBER_BEHIND_TAG = re.compile(rb">[^<>\d]{0,40}\d")


def read_page(
    html: bytes,
    *,
    card: SourceCard | None = None,
    edition: int | None = None,
    url: str | None = None,
    captured_at: dt.datetime | None = None,
    charset: str | None = None,
    archived_url: str | None = None,
) -> Reading:
    """Read an HTML page.

    `edition` overrides the reporting year that is otherwise inferred; `captured_at` resolves "last year"; `charset` is
    what the HTTP header said. Raises `InputError` when the bytes are no HTML page or hold more numerals than a page.
    """
    limit = _limit(html)
    if len(html) > 4 * limit and len(_NUMBER_BEHIND_TAG.findall(html)) > 4 * limit:
        raise _data_file(limit)  # before its tree is built
    with collector_paused():
        passages = html_passages(html, charset=charset)
        return _read(passages, html, card, edition, url, captured_at, archived_url)


def read_text(
    text: str,
    *,
    card: SourceCard | None = None,
    edition: int | None = None,
    url: str | None = None,
    captured_at: dt.datetime | None = None,
) -> Reading:
    """Read plain text or Markdown; otherwise as `read_page`."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # a lone surrogate is no character
    payload = text.encode()
    limit = _limit(payload)
    if len(payload) > 8 * limit and count_numbers(text) > 4 * limit:  # a number takes two characters
        raise _data_file(limit)  # before half a million lines become passages
    with collector_paused():
        return _read(text_passages(text), payload, card, edition, url, captured_at, None)


def _read(
    passages: list[Passage],
    payload: bytes,
    card: SourceCard | None,
    edition: int | None,
    url: str | None,
    captured_at: dt.datetime | None,
    archived_url: str | None,
) -> Reading:
    url, archived_url = (address and public_url(address) for address in (url, archived_url))
    sha = hashlib.sha256(payload).hexdigest()
    headings = HeadingTimes()
    found: list[Found] = []
    founded: set[int] = set()
    limit = _limit(payload)
    if len(payload) > 4 * limit and sum(count_numbers(p.text) for p in passages if not dump_in(p.text)) > 2 * limit:
        raise _data_file(limit)
    for passage in passages:
        found.extend(numerals_of(passage, headings, founded))
        if len(found) > limit:
            raise _data_file(limit)
    years = frozenset(founded)
    basis = "given"
    if edition is None:
        edition, basis = _edition(found, captured_at, years)
    provenance = Provenance(sha, card, edition, url, captured_at, archived_url, years, passages)
    facts, numerals = [], []
    count: Fact | None = None
    for item in found:
        fact = provenance.fact(item, count)
        if fact is not None:
            facts.append(fact)
            count = fact if fact.kind == "count" else count
        numerals.append(ledger_line(item, fact))
    return Reading(tuple(passages), tuple(numerals), tuple(facts), sha, edition, basis)


def _limit(payload: bytes) -> int:
    return max(_MAX_NUMERALS, len(payload) // _BYTES_PER_NUMERAL)


def _data_file(limit: int) -> InputError:
    return InputError(
        f"the page holds more than {limit} numerals: it is a data file rather than a page of statements; "
        "give the page that states the figures"
    )


def _edition(
    found: Sequence[Found], captured_at: dt.datetime | None, founded: frozenset[int]
) -> tuple[int | None, str]:
    """The reporting year by the page's own dated statistics; the second element says on what basis."""
    years: Counter[int] = Counter()
    for item in found:
        if item.claim is None or item.verdict.reason is not None or "target" in item.claim.flags:
            continue
        draft = item.draft
        if draft.basis == "edition":
            continue
        year = resolve(draft, None, captured_at, founded).year
        if year is not None and (captured_at is None or year <= captured_at.year):
            years[year] += 1
    if not years:
        return None, "none"
    third = sum(years.values()) / 3
    often = [year for year, count in years.items() if count >= third]
    return (max(often), "stated") if often else (max(years), "latest")


__all__ = ["EXTRACTOR_VERSION", "read_page", "read_text"]
