"""A block whose inline elements are the value and the label of a tile, parted into them."""

import re

from extractors.pages.dated import is_day
from extractors.pages.dom import Element
from extractors.pages.inline import Piece, join_pieces
from extractors.pages.values import is_label, is_value

_OF_SO_MANY = re.compile(r"(?:of|out of|/) ?\d{1,2}")
"""Behind a number: "Step", "2", "of 3"."""


def label_and_value(pieces: list[Piece], heads: bool) -> list[str]:
    """Part a block whose inline elements are label and value of a tile; empty when it reads on as one text.

    All text must stand in direct child elements, at least one of them a bare value. A value that comes first and is
    followed by small letters ("94,428" "calls received") reads on.
    """
    if len(pieces) < 2:
        return []
    groups: list[list[Piece]] = []
    current: Element | None = None
    for piece in pieces:
        if piece[2] is None:
            if piece[0].isspace():
                continue
            return []
        if piece[2] is not current:
            if len(groups) >= 24:
                return []
            groups.append([])
            current = piece[2]
        groups[-1].append(piece)
    if len(groups) < 2:
        return []
    texts: list[str] = []
    for text in (line for group in groups for lines in join_pieces(group) for line in lines):
        if texts and is_value(texts[-1] + text, unit=False) and not (texts[-1][-1].isdigit() and text[0].isdigit()):
            texts[-1] += text  # "$" "4.2" "M+": one value in several elements
        else:
            texts.append(text)
    if any(map(_OF_SO_MANY.fullmatch, texts[1:])):
        return []
    values = [is_value(text, unit=False) for text in texts]
    if len(texts) < 2 or not any(values) or all(values):
        return []
    if not all(value or (is_label(text) and len(text) > 1) for value, text in zip(values, texts, strict=True)):
        return []
    if len(texts) > (1 if heads else 2) and is_day(texts):
        return []
    if len(texts) == 2 and values[0] and (texts[1][0].islower() or not texts[1][0].isalpha()):
        return []
    return texts
