"""A page or a text as it is handed to the reading of numbers: its passages, what it calls itself, its language."""

from dataclasses import dataclass

from extractors.models import Passage
from extractors.passages.blocks import Block, Container


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


def top_headings(blocks: list[Block]) -> tuple[str, ...]:
    """The headings of the highest level that name no value, each with its lines joined."""
    heads = [b for b in blocks if b.level and not (b.boilerplate or b.merged or b.value or b.names_value < 0)]
    top = min((block.level for block in heads), default=0)
    lines: dict[Container, list[str]] = {}
    for block in heads:
        if block.level == top:
            lines.setdefault(block.container, []).append(block.text)
    return tuple(map(" ".join, lines.values()))
