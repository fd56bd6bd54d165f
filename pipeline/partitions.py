"""How captures of the past are parted for Dagster: by source, and by crawl year, which the time of a capture tells.

The edition that a capture speaks of is known only once it is read; it is a column of the tables.
"""

from collections.abc import Iterable

import dagster as dg

from pipeline.sources import of_home
from warehouse.archive import Archive

PAST = dg.AssetKey("archived_captures")
"""The asset that is parted so."""
COLLECTED = dg.AssetKey("collection_facts")
"""Another that is parted, by the collections that a home names."""
SOURCE, CRAWL_YEAR = "source", "crawl_year"
FIRST_YEAR = 1996
"""No web archive holds anything older."""
YEARS = dg.TimeWindowPartitionsDefinition(start=str(FIRST_YEAR), fmt="%Y", cron_schedule="0 0 1 1 *", end_offset=1)
"""From the first year to the present one, which is under way; a new one comes by itself."""
PARTS = dg.MultiPartitionsDefinition({SOURCE: dg.DynamicPartitionsDefinition(name=SOURCE), CRAWL_YEAR: YEARS})


def part(source: str, year: str) -> dg.MultiPartitionKey:
    """Key of the partition of one source and one crawl year."""
    return dg.MultiPartitionKey({SOURCE: source, CRAWL_YEAR: year})


def split(keys: Iterable[str]) -> tuple[list[str], list[str]]:
    """The sources and the crawl years, in order, of partitions that are all those of some sources in some years."""
    dimensions = [PARTS.get_partition_key_from_str(key).keys_by_dimension for key in keys]
    return list(dict.fromkeys(one[SOURCE] for one in dimensions)), sorted({one[CRAWL_YEAR] for one in dimensions})


def spread(
    instance: dg.DagsterInstance, archive: Archive, sources: Iterable[str], first: int | None, last: int | None
) -> dg.PartitionKeyRange:
    """The partitions of some sources, or all, from one crawl year to another, either of which may be open."""
    follow(instance, archive, sources)
    asked = set(sources)
    names = [name for name in instance.get_dynamic_partitions(SOURCE) if name in asked]
    this_year = int(YEARS.get_partition_keys()[-1])
    start, end = (min(max(year, FIRST_YEAR), this_year) for year in (first or FIRST_YEAR, last or this_year))
    return dg.PartitionKeyRange(part(names[0], str(start)), part(names[-1], str(end)))


def follow(instance: dg.DagsterInstance, archive: Archive, also: Iterable[str] = ()) -> None:
    """Give Dagster's records a partition for each source that the home follows, and for these, and for no other."""
    wanted = {*of_home(archive), *also}
    there = set(instance.get_dynamic_partitions(SOURCE))
    if new := sorted(wanted - there):
        instance.add_dynamic_partitions(SOURCE, new)
    for gone in there - wanted:
        instance.delete_dynamic_partition(SOURCE, gone)


def runs_of_parts(instance: dg.DagsterInstance) -> set[str]:
    """Ids of the runs that last did a partition: without their records it would be shown as never done."""
    kind = dg.DagsterEventType.ASSET_MATERIALIZATION
    found: set[str] = set()
    for asset in (PAST, COLLECTED):
        events = instance.event_log_storage.get_latest_storage_id_by_partition(asset, kind)
        if events:
            asked = dg.AssetRecordsFilter(asset, storage_ids=list(events.values()))
            found |= {record.run_id for record in instance.fetch_materializations(asked, limit=len(events)).records}
    return found
