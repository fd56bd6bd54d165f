"""Where collections lie and where what is read of them goes: folders of this machine, or any store that fsspec knows.

A path with a scheme, such as `s3://bucket/folder`, goes through fsspec, which the extra `bulk` brings; a path without
one does without. A file is written whole under a temporary name and renamed, or in one PUT: nobody sees half of it.
"""

import glob
import hashlib
import io
import os
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from extractors.errors import InputError
from warehouse.durable import TEMPORARY_PREFIX, sync_folder

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
NEEDS_EXTRA = "needs the extra `bulk`: pip install 'impact-ledger[bulk]'"


class Unreadable(InputError):
    """A file of a collection cannot be opened or read. See whether it is there and may be read, and run again."""


class Unwritable(InputError):
    """What was read cannot be written. Free space or name another folder, and run again."""


class Store(Protocol):
    """A folder, here or elsewhere, in which files are written once."""

    def write(self, name: str, data: bytes) -> None:
        """Put a file there, whole or not at all, in place of what has its name."""

    def read(self, name: str) -> bytes | None:
        """A file; None where there is none."""

    def names(self, folder: str) -> set[str]:
        """Names of the files in a folder of it."""

    def sweep(self) -> None:
        """Remove what killed writers left. Only while nobody writes."""


def store_at(place: str) -> Store:
    """The store at a path or URL.

    Raises:
        InputError: the URL is of a kind for which something is not installed.
    """
    return _Remote(place) if SCHEME.match(place) else _Local(Path(place))


def absolute(path: str) -> str:
    """A path that means the same from every working directory; a URL is one."""
    return path if SCHEME.match(path) else os.path.abspath(path)  # noqa: PTH100 - Path would keep `..`


def matching(pattern: str) -> list[tuple[str, int]]:
    """The files that a path or pattern means, sorted, with their sizes.

    Raises:
        InputError: there is none, or the place cannot be asked.
    """
    try:
        if SCHEME.match(pattern):
            system, path = _system(pattern)
            protocol = pattern.partition("://")[0]
            details = system.glob(path, detail=True)
            found = [(f"{protocol}://{name}", entry["size"]) for name, entry in details.items() if _is_file(entry)]
        else:
            path = absolute(pattern)
            named = [path] if Path(path).is_file() else glob.iglob(path, recursive=True)  # noqa: PTH207 - absolute
            found = [(name, Path(name).stat().st_size) for name in named if Path(name).is_file()]
    except _trouble() as error:
        raise Unreadable(f"cannot look for {pattern}: {_reason(error)}") from error
    except ValueError as error:
        raise InputError(f"cannot look for {pattern!r}: {error}") from error
    if not found:
        raise InputError(f"no file is at {pattern}; give the path of a WARC or WACZ file, or a pattern in quotes")
    return sorted(found)


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """A file of a collection, to be read from any place.

    Raises:
        Unreadable: it cannot be, now or at any later read.
    """
    with _telling(path):
        if SCHEME.match(path):
            system, name = _system(path)
            file: BinaryIO = system.open(name, "rb")
        else:
            file = Path(path).open("rb")  # noqa: SIM115 - closed below
    try:
        yield io.BufferedReader(_Told(file, path), 128 * 1024)
    finally:
        file.close()


class _Told(io.RawIOBase):
    """A file whose trouble is told as ours: what merely cannot be read now is not taken for damage."""

    def __init__(self, file: BinaryIO, path: str) -> None:
        self._file, self._path = file, path

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        with _telling(self._path):
            return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: Any) -> int:
        with _telling(self._path):
            data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def _telling(path: str) -> Iterator[None]:
    try:
        yield
    except _trouble() as error:
        raise Unreadable(f"cannot read {path}: {_reason(error)}") from error


class _Local:
    def __init__(self, root: Path) -> None:
        self._root = root

    def write(self, name: str, data: bytes) -> None:
        path = self._root / name
        temporary = path.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(6)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with temporary.open("xb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                temporary.replace(path)
            finally:
                temporary.unlink(missing_ok=True)
            sync_folder(path.parent)
        except OSError as error:
            raise Unwritable(f"cannot write {path}: {_reason(error)}; free space or name another folder") from error

    def read(self, name: str) -> bytes | None:
        with _telling(str(self._root / name)):
            try:
                return (self._root / name).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None

    def names(self, folder: str) -> set[str]:
        with _telling(str(self._root / folder)), suppress(FileNotFoundError):
            return {entry.name for entry in os.scandir(self._root / folder)}
        return set()

    def sweep(self) -> None:
        for leftover in self._root.glob(f"*/{TEMPORARY_PREFIX}*"):
            leftover.unlink(missing_ok=True)


class _Remote:
    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._system, self._root = _system(self._url)

    def write(self, name: str, data: bytes) -> None:
        try:
            self._system.pipe_file(f"{self._root}/{name}", data)
        except _trouble() as error:
            raise Unwritable(f"cannot write {self._url}/{name}: {_reason(error)}; see to it and run again") from error

    def read(self, name: str) -> bytes | None:
        with _telling(f"{self._url}/{name}"):
            try:
                return bytes(self._system.cat_file(f"{self._root}/{name}"))
            except FileNotFoundError:
                return None

    def names(self, folder: str) -> set[str]:
        with _telling(f"{self._url}/{folder}"):
            try:
                found = self._system.ls(f"{self._root}/{folder}", detail=False, refresh=True)
            except FileNotFoundError:
                return set()
        return {name.rstrip("/").rpartition("/")[2] for name in found}

    def sweep(self) -> None:
        """Nothing: a PUT that did not end has left nothing."""


def _system(url: str) -> tuple[Any, str]:
    """What fsspec has for a URL, and the path there."""
    try:
        import fsspec
    except ImportError:
        raise InputError(f"{url} {NEEDS_EXTRA}") from None
    try:
        system, path = fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise InputError(f"{url} {NEEDS_EXTRA} ({error})") from None
    except ValueError as error:
        raise InputError(f"{url}: {error}") from None
    except _trouble() as error:
        raise Unreadable(f"cannot reach {url}: {_reason(error)}") from error
    return system, path


def _is_file(entry: dict[str, Any]) -> bool:
    return entry.get("type") == "file" and entry.get("size") is not None


def _trouble() -> tuple[type[Exception], ...]:
    """What a disk or an object store raises; the latter's errors only where it is in use."""
    of_store = sys.modules.get("botocore.exceptions")
    return (OSError, of_store.BotoCoreError, of_store.ClientError) if of_store else (OSError,)


def _reason(error: Exception) -> str:
    stated = str(getattr(error, "strerror", None) or error) or type(error).__name__
    return " ".join(stated.split())[:300].rstrip(".")


def short_hash(*parts: str) -> str:
    """Sixteen hexadecimal digits that name what the parts name."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
