"""Captures of the past as Dagster's: partitions that a web archive fills, or files of other tools, and what follows.

A run of either adds captures and no more; a run of the job `build` follows, from the command line or by the sensor.
"""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
from dagster._core.storage.dagster_run import IN_PROGRESS_RUN_STATUSES
from pydantic import Field

from extractors.errors import ImpactError
from pipeline import sources
from pipeline.assets import READINGS, reported
from pipeline.backfill import backfill, web_archive
from pipeline.importing import Files, import_files
from pipeline.pages import moment
from pipeline.partitions import FIRST_YEAR, PARTS, YEARS, part, split
from pipeline.refresh import Refresh
from pipeline.schedule import build_job
from pipeline.session import run_config
from pipeline.tables import OWNERS, markdown_text
from pipeline.web_captures import Backfill, Years
from warehouse.archive import Archive
from warehouse.home import Home, HomeUnwritable
from warehouse.web_archive import Throttled

ADDS = {"impact/adds": "captures"}
"""Tag of a run that adds captures and builds nothing of them."""


class ArchiveConfig(dg.Config):
    """Which web archive is asked, and how."""

    archive: str | None = Field(
        default=None,
        description="Address of a pywb collection, such as http://127.0.0.1:8080/my-collection; the Wayback Machine "
        "when none is given, and in a home of samples the bundled archive.",
    )
    rate: float | None = Field(
        default=None,
        gt=0,
        description="At most so many requests a minute; 24 to the Wayback Machine, 60 to other hosts, when not given.",
    )


@dg.asset(
    partitions_def=PARTS,
    backfill_policy=dg.BackfillPolicy.single_run(),
    group_name="archive",
    kinds={"python", "file"},
    owners=OWNERS,
    tags={"layer": "archive", "published": "no"},
)
def archived_captures(
    context: dg.AssetExecutionContext, config: ArchiveConfig, refresh: dg.ResourceParam[Refresh]
) -> Iterator[dg.MaterializeResult[None]]:
    """What a web archive kept of each source's page, by the year in which it was crawled; fetched once, immutable.

    A run lists the captures of the chosen partitions and fetches those that the home does not hold. Stopped, it goes on
    from there in the next run. `impact import` adds to the partitions what files of other tools hold. The readings, the
    tables and the release follow in a run of the job `build`.
    """
    with reported(refresh):
        if not (context.has_partition_key or context.has_partition_key_range):
            context.log.info("no partition was chosen: no web archive is asked for anything")
            yield dg.MaterializeResult()
            return
        names, crawled = split(context.partition_keys)
        failed: dict[str, ImpactError] = {}
        works: dict[str, Backfill] = {}
        context.instance.add_run_tags(context.run.run_id, ADDS)
        for name in names:
            try:
                _fill(refresh, name, config, _span(crawled), works)
            except Throttled as error:
                failed[name] = error
                break  # the next source is asked for of the same archive
            except HomeUnwritable:
                raise  # no other source would fare better
            except ImpactError as error:
                failed[name] = error
        told = [f"{name}: {work.tally}" for name, work in works.items()]
        refresh.outcome, refresh.detail = "archived", "; ".join(told)
        for name, work in works.items():
            for year in crawled:
                if not failed:
                    context.add_asset_metadata(_told(refresh, work, name, year), context.asset_key, part(name, year))
                elif work.completed(year):
                    context.log_event(
                        dg.AssetMaterialization(
                            context.asset_key, partition=part(name, year), metadata=_told(refresh, work, name, year)
                        )
                    )
        if failed:
            left = [name for name in names if name not in works and name not in failed]
            raise _together(failed, left, len(names))
        yield dg.MaterializeResult()


def _fill(refresh: Refresh, name: str, config: ArchiveConfig, crawled: Years, works: dict[str, Backfill]) -> None:
    if name in refresh.failed:
        raise refresh.failed[name]
    asked = {one.card.id: one for one in refresh.asked}
    chosen = asked.get(name) or sources.followed(refresh.home, name)
    with web_archive(refresh.home, chosen.card, config.archive, config.rate, sample=refresh.sample) as web:
        works[name] = Backfill(refresh.home, chosen.card, web, sample=refresh.sample)
        backfill(refresh, works[name], chosen, web, crawled)


