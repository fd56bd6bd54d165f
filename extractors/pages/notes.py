"""What a page says, before a table, of how the table's figures are written: "(in $ thousands)", "(% of letters)".

Such a note stands in a heading, or as a statement of its own in a paragraph. It holds for every table until the page
turns to something else: a heading of the same level or a higher one.
"""

import re
from collections.abc import Collection

from extractors.language.currencies import CODES, COMMON_SIGNS, NAMES
from extractors.language.denominations import denomination, denomination_in
from extractors.language.patterns import EXCEPT, SCALES, any_of
from extractors.pages.blocks import Block

_MONEY = rf"(?:US\$|[{COMMON_SIGNS}]|{any_of(CODES)}|U\.S\. dollars?|dollars|pounds|{any_of(NAMES)})"
_SCALED = (
    rf"(?:(?:{_MONEY}\s?)?(?:in )?(?:{SCALES})"
    rf"(?: of (?:U\.S\. |[A-Z][A-Za-z]+ ){{0,2}}[a-z]+)?|{_MONEY}\s?(?:k|m|mn|bn)\b)"
)
_BUT = rf"(?:,? (?:{EXCEPT})\b[^.;()]*)?"
_IN_BRACKETS = re.compile(
    r"\((?:(?:all|amounts?|figures?|values?|expressed|stated|shown) )*"
    rf"(?P<how>(?:in |as )?(?:%|per ?cent(?:ages?)?|{_SCALED}|{_MONEY})(?: of [^()\d]{{2,60}})?{_BUT})\)",
    re.IGNORECASE,
)
_AT_END = re.compile(
    rf"[,;:|–—-]\s*(?P<how>in (?:{_SCALED}|{_MONEY}|%|per ?cent)|"
    rf"{_MONEY}\s?(?:{SCALES}))$",
    re.IGNORECASE,
)
"""What ends a heading: "Cash flow, in € million"."""
_ALONE = re.compile(rf"(?P<how>(?:in )?{_SCALED})", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:amounts?|figures?|values?|numbers?|dollars?|data|totals?|results?)\b"
    r"(?: (?:are|is|all|shown|stated|expressed|given|presented|reported|rounded|here|below|above|figures)){0,4}"
    rf" (?:in|as) (?P<how>(?:{_SCALED}|{_MONEY}|percentages?|per ?cent)(?![a-z]){_BUT})(?=[\s.,;)]|$)",
    re.IGNORECASE,
)


def notes_before(blocks: list[Block], places: Collection[int]) -> dict[int, str]:
    """For each of `places` (counts of blocks in front) where one holds, the nearest note, in brackets."""
    found: dict[int, str] = {}
    holding: list[tuple[int, str]] = []
    level = 0
    for at, block in enumerate(blocks):
        if holding and at in places:
            found[at] = holding[-1][1]
        if block.boilerplate or block.container.cell is not None:
            continue
        if block.level:
            level = block.level
            while holding and holding[-1][0] >= level:
                holding.pop()
        titled = block.level and (_IN_BRACKETS.search(block.text) or _AT_END.search(block.text))
        note = titled or _SAID.search(block.text) or (block.level and _ALONE.fullmatch(block.text))
        if block.kind not in ("heading", "paragraph"):
            continue
        if note:
            holding.append((level, f"({note['how']})"))
        elif stated := (denomination_in if block.level else denomination)(block.text.rstrip(".")):
            start, end = stated.span
            holding.append((level, f"({block.text[start:end].strip('()')})"))
    if holding and len(blocks) in places:
        found[len(blocks)] = holding[-1][1]
    return found
