"""From the entries of foreign files to captures of the archive: those of followed pages, each once.

A capture is known again by its page, its time and its bytes, so that a file can be imported twice and files in any
order. A revisit takes its bytes from what it repeats: a capture of the home, or another record of the files, also of a
page that is not followed; where neither is at hand it waits.
"""

import datetime as dt
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from extractors.page_keys import page_key
from warehouse import payloads
from warehouse.archive import Archive
from warehouse.fetch import Retrieval
from warehouse.foreign_warc import ABSENT, DAMAGED, OTHER_KIND, OTHER_PAGE, Found, Left, Repeated, entries
from warehouse.home import Home
from warehouse.waiting import keep_waiting, waiting
from warehouse.warc import Capture

log = logging.getLogger("impact")

MOST_TOLD = 5
"""Lines on single records of a file; the rest is counted."""
TOLD_EVERY = 100_000
"""Records after which a large file is said to be still under way."""

Name = tuple[str, str]
"""What a record is referred to by: its id, its target and time, or its digest."""


@dataclass(frozen=True, slots=True)
class Page:
    """A followed page: its source, and its address as the card writes it."""

    source: str
    address: str


@dataclass(slots=True)
class Tally:
    """What became of the records that were read."""

    records: int = 0
    followed: int = 0
    new: int = 0
    known: int = 0
    """Captures that an earlier import brought, or another record."""
    left: Counter[str] = field(default_factory=Counter)
    """By the reason."""

    def __str__(self) -> str:
        """In one line."""
        told = [f"read {self.records:,} records, {self.followed:,} of followed pages, {self.new:,} new"]
        told += [f"{self.known:,} known"] if self.known else []
        left = ", ".join(f"{count:,} {reason}" for reason, count in self.left.most_common())
        return ", ".join(told) + (f"; left: {left}" if left else "")


@dataclass(frozen=True, slots=True)
class _Pending:
    page: Page
    repeated: Repeated


