"""What the page says: bytes in, typed facts out. Pure: no network, no clock, no disk, no Dagster."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.reading import read_page, read_text
    from extractors.records import Fact, Numeral, Passage, Reading

__all__ = ["Fact", "Numeral", "Passage", "Reading", "read_page", "read_text"]
_HOME = {"read_page": "extractors.reading", "read_text": "extractors.reading"}


def __getattr__(name: str) -> object:
    """Import the reader when it is asked for (PEP 562): whoever needs `errors` alone does not wait for all of it."""
    if name in __all__:
        return getattr(import_module(_HOME.get(name, "extractors.records")), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
