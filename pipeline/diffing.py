"""What differs between two editions of a page, two releases, or two versions of the extractor. Nothing is published."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import InputError
from extractors.records import EXTRACTOR_VERSION
from pipeline import kept_readings, rebuilding
from pipeline.interrupts import Watch
from pipeline.kept_readings import KeptReadings, Keys
from pipeline.rebuilding import Moment
from pipeline.survey import Survey, survey
from warehouse import kept, release
from warehouse.archive import Archive
from warehouse.differing import Difference, differences, sources_of
from warehouse.editions import Pair, changes_between, editions, published_changes
from warehouse.home import Home
from warehouse.release_files import DATABASE
from warehouse.warc import Acceptance, Capture

log = logging.getLogger("impact")


class UnknownPart(InputError):
    """There is no such source, or it has no such edition. The message names those there are."""


def of_editions(home: Home, wanted: Pair | None, source: str | None, watch: Watch) -> dict[str, list[dict[str, Any]]]:
    """By source the rows of `edition_changes` of one edition against another; by default of the latest two.

    Of editions that are not neighbours they are worked out anew, from the archive.

    Raises:
        UnknownPart: no source has both, or there is no such source.
        ImpactError: nothing is published, or it cannot be read.
    """
    path = release.published_database(home)
    known = editions(path)
    if source is not None and source not in known:
        raise UnknownPart(f"no editions of a source {source!r}; there are those of {', '.join(sorted(known))}")
    pairs = _pairs({source: known[source]} if source else known, wanted)
    apart = {name: pair for name, pair in pairs.items() if known[name].index(pair[1]) - known[name].index(pair[0]) > 1}
    near = {name: pair for name, pair in pairs.items() if name not in apart}
    rows = published_changes(path, near) + (_worked_out(home, apart, watch) if apart else [])
    return {name: [row for row in rows if row["source"] == name] for name in sorted(pairs)}


def of_releases(home: Home, names: Sequence[str], source: str | None) -> list[Difference]:
    """What the second of two releases says otherwise than the first.

    Raises:
        UnknownRelease: one is not kept.
        CorruptRelease: one cannot be read.
    """
    first, second = (kept.find(home, name) for name in names)
    for one in (first, second):
        kept.told(home, one)  # which of the two cannot be read
    return _differences(kept.database(home, first), kept.database(home, second), source)


def of_extractors(home: Home, versions: Sequence[str], source: str | None, watch: Watch) -> list[Difference]:
    """What the second of two extractors reads otherwise than the first, in the captures that both have read.

    The present one reads the archive anew, in a scratch folder; of an earlier one the readings that are kept are taken.

    Raises:
        UnknownExtractor: no readings of one are kept.
        ImpactError: the archive cannot be read, or the scratch folder not be written.
    """
    keys = [kept_readings.require(home, version) for version in versions]
    with rebuilding.scratch(home, watch) as made:
        unread = {one for some in keys if some is not None for one in _unread(home, Archive(made), some)}
        if unread:
            log.info("%s of the captures were not read by both extractors, and are left out", len(unread))
        archive = rebuilding.Part(made, partial(_is_read, unread))
        databases = [made.root / f"{name}-{DATABASE}" for name in ("first", "second")]
        for some, database in zip(keys, databases, strict=True):
            with rebuilding.built(_surveyed(home, made, archive, some), database):
                pass
        return _differences(databases[0], databases[1], source)


def _pairs(known: Mapping[str, Sequence[int]], wanted: Pair | None) -> dict[str, Pair]:
    if wanted is None:
        return {name: (some[-2], some[-1]) for name, some in known.items() if len(some) > 1}
    earlier, later = sorted(wanted)
    if earlier == later:
        raise UnknownPart(f"edition {earlier} does not differ from itself; give two, or none for the latest two")
    found = {name: (earlier, later) for name, some in known.items() if {earlier, later} <= set(some)}
    if not found:
        there = "; ".join(f"of {name} there are {', '.join(map(str, some))}" for name, some in sorted(known.items()))
        raise UnknownPart(f"no source has the editions {earlier} and {later}: {there or 'there are none yet'}")
    return found


def _worked_out(home: Home, pairs: Mapping[str, Pair], watch: Watch) -> list[dict[str, Any]]:
    current = kept.find(home)
    told = kept.told(home, current)
    if told.extractors - {EXTRACTOR_VERSION}:
        log.warning("editions that are not neighbours are read anew, by another extractor than the release was")
    moment = Moment(told.last_retrieval, current.created_at)
    with rebuilding.scratch(home, watch, moment) as made:
        found = rebuilding.decided_by_then(survey(made, rebuilding.Part(made, rebuilding.held(moment))), moment)
        with rebuilding.built(found, made.root / DATABASE) as con:
            return changes_between(con, pairs)


def _unread(home: Home, archive: Archive, keys: Keys) -> set[str]:
    found = survey(home, archive, store=False, kept=partial(KeptReadings, home, keys))
    return {one.capture.record_id for one in found.responses if one.refused == kept_readings.NOT_KEPT}


def _is_read(unread: set[str], entry: Capture | Acceptance) -> bool:
    return (getattr(entry, "refers_to", None) or entry.record_id) not in unread


def _surveyed(home: Home, made: Home, archive: Archive, keys: Keys | None) -> Survey:
    if keys is None:
        return survey(made, archive)
    found = survey(made, archive, store=False, kept=partial(KeptReadings, home, keys))
    return replace(found, facts=home.facts)


def _differences(first: Path, second: Path, source: str | None) -> list[Difference]:
    try:
        if source is not None:
            known = sources_of(first, second)
            if source not in known:
                raise UnknownPart(f"no source {source!r} in either; there are {', '.join(known)}")
        return differences(first, second, source)
    except duckdb.Error as error:
        raise InputError(f"cannot compare the two: {str(error).splitlines()[0]}; run `impact build`") from error