class Import:
    """One import into a home whose writer lock is held."""

    def __init__(self, home: Home, archive: Archive, pages: Sequence[Page], begin: Callable[[str], object]) -> None:
        """Read nothing yet. A page may be followed by several sources; `begin` is told of each that gets something."""
        self._begin = begin
        self.tally = Tally()
        self.by_year: defaultdict[tuple[str, int], Counter[str]] = defaultdict(Counter)
        """How many captures of a source and of the year of their time are `new`, and how many were `known`."""
        self._home, self._archive = home, archive
        self._pages: dict[str, list[Page]] = {}
        for page in pages:
            self._pages.setdefault(page_key(page.address) or "", []).append(page)
        self._sources = sorted({page.source for page in pages})
        self._known = {(one.source, one.capture_id) for source in self._sources for one in archive.captures(source)}
        self._by_record_id: dict[str, Capture] = {}

    def add_files(self, paths: Sequence[Path]) -> None:
        """Keep what WARC and WACZ files hold of followed pages.

        Raises:
            NoArchive: a file holds no record.
            ImpactError: a file cannot be read, or a capture not be kept.
        """
        pending = [
            _Pending(Page(source, repeated.retrieval.url), repeated)
            for source in self._sources
            for repeated in waiting(self._home, source)
        ]
        for path in paths:
            pending += self._add_file(path)
        names = {source: self._known_names(source) for source in {one.page.source for one in pending}}
        pending = [one for one in pending if not self._resolve(one, names[one.page.source])]
        pending = self._resolve_elsewhere(paths, pending)
        for one in pending:
            self.tally.left[ABSENT] += 1
            log.info("left %s of %s: %s", *_place(one.repeated.retrieval), "what it repeats is not at hand; it waits")
        for source in self._sources:
            still = [one.repeated for one in pending if one.page.source == source]
            if still:
                self._begin(source)
            keep_waiting(self._home, source, still)

    def add(self, page: Page, retrieval: Retrieval, unchanged_since: Capture | None = None) -> Capture:
        """Keep one retrieval of a page, unless it is there."""
        self._begin(page.source)
        retrieval = replace(retrieval, url=page.address)
        while True:
            capture = self._archive.store(page.source, retrieval, sample=False, unchanged_since=unchanged_since)
            if capture.url == page.address:
                break
            # Another page of the source showed the same bytes at the same moment.
            retrieval = replace(retrieval, retrieved_at=retrieval.retrieved_at + dt.timedelta(microseconds=1))
        told = self.by_year[capture.source, capture.captured_at.year]
        if (capture.source, capture.capture_id) in self._known:
            self.tally.known += 1
            told["known"] += 1
        else:
            self.tally.new += 1
            told["new"] += 1
            self._known.add((capture.source, capture.capture_id))
        return capture

    def _add_file(self, path: Path) -> Iterator[_Pending]:
        """Keep the captures of one file; what comes back is the revisits."""
        log.info("reading %s", path)
        told: Counter[str] = Counter()
        for entry in entries(path, lambda url: page_key(url) in self._pages):
            self.tally.records += 1
            if self.tally.records % TOLD_EVERY == 0:
                log.info("%s", self.tally)
            if isinstance(entry, Left):
                self._leave(path, entry, told)
                continue
            self.tally.followed += 1
            for page in self._pages[page_key(entry.retrieval.url) or ""]:
                if isinstance(entry, Repeated):
                    placed = replace(entry, retrieval=replace(entry.retrieval, url=page.address))
                    yield _Pending(page, placed)
                    continue
                capture = self.add(page, entry.retrieval)
                if entry.record_id:
                    self._by_record_id[entry.record_id] = capture
        for reason, count in told.items():
            if count > MOST_TOLD:
                log.warning("%s: %s more %s", path.name, count - MOST_TOLD, reason)

    def _leave(self, path: Path, entry: Left, told: Counter[str]) -> None:
        self.tally.left[entry.reason] += 1
        self.tally.followed += entry.reason not in (OTHER_KIND, OTHER_PAGE, DAMAGED)
        if entry.detail:
            told[entry.reason] += 1
            if told[entry.reason] <= MOST_TOLD:
                about = f" of {entry.about}" if entry.about else ""
                log.warning("%s: a record%s is left: %s", path.name, about, entry.detail)

    # --- revisits ---

    def _known_names(self, source: str) -> Mapping[Name, list[Capture]]:
        """The captures of a source by all that a revisit may call them."""
        names: dict[Name, list[Capture]] = defaultdict(list)
        for record_id, capture in self._by_record_id.items():
            if capture.source == source:
                names["id", record_id].append(capture)
        for capture in self._archive.captures(source):
            names["id", capture.record_id].append(capture)
            names[_at(capture.final_url, capture.captured_at)].append(capture)
            names["digest", f"sha256:{capture.sha256}"].append(capture)
            if capture.stated_digest:
                names["digest", _digest(capture.stated_digest)].append(capture)
        return names

    def _resolve(self, one: _Pending, names: Mapping[Name, list[Capture]]) -> bool:
        """Keep a revisit of a capture that is at hand; whether it was one."""
        named = (capture for name in _names(one.repeated) for capture in names.get(name, ()))
        digest = one.repeated.retrieval.stated_digest
        capture = next((capture for capture in named if not _contradict(digest, capture.stated_digest)), None)
        if capture is None:
            return False
        retrieval = one.repeated.retrieval
        if retrieval.status == 304:
            self.add(one.page, retrieval, unchanged_since=capture)
            return True
        original = self._archive.original(capture)
        content = original.content_type or ""
        content += f"; charset={original.charset}" if original.charset else ""
        self.add(one.page, replace(
            retrieval,
            status=retrieval.status or original.status,
            headers=retrieval.headers or (("Content-Type", content),),
            body=self._archive.payload(original),
            truncated=original.truncated,
        ))  # fmt: skip
        return True

    def _resolve_elsewhere(self, paths: Sequence[Path], pending: list[_Pending]) -> list[_Pending]:
        """Keep revisits of records of pages that are not followed; those that are of none come back."""
        wanted = {name for one in pending for name in _names(one.repeated) if one.repeated.retrieval.status != 304}
        targets = {page_key(one.repeated.uri or "") for one in pending}
        for path in paths if wanted else ():
            for entry in entries(path, lambda url: page_key(url) in targets or None in targets):
                if not isinstance(entry, Found):
                    continue
                record = entry.retrieval
                names = {("id", entry.record_id or ""), _at(record.url, record.retrieved_at)}
                names |= {("digest", _digest(record.stated_digest))} if record.stated_digest else set()
                for one in [one for one in pending if names & wanted & set(_names(one.repeated))]:
                    again = one.repeated.retrieval
                    if again.status == 304 or _contradict(again.stated_digest, record.stated_digest):
                        continue
                    self.add(one.page, replace(
                        again,
                        status=again.status or record.status,
                        headers=again.headers or record.headers,
                        body=record.body,
                        truncated=record.truncated,
                    ))  # fmt: skip
                    pending.remove(one)
        return pending


def _names(repeated: Repeated) -> list[Name]:
    """What a revisit calls that which it repeats, the surest first."""
    names: list[Name] = [("id", repeated.record_id)] if repeated.record_id else []
    if repeated.uri and repeated.date:
        names.append(_at(repeated.uri, repeated.date))
    digest = repeated.retrieval.stated_digest
    if digest and not payloads.fits_digest(b"", digest):  # of no body, where nothing was modified
        names.append(("digest", _digest(digest)))
    return names


def _at(url: str, moment: dt.datetime) -> Name:
    """A target and a second: tools leave out its fraction where they refer to it."""
    return f"at {page_key(url)}", f"{moment.astimezone(dt.UTC):%Y%m%d%H%M%S}"


def _digest(stated: str) -> str:
    algorithm, _, value = stated.partition(":")
    return f"{algorithm.strip().lower().replace('-', '')}:{value.strip().lower()}"


def _contradict(digest: str | None, other: str | None) -> bool:
    """Whether two digests are of unlike bytes; that of no body, where nothing was modified, says nothing."""
    if not digest or not other or payloads.fits_digest(b"", digest):
        return False
    one, two = _digest(digest), _digest(other)
    return one != two and one.partition(":")[0] == two.partition(":")[0]


def _place(retrieval: Retrieval) -> tuple[str, str]:
    return f"{retrieval.retrieved_at:%Y-%m-%d %H:%M} UTC", retrieval.url
