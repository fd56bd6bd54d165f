"""A command as a person runs it: on a terminal."""

import fcntl
import os
import pty
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress

HEIGHT = 50


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
