"""`impact card`, and what becomes of a card's examples and of old cards wherever a card is read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Web
from tests.pipeline.conftest import Ended, page

Impact = Callable[..., Ended]
NEW = "    counts: people\n    when: [{clause: rescued}]\n"
OLD = "    match: [{counts: people, says: [rescued]}]\n"
GOOD = '    examples: ["In 2021, crews rescued **310** people."]\n    not_examples: ["We trained **310** people."]\n'
BAD = '    examples: ["In 2021, crews met **310** people."]\n'


def with_lines(card: Path, lines: str) -> Path:
    """The card with more lines behind the wording of its first metric."""
    card.write_text(card.read_text(encoding="utf-8").replace(NEW, NEW + lines, 1), encoding="utf-8")
    return card


def in_old_language(card: Path) -> Path:
    text = (
        card.read_text(encoding="utf-8")
        .replace(NEW, OLD)
        .replace("    counts: volunteers\n", "    match: [{counts: volunteers}]\n")
    )
    card.write_text(text, encoding="utf-8")
    return card


def test_check_says_that_all_come_out(impact: Impact, card: Path):
    ended = impact("card", "check", with_lines(card, GOOD))
    assert (ended.status, ended.out) == (0, "")
    said = "impact: 2 metrics; 1 without an example, such as volunteers; 1 example, 1 near miss: all come out"
    assert ended.err.splitlines() == [said]


def test_check_has_a_line_for_each_that_does_not_come_out(impact: Impact, card: Path):
    ended = impact("card", "check", with_lines(card, BAD + '    not_examples: ["Crews rescued **9** people."]\n'))
    assert ended.status == 1
    assert ended.out.splitlines() == [
        f"{card}: metrics.rescues.examples[0]: `310` is not taken: nothing in its clause says rescued",
        f"{card}: metrics.rescues.not_examples[0]: `9` is taken for rescues by rescues[0]",
    ]
    assert ended.err.endswith("1 example, 1 near miss: 2 of them do not come out\n")


def test_check_tells_words_without_effect_and_is_content(impact: Impact, card: Path):
    ended = impact("card", "check", with_lines(card, "    only: [year]\n"))
    assert ended.status == 0
    assert ended.out == f"{card}: look: metrics.rescues.only: `year` narrows nothing anyway: plain English\n"


def test_check_takes_a_bundled_card(impact: Impact):
    ended = impact("card", "check", "--source", "ncmec-impact")
    assert ended.status == 0 and ended.err.endswith(": all come out\n")


@pytest.mark.parametrize("arguments", [[], ["a.yaml", "--source", "ncmec-impact"], ["nowhere.yaml"], ["--source", "x"]])
def test_check_without_a_card_that_it_can_read(impact: Impact, arguments: list[str]):
    ended = impact("card", "check", *arguments)
    assert ended.status == 2 and ended.line


def test_convert_prints_the_card_in_the_new_language(impact: Impact, card: Path):
    before = card.read_text(encoding="utf-8")
    ended = impact("card", "convert", in_old_language(card))
    assert (ended.status, ended.out, ended.err) == (0, before, "")


def test_convert_writes_a_new_file_and_no_other(impact: Impact, card: Path, tmp_path: Path):
    before = card.read_text(encoding="utf-8")
    out = tmp_path / "new.yaml"
    assert impact("card", "convert", in_old_language(card), "--out", out).status == 0
    assert out.read_text(encoding="utf-8") == before
    again = impact("card", "convert", card, "--out", out)
    assert again.status == 2 and "is there already" in again.line


def test_convert_tells_comments_that_are_left_out(impact: Impact, card: Path):
    in_old_language(card)
    card.write_text(
        card.read_text(encoding="utf-8").replace("measure: flow", "measure: flow  # adds up"), encoding="utf-8"
    )
    ended = impact("card", "convert", card)
    assert (ended.status, ended.line) == (0, "impact: this comment is left out: # adds up")


def test_convert_refuses_a_card_of_the_new_language_and_what_it_cannot_say(impact: Impact, card: Path):
    ended = impact("card", "convert", card)
    assert ended.status == 2 and ended.line.endswith(": is in the new language already")
    in_old_language(card)
    text = card.read_text(encoding="utf-8").replace("says: [rescued]", "about: [rescued], within: clause")
    card.write_text(text, encoding="utf-8")
    ended = impact("card", "convert", card)
    assert (ended.status, ended.out) == (1, "")
    assert f"{card}: metrics.rescues.match[0]: `about` within the clause" in ended.line


def test_extract_refuses_a_card_whose_example_does_not_come_out(impact: Impact, card: Path, tmp_path: Path):
    text = tmp_path / "page.txt"
    text.write_text("In 2021, crews rescued 310 people.", encoding="utf-8")
    assert impact("extract", text, "--card", with_lines(card, GOOD)).status == 0
    card.write_text(card.read_text(encoding="utf-8").replace("crews rescued **", "crews met **"), encoding="utf-8")
    ended = impact("extract", text, "--card", card)
    assert (ended.status, ended.out) == (2, "")
    assert f"{card}: metrics.rescues.examples[0]: `310` is not taken: nothing in its clause says rescued" in ended.line


def test_refresh_refuses_a_card_whose_example_does_not_come_out(impact: Impact, home: Path, web: Web, card: Path):
    web.answer("/", body=page(2021))
    ended = impact("refresh", "--card", with_lines(card, BAD))
    assert ended.status == 2 and "metrics.rescues.examples[0]" in ended.line
    assert web.asked == []


def test_an_old_card_is_read_with_a_warning_that_names_convert(impact: Impact, card: Path, tmp_path: Path):
    text = tmp_path / "page.txt"
    text.write_text("In 2021, crews rescued 310 people.", encoding="utf-8")
    ended = impact("extract", text, "--card", in_old_language(card))
    assert ended.status == 0 and '"metric": "rescues"' in ended.out
    assert ended.line == (
        f"impact: {card}: is in the old language of cards, which the next version no longer reads; "
        f"`impact card convert {card}` prints it in the new"
    )


def test_a_home_that_holds_an_old_card_goes_on_and_says_so(impact: Impact, home: Path, web: Web, card: Path):
    web.answer("/", body=page(2021))
    first = impact("refresh", "--card", in_old_language(card))
    assert first.status == 0 and f"`impact card convert {card}`" in first.err
    archived = home / "archive" / "coast-rescue" / "card.yaml"
    web.forget("/")
    web.answer("/", body=page(2022))
    for command in (["refresh"], ["build"], ["status"], ["verify"]):
        ended = impact(*command)
        assert ended.status == 0, ended.err
    assert f"card       {archived}: is in the old language of cards" in impact("status").out
    assert "310" in impact("table", "rescues").out


def test_a_home_goes_on_with_a_card_whose_example_has_come_to_fail(impact: Impact, home: Path, web: Web, card: Path):
    """As under a later extractor: the card in the archive is what it was, what is read has changed."""
    web.answer("/", body=page(2021))
    assert impact("refresh", "--card", card).status == 0
    archived = home / "archive" / "coast-rescue" / "card.yaml"
    with_lines(archived, BAD)
    said = f"{archived}: metrics.rescues.examples[0]: `310` is not taken: nothing in its clause says rescued"
    ended = impact("refresh")
    assert ended.status == 0 and said in ended.err
    assert f"card       {said}" in impact("status").out
