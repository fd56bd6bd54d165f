"""What is asked of a reader and what it answers: plain values, which any engine can carry."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from extractors.errors import ImpactError
from warehouse.bulk.stores import short_hash
from warehouse.warc_records import Place


class Failed(ImpactError):
    """The job ended before its end. What it has written stays; run it again and it goes on."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one record may take before it is cut off."""

    seconds: float = 60
    """Elapsed. A page of the largest size takes a tenth of it."""
    megabytes: int = 2000
    """Of address space, beyond what the program itself takes. The largest pages take half of it."""


@dataclass(frozen=True, slots=True)
class File:
    """A WARC file of a collection."""

    path: str
    """Absolute path or URL."""
    size: int
    """Of the file at the path."""
    member: str | None = None
    """Name within a WACZ."""
    compressed: bool | None = None
    """Whether its records stand in gzip members; None while nobody has looked."""

    @property
    def name(self) -> str:
        """What the tables call it."""
        return f"{self.path}#{self.member}" if self.member else self.path

    @property
    def id(self) -> str:
        """What partitions are named by."""
        return short_hash(self.name)


@dataclass(frozen=True, slots=True)
class Task:
    """A stretch of a file to be looked through for pages, or, with `places`, such pages to be read."""

    out: str
    """Where the results go, and the cards lie."""
    job: str
    """What the job is known by there: the hash of its description."""
    file: File
    start: int = 0
    places: tuple[Place, ...] = ()
    limits: Limits = field(default_factory=Limits)

    @property
    def part(self) -> str:
        """Name of what comes of it, without the suffix: the same whoever does it, and when."""
        offset, before = self.places[0] if self.places else (self.start, 0)
        kind = "part" if self.places else "found"
        return f"{kind}-{self.file.id}-{offset:013d}" + (f"-{before}" if before else "")

    def to_json(self) -> str:
        """One line."""
        return json.dumps(asdict(self))

    @classmethod
    def of(cls, said: dict[str, Any]) -> "Task":
        """The task that `to_json` wrote."""
        places = tuple((offset, before) for offset, before in said["places"])
        return cls(said["out"], said["job"], File(**said["file"]), said["start"], places, Limits(**said["limits"]))


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a task."""

    part: str
    records: dict[str, int] = field(default_factory=dict)
    """How many records it took account of, by what became of them."""
    pages: int = 0
    facts: int = 0
    failures: int = 0
    more: tuple[Task, ...] = ()
    """What is to be done next of the file."""
    trouble: str | None = None
    """Why the file could not be read now; nothing is on record of it, and the next run tries again."""
