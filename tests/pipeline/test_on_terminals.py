"""What is told in lines on a terminal: wrapped under its words, in colours that can be left out."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.few import few_of
from tests.pipeline.conftest import COMMAND, Ended
from tests.pipeline.terminals import shown
from tests.pipeline.without_dagster import year_by_year
from warehouse.home import Home


def page(year: int, *said: str) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in said)
    return f"<html><head><title>Our year {year}</title></head><body><h1>{year}</h1>{body}</body></html>".encode()


LONG = "On the long beaches of the north and on the short ones of the south, and wherever else anybody asked for them, "
MORE = " It was a year in which, as everybody remembers, the sea was rough and the days were short and very cold."
PAGES = [
    page(2020, "In 2020, crews rescued 310 people.", "We had 40 volunteers in 2020.", f"{LONG}4 tents were lent."),
    page(2021, f"In 2021, crews rescued 320 people.{MORE}", "In 2020, crews rescued 300 people.", "6 tents were lent."),
]
COMMANDS = [("explain", "rescues", "2020"), ("diff",), ("review",), ("status",)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lines") / "home"
    year_by_year(Home.at(folder), PAGES)
    return folder


def on_terminal(home: Path, width: int, *arguments: str, **environment: str) -> str:
    inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
    return shown(
        [*COMMAND, *arguments],
        inherited | {"IMPACT_HOME": str(home), "TERM": "xterm-256color"} | environment,
        width=width,
    )


@pytest.mark.parametrize("arguments", COMMANDS)
@pytest.mark.parametrize("width", few_of([40, 80, 200], 1))
def test_lines_fit_the_terminal_and_say_the_same(
    home: Path, impact: Callable[..., Ended], monkeypatch, arguments: tuple[str, ...], width: int
):
    monkeypatch.setenv("IMPACT_HOME", str(home))
    lines = re.sub(r"\x1b\[[\d;]*m", "", on_terminal(home, width, *arguments)).splitlines()
    assert all(len(line) <= width or " " not in line.strip().partition("  ")[2].strip() for line in lines)
    piped = impact(*arguments).out
    assert "\x1b" not in piped
    assert " ".join(lines).split() == piped.split()


def test_what_is_wrapped_stands_under_its_words(home: Path):
    lines = re.sub(r"\x1b\[[\d;]*m", "", on_terminal(home, 80, "explain", "rescues", "2021")).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("    seen    "))
    assert re.match(r" {12}\S", lines[at + 1])


def test_colours_tell_what_has_changed_and_can_be_left_out(home: Path):
    coloured = on_terminal(home, 80, "diff")
    assert re.search(r"\x1b\[33mrestated", coloured) and re.search(r"\x1b\[31mdropped", coloured)
    bare = on_terminal(home, 80, "diff", NO_COLOR="1")
    assert not re.search(r"\x1b\[[\d;]*3\d", bare) and "restated" in bare
