"""Days of a home that follows three pages, lived through in minutes: the real schedule on a stepped clock.

`impact ui` and all that it starts see a clock that a test sets; every process, file and request is real.
"""

import datetime as dt
import mmap
import os
import re
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import duckdb
import pytest

from pipeline.cli import run
from tests.conftest import Web
from tests.pipeline.conftest import CARD, page
from tests.pipeline.test_bad_input import wait_for
from tests.pipeline.test_killed_runs import states
from tests.pipeline.test_ui_buttons import serve
from warehouse.home import Home
from warehouse.refreshes import DONE, Refresh, refreshes

Start = Callable[..., subprocess.Popen[str]]
PATIENCE = 400
"""Seconds, for what takes three on a machine that is not busy."""


class Clock:
    """A clock for child processes: that of the machine, and an offset that can be changed while they run."""

    def __init__(self, folder: Path) -> None:
        compiler = shutil.which("cc")
        if compiler is None or sys.platform != "linux":
            pytest.skip("the clock of the daemon is stepped by a library that needs Linux and a C compiler, cc")
        library, offset = folder / "stepped_clock.so", folder / "offset"
        source = Path(__file__).with_name("stepped_clock.c")
        subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
        offset.write_bytes(struct.pack("l", 0))
        with offset.open("r+b") as file:
            self._offset = mmap.mmap(file.fileno(), 0)
        self.environment = {"LD_PRELOAD": str(library), "STEPPED_CLOCK": str(offset)}

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + dt.timedelta(seconds=struct.unpack("l", self._offset)[0])

    def forward(self, by: dt.timedelta) -> None:
        (before,) = struct.unpack("l", self._offset)
        self._offset[:] = struct.pack("l", before + int(by.total_seconds()))


class Gate:
    """An answer that is held back until the gate is opened."""

    def __init__(self, body: bytes) -> None:
        self._open = threading.Event()
        self.asked = threading.Event()
        self._body = body

    def send(self, connection) -> None:
        self.asked.set()
        self._open.wait(PATIENCE)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(self._body)}\r\n\r\n".encode()
        with suppress(OSError):
            connection.sendall(head + self._body)

    def open(self) -> None:
        self._open.set()


