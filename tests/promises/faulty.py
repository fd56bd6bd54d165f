"""Commands on a faulty disk: killed or refused at the n-th operation below the home, by a preloaded library.

A process that has loaded all that commands need forks once for each, so that hundreds can be tried in minutes; what a
fork runs, and what it writes, is what `impact` runs and writes.
"""

import ctypes
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("faulty_disk.c")
PATIENCE = 120
"""Seconds a command may take: of a hundredth of that on a quiet machine."""


class Fault(IntEnum):
    """What happens at the n-th operation; the first of each kind only writes down all there are."""

    NONE = 0
    COUNT_STEPS = 1
    KILL_BEFORE = 2
    KILL_AFTER = 3
    COUNT_GROWTH = 4
    FULL_ONCE = 5
    FULL_FROM = 6


@dataclass(frozen=True)
class Tried:
    """How a command ended: as `Ended`, negative for a signal, and the operations written down."""

    status: int
    out: str
    err: str
    operations: tuple[str, ...]
    seconds: float

    @property
    def step(self) -> str:
        """The name of the operation that the fault fell on, the same for the same one of another run."""
        return named(self.operations[-1]) if self.operations else "none"


def named(operation: str) -> str:
    """An operation without what differs from run to run: times, random letters, digests."""
    operation = re.sub(r"\d{8}T\d{6,12}Z", "TIME", operation)
    operation = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,}", "RUN", operation)
    operation = re.sub(r"(?<![0-9A-Za-z])(?=[a-z0-9_]*\d)[0-9a-z_]{8,64}(?![0-9A-Za-z])", "ID", operation)
    return re.sub(r"(?<=/)\d+(?=/|$)", "N", operation)


class Faulty:
    """A process that runs commands in forks of itself."""

    def __init__(self, library: Path, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from tests.promises.faulty import serve; serve()", str(library)],
            env=os.environ | {"LD_PRELOAD": str(library), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout and self._process.stdout.readline() == "ready\n"

    def run(
        self,
        home: Path,
        *arguments: str | Path,
        fault: Fault = Fault.NONE,
        at: int = 0,
        signal_after: tuple[int, float] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Tried:
        """Run a command; `signal_after` is a signal and the seconds after which it is sent."""
        for name in ("out", "err", "log"):
            (self.folder / name).write_bytes(b"")
        asked = {
            "home": str(home),
            "arguments": [str(one) for one in arguments],
            "fault": int(fault),
            "at": at,
            "signal": signal_after,
            "folder": str(self.folder),
            "environment": dict(environment or {}),
        }
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        out, err, log = (
            (self.folder / name).read_bytes().decode(errors="backslashreplace") for name in ("out", "err", "log")
        )
        return Tried(answer["status"], out, err, tuple(log.splitlines()), answer["seconds"])

    def close(self) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(30)


def compiled(folder: Path) -> Path:
    """The library that makes a disk faulty."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("a faulty disk is made by a library that needs Linux and a C compiler, cc")
    library = folder / "faulty_disk.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, SOURCE, "-ldl"], check=True)
    return library


@contextmanager
def faulty(folder: Path) -> Iterator[Faulty]:
    """Commands on a faulty disk, until the block ends."""
    process = Faulty(compiled(folder), folder / "said")
    try:
        yield process
    finally:
        process.close()


# --- in the process that forks ---


def serve() -> None:
    """Load all that commands need, then run what is asked for, each in a fork; until nothing more can be asked."""
    library = ctypes.CDLL(sys.argv[1])
    import pipeline.begin
    import pipeline.building
    import pipeline.commands.backfill
    import pipeline.commands.build
    import pipeline.commands.decide
    import pipeline.commands.prune
    import pipeline.commands.refresh
    import pipeline.commands.rollback
    import pipeline.commands.unpin
    import pipeline.definitions
    import pipeline.launch
    import pipeline.partitions
    import pipeline.past
    import pipeline.recording
    import pipeline.records
    import pipeline.session  # noqa: F401

    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        began = time.monotonic()
        child = os.fork()
        if not child:
            _command(library, asked)
        status = _waited(child, asked["signal"])
        print(json.dumps({"status": status, "seconds": time.monotonic() - began}), flush=True)
    os._exit(0)


def _waited(child: int, planned: tuple[int, float] | None) -> int:
    began, sent = time.monotonic(), False
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        passed = time.monotonic() - began
        if planned and not sent and passed >= planned[1]:
            os.kill(child, planned[0])
            sent = True
        if passed > PATIENCE:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return -999
        time.sleep(0.002)


def _command(library: ctypes.CDLL, asked: dict) -> None:
    """Be `impact`, from its first line to its last."""
    folder = Path(asked["folder"])
    os.environ.update(asked["environment"])
    os.environ["IMPACT_HOME"] = asked["home"]
    os.environ.pop("DAGSTER_HOME", None)
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_APPEND), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.argv = ["impact", *asked["arguments"]]
    from pipeline.cli import main

    journal = os.open(folder / "log", os.O_WRONLY | os.O_APPEND)
    library.fault_arm(asked["fault"], ctypes.c_long(asked["at"]), os.fsencode(asked["home"]), journal)
    main()
