"""How fast a host is asked: a number of requests a minute, shared by all processes that use the home.

The time of the last request stands in a file of the home, under a lock that ends with the process that holds it. So
neither two processes nor one that was killed and started again ask faster than one.
"""

import re
import time
from pathlib import Path

import filelock

from warehouse.home import HomeUnwritable

FOLDER = ".requests"


class Pace:
    """The pace at which one host is asked."""

    def __init__(self, root: Path, host: str, per_minute: float | None) -> None:
        """Keep the time of the last request under `root`, the home; None asks as fast as the host answers."""
        self._file = root / FOLDER / re.sub(r"[^a-z0-9.-]", "_", host.lower())[:200]
        self._seconds = 60 / per_minute if per_minute else 0.0

    def wait(self) -> None:
        """Wait until the next request may be made, and note that it is being made.

        Raises:
            HomeUnwritable: the disk refuses.
        """
        if not self._seconds:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with filelock.FileLock(f"{self._file}.lock"):
                time.sleep(self._left(time.time()))
                self._file.write_text(repr(time.time()), encoding="ascii")
        except OSError as error:
            raise HomeUnwritable.because(self._file, error) from error

    def _left(self, now: float) -> float:
        """Seconds to wait. Of a last time that cannot be read, or is to come, as if it were now."""
        try:
            last = float(self._file.read_text(encoding="ascii"))
        except FileNotFoundError:
            return 0.0
        except (OSError, ValueError):
            last = now
        return max(0.0, self._seconds - (now - last)) if last <= now else self._seconds
