"""Blocks: where text parts and joins, headings, lists, footnote marks."""

import pytest

from extractors.pages import html_passages
from extractors.records import Passage


def passages(html: str) -> list[Passage]:
    return html_passages(html.encode())


def texts(html: str) -> list[str]:
    return [p.text for p in passages(html)]


@pytest.mark.parametrize(
    "html, expected",
    [
        ("<p>We have over <b>20,000</b>users.</p>", ["We have over 20,000users."]),
        ("<p>In all 29,<span>397</span>,681 letters</p>", ["In all 29,397,681 letters"]),
        ("<p>9&nbsp;000&#8239;people\n  came&shy;back&#8203;.</p>", ["9 000 people cameback."]),
        ("<p>It’s “fine”</p>", ["It’s “fine”"]),
        ("<div><span>2021</span><span>94,428</span></div>", ["2021", "94,428"]),
        ('<div><span class="y">2021</span><span class="n">94428</span></div>', ["2021", "94428"]),
        ('<p><span class="d">9</span><span class="d">4</span><span class="d">7</span> homes</p>', ["947 homes"]),
        ('<p><span class="cur">$</span><span class="n">4.2</span><span class="s">M</span></p>', ["$4.2M"]),
        ('<p><span class="n">94,428</span><span class="l">calls answered</span></p>', ["94,428 calls answered"]),
        ('<div><span class="n">94,428</span><span class="l">Calls answered</span></div>', ["94,428", "Calls answered"]),
        ('<li><span class="l">Calls answered</span><span class="n">94,428</span></li>', ["Calls answered", "94,428"]),
        ("<li>Calls answered: <b>94,428</b></li>", ["Calls answered: 94,428"]),
        ("<p><b>94,428</b> <i>calls</i></p>", ["94,428 calls"]),
        ("<p>One long line<br>that goes on here</p>", ["One long line that goes on here"]),
        ("<p>First thought.<br><br>Second thought.</p>", ["First thought.", "Second thought."]),
        (
            "<p>2019: 14 boats<br>2020: 15 boats<br>2021: 16 boats</p>",
            ["2019: 14 boats", "2020: 15 boats", "2021: 16 boats"],
        ),
        ("<div>bare 1<p>two 2</p>tail 3</div>", ["bare 1", "two 2", "tail 3"]),
        ("<ul><li>One 1<ul><li>Two 2</li></ul>rest 3</li></ul>", ["One 1", "Two 2", "rest 3"]),
        ("<select><option>A 1<option>B 2</select><button>Go 3</button>", ["A 1", "B 2", "Go 3"]),
        ("<p>CO<sub>2</sub> fell on 4 km<sup>2</sup></p>", ["CO2 fell on 4 km2"]),
        ("<p>On the 4<sup>th</sup> day, 10<sup>6</sup> fish</p>", ["On the 4th day, 106 fish"]),
        ("<p>About 3<sup>1</sup>/<sub>2</sub> hours</p>", ["About 3 1/2 hours"]),
    ],
)
def test_text_parts_and_joins_where_a_reader_sees_it(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


@pytest.mark.parametrize(
    "mark, shown",
    [
        ("<sup>3</sup>", "3"),
        ("<sup>[12]</sup>", "[12]"),
        ("<sup>1, 2</sup>", "1, 2"),
        ("<sup>*</sup>", "*"),
        ("<sup>a</sup>", "a"),
        ('<sup><a href="#fn2">2</a></sup>', "2"),
        ('<sup id="r4"><a href="#fn-4" class="x">4</a></sup>', "4"),
        ('<a href="#_ftn1">[1]</a>', "[1]"),
        ('<a role="doc-noteref" href="#n">7</a>', "7"),
        ('<span class="footnote-ref">8</span>', "8"),
    ],
)
def test_a_footnote_mark_is_a_passage_of_its_own(mark: str, shown: str) -> None:
    found = passages(f"<p>They helped 44 million{mark} people.</p>")
    assert [(p.kind, p.text) for p in found] == [
        ("paragraph", "They helped 44 million people."),
        ("footnote_mark", shown),
    ]


def test_headings_close_deeper_and_equal_ones() -> None:
    html = (
        "<h1>A</h1><p>1</p><h2>B</h2><h3>C</h3><p>2</p><h2>D</h2><p>3</p>"
        '<div role="heading" aria-level="3">E</div><p>4</p><h1>F</h1><p>5</p>'
    )
    assert {p.text: p.headings for p in passages(html) if p.text.isdigit()} == {
        "1": ("A",),
        "2": ("A", "B", "C"),
        "3": ("A", "D"),
        "4": ("A", "D", "E"),
        "5": ("F",),
    }


def test_a_heading_does_not_stand_under_itself() -> None:
    assert [p.headings for p in passages("<h2>Boats</h2><h3>Ferries</h3>")] == [(), ("Boats",)]


def test_list_items_know_what_introduces_them() -> None:
    html = (
        "<p>In 2021, the crews:</p><ul><li>rescued 14 boats</li><li>Towed:<ul><li>3 ferries</li></ul></li></ul>"
        "<h2>Next</h2><ul><li>no lead 5</li></ul>"
    )
    leads = {p.text: p.lead for p in passages(html) if p.kind == "list_item"}
    assert leads == {
        "rescued 14 boats": "In 2021, the crews:",
        "Towed:": "In 2021, the crews:",
        "3 ferries": "Towed:",
        "no lead 5": None,
    }


def test_paragraphs_in_a_list_item_are_list_items() -> None:
    found = passages("<p>We sent:</p><ol><li><p>12 tents</p><p>from Oslo</p></li></ol>")
    assert [(p.kind, p.lead) for p in found[1:]] == [("list_item", "We sent:")] * 2


def test_an_accordion_is_read_with_its_summary() -> None:
    found = passages("<details><summary>Homes</summary><p>We built 40 homes in the valley.</p></details>")
    assert [p.text for p in found] == ["Homes", "We built 40 homes in the valley."]


def test_a_very_long_block_is_split_at_sentences_under_one_xpath() -> None:
    sentence = "The ferry carried 12 people over the sound. "
    found = passages(f"<p>{sentence * 2000}</p>")
    assert len(found) > 4
    assert {p.xpath for p in found} == {"/html/body/p[1]"}
    assert all(len(p.text) <= 20_000 and p.text.endswith("sound.") for p in found)
    assert " ".join(p.text for p in found) == (sentence * 2000).strip()


def test_passages_are_numbered_in_document_order() -> None:
    found = passages("<h1>A</h1><p>b</p><table><tr><th>c</th><td>1</td></tr></table>")
    assert [p.index for p in found] == [0, 1, 2, 3]
