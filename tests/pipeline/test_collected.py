"""`impact build --from`: what a bulk job read of a collection makes the tables that a home of its captures makes."""

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.sources import followed, keep
from tests.conftest import Web
from tests.pipeline.collections import collect
from tests.pipeline.conftest import Ended, page, release, rows
from warehouse.archive import Archive
from warehouse.fetch import Retrieval
from warehouse.home import Home

Impact = Callable[..., Ended]

ALIKE = (
    "metric_year", "statements", "facts", "numerals", "passages", "metrics", "sources", "revisions", "changes",
    "contradictions", "edition_changes", "review_queue", "coverage", "reconciliations", "year_by_metric",
    "captures", "retrievals",
)  # fmt: skip


def told(home: Path, table: str) -> list[tuple[object, ...]]:
    """A table, but for the file that a capture lies in."""
    select = " SELECT * EXCLUDE (warc_file)" if table in ("captures", "retrievals") else ""
    return rows(home, f"FROM {table}{select}")


@pytest.fixture
def captured(home: Path, web: Web, card: Path) -> Path:
    """A home not built yet. Its page was corrected, made of other bytes, shown again, and once said nothing."""
    kept = Home.at(home)
    kept.create()
    archive, chosen = Archive(kept), followed(kept, card_file=str(card))
    keep(archive, chosen)
    silent = (
        b"<html><body><main><h1>Our year</h1><p>In 2022, crews rescued many people at sea.</p></main></body></html>"
    )
    corrected = page(2021, 315)
    bodies = [page(2021), corrected, corrected + b"<!-- 2 -->", corrected, page(2022, 342), page(2022, 342), silent]
    for day, body in enumerate(bodies, 1):
        shown = dt.datetime(2023, 2, day, 12, tzinfo=dt.UTC)
        headers = (("Content-Type", "text/html; charset=utf-8"),)
        archive.store(
            "coast-rescue", Retrieval(web.url("/"), web.url("/"), 200, "OK", headers, body, shown), sample=False
        )
    return home


@pytest.fixture
def collection(captured: Path, card: Path, tmp_path: Path) -> Path:
    return collect(captured, card, tmp_path / "read")


def test_a_collection_makes_the_tables_of_a_home_that_holds_its_captures(
    impact: Impact, home: Path, collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert impact("build").status == 0
    monkeypatch.setenv("IMPACT_HOME", str(tmp_path / "library"))
    built = impact("build", "--from", collection)
    assert built.status == 0, built.err
    for table in ALIKE:
        assert told(tmp_path / "library", table) == told(home, table), table
    assert rows(tmp_path / "library", "SELECT captures FROM releases") == [(3,)]
    assert impact("table").status == 0

    # Nothing new: the release stays. With one partition more it does not.
    first = release(tmp_path / "library")
    assert "nothing is new" in impact("build", "--from", collection).err
    assert release(tmp_path / "library") == first
    shutil.copy(collection / "facts" / "none.parquet", collection / "facts" / "part-none.parquet")
    assert impact("build", "--from", collection).status == 0
    assert release(tmp_path / "library") > first


def test_a_home_holds_captures_of_its_own_or_a_collection(
    impact: Impact, home: Path, card: Path, collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    ended = impact("build", "--from", collection)
    assert ended.status == 2 and "holds captures of its own" in ended.line
    monkeypatch.setenv("IMPACT_HOME", str(tmp_path / "library"))
    assert impact("build", "--from", collection).status == 0
    for command in (["refresh", "--card", card], ["build"], ["backfill", "--sample"]):
        ended = impact(*command)
        assert ended.status == 2 and f"impact build --from {collection}" in ended.line
    other = tmp_path / "other"
    shutil.copytree(collection, other)
    ended = impact("build", "--from", other)
    assert ended.status == 2 and f"holds the collection at {collection}" in ended.line


def test_what_is_no_collection_is_told_in_one_line(
    impact: Impact, collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("IMPACT_HOME", str(tmp_path / "library"))
    for place, said in (
        (tmp_path / "nowhere", "holds no results of `impact extract --warc`"),
        ("s3://bucket/read", "copy it to this machine first"),
    ):
        ended = impact("build", "--from", place)
        assert ended.status == 2 and said in ended.line
    damaged = collection / "numerals" / "part-1.parquet"
    damaged.write_bytes(damaged.read_bytes()[:-20])
    ended = impact("build", "--from", collection)
    assert ended.status == 2 and str(damaged) in ended.line
    assert not (tmp_path / "library" / "impact.duckdb").exists()
    (collection / "job.json").write_text(json.dumps([]))
    assert impact("build", "--from", collection).status == 2
