"""Releases: a candidate is built aside, published by one rename, and can be gone back from.

The published database is never opened for writing: readers keep the release they opened, and a process killed at any
moment leaves the last release as it was. What a database holds belongs to `build`, how releases lie on disk to
`release_files`. Whatever writes here needs the home's writer lock.
"""

import datetime as dt
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue

from extractors.errors import ImpactError, InputError
from warehouse import durable, release_files
from warehouse.home import Home, HomeBusy, HomeUnwritable, writer_lock
from warehouse.release_files import CorruptRelease, Release

__all__ = [
    "Candidate",
    "CorruptRelease",
    "NoRelease",
    "PinDamaged",
    "PinnedRelease",
    "Release",
    "current",
    "damaged",
    "discard",
    "heal",
    "history",
    "new_candidate",
    "newest",
    "pinned",
    "publish",
    "published",
    "published_database",
    "releases",
    "rollback",
    "unpin",
    "verified",
]


class NoRelease(ImpactError):
    """There is no release to read, or none to go back to. Run `impact refresh`."""


class PinnedRelease(ImpactError):
    """The home is pinned to a release, so nothing else is published. Run `impact unpin` first."""


class PinDamaged(InputError):
    """It cannot be told to which release the home is pinned. Run `impact rollback`, or `impact unpin`."""


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


def publish(home: Home, candidate: Candidate, *, summary: Mapping[str, JsonValue], changed: bool = True) -> Release:
    """Make a candidate the published release, and forget releases beyond the last ten.

    `changed` says whether a statement changed against the `newest` release. One in which none did is a copy: the ten
    are counted without it, it is removed when the next but one is published, and a rollback skips it.

    Raises:
        PinnedRelease: a rollback pinned the home.
        PinDamaged: a rollback pinned the home, and it cannot be told to what.
        CorruptRelease: the candidate is no DuckDB file, or was not checkpointed and closed.
        HomeUnwritable: the disk refuses; the release published before stays.
    """
    pin = pinned(home)
    if pin:
        raise PinnedRelease(f"pinned to release {pin}; run `impact unpin` to publish again")
    release_files.require_database(candidate.path)
    release_files.require_closed(candidate.path)
    try:
        release_files.settle(home)
        replaced = release_files.linked_id(home)
        repeated = None if changed else newest(home)
        release = Release(
            id=candidate.id,
            created_at=candidate.created_at,
            published_at=dt.datetime.now(dt.UTC),
            size=candidate.path.stat().st_size,
            sha256=release_files.file_hash(candidate.path),
            summary=dict(summary),
            copy_of=repeated.state if repeated else None,
        )
        candidate.path.chmod(0o444)
        durable.sync_file(candidate.path)
        record = release.model_dump_json(indent=2).encode() + b"\n"
        durable.write_file(candidate.folder / release_files.RECORD, record, mode=0o444)
        release_files.announce(home, release.id)
        candidate.folder.rename(home.releases / release.id)
        durable.sync_folder(home.releases)
        release_files.point_to(home, release.id)
        release_files.settle(home)
        # Whoever opens the file by its name follows the link first: what it named a moment ago is still to be found.
        release_files.prune(home, (release.id, replaced))
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


def newest(home: Home) -> Release | None:
    """The release with which a new one is compared: the last published, also when a rollback went back from it.

    None when there is none, or it is damaged.
    """
    folders = release_files.release_folders(home)
    return release_files.require_intact(folders[-1]) if folders and release_files.intact(folders[-1]) else None


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


def verified(home: Home) -> Release | None:
    """The published release, checked to the byte, which takes a second for a gigabyte; None when there is none.

    Raises:
        CorruptRelease: the link, or what it names, is damaged.
    """
    release = published(home)
    return release and release_files.require_intact(home.releases / release.id)


def current(home: Home) -> Release | None:
    """The published release, for readers; None when nothing has been published.

    A lost link is put back by whoever notices first; where another process writes, or the disk is read-only, the
    release that it would name is given all the same.

    Raises:
        CorruptRelease: the link, or what it names, is damaged.
    """
    if not home.published.is_symlink() and not home.published.exists():
        chosen = _to_put_in_place(home)
        if chosen is None:
            return None
        try:
            with writer_lock(home):
                heal(home)
        except (HomeBusy, HomeUnwritable):
            return release_files.load(home.releases / chosen)
    return published(home)


