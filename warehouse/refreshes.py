"""The log of refreshes: one line for each, with what came of it. It lies beside the releases and outlives them."""

import datetime as dt
from pathlib import Path
from typing import Literal

from extractors.records import Record
from warehouse import durable
from warehouse.home import Home

Outcome = Literal["published", "unchanged", "pinned", "archived", "refused", "failed"]

DONE: tuple[Outcome, ...] = ("published", "unchanged", "pinned")
"""Outcomes of a refresh that came to its end."""


class Refresh(Record):
    """What came of one refresh."""

    at: dt.datetime
    """When it ended, UTC."""
    outcome: Outcome
    """`pinned`: built but not published; `archived`: fetched, and no more was asked for; `refused`: a check held it
    back; `failed`: it could not be done."""
    source: str | None = None
    release_id: str | None = None
    """Of the release it published."""
    detail: str | None = None
    """One line: why it was refused or failed."""


def record(home: Home, refresh: Refresh) -> None:
    """Add one refresh to the log, durably.

    Raises:
        HomeUnwritable: when the disk refuses.
    """
    durable.append_line(_log(home), refresh.model_dump_json(exclude_none=True))


def refreshes(home: Home) -> list[Refresh]:
    """Every refresh on record, oldest first. A line torn by a crash is left out.

    Raises:
        HomeUnreadable: the disk refuses.
    """
    return durable.read_lines(_log(home), Refresh.model_validate_json)


def _log(home: Home) -> Path:
    return home.releases / "refreshes.jsonl"
