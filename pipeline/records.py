"""Dagster's records of runs: opened by one process at a time, cleared of what was killed and of what is old."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import filelock
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError

from extractors.errors import ImpactError
from pipeline.instance import DUE, prepared, queue, sweep_killed
from pipeline.partitions import runs_of_parts
from warehouse.home import FULL, Home, HomeUnwritable

KEPT = dt.timedelta(days=90)
"""How long the record of a run is kept."""


class RecordsUnusable(ImpactError):
    """The run history is damaged or the disk is full. The folder can be deleted; the published release is untouched."""


@contextmanager
def usable(home: Home) -> Iterator[None]:
    """Turn what Dagster meets in damaged records, or on a full disk, into one line.

    Raises:
        RecordsUnusable: they cannot be read or written.
        HomeUnwritable: there is no room.
    """
    try:
        yield
    except OSError as error:  # of Dagster: who writes here tells of it
        if error.errno not in FULL:
            raise
        raise HomeUnwritable.because(Path(error.filename or home.dagster), error) from error
    except (DBAPIError, CommandError, dg.DagsterInvalidInvocationError) as error:  # the last of a table that is missing
        reason = str(error.orig if isinstance(error, DBAPIError) else error).splitlines()[0]
        raise RecordsUnusable(
            f"cannot use Dagster's records in {home.dagster}: {reason}; free space or delete that folder, which holds "
            "run history and nothing else, then run again"
        ) from error


@contextmanager
def opened(home: Home) -> Iterator[dg.DagsterInstance]:
    """Dagster's records of a home, made when they are missing, and cleared of runs whose process was killed.

    Raises:
        HomeUnwritable: the home cannot be written.
        RecordsUnusable: they cannot be read or written.
    """
    with prepared(home), usable(home):
        # Two that make the same records at once leave them with two beginnings, and unusable.
        with filelock.FileLock(home.dagster / ".opening"):
            instance = dg.DagsterInstance.get()
        with instance:
            close_killed_runs(home, instance)
            yield instance


def close_killed_runs(home: Home, instance: dg.DagsterInstance) -> list[str]:
    """Record as ended every run whose process is dead, whatever it was at: Dagster would wait for it for ever.

    A run of the schedule as failed, so that it is launched again.
    """
    dead = queue(home).dead
    for run_id in dead:
        run = instance.get_run_by_id(run_id)
        if run is None or run.is_finished:
            continue
        if run.status == dg.DagsterRunStatus.CANCELING and DUE not in run.tags:
            instance.report_run_canceled(run, "the process was killed")
        else:
            instance.report_run_failed(run, "the process was killed")
    sweep_killed(home)
    return list(dead)


def end_run(instance: dg.DagsterInstance, run_id: str, *, if_asked: bool = False) -> None:
    """Record a run of this process as canceled, unless it has ended; or only if somebody asked in the UI to end it."""
    run = instance.get_run_by_id(run_id)
    if run and not run.is_finished and (run.status == dg.DagsterRunStatus.CANCELING or not if_asked):
        instance.report_run_canceled(run, "interrupted")


def clear_old_runs(instance: dg.DagsterInstance, *, limit: int | None = None) -> int:
    """Delete the records of runs that ended long ago; those that tell of an asset's present state stay.

    Returns:
        How many were deleted.
    """
    before = dg.RunsFilter(
        created_before=dt.datetime.now(dt.UTC) - KEPT,
        statuses=[dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED],
    )
    old = instance.get_run_ids(before)
    if not old:
        return 0
    needed = _needed(instance)
    doomed = [run_id for run_id in reversed(old) if run_id not in needed][:limit]
    for run_id in doomed:
        instance.delete_run(run_id)
    return len(doomed)


def _needed(instance: dg.DagsterInstance) -> set[str]:
    """Runs that last made an asset: what the UI shows of it comes from their events."""
    latest = [instance.get_latest_materialization_event(key) for key in instance.all_asset_keys()]
    return {event.run_id for event in latest if event} | runs_of_parts(instance)
