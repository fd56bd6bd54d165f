"""Which rows and columns of a table are headers, marked as such or not."""

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.clauses.year_like import names_counted
from extractors.language.lexicon import HEADCOUNT, fold, is_plural, words
from extractors.language.patterns import YEAR
from extractors.pages.blocks import MAX_CONTEXT, Cell, Table
from extractors.pages.grid import Row
from extractors.pages.values import (
    MAX_LABEL,
    is_band,
    is_change,
    is_numeric_cell,
    is_sign,
    is_signed_year,
    is_total,
    is_value,
    is_year,
    tells_when,
)

_WORDS = re.compile(r"[a-z]+")
_A_YEAR = re.compile(YEAR)
_BRACKETS = re.compile(r"\([^()]*\)")
_UNITS = re.compile(
    r"(?:units?(?: of (?:measure(?:ment)?|account))?|measured in|measurement units?|uom)[.:]?(?: \([^()]*\))?",
    re.IGNORECASE,
)
_CODED = words(
    "form code zip postcode route bus tram line train flight ward room branch station district section article statute "
    "account model id sic naics extension"
)
"""What is called by a number of several digits."""
_ATTRIBUTES = words("bedrooms bathrooms beds rooms storeys floors stars")
"""What things are sorted by the number of."""
_NUMBERED = re.compile(r"(\d{1,3})(?: (?:and|or) (?:more|over|above)|\+)?")
"""The last of them may stand for all that follow: "5 or more"."""
_CODE = re.compile(r"[A-Z]{0,2}-?\d{1,6}[A-Z]?(?:-[A-Z]{1,3})?")
_PLANNED = words("actual actuals budget budgeted target forecast planned restated audited unaudited outturn result")
"""What stands over a year in accounts and tells of no other."""
MAX_LEVELS = 4
"""Header rows over a column, header columns beside a row."""


def is_group(row: Row, width: int) -> bool:
    """A row with one cell of text only: a group's title (or a table's)."""
    if width < 2 or len(row.cells) != 1 or row.has_empty_corner:
        return False
    return len(row.cells[0].text) <= MAX_LABEL and not is_numeric_cell(row.cells[0].text)


def is_header_row(row: Row) -> bool:
    """A row of cells that are marked as headers of columns; beside an empty corner one will do."""
    if not row.cells or not all(cell.header and not cell.scope.startswith("row") for cell in row.cells):
        return False
    if len(row.cells) == 1:
        return row.has_empty_corner and not is_numeric_cell(row.cells[0].text)
    return not all(is_numeric_cell(cell.text) and not is_band(cell.text) for cell in row.cells[1:])


def heads_over(lines: list[Row], width: int) -> list[tuple[str, ...]]:
    """The header texts over each column, outermost first."""
    return [cell_texts([line.at(column) for line in lines[:MAX_LEVELS]]) for column in range(width)]


def cell_texts(cells: list[Cell | None]) -> tuple[str, ...]:
    """What stands in some cells, each once."""
    return tuple(cell.text[:MAX_CONTEXT] for cell in dict.fromkeys(cells) if cell is not None and cell.blocks)


def header_rows(table: Table, rows: list[Row], first: int, titles: tuple[str, ...]) -> int:
    """Return the index of the first row that is no header row; `titles` stand over the table."""
    number = first
    while number < len(rows) - 1:
        if rows[number].cells and number >= table.head_rows and not is_header_row(rows[number]):
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
    return number if _counts(rows[number], titles) else number + _plain_header_rows(rows, number)


def _counts(row: Row, titles: tuple[str, ...]) -> bool:
    """A name and a count that looks like a year, where a title tells the year: "Volunteers", "2012" under "In 2022"."""
    return (
        len(row.cells) == 2
        and _A_YEAR.fullmatch(row.cells[1].text) is not None
        and names_counted(row.cells[0].text, titles)
    )


def _is_signs(row: Row) -> bool:
    """Signs or scales under the heads, perhaps beside a word that says so."""
    signs = row.cells[1:] or (row.cells if row.cells and row.has_empty_corner else [])
    return bool(signs) and all(is_sign(cell.text) for cell in signs)


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
    again = cell_texts([*rows[first].cells])
    body = [cell for row in rows[first + count :] if cell_texts([*row.cells]) != again for cell in row.cells[1:]]
    figures = sum(is_numeric_cell(cell.text) for cell in body)
    if figures * 2 < len(body) or not body:
        return 0
    last = rows[first + count - 1]
    return count if _splits(rows[first]) or _is_signs(last) or _is_years(last, rows[first]) else 1


