"""What may be forgotten: readings that no present extractor and card would make. They come back from the archive."""

import shutil
from collections.abc import Collection
from pathlib import Path

from warehouse.home import HomeUnwritable
from warehouse.readings import SEGMENT, ReadingDamaged, stored_outcomes


def prune_readings(folder: Path, wanted: Collection[str]) -> int:
    """Remove the readings of one source (`facts/<source>`) whose names are not wanted, and all that is no segment.

    Only for the holder of the writer lock.

    Returns:
        How many were removed; a damaged segment, or a reading in the layout of an earlier version, counts as one.

    Raises:
        HomeUnwritable: the disk refuses.
    """
    removed, left = 0, set(wanted)
    try:
        for path in sorted(folder.iterdir(), reverse=True) if folder.is_dir() else []:
            try:
                names = stored_outcomes(path).keys() if SEGMENT.fullmatch(path.name) else set()
            except ReadingDamaged:
                names = set()
            stay = names & left
            left -= stay
            removed += max(len(names - stay), not names)
            if not stay:
                shutil.rmtree(path)
            elif names - stay:
                from warehouse.facts_store import merge_segments  # loads DuckDB

                merge_segments(folder, [path.name], stay, path.name)
    except OSError as error:
        raise HomeUnwritable.because(folder, error) from error
    return removed
