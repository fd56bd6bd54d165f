"""Tables: which rows and columns are headers, and what that says of each cell.

A table that only lays a page out is left as ordinary blocks. HTML and Markdown tables share this code.
"""

import re
from collections.abc import Sequence

from extractors.pages.blocks import MAX_CONTEXT, Block, Cell, Table
from extractors.pages.compared import RowsAdded, with_compared, years_before
from extractors.pages.grid import Row, expand
from extractors.pages.notes import notes_before
from extractors.pages.signs import join_signs, signs_between
from extractors.pages.table_heads import (
    MAX_LEVELS,
    cell_texts,
    header_columns,
    header_rows,
    heads_over,
    is_group,
    is_header_row,
    labels_below,
    numbers_categories,
    repeats_years,
    row_numbers,
    says_units,
    units_column,
)
from extractors.pages.values import (
    counts_first,
    is_band,
    is_change,
    is_marked_value,
    is_numeric_cell,
    is_sign,
    is_signed_year,
    is_value,
    is_year,
)

_MAX_CAPTION = 200
_STATES = re.compile(
    r"\((?:n|total)\s?[=:]?\s?\d|\b(?:we|were|was|have|has|had|helped|served)\b.*\d",
    re.IGNORECASE,
)
"""A header that states a figure of its own: "Girls (n=980)", "We helped 640 families"."""
_SCALED_UNIT = re.compile(r"(?:thousand|million|billion)s?\s\S", re.IGNORECASE)
"""In what a row is measured: "million m³"."""
_AS_AT = re.compile(r"as (?:at|of)\b.*\d{4}", re.IGNORECASE)
_LAST_SENTENCE = re.compile(r"(?<=[a-z\d][.!?])\s(?=[A-Z])")
_NOTES = re.compile(
    r"(?:foot)?notes?(?: (?:no\.?|nos\.?|numbers?|refs?\.?))?|refs?\.?|schedules?|see notes?", re.IGNORECASE
)
"""What heads a column of numbers of notes."""
_NOTE_NUMBERS = re.compile(
    r"(?:notes? )?\(?\d{1,2}(?:\.\d{1,2})?\s?\(?[a-z]?\)?"
    r"(?:\s?(?:,|&|and|/|-|–)\s?(?:\d{1,2}(?:\.\d)?\(?[a-z]?\)?|[a-z]\b))*|[-–—]|n/a",
    re.IGNORECASE,
)
_LAYOUT_CELL = 400
"""A cell with more characters than this holds prose."""


def read_tables(tables: list[Table], blocks: list[Block]) -> None:
    """Mark the cells of data tables with their caption and headers; `blocks` is the page's blocks, changed in place."""
    data = [table for table in reversed(tables) if _is_data(table)]  # a nested one is settled before its surroundings
    notes = notes_before(blocks, {table.before for table in data}) if data else {}
    cells = [cell for table in data for row in table.rows for cell in row]
    within = {id(block) for cell in cells for block in cell.blocks}
    for cell in cells:
        _merge(cell)
    for table in data:
        for row in () if says_units(table.rows) else table.rows:
            join_signs(row)
        before = blocks[table.before - 1] if table.before else None
        title = before if before is not None and id(before) not in within else None
        caption, note = _caption(table, title), notes.get(table.before)
        if note and note not in (caption or ""):
            caption = f"{caption} {note}" if caption else note
        _assign_headers(table, expand(table.rows), caption, (*_title_before(blocks, table), caption or ""))


def _title_before(blocks: list[Block], table: Table) -> tuple[str, ...]:
    """The nearest heading before a table."""
    return tuple(block.text for block in reversed(blocks[: table.before]) if block.level)[:1]


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
            first.counters = tuple(counter for block in words for counter in block.counters)
            for block in words[1:]:
                block.merged = True
        first.kind, first.xpath, first.level, first.value, first.lead = "table_cell", cell.xpath, 0, False, None
    cell.blocks = words


def _caption(table: Table, before: Block | None) -> str | None:
    if table.caption:
        return table.caption
    if table.figure is not None and table.figure.caption:
        return table.figure.caption
    if table.label:
        return table.label
    titles = before is not None and (before.kind == "paragraph" or before.container.name == "summary")
    if before is not None and titles and not before.value and not before.labels:
        sentences = _LAST_SENTENCE.split(before.text)
        said = sentences[-1]
        if _AS_AT.match(sentences[0]) and len(sentences[0]) <= _MAX_CAPTION:
            return sentences[0]
        title = said.endswith(":") or not said.endswith((".", "!", "?"))
        if len(said) <= _MAX_CAPTION and (title or said.lower().startswith(("table ", "figure ", "chart "))):
            return said
    return None


def _is_grand_total(row: Row) -> bool:
    """A grand total after row groups belongs to none of them."""
    return row.cells[0].text.lower().startswith(("grand total", "overall"))


