"""Run a job in this process, recorded so that the UI shows it like its own. Imports Dagster only when called."""

import gc
import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from extractors.errors import ImpactError
from pipeline.instance import running
from pipeline.interrupts import Watch, heeded, pending
from pipeline.progress import Steps, unwatched
from warehouse.home import FULL, Home, HomeUnwritable, writer_lock

if TYPE_CHECKING:
    from dagster import DagsterInstance
    from dagster._core.remote_origin import RemoteJobOrigin

    from pipeline.refresh import Refresh

log = logging.getLogger("impact")

LOCATION = "pipeline.definitions"
"""Name of the code location under `impact ui`; runs are listed in the UI by it."""
TAGS = {".dagster/repository": f"__repository__@{LOCATION}"}


class Choice(TypedDict, total=False):
    """What one run is for; what is not chosen follows from the home."""

    source: str | None
    card: str | None
    sample: bool | None
    full: bool


@dataclass(frozen=True, slots=True)
class Addition:
    """A run that adds captures of the past: a job of one step, and what that step is told."""

    job: str
    step: str
    config: Mapping[str, Any]
    sources: tuple[str, ...] = ()
    """Whose partitions are asked for; none by a job that has no partitions."""
    years: tuple[int | None, int | None] = (None, None)
    """The first and the last crawl year of the partitions; either may be open."""


class RefreshBroken(ImpactError):
    """The refresh met an error that nobody foresaw. The run in the UI has its trace."""


def launch(home: Home, job: str, choices: Sequence[Choice], progress: Steps = unwatched) -> None:
    """Run the job once for each choice, in turn, under one hold of the writer lock.

    One that fails does not keep the others from running.

    Raises:
        HomeBusy: at once, when another process writes to this home.
        ImpactError: of one choice, why it did not get to its end; of several, how many did not. Each has been said.
        KeyboardInterrupt: somebody ended it.
    """
    failed: list[ImpactError] = []
    with _recording(home) as (instance, watch):
        from pipeline.begin import begin
        from pipeline.records import usable
        from pipeline.session import run_config

        untold: set[str] = set()
        for number, choice in enumerate(choices, 1):
            try:
                with usable(home), begin(home, **choice, fetching=job == "refresh") as refresh:
                    refresh.progress, refresh.untold, refresh.more_follow = progress, untold, number < len(choices)
                    _run(refresh, instance, watch, job, run_config(**choice))
                if refresh.outcome in ("published", "pinned"):
                    untold = set()
            except ImpactError as error:
                if pending():
                    raise KeyboardInterrupt from None
                failed.append(error)
                if len(choices) > 1:
                    log.error("%s", error)
        if untold:  # the last, which should have told of them, failed
            with usable(home), begin(home, fetching=False) as refresh:
                refresh.only_new = True
                _run(refresh, instance, watch, "build", run_config(only_new=True))
    if failed and len(choices) == 1:
        raise failed[0]
    if failed:
        raise ImpactError(f"{len(failed)} of {len(choices)} sources failed; why is said above")


def launch_addition(home: Home, addition: Addition, choice: Choice, progress: Steps) -> None:
    """Add captures of the past in one run, and build what they tell in a second, under one hold of the writer lock.

    What a run has added that failed halfway is built and published all the same, unless the disk refused: then the
    last release stays, and the next run goes on.

    Raises:
        HomeBusy: at once, when another process writes to this home.
        ImpactError: why not all was added, or why it cannot be published.
        KeyboardInterrupt: somebody ended it.
    """
    with _recording(home) as (instance, watch):
        from pipeline.begin import begin
        from pipeline.records import usable
        from pipeline.session import run_config

        with usable(home), begin(home, **choice, fetching=False) as refresh:
            refresh.only_new, refresh.progress = True, progress
            config = run_config(**choice, only_new=True)
            added = {name: one for name, one in addition.config.items() if one is not None}
            failed: ImpactError | None = None
            try:
                ops = {addition.step: {"config": added}}
                tags = _partitions(refresh, instance, addition)
                _run(refresh, instance, watch, addition.job, config | {"ops": ops}, tags)
            except ImpactError as error:
                if pending():
                    raise KeyboardInterrupt from None
                if isinstance(error, HomeUnwritable):
                    raise
                failed = error
            if refresh.archive.captures():
                try:
                    _run(refresh, instance, watch, "build", config)
                except ImpactError:
                    if failed and not pending():
                        log.error("%s", failed)
                    raise
                if failed:
                    raise type(failed)(f"{failed}; what was had is published") from failed
            elif failed:
                raise failed
            else:
                refresh.outcome = "unchanged"
                log.info("there is nothing to build")


