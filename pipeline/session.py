"""One refresh as a Dagster resource: it begins before the first step of a run and ends after the last.

The steps of a run share it, since they run in one process; so the writer lock is held from the first to the last.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import dagster as dg
from dagster._core.errors import raise_execution_interrupts
from pydantic import Field

from pipeline import again
from pipeline.begin import begin
from pipeline.instance import DUE, running
from pipeline.interrupts import noted
from pipeline.partitions import follow
from pipeline.records import clear_old_runs, close_killed_runs, end_run
from pipeline.refresh import Refresh
from warehouse import refreshes
from warehouse.home import Home, HomeBusy, writer_lock

WAIT_SECONDS = 600.0
"""How long a run of the schedule or of the UI waits for its turn when the home is being written to."""
RETRIES = {"dagster/max_retries": "3", "dagster/retry_strategy": "ALL_STEPS"}
"""Tags of a run of the UI whose turn did not come: Dagster launches it again. For those of the schedule see `again`."""
CLEARED_AT_ONCE = 50
"""The end of a refresh clears no more old runs than this: a home that was never cleared is not cleared in one go."""


class RefreshConfig(dg.Config):
    """What a run of the UI may be told; what is left as it is follows from the home."""

    source: str = Field(
        default="", description="A bundled source, or one of this home; empty: all that the home follows."
    )
    card: str = Field(default="", description="Path of a source card, instead of a source; empty: none.")
    sample: bool | None = Field(
        default=None, description="Take the card's bundled sample editions; by default in a home of samples."
    )
    full: bool = Field(default=False, description="Ask for the whole page, whatever was cached.")
    only_new: bool = Field(
        default=False, description="Build nothing when the published release tells all that the archive holds."
    )
    wait_seconds: float = Field(
        default=WAIT_SECONDS, ge=0, description="How long to wait while the home is being written to."
    )


@dg.resource(
    config_schema=RefreshConfig.to_config_schema(),
    description="One refresh of the home that IMPACT_HOME names, its lock held.",
)
def refresh_session(context: dg.InitResourceContext) -> Iterator[Refresh]:
    """Hold a refresh open for a run that the UI or the schedule launched."""
    home, config = Home.from_environment(), RefreshConfig(**context.resource_config)
    instance, run = context.instance, context.run
    if instance is None or run is None:
        raise dg.DagsterInvariantViolationError("a refresh is a run of a job")
    home.create()
    with noted() as watch, running(home, run.run_id), _turn(home, instance, run, config):
        watch.give_up = lambda: end_run(instance, run.run_id, if_asked=True)
        close_killed_runs(home, instance)
        fetching = run.step_keys_to_execute is None or "archive" in run.step_keys_to_execute
        with begin(
            home, config.source or None, config.card or None, fetching=fetching, sample=config.sample, full=config.full
        ) as refresh:
            refresh.only_new = config.only_new
            yield refresh
            asked = instance.get_run_by_id(run.run_id)
            if asked and asked.status == dg.DagsterRunStatus.CANCELING:
                refresh.interrupted()
            follow(instance, refresh.archive)
        clear_old_runs(instance, limit=CLEARED_AT_ONCE)


def under_way(refresh: Refresh) -> dg.ResourceDefinition:
    """The resource of a run whose refresh was begun before it, by the command line."""
    return dg.ResourceDefinition(lambda _: refresh, config_schema=RefreshConfig.to_config_schema())


@contextmanager
def _turn(home: Home, instance: dg.DagsterInstance, run: dg.DagsterRun, config: RefreshConfig) -> Iterator[None]:
    """The home's writer lock, once it is free; when that takes too long, on record and to be launched again."""
    with ExitStack() as stack:
        try:
            with raise_execution_interrupts():  # else the UI could not end a run that waits
                stack.enter_context(writer_lock(home, config.wait_seconds))
        except HomeBusy as error:
            detail = f"waited {config.wait_seconds:,.0f} seconds for its turn: {error}"
            missed = refreshes.Refresh(
                at=dt.datetime.now(dt.UTC), outcome="failed", source=config.source or None, detail=detail
            )
            refreshes.record(home, missed)
            instance.add_run_tags(run.run_id, {} if DUE in run.tags else RETRIES)
            raise
        except dg.DagsterExecutionInterruptedError:
            again.leave(instance, run.run_id)
            raise
        yield


def run_config(
    source: str | None = None,
    card: str | None = None,
    *,
    sample: bool | None = None,
    full: bool | None = None,
    only_new: bool | None = None,
) -> dict[str, Any]:
    """Run config of a job, only of what is chosen: the rest follows from the home."""
    chosen = {"source": source, "card": card, "sample": sample, "full": full, "only_new": only_new}
    return {"resources": {"refresh": {"config": {name: one for name, one in chosen.items() if one is not None}}}}
