"""A page whose every passage splits otherwise than it did: its decisions still hold for their statements, or are told.

Two real readings of the same words in other markup: what an extractor that splits otherwise makes of a capture.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractors import Reading, read_page
from extractors.metrics.card import SourceCard, load_card
from tests.series.generator import STYLES
from tests.warehouse.facts_builder import retrieval, store
from tests.warehouse.test_decisions import AT
from tests.yearly.statements import FIRST, Site
from warehouse.anchoring import quote_of, words
from warehouse.base import load_base
from warehouse.build import open_candidate
from warehouse.decided import ReadFact, Settled
from warehouse.deciding import of_capture
from warehouse.decisions import Decision, Expect
from warehouse.readings import Place

SOURCE = "otterbridge-haven"
CAPTURE = "20200301T060000Z-abcdefabcdef"
SHA256 = "abcdef" * 10 + "abcd"
SENTENCE = re.compile(r"(?<=\.) (?=[A-Z])")


def plain() -> bytes:
    return Site(1).body(FIRST, STYLES["plain"])


SPLITS = {
    "a passage a sentence": lambda: SENTENCE.sub("</p><p>", plain().decode()).encode(),
    "a passage a section": lambda: plain().replace(b"</p><p>", b" "),
    "broken at commas": lambda: re.sub(rb"(?<=[a-z]), (?=[a-z])", b",<br><br>", plain()),
    "old markup": lambda: Site(1).body(FIRST, STYLES["old"]),
    "cards": lambda: Site(1).body(FIRST, STYLES["cards"]),
}


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> SourceCard:
    path = tmp_path_factory.mktemp("card") / "card.yaml"
    text = Path(__file__).with_name("card.yaml").read_text(encoding="utf-8")
    path.write_text(text.format(url="http://127.0.0.1:9/"), encoding="utf-8")
    return load_card(path)


def as_captured(body: bytes, card: SourceCard) -> Reading:
    """A reading of a page, as if its bytes were those of the capture."""
    found = read_page(body, card=card, captured_at=AT, url=card.url)
    facts = tuple(fact.model_copy(update={"capture_sha256": SHA256}) for fact in found.facts)
    return replace(found, facts=facts, capture_sha256=SHA256)


def settled(
    folder: Path, body: bytes, card: SourceCard, made: Sequence[Decision]
) -> tuple[list[ReadFact], list[Settled]]:
    """The facts of a capture that is read so, and what becomes of decisions."""
    folder.mkdir()
    place = Place(SOURCE, "000000", SHA256)
    store(folder / "facts" / SOURCE / place.segment, as_captured(body, card), source=SOURCE)
    capture: dict[str, Any] = {"source": SOURCE, "capture_id": CAPTURE, "sha256": SHA256, "captured_at": AT}
    capture |= {"url": card.url, "final_url": card.url, "status": 200, "size": 1, "sample": False, "warc_file": "x"}
    with open_candidate(folder / "base.duckdb") as con:
        given = ([capture], [retrieval(capture)], [card], {SOURCE: made})
        found = load_base(con, folder / "facts", [place], *given)
        return of_capture(con, SOURCE, SHA256), found


def said(fact: ReadFact) -> Counter[str]:
    """The words that tell a statement, wherever its label stands."""
    return Counter(words(f"{fact.stated.heads} {fact.stated.sentence}"))


@pytest.mark.parametrize(
    "split",
    [
        name if name in ("a passage a sentence", "old markup") else pytest.param(name, marks=pytest.mark.long)
        for name in SPLITS
    ],
)
def test_decisions_hold_for_their_statements_or_are_told(tmp_path: Path, card: SourceCard, split: str):
    facts, _ = settled(tmp_path / "a", plain(), card, ())
    page = [one.stated for one in facts]
    made, about = [], {}
    for number, fact in enumerate(facts):
        quote = quote_of(fact.stated, page)
        assert quote is not None
        expect = Expect(
            surface=fact.stated.surface,
            value=Decimal(fact.said.value),
            period_type=fact.said.period_type,
            year=fact.said.year,
            metric=fact.said.metric,
        )
        where = {"capture": CAPTURE, "headings": fact.stated.headings, "quote": quote}
        made.append(Decision(id=f"d{number}", who="ana", when=AT, why="x", expect=expect, dismiss=True, **where))
        about[f"d{number}"] = fact
    other, found = settled(tmp_path / "b", SPLITS[split](), card, made)
    assert {(one.stated.text, one.stated.headings) for one in other} != {(one.text, one.headings) for one in page}
    applied = [one for one in found if one.outcome == "applies"]
    for one in applied:
        (fact,) = one.facts
        now, was = said(fact), said(about[one.decision.id])
        assert fact.stated.surface == about[one.decision.id].stated.surface
        assert not (now - was and was - now), (one.decision.quote, fact.stated.sentence)
    assert {one.outcome for one in found} - {"applies"} <= {"page_changed", "extractor_changed", "ambiguous"}
    assert len(applied) >= 0.95 * len(facts)
