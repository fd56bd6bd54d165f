"""A command as a person runs it: on a terminal."""

import fcntl
import os
import pty
import resource
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

from tests.pipeline.conftest import COMMAND

HEIGHT = 50
SECONDS = 40


def shown(command: Sequence[str], environment: Mapping[str, str], *, width: int, stream: str = "stdout") -> str:
    """What a command that ends well writes to one of its streams, which is a terminal so wide."""
    reading, writing = pty.openpty()
    fcntl.ioctl(writing, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, width, 0, 0))
    child = subprocess.Popen(command, env=environment, **{stream: writing})
    os.close(writing)
    found = b""
    with suppress(OSError):  # how a terminal ends
        while chunk := os.read(reading, 65536):
            found += chunk
    os.close(reading)
    assert child.wait() == 0
    return found.decode()


class Terminal:
    """`impact` on a terminal of its own: what it shows, and keys."""

    def __init__(self, *arguments: str, largest_file: int = resource.RLIM_INFINITY) -> None:
        self.keyboard, end = pty.openpty()

        def begin() -> None:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that Ctrl-C is a signal
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))  # what a full disk is like

        self.child = subprocess.Popen(
            [*COMMAND, *arguments],
            stdin=end,
            stdout=end,
            stderr=end,
            start_new_session=True,
            preexec_fn=begin,
        )
        os.close(end)
        self.shown = ""

    def press(self, keys: str, *, after: str) -> None:
        """Press keys once something has been shown that was not before."""
        self.wait_for(after)
        os.write(self.keyboard, keys.encode())

    def wait_for(self, *words: str) -> str:
        """What is shown until one of these words is."""
        until = time.monotonic() + SECONDS
        while not any(one in self.shown for one in words):
            ready, _, _ = select.select([self.keyboard], [], [], max(until - time.monotonic(), 0))
            assert ready, self.shown
            try:
                self.shown += os.read(self.keyboard, 65536).decode(errors="replace")
            except OSError:
                break
        ends = [self.shown.index(one) + len(one) for one in words if one in self.shown]
        assert ends, self.shown
        found, self.shown = self.shown[: min(ends)], self.shown[min(ends) :]
        return found

    def end(self) -> int:
        with suppress(OSError):
            while select.select([self.keyboard], [], [], SECONDS)[0]:
                self.shown += os.read(self.keyboard, 65536).decode(errors="replace")
        os.close(self.keyboard)
        return self.child.wait(SECONDS)
