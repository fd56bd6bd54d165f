"""Readings that an earlier version of the extractor made, while they are kept: until the next refresh reads anew.

All readings of a source that one extractor made by one card share a key; which extractor that was, their facts say.
"""

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb

from extractors.errors import InputError
from extractors.models import EXTRACTOR_VERSION
from pipeline import sources
from pipeline.interrupts import pending
from warehouse.facts_store import FACTS_FILE
from warehouse.home import Home
from warehouse.plain_paths import plain_folder
from warehouse.readings import Outcome, ReadingDamaged, stored_outcome
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
        """Those of the source of `followed`; nothing is read yet."""
        self.card, self.accepted = followed.card, accepted
        self.fresh: set[str] = set()
        self._home = home
        self._folders = _folders(home, followed.card.id, keys.get(followed.card.id, frozenset()))
        self._contents: set[str] = set()

    def folder(self, capture: Capture) -> Path:
        """Where the reading of a capture lies, or would."""
        return self._folders.get(capture.capture_id) or self._home.facts / self.card.id / capture.capture_id

    def outcome(self, capture: Capture) -> Outcome:
        """What came of reading a capture; of one whose reading is not kept, or damaged, that."""
        try:
            found = stored_outcome(self.folder(capture))
        except ReadingDamaged as error:
            log.warning("%s; it is left out", error)
            return Outcome(refused=NOT_KEPT)
        if found is None or (found.content and not found.sha256 and found.content not in self._contents):
            return Outcome(refused=NOT_KEPT)
        if found.content:
            self._contents.add(found.content)
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
    for source, folders in _by_source(home):
        for key in {_key(folder) for folder in folders}:
            version = _version([folder for folder in folders if _key(folder) == key])
            if version and version != EXTRACTOR_VERSION:
                found.setdefault(version, {}).setdefault(source, set()).add(key)
    return {
        version: {source: frozenset(keys) for source, keys in by_source.items()} for version, by_source in found.items()
    }


def _folders(home: Home, source: str, keys: frozenset[str]) -> dict[str, Path]:
    """By capture id the reading that has one of the keys; of several the one made last."""
    mine = [
        folder for name, folders in _by_source(home) if name == source for folder in folders if _key(folder) in keys
    ]
    mine.sort(key=lambda folder: (folder.stat().st_mtime_ns, folder.name))
    return {folder.name.rpartition("-")[0]: folder for folder in mine}


def _by_source(home: Home) -> Iterator[tuple[str, list[Path]]]:
    for source in sorted(home.facts.glob("*/")):
        yield source.name, sorted(folder for folder in source.glob("*/") if not folder.name.startswith("."))


def _key(folder: Path) -> str:
    return folder.name.rpartition("-")[2]


def _version(folders: list[Path]) -> str | None:
    """The extractor that made some readings, as the first facts among them say."""
    for folder in folders:
        if not (folder / FACTS_FILE).exists():
            continue
        with plain_folder(folder) as plain, duckdb.connect(":memory:") as con:
            query = "FROM read_parquet(?, hive_partitioning = false) SELECT extractor_version LIMIT 1"
            try:
                rows = con.execute(query, [str(plain / FACTS_FILE)]).fetchall()
            except duckdb.Error:  # damaged: another may tell
                if pending():
                    raise
                continue
        if rows:
            return str(rows[0][0])
    return None
