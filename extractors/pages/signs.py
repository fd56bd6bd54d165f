"""Signs that accounts set apart from their figures: in cells of their own, or at the head of a column and its sum."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.language.patterns import SCALE_WORD
from extractors.pages.blocks import Cell
from extractors.pages.grid import Row
from extractors.pages.values import is_currency_sign, is_numeric_cell

_LEADING = re.compile(r"\(?[-–−]?\s?(?P<sign>[^\W\d_]{0,3}[^\w\s.,()%-])\s?\(?[-–−]?\d")
_BEFORE_SCALE = re.compile(r"\W{0,2}\d[\d,.]*")
_BARE = re.compile(r"[-(–−]?\d[\d,.' ]*\)?")
_SHUT = re.compile(r"\(\d[\d,.' ]*\)")
_CLOSES = re.compile(r"[)%]|%\)|\)%")
"""What a cell of its own may add to the figure before it."""
_SCALE = re.compile(SCALE_WORD, re.IGNORECASE)


def join_signs(row: list[Cell]) -> None:
    """Put a currency sign, a closing bracket and a scale that stand in cells of their own to their figure.

    One sign before several figures is a column that says in what its rows are measured.
    """
    told = [cell for cell in row if cell.blocks]
    signs = [cell for cell in told if is_currency_sign(cell.text)]
    several = sum(is_numeric_cell(cell.text) for cell in told) > 1
    for cell, after in pairwise(told):
        if cell in signs and (len(signs) > 1 or not several) and is_numeric_cell(after.text):
            after.blocks[0].text = cell.text + after.text
            _empty(cell)
        elif is_numeric_cell(cell.text) and _CLOSES.fullmatch(after.text):
            cell.blocks[0].text += after.text
            _empty(after)
        elif _BEFORE_SCALE.fullmatch(cell.text) and _SCALE.fullmatch(after.text):
            cell.blocks[0].text += f" {after.text}"
            _empty(after)


def _empty(cell: Cell) -> None:
    for block in cell.blocks:
        block.merged = True
    cell.blocks = []


def signs_between(body: Sequence[Row], width: int) -> dict[Cell, str]:
    """The sign that a bare figure of a table shares with one above it and one below it in its column.

    Where it stands in brackets, as accounts write a loss, one above it is enough.
    """
    found: dict[Cell, str] = {}
    for column in range(width):
        figures = [cell for row in body if (cell := row.at(column)) and cell.blocks and is_numeric_cell(cell.text)]
        signs = [_sign(cell.text) for cell in figures]
        first = next((i for i, sign in enumerate(signs) if sign), len(signs))
        last = max((i for i, sign in enumerate(signs) if sign and sign == signs[first]), default=0)
        found |= {cell: signs[first] for cell in figures[first:last] if _BARE.fullmatch(cell.text)}
        found |= {cell: signs[first] for cell in figures[first:] if _SHUT.fullmatch(cell.text)}
    return found


def _sign(text: str) -> str:
    match = _LEADING.match(text)
    return match["sign"] if match and is_currency_sign(match["sign"]) else ""
