"""Run a job in this process, recorded so that the UI shows it like its own. Imports Dagster only when called."""

import gc
import logging
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypedDict

from extractors.errors import ImpactError
from pipeline.instance import running
from pipeline.interrupts import Watch, heeded, pending
from warehouse.home import Home, writer_lock

if TYPE_CHECKING:
    from dagster import DagsterInstance
    from dagster._core.remote_origin import RemoteJobOrigin

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


class RefreshBroken(ImpactError):
    """The refresh met an error that nobody foresaw. The run in the UI has its trace."""


def launch(home: Home, job: str, choices: Sequence[Choice]) -> None:
    """Run the job once for each choice, in turn, under one hold of the writer lock.

    One that fails does not keep the others from running.

    Raises:
        HomeBusy: at once, when another process writes to this home.
        ImpactError: of one choice, why it did not get to its end; of several, how many did not. Each has been said.
        KeyboardInterrupt: somebody ended it.
    """
    home.create()
    with heeded() as watch, writer_lock(home):
        # Dagster loads some hundred thousand objects that stay; looking through them every 700 new ones takes time.
        gc.set_threshold(50_000)
        from pipeline.records import clear_old_runs, opened
        from pipeline.session import CLEARED_AT_ONCE

        # Dagster's own lines are for the UI; what a person needs to know the logger `impact` says.
        for name in ("dagster", "sqlalchemy"):  # the latter tells of an interrupt while it closes a connection
            logging.getLogger(name).setLevel(logging.CRITICAL)
        failed: list[ImpactError] = []
        with opened(home) as instance:
            for choice in choices:
                error = _attempt(home, instance, watch, job, choice)
                if error:
                    failed.append(error)
                    if len(choices) > 1:
                        log.error("%s", error)
            clear_old_runs(instance, limit=CLEARED_AT_ONCE)
    if failed and len(choices) == 1:
        raise failed[0]
    if failed:
        raise ImpactError(f"{len(failed)} of {len(choices)} sources failed; why is said above")


def _attempt(home: Home, instance: "DagsterInstance", watch: Watch, job: str, choice: Choice) -> ImpactError | None:
    try:
        _run(home, instance, watch, job, choice)
    except ImpactError as error:
        if pending():
            raise KeyboardInterrupt from None
        return error
    return None


def _run(home: Home, instance: "DagsterInstance", watch: Watch, name: str, choice: Choice) -> None:
    import dagster as dg
    from dagster._core.definitions.job_base import InMemoryJob
    from dagster._core.execution.api import execute_run
    from dagster._core.utils import make_new_run_id

    from pipeline.begin import begin
    from pipeline.definitions import defs
    from pipeline.records import end_run, usable
    from pipeline.session import run_config, under_way

    config: dict[str, Any] = run_config(**choice) | {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    run_id = make_new_run_id()
    with running(home, run_id), usable(home), begin(home, **choice, fetching=name == "refresh") as refresh:
        watch.give_up = lambda: end_run(instance, run_id)
        job = defs.resolve_job_def(name).with_top_level_resources({"refresh": under_way(refresh)})
        try:
            run = instance.create_run_for_job(
                job, run_id=run_id, run_config=config, tags=TAGS, remote_job_origin=_origin(name)
            )
            execute_run(InMemoryJob(job), run, instance, raise_on_error=True)
        except dg.DagsterExecutionInterruptedError:
            raise KeyboardInterrupt from None
        except (dg.Failure, dg.DagsterError) as error:
            raise _cause(error) from error
        finally:
            if pending():  # Dagster sees to it itself, but for the moments before and after it runs
                end_run(instance, run_id)


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


def _cause(error: BaseException) -> ImpactError:
    """The error of ours that Dagster has wrapped."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, ImpactError):
            return inner
        inner = inner.__cause__ or inner.__context__
    return RefreshBroken(f"the refresh failed: {error}; `impact ui` shows the run")
