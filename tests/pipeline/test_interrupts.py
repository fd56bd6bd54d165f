"""Ctrl-C and SIGTERM, whenever they fall: soon over, silent but for what was kept, and no run that seems to go on."""

import signal
import time
from pathlib import Path

import pytest

from tests.conftest import Web
from tests.pipeline.conftest import page, runs
from warehouse.home import Home
from warehouse.refreshes import refreshes

MOMENTS = [n / 12 for n in range(12)]
"""Parts of the time that a refresh takes, start-up included."""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_at_any_moment(start, home: Path, web: Web, card: Path, number: signal.Signals):
    web.answer("/", body=page(2021))
    began = time.monotonic()
    assert start("refresh", "--card", card).wait(120) == 0
    whole = time.monotonic() - began
    startup = 0.15  # of Python itself, before any line of ours
    for n, moment in enumerate(MOMENTS):
        web.forget("/")
        web.answer("/", body=page(2000 + n, 100 + n))  # something new, so that all steps have work
        child = start("refresh", "--card", card)
        time.sleep(startup + moment * whole)
        if child.poll() is None:
            child.send_signal(number)
        sent = time.monotonic()
        _, err = child.communicate(timeout=60)
        took = time.monotonic() - sent
        if child.returncode == 0:
            continue  # it was quicker this time
        if child.returncode == -signal.SIGTERM and not err:
            continue  # the program had not yet come to anything that would have to be ended well
        assert child.returncode == 130, (moment, err)
        lines = err.splitlines()
        assert lines[-1] == "impact: interrupted", (moment, err)
        assert "Traceback" not in err and "foresaw" not in err, (moment, err)
        assert took < 10, moment  # two seconds; this machine may be busy
    assert set(runs(home)) <= {"SUCCESS", "CANCELED", "FAILURE"}
    assert {one.outcome for one in refreshes(Home.at(home))} <= {"published", "failed"}
    assert start("refresh", "--card", card).wait(120) == 0
