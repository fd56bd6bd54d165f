"""From blocks to passages: the headings each stands under, the labels of definition lists, the index."""

from extractors.models import Passage
from extractors.passages.blocks import MAX_CONTEXT, Block
from extractors.passages.inline import split_long
from extractors.passages.values import is_label


def finish(blocks: list[Block]) -> list[Passage]:
    """Return the passages in document order."""
    passages: list[Passage] = []
    path: list[tuple[int, str, int]] = []  # level, text, index of the block where it ends (0 = open)
    headings: tuple[str, ...] = ()
    term: str | None = None
    for number, block in enumerate(blocks):
        if block.merged:
            continue
        if path and 0 < path[-1][2] <= number:
            path.pop()
            headings = tuple(text for _, text, _ in path)
        heads = block.level and not block.boilerplate and not block.value and block.names_value >= 0
        if heads:
            while path and path[-1][0] >= block.level:
                path.pop()
            headings = tuple(text for _, text, _ in path)
        name = block.container.name
        if name == "dt":
            term = block.text if is_label(block.text) else None
        elif name == "dl" or block.level:
            term = None
        labels = block.labels
        if name == "dd" and term and not labels:
            labels = (term,)
        for part in split_long(block.text):
            passages.append(
                Passage(
                    index=len(passages),
                    kind=block.kind,
                    region="boilerplate" if block.boilerplate else "content",
                    text=part,
                    xpath=block.xpath,
                    headings=() if block.boilerplate else headings,
                    lead=block.lead,
                    labels=labels,
                    caption=block.caption,
                    row_headers=block.row_headers,
                    column_headers=block.column_headers,
                )
            )
        if heads:
            path.append((block.level, block.text[:MAX_CONTEXT], block.names_value))
            headings = tuple(text for _, text, _ in path)
    return passages
