"""What came of reading each capture. Readings that were made together lie packed in one segment, written once.

`facts/<source>/<segment>/` holds `outcomes.json`, what came of each reading by its name, and the Parquet files of
`facts_store`, with the rows of those that say something new. A name is the capture's id and a key that hashes what the
reading depends on besides the capture, so a new extractor or a changed card makes new readings and unchanged ones cost
nothing. Segments are numbered as they were written; of a reading that is found twice the last counts. The outcomes hold
a digest of every file and of themselves, by which what has changed since is known: one bit may make another unit of a
unit, and Parquet does not tell. Everything here can be deleted and comes back the same from the archive. Nothing here
needs DuckDB.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, ValidationError

from extractors.errors import ImpactError
from extractors.records import Record
from warehouse.durable import sync_file

OUTCOMES = "outcomes.json"
SEGMENT = re.compile(r"\d{6}")
FULL = 50
"""Readings of one segment: what is held in memory until it is written, and what one damaged file costs."""
MOST_SMALL = 10
"""Segments that are not full, of a source, before they are merged into one: a daily refresh writes one a day."""


class ReadingDamaged(ImpactError):
    """A stored segment is not what was written. Its readings are read again from the archive."""


class Outcome(Record):
    """What came of reading one capture: why it was not read, or how much it says."""

    refused: str | None = None
    """Why it is no page to be read; all else is empty then."""
    content: str | None = None
    """Digest of what it says; equal for captures that say the same."""
    edition: int | None = None
    statistics: int = 0
    kept: bool = False
    """Whether its rows are in the segment; they are not where an earlier reading says the same."""


class Segment(Record):
    """What `outcomes.json` holds."""

    outcomes: dict[str, Outcome]
    """By the name of the reading."""
    sha256: dict[str, str] = Field(default_factory=dict)
    """Hash of each other file of the segment, by name; there are none where no reading was kept."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the rows of a reading lie, under the home's folder of facts."""

    source: str
    segment: str
    reading: str


def reading_key(depends_on: Mapping[str, str | int | None]) -> str:
    """Twelve hexadecimal digits that name what a reading depends on besides the capture.

    `depends_on` holds, say, the extractor's version, the card's text and an edition given by hand; order is immaterial.
    """
    text = json.dumps(dict(depends_on), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def segments(folder: Path) -> list[str]:
    """Names of the segments of one source (`facts/<source>`), as they were written."""
    return sorted(path.name for path in folder.glob("*/") if SEGMENT.fullmatch(path.name))


def next_segment(folder: Path) -> str:
    """A name for the segment to be written next."""
    return f"{int(max(segments(folder), default='0')) + 1:06d}"


def stored_readings(folder: Path) -> tuple[dict[str, tuple[str, Outcome]], list[ReadingDamaged]]:
    """Of the readings of one source (`facts/<source>`) by name, the segment each lies in and what came of it.

    Beside them, what is the matter with segments that are left out.
    """
    found: dict[str, tuple[str, Outcome]] = {}
    damaged: list[ReadingDamaged] = []
    for segment in segments(folder):
        try:
            found |= {name: (segment, outcome) for name, outcome in stored_outcomes(folder / segment).items()}
        except ReadingDamaged as error:
            damaged.append(error)
    return found, damaged


def too_small(found: Mapping[str, tuple[str, Outcome]]) -> list[str]:
    """The segments to be merged into one, by age; none while they are few."""
    sizes = Counter(segment for segment, _ in found.values())
    small = sorted(segment for segment, size in sizes.items() if size < FULL)
    return small if len(small) > MOST_SMALL else []


def stored_outcomes(segment: Path) -> dict[str, Outcome]:
    """What came of the readings of a segment, by name; each of its files is checked.

    Raises:
        ReadingDamaged: a file is missing or is not what was written.
    """
    try:
        content, _, own = (segment / OUTCOMES).read_bytes().rstrip(b"\n").rpartition(b"\n")
        if hashlib.sha256(content).hexdigest().encode() != own:
            raise ReadingDamaged(f"the stored reading {segment} is damaged: {OUTCOMES} has changed")
        found = Segment.model_validate_json(content)
        for name, expected in found.sha256.items():
            if _hash(segment / name) != expected:
                raise ReadingDamaged(f"the stored reading {segment} is damaged: {name} has changed")
    except OSError as error:
        reason = f"{Path(error.filename).name}: {(error.strerror or '').lower()}"
        raise ReadingDamaged(f"the stored reading {segment} is damaged: {reason}") from None
    except ValidationError:
        raise ReadingDamaged(f"the stored reading {segment} is of another version of this software") from None
    return found.outcomes


def write_outcomes(segment: Path, outcomes: Mapping[str, Outcome]) -> None:
    """Put outcomes beside the files of their segment, with their hashes: one line of JSON, its own hash below it."""
    hashes = {path.name: _hash(path) for path in sorted(segment.iterdir())}
    content = Segment(outcomes=dict(outcomes), sha256=hashes).model_dump_json().encode()
    path = segment / OUTCOMES
    path.write_bytes(content + b"\n" + hashlib.sha256(content).hexdigest().encode() + b"\n")
    sync_file(path)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
