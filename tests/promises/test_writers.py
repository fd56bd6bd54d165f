"""Several who write at once, and those who are asked to end."""

import random
import signal
from pathlib import Path

from tests.conftest import Web
from tests.pipeline.conftest import page, rows
from tests.promises.conftest import Promise
from tests.promises.faulty import Fault
from tests.promises.grounds import NAMES, Grounds, litter, unfinished, wrong_after

AT_RANDOM, ROUNDS = 100, 20
SOON = 2.0
"""Seconds within which a command ends that is asked to."""
PATIENCE = 600


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


def test_writers_together(promise: Promise, home: Path, web: Web, card: Path, start):
    """Of several who begin at once, also in a home that is not there yet, at least one comes to its end; the others
    wait their turn or say in a line who writes, and all that is published is right."""
    chance = random.Random(promise.seed)
    refresh = ["refresh", "--card", card]
    done = busy = 0
    for number in range(promise.times(ROUNDS)):
        web.forget("/")
        web.answer("/", body=page(2021, 301 + number))
        others = [refresh, ["build"], ["prune"], ["rollback"], ["status"]] if number else [refresh]
        children = [start(*refresh), *(start(*chance.choice(others)) for _ in range(3))]
        ended = [(child.communicate(timeout=PATIENCE)[1], child.returncode) for child in children]
        for err, status in ended:
            assert "Traceback" not in err and "foresaw" not in err, err
            told = [line for line in err.splitlines() if line.startswith("impact: ")]
            assert status == 0 or (status == 1 and len(told) == 1), (status, err)
        done += sum(status == 0 for _, status in ended)
        busy += sum("is writing to" in err for err, _ in ended)
        assert 0 in [status for _, status in ended]
        for command in (["unpin"], refresh):
            child = start(*command)
            _, err = child.communicate(timeout=PATIENCE)
            assert child.returncode == 0, err
        found = rows(home, "SELECT value FROM metric_year WHERE metric = 'rescues' AND year = 2021")
        assert found == [(301 + number,)]
        assert not litter(home) and not unfinished(home)
        promise.figure = (
            f"{number + 1} rounds of four at once: {done} came to their end, {busy} were told that another writes"
        )
    assert busy
