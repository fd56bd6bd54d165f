"""A command as a process of its own, with what it took: the seconds, and the most memory it ever held."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.pipeline.conftest import COMMAND

MOST_MEGABYTES = 1024
"""What no page, no host and no file may make a command take."""
PATIENCE = 600
"""Seconds after which a command is killed, which a trial then sees."""
_MEGABYTE = 1024**2 if sys.platform == "darwin" else 1024
"""In what `ru_maxrss` counts: bytes there, kilobytes elsewhere."""


@dataclass(frozen=True)
class Measured:
    """How a command ended, and the most that it or a process of its own took."""

    status: int
    out: str
    err: str
    seconds: float
    megabytes: float

    @property
    def line(self) -> str:
        """The one line that an error is."""
        assert "Traceback" not in self.err and "nobody foresaw" not in self.err, self.err
        (line,) = (line for line in self.err.splitlines() if line.startswith("impact: "))
        return line


def measured(
    folder: Path, *arguments: str | Path, home: Path | None = None, command: list[str] | None = None
) -> Measured:
    """Run `impact`, or another command, in a folder that takes what it writes, and wait."""
    folder.mkdir(parents=True, exist_ok=True)
    environment: Mapping[str, str] = os.environ | {
        "IMPACT_HOME": str(home or folder / "home"), "HOME": str(folder), "TMPDIR": str(folder),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }  # fmt: skip
    began = time.monotonic()
    with (folder / "out.txt").open("wb") as out, (folder / "err.txt").open("wb") as err:
        child = subprocess.Popen(
            [*(command or COMMAND), *map(str, arguments)],
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
        patience = threading.Timer(PATIENCE, child.kill)
        patience.start()
        _, status, used = os.wait4(child.pid, 0)  # of this child alone
        patience.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
    said = [(folder / name).read_bytes().decode("utf-8", "backslashreplace") for name in ("out.txt", "err.txt")]
    seconds = time.monotonic() - began
    return Measured(child.returncode, *said, seconds, used.ru_maxrss / _MEGABYTE)
