"""Trials of what is promised: each says what it promises, tries it with real processes and files, and records a figure.

    def test_something(promise: Promise, …):
        '''What must hold, in a sentence or two: the table shows it.'''
        chance = random.Random(promise.seed)
        …
        promise.figure = "20 things tried, none failed"   # as often as there is something to tell

They are left out unless PROMISES is set (`make promises`). With PROMISES_SHARE, 0.1 say, what is tried at random is
tried so much less often, for whoever changes a trial; the figure tells how often it was. A trial is one row, so none is
parametrised; `python -m tests.promises.table` gives a new one a row that says that it was not tried yet.
"""

import datetime as dt
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.pipeline.conftest import card, home, start  # noqa: F401 - fixtures of trials as well
from tests.promises.grounds import Grounds, grounds
from tests.promises.table import Row, promised, write


@dataclass
class Promise:
    """What a trial begins from, and what it has shown so far."""

    seed: int = field(default_factory=lambda: int(os.environ.get("PROMISES_SEED") or f"{dt.date.today():%Y%m%d}"))
    figure: str = "nothing was tried"

    def times(self, wanted: int) -> int:
        """How often something is tried: as often as wanted, or the share of it for which there is time."""
        return max(1, round(wanted * float(os.environ.get("PROMISES_SHARE") or 1)))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    left = pytest.mark.skip(reason="takes minutes; `make promises` runs it")
    for item in items if not os.environ.get("PROMISES") else ():
        if "promise" in getattr(item, "fixturenames", ()):
            item.add_marker(left)


OUTCOME = pytest.StashKey[pytest.CallInfo]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> None:
    if call.when == "call":
        item.stash[OUTCOME] = call


@pytest.fixture
def promise(request: pytest.FixtureRequest) -> Iterator[Promise]:
    """The promise that a trial is about. Its row is written when the trial ends, however it does, unless skipped."""
    found, began = Promise(), time.monotonic()
    yield found
    call = request.node.stash.get(OUTCOME, None)
    raised = call.excinfo if call else None
    if call is None or (raised and raised.errisinstance((pytest.skip.Exception, KeyboardInterrupt))):
        return
    figure = f"{found.figure}; {time.monotonic() - began:,.0f} s"
    if raised:
        figure = f"**FAILED**: {raised.exconly().splitlines()[0][:160]} (until then: {figure})"
    words = promised(request.function.__doc__)
    trial = f"{request.path.name}::{request.node.originalname}"
    write(Row(words, trial, figure, str(found.seed), f"{dt.date.today():%Y-%m-%d}"))
    print(f"\n{trial}: {figure}")


@pytest.fixture(scope="session")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grounds]:
    """Homes on which faults are tried, the same for all trials."""
    with grounds(tmp_path_factory.mktemp("tried")) as found:
        yield found
