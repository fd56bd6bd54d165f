"""Runs whose process was killed, runs that wait for their turn, and several that begin at once: real processes."""

import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import dagster as dg
import pytest

from pipeline.instance import is_running, queue, running, sweep_killed
from pipeline.launch import _origin
from pipeline.session import run_config
from tests.conftest import Web
from tests.pipeline.conftest import Ended, history, page, runs
from tests.pipeline.test_bad_input import holding, wait_for
from tests.pipeline.test_ui import REPOSITORY, ask
from tests.pipeline.test_ui_buttons import serve
from tests.ports import free_port
from warehouse.home import Home, HomeUnwritable
from warehouse.refreshes import refreshes

Impact = Callable[..., Ended]
UNFINISHED = [
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def left_behind(home: Path, status: dg.DagsterRunStatus, age: float = 3600) -> str:
    """The record of a run that a killed process would leave."""
    with history(home) as instance:
        run = dg.DagsterRun(
            job_name="refresh",
            status=status,
            run_id=f"{status.value.lower()}-0000",
            remote_job_origin=_origin("refresh"),
        )
        instance.add_run(run)
    with closing(sqlite3.connect(home / "dagster" / "history" / "runs.db")) as con, con:
        moment = time.strftime("%Y-%m-%d %H:%M:%S.000000", time.gmtime(time.time() - age))
        con.execute(
            "UPDATE runs SET create_timestamp = ?, update_timestamp = ? WHERE run_id = ?", (moment, moment, run.run_id)
        )
    return run.run_id


def states(home: Path) -> dict[str, str]:
    with history(home) as instance:
        return {run.run_id: run.status.value for run in instance.get_runs()}


def test_a_run_is_alive_as_long_as_its_process(tmp_path: Path):
    home = Home.at(tmp_path)
    home.create()
    assert not is_running(home, "one")
    with running(home, "one"):
        assert is_running(home, "one") and not is_running(home, "two")
    assert not is_running(home, "one")
    child = os.fork()
    if not child:
        with running(home, "two"):
            signal.pause()
    wait_for(lambda: is_running(home, "two"))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert not is_running(home, "two")


def test_what_shows_that_a_process_was_at_work_goes_when_it_ended_wherever_it_was_killed(tmp_path: Path):
    home = Home.at(tmp_path)
    marks = home.dagster / "running"
    marks.mkdir(parents=True)
    for name in ("killed", "killed.pid", "killed-in-its-end.pid", "just-begun"):
        (marks / name).touch()
    with running(home, "alive"):
        sweep_killed(home)
        assert sorted(path.name for path in marks.iterdir()) == ["alive", "alive.pid", "just-begun"]


@pytest.mark.long
@pytest.mark.parametrize("status", [dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.STARTING])
def test_a_run_that_is_just_being_launched_is_not_taken_for_dead(
    impact: Impact, home: Path, web: Web, card: Path, status: dg.DagsterRunStatus
):
    """Dagster says that it starts a run before it says whose process it will be, on a busy machine by seconds."""
    web.answer("/", body=page(2021))
    assert impact("refresh", "--card", card).status == 0
    run_id = left_behind(home, status, age=6)
    assert queue(Home.at(home)).dead == ()
    assert impact("refresh", "--card", card).status == 0
    assert states(home)[run_id] == status.value


def test_what_a_killed_process_left_tells_at_once_and_is_swept(impact: Impact, home: Path, web: Web, card: Path):
    web.answer("/", body=page(2021))
    assert impact("refresh", "--card", card).status == 0
    run_id = left_behind(home, dg.DagsterRunStatus.NOT_STARTED, age=1)
    child = os.fork()
    if not child:
        with running(Home.at(home), run_id):
            signal.pause()
    wait_for(lambda: is_running(Home.at(home), run_id))
    assert queue(Home.at(home)).dead == ()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    for _ in range(2):  # to look changes nothing
        assert queue(Home.at(home)).dead == (run_id,)
    assert impact("refresh", "--card", card).status == 0
    assert states(home)[run_id] == "FAILURE"
    assert list((home / "dagster" / "running").iterdir()) == []


def test_a_refresh_closes_what_was_killed_whatever_it_was_at(impact: Impact, start, home: Path, web: Web, card: Path):
    gate = holding(web, page(2021))
    killed = start("refresh", "--card", card)
    wait_for(lambda: len(web.asked) > 0)
    assert queue(Home.at(home)).dead == ()  # it is alive
    killed.kill()
    killed.wait()
    dead = [left_behind(home, status) for status in UNFINISHED]
    waiting = left_behind(home, dg.DagsterRunStatus.QUEUED)
    told = impact("status").out
    assert f"{len(dead) + 1} runs were killed" in told and "impact refresh" in told
    assert "1 run waits since" in told and re.search(r"stuck since \d{4}-\d\d-\d\d", told)
    gate["open"] = 1
    web.forget("/")
    web.answer("/", body=page(2021))
    assert impact("refresh", "--card", card).status == 0
    found = states(home)
    assert found.pop(waiting) == "QUEUED"
    assert found["canceling-0000"] == "CANCELED"
    assert sorted(found.values()) == ["CANCELED", *["FAILURE"] * 4, "SUCCESS"]
    assert "killed" not in impact("status").out


@pytest.mark.parametrize(("status", "age"), [("STARTING", 10), ("NOT_STARTED", 0)])
def test_a_run_that_is_being_launched_is_not_taken_for_dead(
    impact: Impact, home: Path, web: Web, card: Path, status: str, age: float
):
    web.answer("/", body=page(2021))
    assert impact("refresh", "--card", card).status == 0
    young = left_behind(home, dg.DagsterRunStatus(status), age)
    assert queue(Home.at(home)).dead == ()
    with closing(sqlite3.connect(home / "dagster" / "history" / "runs.db")) as con, con:
        con.execute("UPDATE runs SET update_timestamp = '2026-01-01 00:00:00.000000' WHERE run_id = ?", (young,))
    assert queue(Home.at(home)).dead == (young,)


@pytest.mark.long
def test_the_ui_goes_on_after_kills(impact: Impact, start, home: Path, web: Web, card: Path):
    web.answer("/", body=page(2020))
    assert impact("refresh", "--card", card).status == 0
    web.forget("/")
    gate = holding(web, page(2021))
    first = start("refresh", "--card", card)
    wait_for(lambda: len(web.asked) > 1)
    first.kill()
    first.wait()
    waiting = left_behind(home, dg.DagsterRunStatus.STARTING)
    gate["open"] = 1
    web.forget("/")
    web.answer("/", body=page(2021))
    port, ui = serve(home, start)
    assert {waiting} < {run for run, state in states(home).items() if state == "FAILURE"}

    # A refresh is killed while the UI is up: a run that waits for it goes on all the same.
    web.forget("/")
    gate = holding(web, page(2022))
    asked = len(web.asked)
    second = start("refresh", "--card", card)
    wait_for(lambda: len(web.asked) > asked)
    second.kill()
    second.wait()
    gate["open"] = 1
    web.forget("/")
    web.answer("/", body=page(2023))
    ask_for(port, "coast-rescue")
    wait_for(lambda: list(states(home).values()).count("SUCCESS") == 2)

    # So does one that the UI itself launched.
    web.forget("/")
    gate = holding(web, page(2024))
    asked = len(web.asked)
    run_id = ask_for(port, "coast-rescue")
    wait_for(lambda: len(web.asked) > asked)
    os.kill(at_work(home), signal.SIGKILL)
    gate["open"] = 1
    wait_for(lambda: states(home)[run_id] == "FAILURE")
    web.forget("/")
    web.answer("/", body=page(2024))
    ask_for(port, "coast-rescue")
    wait_for(lambda: list(states(home).values()).count("SUCCESS") == 3)
    ui.send_signal(signal.SIGINT)
    assert ui.wait(60) == 0


def failure(home: Path, run_id: str) -> str:
    """All that Dagster's log says of a run, for whoever reads why a test failed."""
    with history(home) as instance:
        return "\n".join(entry.message for entry in instance.all_logs(run_id))


@contextmanager
def writing(home: Path) -> Iterator[None]:
    """Another process that holds the writer lock for as long as the block lasts."""
    hold = "import sys; from warehouse.home import Home, writer_lock\n"
    hold += "with writer_lock(Home.at(sys.argv[1])): print(flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(home)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        yield
        child.stdin.close()


def at_work(home: Path) -> int:
    return int(re.search(r'"pid": (\d+)', (home / ".lock-holder.json").read_text()).group(1))


def ask_for(port: int, source: str, wait: float = 600) -> str:
    """Ask for a run as the schedule does; its id."""
    launch = """
        mutation ($config: RunConfigData) {
            launchRun(executionParams: {selector: {%s, jobName: "refresh"}, runConfigData: $config}) {
                ... on LaunchRunSuccess { run { id } } ... on PythonError { message }
            }
        }
    """
    config = run_config(source=source)
    config["resources"]["refresh"]["config"]["wait_seconds"] = wait
    return ask(port, launch % REPOSITORY, config=config)["launchRun"]["run"]["id"]


@pytest.mark.long
def test_a_run_of_the_schedule_waits_for_its_turn_and_is_launched_again(
    impact: Impact, start, home: Path, web: Web, card: Path
):
    web.answer("/", body=page(2021))
    assert impact("refresh", "--card", card).status == 0
    port, ui = serve(home, start)
    with writing(home):
        waiting = ask_for(port, "coast-rescue", wait=2.0)
        wait_for(lambda: states(home)[waiting] == "FAILURE")
        assert "waited 2 seconds for its turn" in impact("status").out, failure(home, waiting)
    # The run that was launched in its stead, or the one after it, finds the home free.
    wait_for(lambda: list(states(home).values()).count("SUCCESS") == 2)
    outcomes = [one.outcome for one in refreshes(Home.at(home))]
    assert outcomes[0] == "published" and outcomes[-1] == "unchanged" and set(outcomes[1:-1]) == {"failed"}

    # One whose turn comes in time is none the worse for it.
    with writing(home):
        waiting = ask_for(port, "coast-rescue")
        wait_for(lambda: states(home)[waiting] == "STARTED")
        time.sleep(2)
        assert impact("refresh", "--card", card).status == 1  # by hand: told at once
        assert states(home)[waiting] == "STARTED"
    wait_for(lambda: states(home)[waiting] == "SUCCESS")
    ui.send_signal(signal.SIGINT)
    assert ui.wait(60) == 0


@pytest.mark.long
def test_one_of_the_ui_that_waits_can_be_ended(impact: Impact, start, home: Path, web: Web, card: Path):
    web.answer("/", body=page(2021))
    assert impact("refresh", "--card", card).status == 0
    port, ui = serve(home, start)
    end = "mutation ($id: String!) { terminateRun(runId: $id) { __typename } }"
    web.forget("/")
    holding(web, page(2022))
    asked = len(web.asked)
    fetching = ask_for(port, "coast-rescue")
    wait_for(lambda: len(web.asked) > asked)
    ask(port, end, id=fetching)
    wait_for(lambda: states(home)[fetching] == "CANCELED")
    assert refreshes(Home.at(home))[-1].detail == "interrupted; nothing was archived"

    with writing(home):
        waiting = ask_for(port, "coast-rescue")
        wait_for(lambda: states(home)[waiting] == "STARTED")
        time.sleep(1)
        ask(port, end, id=waiting)
        wait_for(lambda: states(home)[waiting] in ("CANCELED", "FAILURE"))
    ui.send_signal(signal.SIGINT)
    assert ui.wait(60) == 0


@pytest.mark.long
@pytest.mark.parametrize("others", [pytest.param(["refresh", "refresh"], marks=pytest.mark.long), ["ui", "refresh"]])
def test_several_that_begin_at_once_in_an_empty_home(
    impact: Impact, start, home: Path, web: Web, card: Path, others: list[str]
):
    web.answer("/", body=page(2021))
    commands = {"refresh": ["refresh", "--card", card], "ui": ["ui", "--port", free_port()]}
    children = [start(*commands[name]) for name in ["refresh", *others]]
    if "ui" in others:
        wait_for(lambda: (home / "dagster" / "schedules" / "schedules.db").exists())
        time.sleep(5)
        assert children[1].poll() is None
        children[1].send_signal(signal.SIGINT)
    ended = [(child.wait(300), child.communicate()[1]) for child in children]
    assert all("Traceback" not in err for _, err in ended), "\n".join(err for _, err in ended)
    assert 0 in [status for status, _ in ended]
    beginnings = "SELECT version_num FROM alembic_version"
    for records in ("history/runs.db", "schedules/schedules.db"):
        with closing(sqlite3.connect(home / "dagster" / records)) as con:
            assert len(con.execute(beginnings).fetchall()) == 1, records
    assert impact("refresh", "--card", card).status == 0


def test_records_with_two_beginnings_are_told_with_what_to_do(impact: Impact, home: Path, web: Web, card: Path):
    web.answer("/", body=page(2021))
    assert impact("refresh", "--card", card).status == 0
    for name in ("history/runs.db", "schedules/schedules.db"):
        with closing(sqlite3.connect(home / "dagster" / name)) as con, con:
            con.execute("INSERT INTO alembic_version VALUES ('0123456789ab')")
        for arguments in (["refresh", "--card", card], ["ui", "--port", free_port()], ["prune"]):
            ended = impact(*arguments)
            assert ended.status == 1 and "delete that folder" in ended.line and str(home / "dagster") in ended.line
        shutil.rmtree(home / "dagster")
        assert impact("refresh", "--card", card).status == 0
    assert runs(home) == ["SUCCESS"]


def test_who_cannot_say_that_it_is_at_work_says_why_and_leaves_nothing(tmp_path: Path):
    home = Home.at(tmp_path)
    home.create()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))  # what a full disk is like
    try:
        with pytest.raises(HomeUnwritable, match="cannot write"), running(home, "one"):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list((home.dagster / "running").iterdir()) == []
