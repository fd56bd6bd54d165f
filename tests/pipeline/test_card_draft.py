"""`impact card draft`: a card to standard output that `card check`, `card try` and `extract` take."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Web
from tests.pipeline.conftest import Ended

Impact = Callable[..., Ended]
DRAFTS = Path(__file__).parents[1] / "drafts"


def drafted(impact: Impact, folder: Path, *arguments: object) -> Path:
    ended = impact("card", "draft", *arguments)
    assert ended.status == 0, ended.err
    path = folder / "drafted.yaml"
    path.write_text(ended.out, encoding="utf-8")
    return path


def test_what_it_writes_is_a_card_whose_examples_come_out(impact: Impact, tmp_path: Path) -> None:
    card = drafted(impact, tmp_path, DRAFTS / "wells.html")
    checked = impact("card", "check", card)
    assert (checked.status, checked.out.strip()) == (0, "")
    assert "21 metrics; 21 examples, 0 near misses: all come out" in checked.err
    assert impact("card", "try", DRAFTS / "wells.html", "--card", card).out.endswith("\n37 of 38 statistics mapped\n")
    facts = impact("extract", DRAFTS / "wells.html", "--card", card).out.splitlines()
    assert sum(json.loads(line)["metric"] is not None for line in facts) == 37


def test_it_says_on_standard_error_how_much_it_takes(impact: Impact) -> None:
    assert impact("card", "draft", DRAFTS / "stage.md").line == (
        "impact: 28 metrics take 40 of 46 statistics; look at each"
    )


def test_what_is_given_stands_in_the_card(impact: Impact, tmp_path: Path) -> None:
    given = ["--id", "wells", "--organisation", "Orrin Wells", "--url", "https://wells.example/impact"]
    text = drafted(impact, tmp_path, DRAFTS / "wells.html", *given).read_text(encoding="utf-8")
    assert "id: wells\norganisation: Orrin Wells\n" in text
    assert "url: https://wells.example/impact\n" in text


def test_a_page_of_the_web_stands_under_its_address(impact: Impact, tmp_path: Path, web: Web) -> None:
    web.answer("/impact.html", body=(DRAFTS / "wells.html").read_bytes())
    card = drafted(impact, tmp_path, web.url("/impact.html"))
    assert f"\nurl: {web.url('/impact.html')}\n" in card.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["none.html"], 2, "cannot read none.html"),
        ([DRAFTS / "wells.html", "--id", "The Wells"], 2, "--id 'The Wells': small letters, digits and hyphens"),
        ([DRAFTS / "wells.html", "--url", "wells"], 2, "'wells' is not a web address"),
    ],
)
def test_what_it_cannot_do_is_one_line(impact: Impact, arguments: list[object], status: int, said: str) -> None:
    ended = impact("card", "draft", *arguments)
    assert (ended.status, ended.out) == (status, "")
    assert said in ended.line


def test_a_page_without_a_statistic_gives_no_card(impact: Impact, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Our year\n\nIt was a good one.", encoding="utf-8")
    ended = impact("card", "draft", page)
    assert (ended.status, ended.out) == (1, "")
    assert "no statistic found" in ended.line
