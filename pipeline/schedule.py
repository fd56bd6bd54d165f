"""The jobs, and what launches them: once a day, each source of the home; and what sees to runs that end badly."""

from collections.abc import Iterator

import dagster as dg

from pipeline import again
from pipeline.instance import DUE
from pipeline.records import close_killed_runs
from pipeline.session import run_config
from pipeline.sources import of_home
from warehouse.archive import Archive
from warehouse.home import Home

COLLECTIONS = "collections"
"""The group of what is read in bulk, which no refresh waits for."""

refresh_job = dg.define_asset_job(
    "refresh",
    dg.AssetSelection.all() - dg.AssetSelection.assets("archived_captures") - dg.AssetSelection.groups(COLLECTIONS),
    description="Fetch each source that the home follows, archive it, read it, build and check the tables, publish "
    "them.",
)
build_job = dg.define_asset_job(
    "build",
    dg.AssetSelection.all()
    - dg.AssetSelection.assets("archive", "archived_captures")
    - dg.AssetSelection.groups(COLLECTIONS),
    description="Read, build, check and publish again from what is in the home; no network.",
)


@dg.schedule(
    job=refresh_job,
    cron_schedule="0 6 * * *",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every day at 06:00 UTC, each source that this home follows.",
)
def daily(context: dg.ScheduleEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """Ask for one run a source; none in a home of samples, which no live capture may enter."""
    archive = Archive(Home.from_environment())
    if archive.holds_samples():
        yield dg.SkipReason("this home holds sample captures; live ones belong in another IMPACT_HOME")
        return
    for source in of_home(archive):
        run_key = f"{source} {context.scheduled_execution_time:%Y-%m-%dT%H:%M}"
        tags = {"source": source, DUE: run_key}
        yield dg.RunRequest(run_key, run_config=run_config(source=source), tags=tags)


@dg.sensor(
    job=refresh_job,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Closes runs whose process was killed, for which others would wait for ever, and launches again, some "
    "times, what the schedule asked for that day and did not get to its end.",
)
def unfinished_runs(context: dg.SensorEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """Close dead runs; ask for what is to be launched again."""
    closed = close_killed_runs(Home.from_environment(), context.instance)
    requests = list(again.requests(context.instance))
    yield from requests
    if not requests:
        yield dg.SkipReason(f"closed {', '.join(closed)}" if closed else "no run of the day is to be launched again")
