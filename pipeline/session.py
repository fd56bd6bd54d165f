"""One refresh as a Dagster resource: it begins before the first step of a run and ends after the last.

The steps of a run share it, since they run in one process; so the writer lock is held from the first to the last.
"""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipeline.refresh import Refresh, begin
from pipeline.sources import DEFAULT_SOURCE, followed
from warehouse.home import Home

CONFIG = {
    "source": dg.Field(dg.Noneable(str), default_value=None, description="A bundled source, or one of this home."),
    "card": dg.Field(dg.Noneable(str), default_value=None, description="Path of a source card, instead of a source."),
    "sample": dg.Field(bool, default_value=False, description="Take the card's bundled sample editions."),
    "full": dg.Field(bool, default_value=False, description="Ask for the whole page, whatever was cached."),
}


@dg.resource(config_schema=CONFIG, description="One refresh of the home that IMPACT_HOME names, its lock held.")
def refresh_session(context: dg.InitResourceContext) -> Iterator[Refresh]:
    """Hold a refresh open for the run."""
    home = Home.from_environment()
    config = context.resource_config
    chosen = followed(home, config["source"], config["card"])
    with begin(home, chosen, sample=config["sample"], full=config["full"]) as refresh:
        if context.instance and context.run:
            _close_killed_runs(context.instance, context.run.run_id)
        yield refresh


def _close_killed_runs(instance: dg.DagsterInstance, own_run_id: str) -> None:
    """Record as failed what was killed: whoever holds the writer lock knows that no other run is alive."""
    started = dg.RunsFilter(job_name="refresh", statuses=[dg.DagsterRunStatus.STARTED])
    for run in instance.get_runs(started):
        if run.run_id != own_run_id:
            instance.report_run_failed(run, "the process was killed")


def run_config(
    source: str | None = None, card: str | None = None, *, sample: bool = False, full: bool = False
) -> dict[str, Any]:
    """Run config of the job `refresh`; the default source when neither a source nor a card is named."""
    named = {"card": card} if card else {"source": source or DEFAULT_SOURCE}
    return {"resources": {"refresh": {"config": named | {"sample": sample, "full": full}}}}
