"""Every cell once, with the headers above and beside it."""

import pytest

from extractors.pages import html_passages, text_passages
from extractors.records import Passage


def cells(html: str) -> list[Passage]:
    return [p for p in html_passages(html.encode()) if p.kind in ("table_cell", "table_header")]


def headers(html: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Text of each cell that has headers, to its row and column headers."""
    return {p.text: (p.row_headers, p.column_headers) for p in cells(html) if p.row_headers or p.column_headers}


SHAPES = {
    "thead and row th": (
        "<table><caption>Visits</caption><thead><tr><th>Site</th><th>2020</th><th>2021</th></tr></thead><tbody>"
        '<tr><th scope="row">North</th><td>110</td><td>120</td></tr><tr><th scope="row">South</th>'
        "<td>90</td><td>95</td></tr>"
        "</tbody></table>",
        {
            "110": (("North",), ("2020",)),
            "120": (("North",), ("2021",)),
            "90": (("South",), ("2020",)),
            "95": (("South",), ("2021",)),
        },
    ),
    "no th at all, years above": (
        "<table><tr><td></td><td>2020</td><td>2021</td></tr><tr><td>North</td><td>110</td><td>120</td></tr>"
        "<tr><td>South</td><td>90</td><td>95</td></tr></table>",
        {
            "110": (("North",), ("2020",)),
            "120": (("North",), ("2021",)),
            "90": (("South",), ("2020",)),
            "95": (("South",), ("2021",)),
        },
    ),
    "years as rows": (
        "<table><tr><th>Year</th><th>Reports</th><th>Share</th></tr><tr><td>2020</td><td>1,100</td><td>40%</td></tr>"
        "<tr><td>2021</td><td>1,300</td><td>60%</td></tr></table>",
        {
            "1,100": (("2020",), ("Reports",)),
            "40%": (("2020",), ("Share",)),
            "1,300": (("2021",), ("Reports",)),
            "60%": (("2021",), ("Share",)),
        },
    ),
    "label and value, no header": (
        "<table><tr><td>Nurses</td><td>410</td></tr><tr><td>Doctors</td><td>96</td></tr></table>",
        {"410": (("Nurses",), ()), "96": (("Doctors",), ())},
    ),
    "two levels of columns": (
        '<table><tr><th rowspan="2">Region</th><th colspan="2">Cases</th></tr><tr><th>2020</th><th>2021</th></tr>'
        "<tr><td>East</td><td>7</td><td>8</td></tr><tr><td>West</td><td>5</td><td>6</td></tr></table>",
        {
            "7": (("East",), ("Cases", "2020")),
            "8": (("East",), ("Cases", "2021")),
            "5": (("West",), ("Cases", "2020")),
            "6": (("West",), ("Cases", "2021")),
        },
    ),
    "row groups by a spanning row": (
        "<table><thead><tr><th>Type</th><th>2021</th></tr></thead><tr><th colspan=2>Gender</th></tr>"
        "<tr><td>Male</td><td>36%</td></tr><tr><td>Female</td><td>64%</td></tr><tr><td colspan=2>Age</td></tr>"
        "<tr><td>0–5</td><td>8%</td></tr><tr><td>6–12</td><td>92%</td></tr></table>",
        {
            "36%": (("Gender", "Male"), ("2021",)),
            "64%": (("Gender", "Female"), ("2021",)),
            "8%": (("Age", "0–5"), ("2021",)),
            "92%": (("Age", "6–12"), ("2021",)),
        },
    ),
    "row groups by a spanning first column": (
        "<table><tr><th>Group</th><th>Kind</th><th>Count</th></tr><tr><td rowspan=2>Boats</td><td>Sail"
        "</td><td>14</td></tr>"
        "<tr><td>Motor</td><td>15</td></tr><tr><td rowspan=2>Cars</td><td>Small</td><td>16</td></tr>"
        "<tr><td>Large</td><td>17</td></tr></table>",
        {
            "14": (("Boats", "Sail"), ("Count",)),
            "15": (("Boats", "Motor"), ("Count",)),
            "16": (("Cars", "Small"), ("Count",)),
            "17": (("Cars", "Large"), ("Count",)),
        },
    ),
    "bands as rows without th": (
        "<table><tr><td>Age</td><td>Girls</td><td>Boys</td></tr><tr><td>0-5</td><td>101</td><td>102</td></tr>"
        "<tr><td>6-12</td><td>103</td><td>104</td></tr></table>",
        {
            "101": (("0-5",), ("Girls",)),
            "102": (("0-5",), ("Boys",)),
            "103": (("6-12",), ("Girls",)),
            "104": (("6-12",), ("Boys",)),
        },
    ),
    "second level of headers not marked": (
        "<table><tr><th rowspan=2>Region</th><th colspan=2>2021</th></tr><tr><td>Number</td><td>Percent</td></tr>"
        "<tr><td>East</td><td>7</td><td>70%</td></tr><tr><td>West</td><td>3</td><td>30%</td></tr></table>",
        {
            "7": (("East",), ("2021", "Number")),
            "70%": (("East",), ("2021", "Percent")),
            "3": (("West",), ("2021", "Number")),
            "30%": (("West",), ("2021", "Percent")),
        },
    ),
    "headers again in the middle": (
        "<table><tr><th>Site</th><th>2019</th></tr><tr><td>North</td><td>1</td></tr><tr><th>Site</th><th>2020</th></tr>"
        "<tr><td>North</td><td>2</td></tr></table>",
        {"1": (("North",), ("2019",)), "2": (("North",), ("2020",))},
    ),
    "row groups by th with scope": (
        '<table><tr><th>Kind</th><th>Boats</th></tr><tr><th scope="rowgroup" colspan="2">Sail</th></tr>'
        '<tr><th scope="row">New</th><td>4</td></tr><tr><th scope="rowgroup" colspan="2">Motor</th></tr>'
        '<tr><th scope="row">Used</th><td>5</td></tr>'
        "<tr><th scope=row>Grand total</th><td>9</td></tr></table>",
        {"4": (("Sail", "New"), ("Boats",)), "5": (("Motor", "Used"), ("Boats",)), "9": (("Grand total",), ("Boats",))},
    ),
    "rank before the name": (
        "<table><tr><th>#</th><th>Country</th><th>Reports</th></tr><tr><td>1</td><td>Norland</td><td>900</td></tr>"
        "<tr><td>2</td><td>Sudland</td><td>800</td></tr></table>",
        {
            "1": ((), ("#",)),
            "900": (("Norland",), ("Reports",)),
            "2": ((), ("#",)),
            "800": (("Sudland",), ("Reports",)),
        },
    ),
    "names below figures": (
        "<table><tr><td>36%</td><td>64%</td></tr><tr><td>Cats</td><td>Dogs</td></tr></table>",
        {"36%": ((), ("Cats",)), "64%": ((), ("Dogs",))},
    ),
    "header column only": (
        "<table><tr><th>Calls</th><td>12,001</td></tr><tr><th>Texts</th><td>8,020</td></tr></table>",
        {"12,001": (("Calls",), ()), "8,020": (("Texts",), ())},
    ),
}


@pytest.mark.parametrize("html, expected", SHAPES.values(), ids=SHAPES.keys())
def test_cells_know_their_headers(html: str, expected: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
    assert headers(html) == expected


def test_a_spanning_cell_is_one_passage_and_header_cells_are_passages_too() -> None:
    html = SHAPES["two levels of columns"][0]
    assert [p.text for p in cells(html)] == ["Region", "Cases", "2020", "2021", "East", "7", "8", "West", "5", "6"]


@pytest.mark.parametrize(
    "html",
    [
        "<table><caption>Boats by port</caption>{rows}</table>",
        "<figure><figcaption>Boats by port</figcaption><table>{rows}</table></figure>",
        "<figure><table>{rows}</table><figcaption>Boats by port</figcaption></figure>",
        '<table aria-label="Boats by port">{rows}</table>',
        "<p>Boats by port</p><table>{rows}</table>",
        "<table><tr><th colspan=2>Boats by port</th></tr>{rows}</table>",
    ],
)
def test_the_caption_is_found_where_pages_put_it(html: str) -> None:
    rows = "<tr><th>Port</th><th>Boats</th></tr><tr><td>Lund</td><td>81</td></tr><tr><td>Vik</td><td>82</td></tr>"
    found = {p.text: p for p in cells(html.replace("{rows}", rows))}
    assert found["81"].caption == "Boats by port"
    assert (found["82"].row_headers, found["82"].column_headers) == (("Vik",), ("Boats",))


def test_the_last_cell_of_one_table_is_no_caption_of_the_next() -> None:
    table = "<table><tr><th>Town</th><th>Twin town</th></tr><tr><th>Hale</th><td>Brugg</td></tr></table>"
    assert {p.caption for p in html_passages((table + table).encode())} == {None}


def test_a_charts_fallback_table_is_read_like_any_other() -> None:
    rows = "<tr><th>Month</th><th>Reports</th></tr><tr><td>May</td><td>71</td></tr><tr><td>June</td><td>72</td></tr>"
    for html in (
        f"<canvas><table>{rows}</table></canvas>",
        f'<div class="chart"><svg></svg><div class="sr-only"><table>{rows}</table></div></div>',
    ):
        assert headers(html) == {"71": (("May",), ("Reports",)), "72": (("June",), ("Reports",))}


def test_a_layout_table_is_read_as_blocks() -> None:
    html = (
        "<table><tr><td><h2>News</h2>"
        "<p>We opened 3 houses in the spring, and two more are to follow before the end.</p></td>"
        "<td><p>Write to us at any time.</p></td></tr></table>"
    )
    assert cells(html) == []
    assert [p.kind for p in html_passages(html.encode())] == ["heading", "paragraph", "paragraph"]


def test_a_data_table_inside_a_layout_table_keeps_its_headers() -> None:
    inner = "<table><tr><th>Port</th><th>Boats</th></tr><tr><td>Lund</td><td>81</td></tr></table>"
    html = f"<table><tr><td>Menu</td><td><p>Intro</p>{inner}</td></tr></table>"
    assert headers(html) == {"81": (("Lund",), ("Boats",))}


def test_blocks_in_one_cell_are_one_passage() -> None:
    html = "<table><tr><th>Port</th><th>Boats</th></tr><tr><td>Lund</td><td><p>81</p><p>(12%)</p></td></tr></table>"
    assert headers(html) == {"81 (12%)": (("Lund",), ("Boats",))}


def test_hostile_spans_stay_small() -> None:
    rows = "<tr>" + "<td colspan=1000000 rowspan=999999999999>1</td>" * 200 + "</tr>"
    assert len(cells(f"<table><tr><th>a</th></tr>{rows * 20}</table>")) == 4001


def test_a_pipe_table_is_the_same_table() -> None:
    text = (
        "Visits by site"
        "\n\n| Site | 2020 | 2021 |\n| --- | ---: | ---: |\n| North | 110 | **120** |\n| South | 90 | 95 |\n"
    )
    found = {p.text: p for p in text_passages(text) if p.kind.startswith("table")}
    assert found["120"].row_headers == ("North",)
    assert found["120"].column_headers == ("2021",)
    assert found["120"].caption == "Visits by site"
    assert found["120"].xpath == "line(5)"
    assert found["2021"].row_headers == found["2021"].column_headers == ()
