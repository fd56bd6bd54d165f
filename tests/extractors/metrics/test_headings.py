"""Figures under headings: a member's, a part that no card declares, or the whole under a mere title.

`headed.jsonl` holds one small page a line: why the heading matters, the page, the figure, and the metrics with members
that are right for it (a metric of null: it takes none).
"""

import json
from pathlib import Path
from typing import Any

import pytest

from extractors import read_page, read_text
from extractors.metrics.card import bundled_card, load_card
from extractors.metrics.english import is_english
from extractors.metrics.titles import read_heading
from tests.extractors.growth import calls

HEADED = [
    json.loads(line) for line in (Path(__file__).parent / "headed.jsonl").read_text(encoding="utf-8").splitlines()
]
CALLS = "Our hotline received 106,020 calls in 2023."
REPORTS = "In 2023 the CyberTipline received 36,210,368 reports."
CASES = "In 2023 we assisted law enforcement with 28,886 cases of missing children."
STATEMENTS = {"Call center": CALLS, "CyberTipline": REPORTS, "Missing children": CASES}


def stated(page: dict[str, Any]) -> list[list[Any]]:
    """The metric and members of the page's figure, one entry a fact that has its surface."""
    given: dict[str, Any] = {"card": bundled_card("ncmec-impact"), "edition": page["edition"]}
    html = page.get("html")
    reading = read_text(page["text"], **given) if html is None else read_page(html.encode(), **given)
    return [[fact.metric, fact.dimensions] for fact in reading.facts if fact.surface == page["surface"]]


@pytest.mark.parametrize("page", HEADED, ids=lambda page: f"{page['why']}: {page['surface']}")
def test_what_a_figure_under_a_heading_states(page: dict[str, Any]) -> None:
    (fact,) = stated(page)
    assert fact in page["mapped_as"]


def metrics_under(heading: str) -> set[str | None]:
    """The metrics of one statement each about calls, reports and cases, under the heading below their subject."""
    found = set()
    for subject, statement in STATEMENTS.items():
        page = f"<body><h1>Our year</h1><h2>{subject}</h2><h3>{heading}</h3><p>{statement}</p></body>"
        facts = read_page(page.encode(), card=bundled_card("ncmec-impact"), edition=2023).facts
        found |= {fact.metric for fact in facts if fact.sentence == statement}
    return found


WHOLE = {"hotline_calls", "cybertipline_reports", "missing_child_cases"}
APART = {
    "place": (
        ["Texas", "In Ohio", "Los Angeles", "Brazil", "Indonesia", "Great Britain", "The U.K.", "Yakama Nation"],
        ["Across the United States", "The Front Line", "Where it starts", "A global issue"],
    ),
    "tongue": (
        ["Spanish", "Calls in Spanish", "Haitian Creole", "Other languages"],
        ["In their words", "A voice", "On call"],
    ),
    "age": (
        ["Ages 15 to 17", "Children under 12", "12-14 years", "Age 5 and under", "Seventeen-year-olds"],
        ["24 hours a day, 7 days a week", "Forty Years Strong", "2019-2023", "Table 3"],
    ),
    "group": (
        ["Girls", "Teenagers", "Foster youth", "Military families", "Children with autism", "Adopted children"],
        ["Safer Kids, Stronger Families", "Exploited children", "Our volunteers", "America's children"],
    ),
    "name": (
        ["Facebook", "Discord", "PlayStation", "Threads", "Spotlight on Nevada", "Reports from Apple", "Interpol",
         "IN THE BRONX", "FOR LANTERNFIELD", "LANTERNFIELD AT THE WORKBENCH"],
        ["Perseverance", "A Historic Year", "Unsung heroes", "Maya's journey", "In the spotlight",
         "AT THE WORKBENCH", "INSIDE THE LABYRINTH", "FROM OUR SCULLERY"],
    ),
    "body": (
        ["U.S. Secret Service", "Department of Justice", "Project Lantern", "Child Rescue Coalition"],
        ["Building a Future", "On Guard", "Back to School", "A Special Project"],
    ),
    "programme": (["Team HOPE", "NetSmartz", "Take It Down"], ["Hope", "Together we can", "Our programs"]),
    "other body of the card": (["Polaris", "Thorn", "FBI"], ["Meet the team", "Our partners", "About us"]),
}  # fmt: skip


@pytest.mark.parametrize("heading", [heading for apart, _ in APART.values() for heading in apart])
def test_a_heading_that_sets_a_part_apart_leaves_it_without_a_metric(heading: str) -> None:
    assert metrics_under(heading) == {None}


@pytest.mark.parametrize("heading", [heading for _, titles in APART.values() for heading in titles])
def test_a_title_changes_nothing(heading: str) -> None:
    assert metrics_under(heading) == WHOLE


@pytest.mark.parametrize("heading", ["Calls about sightings", "Weekend calls", "Calls by email"])
def test_a_heading_that_counts_some_of_the_calls_is_no_total(heading: str) -> None:
    assert "hotline_calls" not in metrics_under(heading)


