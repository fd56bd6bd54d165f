"""How published figures are put in writing for a terminal: numbers with their qualifiers, marks, legends, tables."""

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pipeline.terminal import inert
from warehouse.figures import BASIS, PERIODS, SIGNS, figure
from warehouse.queries import Cell

if TYPE_CHECKING:
    from rich.text import Text

__all__ = [
    "BASIS", "GAP_MARK", "MARKS", "PERIODS", "SIGNS", "STYLES", "cell_text", "figure", "legend", "print_table",
    "terminal_width",
]  # fmt: skip

MARKS = {
    "single": ("", ""),
    "agreed": ("=", "several statements, which agree"),
    "revised": ("r", "corrected, or restated by a later edition"),
    "contradicted": ("!", "contradicted; `impact explain METRIC YEAR` shows by what"),
}
"""What stands behind a number for each status, and what that means."""
STYLES = {"r": "yellow", "!": "bold red"}
"""How a figure with a mark is drawn on a terminal that has colours."""
GAP_MARK = "–"
"""Where a figure is missing between two years that have one."""


def cell_text(cell: Cell, kind: str) -> str:
    """A cell of the table: the figure and the mark of its status."""
    mark = MARKS[cell.status][0]
    return figure(cell.value, cell.qualifier, kind) + (f" {mark}" if mark else "")


def legend(cells: Iterable[Cell], *, gaps: bool = False) -> list[str]:
    """What the signs and marks used in these cells mean, one by one; empty when there are none.

    `gaps` says whether some figure is missing between two.
    """
    cells = list(cells)
    used = [SIGNS[qualifier] for qualifier in SIGNS if any(cell.qualifier == qualifier for cell in cells)]
    used += [MARKS[status] for status in MARKS if any(cell.status == status for cell in cells)]
    used += [(GAP_MARK, "not stated, though an earlier and a later year are")] if gaps else []
    return [f"{sign} {meaning}" for sign, meaning in dict.fromkeys(used) if sign]


def terminal_width() -> int | None:
    """Columns of the terminal that standard output is; None when it is none."""
    from rich.console import Console

    return Console().width if sys.stdout.isatty() else None


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, numbers_from: int) -> None:
    """Print a table on standard output: fitted to a terminal, else plain and aligned, a row a line.

    Columns from `numbers_from` on are set to the right.
    """
    from rich.console import Console
    from rich.table import Table

    terminal = sys.stdout.isatty()
    table = Table(box=None, pad_edge=False, header_style="bold" if terminal else "")
    for number, column in enumerate(columns):
        figures = number >= numbers_from
        table.add_column(
            column, justify="right" if figures else "left", no_wrap=figures or not terminal, overflow="fold"
        )
    for row in rows:
        table.add_row(*(_drawn(cell, figures=number >= numbers_from) for number, cell in enumerate(row)))
    console = Console(width=None if terminal else 10_000, markup=False, highlight=False, emoji=False)
    with console.capture() as drawn:  # rich would answer a closed pipe by leaving
        console.print(table)
    lines = drawn.get().splitlines()
    sys.stdout.write("".join(f"{line if terminal else line.rstrip()}\n" for line in lines))


def _drawn(cell: str, *, figures: bool) -> "Text":
    """A cell with what a terminal would obey written out, in the colour of its mark."""
    from rich.text import Text

    style = STYLES.get(cell.rpartition(" ")[2], "dim" if cell == GAP_MARK else "") if figures else ""
    return Text(inert(cell), style=style)
