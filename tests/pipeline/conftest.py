"""Ways to call `impact`: in this process, which is quick, and as a child process, which is how people call it."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest

from pipeline.cli import run
from tests.conftest import Web

COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()"]
"""`impact` as a process of its own."""

RESCUES = """\
  rescues:
    label: People rescued
    unit: people
    measure: flow
    dimensions:
      place: {{beach: [beach, beaches], sea: [sea]}}
    counts: people
    when: [{{clause: rescued}}]
"""
CARD = f"""\
id: coast-rescue
organisation: Coast Rescue
title: Our year
url: {{url}}
metrics:
{RESCUES}\
  volunteers:
    label: Volunteers
    unit: volunteers
    measure: stock
    counts: volunteers
bounds: {{{{min_statistics_share: 0.5}}}}
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


def rows(home: Path, query: str) -> list[tuple[Any, ...]]:
    """What the published database of a home answers."""
    with duckdb.connect(str((home / "impact.duckdb").resolve()), read_only=True) as con:
        return con.execute(query).fetchall()


def release(home: Path) -> str:
    """The id of the published release."""
    return (home / "impact.duckdb").readlink().parent.name


def own_copy(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a home for one test, with a folder for temporary files of its own."""
    folder = tmp_path / "home"
    shutil.copytree(made, folder, symlinks=True)
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("IMPACT_HOME", str(folder))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    return folder


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


@pytest.fixture(scope="session")
def refreshed_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that was refreshed from the bundled sample editions, once for all tests of a process: only to be read."""
    folder = tmp_path_factory.mktemp("samples") / "home"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("IMPACT_HOME", str(folder))
        patched.delenv("DAGSTER_HOME", raising=False)
        assert run(["refresh", "--sample"]) == 0
    return folder


@pytest.fixture
def sample_home(refreshed_samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same for one test to do with as it likes."""
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    return own_copy(refreshed_samples, tmp_path, monkeypatch)


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
