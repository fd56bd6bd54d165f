"""Tables made of other elements: rows of as many cells each, words or years over figures, no table element around.

Finds them and gives them as `Table`; what their rows and columns mean is `tables`' business. Tables that say what they
are, by element or role, are found in the walk.
"""

from itertools import groupby

from extractors.pages.blocks import Block, Cell, Container, Table
from extractors.pages.values import MAX_LABEL, is_band, is_numeric_cell, is_year

_FEWEST_COLUMNS, _FEWEST_ROWS = 3, 3
"""Two columns are labels and values; of two rows nothing shows that they are a table."""
_PLACEHOLDERS = frozenset(("-", "–", "—", "*", "n/a", "na", "..", "…", "x"))

_Line = tuple[Container, list[Block]]


def find_grids(blocks: list[Block]) -> list[Table]:
    """The tables that blocks outside of tables make."""
    tables: list[Table] = []
    start = 0
    for _, lines in groupby(_lines(blocks), key=lambda line: _place(line[0])):
        run: list[_Line] = []
        for line in [*lines, None]:
            if line is not None and (not run or _goes_on(run, line)):
                run.append(line)
                continue
            if _is_grid(run):
                while blocks[start] is not run[0][1][0]:
                    start += 1
                tables.append(_table(start, run))
            run = [line] if line is not None else []
    return tables


def _place(row: Container) -> Container | None:
    """What holds the rows, two elements up: the row of headers, or the others, may have a wrapper of their own."""
    outer = row.parent
    return outer.parent if outer is not None and outer.parent is not None else outer


def _lines(blocks: list[Block]) -> list[_Line]:
    """The blocks that stand beside each other: in one element, each in an element of its own or in one of its lines."""
    lines = []
    plain = [b for b in blocks if b.container.cell is None and b.kind != "footnote_mark" and not b.boilerplate]
    for container, same in groupby(plain, key=lambda b: b.container):
        cells = list(same)
        if len(cells) >= _FEWEST_COLUMNS:
            lines.append((container, cells))
        elif len(cells) == 1 and container.parent is not None:
            if lines and lines[-1][0] is container.parent:
                lines[-1][1].append(cells[0])
            else:
                lines.append((container.parent, cells))
    return lines


def _goes_on(run: list[_Line], line: _Line) -> bool:
    width = len(run[-1][1])
    return len(line[1]) == width or (len(run) == 1 and len(line[1]) == width + 1)


def _is_grid(run: list[_Line]) -> bool:
    width = len(run[-1][1]) if run else 0
    if len(run) < _FEWEST_ROWS or width < _FEWEST_COLUMNS:
        return False
    if any(block.linked for _, blocks in run for block in blocks):
        return False  # rows of buttons
    head, *body = (blocks for _, blocks in run)
    return all(map(_names, head)) and all(_names(row[0]) and all(map(_measures, row[1:])) for row in body)


def _names(block: Block) -> bool:
    text = block.text
    return len(text) <= MAX_LABEL and (is_year(text) or is_band(text) or not is_numeric_cell(text))


def _measures(block: Block) -> bool:
    return is_numeric_cell(block.text) or block.text.lower() in _PLACEHOLDERS


def _table(start: int, run: list[_Line]) -> Table:
    width = len(run[-1][1])
    table = Table(start, head_rows=1)
    for row, blocks in run:
        cells = [Cell(False, "", 1, 1, block.xpath, [block]) for block in blocks]
        if len(cells) < width:  # the corner is empty
            cells.insert(0, Cell(False, "", 1, 1, row.xpath))
        table.rows.append(cells)
    return table
