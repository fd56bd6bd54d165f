"""From one capture of the archive to what came of reading it, in this process or a worker."""

import logging
import multiprocessing
import os
import signal
import threading

from extractors.errors import ImpactError
from extractors.metrics.card import SourceCard
from pipeline.interrupts import pending
from warehouse import capture_reading
from warehouse.reading_rows import Rows
from warehouse.readings import Outcome
from warehouse.warc import Capture

log = logging.getLogger("impact")

_cards: list[SourceCard] = []
"""In a worker, the card it reads by."""


def begin_worker(card: SourceCard) -> None:
    """Make this process a worker: it reads by `card`, and ends when the one that started it does, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of Ctrl-C the one that started it tells, by ending its workers
    _cards[:] = [card]
    threading.Thread(target=_end_with_parent, daemon=True).start()


def work(capture: Capture, payload: bytes, accepted: bool) -> tuple[Outcome, Rows | None]:
    """Read one capture in a worker."""
    return read_capture(capture, payload, _cards[0], accepted=accepted)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def read_capture(capture: Capture, payload: bytes, card: SourceCard, *, accepted: bool) -> tuple[Outcome, Rows | None]:
    """Read one capture, or say why it is none to be read. What a person accepted is not judged.

    The boundary around a unit of work: whatever a page makes the reader raise costs that capture only.
    """
    try:
        return capture_reading.read_capture(capture, payload, card, accepted=accepted)
    except ImpactError as error:
        return Outcome(refused=str(error)), None
    except Exception as error:
        if pending():  # a database makes an error of its own of a Ctrl-C
            raise
        log.debug("reading %s failed", capture.capture_id, exc_info=True)
        reason = f"the reader failed on it ({type(error).__name__}); a later version of this software may read it"
        return Outcome(refused=reason), None
