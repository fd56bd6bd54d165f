"""A page or a text as it is handed to the reading of numbers: its passages, what it calls itself, its language."""

from dataclasses import dataclass

from extractors.models import Passage
from extractors.passages.blocks import Block


@dataclass(frozen=True, slots=True)
class Document:
    """Readable text, and what a page says of itself beside it."""

    passages: list[Passage]
    heading: str = ""
    """The main heading: the first of the highest level."""
    titles: tuple[str, ...] = ()
    """What the page's head calls it; no readable text."""
    language: str = ""
    """The language tag of the whole page, such as `en-AU`; empty when it has none."""


def main_heading(blocks: list[Block]) -> str:
    """The first heading of the highest level that names no value; its lines joined. Empty when there is none."""
    heads = [b for b in blocks if b.level and not (b.boilerplate or b.merged or b.value or b.names_value < 0)]
    if not heads:
        return ""
    first = min(heads, key=lambda block: block.level)
    return " ".join(block.text for block in heads if block.container is first.container)
