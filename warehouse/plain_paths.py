"""Paths that other programs take as they stand. A home may have any name; these programs read more into some of them.

DuckDB expands `*`, `?`, `[` in the names of Parquet files, takes a folder `year=1999` for a column, and in a database's
path takes a backslash for a separator and `?` for the beginning of options. Dagster expands patterns in the path of its
settings and puts its folder into a URL, where `?`, `%` and `#` mean something.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractors.errors import InputError
from warehouse.home import HomeUnwritable

PLAIN = re.compile(r"[\w/. -]+")
"""What nothing reads more into: letters, digits and a few signs."""
MISREAD = re.compile(r"[?\\]")
"""What DuckDB misreads in a database's path, links resolved; there it takes all else as it stands."""


@contextmanager
def plain_folder(folder: Path) -> Iterator[Path]:
    """A plain path of an existing folder, for the time of the block: its own, or that of a link in a temporary folder.

    Raises:
        InputError: there is no temporary folder with a plain path.
        HomeUnwritable: the link cannot be made.
    """
    if PLAIN.fullmatch(str(folder)):
        yield folder
        return
    with temporary_folder() as temporary:
        link = temporary / "folder"
        link.symlink_to(folder, target_is_directory=True)
        yield link


@contextmanager
def plain_database(path: Path, *, write: bool = False) -> Iterator[Path]:
    """A path at which DuckDB opens the database at `path`, which need not be there yet; closed at the end of the block.

    DuckDB resolves links, so where it would misread the path it works on a copy, in a temporary folder; with `write`
    the copy then takes the database's place. Nothing is written back when the block ends by an error.

    Raises:
        InputError: there is no temporary folder with a plain path.
        HomeUnwritable: the copy cannot be made, or not be written back.
    """
    if not MISREAD.search(str(path)):
        yield path
        return
    with temporary_folder() as temporary:
        copy = temporary / path.name  # the same name: DuckDB stores its stem in every view
        if path.exists():
            _copy(path, copy)
        yield copy
        if write:
            _copy(copy, path)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """An empty folder with a plain path, among the system's temporary files, removed at the end of the block.

    Raises:
        InputError: there is no temporary folder with a plain path.
        HomeUnwritable: the folder cannot be made.
    """
    parent = Path(tempfile.gettempdir()).resolve()
    if not PLAIN.fullmatch(str(parent)):
        raise InputError(
            f"cannot use the folder for temporary files, {parent}: "
            "point TMPDIR at one whose path has only letters, digits and ' ._-'"
        )
    try:
        temporary = Path(tempfile.mkdtemp(prefix="impact-", dir=parent))
    except OSError as error:
        raise HomeUnwritable.because(parent, error) from error
    try:
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        raise HomeUnwritable.because(target, error) from error
