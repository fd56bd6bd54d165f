"""Where everything is kept: the folders under $IMPACT_HOME, and the lock that lets one writer in at a time.

What is put into the folders belongs to the modules named after them (`archive`, `release`, …).
"""

import datetime as dt
import errno
import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import filelock

from extractors.errors import ImpactError, InputError

LONGEST = 440
"""Bytes of the absolute path: SQLite, in which Dagster keeps its records, opens no file whose path is beyond 511."""
LONGEST_SHOWN = 200
"""Letters of a path in an error line; longer ones are the error."""
DEFAULT_HOME, DEMO = "data", "demo"
"""Folders in the working directory: where everything is kept unless IMPACT_HOME says so, and where `make demo` does."""
FULL = (errno.ENOSPC, errno.EDQUOT)
"""What the system says where there is no room, for anybody or for this user."""
POLL_SECONDS = 0.2
"""How often whoever waits for the lock asks again."""


class HomeUnwritable(InputError):
    """The data folder cannot be written. Point IMPACT_HOME at a folder that can, or free space, and run again."""

    @classmethod
    def because(cls, path: Path, error: OSError) -> "HomeUnwritable":
        """Build the one line for an operating system error met at `path`."""
        if isinstance(error, FileExistsError | NotADirectoryError) and path.exists():
            return cls(
                f"cannot use {_shown(path)} as a data folder: it exists and is not a folder; "
                "remove it or point IMPACT_HOME elsewhere"
            )
        remedy = (
            "free space and run again" if error.errno in FULL else "point IMPACT_HOME at a folder that can be written"
        )
        return cls(f"cannot write {_shown(path)}: {(error.strerror or str(error)).lower()}; {remedy}")


class HomeUnreadable(InputError):
    """The data folder cannot be used as it is named, or not be read. Point IMPACT_HOME at another."""

    @classmethod
    def because(cls, path: Path, error: OSError) -> "HomeUnreadable":
        """Build the one line for an operating system error met at `path`."""
        return cls(
            f"cannot read {_shown(path)}: {(error.strerror or str(error)).lower()}; "
            "point IMPACT_HOME at a folder that can be read"
        )

    @classmethod
    def named(cls, folder: str | Path, reason: str) -> "HomeUnreadable":
        """Build the one line for a name that no data folder can have."""
        return cls(f"cannot use {_shown(folder)!r} as a data folder: {reason}; point IMPACT_HOME elsewhere")


