"""Which captures of the archive may speak, and what they say: each judged and read once, what came of it kept.

The marks are derived: the same archive, cards and software give the same survey. Nothing here fetches or publishes.
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from heapq import nlargest
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from extractors.links import public_url
from extractors.metrics.card import Bounds, SourceCard
from extractors.records import EXTRACTOR_VERSION
from extractors.wording import WORDING_VERSION
from pipeline import sources
from pipeline.progress import Steps, unwatched
from pipeline.read_ahead import WORTHWHILE, Read, Task, read_ahead, workers
from warehouse import decision_files
from warehouse.archive import Archive
from warehouse.decisions import Decision
from warehouse.home import Home
from warehouse.plausibility import plausible
from warehouse.pruning import prune_readings
from warehouse.readings import FULL, Outcome, Place, next_segment, reading_key, stored_readings, too_small
from warehouse.warc import Capture, CorruptWarc

if TYPE_CHECKING:
    from warehouse.facts_store import Made

log = logging.getLogger("impact")

EARLIER_LAYOUT = re.compile(r"\d{8}T\d+Z-[0-9a-f]+-[0-9a-f]+")
"""A folder for each reading, in homes that an earlier version made."""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One response capture: why it was refused, or what it says."""

    capture: Capture
    refused: str | None
    accepted: str | None
    """Why a person let it, or another that says the same, through."""
    sighting_of: str | None
    """Id of the first capture that says the same; None of that capture itself."""
    place: Place | None
    """Where its reading lies; None of one that is refused or says nothing new."""
    statistics: int
    fresh: bool = False
    """Read just now, not earlier."""


@dataclass(slots=True)
class Survey:
    """Every capture of the home, judged."""

    facts: Path
    """The folder the readings lie under."""
    cards: list[SourceCard] = field(default_factory=list)
    card_texts: dict[str, bytes] = field(default_factory=dict)
    responses: list[Surveyed] = field(default_factory=list)
    retrievals: list[Capture] = field(default_factory=list)
    """Responses and revisits, by time within each source."""
    acceptances: dict[str, str] = field(default_factory=dict)
    """By record id of a response, why a person let it through."""
    decisions: dict[str, tuple[Decision, ...]] = field(default_factory=dict)
    """By source, what people settled about its statements."""
    current: dict[str, set[str]] = field(default_factory=dict)
    """By source, names of the readings that the present extractor and card make of its captures."""

    @property
    def readings(self) -> list[Place]:
        """Where the readings lie that may speak."""
        return [found.place for found in self.responses if found.place]

    def foremost(self, most: int) -> list[Surveyed]:
        """So many responses: those that were read just now, then the others, each the latest first."""
        return nlargest(most, self.responses, key=lambda one: (one.fresh, one.capture.captured_at))

    def forget(self, home: Home) -> int:
        """Remove readings of the surveyed sources that an earlier extractor or card made; how many.

        Raises:
            HomeUnwritable: the disk refuses.
        """
        return sum(prune_readings(home.facts / source, wanted) for source, wanted in self.current.items())

    def shown_by(self, retrieval: Capture) -> Surveyed | None:
        """The response capture that holds the bytes a retrieval showed; None when the archive has lost it."""
        record_id = retrieval.refers_to or retrieval.record_id
        return next((found for found in self.responses if found.capture.record_id == record_id), None)

    def latest(self, source: str) -> Capture | None:
        """The latest retrieval of a source."""
        return next((one for one in reversed(self.retrievals) if one.source == source), None)

    def page_until(self, retrieval: Capture) -> int | None:
        """Last year in which the page of a retrieval stood at its address, as its card says; None while it does."""
        card = next((card for card in self.cards if card.id == retrieval.source), None)
        found = (one for one in card.addresses if public_url(one.url) == retrieval.url) if card else iter(())
        return next((one.last for one in found), None)

    def turns(self) -> list[tuple[str, str, str]]:
        """What each page showed, turn by turn: (source, page, capture id of what it said), by time.

        A retrieval that showed what the one before did makes no turn: nothing was said that had not been said.
        """
        found: list[tuple[str, str, str]] = []
        shown: dict[tuple[str, str], str] = {}
        by_record = {one.capture.record_id: one for one in self.responses}
        for retrieval in self.retrievals:
            one = by_record.get(retrieval.refers_to or retrieval.record_id)
            said = (one.sighting_of or one.capture.capture_id) if one else "lost"
            page = (retrieval.source, page_of(retrieval))
            if shown.get(page) != said:
                shown[page] = said
                found.append((*page, said))
        return found


