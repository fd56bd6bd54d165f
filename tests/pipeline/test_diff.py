"""`impact diff`: what two editions, two releases or two extractors say otherwise, and nothing is published."""

import csv
import io
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.records import EXTRACTOR_VERSION
from tests.pipeline.conftest import Ended, own_copy
from tests.pipeline.without_dagster import year_by_year
from tests.warehouse.facts_builder import alter_segment
from warehouse import release_files
from warehouse.home import Home

Impact = Callable[..., Ended]
EARLY = "0.0-early"


def page(year: int, *said: str) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in said)
    return (
        f"<html><head><title>Our year {year}</title></head><body><h1>Our year {year}</h1>{body}</body></html>".encode()
    )


EDITIONS = [
    page(2019, "In 2019, crews rescued 290 people.", "In 2019, 4 tents were lent."),
    page(2020, "In 2020, crews rescued 310 people.", "We had 40 volunteers in 2020.", "In 2020, 5 tents were lent."),
    page(2020, "In 2020, crews rescued 312 people.", "We had 40 volunteers in 2020.", "In 2020, 5 tents were lent."),
    page(
        2021, "In 2021, crews rescued 320 people.", "In 2020, crews rescued 300 people.", "In 2021, 6 tents were lent."
    ),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of one source with four releases: three editions, one of them corrected."""
    folder = tmp_path_factory.mktemp("differing")
    year_by_year(Home.at(folder / "home"), EDITIONS)
    return folder / "home"


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return own_copy(made, tmp_path, monkeypatch)


def rows(impact: Impact, *arguments: str) -> list[dict[str, str]]:
    ended = impact("diff", *arguments, "--format", "csv")
    assert ended.status == 0, ended.err
    return list(csv.DictReader(io.StringIO(ended.out)))


def changes(found: list[dict[str, str]]) -> set[tuple[str, ...]]:
    return {(row["metric"], row["change"], row["value_before"], row["value"]) for row in found}


def releases(home: Path) -> list[str]:
    return [folder.name for folder in release_files.release_folders(Home.at(home))]


def read_by_another(home: Path, change: str) -> None:
    """Make of the stored readings those of an earlier extractor, which read one thing otherwise."""
    for segment in sorted((home / "facts").glob("*/*/")):
        alter_segment(segment, f"UPDATE facts SET extractor_version = '{EARLY}'", change, key="0123456789ab")


def state(home: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_the_latest_two_editions_are_compared_by_default(home: Path, impact: Impact):
    assert changes(rows(impact)) == {("rescues", "restated", "312", "300"), ("volunteers", "dropped", "40", "")}
    ended = impact("diff")
    assert ended.out.startswith("coast-rescue: edition 2021 against 2020: 1 restated, 1 dropped, 0 new, ")
    assert "restated (down)  rescues: 312 in 2020 -> 300 in 2020" in ended.out
    assert "    2020  In 2020, crews rescued 312 people.\n    2021  In 2020, crews rescued 300 people." in ended.out


def test_neighbours_are_as_published_in_either_order(home: Path, impact: Impact):
    found = rows(impact, "2019", "2020")
    assert changes(found) == {("rescues", "unchanged", "290", "312"), ("volunteers", "new", "", "40")}
    assert rows(impact, "2020", "2019") == found


def test_editions_that_are_no_neighbours_are_compared_by_the_same_sql(home: Path, impact: Impact):
    before = state(home)
    (row,) = rows(impact, "2019", "2021")
    assert (row["edition_before"], row["edition"], row["metric"], row["change"]) == (
        "2019",
        "2021",
        "rescues",
        "unchanged",
    )
    assert (row["value_before"], row["value"]) == ("290", "320")
    assert state(home) == before and list(Path(os.environ["TMPDIR"]).iterdir()) == []


def test_json_holds_the_same_rows(home: Path, impact: Impact):
    found = json.loads(impact("diff", "--format", "json").out)
    assert {(row["metric"], row["change"], row["value"]) for row in found} == {
        ("rescues", "restated", 300), ("volunteers", "dropped", None)
    }  # fmt: skip


@pytest.mark.parametrize("asked", [("2019", "2031"), ("1999", "2020"), ("2020", "2020")])
def test_an_unknown_edition_is_told_with_those_there_are(home: Path, impact: Impact, asked: tuple[str, str]):
    ended = impact("diff", *asked)
    assert ended.status == 2
    assert "2019, 2020, 2021" in ended.line or "does not differ from itself" in ended.line


@pytest.mark.parametrize(
    "arguments", [["2020"], ["2019", "2020", "2021"], ["2019", "2020", "--release", "previous", "current"], ["x", "y"]]
)
def test_wrong_usage_is_one_line(home: Path, impact: Impact, arguments: list[str]):
    ended = impact("diff", *arguments)
    assert ended.status == 2 and "impact diff --help" in ended.line


@pytest.mark.parametrize("arguments", [[], ["--release", "previous", "current"]])
def test_an_unknown_source_is_told_with_those_there_are(home: Path, impact: Impact, arguments: list[str]):
    ended = impact("diff", *arguments, "--source", "hill-rescue")
    assert ended.status == 2 and "'hill-rescue'" in ended.line and "coast-rescue" in ended.line


def test_releases_are_compared_by_cells_and_by_what_statistics_say(home: Path, impact: Impact):
    first, corrected = releases(home)[1:3]
    found = rows(impact, "--release", first, corrected)
    cells = [row for row in found if row["table"] == "metric_year"]
    assert changes(cells) == {("rescues", "altered", "310", "312")}
    assert cells[0]["differs"] == "value; value_low; value_high; status"
    assert (cells[0]["statement_before"], cells[0]["statement"]) == (
        "In 2020, crews rescued 310 people.", "In 2020, crews rescued 312 people."
    )  # fmt: skip
    # The correction is the one new statistic: what the page says again in the same words is none.
    assert changes([row for row in found if row["table"] == "facts"]) == {("rescues", "added", "", "312")}


def test_releases_are_named_by_id_or_as_current_and_previous(home: Path, impact: Impact):
    by_name = rows(impact, "--release", "previous", "current")
    assert by_name == rows(impact, "--release", *releases(home)[-2:])
    assert ("rescues", "added", "", "320") in changes(by_name)
    backwards = rows(impact, "--release", "current", "previous")
    assert {row["change"] for row in by_name} == {"added", "altered"}
    assert {row["change"] for row in backwards} == {"removed", "altered"}
    assert "no cell of metric_year differs" in impact("diff", "--release", "current", "current").out
    shown = impact("diff", "--release", "previous", "current").out
    assert "cells: 1 added, 0 removed, 1 altered" in shown and "altered  rescues 2020: 312 -> 300" in shown


def test_an_unknown_release_is_told_with_those_there_are(home: Path, impact: Impact):
    ended = impact("diff", "--release", "20200101T000000000000Z", "current")
    assert ended.status == 2 and all(name in ended.line for name in releases(home))


def test_an_earlier_extractor_is_compared_with_the_present_before_anything_is_published(home: Path, impact: Impact):
    read_by_another(home, "UPDATE facts SET metric = NULL, year = 1999 WHERE sentence LIKE '%320%'")
    before = state(home)
    found = rows(impact, "--extractor", EARLY, EXTRACTOR_VERSION)
    assert changes([row for row in found if row["table"] == "metric_year"]) == {("rescues", "added", "", "320")}
    (fact,) = [row for row in found if row["table"] == "facts"]
    assert (fact["change"], fact["differs"]) == ("altered", "metric; year")
    shown = impact("diff", "--extractor", EARLY, EXTRACTOR_VERSION).out
    assert "    metric  none -> rescues" in shown and "    year  1999 -> 2021" in shown
    backwards = rows(impact, "--extractor", EXTRACTOR_VERSION, EARLY)
    assert ("rescues", "removed", "320", "") in changes(backwards)
    assert state(home) == before and list(Path(os.environ["TMPDIR"]).iterdir()) == []


def test_what_only_one_extractor_has_read_is_left_out(home: Path, impact: Impact):
    read_by_another(home, "UPDATE facts SET unit = 'persons' WHERE sentence LIKE '%290%'")
    shutil.rmtree(max((home / "facts").glob("*/*/")))
    ended = impact("diff", "--extractor", EARLY, EXTRACTOR_VERSION, "--format", "csv")
    assert "1 of the captures were not read by both" in ended.err
    found = list(csv.DictReader(io.StringIO(ended.out)))
    assert {(row["table"], row["value"], row["differs"]) for row in found} == {
        ("metric_year", "290", "unit_stated"), ("facts", "290", "unit")
    }  # fmt: skip


def test_the_same_extractor_differs_in_nothing(home: Path, impact: Impact):
    assert rows(impact, "--extractor", EXTRACTOR_VERSION, EXTRACTOR_VERSION) == []


def test_an_unknown_extractor_is_told_with_those_there_are(home: Path, impact: Impact):
    ended = impact("diff", "--extractor", "9.9", EXTRACTOR_VERSION)
    assert ended.status == 2 and EXTRACTOR_VERSION in ended.line and "'9.9'" in ended.line
    read_by_another(home, "SELECT 1")
    assert EARLY in impact("diff", "--extractor", "9.9", EXTRACTOR_VERSION).line


def test_one_edition_alone_has_none_to_be_compared_with(
    tmp_path: Path, impact: Impact, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("IMPACT_HOME", str(tmp_path / "one"))
    year_by_year(Home.at(tmp_path / "one"), EDITIONS[:1])
    ended = impact("diff")
    assert (ended.status, ended.out) == (0, "") and "no source has two editions yet" in ended.err
