"""Which runs of the schedule are launched again the same day, how often, and how soon.

Dagster's daemon launches a failed run again when the run carries these tags. One that was killed, whatever it was at,
or whose turn did not come, goes to the end of the queue at once; one that could not have its page waits first.
"""

import datetime as dt
import time

import dagster as dg

PAUSES = (dt.timedelta(minutes=1), dt.timedelta(minutes=10), dt.timedelta(minutes=30))
"""How long after a page could not be had it is asked for again, attempt by attempt."""
TAGS = {"dagster/max_retries": str(len(PAUSES)), "dagster/retry_strategy": "ALL_STEPS"}
"""Of a run that is launched again when it is killed or its turn does not come; in all no oftener than this."""
PAGE_FAILED = "dagster/retry_on_asset_or_op_failure"
"""Tag that a step which fails leaves: whether it is launched again for that too, since what was wrong may be over soon.

Dagster hands it down to the next run, which knows by it that it has to wait.
"""


def mark(may_be_over_soon: bool) -> None:
    """Note on the run whose step this is called from what its failure is of."""
    context = dg.OpExecutionContext.get()
    context.instance.add_run_tags(context.run_id, {PAGE_FAILED: str(may_be_over_soon).lower()})


def pause(instance: dg.DagsterInstance, run: dg.DagsterRun) -> None:
    """Wait until it is time to ask for the page again, if the run before this one could not have it.

    By the clock on the wall: a machine that slept has waited.
    """
    before = instance.get_run_record_by_id(run.parent_run_id) if run.parent_run_id else None
    attempt = int(run.tags.get("dagster/retry_number", 0))
    if before is None or before.end_time is None or not attempt or run.tags.get(PAGE_FAILED) != "true":
        return
    until = before.end_time + PAUSES[min(attempt, len(PAUSES)) - 1].total_seconds()
    while time.time() < until:
        time.sleep(min(1, max(0, until - time.time())))


def is_due(run: dg.DagsterRun) -> bool:
    """Whether a run carries the tags."""
    return TAGS.items() <= run.tags.items()


def leave(instance: dg.DagsterInstance, run_id: str) -> None:
    """See to it that a run which somebody asked to end is not launched again, whatever it is recorded as."""
    run = instance.get_run_by_id(run_id)
    if run and run.status == dg.DagsterRunStatus.CANCELING:
        instance.add_run_tags(run_id, {"dagster/max_retries": "0"})
