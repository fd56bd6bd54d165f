"""The tables of this folder: what they hold is read once, when the extractor is imported.

A table is a text file: columns parted by tabs, the first line names them, a column left out at the end of a line is
empty. Several words in one column are parted by blanks (by ", " where the words themselves hold blanks).
"""

from pathlib import Path

FOLDER = Path(__file__).parent
"""Where the tables stand."""


def rows(table: str) -> list[list[str]]:
    """The lines of one table, each with as many columns as the table has."""
    head, *lines = (FOLDER / f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    width = head.count("\t") + 1
    return [line.split("\t") + [""] * (width - 1 - line.count("\t")) for line in lines]
