"""Releases: a candidate is built aside, published by one rename, and can be gone back from.

The published database is never opened for writing: readers keep the release they opened, and a process killed at any
moment leaves the last release as it was. What a database holds belongs to `build`, how releases lie on disk to
`release_files`. Whatever writes here needs the home's writer lock.
"""

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue

from extractors.errors import ImpactError
from warehouse import durable, release_files
from warehouse.home import Home, HomeUnwritable
from warehouse.release_files import CorruptRelease, Release

__all__ = [
    "Candidate",
    "CorruptRelease",
    "NoRelease",
    "PinnedRelease",
    "Release",
    "damaged",
    "discard",
    "heal",
    "history",
    "new_candidate",
    "pinned",
    "publish",
    "published",
    "published_database",
    "releases",
    "rollback",
    "unpin",
]


class NoRelease(ImpactError):
    """There is no release to read, or none to go back to. Run `impact refresh`."""


class PinnedRelease(ImpactError):
    """The home is pinned to a release, so nothing else is published. Run `impact unpin` first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A release in the making. The database is to be built at `path`, checkpointed and closed."""

    id: str
    created_at: dt.datetime
    folder: Path
    path: Path


def new_candidate(home: Home) -> Candidate:
    """Make an empty folder to build in, and remove what killed builds left.

    Raises:
        HomeUnwritable: the disk refuses.
    """
    try:
        release_files.sweep(home)
        created_at = _next_moment(home)
        identity = created_at.strftime(release_files.ID_FORMAT)
        folder = home.releases / f"{release_files.BUILDING}{identity}"
        folder.mkdir(parents=True)
    except OSError as error:
        raise HomeUnwritable.because(home.releases, error) from error
    return Candidate(identity, created_at, folder, folder / release_files.DATABASE)


def discard(candidate: Candidate) -> None:
    """Remove a candidate that is not to be published."""
    shutil.rmtree(candidate.folder, ignore_errors=True)


def publish(home: Home, candidate: Candidate, *, summary: Mapping[str, JsonValue]) -> Release:
    """Make a candidate the published release, and forget releases beyond the last ten.

    Raises:
        PinnedRelease: a rollback pinned the home.
        CorruptRelease: the candidate is no DuckDB file, or was not checkpointed and closed.
        HomeUnwritable: the disk refuses; the release published before stays.
    """
    pin = pinned(home)
    if pin:
        raise PinnedRelease(f"pinned to release {pin}; run `impact unpin` to publish again")
    release_files.require_database(candidate.path)
    release_files.require_closed(candidate.path)
    try:
        release = Release(
            id=candidate.id,
            created_at=candidate.created_at,
            published_at=dt.datetime.now(dt.UTC),
            size=candidate.path.stat().st_size,
            sha256=release_files.file_hash(candidate.path),
            summary=dict(summary),
        )
        candidate.path.chmod(0o444)
        durable.sync_file(candidate.path)
        record = release.model_dump_json(indent=2).encode() + b"\n"
        durable.write_file(candidate.folder / release_files.RECORD, record, mode=0o444)
        candidate.folder.rename(home.releases / release.id)
        durable.sync_folder(home.releases)
        release_files.point_to(home, release.id)
        release_files.prune(home, release.id)
    except OSError as error:
        raise HomeUnwritable.because(home.releases, error) from error
    return release


def releases(home: Home) -> list[Release]:
    """The releases that are kept and whole, oldest first."""
    return _survey(home)[0]


def history(home: Home) -> list[Release]:
    """Every release there ever was, oldest first: those removed since, and those that are kept and whole."""
    known = {release.id: release for release in [*release_files.removed(home), *releases(home)]}
    return [known[name] for name in sorted(known)]


def damaged(home: Home) -> list[str]:
    """One line for each release that is kept but not whole."""
    return _survey(home)[1]


