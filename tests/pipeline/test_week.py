"""A week of the schedule in which something happens every day: each source is refreshed each day all the same."""

import datetime as dt
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Web, reset_connection
from tests.pipeline.days import Days
from tests.pipeline.test_killed_runs import states, writing
from tests.pipeline.test_ui import ask


@pytest.fixture
def proxy() -> Iterator[Web]:
    server = Web()
    yield server
    server.close()


def nothing(days: Days) -> None:
    days.six()


def killed_while_starting(days: Days) -> None:
    days.six()
    days.until(lambda: "STARTING" in days.of_today().values())
    os.kill(days.worker(), signal.SIGKILL)


def killed_while_started(days: Days) -> None:
    gate = days.hold("coast-rescue")
    days.six()
    days.until(gate.asked.is_set)
    assert "STARTED" in days.of_today().values()
    os.kill(days.worker(), signal.SIGKILL)
    days.check_status()
    days.free("coast-rescue", gate)


def killed_while_canceling(days: Days) -> None:
    gate = days.hold("hill-rescue")
    days.six()
    days.until(gate.asked.is_set)
    run_id = next(run_id for run_id, state in days.of_today().items() if state == "STARTED")
    worker = days.worker()
    os.kill(worker, signal.SIGSTOP)  # so that it does not heed what it is asked
    end = "mutation ($id: String!) { terminateRun(runId: $id) { __typename } }"
    asking = threading.Thread(target=ask, args=(days.port, end), kwargs={"id": run_id}, daemon=True)
    asking.start()  # it is answered when the process has ended
    days.until(lambda: states(days.home)[run_id] == "CANCELING")
    days.check_status()
    os.kill(worker, signal.SIGKILL)
    days.free("hill-rescue", gate)


def everything_killed_while_two_are_queued(days: Days) -> None:
    gate = days.hold("coast-rescue")
    days.six()
    days.until(gate.asked.is_set)
    assert sorted(days.of_today().values()) == ["QUEUED", "QUEUED", "STARTED"]
    days.kill_all()
    assert "1 run was killed" in days.check_status()
    days.free("coast-rescue", gate)
    days.up()


def the_home_is_locked_for_longer_than_a_run_waits(days: Days) -> None:
    with writing(days.home):
        days.six()
        days.until(lambda: "STARTED" in days.of_today().values())
        days.check_status()
        days.clock.forward(dt.timedelta(minutes=11))
        days.until(lambda: "FAILURE" in days.of_today().values())
        assert "waited 600 seconds for its turn" in days.check_status()


def the_proxy_fails(days: Days) -> None:
    days.show("river-rescue", raw=reset_connection)
    days.six()
    days.until(lambda: "FAILURE" in days.of_today().values())
    assert "through the proxy" in days.check_status()
    days.clock.forward(dt.timedelta(minutes=2))
    days.until(lambda: list(days.of_today().values()).count("FAILURE") == 2)
    days.show("river-rescue", body=days.body)
    days.clock.forward(dt.timedelta(minutes=11))


WEEK = [
    nothing,
    killed_while_starting,
    killed_while_started,
    killed_while_canceling,
    everything_killed_while_two_are_queued,
    the_home_is_locked_for_longer_than_a_run_waits,
    the_proxy_fails,
]


@pytest.mark.skipif("WEEK" not in os.environ, reason="a week takes some ten minutes: `make week`")
def test_every_source_is_refreshed_every_day(home: Path, tmp_path: Path, web: Web, proxy: Web, start):
    days = Days(home, tmp_path, web, proxy, start)
    for happening in WEEK:
        days.dawn()
        happening(days)
        days.end_day()
        print(f"{days.clock.now():%Y-%m-%d %H:%M} {happening.__name__}: {sorted(days.of_today().values())}", flush=True)
    days.down()
