"""How releases lie on disk: reading and checking one, the link to the published one, removing old ones.

On disk: `releases/<id>/impact.duckdb` (mode 0444) with `release.json`, and the symlink `impact.duckdb` to one of them.
While one is published, `releases/publishing` names it: what it names and the link does not was never published.
When to publish or to go back is decided in `release`.
"""

import datetime as dt
import hashlib
import re
import secrets
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from pydantic import JsonValue, ValidationError

from extractors.errors import ImpactError
from extractors.records import Record
from warehouse import durable
from warehouse.home import Home

KEPT = 10
DATABASE = "impact.duckdb"
"""Also while building: DuckDB stores the file's stem in every view."""
RECORD = "release.json"
REMOVED = "removed.jsonl"
"""Records of releases that are no longer kept, a line each."""
PUBLISHING = "publishing"
RELEASE_ID = re.compile(r"\d{8}T\d{12}Z")
ID_FORMAT = "%Y%m%dT%H%M%S%fZ"
BUILDING, REMOVING = ".building-", ".removing-"
REMEDY = "run `impact refresh` to publish anew, or `impact rollback`"


class CorruptRelease(ImpactError):
    """A release, or the link to it, is damaged. `impact refresh` or `impact rollback` puts an intact one in place."""


class Release(Record):
    """What `release.json` says of a release."""

    id: str
    """UTC timestamp to the microsecond; ids sort by time."""
    created_at: dt.datetime
    published_at: dt.datetime
    size: int
    sha256: str
    """Size in bytes and hash of the database file."""
    summary: dict[str, JsonValue]
    """What the builder said of it: source captures, row counts and the like."""
    copy_of: str | None = None
    """Id of the release in which its statements last changed; None when they changed in this one."""

    @property
    def changed(self) -> bool:
        """Whether a statement changed, against the release before."""
        return self.copy_of is None

    @property
    def state(self) -> str:
        """Id of the release in which its statements last changed: its own, or the one it is a copy of."""
        return self.copy_of or self.id


def release_folders(home: Home) -> list[Path]:
    """Folders with a release's name, oldest first, intact or not; one that was never published is left out."""
    unpublished = _unpublished_id(home)
    named = (folder for folder in home.releases.glob("*/") if RELEASE_ID.fullmatch(folder.name))
    return sorted(folder for folder in named if folder.name != unpublished)


def record(folder: Path) -> Release:
    """What `release.json` says, whatever became of the database beside it.

    Raises:
        CorruptRelease: it is missing, unreadable, or another release's.
    """
    try:
        release = Release.model_validate_json((folder / RECORD).read_bytes())
    except OSError as error:
        raise _not_whole(folder, error) from None
    except ValidationError:
        release = None
    if release is None or release.id != folder.name:
        raise CorruptRelease(f"release {folder.name} is damaged: {RECORD} cannot be read; {REMEDY}")
    return release


def load(folder: Path) -> Release:
    """Read a release's record and check the database against it, all but its hash.

    Raises:
        CorruptRelease: a file is missing, unreadable or not what the record says.
    """
    release = record(folder)
    database = folder / DATABASE
    try:
        size = database.stat().st_size
    except OSError as error:
        raise _not_whole(folder, error) from None
    require_database(database)
    if size != release.size:
        problem = f"{database} has {size:,} of {release.size:,} bytes"
        raise CorruptRelease(f"release {folder.name} is damaged: {problem}; {REMEDY}")
    return release


def require_intact(folder: Path) -> Release:
    """Read a release's record and check the database against it, to the byte.

    Raises:
        CorruptRelease: a file is missing, unreadable or not what the record says.
    """
    release = load(folder)
    try:
        found = file_hash(folder / DATABASE)
    except OSError as error:
        raise _not_whole(folder, error) from None
    if found != release.sha256:
        problem = f"the content of {folder / DATABASE} has changed"
        raise CorruptRelease(f"release {folder.name} is damaged: {problem}; {REMEDY}")
    return release


def intact(folder: Path) -> bool:
    """Whether a release is what it was when published, to the byte."""
    try:
        require_intact(folder)
    except CorruptRelease:
        return False
    return True


def _not_whole(folder: Path, error: OSError) -> CorruptRelease:
    return CorruptRelease(f"release {folder.name} is not whole: {error.filename}: {error.strerror}; {REMEDY}")


def require_database(database: Path) -> None:
    """Check that a file begins as a DuckDB database does.

    Raises:
        CorruptRelease: it does not, or cannot be read.
    """
    try:
        with database.open("rb") as file:
            head = file.read(12)
    except OSError as error:
        raise CorruptRelease(f"{database} cannot be read: {error.strerror}; {REMEDY}") from None
    if head[8:12] != b"DUCK":
        raise CorruptRelease(f"{database} is not a DuckDB database; {REMEDY}")


