"""A bulk job: the records of a collection read once, by whatever engine, into partitions that are each written once.

What is there is not done again, so a job that was ended, however, is finished by running it again.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import filelock

from extractors.errors import ImpactError
from warehouse.bulk import cards
from warehouse.bulk.engines import Engine
from warehouse.bulk.partitions import LAST
from warehouse.bulk.stores import SCHEME, Unwritable, absolute, matching, store_at
from warehouse.bulk.tasks import Done, File, Limits, Task


class OutBusy(ImpactError):
    """Another job writes there. Wait for it to end, then run again."""


@dataclass(slots=True)
class Tally:
    """What a run of a job has come to."""

    files: int = 0
    records: Counter[str] = field(default_factory=Counter)
    """By what became of them."""
    pages: int = 0
    facts: int = 0
    failures: int = 0
    slices: int = 0
    """Slices that were read now."""
    known: int = 0
    """Slices that were there."""
    troubles: list[str] = field(default_factory=list)
    """Files that could not be read now."""
    begun: float = field(default_factory=time.monotonic)

    def add(self, done: Done) -> None:
        """Take account of a task."""
        self.records.update(done.records)
        self.pages += done.pages
        self.facts += done.facts
        self.failures += done.failures
        self.slices += done.part.startswith("part-")
        if done.trouble:
            self.troubles.append(done.trouble)

    @property
    def seconds(self) -> float:
        """Elapsed so far."""
        return time.monotonic() - self.begun

    def __str__(self) -> str:
        """In one line."""
        told = f"{self.pages:,} pages of {self.records.total():,} records, {self.facts:,} facts, "
        told += f"{self.failures:,} failures, {self.seconds:,.1f} s"
        return told + (f", {self.pages / self.seconds:,.1f} pages/s" if self.pages else "")


def run(
    pattern: str,
    out: str,
    cards_by_id: Mapping[str, bytes],
    engine: Engine,
    *,
    limits: Limits | None = None,
    told: Callable[[Tally], object] = lambda _: None,
) -> Tally:
    """Read a collection. `told` is called after each task.

    Raises:
        InputError: no file fits the pattern, or `out` cannot be written or holds something else.
        Failed: it could not go on.
    """
    out = absolute(out)
    files = [File(path, size) for path, size in matching(pattern)]
    store = store_at(out)
    with _alone(out):
        job = cards.settle(store, out, cards_by_id)
        store.sweep()
        there = {name.removesuffix(".parquet") for name in store.names(LAST)}
        tally = Tally(len(files))
        tasks = [Task(out, job, file, limits=limits or Limits()) for file in files]

        def known(task: Task) -> bool:
            tally.known += (is_there := bool(task.places) and task.part in there)
            return is_there

        for done in engine(tasks, known):
            tally.add(done)
            told(tally)
    return tally


@contextmanager
def _alone(out: str) -> Iterator[None]:
    """Keep a second job of this machine from writing to the same folder. What object stores hold is not locked."""
    if SCHEME.match(out):
        yield
        return
    lock = filelock.FileLock(Path(out) / cards.LOCK, blocking=False)
    try:
        Path(out).mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except filelock.Timeout:
        raise OutBusy(f"another job writes to {out}; wait for it to end, then run again") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Unwritable(f"cannot write {out}: {reason}; name another folder with --out") from error
    try:
        yield
    finally:
        lock.release()
