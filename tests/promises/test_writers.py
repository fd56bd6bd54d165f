"""Several who write at once, and those who are asked to end."""

import random
import signal
import subprocess
import threading
import time
from pathlib import Path

from tests.conftest import Web
from tests.pipeline.conftest import page, rows
from tests.pipeline.days import Start
from tests.pipeline.test_killed_runs import ask_for, states
from tests.pipeline.test_ui import ask
from tests.pipeline.test_ui_buttons import serve
from tests.promises.conftest import Promise
from tests.promises.faulty import Fault
from tests.promises.grounds import ENDED, NAMES, Grounds, litter, unfinished, wrong_after
from warehouse.home import Home
from warehouse.refreshes import refreshes

AT_RANDOM, ROUNDS, IN_THE_UI = 100, 20, 30
A_HOME = 4
"""Rounds in a home, before all begin in a new one."""
SOON = 2.0
"""Seconds within which a command ends that is asked to."""
PATIENCE = 600
END = "mutation ($id: String!) { terminateRun(runId: $id) { __typename ... on PythonError { message } } }"
RESCUES = "SELECT value FROM metric_year WHERE metric = 'rescues' AND year = 2021"


def test_asked_to_end_at_random_moments(promise: Promise, tried: Grounds):
    """Ctrl-C or SIGTERM at any moment ends a command within two seconds, with one line that says so; no run seems to
    go on, the published file is whole, and the next run ends as an undisturbed one."""
    chance = random.Random(promise.seed)
    problems: list[str] = []
    ended_by, quicker, slowest = 0, 0, 0.0
    for _ in range(promise.times(AT_RANDOM)):
        ground = tried[chance.choice(NAMES)]
        number = chance.choice([signal.SIGINT, signal.SIGTERM])
        moment = chance.uniform(0, ground.seconds)
        home = tried.fresh(ground)
        ended = tried.run(*ground.command, fault=Fault.COUNT, signal_after=(number, moment))
        wrong = []
        if ended.status == 0:
            quicker += 1
        else:
            ended_by += 1
            slowest = max(slowest, ended.seconds - moment)
            if ended.seconds - moment > SOON:
                wrong.append(f"ended after {ended.seconds - moment:.1f} s")
            # Before the command has begun there is nothing to be ended well.
            if not (ended.status == -number and not ended.operations):
                if ended.status != 130 or not ended.err.endswith("impact: interrupted\n"):
                    wrong.append(f"ended with {ended.status}: {ended.err.strip()[-300:]}")
                if "Traceback" in ended.err or "foresaw" in ended.err:
                    wrong.append(f"said {ended.err.strip()[-300:]}")
        if running := unfinished(home):
            wrong.append(f"{running} runs seem to go on")
        wrong += tried.wrong(ground)
        how = f"{ground.name}, {number.name} after {moment:.3f} s, next to {ended.step}"
        problems += [f"{how}: {one}" for one in wrong]
        print(f"{how}: {ended.status} {'; '.join(wrong) or 'well'}", flush=True)
        promise.figure = (
            f"{ended_by} commands asked to end did, the slowest after {slowest:.1f} s; {quicker} were quicker; "
            f"{wrong_after(problems)}"
        )
    assert not problems, "\n".join(problems)


def served(home: Path, start: Start) -> tuple[int, subprocess.Popen[str]]:
    """The UI of a home, whose output is read: what runs say goes there too, and a full pipe would hold them up."""
    port, ui = serve(home, start)
    for stream in filter(None, (ui.stdout, ui.stderr)):
        threading.Thread(target=stream.read, daemon=True).start()
    return port, ui


def ended(home: Path, run_id: str) -> str | None:
    """How a run of the UI ended; None while it goes on."""
    if unfinished(home):  # asked first, as the other takes a hundredth of a second
        return None
    status = states(home).get(run_id)
    return status if status in ENDED else None


def wait_until_ended(home: Path, run_id: str) -> tuple[str, float]:
    """How a run of the UI ended, and after how many seconds."""
    began = time.monotonic()
    while (status := ended(home, run_id)) is None:
        assert time.monotonic() - began < PATIENCE, states(home)
        time.sleep(0.02)
    return status, time.monotonic() - began


