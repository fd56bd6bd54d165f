"""What came of reading each capture: one folder a capture and reader, written once, never edited.

`facts/<source>/<capture id>-<key>/` holds `outcome.json`, and of a page that could be read and says something new the
Parquet files of `facts_store`. The key hashes what the reading depends on besides the capture, so a new extractor or a
changed card makes a new folder and an unchanged one costs nothing. The outcome holds a digest of every file and of
itself, by which what has changed since is known: one bit may make another unit of a unit, and Parquet does not tell.
Everything here can be deleted and comes back the same from the archive. Nothing here needs DuckDB.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, ValidationError

from extractors.errors import ImpactError
from extractors.records import Record
from warehouse.durable import remove_leftovers, sync_file

OUTCOME = "outcome.json"


class ReadingDamaged(ImpactError):
    """A stored reading is not what was written. It is read again from the archive."""


class Outcome(Record):
    """What came of reading one capture: why it was not read, or how much it says."""

    refused: str | None = None
    """Why it is no page to be read; all else is empty then."""
    content: str | None = None
    """Digest of what it says; equal for captures that say the same."""
    edition: int | None = None
    statistics: int = 0
    sha256: dict[str, str] = Field(default_factory=dict)
    """Hash of each file of the reading, by name; empty where it was not kept, since an earlier one says the same."""


def reading_key(depends_on: Mapping[str, str | int | None]) -> str:
    """Twelve hexadecimal digits that name what a reading depends on besides the capture.

    `depends_on` holds, say, the extractor's version, the card's text and an edition given by hand; order is immaterial.
    """
    text = json.dumps(dict(depends_on), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def reading_folder(facts: Path, source: str, capture_id: str, key: str) -> Path:
    """Folder of one reading under `facts` (the home's facts folder)."""
    return facts / source / f"{capture_id}-{key}"


def stored_outcome(folder: Path) -> Outcome | None:
    """What came of a reading made before, each of its files checked; None when there is no such reading.

    Raises:
        ReadingDamaged: a file is missing or is not what was written.
    """
    try:
        if not folder.exists():
            return None
        content, _, own = (folder / OUTCOME).read_bytes().rstrip(b"\n").rpartition(b"\n")
        if hashlib.sha256(content).hexdigest().encode() != own:
            raise ReadingDamaged(f"the stored reading {folder} is damaged: {OUTCOME} has changed")
        found = Outcome.model_validate_json(content)
        for name, expected in found.sha256.items():
            if _hash(folder / name) != expected:
                raise ReadingDamaged(f"the stored reading {folder} is damaged: {name} has changed")
    except OSError as error:
        reason = f"{Path(error.filename).name}: {(error.strerror or '').lower()}"
        raise ReadingDamaged(f"the stored reading {folder} is damaged: {reason}") from None
    except ValidationError:
        raise ReadingDamaged(f"the stored reading {folder} is of another version of this software") from None
    return found


def write_outcome(folder: Path, outcome: Outcome) -> None:
    """Put an outcome beside the files of its reading, with their hashes: one line of JSON, its own hash below it."""
    hashes = {path.name: _hash(path) for path in sorted(folder.iterdir())}
    content = outcome.model_copy(update={"sha256": hashes}).model_dump_json().encode()
    path = folder / OUTCOME
    path.write_bytes(content + b"\n" + hashlib.sha256(content).hexdigest().encode() + b"\n")
    sync_file(path)


def sweep(facts: Path) -> None:
    """Remove what killed writers left under `facts`, the home's folder. Only for the holder of the writer lock."""
    for source in facts.glob("*/"):
        remove_leftovers(source)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