class Readings(Protocol):
    """The readings of one source, from wherever they come."""

    card: SourceCard
    accepted: Mapping[str, str]
    fresh: set[str]

    def outcomes(self, captures: Sequence[Capture]) -> dict[str, Outcome]:
        """What came of reading captures, given by time, by capture id."""

    def place(self, capture: Capture) -> Place:
        """Where the rows of a reading lie, once what came of it was asked for."""


def survey(
    home: Home,
    archive: Archive,
    *,
    store: bool = True,
    progress: Steps = unwatched,
    kept: Callable[[sources.Followed, Mapping[str, str]], Readings] | None = None,
) -> Survey:
    """Judge every capture, and read those that are fit and not yet read.

    Without `store` nothing is written: what is not yet read is read and forgotten. `kept` gives the readings of a
    source, by its card and the reasons why captures were accepted, where they are not to be made by this extractor.
    Where many are to be read, `progress` is told how far that is.

    Raises:
        InputError: the home's copy of a card cannot be used, or a decision cannot.
        ImpactError: a reading cannot be stored.
    """
    found = Survey(home.facts)
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
        found.decisions[source] = decision_files.load(home, source, followed.card)
        found.retrievals += captures
        accepted = {one.record_id: one.reason for one in archive.acceptances(source)}
        found.acceptances |= accepted
        responses = [one for one in captures if one.record_type == "response"]
        if kept:
            found.responses += _judged(kept(followed, accepted), responses)
            continue
        readings = _Readings(home, archive, followed, accepted, progress, store=store)
        with readings.ahead(responses):
            found.responses += _judged(readings, responses)
        found.current[source] = {readings.name(one) for one in responses}
    if store:
        archive.index.save()
    return found


def _judged(readings: Readings, captures: list[Capture]) -> Iterator[Surveyed]:
    """Mark captures of one source, given by time, each by itself and by those before it."""
    outcomes = readings.outcomes(captures)
    reasons: dict[str, str] = {}
    for capture in captures:
        reason, content = readings.accepted.get(capture.record_id), outcomes[capture.capture_id].content
        if reason and content:
            reasons.setdefault(content, reason)
    first: dict[str, Surveyed] = {}
    last_good: dict[tuple[str, int | None], int] = {}
    for capture in captures:
        found = outcomes[capture.capture_id]
        fresh = capture.capture_id in readings.fresh
        if found.content is None:
            own = readings.accepted.get(capture.record_id)
            yield Surveyed(capture, found.refused, own, None, None, 0, fresh)
            continue
        accepted = reasons.get(found.content)
        if found.content in first:
            same = first[found.content]
            yield Surveyed(capture, same.refused, accepted, same.capture.capture_id, None, found.statistics, fresh)
            continue
        page = (page_of(capture), found.edition)
        share = _bounds(readings.card, capture).min_statistics_share
        before = None if capture.archived_url else last_good.get(page)  # what an archive kept is no news to hold back
        verdict = plausible(found.statistics, before, share, accepted=bool(accepted))
        place = readings.place(capture) if verdict.ok else None
        if verdict.ok:
            last_good[page] = found.statistics
        first[found.content] = Surveyed(capture, verdict.reason, accepted, None, place, found.statistics, fresh)
        yield first[found.content]


