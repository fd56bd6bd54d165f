"""Ctrl-C and SIGTERM, whenever they fall: soon over, silent but for what was kept, and no run that seems to go on."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Web
from tests.pipeline.conftest import page, runs
from warehouse.home import Home
from warehouse.refreshes import refreshes

MOMENTS = [n / 12 for n in range(12)]
"""Parts of the time that a refresh takes."""
BEGIN = "from pipeline.cli import main; print(flush=True); main()"
"""Python itself, as it starts, answers a signal in its own way."""


def begun(card: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", BEGIN, "refresh", "--card", str(card)]
    child = subprocess.Popen(command, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    child.stdout.readline()
    return child


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_at_any_moment(home: Path, web: Web, card: Path, number: signal.Signals):
    web.answer("/", body=page(2021))
    with begun(card) as child:
        began = time.monotonic()
        assert child.wait(120) == 0
        whole = time.monotonic() - began
    for n, moment in enumerate(MOMENTS):
        web.forget("/")
        web.answer("/", body=page(2000 + n, 100 + n))  # something new, so that all steps have work
        with begun(card) as child:
            time.sleep(moment * whole)
            child.send_signal(number)
            sent = time.monotonic()
            _, err = child.communicate(timeout=60)
            took = time.monotonic() - sent
        if child.returncode == 0:
            continue  # it was quicker this time
        if child.returncode == -signal.SIGTERM and not err:
            continue  # nothing had begun that would have to be ended well
        assert child.returncode == 130, (moment, err)
        assert err.splitlines()[-1] == "impact: interrupted", (moment, err)
        assert "Traceback" not in err and "foresaw" not in err, (moment, err)
        assert took < 10, moment  # two seconds, on a machine that is not busy
    assert set(runs(home)) <= {"SUCCESS", "CANCELED", "FAILURE"}
    assert {one.outcome for one in refreshes(Home.at(home))} <= {"published", "failed"}
    with begun(card) as child:
        _, err = child.communicate(timeout=120)
        assert child.returncode == 0, err