def test_terminated_in_the_ui_at_random_moments(promise: Promise, home: Path, web: Web, card: Path, start):
    """A run that is terminated in the UI, at any moment, ends within two seconds and is on record with what was kept;
    none seems to go on, the published file is whole, and the next run ends as an undisturbed one."""
    chance = random.Random(promise.seed)
    web.answer("/", body=page(2021, 300))
    assert start("refresh", "--card", card).wait(PATIENCE) == 0
    port, _ = served(home, start)
    web.answer("/", body=page(2021, 301))
    took = wait_until_ended(home, ask_for(port, "coast-rescue"))[1]
    terminated, quicker, slowest = 0, 0, 0.0
    for number in range(promise.times(IN_THE_UI)):
        before, shown, known = rows(home, RESCUES), 302 + number, len(refreshes(Home.at(home)))
        web.forget("/")
        web.answer("/", body=page(2021, shown))
        run_id = ask_for(port, "coast-rescue")
        time.sleep(chance.uniform(0, took))
        ask(port, END, id=run_id)
        status, seconds = wait_until_ended(home, run_id)
        terminated, quicker = terminated + (status == "CANCELED"), quicker + (status == "SUCCESS")
        assert rows(home, RESCUES) in (before, [(shown,)])
        if status == "CANCELED":
            slowest = max(slowest, seconds)
            for told in refreshes(Home.at(home))[known:]:
                assert told.outcome == "published" or (told.detail or "").startswith("interrupted"), told
        assert wait_until_ended(home, ask_for(port, "coast-rescue"))[0] == "SUCCESS"
        assert rows(home, RESCUES) == [(shown,)]
        assert not litter(home), litter(home)
        promise.figure = f"{terminated} runs were ended, the slowest after {slowest:.1f} s; {quicker} were quicker"
    assert slowest <= SOON
    assert terminated


def test_writers_together(promise: Promise, tmp_path: Path, web: Web, card: Path, start):
    """Of several who begin at once, from the command line and in the UI, also in a home that is not there yet, at least
    one comes to its end; the others wait their turn or say in a line who writes, and all that is published is right."""
    chance = random.Random(promise.seed)
    refresh = ["refresh", "--card", card]
    others = [refresh, ["build"], ["prune"], ["rollback"], ["status"]]
    done = busy = of_the_ui = 0
    home, ui, port = tmp_path, None, 0
    for number in range(promise.times(ROUNDS)):
        web.forget("/")
        web.answer("/", body=page(2021, 301 + number))
        new = number % A_HOME == 0
        if new:
            home = tmp_path / f"home-{number}"
            if ui:
                ui.send_signal(signal.SIGINT)
                assert ui.wait(PATIENCE) == 0
        elif number % A_HOME == 1:
            port, ui = served(home, start)
        commands = [refresh, *([refresh] * 3 if new else (chance.choice(others) for _ in range(3)))]
        asked = None if new else ask_for(port, "coast-rescue")
        children = [start(*command, IMPACT_HOME=str(home)) for command in commands]
        told = [(child.communicate(timeout=PATIENCE)[1], child.returncode) for child in children]
        if asked:
            assert wait_until_ended(home, asked)[0] == "SUCCESS"
            of_the_ui += 1
        for err, status in told:
            assert "Traceback" not in err and "foresaw" not in err, err
            lines = [line for line in err.splitlines() if line.startswith("impact: ")]
            assert status == 0 or (status == 1 and len(lines) == 1), (status, err)
        done += sum(status == 0 for _, status in told)
        busy += sum("is writing to" in err for err, _ in told)
        assert asked or 0 in [status for _, status in told]
        for command in (["unpin"], refresh):
            child = start(*command, IMPACT_HOME=str(home))
            _, err = child.communicate(timeout=PATIENCE)
            assert child.returncode == 0, err
        assert rows(home, RESCUES) == [(301 + number,)]
        assert not litter(home) and not unfinished(home)
        promise.figure = (
            f"{number + 1} rounds of four at once: {done} came to their end, {busy} were told that another writes; "
            f"{of_the_ui} runs of the UI beside them waited and came to theirs"
        )
    assert busy
