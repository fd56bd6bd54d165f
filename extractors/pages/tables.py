"""Tables: which rows and columns are headers, and what that says of each cell.

A table that only lays a page out is left as ordinary blocks. HTML and Markdown tables share this code.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.language.lexicon import HEADCOUNT, fold, is_plural
from extractors.pages.blocks import MAX_CONTEXT, Block, Cell, Table
from extractors.pages.compared import RowsAdded, with_compared, years_before
from extractors.pages.grid import Row, expand
from extractors.pages.notes import notes_before
from extractors.pages.signs import signs_between
from extractors.pages.values import (
    MAX_LABEL,
    counts_first,
    is_band,
    is_change,
    is_currency_sign,
    is_marked_value,
    is_numeric_cell,
    is_sign,
    is_signed_year,
    is_total,
    is_value,
    is_year,
    tells_when,
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
_WORDS = re.compile(r"[a-z]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_CLOSES = re.compile(r"[)%]|%\)|\)%")
"""What a cell of its own may add to the figure before it."""
_NOTES = re.compile(
    r"(?:foot)?notes?(?: (?:no\.?|nos\.?|numbers?|refs?\.?))?|refs?\.?|schedules?|see notes?", re.IGNORECASE
)
"""What heads a column of numbers of notes."""
_NOTE_NUMBERS = re.compile(
    r"(?:notes? )?\(?\d{1,2}(?:\.\d{1,2})?\s?\(?[a-z]?\)?"
    r"(?:\s?(?:,|&|and|/|-|–)\s?(?:\d{1,2}(?:\.\d)?\(?[a-z]?\)?|[a-z]\b))*|[-–—]|n/a",
    re.IGNORECASE,
)
_MAX_LEVELS = 4
"""Header rows over a column, header columns beside a row."""
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
        for row in table.rows:
            _join_signs(row)
        before = blocks[table.before - 1] if table.before else None
        title = before if before is not None and id(before) not in within else None
        caption, note = _caption(table, title), notes.get(table.before)
        if note and note not in (caption or ""):
            caption = f"{caption} {note}" if caption else note
        _assign_headers(table, expand(table.rows), caption)


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


def _join_signs(row: list[Cell]) -> None:
    """Put a currency sign and a closing bracket that stand in cells of their own to their figure.

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


def _empty(cell: Cell) -> None:
    for block in cell.blocks:
        block.merged = True
    cell.blocks = []


def _caption(table: Table, before: Block | None) -> str | None:
    if table.caption:
        return table.caption
    if table.figure is not None and table.figure.caption:
        return table.figure.caption
    if table.label:
        return table.label
    if before is not None and before.kind == "paragraph" and not before.value and not before.labels:
        sentences = _LAST_SENTENCE.split(before.text)
        said = sentences[-1]
        if _AS_AT.match(sentences[0]) and len(sentences[0]) <= _MAX_CAPTION:
            return sentences[0]
        title = said.endswith(":") or not said.endswith((".", "!", "?"))
        if len(said) <= _MAX_CAPTION and (title or said.lower().startswith(("table ", "figure ", "chart "))):
            return said
    return None


def _is_group(row: Row, width: int) -> bool:
    """A row with one cell of text only: a group's title (or a table's)."""
    if width < 2 or len(row.cells) != 1 or row.slots[0] is not row.cells[0]:
        return False
    return len(row.cells[0].text) <= MAX_LABEL and not is_numeric_cell(row.cells[0].text)


def _is_header_row(row: Row) -> bool:
    if not row.cells or not all(cell.header and not cell.scope.startswith("row") for cell in row.cells):
        return False
    if len(row.cells) == 1:
        return row.cells[0] is not row.slots[0] and not is_numeric_cell(row.cells[0].text)  # beside an empty corner
    return not all(is_numeric_cell(cell.text) and not is_band(cell.text) for cell in row.cells[1:])


def _is_grand_total(row: Row) -> bool:
    """A grand total after row groups belongs to none of them."""
    return row.cells[0].text.lower().startswith(("grand total", "overall"))


