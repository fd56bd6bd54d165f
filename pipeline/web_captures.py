"""What a web archive kept of a source's page, listed, told apart and put into the home's archive.

What becomes of each line of the index follows from the index, from what the home's archive holds and from the record of
what was asked for and not kept. So a run that was stopped, or killed at any moment, goes on where it was.
"""

import datetime as dt
import json
import logging
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from extractors.links import public_url
from extractors.metrics.card import SourceCard
from pipeline.progress import Steps, unwatched
from warehouse import durable
from warehouse.archive import Archive
from warehouse.cdx import Line, impossible, unwanted
from warehouse.fetch import FetchError, Retrieval
from warehouse.home import Home
from warehouse.warc import Capture
from warehouse.web_archive import ArchiveDown, Missed, Throttled, WebArchive, replay_key

log = logging.getLogger("impact")

RECORD = "backfill.jsonl"
"""Beside the captures of a source: a line of JSON for each capture that a web archive lists and that was not kept."""
MOST_FAILURES = 3
"""Captures in a row that the archive fails to give, after which it is taken to be down."""

Key = tuple[str, str]
"""Time and original URL: what a web archive knows a capture by."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One capture that a web archive lists for an address of the source."""

    line: Line
    page: str
    """The address, as on the card."""

    @property
    def key(self) -> Key:
        """What it is known by again."""
        return self.line.timestamp, public_url(self.line.original) or self.line.text

    @property
    def year(self) -> str:
        """The crawl year that its time begins with, also where that is no moment; empty where it has none."""
        year = self.line.timestamp[:4]
        return year if year.isdecimal() else ""


@dataclass(slots=True)
class Tally:
    """What became of the captures that are listed."""

    kept: int = 0
    repeated: int = 0
    """Of bytes that are there already: a revisit, for which nothing was fetched."""
    known: int = 0
    """Kept by an earlier run."""
    missed: Counter[str] = field(default_factory=Counter)
    """Not kept, by the reason without its details."""

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        missed = self.missed + other.missed
        return Tally(self.kept + other.kept, self.repeated + other.repeated, self.known + other.known, missed)

    def reasons(self) -> str:
        """Why what was not kept was not, in one line; empty where all was."""
        return ", ".join(f"{count:,} × {reason}" for reason, count in sorted(self.missed.items()))

    def __str__(self) -> str:
        """In one line."""
        parts = [f"{self.kept:,} kept"]
        parts += [f"{self.repeated:,} with bytes that are there already"] if self.repeated else []
        parts += [f"{self.known:,} kept before"] if self.known else []
        parts += [f"{self.missed.total():,} not kept ({self.reasons()})"] if self.missed else []
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Years:
    """From which year to which; either may be open."""

    first: int | None = None
    last: int | None = None

    def within(self, first: int | None, last: int | None) -> "Years":
        """The years that are in both."""
        starts = [year for year in (self.first, first) if year is not None]
        ends = [year for year in (self.last, last) if year is not None]
        return Years(max(starts, default=None), min(ends, default=None))

    def hold(self, line: Line) -> bool:
        """Whether a capture is of these years; one whose time is no moment may be."""
        moment = line.moment
        if moment is None:
            return True
        return (self.first or moment.year) <= moment.year <= (self.last or moment.year)

    @property
    def empty(self) -> bool:
        """Whether there are none."""
        return bool(self.first and self.last and self.first > self.last)


def listed(web: WebArchive, card: SourceCard, asked: Years) -> list[Listed]:
    """What a web archive lists of all addresses of a card, by time, each capture once.

    Raises:
        FetchError: there is no list to be had.
    """
    found: dict[Key, Listed] = {}
    for address in card.addresses:
        years = asked.within(address.first, address.last)
        if years.empty:
            continue
        page = public_url(address.url)
        lines = [line for line in web.captures(page, years.first, years.last) if years.hold(line)]
        log.info("%s lists %s captures of %s", web.host, f"{len(lines):,}", page)
        for line in lines:
            one = Listed(line, page)
            found.setdefault(one.key, one)
    return sorted(found.values(), key=lambda one: (one.line.timestamp, one.line.original))


