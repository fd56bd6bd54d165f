"""How releases lie on disk: reading and checking one, the link to the published one, removing old ones.

On disk: `releases/<id>/impact.duckdb` (mode 0444) with `release.json`, and the symlink `impact.duckdb` to one of them.
When to publish or to go back is decided in `release`.
"""

import datetime as dt
import hashlib
import re
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from pydantic import JsonValue, ValidationError

from extractors.errors import ImpactError
from extractors.models import Record
from warehouse import durable
from warehouse.home import Home

KEPT = 10
DATABASE = "impact.duckdb"
"""Also while building: DuckDB stores the file's stem in every view."""
RECORD = "release.json"
REMOVED = "removed.jsonl"
"""Records of releases that are no longer kept, a line each."""
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


def release_folders(home: Home) -> list[Path]:
    """Folders with a release's name, oldest first, intact or not."""
    return sorted(folder for folder in home.releases.glob("*/") if RELEASE_ID.fullmatch(folder.name))


def load(folder: Path) -> Release:
    """Read a release's record and check the database against it, all but its hash.

    Raises:
        CorruptRelease: a file is missing, unreadable or not what the record says.
    """
    database = folder / DATABASE
    try:
        release = Release.model_validate_json((folder / RECORD).read_bytes())
        size = database.stat().st_size
    except OSError as error:
        problem = f"is not whole: {error.filename}: {error.strerror}"
        raise CorruptRelease(f"release {folder.name} {problem}; {REMEDY}") from None
    except ValidationError:
        raise CorruptRelease(f"release {folder.name} is damaged: {RECORD} cannot be read; {REMEDY}") from None
    require_database(database)
    if size != release.size:
        problem = f"{database} has {size:,} of {release.size:,} bytes"
        raise CorruptRelease(f"release {folder.name} is damaged: {problem}; {REMEDY}")
    return release


def intact(folder: Path) -> bool:
    """Whether a release is what it was when published, to the byte."""
    try:
        return file_hash(folder / DATABASE) == load(folder).sha256
    except (CorruptRelease, OSError):
        return False


def _whole(folder: Path) -> bool:
    try:
        load(folder)
    except CorruptRelease:
        return False
    return True


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
    path = home.releases / REMOVED
    found = {}
    for line in path.read_bytes().splitlines() if path.is_file() else []:
        with suppress(ValidationError):
            release = Release.model_validate_json(line)
            found[release.id] = release
    return [found[name] for name in sorted(found)]


def prune(home: Home, published_id: str) -> None:
    """Remove releases older than the last ten intact ones; their records stay. Readers that have one open keep it."""
    folders = release_folders(home)
    kept = [folder.name for folder in folders if _whole(folder)][-KEPT:]
    for folder in folders:
        if kept and folder.name < kept[0] and folder.name != published_id:
            with suppress(ValidationError, FileNotFoundError):
                gone = Release.model_validate_json((folder / RECORD).read_bytes())
                durable.append_line(home.releases / REMOVED, gone.model_dump_json())
            # Renamed first: a kill in between leaves no half a release under a release's name.
            doomed = folder.with_name(f"{REMOVING}{folder.name}")
            folder.rename(doomed)
            shutil.rmtree(doomed, ignore_errors=True)


def sweep(home: Home) -> None:
    """Remove what killed writers left."""
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