def require_closed(database: Path) -> None:
    """Check that no write-ahead log lies beside a database: readers would see, or choke on, what is not in the file.

    Raises:
        CorruptRelease: one does.
    """
    log = write_ahead_log(database)
    if log.exists() and log.stat().st_size:
        raise CorruptRelease(f"{database} was opened for writing and not closed ({log} is there); {REMEDY}")


def linked_id(home: Home) -> str | None:
    """Id of the release that the link names, intact or not."""
    return home.published.readlink().parent.name if home.published.is_symlink() else None


def announce(home: Home, release_id: str) -> None:
    """Say that a release is about to be published, before its folder takes its name."""
    durable.write_file(home.releases / PUBLISHING, release_id.encode() + b"\n")


def settle(home: Home) -> None:
    """End what `announce` began: remove the announced release if a kill came before the link was moved to it."""
    unpublished = _unpublished_id(home)
    if unpublished:
        _remove(home.releases / unpublished)
    if (home.releases / PUBLISHING).exists():
        (home.releases / PUBLISHING).unlink()
        durable.sync_folder(home.releases)


def _unpublished_id(home: Home) -> str | None:
    """Id of the release that was announced and is not linked; its folder may not be there yet."""
    try:
        announced = (home.releases / PUBLISHING).read_bytes().decode(errors="replace").strip()
    except OSError:
        return None
    return announced if RELEASE_ID.fullmatch(announced) and announced != linked_id(home) else None


def point_to(home: Home, release_id: str) -> None:
    """Move the link, in one step: readers find the old release or the new one.

    Stale write-ahead logs go first; with one left, opening the database fails or shows what was never published.
    """
    link = home.published
    if link.exists() and not link.is_symlink():
        # Somebody's own file or folder took the name: not ours to delete.
        link.rename(link.with_name(f"{link.name}.set-aside-{secrets.token_hex(4)}"))
    target = Path(home.releases.name, release_id, DATABASE)
    # DuckDB 2 leaves the log beside the file itself, earlier versions beside the name it was opened by.
    write_ahead_log(link).unlink(missing_ok=True)
    write_ahead_log(home.root / target).unlink(missing_ok=True)
    temporary = link.with_name(f"{durable.TEMPORARY_PREFIX}{secrets.token_hex(6)}-{link.name}")
    temporary.symlink_to(target)
    temporary.replace(link)
    durable.sync_folder(home.root)


def removed(home: Home) -> list[Release]:
    """What was once published and has been removed since, oldest first. A line torn by a crash is left out."""
    found = {one.id: one for one in durable.read_lines(home.releases / REMOVED, Release.model_validate_json)}
    return [found[name] for name in sorted(found)]


def prune(home: Home, published: Collection[str | None]) -> None:
    """Keep the last ten releases in which a statement changed, and those named; of the others only the records.

    A copy is kept in place of an original that is damaged. Readers that have a removed release open keep it.
    """
    folders = release_folders(home)
    states: dict[str, list[str]] = {}
    for folder in folders:
        with suppress(CorruptRelease):
            release = load(folder)
            states.setdefault(release.state, []).append(release.id)
    whole = {name for names in states.values() for name in names}
    kept = {_keeper(home, state, states[state]) for state in sorted(states)[-KEPT:]}
    for folder in folders:
        # A damaged one goes when all that is kept is younger.
        doomed = folder.name not in kept if folder.name in whole else bool(kept) and folder.name < min(kept)
        if doomed and folder.name not in published:
            with suppress(CorruptRelease):
                durable.append_line(home.releases / REMOVED, record(folder).model_dump_json())
            _remove(folder)


def _keeper(home: Home, state: str, names: list[str]) -> str:
    """Of the releases with the same statements the one to keep: the original, else the latest copy."""
    original_will_do = names[0] == state and (len(names) == 1 or intact(home.releases / state))
    return names[0] if original_will_do else names[-1]


def _remove(folder: Path) -> None:
    # Renamed first: a kill in between leaves no half a release under a release's name.
    doomed = folder.with_name(f"{REMOVING}{folder.name}")
    with suppress(FileNotFoundError):
        folder.rename(doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def sweep(home: Home) -> None:
    """Remove what killed writers left, a release that was never published among it."""
    settle(home)
    for prefix in (BUILDING, REMOVING):
        for leftover in home.releases.glob(f"{prefix}*/"):
            shutil.rmtree(leftover, ignore_errors=True)
    durable.remove_leftovers(home.releases)
    durable.remove_leftovers(home.root)


def write_ahead_log(database: Path) -> Path:
    """Where DuckDB keeps what is not yet in the database file."""
    return database.with_name(f"{database.name}.wal")


def file_hash(path: Path) -> str:
    """SHA-256 of a file, 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