class HomeBusy(ImpactError):
    """Another process is writing to this home. Wait for it to end, then run again; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Home:
    """The data folder. `root` is absolute; every other path is derived from it."""

    root: Path

    @classmethod
    def at(cls, folder: str | Path) -> "Home":
        """Home at `folder`, made absolute now, so that a later change of working directory cannot move it.

        It need not be there yet.

        Raises:
            HomeUnreadable: no data folder can have that name, or what is there cannot be read.
            HomeUnwritable: what is there is no folder.
        """
        try:
            str(folder).encode()
        except UnicodeEncodeError:
            raise HomeUnreadable.named(folder, "its name is not UTF-8") from None
        try:
            absolute = Path(folder).expanduser()
        except RuntimeError:
            raise HomeUnreadable.named(folder, "there is no such user; a folder of that name is './~…'") from None
        try:
            home = cls(absolute.resolve())
        except (RuntimeError, ValueError) as error:  # of Python before 3.13; a NUL
            reason = "it is a link that leads to itself" if isinstance(error, RuntimeError) else str(error)
            raise HomeUnreadable.named(folder, reason) from None
        if len(os.fsencode(home.root)) > LONGEST:
            raise HomeUnreadable.named(home.root, f"its path is longer than {LONGEST} bytes")
        for path in (home.root, home.archive, home.facts, home.releases):
            try:
                os.scandir(path).close()
            except FileNotFoundError:
                continue  # `create` makes it
            except NotADirectoryError as error:
                raise HomeUnwritable.because(path, error) from error
            except OSError as error:
                raise HomeUnreadable.because(path, error) from error
        return home

    @classmethod
    def from_environment(cls) -> "Home":
        """Home named by $IMPACT_HOME, by default `data` in the working directory."""
        return cls.at(os.environ.get("IMPACT_HOME") or DEFAULT_HOME)

    @property
    def archive(self) -> Path:
        """Captures, as WARC files; never derived from anything else."""
        return self.root / "archive"

    @property
    def facts(self) -> Path:
        """What each capture yielded, as Parquet; derived from the archive."""
        return self.root / "facts"

    @property
    def decisions(self) -> Path:
        """What people settled, a YAML file a source; edited by hand and kept in git."""
        return self.root / "decisions"

    @property
    def settings(self) -> Path:
        """What a person sets for this home, YAML; there need be none."""
        return self.root / "settings.yaml"

    @property
    def collections(self) -> Path:
        """What was read in bulk, a folder a collection; each comes back from its files."""
        return self.root / "collections"

    @property
    def releases(self) -> Path:
        """The releases that are kept, a folder each."""
        return self.root / "releases"

    @property
    def published(self) -> Path:
        """The name that analysts open: a symlink to the published release's database."""
        return self.root / "impact.duckdb"

    @property
    def dagster(self) -> Path:
        """DAGSTER_HOME: the run history."""
        return self.root / "dagster"

    def empty(self) -> str:
        """One line for a home in which nothing is published, with what to do; another that has a release is named."""
        beside = self.root.parent / DEMO
        demo = f", or set IMPACT_HOME={DEMO}" if beside != self.root and (beside / self.published.name).exists() else ""
        return f"nothing has been published in {self.root} yet; run `impact refresh`{demo}"

    def create(self) -> None:
        """Make the folders and prove that they can be written.

        The proof is a real file: permission bits say nothing to root, and nothing about a read-only or full disk.

        Raises:
            HomeUnwritable: with the first folder that cannot be made or written.
        """
        for folder in (self.root, self.archive, self.facts, self.releases, self.dagster):
            try:
                folder.mkdir(parents=True, exist_ok=True)
                with tempfile.TemporaryFile(dir=folder) as probe:
                    probe.write(b"\0")
            except OSError as error:
                raise HomeUnwritable.because(folder, error) from error


def _shown(path: str | Path) -> str:
    text = str(path)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


@contextmanager
def writer_lock(home: Home, wait: float = 0) -> Iterator[None]:
    """Hold the home's writer lock for the duration of the block; when another writer has it, wait up to `wait` seconds.

    An operating system file lock: it ends with the process, however that ends, so a killed refresh leaves none behind.

    Raises:
        HomeBusy: when another writer still holds it then, in this process or another.
        HomeUnwritable: when the lock file cannot be made.
    """
    path = home.root / ".lock"
    lock = filelock.FileLock(path, timeout=0)
    until = time.time() + wait  # by the clock on the wall: a machine that slept has waited
    while not lock.is_locked:
        try:
            lock.acquire()
        except filelock.Timeout:
            if time.time() >= until:
                raise HomeBusy(
                    f"another refresh is writing to {home.root}{_holder(home)}; wait for it to end, then run again"
                ) from None
            time.sleep(POLL_SECONDS)
        except OSError as error:
            raise HomeUnwritable.because(path, error) from error
    try:
        _write_holder(home)
        yield
    finally:
        _holder_file(home).unlink(missing_ok=True)
        lock.release()


def _holder_file(home: Home) -> Path:
    """Who holds the lock, for the message to whoever does not. Never consulted to decide whether it is held."""
    return home.root / ".lock-holder.json"


def _write_holder(home: Home) -> None:
    since = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    try:
        _holder_file(home).write_text(json.dumps({"pid": os.getpid(), "since": since}), encoding="utf-8")
    except OSError as error:
        raise HomeUnwritable.because(_holder_file(home), error) from error


def _holder(home: Home) -> str:
    try:
        holder = json.loads(_holder_file(home).read_text(encoding="utf-8"))
        return f" (process {holder['pid']}, since {holder['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
