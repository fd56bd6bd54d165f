"""`read_slice`, the one function that the plain loop, the pool and Dask call: a task in, what came of it out.

The work is done by a process that is kept beside, so that a record that takes too long or too much memory, or brings
the process down, is cut off: the slice is read again without it.
"""

import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from warehouse.bulk.tasks import Done, Failed, Task
from warehouse.warc_records import Place

PATIENCE = 900.0
"""Seconds without a word, outside any record: a start, a stretch of a file, the writing of a partition."""
DEATHS = 2
"""At one record, before it is taken for the cause; else it may be an operator, or another process that took the
memory."""
TRIES = 3
"""Deaths at no record."""

TOO_MUCH = "it took more than {:,} MB of memory and was cut off"

_idle: list["_Child"] = []
_busy: set["_Child"] = set()
_lock = threading.Lock()


def read_slice(task: Task) -> Done:
    """Do a task. It may be done twice, by two workers: what it writes is the same.

    Raises:
        Failed: it cannot be done anywhere, as when there is no space left.
    """
    without: dict[Place, str] = {}
    deaths: Counter[Place | None] = Counter()
    while True:
        child = _child()
        place, problem, answer = child.ask(task, without)
        _release(child, alive=answer is not None and "without" not in answer)
        if answer is not None and "without" in answer:
            without[tuple(answer["without"])] = TOO_MUCH.format(task.limits.megabytes)
        elif answer is not None:
            if "failed" in answer:
                raise Failed(answer["failed"])
            return _done(answer)
        elif child.dismissed:
            raise Failed("the job was ended")
        elif place is None or place in without:
            deaths[None] += 1
            if deaths[None] >= TRIES:
                return Done(task.part, trouble=f"cannot read {task.file.name}: the process that did {problem}")
        else:
            deaths[place] += 1
            if child.overstayed or deaths[place] >= DEATHS:
                without[place] = problem if child.overstayed else f"the process that read it {problem}"


def dismiss() -> None:
    """End the processes beside this one, whatever they are at."""
    with _lock:
        for child in (*_idle, *_busy):
            child.dismissed = True
            child.end()
        _idle.clear()


class _Child:
    def __init__(self) -> None:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, "-P", "-m", "warehouse.bulk.child"]
        self._process = subprocess.Popen(  # noqa: S603 - this Python, this program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )
        assert self._process.stdin and self._process.stdout
        self._asked, self._answers = self._process.stdin, self._process.stdout.fileno()
        self._ready = select.poll()  # where `select` takes no more than a thousand files, Dask's are above
        self._ready.register(self._answers)
        self._held = b""
        self.overstayed = self.dismissed = False

    def ask(self, task: Task, without: dict[Place, str]) -> tuple[Place | None, str, dict[str, Any] | None]:
        """The answer; or the record at which the process ended, and how."""
        said = {"task": asdict(task), "without": list(without.items())}
        place: Place | None = None
        try:
            self._asked.write(json.dumps(said).encode() + b"\n")
            self._asked.flush()
            while line := self._line(PATIENCE if place is None else task.limits.seconds):
                answer = json.loads(line)
                if "at" not in answer:
                    return None, "", answer
                place = tuple(answer["at"]) if answer["at"] else None
        except TimeoutError:
            self.overstayed = True
            self._process.kill()
            seconds = PATIENCE if place is None else task.limits.seconds
            return place, f"it took longer than {seconds:g} s and was cut off", None
        except BrokenPipeError:
            pass
        return place, f"was ended ({_how(self._process.wait())})", None

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        if not self.dismissed:  # else a thread may still listen to it, and lets it go with the process object
            self._close()

    def _close(self) -> None:
        assert self._process.stdout
        self._process.stdout.close()
        with suppress(BrokenPipeError):
            self._asked.close()

    def _line(self, seconds: float) -> bytes:
        """The next line; nothing at the end of the process."""
        deadline = time.monotonic() + seconds
        while b"\n" not in self._held:
            if not self._ready.poll(1000 * max(0.0, deadline - time.monotonic())):
                raise TimeoutError
            block = os.read(self._answers, 1 << 20)
            if not block:
                return b""
            self._held += block
        line, _, self._held = self._held.partition(b"\n")
        return line


def _child() -> _Child:
    with _lock:
        child = _idle.pop() if _idle else _Child()
        _busy.add(child)
        return child


def _release(child: _Child, *, alive: bool) -> None:
    with _lock:
        _busy.discard(child)
        if child.dismissed:
            return
        if alive:
            _idle.append(child)
        else:
            child.end()


def _done(answer: dict[str, Any]) -> Done:
    return Done(**(answer | {"more": tuple(map(Task.of, answer["more"]))}))


def _how(status: int) -> str:
    return signal.Signals(-status).name if status < 0 else f"status {status}"