def published_database(home: Home) -> Path:
    """Path of the published database, for readers; it stays readable while later releases are published.

    Raises:
        NoRelease: nothing has been published.
        CorruptRelease: the link, or what it names, is damaged.
    """
    release = current(home)
    if release is None:
        raise NoRelease(home.empty())
    return home.releases / release.id / release_files.DATABASE


def heal(home: Home) -> str | None:
    """Put an intact release back in place when the published one, or the link to it, is damaged or missing.

    Of a pinned home the pinned release, else the last before it; else the linked one (when only the link or a stray log
    was wrong), else the latest.

    Returns:
        One line that says what was done; None when all was well or there is no intact release to put in place.

    Raises:
        PinDamaged: it cannot be told to what the home is pinned.
        HomeUnwritable: the disk refuses.
    """
    try:
        release_files.settle(home)
    except OSError as error:
        raise HomeUnwritable.because(home.releases, error) from error
    try:
        if verified(home):
            return None
        problem = f"{home.published} was missing"
    except CorruptRelease as error:
        problem = str(error).partition(";")[0]
    chosen = _to_put_in_place(home)
    if chosen is None:
        return None
    _move_link(home, chosen)
    return f"{problem}; put release {chosen} in place"


def rollback(home: Home) -> Release:
    """Go back to the last release that says something else, and stay there: publish nothing else until `unpin`.

    Copies are passed over: the statements of the release gone back to are others than those published now.

    Raises:
        NoRelease: there is no earlier intact release.
        HomeUnwritable: the disk refuses.
    """
    if release_files.linked_id(home) is None:
        heal(home)
    state = _state(home, release_files.linked_id(home))
    earlier = [release for release in _records(home) if state is None or release.state < state]
    # By state, the last first; within a state the original before its copies, which stand in where it is damaged.
    earlier.sort(key=lambda release: release.state, reverse=True)
    target = next((release for release in earlier if release_files.intact(home.releases / release.id)), None)
    if target is None:
        raise NoRelease(f"there is no earlier release in {home.releases} to go back to; nothing was changed")
    try:
        release_files.settle(home)
    except OSError as error:
        raise HomeUnwritable.because(home.releases, error) from error
    # The link first: killed in between, the home is merely not pinned, and the next refresh publishes.
    _move_link(home, target.id)
    durable.write_file(_pin_file(home), target.id.encode() + b"\n")
    return target


def pinned(home: Home) -> str | None:
    """Id of the release the home is pinned to; None when it is not pinned.

    Raises:
        PinDamaged: what is written there is no release's id.
    """
    path = _pin_file(home)
    try:
        text = path.read_bytes().decode(errors="replace").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PinDamaged(f"cannot read {path}: {error.strerror}; `impact unpin` removes it") from error
    if not release_files.RELEASE_ID.fullmatch(text):
        raise PinDamaged(
            f"{path} does not name a release; `impact unpin` removes it, `impact rollback` goes back and writes it anew"
        )
    return text


def unpin(home: Home) -> bool:
    """Let the next refresh publish again, also when the pin is damaged; False when the home was not pinned.

    Raises:
        HomeUnwritable: the disk refuses.
    """
    try:
        _pin_file(home).unlink()
        durable.sync_folder(home.releases)
    except FileNotFoundError:
        return False
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


def _to_put_in_place(home: Home) -> str | None:
    """Id of the intact release to which the link is to be moved; None when there is none."""
    names = [folder.name for folder in reversed(release_files.release_folders(home))]
    pin, linked = pinned(home), release_files.linked_id(home)
    if pin:  # what came after it is what was gone back from
        names = [name for name in names if name <= pin] + sorted(name for name in names if name > pin)
    elif linked in names:
        names = [linked, *names]
    return next((name for name in names if release_files.intact(home.releases / name)), None)


def _records(home: Home) -> list[Release]:
    """What is known of the releases that are kept, oldest first, whatever became of their databases."""
    found = []
    for folder in release_files.release_folders(home):
        with suppress(CorruptRelease):
            found.append(release_files.record(folder))
    return found


def _state(home: Home, release_id: str | None) -> str | None:
    """The state of a release, which is its own id when nothing else is known of it."""
    return next((release.state for release in _records(home) if release.id == release_id), release_id)


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