def published(home: Home) -> Release | None:
    """The published release; None when nothing has been published.

    Raises:
        CorruptRelease: the link, or what it names, is damaged.
    """
    link = home.published
    if not link.is_symlink():
        if link.exists():
            raise CorruptRelease(f"{link} is not the link to a release; {release_files.REMEDY}")
        return None
    target = link.parent / link.readlink()
    release = release_files.load(target.parent)
    for name in (target, link):
        release_files.require_closed(name)
    return release


def published_database(home: Home) -> Path:
    """Path of the published database, for readers; it stays readable while later releases are published.

    Raises:
        NoRelease: nothing has been published.
        CorruptRelease: the link, or what it names, is damaged.
    """
    release = published(home)
    if release is None:
        raise NoRelease(home.empty())
    return home.releases / release.id / release_files.DATABASE


def heal(home: Home) -> str | None:
    """Put an intact release back in place when the published one, or the link to it, is damaged or missing.

    The pinned release is preferred, then the linked one (when only the link or a stray log was wrong), then the latest.

    Returns:
        One line that says what was done; None when all was well or there is no intact release to put in place.
    """
    current = release_files.linked_id(home)
    try:
        if published(home) and release_files.intact(home.releases / str(current)):
            return None
        problem = f"{home.published} was missing or its content had changed"
    except CorruptRelease as error:
        problem = str(error).partition(";")[0]
    whole = [folder.name for folder in release_files.release_folders(home) if release_files.intact(folder)]
    chosen = next((name for name in (pinned(home), current, *reversed(whole)) if name in whole), None)
    if chosen is None:
        return None
    _move_link(home, chosen)
    return f"{problem}; put release {chosen} in place"


def rollback(home: Home) -> Release:
    """Go back one release and stay there: publish nothing else until `unpin`.

    Raises:
        NoRelease: there is no earlier intact release.
        HomeUnwritable: the disk refuses.
    """
    current = release_files.linked_id(home)
    folders = [folder for folder in release_files.release_folders(home) if current is None or folder.name < current]
    target = next((folder for folder in reversed(folders) if release_files.intact(folder)), None)
    if target is None:
        raise NoRelease(f"there is no earlier release in {home.releases} to go back to; nothing was changed")
    # The link first: killed in between, the home is merely not pinned, and the next refresh publishes.
    _move_link(home, target.name)
    durable.write_file(_pin_file(home), target.name.encode() + b"\n")
    return release_files.load(target)


def pinned(home: Home) -> str | None:
    """Id of the release the home is pinned to."""
    path = _pin_file(home)
    return path.read_text(encoding="utf-8").strip() if path.is_file() else None


def unpin(home: Home) -> bool:
    """Let the next refresh publish again; False when the home was not pinned.

    Raises:
        HomeUnwritable: the disk refuses.
    """
    if pinned(home) is None:
        return False
    try:
        _pin_file(home).unlink()
        durable.sync_folder(home.releases)
    except OSError as error:
        raise HomeUnwritable.because(_pin_file(home), error) from error
    return True


def _pin_file(home: Home) -> Path:
    return home.releases / "pinned"


def _survey(home: Home) -> tuple[list[Release], list[str]]:
    whole, problems = [], []
    for folder in release_files.release_folders(home):
        try:
            whole.append(release_files.load(folder))
        except CorruptRelease as error:
            problems.append(str(error))
    return whole, problems


def _move_link(home: Home, release_id: str) -> None:
    try:
        release_files.point_to(home, release_id)
    except OSError as error:
        raise HomeUnwritable.because(home.published, error) from error


def _next_moment(home: Home) -> dt.datetime:
    """Now, but after every release there is, so that ids sort by order of making even when the clock was set back."""
    now = dt.datetime.now(dt.UTC)
    folders = release_files.release_folders(home)
    if not folders:
        return now
    last = dt.datetime.strptime(folders[-1].name, release_files.ID_FORMAT).replace(tzinfo=dt.UTC)
    return max(now, last + dt.timedelta(microseconds=1))
