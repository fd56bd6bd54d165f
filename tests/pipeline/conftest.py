"""Ways to call `impact`: in this process, which is quick, and as a child process, which is how people call it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import pytest

from pipeline.cli import run
from tests.conftest import Web

COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()"]
"""`impact` as a process of its own."""

CARD = """\
id: coast-rescue
organisation: Coast Rescue
title: Our year
url: {url}
metrics:
  rescues:
    label: People rescued
    unit: people
    measure: flow
    dimensions:
      place: {{beach: [beach, beaches], sea: [sea]}}
    counts: people
    when: [{{clause: rescued}}]
  volunteers:
    label: Volunteers
    unit: volunteers
    measure: stock
    counts: volunteers
bounds: {{min_statistics_share: 0.5}}
"""


@dataclass(frozen=True)
class Ended:
    status: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line that an error is."""
        lines = [line for line in self.err.splitlines() if line.startswith("impact: ")]
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


def page(year: int, rescued: int = 310, statistics: int = 6) -> bytes:
    """A page that states some figures of a year."""
    said = [f"<p>In {year}, crews rescued {rescued:,} people.</p>"]
    said += [f"<p>In {year}, we ran {20 + n} courses in town {chr(65 + n)}.</p>" for n in range(statistics - 1)]
    body = f"<main><h1>Our year</h1>{''.join(said)}</main>"
    return f"<!doctype html><html><head><title>Our year</title></head><body>{body}</body></html>".encode()


@contextmanager
def history(home: Path) -> Iterator[dg.DagsterInstance]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DAGSTER_HOME", str(home / "dagster"))
        with dg.DagsterInstance.get() as instance:
            yield instance


def runs(home: Path) -> list[str]:
    with history(home) as instance:
        return [run.status.value for run in instance.get_runs()]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("IMPACT_HOME", str(folder))
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    return folder


@pytest.fixture
def impact(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """Run the command line in this process."""

    def call(*arguments: str | Path) -> Ended:
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Ended(status, out, err)

    return call


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start the command line as a child process; what is still running at the end of the test is killed."""
    children: list[subprocess.Popen[str]] = []

    def launch(*arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [*COMMAND, *map(str, arguments)],
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        children.append(child)
        return child

    yield launch
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGINT)  # the UI ends its parts
            with suppress(subprocess.TimeoutExpired):
                child.wait(30)
        if child.poll() is None:
            child.kill()
        child.communicate()


@pytest.fixture
def card(tmp_path: Path, web: Web) -> Path:
    """A card whose page stands at / of the loopback server."""
    file = tmp_path / "card.yaml"
    file.write_text(CARD.format(url=web.url("/")), encoding="utf-8")
    return file
