"""Readings packed in segments: merged, found, forgotten, and shown to the build once each."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.warehouse.facts_builder import CARD, SOURCE, Page, store, year
from warehouse.base import load_base
from warehouse.build import open_candidate
from warehouse.facts_store import merge_segments, store_readings
from warehouse.pruning import prune_readings
from warehouse.reading_rows import TABLES
from warehouse.readings import (
    FULL,
    MOST_SMALL,
    Outcome,
    Place,
    ReadingDamaged,
    next_segment,
    segments,
    stored_readings,
    too_small,
)


def page(number: int) -> Page:
    return Page(2000 + number, year(2001 + number)).says(f"We took {number + 5} calls.", str(number + 5), number + 5)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "facts" / SOURCE


@pytest.fixture
def pages(source: Path) -> list[Page]:
    """Four readings in three segments."""
    made = [page(n) for n in range(4)]
    store(source / "000001", made[0].reading, made[1].reading)
    store(source / "000002", made[2].reading)
    store(source / "000003", made[3].reading)
    return made


def shown(source: Path, readings: list[tuple[str, str]]) -> dict[str, list[tuple]]:
    """The rows of each stored table that a build would see."""
    places = [Place(SOURCE, segment, name) for segment, name in readings]
    names = {"reading": "readings"}
    with open_candidate(source.parent.parent / "impact.duckdb") as con:
        con.execute("DROP SCHEMA IF EXISTS base CASCADE")
        load_base(con, source.parent, places, [], [], [CARD], {})
        tables = {table: names.get(table, table) for table in TABLES}
        return {table: con.execute(f"FROM base.{name} ORDER BY ALL").fetchall() for table, name in tables.items()}


def places(source: Path) -> list[tuple[str, str]]:
    return [(segment, name) for name, (segment, _) in stored_readings(source)[0].items()]


def test_segments_are_numbered_as_they_were_written(source: Path):
    assert (segments(source), next_segment(source)) == ([], "000001")
    for name in ("000009", "000010"):
        store(source / name, page(1).reading)
    (source / "20200101T000000000000Z-abcdefabcdef-0123456789ab").mkdir()
    assert (segments(source), next_segment(source)) == (["000009", "000010"], "000011")


def test_merged_segments_hold_the_same_rows(source: Path, pages: list[Page]):
    before = shown(source, places(source))
    merge_segments(source, segments(source), [one.sha256 for one in pages], "000003")
    assert segments(source) == ["000003"]
    assert shown(source, places(source)) == before
    assert len(before["facts"]) == 4
    merge_segments(source, ["000003"], [pages[0].sha256, pages[3].sha256], "000003")
    assert {row[0] for row in shown(source, places(source))["facts"]} == {pages[n].facts[0].fact_id for n in (0, 3)}


def test_only_the_readings_that_may_speak_are_shown(source: Path, pages: list[Page]):
    assert len(shown(source, [("000001", pages[1].sha256)])["facts"]) == 1
    assert shown(source, [])["facts"] == []


def test_what_a_kill_left_twice_is_shown_once(source: Path, pages: list[Page]):
    before = shown(source, places(source))
    shutil.copytree(source / "000002", source / "kept")
    merge_segments(source, ["000002", "000003"], [one.sha256 for one in pages], "000003")
    (source / "kept").rename(source / "000002")
    assert shown(source, places(source)) == before
    assert prune_readings(source, {one.sha256 for one in pages}) == 1
    assert segments(source) == ["000001", "000003"]
    assert shown(source, places(source)) == before


KILLED = """
import os, shutil, sys
from pathlib import Path
from warehouse import facts_store
shutil.rmtree, rmtree = None, shutil.rmtree
facts_store.shutil.rmtree = lambda path, **options: rmtree(path, **options) if ".tmp-" in str(path) else os._exit(9)
facts_store.merge_segments(Path(sys.argv[1]), ["000001", "000002", "000003"], sys.argv[2:], "000003")
"""


def test_a_merge_that_is_killed_loses_nothing(source: Path, pages: list[Page]):
    before = shown(source, places(source))
    names = [one.sha256 for one in pages]
    ended = subprocess.run([sys.executable, "-c", KILLED, str(source), *names], check=False)
    assert ended.returncode == 9
    assert segments(source) == ["000001", "000002", "000003"]
    assert shown(source, places(source)) == before


def test_a_damaged_segment_costs_its_own_readings_and_is_named(source: Path, pages: list[Page]):
    os.truncate(source / "000001" / "numerals.parquet", 100)
    found, (damage,) = stored_readings(source)
    assert found.keys() == {pages[2].sha256, pages[3].sha256}
    assert f"{source / '000001'} is damaged: numerals.parquet has changed" in str(damage)
    with pytest.raises(ReadingDamaged):
        merge_segments(source, segments(source), [one.sha256 for one in pages], "000003")
    assert prune_readings(source, {one.sha256 for one in pages}) == 1
    assert segments(source) == ["000002", "000003"]


def test_what_is_not_wanted_goes_out_of_its_segment(source: Path, pages: list[Page]):
    assert prune_readings(source, {pages[1].sha256, pages[2].sha256}) == 2
    assert places(source) == [("000001", pages[1].sha256), ("000002", pages[2].sha256)]
    assert len(shown(source, places(source))["facts"]) == 2
    assert prune_readings(source, {pages[1].sha256, pages[2].sha256}) == 0
    assert prune_readings(source, set()) == 2
    assert list(source.iterdir()) == []


def test_outcomes_without_rows_are_kept_through_a_merge(source: Path, pages: list[Page]):
    refused = Outcome(refused="it is an error page")
    store_readings(source / "000004", [("none", refused, None)])
    assert [path.name for path in (source / "000004").iterdir()] == ["outcomes.json"]
    merge_segments(source, ["000004"], ["none"], "000004")
    assert stored_readings(source)[0]["none"] == ("000004", refused)
    merge_segments(source, ["000003", "000004"], ["none", pages[3].sha256], "000004")
    assert stored_readings(source)[0]["none"] == ("000004", refused)
    assert stored_readings(source)[0][pages[3].sha256][1].kept


def test_segments_are_merged_when_many_are_small():
    def found(*sizes: int) -> dict[str, tuple[str, Outcome]]:
        return {
            f"{segment}-{n}": (f"{segment:06d}", Outcome()) for segment, size in enumerate(sizes) for n in range(size)
        }

    assert too_small(found(*[FULL] * 3 * MOST_SMALL)) == []
    assert too_small(found(*[1] * MOST_SMALL)) == []
    few = too_small(found(FULL, *[1] * MOST_SMALL, FULL - 1, FULL))
    assert few == [f"{n:06d}" for n in range(1, MOST_SMALL + 2)]
