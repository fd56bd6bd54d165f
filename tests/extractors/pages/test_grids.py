"""Tables that no table element marks."""

import pytest

from extractors.pages.html import html_passages

ROWS = [("", "2020", "2021", "2022"), ("Cats", "12", "15", "–"), ("Dogs", "1,204", "1,377", "1,400")]


def page(rows: list[tuple[str, ...]], row: str, cell: str) -> bytes:
    lines = ["".join(f"<{cell}>{text}</{cell.split()[0]}>" for text in texts) for texts in rows]
    body = "".join(f"<{row}>{line}</{row.split()[0]}>" for line in lines)
    return f"<main><h1>Animals</h1><section>{body}</section></main>".encode()


@pytest.mark.parametrize(("row", "cell"), [("div", "div"), ('div class="r"', "p"), ("ul", "li")])
def test_rows_of_as_many_cells_are_a_table(row: str, cell: str) -> None:
    cells = {p.text: p for p in html_passages(page(ROWS, row, cell))}
    assert (cells["1,377"].row_headers, cells["1,377"].column_headers) == (("Dogs",), ("2021",))
    assert cells["Dogs"].kind == cells["2020"].kind == "table_header"


def test_a_corner_that_is_named_is_the_same() -> None:
    rows = [("Animal", *ROWS[0][1:]), *ROWS[1:]]
    assert next(p for p in html_passages(page(rows, "div", "div")) if p.text == "15").column_headers == ("2021",)


@pytest.mark.parametrize(
    "rows",
    [
        ROWS[:2],
        [row[:2] for row in ROWS],
        [("Cats", "Dogs", "Hens"), ("We feed them", "12", "15"), ("Twice a day", "all year", "at no cost")],
        [("12", "15", "19"), ("Cats", "13", "16"), ("Dogs", "14", "17")],
    ],
)
def test_other_boxes_are_none(rows: list[tuple[str, ...]]) -> None:
    assert not any(p.kind.startswith("table") for p in html_passages(page(rows, "div", "div")))


def test_roles_make_a_table_as_elements_do() -> None:
    html = """<main><div role="table" aria-label="Files by year"><div role="row"><span role="columnheader">Year</span>
    <span role="columnheader">Images</span></div><div role="row"><span role="rowheader">2020</span>
    <span role="cell">33,690</span></div><div role="row"><span role="rowheader">2021</span>
    <span role="cell">39,930</span></div></div></main>"""
    cell = next(p for p in html_passages(html.encode()) if p.text == "39,930")
    assert (cell.caption, cell.row_headers, cell.column_headers) == ("Files by year", ("2021",), ("Images",))
