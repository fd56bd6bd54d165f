"""Commands on a faulty disk: killed or refused at the n-th operation below the home, by a preloaded library.

A process that has loaded all that commands need forks once for each, so that hundreds can be tried in minutes; what a
fork runs, and what it writes, is what `impact` runs and writes.
"""

import contextlib
import ctypes
import gc
import importlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
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
    """What happens at the n-th operation: of those that order or name something, or that need room; all are counted."""

    NONE = 0
    COUNT = 1
    KILL_BEFORE = 2
    KILL_AFTER = 3
    FULL_ONCE = 4
    FULL_FROM = 5


@dataclass(frozen=True)
class Tried:
    """How a command ended: as `Ended`, negative for a signal, and the operations written down."""

    status: int
    out: str
    err: str
    operations: tuple[tuple[int, str], ...]
    """With what each is: 1 a step, which orders or names something on disk; 2 growth, which needs room; 3 both."""
    seconds: float

    @property
    def steps(self) -> tuple[str, ...]:
        """The operations at which a kill can come."""
        return tuple(one for kinds, one in self.operations if kinds & 1)

    @property
    def growth(self) -> tuple[str, ...]:
        """The operations that a full disk refuses."""
        return tuple(one for kinds, one in self.operations if kinds & 2)

    @property
    def step(self) -> str:
        """The name of the operation that the fault fell on, the same for the same one of another run."""
        return named(self.operations[-1][1]) if self.operations else "none"


def named(operation: str) -> str:
    """An operation without what differs from run to run: times, random letters, digests."""
    what, _, path = operation.partition(" ")
    path = re.sub(r"\d{8}T\d{6,12}Z", "TIME", path)
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,}", "RUN", path)
    path = re.sub(r"(?<![0-9A-Za-z])(?=[a-z0-9_]*\d)[0-9a-z_]{8,64}(?![0-9A-Za-z])", "ID", path)
    path = re.sub(r"(?<=/)\d+(?=/|$)|(?<=#)\d+|(?<=-)0000\d\d", "N", path)
    return f"{what.removesuffix('64')} {path}"


class Faulty:
    """A process that runs commands in forks of itself."""

    def __init__(self, library: Path, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        folder.mkdir()
        preloaded = " ".join(filter(None, (environment.get("LD_PRELOAD"), str(library))))
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from tests.promises.faulty import serve; serve()", str(library)],
            env={
                **os.environ,
                **environment,
                "LD_PRELOAD": preloaded,
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            },
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
        operations = tuple((int(line[0]), line[2:]) for line in log.splitlines())
        return Tried(answer["status"], out, err, operations, answer["seconds"])

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
def faulty(folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[Faulty]:
    """Commands on a faulty disk, until the block ends."""
    process = Faulty(compiled(folder), folder / "said", environment or {})
    try:
        yield process
    finally:
        process.close()


# --- in the process that forks ---


def serve() -> None:
    """Load all that commands need, then run what is asked for, each in a fork; until nothing more can be asked."""
    library = ctypes.CDLL(sys.argv[1])
    from pipeline.cli import run

    # What a first refresh loads and works out, no other need.
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["IMPACT_HOME"] = str(Path(scratch, "home"))
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            for command in (["refresh", "--sample"], ["build"], ["prune"]):
                assert run(command) == 0
    for name in ("backfill", "decide", "rollback", "status", "unpin"):
        importlib.import_module(f"pipeline.commands.{name}")
    for name in ("pipeline.past", "pipeline.recording"):
        importlib.import_module(name)
    assert threading.active_count() == 1, threading.enumerate()
    gc.freeze()
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
    time.tzset()
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_APPEND), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.argv = ["impact", *asked["arguments"]]
    from pipeline.cli import main

    journal = os.open(folder / "log", os.O_WRONLY | os.O_APPEND)
    library.fault_arm(asked["fault"], ctypes.c_long(asked["at"]), os.fsencode(asked["home"]), journal)
    main()
