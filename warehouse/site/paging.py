"""Long lists, parted into pages: each of so many bytes and statements at most."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

BYTES_A_PAGE = 150_000
"""Of the pieces of a list; with its head, figures and foot a page then stays below 200 kB."""
STATEMENTS_A_PAGE = 200


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a long list, which may begin a page: markup, as a template made it."""

    html: str
    head: str = ""
    """What stands above the pieces of its group: before the first, and again on each further page."""
    group: str = ""
    """Name of its group, for the links to pages."""
    statement: bool = False


def paged(blocks: Sequence[Block]) -> list[list[Block]]:
    """Blocks as pages; one that is larger than a page has a page of its own."""
    pages: list[list[Block]] = [[]]
    size = statements = 0
    for block in blocks:
        length = len((block.head + block.html).encode())
        if pages[-1] and (size + length > BYTES_A_PAGE or statements + block.statement > STATEMENTS_A_PAGE):
            pages.append([])
            size = statements = 0
        pages[-1].append(block)
        size += length
        statements += block.statement
    return pages


def joined(page: Sequence[Block]) -> str:
    """The markup of a page, each head once."""
    parts: list[str] = []
    head = None
    for block in page:
        if block.head != head:
            parts.append(block.head)
            head = block.head
        parts.append(block.html)
    return "\n".join(parts)


def numbered(stem: str, number: int) -> str:
    """File of a page, counted from 0."""
    return f"{stem}.html" if number == 0 else f"{stem}-{number + 1}.html"


def spans(pages: Sequence[Sequence[Block]]) -> list[str]:
    """What pages are called by their groups: `2021`, `2023 to 2019`; those within one group `2020, part 1`."""
    names = [(page[0].group, page[-1].group) for page in pages]
    alike = Counter(names)
    seen: Counter[tuple[str, str]] = Counter()
    called = []
    for first, last in names:
        seen[first, last] += 1
        name = first if first == last else f"{first} to {last}"
        called.append(f"{name}, part {seen[first, last]}" if alike[first, last] > 1 else name)
    return called
