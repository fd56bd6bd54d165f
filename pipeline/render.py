"""How published figures are put in writing for a terminal: numbers with their qualifiers, marks, legends, tables."""

import re
import sys
import textwrap
from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING

from pipeline.terminal import inert, say
from warehouse.figures import BASIS, PERIODS, figure, signs_of
from warehouse.queries import Cell

if TYPE_CHECKING:
    from rich.text import Text

__all__ = [
    "BASIS", "GAP_MARK", "MARKS", "PERIODS", "STYLES", "cell_text", "figure", "legend", "print_table",
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
WORDS = {
    "taken": "green", "agrees": "green", "new": "green", "news": "green", "added": "green",
    "restated": "yellow", "revised": "yellow", "corrected": "yellow", "altered": "yellow", "missing": "yellow",
    "overdue": "yellow", "webhook": "yellow", "pinned": "yellow", "decided": "yellow", "queue": "yellow",
    "held": "yellow", "dropped": "red", "removed": "red", "contradicts": "red", "refused": "red", "damaged": "red",
    "settings": "red", "reworded": "cyan", "perhaps": "cyan",
}  # fmt: skip
"""How the word that begins a line is drawn on a terminal that has colours."""
_LABELLED = re.compile(r" *[a-z0-9]\S*(?: \([^)]*\))? {2,}(?=\S)")
BELOW, LEAST_WORDS = 4, 20
"""Columns by which the rest of a line without a label stands in, and that words are given on the narrowest terminal."""
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
    used = [MARKS[status] for status in MARKS if any(cell.status == status for cell in cells)]
    used += [(GAP_MARK, "not stated, though an earlier and a later year are")] if gaps else []
    return [*signs_of({cell.qualifier for cell in cells}), *(f"{mark} {meaning}" for mark, meaning in used if mark)]


def terminal_width() -> int | None:
    """Columns of the terminal that standard output is; None when it is none."""
    from rich.console import Console

    return Console().width if sys.stdout.isatty() else None


def show(*lines: str) -> None:
    """Print lines on standard output: in a pipe as they are, on a terminal wrapped under their words, and in colours.

    What stands before two spaces or more is the label of its line; a line of no label that begins a block is its title.
    """
    room = terminal_width()
    if room is None:
        say(*lines)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(width=room, markup=False, highlight=False, emoji=False, soft_wrap=True)
    before = ""
    with console.capture() as drawn:  # rich would answer a closed pipe by leaving
        for line in lines:
            labelled = _LABELLED.match(line)
            indent = len(line) - len(line.lstrip())
            hang = labelled.end() if labelled else indent + BELOW
            wrapped = _wrapped(inert(line), max(room, hang + LEAST_WORDS), hang)
            text = Text("\n".join(wrapped), style="" if before or indent or labelled else "bold")
            word = re.split(r"[\s:(]", line.lstrip(), maxsplit=1)[0]
            if indent == 0 and not labelled and before:
                word = ""  # a word of a sentence
            style = WORDS.get(word, "dim" if labelled else "")
            text.stylize(style, indent, labelled.end() if labelled else indent + len(word))
            console.print(text)
            before = line
    sys.stdout.write(drawn.get())


def _wrapped(line: str, room: int, hang: int) -> list[str]:
    """A line within the room, an address whole: a terminal then knows it for one."""
    if len(line) <= room:
        return [line]
    head, words = line[:hang].rstrip(), line[hang:]
    if not head.strip() or hang > len(line):
        return textwrap.wrap(line, room, subsequent_indent=" " * hang, break_long_words=False, break_on_hyphens=False)
    some = textwrap.wrap(words, room - hang, break_long_words=False, break_on_hyphens=False)
    return [line[:hang] + some[0], *(" " * hang + one for one in some[1:])]


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Container[int]) -> None:
    """Print a table on standard output: fitted to a terminal, else plain and aligned, a row a line.

    The columns at the positions `numbers` are set to the right, and never wrapped.
    """
    from rich.console import Console
    from rich.table import Table

    terminal = sys.stdout.isatty()
    table = Table(box=None, pad_edge=False, header_style="bold" if terminal else "")
    for number, column in enumerate(columns):
        figures = number in numbers
        table.add_column(
            column, justify="right" if figures else "left", no_wrap=figures or not terminal, overflow="fold"
        )
    for row in rows:
        table.add_row(*(_drawn(cell, figures=number in numbers) for number, cell in enumerate(row)))
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
