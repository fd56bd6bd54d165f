"""Figures that a page sets in several blocks: sign, number and scale word each in an element of its own.

They are joined at the number's place. What else stands in the block of a scale word stays there and names the figure.
"""

import re

from extractors.pages.blocks import Block
from extractors.pages.values import is_value

_SIGN = re.compile(r"(?:US|CA?|AU?|NZ|HK|R)?[$£€¥₹]|[<>~≈+]", re.IGNORECASE)
_ENDING = re.compile(r"(?:[%‰+]|[kmb]|mn|bn|tn){1,2}", re.IGNORECASE)
_SCALE = re.compile(
    r"(?P<scale>(?:thousand|million|billion|trillion|lakh|crore|THOUSAND|MILLION|BILLION|TRILLION|LAKH|CRORE|"
    r"(?:Thousand|Million|Billion|Trillion|Lakh|Crore)(?! [A-Z]))\b\+?)\s?(?P<rest>.*)",
    re.DOTALL,
)
"""What opens a block that only goes on: "million meals", not "Million Books Appeal"."""
_SCALED = re.compile(r"(?:thousand|illion|lakh|crore|[%‰+kmb]|mn|bn|tn)$", re.IGNORECASE)
"""What ends a number that is complete."""
_KINDS = ("heading", "paragraph", "list_item", "caption")


def join_figures(blocks: list[Block]) -> None:
    """Join what belongs to a number; `blocks` is changed in place, what has gone elsewhere is `merged`."""
    standing = [block for block in blocks if not (block.merged or block.boilerplate) and block.kind in _KINDS]
    for place, block in enumerate(standing):
        if not block.value or block.merged:
            continue
        alone, before = block.text, standing[place - 1] if place else None
        if before is not None and not before.merged and _SIGN.fullmatch(before.text) and block.text[0].isdigit():
            block.text = before.text + block.text
            before.merged = True
        for after in standing[place + 1 : place + 3]:
            if _SCALED.search(block.text) or not _goes_on(block, after):
                break
        block.value = block.text == alone or is_value(block.text)


def _goes_on(block: Block, after: Block) -> bool:
    """Take the ending or the scale word from the block behind, if it opens with one."""
    if _ENDING.fullmatch(after.text) and bool(after.level) <= bool(block.level):  # a heading "B" opens what it heads
        block.text += after.text
        after.merged = True
        return True
    scale = _SCALE.fullmatch(after.text)
    if scale is None:
        return False
    block.text = f"{block.text} {scale['scale']}"
    after.text, after.merged = scale["rest"], not scale["rest"]
    return True
