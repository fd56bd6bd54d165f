"""Is a release what the archive and the decisions say? All is made again in a scratch folder and compared, row by row.

Nothing of the home is believed but its archive and its decisions; nothing is written into it.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from extractors.records import EXTRACTOR_VERSION
from pipeline import rebuilding
from pipeline.interrupts import Watch
from pipeline.progress import Steps, unwatched
from pipeline.rebuilding import Moment
from pipeline.survey import Survey, survey
from warehouse import kept, release_files
from warehouse.alarms import Lapsed, lapsed_in
from warehouse.comparing import Unlike, unlike
from warehouse.facts_store import NAME, create_places, stored_rows
from warehouse.home import Home
from warehouse.models import SCHEMA_VERSION
from warehouse.plain_paths import plain_folder
from warehouse.reading_rows import TABLES
from warehouse.readings import Outcome, stored_readings
from warehouse.release_files import CorruptRelease, Release

Stored = Mapping[str, tuple[str, Outcome]]
"""Readings by name: the segment each lies in, and what came of it."""
OF_EXTRACTOR = "extractor_version"
"""The column that says who read; between two extractors it differs in every row, and says nothing."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of comparing a release with its archive."""

    release: Release
    remarks: list[str]
    """One line for each thing that makes the comparison another than one of like with like."""
    damage: list[str]
    """One line for each file of the home that is not what it was."""
    tables: list[Unlike]
    """Tables that differ: the release is the first, what was made of the archive the second."""
    lapsed: list[Lapsed]
    """Decisions that ask for a look."""

    @property
    def equal(self) -> bool:
        """Whether the release is what the archive says, no file is damaged, and no decision asks for a look."""
        return not self.damage and not self.tables and not self.lapsed


def verify(home: Home, name: str, watch: Watch, order: int | None = None, progress: Steps = unwatched) -> Verified:
    """Make the tables of a release again from the archive and compare them.

    What is read is loaded in a shuffled order, one for each number `order`, by default one for each release.

    Raises:
        UnknownRelease: no release of that name is kept.
        CorruptRelease: its database cannot be read at all.
        ImpactError: the scratch folder cannot be written, or the archive not be read.
    """
    release = kept.find(home, name)
    published = kept.database(home, release)
    damage = _changed(home, release)
    told = kept.told(home, release)
    until = Moment(told.last_retrieval, release.created_at)
    with rebuilding.scratch(home, watch, until) as made:
        archive = rebuilding.Part(made, rebuilding.held(until))
        found = rebuilding.decided_by_then(survey(made, archive, progress=progress), until)
        damage += [f"archive: {note}" for note in archive.notes()]
        damage += _altered_readings(home, made, found)
        rebuilt = made.root / release_files.DATABASE
        seed = release.id if order is None else order
        shuffled = rebuilding.shuffled(found, random.Random(seed))  # noqa: S311 - no secret
        with rebuilding.built(shuffled, rebuilt) as con:
            lapsed = lapsed_in(con)
        foreign = told.extractors - {EXTRACTOR_VERSION}
        try:
            tables = unlike(published, rebuilt, ignored={OF_EXTRACTOR} if foreign else ())
        except duckdb.Error as error:
            raise kept.unreadable(release, error) from None
    return Verified(release, list(_remarks(foreign, told.schema_version)), damage, tables, lapsed)


def _changed(home: Home, release: Release) -> list[str]:
    """What is wrong with the files of a release; whether the rows are, the comparison tells."""
    try:
        release_files.require_intact(home.releases / release.id)
        release_files.require_closed(kept.database(home, release))
    except CorruptRelease as error:
        return [str(error).partition(";")[0]]
    return []


def _remarks(foreign: frozenset[str], schema: int | None) -> Iterator[str]:
    if foreign:
        yield (
            f"it was read by extractor {', '.join(sorted(foreign))}, and the archive now by {EXTRACTOR_VERSION}: "
            "what differs may be that"
        )
    if schema != SCHEMA_VERSION:
        yield f"its tables are of schema {schema}, and those made now of {SCHEMA_VERSION}: what differs may be that"


def _altered_readings(home: Home, made: Home, found: Survey) -> list[str]:
    """Stored readings of the home that are not what the present extractor makes of the archive."""
    lines = []
    for source, names in found.current.items():
        stored, damaged = stored_readings(home.facts / source)
        fresh, _ = stored_readings(made.facts / source)
        lines += [str(error) for error in damaged]
        both = sorted(name for name in names if name in stored and name in fresh)
        altered = {name for name in both if not _says_the_same(stored[name][1], fresh[name][1])}
        # Which of two captures that say the same has its reading kept depends on what was there first.
        whole = [name for name in both if stored[name][1].kept and fresh[name][1].kept]
        altered |= _of_other_rows(home.facts / source, stored, made.facts / source, fresh, whole)
        lines += [
            f"the stored reading {name} in {home.facts / source / stored[name][0]} is not what its capture says"
            for name in sorted(altered)
        ]
    return lines


def _says_the_same(stored: Outcome, fresh: Outcome) -> bool:
    return stored.model_copy(update={"kept": fresh.kept}) == fresh


def _of_other_rows(folder: Path, stored: Stored, other: Path, fresh: Stored, names: list[str]) -> set[str]:
    """Which readings have other rows in one folder of readings than in the other."""
    if not names:
        return set()
    found: set[str] = set()
    with plain_folder(folder) as one, plain_folder(other) as two, duckdb.connect(":memory:") as con:
        sides = []
        for places, root, known in (("stored", one, stored), ("fresh", two, fresh)):
            create_places(con, places, [(str(root / known[name][0]), name) for name in names])
            sides.append((places, [str(root / known[name][0]) for name in names]))
        for table, columns in TABLES.items():
            rows = [f"({stored_rows(table, NAME | columns, segments, places)})" for places, segments in sides]
            for pair in (rows, rows[::-1]):
                query = f"SELECT DISTINCT reading FROM ({' EXCEPT ALL '.join(pair)})"  # noqa: S608 - paths are quoted
                altered = con.execute(query).fetchall()
                found |= {name for (name,) in altered}
    return found
