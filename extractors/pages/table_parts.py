"""The rows and cells of a table, as the elements that make them open."""

import re

from extractors.pages.blocks import Cell, Container
from extractors.pages.dom import Element

_LEADING_DIGITS = re.compile(r"\s*\+?(\d{1,7})(?!\d)", re.ASCII)
"""What browsers take for a whole number, whatever follows: "2", "2;", "2px"."""


def open_part(here: Container, tag: Element, name: str) -> None:
    """Enter a row or a cell: `name` is what the element is in the table, whatever its tag."""
    table = here.table
    if table is None:
        return
    if name == "tr":
        table.rows.append([])
        here.cell = None
        if here.parent is not None and here.parent.name == "thead":
            table.head_rows = len(table.rows)
    elif name in ("td", "th"):
        if not table.rows:
            table.rows.append([])
        here.cell = Cell(name == "th", "", 1, 1, here.xpath)
        if tag.attributes:
            role = tag.attributes.get("role")
            here.cell.scope = "row" if role == "rowheader" else tag.attributes.get("scope", "").lower()
            here.cell.header = name == "th" or role in ("rowheader", "columnheader")
            here.cell.colspan, here.cell.rowspan = _span(tag, "colspan"), _span(tag, "rowspan")
        table.rows[-1].append(here.cell)


def _span(tag: Element, name: str) -> int:
    return whole_number(tag.attributes.get(name) or tag.attributes.get(f"aria-{name}"), 1, most=1000)


def whole_number(attribute: object, default: int, *, most: int) -> int:
    """An attribute's whole number from 1 to `most`; the default where it holds none, or one no browser would take."""
    digits = _LEADING_DIGITS.match(str(attribute or ""))
    return min(max(int(digits[1]), 1), most) if digits else default
