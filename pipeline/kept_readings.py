"""Readings that an earlier version of the extractor made, while they are kept: until the next refresh reads anew.

All readings of a source that one extractor made by one card share a key; which extractor that was, their facts say.
"""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from extractors.errors import InputError
from extractors.records import EXTRACTOR_VERSION
from pipeline import sources
from warehouse.facts_store import create_places, stored_rows
from warehouse.home import Home
from warehouse.plain_paths import plain_folder
from warehouse.readings import Outcome, Place, stored_readings
from warehouse.warc import Capture

log = logging.getLogger("impact")

NOT_KEPT = "its reading is not kept"
Keys = Mapping[str, frozenset[str]]
"""By source, the keys of the readings of one extractor."""


class UnknownExtractor(InputError):
    """No readings of that version are kept. The message names those there are."""


class KeptReadings:
    """The readings of one source that have one of some keys."""

    def __init__(self, home: Home, keys: Keys, followed: sources.Followed, accepted: Mapping[str, str]) -> None:
        """Those of the source of `followed`; of several of a capture the one made last."""
        self.card, self.accepted = followed.card, accepted
        self.fresh: set[str] = set()
        mine = keys.get(followed.card.id, frozenset())
        found = _stored(home.facts / followed.card.id)
        self._known = {name.rpartition("-")[0]: (name, *made) for name, made in found.items() if _key(name) in mine}

    def place(self, capture: Capture) -> Place:
        """Where the rows of a reading lie."""
        name, segment, _ = self._known[capture.capture_id]
        return Place(self.card.id, segment, name)

    def outcomes(self, captures: Sequence[Capture]) -> dict[str, Outcome]:
        """What came of reading captures, given by time, by capture id; of those whose reading is not kept, that."""
        found: dict[str, Outcome] = {}
        contents: set[str] = set()
        for capture in captures:
            *_, outcome = self._known.get(capture.capture_id, (Outcome(refused=NOT_KEPT),))
            lost = outcome.content and not outcome.kept and outcome.content not in contents
            found[capture.capture_id] = Outcome(refused=NOT_KEPT) if lost else outcome
            if outcome.content and not lost:
                contents.add(outcome.content)
        return found


def require(home: Home, version: str) -> Keys | None:
    """Keys of the readings of an extractor's version; None of the present one, which reads anew.

    Raises:
        UnknownExtractor: no readings of it are kept.
    """
    if version == EXTRACTOR_VERSION:
        return None
    known = versions(home)
    if version not in known:
        kept = f"kept are those of {', '.join(sorted(known))}" if known else "none of an earlier one are kept"
        raise UnknownExtractor(
            f"no readings of extractor {version!r} in {home.facts}: {kept}; the present one is {EXTRACTOR_VERSION}"
        )
    return known[version]


def versions(home: Home) -> dict[str, Keys]:
    """Which versions but the present one have readings that are kept, with their keys."""
    found: dict[str, dict[str, set[str]]] = {}
    for folder in sorted(home.facts.glob("*/")):
        stored = _stored(folder)
        for key in {_key(name) for name in stored}:
            version = _version(folder, {name: made for name, made in stored.items() if _key(name) == key})
            if version and version != EXTRACTOR_VERSION:
                found.setdefault(version, {}).setdefault(folder.name, set()).add(key)
    return {
        version: {source: frozenset(keys) for source, keys in by_source.items()} for version, by_source in found.items()
    }


def _stored(folder: Path) -> dict[str, tuple[str, Outcome]]:
    found, damaged = stored_readings(folder)
    for error in damaged:
        log.warning("%s; it is left out", error)
    return found


def _key(name: str) -> str:
    return name.rpartition("-")[2]


def _version(folder: Path, made: Mapping[str, tuple[str, Outcome]]) -> str | None:
    """The extractor that made some readings of a source, as the first facts among them say."""
    kept = [(segment, name) for name, (segment, outcome) in made.items() if outcome.kept]
    if not kept:
        return None
    with plain_folder(folder) as plain, duckdb.connect(":memory:") as con:
        create_places(con, "places", [(str(plain / segment), name) for segment, name in kept])
        query = stored_rows("facts", ["extractor_version"], [str(plain / segment) for segment, _ in kept], "places")
        rows = con.execute(f"{query} LIMIT 1").fetchall()
    return str(rows[0][0]) if rows else None
