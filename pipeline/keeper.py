"""Ends Dagster's processes when `impact ui` is gone, however it went: killed, it cannot do so itself.

A process of its own, in Dagster's process group, told the number of Dagster's first process. Who starts it holds the
other end of its standard input, which the system closes when that process ends.
"""

import os
import signal
import sys
import time
from contextlib import suppress

ALL_DONE = b"done"
"""Written to the keeper when there is nothing left for it to do."""
GRACE_SECONDS = 30.0
"""How long Dagster may take to end its parts in order."""


def main() -> None:
    """Wait for the end of who started this, then see to that of Dagster."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    if sys.stdin.buffer.read() != ALL_DONE:
        _end(int(sys.argv[1]))


def _end(dagster: int) -> None:
    """Ask the first process to end the others; if it is not there, or takes too long, kill the group and this with it.

    The number of a process group is given to no other process while one of the group is there, as this one is.
    """
    with suppress(ProcessLookupError):
        os.kill(dagster, signal.SIGINT)
        until = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < until:
            time.sleep(0.1)
            os.kill(dagster, 0)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
