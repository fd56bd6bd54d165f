"""Pages made to hurt: deep, endless, malformed. All is read, nothing breaks, the work stays in step with the size.

There are no clocks here: an input whose cost grew with the square of its size would hold the run up for minutes.
"""

import pytest

from extractors.pages import html_passages, text_passages

SIZE = 100_000

HTML = {
    "nested blocks": "<div>1",
    "nested inline": "<span>1 ",
    "nested tables": "<table><tr><td>1",
    "nested lists": "<ul><li>1",
    "nested navigation": "<nav>1",
    "cards": '<a class="c"><span class="n">1%</span><span class="l">a</span></a>',
    "values only": "<p>1%</p>",
    "values and labels": "<p>1%</p><p>label</p>",
    "neighbouring spans": '<span class="a">1</span><span class="b">2</span>',
    "footnote marks": "x<sup>1</sup>",
    "footnote links": '<a href="#fn1">1</a>',
    "line breaks": "1<br>",
    "headings of all levels": '<h1>1</h1><h6>a</h6><div role="heading" aria-level="99999">b</div>',
    "wide spans": "<table><tr><td colspan=1000 rowspan=60000>1</table>",
    "one row of wide cells": "<td colspan=1000 rowspan=60000>1",
    "header rows": "<tr><th>1<th>2</tr>",
    "definition terms": "<dt>a<dd>1",
    "unknown elements": "<x-y>1",
    "prefixed elements": "<o:p>1",
    "open comments": "1<!-- ",
    "ampersands": "1&",
    "entities": "&#49;",
    "angle brackets": "1< ",
    "one long word": "1",
    "one long paragraph": "1 ",
}


@pytest.mark.parametrize("unit", HTML.values(), ids=HTML.keys())
def test_repeated_markup_is_read_to_the_end(unit: str) -> None:
    before, after = ("<table>", "</table>") if unit.startswith(("<t", "<tr")) else ("", "")
    found = html_passages(f"<body>{before}{unit * (SIZE // len(unit))}{after}".encode())
    assert any("1" in p.text for p in found)
    assert max(len(p.text) for p in found) <= 20_000
    assert max(len(p.xpath) for p in found) < 5_000
    assert max(len(p.labels) + len(p.headings) + len(p.column_headers) for p in found) < 30


def test_endless_nesting_is_read() -> None:
    found = html_passages(b"<section><h2>In 2021</h2>1 cat " * 10_000)
    assert sum(p.text == "1 cat" for p in found) == 10_000


@pytest.mark.parametrize("depth", [10, 255, 256, 257, 2_000, 200_000])
def test_text_is_found_at_any_depth(depth: int) -> None:
    page = f"<body>{'<div>' * depth}inner 5{'</div>' * depth}<p>after 7</p></body>"
    assert [p.text for p in html_passages(page.encode())] == ["inner 5", "after 7"]


def test_a_text_of_many_megabytes_is_not_cut() -> None:
    words = "12 34 " * 2_000_000
    found = html_passages(f"<p>{words}</p><p>after 9</p>".encode())
    assert sum(p.text.count("12") for p in found) == 2_000_000
    assert found[-1].text == "after 9"


@pytest.mark.parametrize(
    "unit",
    [
        "*",
        "**a",
        "*a ",
        "_a",
        "__a ",
        "[",
        "[a](",
        "![a](",
        "[a](b(",
        "`",
        "`a",
        "<http://",
        "\\*",
        "# ",
        "- ",
        "- 1\n",
        "|",
        "|1|2\n",
        "-\n",
        "a\n==\n",
        " ",
        "\n",
        "1%\n\n",
        "1%\n",
        "ab 1\n",
        "&",
        "~~a",
        "> ",
        "```\n",
        "* * *\n",
        "[^a",
    ],
)
def test_repeated_markdown_is_read_to_the_end(unit: str) -> None:
    found = text_passages(unit * (SIZE // len(unit)) + "\n\nafter 9")
    assert found[-1].text.endswith("after 9")


def test_nul_bytes_do_not_end_the_page() -> None:
    assert next(p.text for p in html_passages(b"<p>12\x0034</p>" + b"<p>a page of 5 lines</p>" * 9)) == "1234"
