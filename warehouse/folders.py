"""Folders that are made for people, an export or the site: made beside, then put in place whole.

A folder that is to be replaced must be one that was made here, with nothing of anybody else's in it: its list of files
tells. What is written into it is for whoever makes it.
"""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from extractors.errors import InputError
from warehouse import durable

MADE = ".made-by-impact"
"""First line what the folder is, then every file in it, one a line, sorted."""
OF_BROWSERS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What programs that show folders leave in them; nobody's work."""
BUILDING, REPLACED = ".building-", ".replaced-"


class FolderTaken(InputError):
    """What is at that place was not made here, or holds what was not. Name another folder."""


class FolderUnwritable(InputError):
    """The folder cannot be written. Name another, or free space."""

    @classmethod
    def because(cls, folder: Path, reason: str) -> "FolderUnwritable":
        """Build the one line."""
        return cls(f"cannot write {folder}: {reason.lower()}; free space or name another folder")


@contextmanager
def replaced(folder: Path, what: str) -> Iterator[Path]:
    """An empty folder to fill, which takes the place of `folder` when the block ends well.

    Readers find the old folder or the new one whole; for the instant between two renames they may find none. What
    killed runs left beside it is removed.

    Raises:
        FolderTaken: what is there is no folder that was made as `what`, or somebody put a file into it.
        FolderUnwritable: the disk refuses.
    """
    folder = Path(folder).absolute()
    try:
        require_ours(folder, what)
        folder.parent.mkdir(parents=True, exist_ok=True)
        for leftover in (*folder.parent.glob(f".{_escaped(folder.name)}{BUILDING}*"), *_old(folder)):
            shutil.rmtree(leftover, ignore_errors=True)
        building = folder.with_name(f".{folder.name}{BUILDING}{secrets.token_hex(6)}")
        building.mkdir()
        try:
            yield building
            (building / MADE).write_text("\n".join([what, *_files(building)]) + "\n", encoding="utf-8")
            require_ours(folder, what)  # somebody may have put a file there meanwhile
            aside = folder.with_name(f".{folder.name}{REPLACED}{secrets.token_hex(6)}")
            with suppress(FileNotFoundError):
                folder.rename(aside)
            building.rename(folder)
            durable.sync_folder(folder.parent)
            shutil.rmtree(aside, ignore_errors=True)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    except OSError as error:
        raise FolderUnwritable.because(folder, error.strerror or str(error)) from error


def require_ours(folder: Path, what: str) -> None:
    """Check that nothing is at `folder`, or a folder that was made here as `what` and holds nothing else.

    Raises:
        FolderTaken: it is not.
    """
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_symlink() or not folder.is_dir():
        raise FolderTaken(f"{folder} is there and is no folder of {what}; name another")
    try:
        made, *listed = (folder / MADE).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        if not any(folder.iterdir()):
            return
        raise FolderTaken(f"{folder} was not made by {what}, and is left as it is; name another folder") from None
    if made != what:
        raise FolderTaken(f"{folder} was made by {made}, not by {what}; name another folder")
    foreign = sorted(set(_files(folder)) - {*listed, MADE})
    if foreign:
        raise FolderTaken(f"{folder} holds {foreign[0]}, which {what} did not write; move it, or name another folder")


def _files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if not path.is_dir() and path.name not in OF_BROWSERS
    )


def _old(folder: Path) -> list[Path]:
    """What a run that was killed between its two renames left; kept while nothing has taken its place."""
    return list(folder.parent.glob(f".{_escaped(folder.name)}{REPLACED}*")) if folder.exists() else []


def _escaped(name: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)
