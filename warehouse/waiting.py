"""Revisits that were imported before what they repeat: kept beside the captures until that is imported too.

Nothing can be told of them yet. Without them the archive would hang on the order in which files were imported.
"""

from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter

from warehouse import durable
from warehouse.foreign_warc import Repeated
from warehouse.home import Home, HomeUnwritable

FILE = "waiting.jsonl"
_REPEATED = TypeAdapter(Repeated)


def waiting(home: Home, source: str) -> list[Repeated]:
    """Revisits of a source that wait, in no order. A line that cannot be read is left out.

    Raises:
        HomeUnreadable: the disk refuses.
    """
    return durable.read_lines(_file(home, source), _REPEATED.validate_json)


def keep_waiting(home: Home, source: str, revisits: Sequence[Repeated]) -> None:
    """Let these revisits wait, and no others.

    Raises:
        HomeUnwritable: the disk refuses.
    """
    path = _file(home, source)
    lines = sorted({_REPEATED.dump_json(one) for one in revisits})
    if lines or path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HomeUnwritable.because(path, error) from error
        durable.write_file(path, b"".join(line + b"\n" for line in lines))


def _file(home: Home, source: str) -> Path:
    return home.archive / source / FILE
