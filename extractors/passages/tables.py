"""Tables: from rows of cells to a grid, its header rows and columns, and each cell's headers.

A table that only lays a page out is left as ordinary blocks. HTML and Markdown tables share this code.
"""

from dataclasses import dataclass

from extractors.passages.blocks import Block, Cell, Table
from extractors.passages.values import MAX_LABEL, is_band, is_numeric_cell, is_value, is_year

_MAX_CAPTION = 200
_LAYOUT_CELL = 400
"""A cell with more characters than this holds prose."""


@dataclass(slots=True)
class _Grid:
    rows: list[list[Cell | None]]
    width: int


def read_tables(tables: list[Table], blocks: list[Block]) -> None:
    """Mark the cells of data tables with their caption and headers; `blocks` is the page's blocks, changed in place."""
    for table in reversed(tables):  # inner tables first: a nested data table is settled before its surroundings
        if not _is_data(table):
            continue
        cells = [cell for row in table.rows for cell in row]
        for cell in cells:
            _merge(cell)
        grid = _grid(table.rows)
        caption = _caption(table, blocks)
        _assign_headers(table, grid, caption)


def _is_data(table: Table) -> bool:
    if table.presentation or table.nested or not table.rows:
        return False
    cells = [cell for row in table.rows for cell in row]
    if any(cell.header for cell in cells) or table.caption or table.head_rows:
        return True
    rows = [row for row in table.rows if row]
    if len(rows) < 2 or max(len(row) for row in rows) < 2:
        return False
    if any(block.level for cell in cells for block in cell.blocks):
        return False
    lengths = sorted(sum(len(block.text) for block in cell.blocks) for cell in cells)
    if lengths[len(lengths) // 2] > 60 or lengths[-1] > _LAYOUT_CELL:
        return False
    return any(is_numeric_cell(block.text) for cell in cells for block in cell.blocks)


def _merge(cell: Cell) -> None:
    """Make the cell's blocks one passage; footnote marks stay by themselves."""
    words = [block for block in cell.blocks if block.kind != "footnote_mark"]
    if words:
        first = words[0]
        if len(words) > 1:
            first.text = " ".join(block.text for block in words)
            for block in words[1:]:
                block.merged = True
        first.kind, first.xpath, first.level, first.value, first.lead = "table_cell", cell.xpath, 0, False, None
    cell.blocks = words


def _grid(rows: list[list[Cell]]) -> _Grid:
    """Expand colspan and rowspan. Spans that would make the grid far larger than the table are taken as 1."""
    room = 20 * sum(map(len, rows)) + 2000
    grid: list[list[Cell | None]] = [[] for _ in rows]
    for number, row in enumerate(rows):
        line, column = grid[number], 0
        for cell in row:
            while column < len(line) and line[column] is not None:
                column += 1
            down = min(cell.rowspan, len(rows) - number)
            area = cell.colspan * down
            across = cell.colspan
            if area > room:
                across = down = area = 1
            room -= area
            for below in range(number, number + down):
                target = grid[below]
                if len(target) < column + across:
                    target.extend([None] * (column + across - len(target)))
                for place in range(column, column + across):
                    if target[place] is None:
                        target[place] = cell
            column += across
    return _Grid(grid, max(map(len, grid)))


def _caption(table: Table, blocks: list[Block]) -> str | None:
    if table.caption:
        return table.caption
    if table.figure is not None and table.figure.caption:
        return table.figure.caption
    if table.label:
        return table.label
    if table.before:
        last = blocks[table.before - 1]
        if last.kind == "paragraph" and not last.value and len(last.text) <= _MAX_CAPTION and not last.labels:
            title = last.text.endswith(":") or not last.text.endswith((".", "!", "?"))
            if title or last.text.lower().startswith(("table ", "figure ", "chart ")):
                return last.text
    return None


def _distinct(row: list[Cell | None]) -> list[Cell]:
    """The row's cells with text, a spanning cell once."""
    return list(dict.fromkeys(cell for cell in row if cell is not None and cell.blocks))


def _is_group(row: list[Cell | None], width: int) -> bool:
    """A row with one cell of text only: a group's title (or a table's)."""
    cells = _distinct(row)
    if width < 2 or len(cells) != 1 or row[0] is not cells[0]:
        return False
    return len(cells[0].text) <= MAX_LABEL and not is_numeric_cell(cells[0].text)


def _assign_headers(table: Table, grid: _Grid, caption: str | None) -> None:
    rows, width = grid.rows, grid.width
    first = 0
    while first < len(rows) - 1 and (
        not _distinct(rows[first]) or (not caption and first == 0 and _is_group(rows[0], width))
    ):
        titles = _distinct(rows[first])
        if titles and caption is None:
            caption = titles[0].text
        first += 1
    heads = _header_rows(table, grid, first)
    below = _labels_below(grid, first) if heads == first else None
    columns = _header_columns(grid, heads, below)
    header_lines = [rows[number] for number in range(first, heads)] + ([rows[below]] if below is not None else [])
    above = _above(header_lines, width)
    group: Cell | None = None
    seen: set[int] = set()
    for filled in (cell for row in rows for cell in row if cell is not None and cell.blocks):
        filled.blocks[0].caption = caption
    for number in range(heads, len(rows)):
        row = rows[number]
        if number == below:
            continue
        if _is_group(row, width):
            group = row[0]
            continue
        if _is_header_row(row):
            above, group = _above([row], width), None
            continue
        if group is not None and _is_total_break(row, group):
            group = None
        names = row[columns]
        beside = _texts([group, *names])
        own = {id(cell) for cell in names}
        for column, cell in enumerate(row):
            if cell is None or not cell.blocks or id(cell) in seen or id(cell) in own:
                continue
            seen.add(id(cell))
            block = cell.blocks[0]
            block.row_headers = beside
            block.column_headers = above[column]


def _above(lines: list[list[Cell | None]], width: int) -> list[tuple[str, ...]]:
    """The header texts over each column, outermost first."""
    return [_texts([line[column] if column < len(line) else None for line in lines]) for column in range(width)]


def _is_header_row(row: list[Cell | None]) -> bool:
    cells = _distinct(row)
    return len(cells) > 1 and all(cell.header and cell.scope != "row" for cell in cells)


def _is_total_break(row: list[Cell | None], group: Cell) -> bool:
    """A grand total after row groups belongs to none of them."""
    first = row[0]
    return first is not None and first is not group and first.text.lower().startswith(("grand total", "overall"))


def _texts(cells: list[Cell | None]) -> tuple[str, ...]:
    return tuple(cell.text for cell in dict.fromkeys(cells) if cell is not None and cell.blocks)


def _header_rows(table: Table, grid: _Grid, first: int) -> int:
    """Return the index of the first row that is no header row."""
    rows = grid.rows
    number = first
    while number < len(rows) - 1:
        cells = _distinct(rows[number])
        if not cells:
            number += 1
            continue
        if number >= table.head_rows and not _is_header_row(rows[number]):
            break
        number += 1
    if number > first or any(cell.header and cell.scope != "row" for row in rows for cell in _distinct(row)[1:]):
        return max(number, min(table.head_rows, len(rows) - 1))
    return number + _plain_header_rows(grid, number)


def _plain_header_rows(grid: _Grid, first: int) -> int:
    """How many of the first rows are headers in a table that does not mark them: words or years over figures."""
    rows = grid.rows
    count = 0
    while first + count < len(rows) - 1 and count < 3:
        cells = _distinct(rows[first + count])
        if len(cells) < 2 or any(is_numeric_cell(cell.text) and not is_band(cell.text) for cell in cells):
            break
        count += 1
    if not count:
        return 0
    body = [cell for row in rows[first + count :] for cell in _distinct(row)[1:]]
    figures = sum(is_numeric_cell(cell.text) for cell in body)
    if figures * 2 < len(body) or not body:
        return 0
    has_spans = any(cell.colspan > 1 for cell in _distinct(rows[first]))
    return count if has_spans else min(count, 1)


def _labels_below(grid: _Grid, first: int) -> int | None:
    """Two rows, figures above and their names below: the index of the row of names."""
    if len(grid.rows) - first != 2:
        return None
    above, below = _distinct(grid.rows[first]), _distinct(grid.rows[first + 1])
    if len(above) == len(below) and all(is_value(c.text) for c in above) and not any(is_value(c.text) for c in below):
        return first + 1
    return None


def _header_columns(grid: _Grid, heads: int, below: int | None) -> slice:
    """Which of the first columns name their rows."""
    if below is not None:
        return slice(0, 0)
    body = [row for row in grid.rows[heads:] if not _is_group(row, grid.width) and _distinct(row)]
    ranks = [row[0].text.rstrip(".") if row[0] is not None else "" for row in body]
    start = int(len(ranks) > 1 and ranks == [str(number) for number in range(1, len(ranks) + 1)])
    count = start
    while count < min(grid.width - 1, 4):
        cells = [row[count] for row in body if count < len(row)]
        filled = [cell for cell in cells if cell is not None and cell.blocks]
        if not filled:
            if count == start and body and cells:
                count += 1
                continue
            break
        named = sum(cell.header or _names(cell.text, count == start) for cell in filled)
        if named * 2 <= len(filled):
            break
        count += 1
        if all(cell.scope == "row" for cell in filled):
            follower = [row[count] for row in body if count < len(row)]
            if not any(cell is not None and cell.header for cell in follower):
                break
    return slice(start, count)


def _names(text: str, first: bool) -> bool:
    if is_year(text) or (first and is_band(text)):
        return True
    return not is_numeric_cell(text) and any(map(str.isalpha, text)) and not is_value(text)
