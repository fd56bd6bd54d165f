"""Currency signs that stand for several figures: accounts set one at the head of a column and one at its sum."""

import re
from collections.abc import Sequence

from extractors.pages.blocks import Cell
from extractors.pages.grid import Row
from extractors.pages.values import is_currency_sign, is_numeric_cell

_LEADING = re.compile(r"\(?[-–−]?\s?(?P<sign>[^\W\d_]{0,3}[^\w\s.,()%-])\s?\(?[-–−]?\d")
_BARE = re.compile(r"[(-–−]?\d[\d,.' ]*\)?")


def signs_between(body: Sequence[Row], width: int) -> dict[Cell, str]:
    """The sign that a bare figure of a table shares with one above it and one below it in its column."""
    found: dict[Cell, str] = {}
    for column in range(width):
        figures = [cell for row in body if (cell := row.at(column)) and cell.blocks and is_numeric_cell(cell.text)]
        signs = [_sign(cell.text) for cell in figures]
        first = next((i for i, sign in enumerate(signs) if sign), len(signs))
        last = max((i for i, sign in enumerate(signs) if sign and sign == signs[first]), default=0)
        found |= {cell: signs[first] for cell in figures[first:last] if _BARE.fullmatch(cell.text)}
    return found


def _sign(text: str) -> str:
    match = _LEADING.match(text)
    return match["sign"] if match and is_currency_sign(match["sign"]) else ""
