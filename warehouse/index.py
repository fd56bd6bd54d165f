"""What the home's files held when they were last read, so that those that have not changed need not be read again.

Derived, and believed of a file only while its size and times are what they were. A thousand captures are a thousand
files; to read and check them all takes longer than all else of a refresh that finds nothing new. Whatever is not in it,
or damaged, or of another version, is read from the files.
"""

import hashlib
import json
import os
from importlib.metadata import version
from pathlib import Path

from extractors.records import EXTRACTOR_VERSION
from warehouse import durable

FILE = "index.json"
VERSION = f"1 {version('impact-ledger')} {EXTRACTOR_VERSION}"
"""The number is raised when what is told of a file changes."""


class Index:
    """Texts by the path, in the home, of the file that they were read from. Only writers save it."""

    def __init__(self, facts: Path) -> None:
        """Of the files of a home; it lies in its folder `facts` and is read when it is first asked."""
        self._root, self._path = facts.parent, facts / FILE
        self._entries: dict[str, tuple[str, str]] | None = None
        self._used: dict[str, tuple[str, str]] = {}
        self._changed = False

    def get(self, name: str) -> str | None:
        """The text that was put for what is now there; None when there is none or that has changed.

        Raises:
            OSError: there is nothing, or it cannot be looked at.
        """
        if self._entries is None:
            self._entries = _loaded(self._path)
        entry = self._used.get(name) or self._entries.get(name)
        if entry is None or entry[0] != self._state(name):
            return None
        self._used[name] = entry
        return entry[1]

    def put(self, name: str, text: str) -> None:
        """Remember a text that was read from there; nothing when that has gone."""
        try:
            self._used[name] = self._state(name), text
        except OSError:
            return
        self._changed = True

    def save(self) -> None:
        """Keep what was got and put since it was opened, and nothing else. Only for the holder of the writer lock.

        Raises:
            HomeUnwritable: the disk refuses.
        """
        if not self._changed:
            return
        content = json.dumps({"version": VERSION, "entries": self._used}).encode()
        durable.write_file(self._path, content + b"\n" + hashlib.sha256(content).hexdigest().encode() + b"\n")
        self._changed = False

    def _state(self, name: str) -> str:
        """Size and times of a file: equal while nobody has written to it."""
        found = os.stat(f"{self._root}/{name}")  # noqa: PTH116 - thousands of them
        return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def _loaded(path: Path) -> dict[str, tuple[str, str]]:
    try:
        content, _, own = path.read_bytes().rstrip(b"\n").rpartition(b"\n")
    except OSError:
        return {}
    if hashlib.sha256(content).hexdigest().encode() != own:
        return {}
    found = json.loads(content)
    if found["version"] != VERSION:
        return {}
    return {name: (state, text) for name, (state, text) in found["entries"].items()}
