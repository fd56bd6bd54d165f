"""The process that finds and reads: tasks in on standard input, what it is at and what came of them out.

It is told of its end by the end of its input, however that comes about. It may take so much memory and no more; how
long it is at a record is watched by whoever started it.
"""

import json
import os
import queue
import resource
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from extractors.errors import ImpactError
from warehouse.bulk.cards import followed
from warehouse.bulk.finding import find
from warehouse.bulk.reading import TooMuchMemory, read
from warehouse.bulk.stores import Unreadable, store_at
from warehouse.bulk.tasks import Done, Task


def main() -> None:
    """Do tasks, a line of JSON each, until there are no more."""
    import extractors.reading  # noqa: F401 - else the first record would be charged for it

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of Ctrl-C the one that started it tells, by ending it
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer
    asked: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(asked,), daemon=True).start()
    own = _own()
    while True:
        said = json.loads(asked.get())
        most = own + said["task"]["limits"]["megabytes"] * 1024 * 1024

        def at(place: object, most: int = most) -> None:
            _limit(most if place else None)  # what is written then, is not the record's fault
            _say(answers, {"at": place})

        at(None)
        _say(answers, _answer(said, at))


def _listen(asked: "queue.SimpleQueue[str]") -> None:
    for line in sys.stdin:
        asked.put(line)
    os._exit(0)  # also in the midst of a page: whoever wanted it is gone


def _answer(said: dict[str, Any], at: Callable[[object], None]) -> dict[str, Any]:
    task = Task.of(said["task"])
    without = {(offset, before): reason for (offset, before), reason in said["without"]}
    try:
        store = store_at(task.out)
        if task.places:
            return asdict(read(task, store, followed(task.out, task.job), without, at))
        done = find(task, store, lambda: at(None))
        return asdict(done)
    except TooMuchMemory as error:
        return {"without": error.args[0]}
    except Unreadable as error:
        return asdict(Done(task.part, trouble=str(error)))
    except ImpactError as error:
        return {"failed": str(error)}


def _own() -> int:
    """Bytes of address space that this process has; 0 where the system does not tell."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    return 0


def _limit(size: int | None) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(ValueError, OSError):  # a system without that limit, or one that is lower already
        resource.setrlimit(resource.RLIMIT_AS, (most if size is None else size, most))


def _say(answers: TextIO, said: dict[str, Any]) -> None:
    answers.write(json.dumps(said) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
