"""Whether a home holds captures of its own or a collection that a bulk job read: never both.

`collection.json` in it says where the collection lies. Nothing here needs DuckDB.
"""

import json
from pathlib import Path

from extractors.errors import InputError
from warehouse.archive import Archive
from warehouse.durable import write_file
from warehouse.home import Home, HomeUnwritable

MARK = "collection.json"


def require_own(home: Home) -> None:
    """Check that a home is not a collection's.

    Raises:
        InputError: it is.
    """
    folder = _collection_of(home)
    if folder is not None:
        raise InputError(
            f"{home.root} holds the collection at {folder} and no captures of its own: build it with "
            f"`impact build --from {folder}`, or point IMPACT_HOME at another folder"
        )


def take(home: Home, folder: Path) -> None:
    """Make a home that of a collection.

    Raises:
        InputError: it has captures of its own, or is another collection's.
        HomeUnwritable: the disk refuses.
    """
    if Archive(home).captures():
        raise InputError(
            f"{home.root} holds captures of its own, and a collection needs a home to itself; "
            "point IMPACT_HOME at another folder"
        )
    there = _collection_of(home)
    if there == str(folder):
        return
    if there is not None:
        raise InputError(f"{home.root} holds the collection at {there}; point IMPACT_HOME at another folder")
    try:
        write_file(home.root / MARK, json.dumps({"folder": str(folder)}).encode() + b"\n")
    except OSError as error:
        raise HomeUnwritable.because(home.root, error) from error


def _collection_of(home: Home) -> str | None:
    try:
        return str(json.loads((home.root / MARK).read_bytes())["folder"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(
            f"{home.root / MARK} cannot be read; remove it, and run `impact build --from DIR` with the folder it was of"
        ) from None
