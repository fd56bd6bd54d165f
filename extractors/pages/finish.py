"""From blocks to a document of passages: the headings each stands under, the labels of definition lists, the index."""

from collections.abc import Sequence

from extractors.pages.blocks import MAX_CONTEXT, Block, Container
from extractors.pages.counters import Counter
from extractors.pages.document import Document
from extractors.pages.inline import split_long
from extractors.pages.values import is_label
from extractors.records import Passage

_Head = tuple[float, str, int]
"""Its level (0 = a date; a half more than what it folds under), its text, the block where it ends (0 = open)."""


def finish(
    blocks: list[Block], titles: tuple[str, ...] = (), language: str = "", panels: Sequence[Container] = ()
) -> Document:
    """Return the document: its passages in order, and what was found beside them. `panels` have titles."""
    passages: list[Passage] = []
    counters: dict[int, tuple[Counter, ...]] = {}
    numbering: dict[int, int] = {}
    path: list[_Head] = []
    opening: dict[int, list[Container]] = {}
    for panel in panels:
        opening.setdefault(panel.start, []).append(panel)
    term: str | None = None
    for number, block in enumerate(blocks):
        if any(0 < end <= number for _, _, end in path):
            path = _still_open(path, number)
        for panel in opening.get(number, ()):
            if panel.title != block.text:
                path.append((_below(path), panel.title, panel.end))
        if block.merged:
            continue
        heads = block.level and not block.boilerplate and not block.value and block.names_value >= 0
        folds = _folds(block)
        level = _below(path) if folds else block.level
        if heads:
            path = [head for head in path if head[0] < level]
        name = block.container.name
        if name == "dt":
            term = block.text if is_label(block.text) else None
        elif name == "dl" or block.level:
            term = None
        labels = block.labels
        if name == "dd" and term and not labels:
            labels = (term,)
        for part in split_long(block.text):
            if block.numbering:
                numbering.setdefault(len(passages), block.numbering)
            if block.counters:
                counters[len(passages)] = block.counters
            passages.append(
                Passage(
                    index=len(passages),
                    kind=block.kind,
                    region="repeat" if block.repeat else "boilerplate" if block.boilerplate else "content",
                    text=part,
                    xpath=block.xpath,
                    headings=_headings(path, block, labels),
                    lead=block.lead,
                    labels=labels,
                    caption=block.caption,
                    row_headers=block.row_headers,
                    column_headers=block.column_headers,
                )
            )
        if block.dates:
            path = [head for head in path if head[0]]  # the nearest date is enough
        if heads or block.dates:
            path.append((level, block.text[:MAX_CONTEXT], block.dates or block.names_value or folds))
    return Document(passages, _top_headings(blocks), titles, language, counters, numbering)


def _still_open(path: list[_Head], number: int) -> list[_Head]:
    """The heads that hold for block `number`; with what folds out go the headings in it."""
    left: list[_Head] = []
    for head in path:
        ended = 0 < head[2] <= number
        if ended and head[0] % 1:
            break
        if not ended:
            left.append(head)
    return left


def _below(path: list[_Head]) -> float:
    """The level of what folds out under the headings of `path`: headings in it are below it."""
    return max((level for level, _, _ in path), default=0) + 0.5


def _folds(block: Block) -> int:
    """Where what a summary heads ends, which folds out with it."""
    within = block.container.parent
    return within.end if block.container.name == "summary" and within is not None else 0


def _headings(path: list[_Head], block: Block, labels: tuple[str, ...]) -> tuple[str, ...]:
    """What the block stands under; a date that names it already does so once."""
    if block.boilerplate:
        return ()
    named = (*labels, block.lead, block.caption)
    return tuple(text for level, text, _ in path if level or text not in named)


def _top_headings(blocks: list[Block]) -> tuple[str, ...]:
    """The headings of the highest level that name no value, each with its lines joined."""
    heads = [b for b in blocks if b.level and not (b.boilerplate or b.merged or b.value or b.names_value < 0)]
    top = min((block.level for block in heads), default=0)
    lines: dict[Container, list[str]] = {}
    for block in heads:
        if block.level == top:
            lines.setdefault(block.container, []).append(block.text)
    return tuple(map(" ".join, lines.values()))
