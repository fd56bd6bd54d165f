"""Markdown and plain text."""

import pytest

from extractors.pages import text_passages
from extractors.records import Passage


def texts(text: str) -> list[str]:
    return [p.text for p in text_passages(text)]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in text_passages(text)]


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "We fed 40 dogs\nand 12 cats in the\nold harbour.\n\nThen we left.",
            ["We fed 40 dogs and 12 cats in the old harbour.", "Then we left."],
        ),
        ("In 2021, we fed **40** dogs.", ["In 2021, we fed 40 dogs."]),
        ("**More than 20,000**users and *twelve* _thousand_ cats", ["More than 20,000users and twelve thousand cats"]),
        (
            'See [the report](https://example.org/a_(b)?x=2021 "Title 5") and <https://example.org/77>.',
            ["See the report and ."],
        ),
        ("![A chart 55](chart_2021.png) Calls rose 4\\*", ["Calls rose 4*"]),
        ("snake_case_7 and 5 * 3 * 2", ["snake_case_7 and 5 * 3 * 2"]),
        (
            "It reached 44 million people.\\* Of these, 5 \\& more",
            ["It reached 44 million people.* Of these, 5 & more"],
        ),
        ("Calls&nbsp;received: 94,428", ["Calls received: 94,428"]),
        ("Calls received: 94,428\n\nTexts received: 1,200", ["Calls received: 94,428", "Texts received: 1,200"]),
        ("> A quote of 5\n> goes on", ["A quote of 5 goes on"]),
        ("Helped:<br>36%<br>of all", ["Helped:", "36%", "of all"]),
        ("Boats: 14\nFerries: 15\nKayaks: 16", ["Boats: 14", "Ferries: 15", "Kayaks: 16"]),
        (
            "14 boats were towed\n15 ferries were repaired\n16 kayaks were found",
            ["14 boats were towed", "15 ferries were repaired", "16 kayaks were found"],
        ),
        (
            "The crew rescued 14 boats in\n2021, and 15 more in the\nyear after.",
            ["The crew rescued 14 boats in 2021, and 15 more in the year after."],
        ),
        ("```\n5 lines\n```\n", ["5 lines"]),
        ("---\n\nText 5\n\n***\n", ["Text 5"]),
        ("\n\n  \n", []),
        ("alpha\r\nbeta\rgamma", ["alpha beta gamma"]),
        ("footnote[^1] here 5", ["footnote here 5"]),
        (
            "In 2021, **more than 22,000 children were reached by [Harbour](http://x.org).**",
            ["In 2021, more than 22,000 children were reached by Harbour."],
        ),
    ],
)
def test_markup_is_dropped_and_lines_are_joined_where_they_run_on(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_headings_of_both_styles_form_a_path() -> None:
    text = "Report\n======\n\nA\n\n## **Calls** ##\n\nB\n\nTexts\n-----\n\nC\n\n### Deep\n\nD\n"
    found = {p.text: p.headings for p in text_passages(text) if p.kind == "paragraph"}
    assert found == {
        "A": ("Report",),
        "B": ("Report", "Calls"),
        "C": ("Report", "Texts"),
        "D": ("Report", "Texts", "Deep"),
    }


def test_bullets_of_every_style_are_items_with_their_lead() -> None:
    text = (
        "In 2022, crews:\n\n- towed 14 boats\n  over the sound\n* found 3 buoys\n"
        "• Repaired:\n    - 5 nets\n    - 6 oars\n1. fed 7 gulls\n2) fed 8 terns\n"
    )
    items = [(p.text, p.lead) for p in text_passages(text) if p.kind == "list_item"]
    lead = "In 2022, crews:"
    assert items == [
        ("towed 14 boats over the sound", lead),
        ("found 3 buoys", lead),
        ("Repaired:", lead),
        ("5 nets", "Repaired:"),
        ("6 oars", "Repaired:"),
        ("fed 7 gulls", lead),
        ("fed 8 terns", lead),
    ]


def test_a_decimal_or_a_year_at_a_lines_start_is_no_bullet() -> None:
    assert kinds("2.5 million people came.\n\n1.8 million left.") == [
        ("paragraph", "2.5 million people came."),
        ("paragraph", "1.8 million left."),
    ]
    assert kinds("2021. A year of work.") == [("paragraph", "2021. A year of work.")]


def test_a_negative_figure_is_no_bullet() -> None:
    assert texts("-5% on the year before") == ["-5% on the year before"]


def test_label_and_value_lines_are_tiles() -> None:
    text = (
        "## Guests\n\n**Cats**\n\n**36%**\n\n**Dogs**\n\n**64%**\n\n"
        "All guests were fed twice a day by the people of the house.\n"
    )
    assert {p.text: p.labels for p in text_passages(text) if p.kind == "tile"} == {"36%": ("Cats",), "64%": ("Dogs",)}


def test_value_then_label_lines_are_tiles() -> None:
    text = "# Year\n\n1.2M\nmeals served\n\n310\nbeds made\n"
    assert {p.text: p.labels for p in text_passages(text) if p.kind == "tile"} == {
        "1.2M": ("meals served",),
        "310": ("beds made",),
    }


def test_heading_values_are_tiles() -> None:
    text = "# Year\n\n### 1.2M\n\nmeals served\n\n### 310\n\nbeds made\n"
    assert {p.text: p.labels for p in text_passages(text) if p.kind == "tile"} == {
        "1.2M": ("meals served",),
        "310": ("beds made",),
    }


def test_places_are_line_numbers() -> None:
    assert [p.xpath for p in text_passages("# A\n\nb\nc\n\n- d\n")] == ["line(1)", "line(3)", "line(6)"]


@pytest.mark.parametrize(
    "text", ["| A | B |\n|---|---|\n| x | 5 |\n", "A | B\n--- | ---\nx | 5\n", "| A | B |\n|:--|--:|\n| x | **5** |\n"]
)
def test_pipe_tables(text: str) -> None:
    (found,) = [p for p in text_passages(text) if p.text == "5"]
    assert (found.kind, found.row_headers, found.column_headers) == ("table_cell", ("x",), ("B",))


def test_a_pipe_in_prose_is_no_table() -> None:
    assert kinds("Home | Contact 5 | About") == [("paragraph", "Home | Contact 5 | About")]


def test_a_copyright_line_is_boilerplate() -> None:
    found: list[Passage] = text_passages("Text 5\n\n© 2024 Harbour Trust\n")
    assert [p.region for p in found] == ["content", "boilerplate"]


def test_a_byte_order_mark_and_nul_are_no_text() -> None:
    told = text_passages("# In 2021\n\n- 1234 boats")
    assert text_passages("\ufeff# In 20\x0021\n\0\n- 12\x0034 bo\ufeffats") == told
