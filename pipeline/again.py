"""Which runs of the schedule are launched again the same day, how often, and how soon.

A sensor asks each half minute, and looks at what is on record, not at what happens: it misses nothing that befalls a
run, its code server or the daemon. A run that was killed, could not be started or waited for its turn in vain is
launched again at once, one that could not have its page after a pause; one whose page a check refused is not.
"""

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence

import dagster as dg

from pipeline.instance import DUE

AGAIN = "impact/again"
"""Tag that says what a run failed of: `true` for what may be over soon, such as a network; `false` for what is not."""
PAUSES = (dt.timedelta(minutes=1), dt.timedelta(minutes=10), dt.timedelta(hours=1), dt.timedelta(hours=4))
"""After what may be over soon, one by one. No run is launched again oftener than there are."""
A_DAY = dt.timedelta(days=1)


def mark(may_be_over_soon: bool) -> None:
    """Note on the run whose step this is called from what it fails of."""
    context = dg.OpExecutionContext.get()
    context.instance.add_run_tags(context.run_id, {AGAIN: str(may_be_over_soon).lower()})


def leave(instance: dg.DagsterInstance, run_id: str) -> None:
    """See to it that a run which somebody asked to end is not launched again, whatever it is recorded as."""
    run = instance.get_run_by_id(run_id)
    if run and run.status == dg.DagsterRunStatus.CANCELING:
        instance.add_run_tags(run_id, {AGAIN: "false"})


def requests(instance: dg.DagsterInstance) -> Iterator[dg.RunRequest]:
    """The runs to launch now: one for each source whose last attempt of the day has failed of what is worth another."""
    recent = dg.RunsFilter(created_after=dt.datetime.now(dt.UTC) - A_DAY)
    attempts: dict[str, list[dg.RunRecord]] = defaultdict(list)
    for record in reversed(instance.get_run_records(recent)):
        if DUE in record.dagster_run.tags:
            attempts[record.dagster_run.tags[DUE]].append(record)
    latest = {due.partition(" ")[0]: due for due in sorted(attempts)}
    for source, due in latest.items():
        if _is_time(attempts[due]):
            config = attempts[due][-1].dagster_run.run_config
            yield dg.RunRequest(f"{due} {len(attempts[due])}", config, tags={"source": source, DUE: due})


def _is_time(attempts: Sequence[dg.RunRecord]) -> bool:
    """Whether it is time for another attempt, after these, oldest first."""
    last = attempts[-1]
    run, ended = last.dagster_run, last.end_time
    over = all(one.dagster_run.is_finished for one in attempts)
    if not over or run.status != dg.DagsterRunStatus.FAILURE or ended is None or len(attempts) > len(PAUSES):
        return False
    of_a_step = run.tags.get("dagster/failure_reason") == "STEP_FAILURE"
    if run.tags.get(AGAIN, str(not of_a_step).lower()) == "false":
        return False
    return not of_a_step or time.time() >= ended + PAUSES[len(attempts) - 1].total_seconds()