@pytest.mark.parametrize("heading", ["Calls received", "Answering the call", "All calls", "Calls by year", "On call"])
def test_a_heading_that_counts_all_of_the_calls_is_a_title(heading: str) -> None:
    assert "hotline_calls" in metrics_under(heading)


@pytest.mark.parametrize("heading", ["Sextortion", "Online enticement", "Generative AI", "Child sex trafficking"])
def test_a_heading_that_is_about_some_of_the_reports_is_no_total(heading: str) -> None:
    assert "cybertipline_reports" not in metrics_under(heading)


@pytest.mark.parametrize(
    "heading", ["Online safety", "Technology at work", "Protecting children online", "Exploitation"]
)
def test_a_heading_that_names_the_wider_subject_is_a_title(heading: str) -> None:
    assert "cybertipline_reports" in metrics_under(heading)


@pytest.mark.parametrize("heading", ["Public awareness", "Reaching the public", "How companies can help"])
def test_a_member_named_in_passing_is_not_whose_figure_it_is(heading: str) -> None:
    page = {
        "html": f"<h2>CyberTipline</h2><h3>{heading}</h3><p>{REPORTS}</p>",
        "edition": 2023,
        "surface": "36,210,368",
    }
    assert stated(page) == [["cybertipline_reports", {}]]


@pytest.mark.parametrize(
    ("line", "metric"),
    [
        ("<details><summary>Georgia</summary><p>{}</p></details>", None),
        ("<p><strong>Georgia</strong></p><p>{}</p>", None),
        ("<p><strong>Georgia.</strong> {}</p>", None),
        ("<ul><li>Georgia<ul><li>{}</li></ul></li></ul>", None),
        ("<dl><dt>Georgia</dt><dd>{}</dd></dl>", None),
        ("<details><summary>Learn more</summary><p>{}</p></details>", "hotline_calls"),
        ("<p>Share on Facebook</p><p>{}</p>", "hotline_calls"),
        ("<p>ATHENS, Georgia - {}</p>", "hotline_calls"),
    ],
)
def test_a_line_above_may_stand_for_a_heading(line: str, metric: str | None) -> None:
    page = f"<h2>Call center</h2>{line.format(CALLS)}"
    assert stated({"html": page, "edition": 2023, "surface": "106,020"}) == [[metric, {}]]


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("Spotlight on Nevada", {"nevada"}),
        ("Reports from Apple", {"apple"}),
        ("TikTok", {"tiktok"}),
        ("Never Giving Up", set()),
        ("How we help", set()),
        ("Emily's story", set()),
    ],
)
def test_names_are_told_from_words(heading: str, names: set[str]) -> None:
    assert read_heading(heading).names == names


@pytest.mark.parametrize("word", ["perseverance", "reuniting", "carried", "stopped", "unseen", "homecoming", "busy"])
def test_a_word_made_of_an_english_one_is_english(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize("word", ["facebook", "omegle", "interpol", "lakota", "sony", "discord", "jordan"])
def test_a_name_is_no_english_word(word: str) -> None:
    assert not is_english(word)


@pytest.mark.parametrize("unit", ["Very Long ", "A, ", "under 5 ", "Georgia: ", "the public "])
def test_work_grows_in_step_with_a_heading(unit: str) -> None:
    card = bundled_card("ncmec-impact")

    def read(heading: str) -> object:
        return read_page(f"<h2>{heading}</h2><p>{CALLS}</p>".encode(), card=card, edition=2023)

    read(unit * 8)
    assert calls(read, unit * 800) < 12 * calls(read, unit * 100)


CLINICS = """
id: clinics
organisation: Clinics
title: Our year
url: https://clinics.example/impact
metrics:
  operations:
    label: Operations
    unit: operations
    measure: flow
    dimensions: {country: {malawi: [malawi], peru: [peru]}}
    counts: operations
    examples: ["**40** operations"]
"""


@pytest.mark.parametrize(
    ("heading", "then", "mapped"),
    [
        ("Malawi", "and we did 40 operations", ["operations", {"country": "malawi"}]),
        ("Peru", "and we did 40 operations", [None, {}]),
        ("What we do", "and we did 40 operations", [None, {}]),
        ("Malawi", "and worldwide we did 40 operations", [None, {}]),
        ("What we do", "and in Peru we did 40 operations", ["operations", {"country": "peru"}]),
    ],
)
def test_what_goes_on_from_a_place_is_of_it_or_left(tmp_path: Path, heading: str, then: str, mapped: list[Any]) -> None:
    """Never all there is: "In Malawi, 300 people were treated and we did 40 operations"."""
    path = tmp_path / "clinics.yaml"
    path.write_text(CLINICS, encoding="utf-8")
    text = f"# {heading}\n\nIn Malawi, 300 people were treated {then}."
    facts = read_text(text, card=load_card(path), edition=2023).facts
    assert [[fact.metric, fact.dimensions] for fact in facts if fact.surface == "40"] == [mapped]