def _assign_headers(table: Table, rows: list[Row], caption: str | None) -> None:
    width = max(len(row.slots) for row in rows)
    first = 0
    while first < len(rows) - 1 and (not rows[first].cells or (not caption and _is_group(rows[first], width))):
        if rows[first].cells:
            caption = rows[first].cells[0].text
        first += 1
    heads = _header_rows(table, rows, first)
    below = _labels_below(rows, first) if heads == first else None
    body = [row for number, row in enumerate(rows) if number >= heads and number != below and row.cells]
    above = _above(rows[first:heads] if below is None else [rows[below]], width)
    plain = [row for row in body if not _is_group(row, width)]
    columns = _header_columns(plain, above) if below is None else []
    numbered = not columns and below is None and _numbers_categories(plain, above)
    columns = [0] if numbered else columns
    for row in rows:
        for cell in row.cells:
            cell.blocks[0].caption = caption[:MAX_CONTEXT] if caption else None
    for row in rows[:heads]:
        _mark_headers(row.cells)
    over = with_compared(above)
    _mark_notes(plain, above)
    repeated = {words for row in rows[first:heads] if len(words := _texts([*row.cells])) > 1}
    before = years_before([name.text for row in body if columns and (name := row.at(columns[0]))])
    signs = signs_between(body, width)
    group, added = None, RowsAdded()
    seen: set[Cell] = set()
    again: list[Row] = []
    for row in body:
        if _is_group(row, width):
            group = row.cells[0]
            _mark_headers([group])
            continue
        again = [*again, row] if _is_header_row(row) else []
        if again:
            above, group = _above(again[-_MAX_LEVELS:], len(row.slots)), None
            over = with_compared(above)
            _mark_headers(row.cells)
            continue
        if _texts([*row.cells]) in repeated:
            _mark_headers(row.cells)
            continue
        if group is not None and _is_grand_total(row):
            group = None
        names = [row.at(column) for column in columns]
        corner = above[columns[0]] if columns and columns[0] < len(above) else ()
        named = added.beside(_texts(names))
        beside = (*(words for words in corner if _names_the_rows(words)), *_texts([group]), *named)
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
    """Whether the header over the row labels says what the rows count ("Reports by category") or when."""
    return len(corner.split()) > 1 or is_year(corner)


def _above(lines: list[Row], width: int) -> list[tuple[str, ...]]:
    """The header texts over each column, outermost first."""
    return [_texts([line.at(column) for line in lines[:_MAX_LEVELS]]) for column in range(width)]


def _texts(cells: list[Cell | None]) -> tuple[str, ...]:
    return tuple(cell.text[:MAX_CONTEXT] for cell in dict.fromkeys(cells) if cell is not None and cell.blocks)


def _header_rows(table: Table, rows: list[Row], first: int) -> int:
    """Return the index of the first row that is no header row."""
    number = first
    while number < len(rows) - 1:
        if rows[number].cells and number >= table.head_rows and not _is_header_row(rows[number]):
            break
        number += 1
    if first < number < len(rows) - 1 and (
        (_splits(rows[number - 1]) and _is_second_level(rows[number])) or _is_signs(rows[number])
    ):
        number += 1
    if number > first or any(
        cell.header and not cell.scope.startswith("row") for row in rows for cell in row.cells[1:]
    ):
        return number
    return number + _plain_header_rows(rows, number)


def _is_signs(row: Row) -> bool:
    """Signs or scales under the heads, perhaps beside a word that says so."""
    return len(row.cells) > 1 and all(is_sign(cell.text) for cell in row.cells[1:])


def _splits(row: Row) -> bool:
    """A header row with a cell over several columns: the row below names them."""
    return any(cell.colspan > 1 for cell in row.cells)


def _is_second_level(row: Row) -> bool:
    """Words or years only, and no header of its own row: the lower level of the headers, not marked as such."""
    cells = row.cells
    return len(cells) > 1 and not any(is_numeric_cell(cell.text) or cell.scope.startswith("row") for cell in cells)


