"""DAGSTER_HOME: where it is, what it holds before Dagster is first asked, which of its runs are alive, which wait.

Does not import Dagster.
"""

import datetime as dt
import json
import os
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import filelock

from warehouse.durable import write_file
from warehouse.home import Home, HomeUnwritable
from warehouse.plain_paths import plain_folder

UNFINISHED = ("NOT_STARTED", "STARTING", "STARTED", "CANCELING")
"""States of a run that a process is said to be at work on."""
QUEUED = "QUEUED"
STARTS_WITHIN, LAUNCHED_WITHIN = dt.timedelta(minutes=5), dt.timedelta(minutes=3)
"""How long a run may take to say that it is alive after its process was started, and what comes before may take.

Long, for machines that are very busy: the code server whose process it is tells itself of its death, and at once.
"""
LAUNCHED_BY = "dagster/grpc_info"
"""Tag of a run that the UI or the schedule launched: the code server whose process it is."""
DUE = "impact/due"
"""Tag of a run that the schedule asked for, and of those launched again for it: the source, and when it was due."""


@contextmanager
def prepared(home: Home) -> Iterator[None]:
    """The home's Dagster folder, made ready, and this process and its children pointed at it, until the block ends.

    Raises:
        HomeUnwritable: the home cannot be written.
        InputError: Dagster needs another path to the folder, and there is no place for a link.
    """
    home.create()
    settings = files("pipeline").joinpath("dagster.yaml").read_bytes()
    path = home.dagster / "dagster.yaml"
    if not path.is_file() or path.read_bytes() != settings:
        write_file(path, settings)
    before = {name: os.environ.get(name) for name in ("IMPACT_HOME", "DAGSTER_HOME")}
    with plain_folder(home.dagster) as plain:
        os.environ |= {"IMPACT_HOME": str(home.root), "DAGSTER_HOME": str(plain)}
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})


@contextmanager
def running(home: Home, run_id: str) -> Iterator[None]:
    """Show that this process is at work on a run: a lock that the system takes back when the process ends, however.

    Raises:
        HomeUnwritable: the disk refuses.
    """
    folder = home.dagster / "running"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / run_id
    told = path.with_suffix(".pid")  # beside it: whoever asks for a lock empties its file
    with filelock.FileLock(path):
        try:
            told.write_text(str(os.getpid()))
        except OSError as error:
            _ended(path)
            raise HomeUnwritable.because(told, error) from error
        yield
        # Not after an error, of which a full disk may keep Dagster from making a note: what is left tells of it.
        _ended(path)


def _ended(path: Path) -> None:
    """Remove what shows that a process is at work; its number last: without a lock beside it, it tells of the end."""
    path.unlink(missing_ok=True)
    path.with_suffix(".pid").unlink(missing_ok=True)


def worker(home: Home, run_id: str) -> int | None:
    """The process that is at work on a run; None when there is none, or it has not come so far as to say so."""
    if not is_running(home, run_id):
        return None
    try:
        return int((home.dagster / "running" / run_id).with_suffix(".pid").read_text())
    except (OSError, ValueError):
        return None


def is_running(home: Home, run_id: str) -> bool:
    """Whether a process is at work on a run."""
    path = home.dagster / "running" / run_id
    return path.is_file() and not _is_free(path)


def was_killed(home: Home, run_id: str) -> bool:
    """Whether a process was at work on a run and is not any more, and did not come to its end."""
    path = home.dagster / "running" / run_id
    # Its number is written once the lock is held: until then a process may be about to take it.
    return path.with_suffix(".pid").is_file() and path.is_file() and _is_free(path)


def sweep_killed(home: Home) -> None:
    """Remove what killed processes left to show that they were at work. Once their runs are closed."""
    for path in (home.dagster / "running").glob("*"):
        with suppress(OSError):
            told = path.with_suffix(".pid")
            old = time.time() - path.stat().st_mtime > STARTS_WITHIN.total_seconds()
            if path == told and not path.with_suffix("").exists():
                told.unlink()
            elif path != told and (told.exists() or old) and _is_free(path):
                _ended(path)


def _is_free(path: Path) -> bool:
    """Whether no process holds a lock."""
    lock = filelock.FileLock(path, blocking=False)
    try:
        lock.acquire()
    except filelock.Timeout:
        return False
    lock.release()
    return True


