"""What of a day's runs is launched again: by what is on record of them."""

import contextlib
import datetime as dt
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.events import JobFailureData, RunFailureReason
from dagster._core.utils import make_new_run_id

from pipeline import again
from pipeline.cli import run
from pipeline.instance import DUE, overdue, prepared
from pipeline.launch import _origin
from pipeline.session import run_config
from tests.pipeline.conftest import history
from warehouse.home import Home
from warehouse.refreshes import Refresh, record

MONDAY, TUESDAY = "2024-05-06T06:00", "2024-05-07T06:00"


@pytest.fixture
def instance(home: Path) -> Iterator[dg.DagsterInstance]:
    with prepared(Home.at(home)), history(home) as instance:
        yield instance


def attempt(
    instance: dg.DagsterInstance,
    status: dg.DagsterRunStatus = dg.DagsterRunStatus.FAILURE,
    source: str = "coast-rescue",
    day: str = MONDAY,
    reason: RunFailureReason = RunFailureReason.UNKNOWN,
    **tags: str,
) -> str:
    """A run on record that the schedule asked for."""
    failed = status == dg.DagsterRunStatus.FAILURE
    made = dg.DagsterRun(
        job_name="refresh",
        run_id=make_new_run_id(),
        status=dg.DagsterRunStatus.STARTED if failed else status,
        run_config=run_config(source=source),
        remote_job_origin=_origin("refresh"),
        tags={"source": source, DUE: f"{source} {day}"} | {f"impact/{name}": tag for name, tag in tags.items()},
    )
    instance.add_run(made)
    if failed:
        instance.report_run_failed(made, "it failed", JobFailureData(error=None, failure_reason=reason))
    return made.run_id


def ended_earlier(home: Path, by: dt.timedelta) -> None:
    with closing(sqlite3.connect(home / "dagster" / "history" / "runs.db")) as con, con:
        con.execute("UPDATE runs SET end_time = end_time - ?", (by.total_seconds(),))


def said() -> str:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert run(["status"]) == 0
    return out.getvalue()


def asked(instance: dg.DagsterInstance) -> list[str | None]:
    return [request.run_key for request in again.requests(instance)]


def test_a_run_that_always_dies_is_launched_again_a_few_times(instance: dg.DagsterInstance):
    keys = []
    for _ in again.PAUSES:
        attempt(instance)
        keys += asked(instance)
    assert keys == [f"coast-rescue {MONDAY} {n + 1}" for n in range(len(again.PAUSES))]
    attempt(instance)
    assert asked(instance) == []


def test_what_is_launched_again_is_the_same_run(instance: dg.DagsterInstance):
    attempt(instance, source="hill-rescue")
    (request,) = again.requests(instance)
    assert request.run_config == run_config(source="hill-rescue")
    assert request.tags == {"source": "hill-rescue", DUE: f"hill-rescue {MONDAY}"}


@pytest.mark.parametrize(
    "status",
    [
        dg.DagsterRunStatus.SUCCESS,
        dg.DagsterRunStatus.CANCELED,
        dg.DagsterRunStatus.QUEUED,
        dg.DagsterRunStatus.STARTING,
        dg.DagsterRunStatus.STARTED,
        dg.DagsterRunStatus.CANCELING,
    ],
    ids=lambda status: status.value,
)
def test_one_that_came_to_its_end_or_goes_on_is_left(instance: dg.DagsterInstance, status: dg.DagsterRunStatus):
    attempt(instance)
    attempt(instance, status)
    assert asked(instance) == []


def test_one_that_was_refused_or_ended_by_hand_is_left(instance: dg.DagsterInstance):
    attempt(instance, reason=RunFailureReason.STEP_FAILURE, again="false")
    attempt(instance, source="hill-rescue", reason=RunFailureReason.STEP_FAILURE)  # a fault of this program
    attempt(instance, source="river-rescue", again="false")
    assert asked(instance) == []


def test_one_without_its_page_is_launched_again_later_and_later(instance: dg.DagsterInstance, home: Path):
    for n, pause in enumerate(again.PAUSES):
        attempt(instance, reason=RunFailureReason.STEP_FAILURE, again="true")
        ended_earlier(home, pause - dt.timedelta(seconds=30))
        assert asked(instance) == []
        ended_earlier(home, dt.timedelta(seconds=31))
        assert asked(instance) == [f"coast-rescue {MONDAY} {n + 1}"]


def test_the_next_day_begins_anew(instance: dg.DagsterInstance):
    for _ in range(3):
        attempt(instance)
    attempt(instance, source="hill-rescue")
    attempt(instance, dg.DagsterRunStatus.SUCCESS, day=TUESDAY)
    assert asked(instance) == [f"hill-rescue {MONDAY} 1"]
    attempt(instance, source="hill-rescue", day=TUESDAY)
    assert asked(instance) == [f"hill-rescue {TUESDAY} 1"]


def test_status_tells_of_a_source_that_no_run_of_the_day_has_refreshed(instance: dg.DagsterInstance, home: Path):
    here = Home.at(home)
    due = dt.datetime(2024, 5, 7, 6, tzinfo=dt.UTC)
    attempt(instance)
    attempt(instance, dg.DagsterRunStatus.SUCCESS)
    attempt(instance, day=TUESDAY)
    attempt(instance, day=TUESDAY)
    attempt(instance, source="hill-rescue")
    attempt(instance, dg.DagsterRunStatus.SUCCESS, source="hill-rescue", day=TUESDAY)
    attempt(instance, dg.DagsterRunStatus.STARTED, source="river-rescue", day=TUESDAY)
    assert list(overdue(here)) == [("coast-rescue", due, 2)]
    assert "overdue    coast-rescue, due 2024-05-07 06:00 UTC: 2 runs have failed" in said()
    record(here, Refresh(at=due + dt.timedelta(hours=3), outcome="unchanged", source="coast-rescue"))
    assert "overdue" not in said()  # somebody refreshed it by hand
