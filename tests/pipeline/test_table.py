"""`impact table` as a person reads it: marks, gaps, totals to date apart, what has gone; at any width."""

import csv
import io
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pipeline.conftest import COMMAND, Ended
from tests.pipeline.terminals import shown
from tests.pipeline.without_dagster import year_by_year
from warehouse.home import Home

Impact = Callable[..., Ended]


def page(year: int, *said: str) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in said)
    return (
        f"<html><head><title>Our year {year}</title></head><body><h1>Our year {year}</h1>{body}</body></html>".encode()
    )


PAGES = [
    page(2018, "In 2018, crews rescued 290 people.", "In 2018, 44 people were rescued at sea.", "4 tents were lent."),
    page(
        2020, "In 2020, crews rescued 310 people.", "Since 2001, crews have rescued 4,000 people.",
        "In 2020, 50 people were rescued at sea.", "We had 40 volunteers in 2020.",
    ),
    page(
        2021, "In 2021, crews rescued 320 people.", "Crews rescued 333 people in 2021, the board was told.",
        "In 2020, crews rescued 300 people.", "6 tents were lent.", "Since 2001, crews have rescued 4,300 people.",
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("table") / "home"
    year_by_year(Home.at(folder), PAGES)
    return folder


@pytest.fixture
def home(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IMPACT_HOME", str(made))
    return made


def on_terminal(home: Path, width: int, *arguments: str, **environment: str) -> str:
    inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
    environment = inherited | {"IMPACT_HOME": str(home), "TERM": "xterm-256color"} | environment
    return shown([*COMMAND, "table", *arguments], environment, width=width)


def plain(text: str) -> list[str]:
    return re.sub(r"\x1b\[[\d;]*m", "", text).splitlines()


def test_in_a_pipe_it_is_plain_and_years_stand_apart_from_totals_to_date(home: Path, impact: Impact):
    lines = impact("table").out.splitlines()
    assert "\x1b" not in "".join(lines) and all(line == line.rstrip() for line in lines)
    assert lines[0].split() == ["metric", "breakdown", "period", "unit", "2018", "2019", "2020", "2021"]
    assert [line.split() for line in lines[1:6]] == [
        ["rescues", "people", "290", "–", "300", "r", "320", "!"],
        ["rescues", "place=sea", "people", "44", "–", "50"],
        [],
        ["rescues", "total", "to", "date", "people", "4,000", "4,300"],
        ["volunteers", "as", "of", "volunteers", "40"],
    ]


def test_what_has_gone_is_told_below_and_every_sign_explained(home: Path, impact: Impact):
    ended = impact("table")
    lines = ended.out.splitlines()
    told = lines.index("no longer stated by the edition of 2021; the table coverage has their words")
    assert lines[told + 1] == "  last by that of 2020: volunteers"
    for sign in ("r corrected", "! contradicted", "– not stated, though an earlier and a later year are"):
        assert sign in lines[-1]
    rescues = impact("table", "rescues").out
    assert "no longer stated" not in rescues and "volunteers" not in rescues
    assert "–" not in impact("table", "rescues", "--years", "2020-2021").out


def test_what_may_wait_in_the_queue_is_named_with_what_it_says(tmp_path: Path, impact: Impact, monkeypatch):
    home = Home.at(tmp_path / "home")
    monkeypatch.setenv("IMPACT_HOME", str(home.root))
    pages = [
        page(2020, "In 2020, lifeboat crews rescued 310 people.", "In 2020, 5 tents were lent."),
        page(2021, "In 2021, lifeboat crews brought 320 people ashore.", "In 2021, 6 tents were lent."),
    ]
    year_by_year(home, pages)
    lines = impact("table").out.splitlines()
    told = lines.index("  last by that of 2020: rescues (310)")
    waiting = "In 2021, lifeboat crews brought 320 people ashore."
    assert lines[told + 1] == f"    perhaps what waits in `impact review`: {waiting}"


def test_csv_and_json_hold_the_figures_alone(home: Path, impact: Impact):
    found = list(csv.DictReader(io.StringIO(impact("table", "--format", "csv").out)))
    assert [(row["metric"], row["period_type"], row["breakdown"], row["year"], row["value"]) for row in found] == [
        ("rescues", "cumulative", "", "2020", "4000"),
        ("rescues", "cumulative", "", "2021", "4300"),
        ("rescues", "year", "", "2018", "290"),
        ("rescues", "year", "", "2020", "300"),
        ("rescues", "year", "", "2021", "320"),
        ("rescues", "year", "place=sea", "2018", "44"),
        ("rescues", "year", "place=sea", "2020", "50"),
        ("volunteers", "as_of", "", "2020", "40"),
    ]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_it_fits_a_terminal_of_any_width(home: Path, width: int):
    lines = plain(on_terminal(home, width))
    assert max(map(len, lines)) <= max(width, 60)  # an entry of the legend
    figures = [line for line in lines if re.match(r"rescues|volunteers| +place", line)]
    assert max(map(len, figures)) <= width
    told = " ".join(" ".join(lines).split())
    for figure in ("290", "300 r", "320 !", "4,000", "4,300", "40"):
        assert figure in told
    assert sum("–" in line for line in figures) == 2


def test_disagreement_has_a_colour_where_there_are_colours(home: Path):
    assert "\x1b[1;31m" in on_terminal(home, 80) and "\x1b[33m" in on_terminal(home, 80)
    assert not re.search(r"\x1b\[[\d;]*3[13]", on_terminal(home, 80, NO_COLOR="1"))


def test_years_that_lie_far_apart_get_no_column_for_each_between(
    tmp_path: Path, impact: Impact, monkeypatch: pytest.MonkeyPatch
):
    home = Home.at(tmp_path / "home")
    monkeypatch.setenv("IMPACT_HOME", str(home.root))
    said = [
        "In 1990, crews rescued 12 people.",
        "In 2019, crews rescued 300 people.",
        "In 2021, crews rescued 310 people.",
    ]
    year_by_year(home, [page(2021, *said)])
    header, row = impact("table").out.splitlines()[:2]
    assert header.split()[-4:] == ["1990", "2019", "2020", "2021"]
    assert row.split() == ["rescues", "people", "12", "300", "–", "310"]