@dataclass(frozen=True, slots=True)
class Queue:
    """Runs that wait for their turn, and those that are said to be at work and are dead."""

    waiting: int
    since: dt.datetime | None
    """When the first that waits was asked for, UTC; None when none waits."""
    dead_since: dt.datetime | None
    """When the first of the dead was last heard of."""
    dead: tuple[str, ...]
    """Ids of runs whose process was killed: Dagster takes them for alive, and starts no other until they are closed."""


def queue(home: Home) -> Queue:
    """What Dagster's records say of the runs that have not ended. Only reads, at any moment."""
    query = """
        SELECT run_id, status, create_timestamp, update_timestamp,
            (SELECT value FROM run_tags WHERE run_tags.run_id = runs.run_id AND key = ?)
        FROM runs WHERE status IN (?, ?, ?, ?, ?) ORDER BY id
    """
    rows = _rows(home, query, LAUNCHED_BY, QUEUED, *UNFINISHED)
    waiting = [_moment(created) for _, status, created, _, _ in rows if status == QUEUED]
    dead = {
        run_id: _moment(updated)
        for run_id, status, _, updated, launcher in rows
        if status != QUEUED
        and not is_running(home, run_id)
        and (was_killed(home, run_id) or not _is_starting(status, _moment(updated), launcher))
    }
    return Queue(len(waiting), min(waiting, default=None), min(dead.values(), default=None), tuple(dead))


def overdue(home: Home) -> Iterator[tuple[str, dt.datetime, int]]:
    """Sources of whose last run that the schedule asked for, or those launched again for it, none came to its end.

    With the time it was due, UTC, and how many have failed; none of which none has. Only reads, at any moment.
    """
    query = """
        SELECT value, sum(status = 'SUCCESS'), sum(status IN ('FAILURE', 'CANCELED'))
        FROM runs JOIN run_tags USING (run_id) WHERE key = ? GROUP BY value ORDER BY value
    """
    last = {str(due).partition(" ")[0]: (due, done, failed) for due, done, failed in _rows(home, query, DUE)}
    for source, (due, done, failed) in last.items():
        if failed and not done:
            yield source, _moment(due.partition(" ")[2]), failed


def compact(home: Home) -> None:
    """Give the room of deleted records back to the disk; left for another time where a process is at work on them."""
    for path in sorted(home.dagster.rglob("*.db")):
        with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=1)) as con:
            con.execute("VACUUM")


def queue_lines(home: Home) -> Iterator[str]:
    """What a person should know of the runs that have not ended: which were killed, which wait, since when, what to do.

    Nothing of a run that is at work.
    """
    found = queue(home)
    if found.dead:
        runs = "run was" if len(found.dead) == 1 else "runs were"
        stuck = f"stuck since {_day(found.dead_since)}: " if found.dead_since else ""
        yield (
            f"{stuck}{len(found.dead)} {runs} killed ({', '.join(one[:8] for one in found.dead)}) and no other starts "
            "until that is recorded; `impact refresh` or `impact ui` does"
        )
    if found.since:
        wait = "run waits" if found.waiting == 1 else "runs wait"
        yield f"{found.waiting} {wait} since {_day(found.since)}; they run, one by one, while `impact ui` is up"


def _rows(home: Home, query: str, *values: str) -> list[tuple[Any, ...]]:
    """Of Dagster's records of runs; nothing of damaged ones, which are told by what needs them."""
    path = home.dagster / "history" / "runs.db"
    if not path.is_file():
        return []
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=2)) as con:
            return con.execute(query, values).fetchall()
    except sqlite3.Error:
        return []


def _day(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _is_starting(status: str, updated: dt.datetime, launcher: str | None) -> bool:
    """Whether a run was launched just now and its process may not have come far enough to say that it is there."""
    age = dt.datetime.now(dt.UTC) - updated
    if status in ("NOT_STARTED", "STARTING") and age < LAUNCHED_WITHIN:
        return True  # what launches it may not have come to say so; one launched again still names the one before
    return launcher is not None and age < STARTS_WITHIN and _answers(json.loads(launcher))


def _answers(launcher: dict[str, Any]) -> bool:
    """Whether the code server that launched a run is there: its processes end with it."""
    unix = launcher.get("socket")
    with socket.socket(socket.AF_UNIX if unix else socket.AF_INET) as probe:
        probe.settimeout(1)
        try:
            probe.connect(unix or (launcher.get("host") or "127.0.0.1", int(launcher["port"])))
        except (OSError, KeyError, ValueError):
            return False
    return True


def _moment(stored: str) -> dt.datetime:
    return dt.datetime.fromisoformat(stored).replace(tzinfo=dt.UTC)
