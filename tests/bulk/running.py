"""Processes that tests of bulk jobs start: `impact` with the extra, a Dask cluster, an object store that fails."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ports import free_port

ROOT = Path(__file__).parents[2]
EXTRA = ROOT / ".venv-bulk"
IMPACT = [sys.executable, "-c", "from pipeline.cli import main; main()"]
with_extra = pytest.mark.skipif(not (EXTRA / "ready").exists(), reason="`make bulk` installs what this needs")


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """That of a process which has the extra."""
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(EXTRA)])} | dict(more or {})


Process = subprocess.Popen[str]


@contextmanager
def process(*arguments: str, more: Mapping[str, str] | None = None) -> Iterator[Process]:
    """A process with the extra, ended with the block."""
    child = subprocess.Popen(
        [sys.executable, *arguments],
        env=environment(more),
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield child
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


@contextmanager
def cluster(more: Mapping[str, str] | None = None) -> Iterator[tuple[str, list[Process]]]:
    """A Dask scheduler and two workers of one thread each: the engine's name, and the processes of the workers."""
    port = free_port()
    address = f"127.0.0.1:{port}"
    scheduler = ["-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    worker = ["-m", "distributed.cli.dask_worker", f"tcp://{address}", "--host", "127.0.0.1", "--no-nanny"]
    worker += ["--nthreads", "1", "--no-dashboard", "--memory-limit", "0"]
    with process(*scheduler):
        answers(port)
        with process(*worker, more=more) as one, process(*worker, more=more) as two:
            yield f"dask://{address}", [one, two]


@contextmanager
def object_store(one_in: int) -> Iterator[dict[str, str]]:
    """An object store that fails one request in so many: what the environment says of it."""
    with process("-m", "tests.bulk.object_store", str(one_in)) as server:
        assert server.stdout
        port = int(server.stdout.readline())
        yield {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "reader",
            "AWS_SECRET_ACCESS_KEY": "reader",
            "AWS_DEFAULT_REGION": "us-east-1",
            "NO_PROXY": "127.0.0.1",
        }


def impact(*arguments: str, more: Mapping[str, str] | None = None, seconds: float = 400) -> tuple[int, str]:
    """Run `impact` with the extra: its status and what it says."""
    done = subprocess.run(
        [*IMPACT, *arguments], env=environment(more), cwd=ROOT, capture_output=True, text=True, timeout=seconds
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


def python(code: str, *arguments: str, more: Mapping[str, str] | None = None) -> str:
    """What a piece of Python prints that has the extra."""
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, env=environment(more), cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def answers(port: int, seconds: float = 120) -> None:
    """Wait until something answers at a port."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nothing answers at {port}")
