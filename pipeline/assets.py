"""The assets, in the way of the data: archive, readings, the tables of the SQL models, release.

Each step here calls one step of `refresh` and tells Dagster what came of it. The tables share one candidate database,
so they are built by one step; they are published together or not at all.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg

from extractors.errors import ImpactError
from pipeline import again, notice
from pipeline.checks import FIT, LATELY, audit_result, audit_spec, seen_lately, still_passed, verdict
from pipeline.refresh import RETRIEVED, WAITING, Refresh, Refused
from pipeline.tables import OWNERS, table_key, table_metadata, table_of, table_spec
from warehouse.models import load_audits, load_models
from warehouse.notices import TOLD
from warehouse.refreshes import DONE
from warehouse.release import Release, current

TABLES = [table_spec(model) for model in load_models()]
LAST_TABLES = sorted({spec.key for spec in TABLES} - {dep.asset_key for spec in TABLES for dep in spec.deps})
"""The tables that no other table is made from."""
TABLE_CHECKS = [audit_spec(audit) for audit in load_audits()]
READINGS = dg.AssetSpec(
    "readings",
    deps=["archive", "archived_captures"],
    group_name="reading",
    owners=OWNERS,
    tags={"layer": "readings", "published": "no"},
    kinds={"python", "parquet"},
    description="What each fit capture says: its passages, numerals and facts, packed as Parquet.",
    skippable=True,
)
RELEASE = dg.AssetSpec(
    "release",
    deps=LAST_TABLES,
    group_name="release",
    owners=OWNERS,
    tags={"layer": "release", "published": "yes"},
    kinds={"duckdb"},
    description="The published database, that analysts open read-only at `impact.duckdb`: moved in place by one "
    "rename. What its editions say anew stands below as `news`.",
    freshness_policy=dg.FreshnessPolicy.time_window(
        warn_window=dt.timedelta(hours=26), fail_window=dt.timedelta(hours=50)
    ),
    skippable=True,
)

SHOWN = 100
"""Captures that the record of a run tells of: those that it read, and the latest."""
Results = Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]


@contextmanager
def reported(refresh: Refresh) -> Iterator[None]:
    """Turn what a user or a web page can cause into a failed step with one line, and keep that line on record."""
    try:
        yield
    except ImpactError as error:
        if refresh.outcome not in DONE:  # else it is the end, which tells of the sources that failed before
            refresh.outcome = "refused" if isinstance(error, Refused) else "failed"
            refresh.detail = str(error)
        again.mark(refresh.may_be_over_soon)
        raise dg.Failure(str(error), allow_retries=False) from error
    except dg.DagsterExecutionInterruptedError:
        refresh.interrupted()
        raise


@dg.asset(group_name="archive", kinds={"python", "file"}, owners=OWNERS, tags={"layer": "archive", "published": "no"})
def archive(refresh: dg.ResourceParam[Refresh]) -> Results:
    """Every retrieval of every source, as it came: WARC files, immutable. All else is derived from it."""
    with reported(refresh):
        captured = refresh.capture()
        names = ["captured_at", "url", "status", "record", "bytes", "sha256"]
        rows = [(c.captured_at, c.url, c.status, c.record_type, c.size, c.sha256) for c in captured]
        new = sum(capture.record_type == "response" for capture in captured)
        yield dg.MaterializeResult(
            metadata={
                "captures": len(refresh.archive.captures()),
                "new_captures": new,
                "checked_unchanged": len(captured) - new,
                "this_refresh": table_of(names, rows),
                "folder": dg.MetadataValue.path(str(refresh.home.archive)),
            }
        )


@dg.multi_asset(specs=[READINGS], check_specs=[FIT], can_subset=True)
def readings(context: dg.AssetExecutionContext, refresh: dg.ResourceParam[Refresh]) -> Results:
    """Judge every capture and read those that were not read yet."""
    with reported(refresh):
        survey = refresh.read()
        if READINGS.key in context.selected_asset_keys:
            names = ["source", "capture", "statistics", "read now", "says the same as", "refused"]
            # Of all of them, each run's record would grow with the archive.
            rows = [
                (one.capture.source, one.capture.capture_id, one.statistics, one.fresh, one.sighting_of, one.refused)
                for one in survey.foremost(SHOWN)
            ]
            yield dg.MaterializeResult(
                asset_key=READINGS.key,
                # Else every reading would seem a new one to the tables, which are not built again when nothing is.
                data_version=dg.DataVersion(refresh.statements),
                metadata={
                    "readings": len(survey.readings),
                    "statistics": sum(one.statistics for one in survey.responses if one.place),
                    "refused": sum(one.refused is not None for one in survey.responses),
                    "latest_captures": table_of(names, rows),
                    "folder": dg.MetadataValue.path(str(refresh.home.facts)),
                },
            )
        unfit = refresh.unfit()
        if FIT.key in context.selected_asset_check_keys:
            blocks = refresh.fetching and unfit.keys() >= set(refresh.source_ids)
            yield verdict(FIT, "; ".join(map(str, unfit.values())) or None, blocks=blocks)
        refresh.leave(unfit)


@dg.multi_asset(specs=TABLES, check_specs=TABLE_CHECKS, can_subset=True)
def tables(context: dg.AssetExecutionContext, refresh: dg.ResourceParam[Refresh]) -> Results:
    """Build every table in a fresh candidate database and audit them; nothing, when no input has changed."""
    with reported(refresh):
        if not refresh.statements:  # launched without the steps before
            refresh.read()
        if refresh.nothing_to_build():
            # Else the UI would show the checks of this run as never made.
            for spec in TABLE_CHECKS:
                if spec.blocking and spec.key in context.selected_asset_check_keys:
                    yield still_passed(spec, refresh.published)
            refresh.settle()
            return
        from pipeline import building  # loads DuckDB
        from warehouse.build import run_audits

        kept = {} if _runs(context, "release") else {"published": "no: built and checked, and release was not selected"}
        with building.building(refresh) as con:
            for model, rows in building.tables(refresh, con):
                if table_key(model.table) in context.selected_asset_keys:
                    told = table_metadata(con, model, rows)
                    yield dg.MaterializeResult(asset_key=table_key(model.table), metadata={**told, **kept})
            audits = run_audits(con)
            for audit, spec in zip(audits, TABLE_CHECKS, strict=True):
                if spec.key in context.selected_asset_check_keys:
                    yield audit_result(spec, audit)
            if context.selected_asset_keys:  # else a check was executed alone
                building.finish(refresh, con, audits)


@dg.multi_asset(specs=[RELEASE], check_specs=[LATELY], can_subset=True)
def release(context: dg.AssetExecutionContext, refresh: dg.ResourceParam[Refresh]) -> Results:
    """Publish what was built, or find that what is published says all there is."""
    with reported(refresh):
        published: Release | None
        if RELEASE.key in context.selected_asset_keys:
            published = refresh.publish() if refresh.candidate else refresh.standing()
            if published:
                yield dg.MaterializeResult(asset_key=RELEASE.key, metadata=_told(refresh, published))
        else:
            published = current(refresh.home)
        if published and LATELY.key in context.selected_asset_check_keys:
            yield seen_lately(published.summary.get(RETRIEVED))
        refresh.settle()


def _told(refresh: Refresh, published: Release) -> dict[str, Any]:
    """What is new with the release, in words, and what it holds, in numbers that the UI plots over time."""
    lines = list(notice.lines(refresh.news))
    counts = {name: sum(one.counts.get(name, 0) for one in refresh.news) for name in TOLD}
    return {
        "news": table_of(["what is new"], [[line] for line in lines or ["No edition says anything new."]]),
        **{f"figures_{name}": count for name, count in counts.items()},
        "facts": published.summary["facts"],
        "captures": published.summary["captures"],
        **({WAITING: published.summary[WAITING]} if WAITING in published.summary else {}),
        "bytes": published.size,
        "release": published.id,
        "sha256_begins": published.sha256[:16],  # all of it would make the table too wide to be read
        "database": dg.MetadataValue.path(str(refresh.home.published)),
    }


def _runs(context: dg.AssetExecutionContext, step: str) -> bool:
    """Whether a step is part of the run."""
    steps = context.run.step_keys_to_execute
    return steps is None or step in steps
