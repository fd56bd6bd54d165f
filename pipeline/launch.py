"""Run the job `refresh` in this process, recorded so that the UI shows it. Imports Dagster only when called."""

import gc
import logging
from typing import Any

from extractors.errors import ImpactError
from pipeline.instance import prepared
from warehouse.home import Home

LOCATION = "pipeline.definitions"
"""Name of the code location under `impact ui`; runs are listed on a job's page by it."""


class RefreshBroken(ImpactError):
    """The refresh met an error that nobody foresaw. The run in the UI has its trace."""


class RecordsUnusable(ImpactError):
    """The run history is damaged or the disk is full. The folder can be deleted; the published release is untouched."""


def launch(home: Home, source: str | None, card: str | None, *, sample: bool, full: bool = False) -> None:
    """Run one refresh to its end.

    Raises:
        ImpactError: it did not get there; the message says why.
    """
    with prepared(home):
        _run(home, source, card, sample=sample, full=full)


def _run(home: Home, source: str | None, card: str | None, *, sample: bool, full: bool) -> None:
    # Dagster loads some hundred thousand objects that stay; looking through them every 700 new ones takes time.
    gc.set_threshold(50_000)
    import dagster as dg
    from sqlalchemy.exc import DBAPIError  # of Dagster's records, which are kept in SQLite

    from pipeline.definitions import defs
    from pipeline.session import run_config

    config: dict[str, Any] = run_config(source, card, sample=sample, full=full)
    # Dagster's own lines are for the UI; what a person needs to know the logger `impact` says.
    config["loggers"] = {"console": {"config": {"log_level": "CRITICAL"}}}
    logging.getLogger("dagster").setLevel(logging.CRITICAL)
    job = defs.resolve_job_def("refresh")
    tags = {".dagster/repository": f"__repository__@{LOCATION}"}
    try:
        with dg.DagsterInstance.get() as instance:
            job.execute_in_process(instance=instance, run_config=config, tags=tags)
    except dg.DagsterExecutionInterruptedError:
        raise KeyboardInterrupt from None
    except (dg.Failure, dg.DagsterError) as error:
        raise _cause(error) from error
    except DBAPIError as error:
        raise RecordsUnusable(
            f"cannot use Dagster's records in {home.dagster}: {error.orig}; free space or delete that folder, "
            "then run again"
        ) from error


def _cause(error: BaseException) -> ImpactError:
    """The error of ours that Dagster has wrapped."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, ImpactError):
            return inner
        inner = inner.__cause__ or inner.__context__
    return RefreshBroken(f"the refresh failed: {error}; `impact ui` shows the run")
