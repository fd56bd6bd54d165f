"""Read the pages of a slice, and write what they say as one partition of each table."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import BinaryIO

from extractors.errors import ImpactError
from extractors.metrics.card import SourceCard
from warehouse.bulk.cards import Followed
from warehouse.bulk.finding import REVISIT, opened_file
from warehouse.bulk.partitions import CAPTURE_COLUMNS, PARTITIONED, Row, partitions
from warehouse.bulk.stores import Store
from warehouse.bulk.tasks import Done, Task
from warehouse.capture_reading import read_capture
from warehouse.captures import HTML_TYPES, UNTYPED
from warehouse.fetch import Retrieval
from warehouse.foreign_warc import NO_PAGE, REDIRECT, Found, Left, Repeated, entry, target_of
from warehouse.reading_rows import utc
from warehouse.warc import Capture, media_type, sha256, stamp
from warehouse.warc_records import Damage, Place, RawRecord, records_from

READ, REFUSED, FAILED = "a page, read", "a page, refused", "a page that could not be read"
LARGE = "larger than any page, and at the address of no card"
OTHER_STATUS = "an answer with another status than 200"


class TooMuchMemory(Exception):
    """Reading a record took more than there is; its place is the argument. What is left then is not to be relied on."""


def read(
    task: Task, store: Store, cards: Followed, without: Mapping[Place, str], begin: Callable[[Place | None], object]
) -> Done:
    """Read a slice, all records but those `without`, which failed before and why.

    `begin` is told of each, and of None when all are read and are to be written.

    Raises:
        TooMuchMemory: a record does not fit into what there is.
    """
    work = _Slice(task, cards)
    missing = set(task.places)
    with opened_file(task.file) as stream:
        for record in _records(stream, task, without, begin):
            missing.discard(record.place)
            try:
                work.add(record, without.get(record.place))
            except MemoryError:
                raise TooMuchMemory(record.place) from None
    begin(None)
    for place in sorted(missing):
        work.fail(place, None, None, "it is no longer where it was found")
    for table, data in partitions(work.tables):
        store.write(f"{table}/{task.part}.parquet", data)
    tables = work.tables
    return Done(task.part, dict(work.counts), work.counts[READ], len(tables["facts"]), len(tables["failures"]))


def _records(
    stream: BinaryIO, task: Task, without: Mapping[Place, str], begin: Callable[[Place | None], object]
) -> Iterator[RawRecord | Damage]:
    places = set(task.places)
    assert task.file.compressed is not None

    def wanted(record: RawRecord) -> bool:
        return record.place in places and record.place not in without

    for offset, group in groupby(task.places, key=lambda place: place[0]):
        here = list(group)
        begin(here[0])
        for record in records_from(stream, offset, wanted, compressed=task.file.compressed):
            if record.place in places:
                begin(record.place)
                yield record
            if record.place >= here[-1]:
                break


class _Slice:
    """What a slice has come to so far."""

    def __init__(self, task: Task, cards: Followed) -> None:
        self._task, self._cards = task, cards
        self._now = dt.datetime.now(dt.UTC)
        self.counts: Counter[str] = Counter()
        self.tables: dict[str, list[Row]] = {table: [] for table in PARTITIONED if table != "records"}

    def add(self, record: RawRecord | Damage, cut_off: str | None) -> None:
        """Take account of one record; whatever is wrong with it costs itself."""
        if isinstance(record, Damage):
            self.fail(record.place, record.about, None, record.problem)
        elif cut_off:
            self.fail(record.place, target_of(record), None, cut_off)
        else:
            self._add(record)
        self.tables["records"] = self._counted()

    def fail(self, place: Place, url: str | None, about: Capture | None, reason: str, outcome: str = FAILED) -> None:
        """Put on record that something was not read."""
        self.counts[outcome] += 1
        self._failure(place, url, about, reason)
        self.tables["records"] = self._counted()

    def _failure(self, place: Place, url: str | None, about: Capture | None, reason: str) -> None:
        captured_at = utc(about.captured_at) if about else None
        source = (about.source or None) if about else None
        row = (self._task.file.name, *place, source, url, captured_at, " ".join(reason.split()))
        self.tables["failures"].append(row)

    def _counted(self) -> list[Row]:
        place = self._task.places[0][0]
        return [(self._task.file.name, place, outcome, count) for outcome, count in sorted(self.counts.items())]

    def _add(self, record: RawRecord) -> None:
        try:
            found = entry(record, self._task.file.path.rpartition("/")[2], self._now)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a record makes of it costs that record alone
            self.fail(record.place, target_of(record), None, _why(error))
            return
        if isinstance(found, Left):
            if found.reason == REDIRECT:
                self.counts[REDIRECT] += 1
            elif record.block is None and self._cards.of(target_of(record)) == (None,):
                self.counts[LARGE] += 1
            else:
                self.fail(record.place, found.about, None, f"{found.reason}: {found.detail}")
        elif isinstance(found, Repeated):
            self.counts[REVISIT] += 1
        elif found.retrieval.status != 200:
            self.counts[OTHER_STATUS] += 1
        else:
            self._page(record.place, found)

    def _page(self, place: Place, found: Found) -> None:
        outcomes = {self._read(place, found, card) for card in self._cards.of(found.retrieval.url)}
        self.counts[next(outcome for outcome in (READ, REFUSED, FAILED, NO_PAGE) if outcome in outcomes)] += 1

    def _read(self, place: Place, found: Found, card: SourceCard | None) -> str:
        """Read a page by one card, or by none; what became of it."""
        source = card.id if card else None
        capture = _capture(found, source or "", self._task.file.name)
        if capture.content_type is not None and capture.content_type not in HTML_TYPES | UNTYPED:
            return NO_PAGE
        name = f"{self._task.file.id}-{place[0]}-{place[1]}" + (f"-{source}" if source else "")
        try:
            outcome, rows = read_capture(capture, found.retrieval.body, card, tree="lxml")
        except ImpactError as error:
            return self._refused(name, place, capture, str(error))
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever the reader raises costs this page alone, and is named
            self._failure(place, capture.url, capture, _why(error))
            return FAILED
        if rows is None:
            return self._refused(name, place, capture, str(outcome.refused))
        first = (name, self._task.file.name, place[0])
        for table in ("facts", "numerals", "passages"):
            self.tables[table].extend((*first, *row) for row in rows[table])
        [(*_, basis)] = rows["reading"]
        said = (outcome.content, outcome.edition, basis, outcome.statistics)
        self.tables["captures"].append(_capture_row(name, place, capture, None, said))
        return READ

    def _refused(self, name: str, place: Place, capture: Capture, reason: str) -> str:
        self.tables["captures"].append(_capture_row(name, place, capture, reason, (None, None, None, None)))
        self._failure(place, capture.url, capture, reason)
        return REFUSED


def _why(error: Exception) -> str:
    return f"the reader failed on it ({type(error).__name__}: {str(error)[:200]})"


def _capture(found: Found, source: str, file: str) -> Capture:
    """The capture that an import would make of it."""
    retrieval: Retrieval = found.retrieval
    digest = sha256(retrieval.body)
    content_type, charset = media_type(retrieval.header("Content-Type") or "")
    return Capture(
        capture_id=f"{stamp(retrieval.retrieved_at)}-{digest[:12]}",
        source=source,
        record_id=found.record_id or "",
        record_type="response",
        refers_to=None,
        url=retrieval.url,
        final_url=retrieval.final_url,
        captured_at=retrieval.retrieved_at,
        status=retrieval.status,
        content_type=content_type,
        charset=charset,
        etag=None,
        last_modified=None,
        sha256=digest,
        size=len(retrieval.body),
        truncated=retrieval.truncated,
        sample=False,
        warc_file=file,
        archived_url=retrieval.archived_url,
        stated_digest=retrieval.stated_digest,
    )


def _capture_row(name: str, place: Place, capture: Capture, refused: str | None, said: Sequence[object]) -> Row:
    values = capture.model_dump(include=set(CAPTURE_COLUMNS))
    values |= {
        "reading": name,
        "source": capture.source or None,
        "warc_offset": place[0],
        "warc_nth": place[1],
        "refused": refused,
    }
    values |= dict(zip(("content", "edition", "edition_basis", "statistics"), said, strict=True))
    values["captured_at"] = utc(capture.captured_at)
    return tuple(values[column] for column in CAPTURE_COLUMNS)
