"""Who does the tasks: a plain loop, all cores of this machine, or a Dask cluster. Each calls `read_slice`, and no more.

New tasks come of tasks that are done. Pages to be read go before files to be looked through, so that few tasks wait.
"""

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager

from extractors.errors import InputError
from warehouse.bulk.slices import dismiss, read_slice
from warehouse.bulk.stores import NEEDS_EXTRA
from warehouse.bulk.tasks import Done, Failed, Task

LOCAL, DASK = "local", re.compile(r"dask://([^/\s]+:\d+)/?")
AHEAD = 2
"""Tasks for each that can be under way: the next is there when one is done."""
CONNECT_SECONDS = 15
COUNTED_EVERY = 30.0
"""Seconds after which a cluster is asked again how large it is."""

Skipped = Callable[[Task], bool]
"""Whether a task is not to be done."""
Engine = Callable[[Iterable[Task], Skipped], Iterator[Done]]


def engine_of(name: str) -> Engine:
    """The engine that `local` or `dask://HOST:PORT` means.

    Raises:
        InputError: it is neither, or needs what is not installed.
    """
    if name == LOCAL:
        return local
    address = DASK.fullmatch(name)
    if address is None:
        raise InputError(f"--engine {name!r} is unknown; there are local and dask://HOST:PORT")
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise InputError(f"--engine {name} {NEEDS_EXTRA}") from None
    return lambda tasks, skipped: on_dask(address[1], tasks, skipped)


def loop(tasks: Iterable[Task], skipped: Skipped) -> Iterator[Done]:
    """One task after the other, which is what the others are measured against."""
    waiting = [*tasks][::-1]
    try:
        while waiting:
            done = read_slice(waiting.pop())
            waiting += [task for task in done.more[::-1] if not skipped(task)]
            yield done
    finally:
        dismiss()


def local(tasks: Iterable[Task], skipped: Skipped, processes: int | None = None) -> Iterator[Done]:
    """As many processes as this one may use cores; the threads here only wait for them."""
    count = processes or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    executor = ThreadPoolExecutor(count)
    try:
        yield from _spread(executor, lambda: count, tasks, skipped)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        dismiss()


def on_dask(address: str, tasks: Iterable[Task], skipped: Skipped) -> Iterator[Done]:
    """The workers of a Dask cluster, as many as it has at any time; one that dies costs what it was at, done again.

    Raises:
        InputError: no scheduler answers, or it has no worker.
        Failed: the cluster has gone, or its workers lack this software.
    """
    from distributed import KilledWorker

    with _client(address) as client:
        try:
            yield from _spread(client.get_executor(pure=False), _width(client), tasks, skipped)
        except (ImportError, AttributeError) as error:
            raise Failed(f"a worker of {address} lacks this version of impact-ledger ({error}); install it") from error
        except KilledWorker as error:
            raise Failed(f"several workers of {address} died at one task; see their logs") from error
        except (CancelledError, OSError) as error:
            raise Failed(f"the Dask scheduler at {address} has gone; start it and run again") from error


@contextmanager
def _client(address: str) -> Iterator["distributed.Client"]:  # type: ignore[name-defined]  # noqa: F821
    from distributed import Client

    try:
        client = Client(f"tcp://{address}", timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(f"no Dask scheduler answers at {address}; start one with `dask scheduler`") from error
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except (OSError, TimeoutError) as error:
        client.close()
        raise InputError(f"the Dask scheduler at {address} has no worker; start some") from error
    try:
        yield client
    finally:
        client.close()


def _width(client: "distributed.Client") -> Callable[[], int]:  # type: ignore[name-defined]  # noqa: F821
    """How many tasks the cluster can do at a time."""
    counted, width = float("-inf"), 1

    def now() -> int:
        nonlocal counted, width
        if time.monotonic() > counted + COUNTED_EVERY:
            counted, width = time.monotonic(), max(1, sum(client.nthreads().values()))
        return width

    return now


def _spread(executor: Executor, width: Callable[[], int], tasks: Iterable[Task], skipped: Skipped) -> Iterator[Done]:
    waiting, running = [*tasks][::-1], set[Future[Done]]()
    while waiting or running:
        while waiting and len(running) < AHEAD * width():
            running.add(executor.submit(read_slice, waiting.pop()))
        done, running = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            what = future.result()
            waiting += [task for task in what.more[::-1] if not skipped(task)]
            yield what