class Backfill:
    """One backfill of a source. Storing needs the home's writer lock; looking does not."""

    def __init__(self, home: Home, card: SourceCard, web: WebArchive, *, sample: bool = False) -> None:
        """Read what the home knows already."""
        self._archive, self._card, self._web, self._sample = Archive(home), card, web, sample
        self._record = home.archive / card.id / RECORD
        self._noted = _noted(self._record)
        """By capture, why it is on record as not kept, and whether the archive was asked for it."""
        self._kept: dict[Key, Capture] = {}
        for capture in self._archive.captures(card.id):
            key = replay_key(capture.archived_url or "")
            if key:
                self._kept[key] = capture
        self._now = dt.datetime.now(dt.UTC)
        self._digests: dict[str, Capture] = {}
        self._seen: set[str] = set()
        self.stored: list[Capture] = []
        """What was put into the home's archive."""
        self.tallies: defaultdict[str, Tally] = defaultdict(Tally)
        """By crawl year."""
        self._reached: str | None = ""
        """The crawl year that is being worked at; None once all are done."""

    @property
    def host(self) -> str:
        """The web archive that is asked."""
        return self._web.host

    @property
    def tally(self) -> Tally:
        """Of all crawl years."""
        return sum(self.tallies.values(), Tally())

    def completed(self, year: str) -> bool:
        """Whether all that is listed of a crawl year has been gone through."""
        return self._reached is None or year < self._reached

    def outlook(self, one: Listed) -> str:
        """What would become of a capture, in a few words, asked for by time."""
        reason = self.verdict(one)
        if reason and not self.is_known(one):
            return f"not kept: {reason}"
        again = one.line.digest in self._seen
        self._seen |= {one.line.digest} - {""}
        return "kept before" if self.is_known(one) else "same bytes" if again else "to fetch"

    def verdict(self, one: Listed) -> str | None:
        """Why a capture is not asked for, by the index or by what an earlier run met; None when it is."""
        reason, asked = self._noted.get(one.key, ("", False))
        return impossible(one.line, self._now) or unwanted(one.line) or (reason if asked else None)

    def is_known(self, one: Listed) -> bool:
        """Whether the home holds the capture."""
        return one.key in self._kept

    def kept(self, one: Listed) -> Capture | None:
        """The capture in the home's archive; None when it was not kept."""
        return self._kept.get(one.key)

    def run(self, captures: list[Listed], progress: Steps = unwatched) -> None:
        """Keep each capture of a page that the home does not hold; `progress` is told how many of how many are done.

        Raises:
            Throttled, ArchiveDown, FetchError: the archive gives no more; what was kept is kept.
            ImpactError: it cannot be stored.
        """
        failures = 0
        for done, one in enumerate(captures):
            progress(done, len(captures))
            self._reached = one.year
            reason = self.verdict(one)
            if self.is_known(one):
                self.tallies[one.year].known += 1
                self._remember(one, self._kept[one.key])
            elif reason:
                self._miss(one, reason)
            elif not self._repeat(one):
                try:
                    failures = failures + 1 if self._fetch(one) else 0
                    if failures == MOST_FAILURES:
                        raise ArchiveDown(f"{self._web.host} failed {failures} times in a row")
                except FetchError as error:
                    until = error.until if isinstance(error, Throttled) else None
                    raise type(error)(
                        f"{error}; stopped at {done + 1:,} of {len(captures):,} captures ({self.tally}), "
                        "from where the next run goes on" + (f", after {until:%Y-%m-%d %H:%M:%S} UTC" if until else "")
                    ) from error
        self._reached = None
        progress(len(captures), len(captures))

    def _fetch(self, one: Listed) -> bool:
        """Ask for a capture and keep it, or why it was not had; true when that was for a failure that may pass."""
        found = self._web.retrieve(one.line)
        if isinstance(found, Missed):
            self._miss(one, found.reason, asked=not found.passing)
            return found.passing
        capture = self._store(one, found)
        self.tallies[one.year].kept += 1
        log.info("archived %s bytes of %s as %s", f"{capture.size:,}", one.line.timestamp, capture.warc_file)
        return False

    def _repeat(self, one: Listed) -> bool:
        """Keep a capture of bytes that are there already, by their digest, without asking for them."""
        original = self._digests.get(one.line.digest) if one.line.digest else None
        moment = one.line.moment
        if original is None or moment is None:
            return False
        content = [("Content-Type", original.content_type)] if original.content_type else []
        self._store(
            one,
            Retrieval(
                url=one.page,
                final_url=public_url(one.line.original),
                status=original.status,
                reason="",
                headers=tuple(content),
                body=self._archive.payload(original),
                retrieved_at=moment,
                truncated=original.truncated,
                archived_url=self._web.archived_url(one.line),
            ),
        )
        self.tallies[one.year].repeated += 1
        return True

    def _store(self, one: Listed, retrieval: Retrieval) -> Capture:
        retrieval = replace(retrieval, url=one.page)
        capture = self._archive.store(self._card.id, retrieval, sample=self._sample)
        while capture.url != one.page:  # another address showed the same bytes in the same second
            retrieval = replace(retrieval, retrieved_at=retrieval.retrieved_at + dt.timedelta(microseconds=1))
            capture = self._archive.store(self._card.id, retrieval, sample=self._sample)
        self._remember(one, capture)
        self._kept[one.key] = capture
        self.stored.append(capture)
        return capture

    def _remember(self, one: Listed, capture: Capture) -> None:
        if one.line.digest and one.line.digest not in self._digests:
            self._digests[one.line.digest] = self._archive.original(capture)

    def _miss(self, one: Listed, reason: str, *, asked: bool = False) -> None:
        """Count a capture that is not kept, and put it on record, once; `asked` saves asking for it again."""
        self.tallies[one.year].missed[reason.partition(": ")[0]] += 1
        if one.key in self._noted and self._noted[one.key][0] == reason:
            return
        entry = {
            "at": self._now.isoformat(timespec="seconds"),
            "reason": reason,
            "asked": asked,
            "page": one.page,
            "timestamp": one.line.timestamp,
            "original": one.key[1],
            "archived_url": self._web.archived_url(one.line),
            "line": one.line.text,
        }
        self._record.parent.mkdir(exist_ok=True)
        durable.append_line(self._record, json.dumps(entry))
        self._noted[one.key] = reason, asked


def _noted(record: Path) -> dict[Key, tuple[str, bool]]:
    """What is on record as not kept. A line that a killed run cut short is left out."""
    found: dict[Key, tuple[str, bool]] = {}
    with suppress(FileNotFoundError):
        for line in record.read_text(encoding="utf-8", errors="replace").splitlines():
            with suppress(ValueError, KeyError, TypeError):
                entry = json.loads(line)
                found[str(entry["timestamp"]), str(entry["original"])] = str(entry["reason"]), entry["asked"] is True
    return found
