"""Contents lists: their titles, their lines, and titles that nothing but their lines shows to be headings."""

import re

from extractors.pages.blocks import Block

_TITLE = re.compile(
    r"(?:table of )?contents|in this (?:report|issue|edition|review|magazine|guide|booklet|brochure|newsletter)|inside",
    re.IGNORECASE,
)
PAGES = r"\d{1,3}(?:\s?[-–—]\s?\d{1,3})?"
LINE = re.compile(rf"[^\d]*[^\W\d][^\d]*[\s.…]{PAGES}|{PAGES}\s+[A-Z][^\d]*")
_PAGE = re.compile(r"\d{1,3}")
_LEVEL = 6
"""That of h6: hardly a heading behind it stands deeper, so the next one ends the list."""


def is_title(line: str) -> bool:
    """Whether a line names a contents list."""
    return _TITLE.fullmatch(line.strip(" :")) is not None


def mark_titles(blocks: list[Block]) -> None:
    """Make a heading of a plain line "Contents" with such lines behind it; `blocks` is changed in place."""
    for number, block in enumerate(blocks):
        if block.kind != "paragraph" or block.boilerplate or not is_title(block.text):
            continue
        lines = [line.text for line in blocks[number + 1 : number + 3] if line.kind in ("paragraph", "list_item")]
        pages = [int(page[0]) for line in lines if LINE.fullmatch(line) and (page := _PAGE.search(line))]
        if len(pages) > 1 and pages == sorted(pages):
            block.kind, block.level = "heading", _LEVEL
