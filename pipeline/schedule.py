"""The job `refresh`, which materialises everything, and the schedule that launches it once a day."""

from collections.abc import Iterator

import dagster as dg

from pipeline.session import run_config
from pipeline.sources import DEFAULT_SOURCE
from warehouse.archive import Archive
from warehouse.home import Home

refresh_job = dg.define_asset_job(
    "refresh",
    dg.AssetSelection.all(),
    description="Fetch a source, archive it, read it, build and check the tables, publish them.",
    config=run_config(),
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
    if any(capture.sample for capture in archive.captures()):
        yield dg.SkipReason("this home holds sample captures; live ones belong in another IMPACT_HOME")
        return
    for source in archive.sources() or [DEFAULT_SOURCE]:
        run_key = f"{source} {context.scheduled_execution_time:%Y-%m-%dT%H:%M}"
        yield dg.RunRequest(run_key, run_config=run_config(source=source), tags={"source": source})