def _assign_headers(table: Table, rows: list[Row], caption: str | None, titles: tuple[str, ...]) -> None:
    width = max(len(row.slots) for row in rows)
    first = 0
    while first < len(rows) - 1 and (not rows[first].cells or (not caption and is_group(rows[first], width))):
        if rows[first].cells:
            caption = rows[first].cells[0].text
        first += 1
    heads = header_rows(table, rows, first, titles)
    below = labels_below(rows, first) if heads == first else None
    body = [row for number, row in enumerate(rows) if number >= heads and number != below and row.cells]
    above = heads_over(rows[first:heads] if below is None else [rows[below]], width)
    repeated = {words for row in rows[first:heads] if len(words := cell_texts([*row.cells])) > 1}
    plain = [row for row in body if not is_group(row, width) and cell_texts([*row.cells]) not in repeated]
    columns = header_columns(plain, above) if below is None else []
    numbered = columns in ([], [0]) and below is None and numbers_categories(plain, above)
    columns = [0] if numbered else columns
    if columns and (units := units_column(above)) is not None and units not in columns:
        columns = [*columns, units]
    for row in rows:
        for cell in row.cells:
            cell.blocks[0].caption = caption[:MAX_CONTEXT] if caption else None
    for row in rows[:heads]:
        _mark_headers(row.cells)
    over = with_compared(above)
    _mark_notes(plain, above)
    for cell in row_numbers(plain, above):
        cell.blocks[0].kind = "table_header"
    years = {cell_texts([*row.cells[0 if row.has_empty_corner else 1 :]]) for row in rows[first:heads] if row.cells}
    before = years_before([name.text for row in body if columns and (name := row.at(columns[0]))])
    signs = signs_between(body, width)
    group, added = None, RowsAdded()
    seen: set[Cell] = set()
    again: list[Row] = []
    for row in body:
        if is_group(row, width):
            group = row.cells[0]
            _mark_headers([group])
            continue
        again = [*again, row] if is_header_row(row) else []
        if again:
            above, group = heads_over(again[-MAX_LEVELS:], len(row.slots)), None
            over = with_compared(above)
            _mark_headers(row.cells)
            continue
        if cell_texts([*row.cells]) in repeated:
            _mark_headers(row.cells)
            continue
        if repeats_years(row) and cell_texts([*row.cells[1:]]) in years:
            group = row.cells[0]
            _mark_headers(row.cells)
            continue
        if group is not None and _is_grand_total(row):
            group = None
        names = [row.at(column) for column in columns]
        corner = above[columns[0]] if columns and columns[0] < len(above) else ()
        named = added.beside(cell_texts(names))
        beside = (*(words for words in corner if _names_the_rows(words)), *cell_texts([group]), *named)
        _mark_headers(names)
        if numbered and names[0] is not None and names[0].blocks and names[0].text.isdigit():
            names[0].blocks[0].kind = "table_header"
        seen.update(cell for cell in names if cell is not None)
        for column, slot in enumerate(row.slots):
            if slot is not None and slot.blocks and slot not in seen:
                seen.add(slot)
                headers = over[column] if column < len(over) else ()
                slot.blocks[0].column_headers = (*headers, signs[slot]) if slot in signs else headers
                if not columns or column > columns[0]:  # a rank stands before its row's name
                    earlier = before.get(beside[-1]) if beside and any(map(is_change, headers[-2:])) else None
                    slot.blocks[0].row_headers = (earlier, *beside) if earlier else beside


def _mark_headers(cells: Sequence[Cell | None]) -> None:
    """What names rows and columns states nothing, unless figures stand where names do ("94,000 calls")."""
    for cell in cells:
        if cell is not None and cell.blocks and _only_names(cell.text):
            cell.blocks[0].kind = "table_header"


def _mark_notes(body: list[Row], above: Sequence[tuple[str, ...]]) -> None:
    """A column of numbers of notes, as accounts have it beside their figures, refers and states nothing."""
    for column, heads in enumerate(above):
        if not heads or not _NOTES.fullmatch(heads[-1]):
            continue
        cells = [cell for row in body if (cell := row.at(column)) is not None and cell.blocks]
        if all(_NOTE_NUMBERS.fullmatch(cell.text) for cell in cells):
            for cell in cells:
                cell.blocks[0].kind = "table_header"


def _only_names(text: str) -> bool:
    if is_band(text) or is_signed_year(text) or is_sign(text):
        return True
    states = is_value(text) or counts_first(text) or _STATES.search(text)
    if _SCALED_UNIT.match(text):
        return True
    return not is_marked_value(text) and (is_year(text) or not states)


def _names_the_rows(corner: str) -> bool:
    """Whether the header over the row labels says what the rows count ("Reports by category"), in what, or when."""
    return len(corner.split()) > 1 or is_year(corner) or is_sign(corner)
