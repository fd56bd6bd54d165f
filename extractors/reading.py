"""From a page's bytes to its facts: every step in order, each in a module of its own.

passages → numerals → class → words around the number → period → edition → metric → fact. Pure: the same bytes, card and
options give the same reading.
"""

import datetime as dt
import hashlib
import re

from extractors.dumps import count_numbers, dump_in
from extractors.errors import InputError
from extractors.facts import Provenance, ledger_line
from extractors.language.currencies import dollar_of
from extractors.links import public_url
from extractors.metrics.card import SourceCard
from extractors.metrics.slots import Slots
from extractors.pages import Document, read_html, read_markdown
from extractors.pages.collector import collector_paused
from extractors.pages.tree import Tree
from extractors.periods.edition import find_edition
from extractors.quantities.asks import leave_asked
from extractors.quantities.found import Found, leave_numbering, mark_counters
from extractors.quantities.own_names import OwnNames
from extractors.quantities.passage_numerals import SoFar, numerals_of
from extractors.records import EXTRACTOR_VERSION, Fact, Reading

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
    asked: dict[str, Slots] | None = None,
    tree: Tree = "bs4",
) -> Reading:
    """Read an HTML page.

    `edition` overrides the reporting year that is otherwise inferred; `captured_at` resolves "last year"; `charset` is
    what the HTTP header said; `asked` is filled with what the metric of each fact was chosen by; `tree` is the
    parser, which changes nothing of what is read. Raises `InputError` when the bytes are no HTML page or hold more
    numerals than a page.
    """
    limit = _limit(html)
    if len(html) > 4 * limit and len(_NUMBER_BEHIND_TAG.findall(html)) > 4 * limit:
        raise _data_file(limit)  # before its tree is built
    with collector_paused():
        document = read_html(html, charset=charset, tree=tree)
        return _read(document, html, card, edition, url, captured_at, archived_url, asked)


def read_text(
    text: str,
    *,
    card: SourceCard | None = None,
    edition: int | None = None,
    url: str | None = None,
    captured_at: dt.datetime | None = None,
    asked: dict[str, Slots] | None = None,
) -> Reading:
    """Read plain text or Markdown; otherwise as `read_page`."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # a lone surrogate is no character
    payload = text.encode()
    limit = _limit(payload)
    if len(payload) > 8 * limit and count_numbers(text) > 4 * limit:  # a number takes two characters
        raise _data_file(limit)  # before half a million lines become passages
    with collector_paused():
        return _read(read_markdown(text), payload, card, edition, url, captured_at, None, asked)


def _read(
    document: Document,
    payload: bytes,
    card: SourceCard | None,
    edition: int | None,
    url: str | None,
    captured_at: dt.datetime | None,
    archived_url: str | None,
    asked: dict[str, Slots] | None,
) -> Reading:
    url, archived_url = (address and public_url(address) for address in (url, archived_url))
    sha = hashlib.sha256(payload).hexdigest()
    found: list[Found] = []
    so_far = SoFar()
    limit = _limit(payload)
    passages = document.passages
    if len(payload) > 4 * limit and sum(count_numbers(p.text) for p in passages if not dump_in(p.text)) > 2 * limit:
        raise _data_file(limit)
    dollar = dollar_of(card.currency if card else None, document.language)
    names = OwnNames(document)
    for passage in passages:
        numerals = numerals_of(passage, so_far, dollar, names)
        leave_numbering(numerals, document.numbering.get(passage.index, 0))
        mark_counters(numerals, document.counters.get(passage.index, ()))
        found.extend(numerals)
        if len(found) > limit:
            raise _data_file(limit)
    leave_asked(found)
    years = frozenset(so_far.founded)
    basis = "given"
    if edition is None:
        edition, basis = find_edition(document, found, captured_at, years)
    provenance = Provenance(sha, card, edition, url, captured_at, archived_url, years, passages, asked)
    facts, ledger = [], []
    count: Fact | None = None
    for item in found:
        fact = provenance.fact(item, count)
        if fact is not None:
            facts.append(fact)
            count = fact if fact.kind == "count" else count
        ledger.append(ledger_line(item, fact))
    return Reading(tuple(passages), tuple(ledger), tuple(facts), sha, edition, basis)


def _limit(payload: bytes) -> int:
    return max(_MAX_NUMERALS, len(payload) // _BYTES_PER_NUMERAL)


def _data_file(limit: int) -> InputError:
    return InputError(
        f"the page holds more than {limit} numerals: it is a data file rather than a page of statements; "
        "give the page that states the figures"
    )


__all__ = ["EXTRACTOR_VERSION", "read_page", "read_text"]
