"""A page or a text as it is handed to the reading of numbers: its passages, what it calls itself, its language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractors.pages.counters import Counter
from extractors.records import Passage


@dataclass(frozen=True, slots=True)
class Document:
    """Readable text, and what a page says of itself beside it."""

    passages: list[Passage]
    headings: tuple[str, ...] = ()
    """Those of the highest level; the first is the main heading."""
    titles: tuple[str, ...] = ()
    """What the page's head calls it; no readable text."""
    language: str = ""
    """The language tag of the whole page, such as `en-AU`; empty when it has none."""
    counters: Mapping[int, tuple[Counter, ...]] = field(default_factory=dict)
    """By a passage's index, the animated counters in it."""
    numbering: Mapping[int, int] = field(default_factory=dict)
    """By a passage's index, how many characters at its beginning only number it."""
