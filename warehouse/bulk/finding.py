"""Look through a stretch of a WARC file for responses: one pass over its records, of which no block is kept.

What is found is on record, and told again when the job is run again: a file of any size is looked through once.
"""

import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, BinaryIO

from extractors.links import public_url
from warehouse.bulk.partitions import Row, partitions
from warehouse.bulk.stores import Store, Unreadable, opened
from warehouse.bulk.tasks import Done, File, Task
from warehouse.foreign_warc import BAD_ZIP, DAMAGED, OTHER_KIND, member_of, target_of, type_of, warc_members
from warehouse.warc_records import Damage, Place, RawRecord, is_compressed, records_from

STRETCH = 64 * 1024 * 1024
"""Bytes of a file that are looked through at a time: the first pages are read while the others are being found."""
LEAST_SLICE, MOST_SLICE, SLICES, INFLATED = 4 * 1024 * 1024, 32 * 1024 * 1024, 8, 4
"""A slice holds about an eighth of its file, within these bounds: enough slices for all cores of a small collection,
not too many partitions of a large one. A compressed file is taken to hold four times its size."""
MOST_PAGES = 500
"""Pages of a slice."""
REVISIT, RESOURCE = "a repetition of an earlier response", "a resource, no response"
TOLD_EVERY = 256


def find(task: Task, store: Store, alive: Callable[[], object]) -> Done:
    """Look through a stretch, and put on record what it holds."""
    stored = store.read(_record(task))
    if stored is not None:
        return _again(task, json.loads(stored))
    file = task.file
    try:
        with opened_file(file) as stream:
            if file.member is None and file.compressed is None:
                if stream.read(4) == b"PK\x03\x04":
                    return Done(task.part, more=tuple(_members(task, stream)))
                stream.seek(0)
            if file.compressed is None:
                file = replace(file, compressed=is_compressed(stream))
            found = _Found(file, task.start)
            following = found.look(stream, alive)
    except BAD_ZIP as error:
        found, following = _Found(file, task.start), None
        found.damaged((task.start, 0), None, f"it is a damaged or encrypted ZIP file ({error})")
    if not found.counts and task.start == 0:
        found.damaged((0, 0), None, "it holds no WARC record")
    for table, data in partitions({"failures": found.failures, "records": found.rows()}):
        store.write(f"{table}/{task.part}.parquet", data)
    said = {
        "file": file.name,
        "size": file.size,
        "compressed": file.compressed,
        "records": dict(found.counts),
        "failures": len(found.failures),
        "slices": found.slices,
        "next": following,
    }
    store.write(_record(task), json.dumps(said).encode())
    return _done(task, said)


@contextmanager
def opened_file(file: File) -> Iterator[BinaryIO]:
    """The bytes of a WARC file, also of one within a WACZ."""
    with opened(file.path) as whole:
        if file.member is None:
            yield whole
            return
        with zipfile.ZipFile(whole) as bundle:
            yield member_of(whole, bundle, bundle.getinfo(file.member))


class _Found:
    def __init__(self, file: File, start: int) -> None:
        self._file, self._start = file, start
        self.counts: Counter[str] = Counter()
        self.failures: list[Row] = []
        self.slices: list[list[Place]] = []
        self._weight = 0

    def look(self, stream: BinaryIO, alive: Callable[[], object]) -> int | None:
        """Go through the stretch; where the next begins, or None at the end of the file."""
        assert self._file.compressed is not None
        size = self._file.size * (INFLATED if self._file.compressed else 1)
        most = min(MOST_SLICE, max(LEAST_SLICE, size // SLICES))
        records = records_from(stream, self._start, lambda _: False, compressed=self._file.compressed)
        for number, record in enumerate(records):
            if record.place[0] >= self._start + STRETCH:
                return record.place[0]
            if number % TOLD_EVERY == 0:
                alive()
            if isinstance(record, Damage):
                self.damaged(record.place, record.about, record.problem)
            elif left := _left(record):
                self.counts[left] += 1
            else:
                self._add(record, most)
        return None

    def damaged(self, place: Place, url: str | None, reason: str) -> None:
        self.counts[DAMAGED] += 1
        self.failures.append((self._file.name, *place, None, url and public_url(url), None, reason))

    def rows(self) -> list[Row]:
        return [(self._file.name, self._start, outcome, count) for outcome, count in sorted(self.counts.items())] or [
            (self._file.name, self._start, OTHER_KIND, 0)
        ]

    def _add(self, record: RawRecord, most: int) -> None:
        if not self.slices or self._weight + record.length > most or len(self.slices[-1]) >= MOST_PAGES:
            self.slices.append([])
            self._weight = 0
        self.slices[-1].append(record.place)
        self._weight += record.length


def _left(record: RawRecord) -> str | None:
    kind = type_of(record)
    if kind not in ("response", "revisit", "resource"):
        return OTHER_KIND
    if not target_of(record).lower().startswith(("http://", "https://")):
        return OTHER_KIND
    return {"revisit": REVISIT, "resource": RESOURCE}.get(kind)


def _record(task: Task) -> str:
    return f"found/{task.part}.json"


def _members(task: Task, stream: BinaryIO) -> Iterator[Task]:
    with zipfile.ZipFile(stream) as bundle:
        for info in warc_members(bundle):
            yield replace(task, file=replace(task.file, member=info.filename))


def _again(task: Task, said: dict[str, Any]) -> Done:
    if said["size"] != task.file.size:
        raise Unreadable(f"{task.file.path} has changed since it was read; read it into another folder")
    return _done(task, said)


def _done(task: Task, said: dict[str, Any]) -> Done:
    file = replace(task.file, compressed=said["compressed"])
    more = [replace(task, file=file, places=tuple((o, b) for o, b in places)) for places in said["slices"]]
    if said["next"] is not None:
        more.append(replace(task, file=file, start=said["next"]))
    return Done(task.part, said["records"], failures=said["failures"], more=tuple(more))
