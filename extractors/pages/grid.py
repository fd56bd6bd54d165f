"""A table's rows of cells expanded to a grid of rows and columns. Knows spans, not meanings."""

from dataclasses import dataclass, field

from extractors.pages.blocks import Cell


@dataclass(slots=True)
class Row:
    """One row of the grid."""

    slots: list[Cell | None]
    """A cell for each column it covers; rows may be shorter than the grid is wide."""
    cells: list[Cell] = field(default_factory=list)
    """The cells with text, a spanning cell once."""

    @property
    def has_empty_corner(self) -> bool:
        """Whether nothing stands in the first column."""
        return self.slots[0] is not self.cells[0]

    def at(self, column: int) -> Cell | None:
        """The cell that covers a column."""
        return self.slots[column] if column < len(self.slots) else None


def expand(rows: list[list[Cell]]) -> list[Row]:
    """Expand colspan and rowspan. Spans that would make the grid far larger than the table are taken as 1."""
    room = 20 * sum(map(len, rows)) + 2000
    grid: list[list[Cell | None]] = [[] for _ in rows]
    for number, row in enumerate(rows):
        line, column = grid[number], 0
        for cell in row:
            while column < len(line) and line[column] is not None:
                column += 1
            across, down = cell.colspan, min(cell.rowspan, len(rows) - number)
            if across * down > room:
                across = down = 1
            room -= across * down
            for below in range(number, number + down):
                _cover(grid[below], column, across, cell)
            column += across
    return [Row(line, list(dict.fromkeys(cell for cell in line if cell is not None and cell.blocks))) for line in grid]


def _cover(line: list[Cell | None], column: int, across: int, cell: Cell) -> None:
    if column == len(line):
        line.extend([cell] * across)
        return
    line.extend([None] * (column + across - len(line)))
    for place in range(column, column + across):
        if line[place] is None:
            line[place] = cell
