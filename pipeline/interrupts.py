"""Ctrl-C, SIGTERM and the UI's "terminate": whenever one falls, the job ends soon, as one that was interrupted.

A signal raises an exception wherever the program is, and not all code lets it through: a database makes an error of its
own of it, a boundary around a page takes it for a fault of the page, Dagster puts it off. So it is also noted here.
"""

import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)
INTERRUPTED = 130
"""Exit status of an interrupted program, as a shell reports it."""
GRACE_SECONDS, LAST_SECONDS = 1.5, 0.3
"""How long what is under way may take to end by itself, and the last words to be said when it does not."""

_noted: list[int] = []
"""The reading end of a pipe that the system writes to at each signal, whatever its handler; empty when nobody looks."""


@dataclass(slots=True)
class Watch:
    """What is still to be done when the program has to be ended in the midst of something."""

    give_up: Callable[[], object] | None = None


def pending() -> bool:
    """Whether somebody has asked this program to end."""
    return any(select.select([pipe], [], [], 0)[0] for pipe in _noted)


@contextmanager
def noted() -> Iterator[Watch]:
    """Note signals until the block ends; a block that goes on for `GRACE_SECONDS` after one is ended with the program.

    In another thread than the main one, or within another such block, nothing is done.
    """
    watch = Watch()
    if threading.current_thread() is not threading.main_thread() or _noted:
        yield watch
        return
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    over = threading.Event()
    thread = threading.Thread(target=_end_in_time, args=(reading, over, watch), daemon=True)
    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    _noted.append(reading)
    thread.start()
    try:
        yield watch
    finally:
        over.set()
        signal.set_wakeup_fd(before)
        os.write(writing, b"\0")  # wakes the thread
        thread.join()
        _noted.clear()
        os.close(reading)
        os.close(writing)


@contextmanager
def heeded() -> Iterator[Watch]:
    """Let Ctrl-C and SIGTERM end the block with a KeyboardInterrupt, whatever became of the exception they raised."""
    if threading.current_thread() is not threading.main_thread():
        yield Watch()
        return
    handlers = {number: signal.signal(number, interrupt) for number in SIGNALS}
    sys.unraisablehook = _but_interrupts
    try:
        with noted() as watch:
            try:
                yield watch
            finally:
                if pending():
                    raise KeyboardInterrupt from None
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        sys.unraisablehook = sys.__unraisablehook__


def _but_interrupts(unraisable: "sys.UnraisableHookArgs") -> None:
    """Say nothing of an interrupt that fell where none can be raised, as while an object is cleared away."""
    if not isinstance(unraisable.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(unraisable)


def interrupt(_: int, __: FrameType | None) -> None:
    """End what is under way, as Ctrl-C does."""
    raise KeyboardInterrupt


def _end_in_time(reading: int, over: threading.Event, watch: Watch) -> None:
    select.select([reading], [], [])
    if over.wait(GRACE_SECONDS):
        return
    if watch.give_up:
        last = threading.Thread(target=watch.give_up, daemon=True)
        last.start()
        last.join(LAST_SECONDS)
    if not over.is_set():
        os._exit(INTERRUPTED)
