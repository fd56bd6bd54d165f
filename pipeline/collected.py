"""Collections that are read in bulk, as Dagster's: a partition each, of an asset that is there when there are any.

They are named in the settings of the home. What comes of one lies in `collections/NAME/` of the home; the work is done
by this machine's cores or by a Dask cluster, never by a scheduler of ours.
"""

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

import dagster as dg
from dagster._core.errors import raise_execution_interrupts
from pydantic import Field

from extractors.errors import ImpactError
from pipeline import sources
from pipeline.instance import running
from pipeline.interrupts import noted
from pipeline.partitions import COLLECTED
from pipeline.records import end_run
from pipeline.schedule import COLLECTIONS
from pipeline.tables import OWNERS, table_of
from warehouse import settings
from warehouse.archive import Archive
from warehouse.home import Home

if TYPE_CHECKING:
    from warehouse.bulk.job import Tally

log = logging.getLogger("impact")


class CollectionConfig(dg.Config):
    """How a collection is read."""

    engine: str = Field(
        default="local", description="local, every core of this machine; or dask://HOST:PORT, a cluster."
    )
    cards: str = Field(
        default="", description="A folder of source cards, beside the bundled ones and those of the home; empty: none."
    )


def assets() -> list[dg.AssetsDefinition]:
    """The asset of the collections that the home names; none where it names none, or its settings cannot be used."""
    try:
        named = settings.load(Home.from_environment()).collections
    except ImpactError as error:
        log.warning("%s; no collection is read", error)
        return []
    return [_asset(named)] if named else []


def _asset(named: dict[str, str]) -> dg.AssetsDefinition:
    @dg.asset(
        key=COLLECTED,
        partitions_def=dg.StaticPartitionsDefinition(list(named)),
        group_name=COLLECTIONS,
        kinds={"python", "parquet"},
        owners=OWNERS,
        tags={"layer": "collections", "published": "no"},
    )
    def collection_facts(
        context: dg.AssetExecutionContext, config: CollectionConfig
    ) -> Iterator[dg.MaterializeResult[None]]:
        """What every page of a web-archive collection says: facts, numerals and passages, as Parquet.

        A run reads what no run before has read. Which collections there are stands in `settings.yaml` of the home.
        """
        home, name = Home.from_environment(), context.partition_key
        home.create()
        try:
            with noted() as watch, running(home, context.run.run_id), raise_execution_interrupts():
                watch.give_up = lambda: end_run(context.instance, context.run.run_id, if_asked=True)
                tally = _read(home, name, named[name], config)
        except ImpactError as error:
            raise dg.Failure(str(error), allow_retries=False) from error
        yield dg.MaterializeResult(metadata=_told(tally, named[name], str(home.collections / name)))

    return collection_facts


def _read(home: Home, name: str, files: str, config: CollectionConfig) -> "Tally":
    from pipeline.bulk import texts_of  # loads DuckDB and the reader
    from warehouse.bulk.engines import engine_of
    from warehouse.bulk.job import run

    own = {source: one.text for source in Archive(home).sources() if (one := sources.known(home, source))}
    cards = texts_of(config.cards or None, own)
    tally = run(files, str(home.collections / name), cards, engine_of(config.engine))
    if tally.troubles:
        raise ImpactError(f"{len(tally.troubles):,} files could not be read now; the first: {tally.troubles[0]}")
    return tally


def _told(tally: "Tally", files: str, out: str) -> dict[str, dg.MetadataValue]:
    """What has come of a run: numbers that the UI plots over time."""
    return {
        "pages": dg.MetadataValue.int(tally.pages),
        "facts": dg.MetadataValue.int(tally.facts),
        "failures": dg.MetadataValue.int(tally.failures),
        "slices_read_before": dg.MetadataValue.int(tally.known),
        "seconds": dg.MetadataValue.float(round(tally.seconds, 1)),
        "records": table_of(["what became of them", "records"], sorted(tally.records.items())),
        "files": dg.MetadataValue.text(files),
        "folder": dg.MetadataValue.path(out),
    }
