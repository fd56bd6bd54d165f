"""What may be forgotten: readings that no present extractor and card would make. They come back from the archive."""

import shutil
from collections.abc import Collection
from pathlib import Path

from warehouse.home import HomeUnwritable


def prune_readings(folder: Path, wanted: Collection[Path]) -> int:
    """Remove the readings of one source (`facts/<source>`) that are not wanted, and what killed writers left.

    Only for the holder of the writer lock.

    Returns:
        How many were removed.

    Raises:
        HomeUnwritable: the disk refuses.
    """
    try:
        doomed = [path for path in folder.iterdir() if path not in wanted] if folder.is_dir() else []
        for path in doomed:
            shutil.rmtree(path)
    except OSError as error:
        raise HomeUnwritable.because(folder, error) from error
    return len(doomed)
