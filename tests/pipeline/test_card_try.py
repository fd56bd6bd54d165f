"""`impact card try`: on a screen, as JSON, and what it says when it cannot."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Web
from tests.pipeline.conftest import CARD, COMMAND, Ended
from tests.pipeline.terminals import shown

Impact = Callable[..., Ended]

FAR = "In Cornwall, where the tide comes in and takes away what the wind has left there, crews rescued 14 people."
PAGE = f"""# Our year 2023

In 2023, crews rescued 310 people on the beach.

{FAR}

Volunteers: 96

Sailors ate 4,120 buns.
"""


@pytest.fixture
def card(tmp_path: Path) -> Path:
    path = tmp_path / "card.yaml"
    path.write_text(CARD.format(url="https://coast.example/"), encoding="utf-8")
    return path


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_it_says_what_became_of_each_statistic(impact: Impact, page: Path, card: Path) -> None:
    ended = impact("card", "try", page, "--card", card)
    assert ended.status == 0
    assert ended.out.splitlines() == [
        "Our year 2023",
        "  In 2023, crews rescued [310] people on the beach.",
        "    = rescues, place=beach",
        "  " + FAR.replace("14", "[14]"),
        "    ? rescues: `cornwall` in front narrows what is counted; put it into `only` if it does not",
        "  Volunteers: [96]",
        "    = volunteers",
        "  Sailors ate [4,120] buns.",
        "    ? no metric counts `buns`",
        "",
        "Members never seen (1): rescues place: sea",
        "2 of 4 statistics mapped",
    ]


@pytest.mark.parametrize("width", [80, 200])
def test_it_fits_a_terminal(page: Path, card: Path, width: int) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    command = [*COMMAND, "card", "try", str(page), "--card", str(card)]
    printed = shown(command, environment, width=width).splitlines()
    assert max(map(len, printed)) <= width
    assert any("[14] people." in line for line in printed)
    cut = next(line for line in printed if "[14]" in line).startswith("  …")
    assert cut == (width == 80)


def test_as_json_each_statistic_is_a_line_and_the_last_is_the_rest(impact: Impact, page: Path, card: Path) -> None:
    *told, rest = map(json.loads, impact("card", "try", page, "--card", card, "--format", "json").out.splitlines())
    assert [(one["surface"], one["metric"], one["dimensions"], one["nearest"]) for one in told] == [
        ("310", "rescues", {"place": "beach"}, None),
        ("14", None, {}, "rescues"),
        ("96", "volunteers", {}, None),
        ("4,120", None, {}, None),
    ]
    assert list(told[0]) == [
        "fact_id", "surface", "sentence", "headings", "kind", "unit", "period_type", "year", "metric", "dimensions",
        "wording", "nearest", "reason", "rivals",
    ]  # fmt: skip
    assert rest == {
        "statistics": 4,
        "mapped": 2,
        "metrics_without_hit": [],
        "members_never_seen": [{"metric": "rescues", "dimension": "place", "member": "sea"}],
    }


def test_the_help_names_every_field(impact: Impact) -> None:
    told = " ".join(impact("card", "try", "--help").out.split())
    for field in ("fact_id", "wording", "nearest", "rivals", "metrics_without_hit", "members_never_seen"):
        assert f'"{field}"' in told


def test_a_bundled_card_takes_all_of_its_own_sample(impact: Impact) -> None:
    sample = Path("extractors/sources/samples/ncmec-impact/2022.html").resolve()
    assert impact("card", "try", sample, "--source", "ncmec-impact").out.endswith("\n28 of 28 statistics mapped\n")


def test_a_page_may_come_from_the_web(impact: Impact, card: Path, web: Web) -> None:
    web.answer("/impact.html", body=b"<!doctype html><h1>2023</h1><p>In 2023, crews rescued 310 people.</p>")
    ended = impact("card", "try", web.url("/impact.html"), "--card", card)
    assert ended.out.splitlines()[-1] == "1 of 1 statistic mapped"


def test_what_a_terminal_would_obey_is_written_out(impact: Impact, tmp_path: Path, card: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<h1>\x1b[2JOur year\u202e</h1><p>In 2023, crews \x1b[31mrescued 310 people.</p>", encoding="utf-8")
    ended = impact("card", "try", page, "--card", card)
    assert ended.status == 0
    assert not {"\x1b", "\u202e"} & set(ended.out)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name a card: --card FILE, or a bundled one with --source ID"),
        (["--card", "none.yaml"], "cannot read the source card"),
        (["--source", "ncmec"], "unknown source 'ncmec'"),
        (["--source", "ncmec-impact", "--card", "x.yaml"], "exclude each other"),
    ],
)
def test_what_it_cannot_do_is_one_line(impact: Impact, page: Path, arguments: list[str], said: str) -> None:
    ended = impact("card", "try", page, *arguments)
    assert ended.status == 2
    assert said in ended.line


def test_a_page_that_is_not_there_is_one_line(impact: Impact, card: Path) -> None:
    ended = impact("card", "try", "none.html", "--card", card)
    assert (ended.status, "cannot read none.html" in ended.line) == (2, True)