def _plain_header_rows(rows: list[Row], first: int) -> int:
    """How many of the first rows are headers in a table that does not mark them: words or years over figures."""
    count = 0
    while first + count < len(rows) - 1 and count < 3:
        cells = rows[first + count].cells
        if not (len(cells) > 1 or _stands_alone(rows[first + count])):
            break
        if any(is_numeric_cell(cell.text) and not is_band(cell.text) for cell in cells):
            break
        count += 1
    if not count:
        return 0
    body = [cell for row in rows[first + count :] for cell in row.cells[1:]]
    figures = sum(is_numeric_cell(cell.text) for cell in body)
    if figures * 2 < len(body) or not body:
        return 0
    last = rows[first + count - 1]
    return count if _splits(rows[first]) or _is_signs(last) or _is_years(last) else 1


def _is_years(row: Row) -> bool:
    """Years only, beside an empty corner: a row of data has a name."""
    return row.cells[0] is not row.slots[0] and all(is_year(cell.text) for cell in row.cells)


def _stands_alone(row: Row) -> bool:
    """One cell beside an empty corner, which spans columns or tells when or with which sign."""
    if len(row.cells) != 1 or row.cells[0] is row.slots[0]:
        return False
    text = row.cells[0].text
    return _splits(row) or tells_when(fold(text)) or is_sign(text) or is_signed_year(text)


def _labels_below(rows: list[Row], first: int) -> int | None:
    """Two rows, figures above and their names below: the index of the row of names."""
    if len(rows) - first != 2:
        return None
    above, below = rows[first].cells, rows[first + 1].cells
    if len(above) == len(below) and all(is_value(c.text) for c in above) and not any(is_value(c.text) for c in below):
        return first + 1
    return None


def _header_columns(body: list[Row], above: Sequence[tuple[str, ...]]) -> list[int]:
    """Which of the first columns name their rows; a column of ranks (1, 2, 3 …) before them does not."""
    width = len(above)
    ranks = [cell.text.rstrip(".") if (cell := row.at(0)) else "" for row in body]
    start = int(len(ranks) > 1 and ranks == [str(number) for number in range(1, len(ranks) + 1)])
    columns: list[int] = []
    for column in range(start, min(width - 1, start + _MAX_LEVELS)):
        filled = [cell for row in body if (cell := row.at(column)) is not None and cell.blocks]
        dated = column == start or _announces_years(above[column])
        named = sum(cell.header or _names(cell.text, column == start, dated) for cell in filled)
        if named * 2 <= len(filled) and (filled or columns):
            break
        columns.append(column)
        if filled and all(cell.scope.startswith("row") for cell in filled):
            following = [row.at(column + 1) for row in body]
            if not any(cell is not None and cell.header for cell in following):
                break
    return columns


def _numbers_categories(body: list[Row], above: Sequence[tuple[str, ...]]) -> bool:
    """Whether the first column tells its rows apart by numbers, as under "Grade" or "Week", where none names them.

    The header calls one by its name, and the numbers go up; under "Deaths" they count.
    """
    if len(above) < 2 or not above[0] or len(body) < 2:
        return False
    head = _WORDS.findall(fold(_BRACKETS.sub("", above[0][-1])))
    if not head or is_plural(head[-1]) or head[-1] in HEADCOUNT or is_total(above[0][-1]) or is_change(above[0][-1]):
        return False
    texts = [cell.text for row in body if (cell := row.at(0)) is not None and cell.blocks]
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) < 4]
    steps = {following - number for number, following in pairwise(numbers)}
    return (
        len(numbers) > 1
        and len(numbers) + 1 >= len(texts)
        and (steps == {1} or (len(steps) > 0 and min(steps) > 0 and len(numbers) > 2))
    )


def _announces_years(headers: tuple[str, ...]) -> bool:
    """Whether years under these headers say when, as under "Year" and under none: not under "Calls" or "2020"."""
    return not headers or (tells_when(fold(headers[-1])) and not any(map(str.isdigit, headers[-1])))


def _names(text: str, first: bool, dated: bool) -> bool:
    """Whether a cell's text names its row rather than measures something; `dated`: so does a year."""
    if (dated and is_year(text)) or (first and is_band(text)):
        return True
    return not is_numeric_cell(text) and any(map(str.isalpha, text)) and not is_value(text)
