"""Which captures of the archive may speak, and what they say: each judged, read once, its reading kept.

The marks are derived: the same archive, cards and software give the same survey. Nothing here fetches or publishes.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from extractors import read_page
from extractors.errors import InputError
from extractors.facts import EXTRACTOR_VERSION
from extractors.metrics.card import Bounds, SourceCard
from extractors.models import Reading
from pipeline import sources
from warehouse import facts_store
from warehouse.archive import Archive
from warehouse.captures import Verdict, judge, plausible
from warehouse.home import Home
from warehouse.warc import Capture, CorruptWarc

log = logging.getLogger("impact")


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One response capture: why it was refused, or where its reading lies."""

    capture: Capture
    refused: str | None
    folder: Path | None
    statistics: int
    fresh: bool = False
    """Read just now, not earlier."""


@dataclass(slots=True)
class Survey:
    """Every capture of the home, judged."""

    cards: list[SourceCard] = field(default_factory=list)
    card_texts: dict[str, bytes] = field(default_factory=dict)
    responses: list[Surveyed] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)
    """Responses and revisits, by time."""
    acceptances: dict[str, str] = field(default_factory=dict)
    """By record id of a response, why a person let it through."""

    @property
    def folders(self) -> list[Path]:
        """Folders of the readings that may speak."""
        return [found.folder for found in self.responses if found.folder]

    def of(self, record_id: str | None) -> Surveyed | None:
        """What became of the response capture with that record."""
        return next((found for found in self.responses if found.capture.record_id == record_id), None)

    def refusal(self, capture: Capture) -> str | None:
        """Why a capture yields no facts; a revisit shares the fate of the response it repeats."""
        found = self.of(capture.refers_to or capture.record_id)
        return found.refused if found else "the capture it repeats is missing or damaged"

    def acceptance(self, capture: Capture) -> str | None:
        """Why a person let a capture through; a revisit shares what was decided of the response it repeats."""
        return self.acceptances.get(capture.refers_to or capture.record_id)


def survey(home: Home, archive: Archive, *, store: bool = True) -> Survey:
    """Judge every capture, and read those that are fit and not yet read.

    Without `store` nothing is written: what is not yet read is read and forgotten.

    Raises:
        InputError: the home's copy of a card cannot be used.
        ImpactError: a reading cannot be stored.
    """
    found = Survey()
    for source in archive.sources():
        captures = archive.captures(source)
        if not captures:
            continue
        followed = sources.known(home, source)
        if followed is None:
            log.warning("no card for %s: its captures are left out; refresh it with --card", source)
            continue
        found.cards.append(followed.card)
        found.card_texts[source] = followed.text
        found.captures += captures
        accepted = {one.record_id: one.reason for one in archive.acceptances(source)}
        found.acceptances |= accepted
        found.responses += _judged(home, archive, followed, captures, accepted, store=store)
    return found


def _judged(
    home: Home,
    archive: Archive,
    followed: sources.Followed,
    captures: list[Capture],
    accepted: Mapping[str, str],
    *,
    store: bool,
) -> Iterator[Surveyed]:
    card = followed.card
    key = facts_store.reading_key(
        {
            "software": version("impact-ledger"),
            "extractor": EXTRACTOR_VERSION,
            "card": followed.text.decode("utf-8-sig"),
        }
    )
    previous: int | None = None
    for capture in captures:
        if capture.record_type != "response":
            continue
        folder = facts_store.reading_folder(home.facts, card.id, capture.sha256, key)
        # What was read before was fit before: the key holds all that the judgement depends on but status and wholeness.
        stored = _stored_statistics(folder) if capture.status == 200 and not capture.truncated else None
        let_through = capture.record_id in accepted
        reading, verdict = None, Verdict(True)
        if stored is not None:
            statistics = stored
        else:
            reading, verdict = _read(archive, capture, card, let_through=let_through)
            statistics = len(reading.facts) if reading else 0
        if verdict.ok:
            bounds = _bounds(card, capture)
            verdict = plausible(statistics, previous, bounds.min_statistics_share, accepted=let_through)
        if not verdict.ok:
            yield Surveyed(capture, verdict.reason, None, statistics)
            continue
        if reading and store:
            try:
                facts_store.store_reading(folder, reading, source=card.id)
            except facts_store.FactTooLarge as error:
                yield Surveyed(capture, str(error), None, statistics)
                continue
        previous = statistics
        yield Surveyed(capture, None, folder, statistics, fresh=stored is None)


def _read(archive: Archive, capture: Capture, card: SourceCard, *, let_through: bool) -> tuple[Reading | None, Verdict]:
    try:
        payload = archive.payload(capture)
    except CorruptWarc as error:
        return None, Verdict(False, str(error))
    verdict = judge(capture, payload, accepted=let_through)
    if not verdict.ok:
        return None, verdict
    try:
        reading = read_page(
            payload, card=card, url=capture.final_url, captured_at=capture.captured_at, charset=capture.charset
        )
    except InputError as error:
        return None, Verdict(False, str(error))
    return reading, verdict


def _bounds(card: SourceCard, capture: Capture) -> Bounds:
    if capture.sample and card.sample and card.sample.bounds:
        return card.sample.bounds
    return card.bounds


def _stored_statistics(folder: Path) -> int | None:
    """Number of statistics of a stored reading; None when there is none, or a damaged one, which is read again."""
    try:
        return facts_store.statistics(folder)
    except facts_store.ReadingDamaged as error:
        log.warning("%s; it is read again from the archive", error)
        return None