@contextmanager
def _recording(home: Home) -> Iterator[tuple["DagsterInstance", Watch]]:
    """The home's writer lock and Dagster's records of it, until the block ends; a signal ends the block."""
    home.create()
    with heeded() as watch, writer_lock(home):
        # Dagster loads some hundred thousand objects that stay; looking through them every 700 new ones takes time.
        gc.set_threshold(50_000)
        from pipeline.partitions import follow
        from pipeline.records import clear_old_runs, opened
        from pipeline.session import CLEARED_AT_ONCE
        from warehouse.archive import Archive

        # Dagster's own lines are for the UI; what a person needs to know the logger `impact` says.
        for name in ("dagster", "sqlalchemy"):  # the latter tells of an interrupt while it closes a connection
            logging.getLogger(name).setLevel(logging.CRITICAL)
        with opened(home) as instance:
            try:
                yield instance, watch
            finally:
                if not pending():
                    follow(instance, Archive(home))
                    clear_old_runs(instance, limit=CLEARED_AT_ONCE)


def _run(
    refresh: "Refresh",
    instance: "DagsterInstance",
    watch: Watch,
    name: str,
    config: dict[str, Any],
    tags: Mapping[str, str] | None = None,
) -> None:
    """One run of a job, with a refresh that is under way as its resource."""
    import dagster as dg
    from dagster._core.definitions.job_base import InMemoryJob
    from dagster._core.execution.api import execute_run
    from dagster._core.utils import make_new_run_id

    from pipeline.definitions import defs
    from pipeline.records import end_run
    from pipeline.session import under_way

    run_id = make_new_run_id()
    with running(refresh.home, run_id):
        watch.give_up = lambda: end_run(instance, run_id)
        job = defs.resolve_job_def(name).with_top_level_resources({"refresh": under_way(refresh)})
        try:
            run = instance.create_run_for_job(
                job,
                run_id=run_id,
                run_config=config | {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
                tags={**TAGS, **(tags or {})},
                remote_job_origin=_origin(name),
            )
            execute_run(InMemoryJob(job), run, instance, raise_on_error=True)
        except dg.DagsterExecutionInterruptedError:
            raise KeyboardInterrupt from None
        except (dg.Failure, dg.DagsterError) as error:
            raise _cause(refresh.home, error) from error
        finally:
            if pending():  # Dagster sees to it itself, but for the moments before and after it runs
                end_run(instance, run_id)


def _partitions(refresh: "Refresh", instance: "DagsterInstance", addition: Addition) -> dict[str, str]:
    """The tags by which Dagster knows the partitions of a run."""
    if not addition.sources:
        return {}
    from dagster._core.storage.tags import ASSET_PARTITION_RANGE_END_TAG, ASSET_PARTITION_RANGE_START_TAG

    from pipeline.partitions import spread

    parts = spread(instance, refresh.archive, addition.sources, *addition.years)
    return {ASSET_PARTITION_RANGE_START_TAG: str(parts.start), ASSET_PARTITION_RANGE_END_TAG: str(parts.end)}


def _origin(job: str) -> "RemoteJobOrigin":
    """Where the UI finds the job: with it a run stands among those that the UI launched, and can be launched again."""
    from dagster._core.remote_origin import (
        ManagedGrpcPythonEnvCodeLocationOrigin,
        RemoteJobOrigin,
        RemoteRepositoryOrigin,
    )
    from dagster._core.types.loadable_target_origin import LoadableTargetOrigin

    target = LoadableTargetOrigin(executable_path=sys.executable, module_name=LOCATION)
    location = ManagedGrpcPythonEnvCodeLocationOrigin(target, location_name=LOCATION)
    return RemoteJobOrigin(RemoteRepositoryOrigin(location, "__repository__"), job)


def _cause(home: Home, error: BaseException) -> ImpactError:
    """The error of ours that Dagster has wrapped, or what it tells of where there is no room."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, ImpactError):
            return inner
        if isinstance(inner, OSError) and inner.errno in FULL:
            return HomeUnwritable.because(Path(inner.filename or home.root), inner)
        inner = inner.__cause__ or inner.__context__
    return RefreshBroken(f"the refresh failed: {error}; `impact ui` shows the run")
