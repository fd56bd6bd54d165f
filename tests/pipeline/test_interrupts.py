"""Ctrl-C and SIGTERM, whenever they fall: soon over, silent but for what was kept, and no run that seems to go on."""

import signal
import subprocess
from pathlib import Path

import pytest

from pipeline.cli import run
from tests.conftest import Web
from tests.pipeline.conftest import page, runs
from tests.pipeline.signalled import signalled
from tests.pipeline.test_bad_input import holding, wait_for
from warehouse.home import Home
from warehouse.refreshes import refreshes

MOMENTS = [
    ("", 0.02), ("", 0.4), ("", 1.0), ("fetching", 0.0), ("fetching", 0.05), ("archived", 0.0), ("archived", 0.2),
    ("read ", 0.0), ("read ", 0.1), ("read ", 0.4), ("built", 0.0), ("built", 0.02), ("published", 0.0),
]  # fmt: skip
"""The line after which the signal falls, and how many seconds after it; the program's beginning when there is none."""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
@pytest.mark.long
def test_at_any_moment(home: Path, web: Web, card: Path, number: signal.Signals):
    refresh = ["refresh", "--card", card]
    for n, (line, delay) in enumerate(MOMENTS):
        web.forget("/")
        web.answer("/", body=page(2000 + n, 100 + n))  # something new, so that all steps have work
        command = signalled(number, line, *refresh, delay=delay)
        ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        status, err = ended.returncode, ended.stderr
        if status == 0 and (delay or line == "published"):
            continue  # it was quicker
        if status == -signal.SIGTERM and not err and not line:
            continue  # nothing had begun that would have to be ended well
        assert status == 130, (line, delay, err)
        assert err.splitlines()[-1] == "impact: interrupted", (line, delay, err)
        assert "Traceback" not in err and "foresaw" not in err, (line, delay, err)
    assert set(runs(home)) <= {"SUCCESS", "CANCELED", "FAILURE"}
    assert {one.outcome for one in refreshes(Home.at(home))} <= {"published", "failed"}
    assert run([str(one) for one in refresh]) == 0


def test_sigterm_ends_what_is_no_job_as_ctrl_c_does(web: Web, start):
    holding(web, page(2021))
    child = start("extract", web.url("/"))
    wait_for(lambda: len(web.asked) > 0)
    child.send_signal(signal.SIGTERM)
    _, err = child.communicate(timeout=60)
    assert (child.returncode, err.strip()) == (130, "impact: interrupted")
