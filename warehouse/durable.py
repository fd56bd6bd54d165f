"""Writes that survive a kill or a power cut: temporary name, flush, fsync, rename, fsync of the folder.

Nothing here knows what it writes.
"""

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from warehouse.home import HomeUnreadable, HomeUnwritable

T = TypeVar("T")

TEMPORARY_PREFIX = ".tmp-"
"""Files so named are leftovers of a write that did not end; readers skip them, the next writer removes them."""


def write_file(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Put `data` at `path`: readers see the old content or all of the new, never a part.

    Raises:
        HomeUnwritable: when the disk refuses; no partial file is left under the final name.
    """
    temporary = path.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(6)}-{path.name}")
    try:
        with contextlib.ExitStack() as cleanup:
            cleanup.callback(temporary.unlink, missing_ok=True)
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fchmod(file.fileno(), mode)
                os.fsync(file.fileno())
            temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise HomeUnwritable.because(path, error) from error


def append_line(path: Path, line: str) -> None:
    """Append one line to a log, in one write. A line torn by an earlier crash is closed off first.

    Raises:
        HomeUnwritable: when the disk refuses.
    """
    try:
        with path.open("a+b") as file:
            size = file.seek(0, os.SEEK_END)
            torn = size > 0 and os.pread(file.fileno(), 1, size - 1) != b"\n"
            file.write((b"\n" if torn else b"") + line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        sync_folder(path.parent)
    except OSError as error:
        raise HomeUnwritable.because(path, error) from error


def read_lines(path: Path, read: Callable[[bytes], T]) -> list[T]:
    """What `read` makes of each line of a log; none where there is no log.

    A line that it refuses with a `ValueError`, as one torn by a crash, is left out.

    Raises:
        HomeUnreadable: the disk refuses.
    """
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise HomeUnreadable.because(path, error) from error
    found: list[T] = []
    for line in lines:
        with contextlib.suppress(ValueError):
            found.append(read(line))
    return found


def sync_file(path: Path) -> None:
    """Force the content of an existing file to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Force a folder's entries (a rename, a new name) to disk."""
    sync_file(folder)


def remove_leftovers(folder: Path) -> None:
    """Remove temporary files and folders of writes that did not end. Only for the holder of the writer lock.

    What cannot be removed stays: it is in nobody's way.
    """
    for leftover in folder.glob(f"{TEMPORARY_PREFIX}*"):
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                leftover.unlink()