def _span(crawled: list[str]) -> Years:
    """The chosen years. Before the first partition and after the last there is nothing that could be left out."""
    first, last = int(crawled[0]), int(crawled[-1])
    this_year = int(YEARS.get_partition_keys()[-1])
    return Years(first if first > FIRST_YEAR else None, last if last < this_year else None)


def _told(refresh: Refresh, work: Backfill, source: str, year: str) -> dict[str, dg.MetadataValue]:
    """What became of the captures of one partition."""
    tally = work.tallies[year]
    told: dict[str, dg.MetadataValue] = {
        "fetched": dg.MetadataValue.int(tally.kept),
        "same_bytes": dg.MetadataValue.int(tally.repeated),
        "kept_before": dg.MetadataValue.int(tally.known),
        "not_kept": dg.MetadataValue.int(tally.missed.total()),
        "archive": dg.MetadataValue.text(work.host),
        "folder": dg.MetadataValue.path(str(refresh.home.archive / source)),
    }
    if tally.missed:
        told["not_kept_because"] = dg.MetadataValue.md(markdown_text(tally.reasons()))
    return told


def _together(failed: dict[str, ImpactError], left: list[str], asked: int) -> ImpactError:
    """The errors of several sources as one; that of one source alone is itself."""
    if asked == 1:
        (error,) = failed.values()
        return error
    lines = [f"{name}: {error}" for name, error in failed.items()]
    lines += [f"not asked for: {', '.join(left)}"] if left else []
    return ImpactError("; ".join(lines))


class FilesConfig(dg.Config):
    """Which files are imported, and as what."""

    files: list[str] = Field(description="Paths of WARC or WACZ files, or of one page as a browser saved it.")
    source: str | None = Field(default=None, description="Only pages of this source; of all that the home follows.")
    card: str | None = Field(default=None, description="Path of a source card, instead of a source.")
    url: str | None = Field(default=None, description="Where a saved page stood.")
    captured_at: str | None = Field(default=None, description="When a saved page was shown, ISO 8601.")


@dg.op(name="imported_files")
def imported_files(context: dg.OpExecutionContext, config: FilesConfig, refresh: dg.ResourceParam[Refresh]) -> None:
    """Take captures of followed pages from files, and put them into the archive."""
    with reported(refresh):
        context.instance.add_run_tags(context.run.run_id, ADDS)
        chosen = sources.followed(refresh.home, config.source, config.card) if config.source or config.card else None
        shown = moment(config.captured_at) if config.captured_at else None
        files = Files.of(refresh.home, [Path(name) for name in config.files], chosen, config.url, shown)
        by_year, damage = import_files(refresh, files)
        for (source, year), told in sorted(by_year.items()):
            context.log_event(
                dg.AssetMaterialization(
                    archived_captures.key, partition=part(source, str(year)), metadata={"imported": told["new"], **told}
                )
            )
        refresh.outcome = "archived"
        if damage:
            raise damage


@dg.job(
    name="import_files",
    description="Take captures of followed pages from WARC and WACZ files, or a saved page; the job `build` follows.",
)
def import_job() -> None:
    """Import, from the launchpad."""
    imported_files()


backfill_job = dg.define_asset_job(
    "backfill",
    dg.AssetSelection.assets(archived_captures),
    description="Fetch what a web archive kept of some sources in some years; the job `build` follows.",
)


@dg.sensor(
    job=build_job,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Builds and publishes what a backfill or an import of the UI has added, once no run is at work.",
)
def build_follows(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Ask for one build after the last run that added captures, also one that failed halfway."""
    ended = dg.RunsFilter(statuses=[dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE], tags=ADDS)
    added = context.instance.get_run_records(ended, limit=1)
    if not added:
        return dg.SkipReason("no run has added captures of the past")
    run = added[0].dagster_run
    read = context.instance.get_latest_materialization_event(READINGS.key)
    if read and (read.run_id == run.run_id or read.timestamp > (added[0].end_time or 0)):
        return dg.SkipReason("what was added has been read")
    if context.instance.get_run_records(dg.RunsFilter(statuses=IN_PROGRESS_RUN_STATUSES), limit=1):
        return dg.SkipReason("a run is at work")
    if not Archive(Home.from_environment()).captures():
        return dg.SkipReason("nothing was added")
    return dg.RunRequest(run.run_id, run_config=run_config(only_new=True))
