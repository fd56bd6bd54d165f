"""`impact ui`, or Dagster under it, is killed outright: nothing of it goes on in the background."""

import os
import signal
import socket
import sys
from pathlib import Path

import pytest

from tests.conftest import Web
from tests.pipeline.conftest import page
from tests.pipeline.days import processes
from tests.pipeline.test_bad_input import holding, wait_for
from tests.pipeline.test_killed_runs import ask_for, states
from tests.pipeline.test_ui_buttons import serve

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


ENDED = ("FAILURE", "CANCELED")


def first_of_dagster(home: Path) -> int:
    return next(pid for pid, command in processes(home).items() if "-m dagster dev" in command)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.long
@pytest.mark.parametrize(
    "killed",
    [["ui"], *(pytest.param(one, marks=pytest.mark.long) for one in (["dagster"], ["ui", "dagster"]))],
    ids="-".join,
)
def test_all_of_it_ends(impact, start, home: Path, web: Web, card: Path, killed: list[str]):
    web.answer("/", body=page(2021))
    assert impact("refresh", "--card", card).status == 0
    port, ui = serve(home, start)
    assert len(processes(home)) > 4
    pids = {"ui": ui.pid, "dagster": first_of_dagster(home)}
    for one in killed:
        os.kill(pids[one], signal.SIGKILL)
    if killed == ["dagster"]:
        assert ui.wait(60) == 1
        assert "Dagster ended by itself, with status -9" in ui.communicate()[1]
    wait_for(lambda: not processes(home))
    wait_for(lambda: not answers(port))  # the system closes what a dead process had open a moment later


@pytest.mark.long
def test_a_run_under_way_ends_with_it_and_is_recorded(impact, start, home: Path, web: Web, card: Path):
    web.answer("/", body=page(2021))
    assert impact("refresh", "--card", card).status == 0
    port, ui = serve(home, start)
    web.forget("/")
    gate = holding(web, page(2022))
    asked = len(web.asked)
    run_id = ask_for(port, "coast-rescue")
    wait_for(lambda: len(web.asked) > asked)
    ui.kill()
    wait_for(lambda: not processes(home))
    gate["open"] = 1
    # Ended in order it is on record; if it was not given the time, it is known to be dead.
    assert states(home)[run_id] in ENDED or "1 run was killed" in impact("status").out
    web.forget("/")
    web.answer("/", body=page(2022))
    assert impact("refresh", "--card", card).status == 0
    assert states(home)[run_id] in ENDED