class Days:
    """A home of three sources, of which one is had through a proxy, under `impact ui`."""

    def __init__(self, home: Path, folder: Path, web: Web, proxy: Web, start: Start) -> None:
        self.home, self.web, self.proxy, self.start = home, web, proxy, start
        self.clock = Clock(folder)
        self.environment = self.clock.environment | {"HTTP_PROXY": proxy.url()}
        # Else the code server may take a step for a long silence of those that it serves, and end itself.
        self.environment["DAGSTER_GRPC_PROXY_HEARTBEAT_TTL_SECONDS"] = "10000000"
        self.sources = {
            "coast-rescue": (web, "/coast", web.url("/coast")),
            "hill-rescue": (web, "/hill", web.url("/hill")),
            "river-rescue": (proxy, "http://river-rescue.example/our-year", "http://river-rescue.example/our-year"),
        }
        self.rescued = 300
        self.new_pages()
        for source, (_, _, url) in self.sources.items():
            card = folder / f"{source}.yaml"
            card.write_text(CARD.replace("coast-rescue", source).format(url=url), encoding="utf-8")
            with pytest.MonkeyPatch.context() as patched:
                patched.setenv("HTTP_PROXY", proxy.url())
                assert run(["refresh", "--card", str(card)]) == 0
        self.up()

    def told(self, *arguments: str | Path) -> str:
        """What a command says that sees the stepped clock."""
        child = self.start(*arguments, **self.environment)
        out, err = child.communicate(timeout=PATIENCE)
        assert child.returncode == 0, (arguments, out, err)
        return out + err

    def up(self) -> None:
        self.port, self.ui = serve(self.home, self.start, **self.environment)
        self.until(self._is_scheduled)

    def _is_scheduled(self) -> bool:
        """Whether the daemon knows of the schedule: what was due before is none of its business."""
        with closing(sqlite3.connect(self.home / "dagster" / "schedules" / "schedules.db")) as con:
            return bool(con.execute("SELECT 1 FROM jobs WHERE job_type = 'SCHEDULE'").fetchall())

    def down(self) -> None:
        self.ui.send_signal(signal.SIGINT)
        assert self.ui.wait(PATIENCE) == 0

    # --- the pages ---

    def new_pages(self) -> None:
        """Something new on each page."""
        self.rescued += 1
        self.body = page(2024, self.rescued)
        for source in self.sources:
            self.show(source, body=self.body)

    def show(self, source: str, **answer) -> None:
        server, path, _ = self.sources[source]
        server.forget(path)
        server.answer(path, **answer)

    def hold(self, source: str) -> Gate:
        """Let whoever asks for the page wait."""
        gate = Gate(self.body)
        self.show(source, raw=gate.send)
        return gate

    def free(self, source: str, gate: Gate) -> None:
        """Answer, also who asks from now on."""
        self.show(source, body=self.body)
        gate.open()

    # --- the days ---

    def dawn(self) -> None:
        """Before six: every page has something new."""
        self.new_pages()
        self.records_before, self.runs_before = len(self.records()), set(states(self.home))

    def six(self) -> None:
        """Step to the next six o'clock; the runs of the day are asked for then."""
        now = self.clock.now()
        six = now.replace(hour=6, minute=0, second=0, microsecond=0)
        six += dt.timedelta(days=1) if six <= now else dt.timedelta()
        self.clock.forward(six - now + dt.timedelta(seconds=2))
        self.until(lambda: len(self.of_today()) >= len(self.sources))

    def of_today(self) -> dict[str, str]:
        """The runs of the day and their states."""
        return {run_id: state for run_id, state in states(self.home).items() if run_id not in self.runs_before}

    def records(self) -> list[Refresh]:
        return refreshes(Home.at(self.home))

    def refreshed(self) -> set[str | None]:
        """The sources that were refreshed to the end since the day began."""
        return {record.source for record in self.records()[self.records_before :] if record.outcome in DONE}

    def until(self, condition: Callable[[], object]) -> None:
        wait_for(lambda: bool(condition()), PATIENCE)

    def end_day(self) -> None:
        """Wait until all sources are refreshed and all runs have ended; the tables hold what the pages say."""
        self.until(self._is_refreshed)
        self.until(lambda: not self._at_work())
        self.check_status()
        with duckdb.connect(str((self.home / "impact.duckdb").resolve()), read_only=True) as con:
            found = con.execute("SELECT source, value FROM metric_year WHERE metric = 'rescues'").fetchall()
        assert dict(found) == dict.fromkeys(self.sources, self.rescued)

    def _is_refreshed(self) -> bool:
        """Whether all sources are; where nothing goes on any more, let time pass, so that it is seen to."""
        if self.refreshed() == set(self.sources):
            return True
        if not self._at_work():
            self.clock.forward(dt.timedelta(seconds=30))
            time.sleep(2)
        return False

    def _at_work(self) -> bool:
        return not {"SUCCESS", "FAILURE", "CANCELED"} >= set(self.of_today().values())

    # --- what is true ---

    def check_status(self) -> str:
        """`impact status` tells what is on disk and in Dagster's records; where that changes meanwhile, look again."""
        for _ in range(20):
            before = self._truth()
            said = self.told("status")
            if before == self._truth():
                break
        release, records, queued = before
        assert f"published  release {release} " in said
        lines = [line.split(maxsplit=1)[1] for line in said.splitlines() if line.startswith("refreshed ")]
        assert len(lines) == len(records)
        for line, record in zip(lines, reversed(records), strict=True):
            assert line.startswith(f"{record.at:%Y-%m-%d %H:%M} UTC, {record.source}, {record.outcome}"), said
        waiting = re.search(r"(\d+) runs? waits? since", said)
        assert int(waiting[1] if waiting else 0) == queued, said
        return said

    def _truth(self) -> tuple[str, list[Refresh], int]:
        release = (self.home / "impact.duckdb").readlink().parent.name
        return release, self.records()[-5:], list(states(self.home).values()).count("QUEUED")

    # --- processes ---

    def worker(self) -> int:
        """The process that executes a run, once there is one."""
        found: list[int] = []

        def there() -> bool:
            found[:] = [pid for pid, command in processes(self.home).items() if "spawn_main" in command]
            return bool(found)

        self.until(there)
        return found[0]

    def kill_all(self) -> None:
        """What a power cut does."""
        for pid in processes(self.home):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.ui.wait(PATIENCE)


def processes(home: Path) -> dict[int, str]:
    """The processes at work for a home, with their commands: those whose environment names it."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"IMPACT_HOME={home}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                if command:  # else it is a zombie
                    found[int(folder.name)] = command
    return found
