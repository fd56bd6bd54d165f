"""Read many captures in several processes, ahead of who asks for them and in that order.

A reading depends on nothing but its capture and the card; what is kept of it hangs on those before and is for who asks.
Workers load the reader and nothing else. One that is killed is noticed, and costs no capture but its own.
"""

import logging
import multiprocessing
import os
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from extractors.metrics.card import SourceCard
from warehouse.reading_rows import Rows
from warehouse.readings import Outcome
from warehouse.warc import Capture

log = logging.getLogger("impact")

WORTHWHILE = 32
"""Captures; of fewer the reading is done before the workers have begun."""
MOST_WORKERS = 8
AHEAD = 16
"""Captures a worker that are under way or wait to be asked for: what is held in memory."""
KILLED = "the process that read it was killed, perhaps for want of memory; the next refresh reads it again"

Read = tuple[Outcome, Rows | None]
"""What came of reading; an outcome alone is of what could not be read now, and is not to be kept."""


@dataclass(frozen=True, slots=True)
class Task:
    """One capture to be read."""

    capture: Capture
    payload: bytes | Outcome
    """Its bytes, or why they cannot be had."""
    accepted: bool


def workers() -> int:
    """How many processes may read at a time: one a core that this one may use."""
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, MOST_WORKERS)


def read_ahead(card: SourceCard, tasks: Iterable[Task], processes: int) -> Generator[Read | Outcome, None, None]:
    """What comes of each task, in their order.

    `tasks` is drawn from as the readings come. The processes end with the iterator: close it.
    """
    waiting: deque[tuple[Task, Future[Read | Outcome]]] = deque()
    following = iter(tasks)
    pool = _pool(card, processes)
    try:
        while True:
            while len(waiting) < processes * AHEAD and (task := next(following, None)) is not None:
                waiting.append((task, _submitted(pool, task)))
            if not waiting:
                return
            try:
                found = waiting[0][1].result()
            except BrokenProcessPool:
                log.warning("a process that read captures was killed; what it read is read again")
                pool.shutdown(cancel_futures=True)
                while waiting:
                    yield _again(card, *waiting.popleft())
                pool = _pool(card, processes)
                continue
            waiting.popleft()
            yield found
    finally:
        pool.shutdown(cancel_futures=True)


def _again(card: SourceCard, task: Task, future: "Future[Read | Outcome]") -> Read | Outcome:
    """The reading of a task whose pool has broken, in a process of its own where it was not done."""
    if future.done() and not future.cancelled() and future.exception() is None:
        return future.result()
    pool = _pool(card, 1)
    try:
        return _submitted(pool, task).result()
    except BrokenProcessPool:
        return Outcome(refused=KILLED)
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(card: SourceCard, processes: int) -> ProcessPoolExecutor:
    from pipeline.reader import begin_worker

    # Not forked: the database and Dagster have threads running, whose locks a fork would inherit.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, mp_context=context, initializer=begin_worker, initargs=(card,))


def _submitted(pool: ProcessPoolExecutor, task: Task) -> "Future[Read | Outcome]":
    from pipeline.reader import work

    done: Future[Read | Outcome] = Future()
    if isinstance(task.payload, Outcome):
        done.set_result(task.payload)
        return done
    try:
        return pool.submit(work, task.capture, task.payload, task.accepted)
    except BrokenProcessPool as error:
        done.set_exception(error)
        return done
