"""Notices of change, on record in `releases/notices.jsonl`: what was told of each edition and source.

It is also the outbox of the webhook: a notice is written before the release that it tells of is published, and sent
after; one whose release never was published is forgotten. What is told, and how it is sent, stands in `pipeline`.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field

from extractors.records import Record
from warehouse import durable, release
from warehouse.home import Home

KEPT = 100
"""Notices on record; of a receiver that is down for so long the oldest are lost."""
MOST_CHANGES = 200
"""Changes of an edition that a notice holds one by one; beyond that it counts them."""

Kind = Literal["edition", "refused", "failed"]
State = Literal["waiting", "sent", "kept"]
TOLD = ("new", "restated", "corrected", "dropped")
"""Changes that are told one by one. What is `reworded` or `unchanged` is carried on, and counted."""


class Change(Record):
    """One thing that an edition states otherwise than the one before it, or than it did itself."""

    change: str
    metric: str
    period_type: str
    kind: str
    breakdown: str
    year: int | None = None
    value: float | None = None
    year_before: int | None = None
    value_before: float | None = None


class Notice(Record):
    """One event, told in one line."""

    id: str
    """The same for the same event, however often it is met or sent."""
    at: dt.datetime
    kind: Kind
    source: str
    edition: int | None = None
    release: str | None = None
    """That first says so; None of a source that was refused or failed."""
    text: str
    counts: dict[str, int] = Field(default_factory=dict)
    """Changes by kind, with `carried_on` (stated before and now) and `to_review` (no metric yet)."""
    changes: tuple[Change, ...] = ()
    """The first `MOST_CHANGES` of those that are told."""
    state: State = "kept"
    """`waiting`: to be sent; `sent`; `kept`: nobody is to be told."""


def notices(home: Home) -> list[Notice]:
    """All on record, oldest first. A line torn by a crash is left out.

    Raises:
        HomeUnreadable: the disk refuses.
    """
    return durable.read_lines(_file(home), Notice.model_validate_json)


def add(home: Home, new: Sequence[Notice]) -> list[Notice]:
    """Put on record those that are not yet there, which are given back. For the holder of the writer lock.

    Raises:
        HomeUnwritable: the disk refuses.
    """
    there = _of_releases(home, notices(home))
    known = {one.id for one in there}
    added = [one for one in new if one.id not in known]
    if added:
        _save(home, [*there, *added])
    return added


def set_state(home: Home, ids: Collection[str], state: State) -> None:
    """Note what has become of some. For the holder of the writer lock.

    Raises:
        HomeUnwritable: the disk refuses.
    """
    there = notices(home)
    _save(home, [one.model_copy(update={"state": state}) if one.id in ids else one for one in there])


def waiting(home: Home) -> list[Notice]:
    """Those that are to be sent, oldest first: of releases that are or were published, and of sources.

    Raises:
        HomeUnreadable: the disk refuses.
    """
    return [one for one in _of_releases(home, notices(home)) if one.state == "waiting"]


def _of_releases(home: Home, there: Sequence[Notice]) -> list[Notice]:
    """Without those of a release that a kill or a full disk kept from being published."""
    published = {one.id for one in release.history(home)}
    return [one for one in there if one.release is None or one.release in published]


def _save(home: Home, some: Sequence[Notice]) -> None:
    lines = [one.model_dump_json(exclude_defaults=True) for one in some[-KEPT:]]
    durable.write_file(_file(home), "".join(f"{line}\n" for line in lines).encode())


def _file(home: Home) -> Path:
    return home.releases / "notices.jsonl"