def _is_years(row: Row, top: Row) -> bool:
    """Years only, beside an empty corner: a row of data has a name. Or years under a top row that tells none apart."""
    if row.has_empty_corner:
        return all(is_year(cell.text) for cell in row.cells)
    told = {cell.text.lower() for cell in top.cells}
    return top is not row and top.has_empty_corner and told <= _PLANNED and repeats_years(row)


def repeats_years(row: Row) -> bool:
    """A name and several years, as heads have it."""
    return len(row.cells) > 2 and all(is_year(cell.text) for cell in row.cells[1:])


def _stands_alone(row: Row) -> bool:
    """One cell beside an empty corner, which spans columns or tells when or with which sign."""
    if len(row.cells) != 1 or not row.has_empty_corner:
        return False
    text = row.cells[0].text
    return _splits(row) or tells_when(fold(text)) or is_sign(text) or is_signed_year(text)


def labels_below(rows: list[Row], first: int) -> int | None:
    """Two rows, figures above and their names below: the index of the row of names."""
    if len(rows) - first != 2:
        return None
    above, below = rows[first].cells, rows[first + 1].cells
    if len(above) == len(below) and all(is_value(c.text) for c in above) and not any(is_value(c.text) for c in below):
        return first + 1
    return None


def header_columns(body: list[Row], above: Sequence[tuple[str, ...]]) -> list[int]:
    """Which of the first columns name their rows; a column of ranks (1, 2, 3 …) before them does not."""
    width = len(above)
    start = int(_ranks(body) is not None)
    columns: list[int] = []
    for column in range(start, min(width - 1, start + MAX_LEVELS)):
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


def _ranks(body: Sequence[Row]) -> list[Cell] | None:
    """The cells of a first column that goes 1, 2, 3 …; a last row, as of a total, may have none."""
    cells = [cell for row in body if (cell := row.at(0)) is not None and cell.blocks and not is_total(cell.text)]
    counted = [str(number) for number in range(1, len(cells) + 1)]
    whole = len(cells) > 1 and len(cells) + 1 >= len(body)
    return cells if whole and [cell.text.rstrip(".)") for cell in cells] == counted else None


def row_numbers(body: Sequence[Row], above: Sequence[tuple[str, ...]]) -> list[Cell]:
    """The cells of a first column without a head that only numbers the rows: "1.", or 1 in front of a name."""
    ranks = _ranks(body) if above and not above[0] else None
    if ranks is None:
        return []
    if all(not cell.text.isdigit() for cell in ranks):
        return ranks
    names = [cell.text for row in body if (cell := row.at(1)) is not None]
    named = not any(map(is_numeric_cell, names)) and all(any(map(str.isalpha, name)) for name in names)
    return ranks if len(ranks) > 2 and len(above) > 2 and named else []


def says_units(rows: list[list[Cell]]) -> bool:
    """Whether one of the first rows heads a column of units: signs that stand there belong to the whole row."""
    return any(_UNITS.fullmatch(block.text) for row in rows[:MAX_LEVELS] for cell in row for block in cell.blocks)


def units_column(above: Sequence[tuple[str, ...]]) -> int | None:
    """The column that says in what each row is measured: it is headed so ("Unit")."""
    return next((column for column, heads in enumerate(above) if heads and _UNITS.fullmatch(heads[-1])), None)


def numbers_categories(body: list[Row], above: Sequence[tuple[str, ...]]) -> bool:
    """Whether the first column tells its rows apart by numbers, as under "Grade" or "Week", where none names them.

    The header calls one by its name, and the numbers go up; under "Deaths" they count. Forms and routes are called by
    any number.
    """
    if len(above) < 2 or not above[0] or len(body) < 2:
        return False
    head = _WORDS.findall(fold(_BRACKETS.sub("", above[0][-1])))
    named = bool(head) and (head[-1] in _ATTRIBUTES or not is_plural(head[-1]))
    if not named or head[-1] in HEADCOUNT or is_total(above[0][-1]) or is_change(above[0][-1]):
        return False
    texts = [cell.text for row in body if (cell := row.at(0)) is not None and cell.blocks and not is_total(cell.text)]
    if head[-1] in _CODED and not all(map(is_year, texts)):
        return sum(_CODE.fullmatch(text) is not None for text in texts) + 1 >= max(len(texts), 3)
    numbers = [int(opened[1]) for text in texts if (opened := _NUMBERED.fullmatch(text))]
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
