"""`impact ui`: Dagster's own web server and daemon, on this home."""

import os
import signal
import socket
import subprocess
import sys

import click

from extractors.errors import ImpactError
from pipeline import keeper
from pipeline.instance import prepared, queue, queue_lines
from pipeline.launch import LOCATION
from pipeline.terminal import say
from warehouse.home import Home

HOST = "127.0.0.1"


@click.command(short_help="the Dagster UI, with the daily schedule running")
@click.option("--port", type=click.IntRange(1, 65535), default=3000, show_default=True, help="Port on this machine.")
def ui(port: int) -> int:
    """Open the Dagster UI on this machine, with the daily schedule running, until Ctrl-C.

    It shows the assets, the tables with their SQL, columns and first rows, the checks, and every refresh. Only this
    machine can reach it.

    \b
    Exit status: 0 stopped; 1 the port is taken, or Dagster failed.

    \b
    Example:
      impact ui --port 3000
    """
    home = Home.from_environment()
    _require_free(port)
    with prepared(home):
        _serve(home, port)
    return 0


def _serve(home: Home, port: int) -> None:
    from pipeline.records import opened

    before = queue(home)
    with opened(home):  # made here, before the parts of Dagster would all make them at once; killed runs are closed
        pass
    if before.dead:
        count = len(before.dead)
        say(f"{count} killed run{'s' * (count != 1)} recorded as ended; no run waits for them any more", err=True)
    for line in queue_lines(home):
        say(line, err=True)
    say(f"Dagster UI: http://{HOST}:{port} on {home.root}; Ctrl-C stops it", err=True)
    command = [sys.executable, "-W", "ignore", "-m", "dagster", "dev", "--module-name", LOCATION]
    command += ["--host", HOST, "--port", str(port), "--log-level", "error"]
    dagster: subprocess.Popen[bytes] | None = None
    stopped = False

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True
        if dagster and _answers(port):
            dagster.send_signal(signal.SIGINT)
        elif dagster:  # what is still being loaded would end in a traceback
            os.killpg(dagster.pid, signal.SIGKILL)

    # Before Dagster starts, which then inherits no ignored signal, as a shell sets for what runs in the background.
    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    # A process group of its own: a Ctrl-C then reaches Dagster once, from here, and it stops its parts in order. What
    # it says is no data, and goes to standard error.
    dagster = subprocess.Popen(command, cwd=home.root, stdin=subprocess.DEVNULL, stdout=2, process_group=0)  # noqa: S603
    keeping = [sys.executable, "-I", keeper.__file__, str(dagster.pid)]
    with subprocess.Popen(keeping, stdin=subprocess.PIPE, process_group=dagster.pid) as keeping_watch:  # noqa: S603
        status = dagster.wait()
        if stopped and status == 0:
            keeping_watch.communicate(keeper.ALL_DONE)
    if not stopped:
        raise ImpactError(
            f"Dagster ended by itself, with status {status}; what it said stands above, and `impact ui` starts it again"
        )


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise ImpactError(f"cannot use port {port}: {reason}; give another with --port") from error
