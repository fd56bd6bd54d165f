"""The text of a drafted card: a person can read it, and whatever a page holds, it is one card."""

from pathlib import Path

from extractors.metrics.card import load_card
from tests.extractors.metrics.drafting.pages import drafted, fixture, text_page

RIVERS = drafted(fixture("rivers.md")).text.splitlines()


def test_each_metric_is_marked_for_a_look_with_what_it_takes() -> None:
    at = RIVERS.index("  kilometres_river_restored:")
    assert RIVERS[at - 1] == "  # look: 214 (2024), 214 (2024), 187 (2023), 2,950 (to 2024)"
    assert sum(line.startswith("  # look: ") for line in RIVERS) == 23


def test_its_head_says_how_much_it_takes_and_its_end_what_is_left() -> None:
    assert "23 metrics take 48 of its 49 statistics" in RIVERS[0]
    assert RIVERS[-2:] == ["# No metric takes 1 statistic:", "#   830: 830 of them."]


def test_an_example_of_several_lines_stands_as_it_is() -> None:
    at = RIVERS.index("        | Salmon | **14,210** |")
    assert RIVERS[at - 5 : at + 2] == [
        "      - |",
        "        # Fish counted at our weirs",
        "",
        "        |  | 2022 |",
        "        | --- | --- |",
        "        | Salmon | **14,210** |",
        "        -> part=salmon",
    ]


def test_an_address_that_is_not_known_is_marked() -> None:
    assert "url: https://example.org/  # look: where the page stands" in RIVERS


def test_no_line_is_too_wide_to_read() -> None:
    assert max(len(line) for line in RIVERS if "impact card try" not in line) <= 120


def test_what_a_terminal_or_yaml_obeys_is_written_out(tmp_path: Path) -> None:
    hostile = (
        "In 2023, we \x1b[31mserved\x1b[0m 1,873 \u202emeals\u202c: 'yes' # no [{null}].\n\n99 \x9bballoons\u2028rose."
    )
    text = drafted(text_page(f"# Our: # year\x07\n\n{hostile}"), 'O\'Hara: ["x"] #1\x1b').text
    assert all(line.isprintable() for line in text.splitlines())
    path = tmp_path / "card.yaml"
    path.write_text(text, encoding="utf-8")
    assert load_card(path).organisation == 'O\'Hara: ["x"] #1'


def test_a_page_of_figures_that_nothing_can_be_made_of_gives_an_empty_card(tmp_path: Path) -> None:
    one = drafted(text_page("# Our year\n\nIn 2023 it was 412, and 365 of them."))
    assert "metrics: {}" in one.text
    assert one.card(tmp_path).metrics == {}
