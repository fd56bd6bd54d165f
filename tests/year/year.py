"""A home that follows three pages for a year, each day refreshed by the command that a timer launches.

The command, its files, its requests and what it tells by webhook are real; only its clock is stepped.
"""

import datetime as dt
import json
import os
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import duckdb

from tests.pipeline.conftest import COMMAND
from tests.pipeline.days import Clock
from tests.year import pages

FOLDERS = ("archive", "facts", "releases", "dagster")
PATIENCE = 600
"""Seconds that one command may take on a machine that is busy with other things."""


@dataclass(frozen=True)
class Day:
    """What one day took, told and left."""

    number: int
    seconds: float
    """Of processor time."""
    elapsed: float
    memory: float
    """Peak, megabytes."""
    disk: dict[str, int]
    """Bytes by folder of the home."""
    status: int
    said: str
    notices: list[dict[str, Any]]
    """That came by the webhook."""
    published: dict[str, dict[str, float]]
    """By source, the calls and the people rescued of the latest year."""


class Host:
    """The hosts of the three pages, and the receiver of the notices, on one port of loopback."""

    def __init__(self) -> None:
        self.day = 0
        self.notices: list[dict[str, Any]] = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = {name.lower(): value for name, value in self.headers.items()}
                found = pages.answer(self.path.strip("/"), host.day, asked)
                self.send_response(found.status)
                for name, value in found.headers.items():
                    self.send_header(name, value)
                if found.status != 304:
                    self.send_header("Content-Type", "text/html; charset=utf-8")
                    self.send_header("Content-Length", str(len(found.body)))
                self.end_headers()
                self.wfile.write(found.body)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                host.notices.append(json.loads(body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/{path}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def serving() -> Iterator[Host]:
    host = Host()
    try:
        yield host
    finally:
        host.close()


def live(folder: Path, days: Iterable[int]) -> Iterator[Day]:
    """Live through days of the year, in a home of its own; then see that what is published is what was archived."""
    clock = Clock(folder)
    home = folder / "home"
    environment = os.environ | clock.environment | {"IMPACT_HOME": str(home)}

    def impact(*arguments: str) -> tuple[int, str, Any]:
        child = subprocess.Popen(
            [*COMMAND, *arguments], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )  # fmt: skip
        late = threading.Timer(PATIENCE, child.kill)
        late.start()
        assert child.stderr
        said = child.stderr.read().decode()
        child.stderr.close()
        _, status, used = os.wait4(child.pid, 0)
        late.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        return child.returncode, said, used

    with serving() as host:
        home.mkdir()
        (home / "settings.yaml").write_text(f"webhook: {host.url('hook')}\n")
        refused = ""
        for day in days:
            host.day = day
            clock.forward(pages.BEGIN + dt.timedelta(days=day) - clock.now())
            commands = [["refresh"]]
            if not (home / "impact.duckdb").exists():
                commands = [["refresh", "--card", str(_card(folder, host, source))] for source in pages.SOURCES]
            if day == pages.ACCEPTED:  # a person looks at what was held back, and finds that it is right
                capture = refused.split("capture ")[1].split()[0]
                commands = [["accept", capture, "--reason", "The site was made anew."], *commands]
            seen, began = len(host.notices), time.monotonic()
            ran = [impact(*command) for command in commands]
            told = host.notices[seen:]
            refused = next((one["text"] for one in reversed(told) if one["kind"] == "refused"), refused)
            yield Day(
                day,
                sum(used.ru_utime + used.ru_stime for _, _, used in ran),
                time.monotonic() - began,
                max(used.ru_maxrss for _, _, used in ran) / 1024,
                disk(home),
                max(status for status, _, _ in ran),
                "".join(said for _, said, _ in ran),
                told,
                published(home),
            )
        for command in ("status", "verify"):
            status, said, _ = impact(command)
            if status:
                raise RuntimeError(f"impact {command}: {said}")


def _card(folder: Path, host: Host, source: str) -> Path:
    path = folder / f"{source}.yaml"
    organisation = source.replace("-", " ").title()
    path.write_text(pages.CARD.format(source=source, organisation=organisation, url=host.url(source)))
    return path


def published(home: Path) -> dict[str, dict[str, float]]:
    """The calls and the people rescued of the latest year, by source."""
    query = """
        SELECT source, metric, max_by(value, year) FROM metric_year
        WHERE metric IN ('calls', 'rescues') AND breakdown = '' GROUP BY source, metric
    """
    found: dict[str, dict[str, float]] = {}
    with duckdb.connect(str((home / "impact.duckdb").resolve()), read_only=True) as con:
        for source, metric, value in con.execute(query).fetchall():
            found.setdefault(source, {})[metric] = float(value)
    return found


def disk(home: Path) -> dict[str, int]:
    """Bytes of the files of a home, by folder."""
    found = dict.fromkeys((*FOLDERS, "the rest"), 0)
    for path in home.rglob("*"):
        if path.is_file() and not path.is_symlink():
            top = path.relative_to(home).parts[0]
            found[top if top in FOLDERS else "the rest"] += path.stat().st_size
    return found