class _Readings:
    """The readings of one source: what came of each, read when it was not read before."""

    def __init__(
        self,
        home: Home,
        archive: Archive,
        followed: sources.Followed,
        accepted: Mapping[str, str],
        progress: Steps,
        *,
        store: bool,
    ) -> None:
        self.card = followed.card
        self.accepted = accepted
        self.fresh: set[str] = set()
        self._archive, self._store, self._progress = archive, store, progress
        self._unread = 0
        """How many captures are to be read, where they are many."""
        self._depends_on: dict[str, str | int | None] = {
            "software": version("impact-ledger"),
            "extractor": EXTRACTOR_VERSION,
            "wording": WORDING_VERSION,
            "card": followed.text.decode("utf-8-sig"),
        }
        self._keys = {
            let_through: reading_key(self._depends_on | {"accepted": str(let_through)}) for let_through in (False, True)
        }
        self._contents: set[str] = set()
        self._ahead: frozenset[str] = frozenset()
        """Ids of captures that are read ahead; their readings come by time."""
        self._coming: Iterator[Read | Outcome] = iter(())
        self._folder = home.facts / self.card.id
        self._unwritten: list[Made] = []
        self._known = self._opened()
        """By name, the segment a reading lies in and what came of it."""

    def _opened(self) -> dict[str, tuple[str, Outcome]]:
        found, damaged = stored_readings(self._folder)
        for error in damaged:
            log.warning("%s; it is read again from the archive", error)
        if self._folder.is_dir() and any(EARLIER_LAYOUT.fullmatch(path.name) for path in self._folder.iterdir()):
            log.info("the stored readings of %s are of an earlier layout; they are made anew", self.card.id)
        small = too_small(found) if self._store else []
        if not small:
            return found
        from warehouse.facts_store import merge_segments  # loads DuckDB

        merge_segments(self._folder, small, found, small[-1])
        return stored_readings(self._folder)[0]

    def name(self, capture: Capture) -> str:
        """Name of the reading of a capture."""
        return f"{capture.capture_id}-{self._keys[capture.record_id in self.accepted]}"

    def place(self, capture: Capture) -> Place:
        """Where the reading of a capture lies; of one that was forgotten, where it would."""
        name = self.name(capture)
        return Place(self.card.id, self._known[name][0] if name in self._known else "", name)

    @contextmanager
    def ahead(self, captures: Sequence[Capture]) -> Iterator[None]:
        """Let several processes read, while the block lasts, those of `captures` that are new, if they are many."""
        unread = [capture for capture in captures if self.name(capture) not in self._known]
        processes = workers()
        self._unread = len(unread) if len(unread) > WORTHWHILE else 0
        if not self._unread or processes < 2:
            yield
            return
        self._ahead = frozenset(capture.capture_id for capture in unread)
        self._coming = coming = read_ahead(self.card, map(self._task, unread), processes)
        try:
            yield
        finally:
            coming.close()

    def outcomes(self, captures: Sequence[Capture]) -> dict[str, Outcome]:
        """What came of reading captures, given by time, by capture id; whole readings of those that say something new
        are stored by then."""
        found = {capture.capture_id: self._outcome(capture) for capture in captures}
        self.write()
        return found

    def _outcome(self, capture: Capture) -> Outcome:
        known = None if capture.capture_id in self._ahead else self._stored(capture)
        if known is None:
            known = self._read(capture)
        if known.content:
            self._contents.add(known.content)
        return known

    def _stored(self, capture: Capture) -> Outcome | None:
        _, known = self._known.get(self.name(capture), ("", None))
        # It may have been kept as no more than a sighting of one that has gone since.
        wanted = known and known.content and known.content not in self._contents
        return None if self._store and wanted and known and not known.kept else known

    def _task(self, capture: Capture) -> Task:
        try:
            payload: bytes | Outcome = self._archive.payload(capture)
        except CorruptWarc as error:
            payload = Outcome(refused=str(error))  # not to be kept: the file may come back
        return Task(capture, payload, capture.record_id in self.accepted)

    def _read(self, capture: Capture) -> Outcome:
        self.fresh.add(capture.capture_id)
        if self._unread:
            self._progress(len(self.fresh), self._unread)
        if capture.capture_id in self._ahead:
            came = next(self._coming)
        else:
            from pipeline.reader import read_capture  # as long to load as all else of a refresh that finds nothing new

            task = self._task(capture)
            if isinstance(task.payload, Outcome):
                return task.payload
            came = read_capture(capture, task.payload, self.card, accepted=task.accepted)
        if isinstance(came, Outcome):
            return came
        found, rows = came
        if self._store:
            wanted = rows if found.content not in self._contents else None
            self._unwritten.append((self.name(capture), found, wanted))
            if len(self._unwritten) >= FULL:
                self.write()
        return found

    def write(self) -> None:
        """Keep what was read and is not yet kept.

        Raises:
            HomeUnwritable: the disk refuses.
        """
        if not self._unwritten:
            return
        from warehouse.facts_store import store_readings  # loads DuckDB

        segment = next_segment(self._folder)
        store_readings(self._folder / segment, self._unwritten)
        self._known |= {name: (segment, outcome) for name, outcome, _ in self._unwritten}
        self._unwritten = []


def page_of(capture: Capture) -> str:
    """Which page of its source a retrieval asked for: its URL; the samples stand at one, whose port changes."""
    return "" if capture.sample and not capture.archived_url else capture.url


def _bounds(card: SourceCard, capture: Capture) -> Bounds:
    if capture.sample and card.sample and card.sample.bounds:
        return card.sample.bounds
    return card.bounds
