"""What a home follows: which sources a bare refresh takes, and what becomes of one whose card cannot be used."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from extractors import Reading, read_page
from pipeline import sources
from pipeline.definitions import defs
from tests.conftest import Web, reset_connection
from tests.pipeline.conftest import CARD, Ended, history, page, rows, runs
from warehouse.archive import Archive
from warehouse.home import Home
from warehouse.refreshes import refreshes

Impact = Callable[..., Ended]


@pytest.fixture
def two(impact: Impact, web: Web, card: Path, tmp_path: Path) -> dict[str, Path]:
    """Cards of two sources that the home follows, by id; their pages stand at / and /hill."""
    hill = tmp_path / "hill.yaml"
    hill.write_text(CARD.format(url=web.url("/hill")).replace("coast-rescue", "hill-rescue"), encoding="utf-8")
    web.answer("/", body=page(2021)).answer("/hill", body=page(2020, 77))
    assert impact("refresh", "--card", card).status == 0
    assert impact("refresh", "--card", hill).status == 0
    return {"coast-rescue": card, "hill-rescue": hill}


def test_a_bare_refresh_takes_each_and_one_that_fails_stops_no_other(impact: Impact, home: Path, web: Web, two):
    web.forget("/")
    web.forget("/hill")
    web.answer("/", status=404, body=b"<h1>Gone</h1>").answer("/hill", body=page(2021, 78))
    ended = impact("refresh")
    assert ended.status == 1
    assert "1 of 2 sources failed" in ended.line and "status 404" in ended.err
    found = "SELECT source, year, value FROM metric_year ORDER BY source, year"
    assert rows(home, found) == [
        ("coast-rescue", 2021, 310), ("hill-rescue", 2020, 77), ("hill-rescue", 2021, 78),
    ]  # fmt: skip
    assert runs(home)[:2] == ["SUCCESS", "FAILURE"]
    told = [(one.source, one.outcome) for one in refreshes(Home.at(home))]
    assert told[2:] == [("coast-rescue", "refused"), ("hill-rescue", "published")]
    assert {asked.path for asked in web.asked} == {"/", "/hill"}


STATEMENTS = "SELECT * EXCLUDE (last_checked_at) FROM metric_year JOIN sources USING (source) WHERE source = '{}'"


@pytest.mark.parametrize(
    ("broken", "damage"),
    [
        ("coast-rescue", b"\xff\xfe\x00"),
        pytest.param("hill-rescue", b"metrics: [", marks=pytest.mark.long),
        pytest.param("coast-rescue", b"", marks=pytest.mark.long),
    ],
)
def test_a_damaged_card_costs_its_source_only(impact: Impact, home: Path, web: Web, two, broken: str, damage: bytes):
    (home / "archive" / broken / "card.yaml").write_bytes(damage)
    other = next(name for name in two if name != broken)
    where = {"coast-rescue": "/", "hill-rescue": "/hill"}
    web.forget(where[other])
    web.answer(where[other], body=page(2022, 99))
    before = rows(home, STATEMENTS.format(broken))
    ended = impact("refresh")
    assert ended.status == 1 and "1 of 2 sources failed" in ended.line
    assert f"archive/{broken}/card.yaml" in ended.err and f"give the card of {broken} again" in ended.err
    assert rows(home, f"SELECT value FROM metric_year WHERE source = '{other}' AND year = 2022") == [(99,)]
    after = rows(home, STATEMENTS.format(broken))
    assert after == before != []
    assert impact("build").status == 0 and impact("status").status == 0
    assert impact("refresh", "--card", two[broken]).status == 0
    assert impact("refresh").status == 0


def test_a_card_of_the_home_that_is_other_than_what_was_given_is_said(home: Path):
    place = Home.at(home)
    archive = Archive(place)
    archive.save_card("coast-rescue", CARD.format(url="http://127.0.0.1:9/").encode())
    assert list(sources.notes(archive, sources.followed(place, "coast-rescue"))) == []
    kept = home / "archive" / "coast-rescue" / "card.yaml"
    kept.write_text(kept.read_text("utf-8").replace("People rescued", "Peoqle rescued"), encoding="utf-8")
    (note,) = sources.notes(archive, sources.followed(place, "coast-rescue"))
    assert note.startswith(f"{kept} has changed since it was last given")


@pytest.mark.long
def test_a_damaged_copy_of_a_bundled_card_gives_way_to_the_bundled_one(impact: Impact, home: Path):
    assert impact("refresh", "--sample").status == 0
    said = rows(home, "FROM metric_year")
    card = home / "archive" / "ncmec-impact" / "card.yaml"
    card.write_bytes(b"id: [")
    ended = impact("build")
    assert ended.status == 0 and "stands in" in ended.err
    assert rows(home, "FROM metric_year") == said
    assert impact("refresh", "--sample").status == 0


def test_a_home_of_samples_says_how_to_refresh_it(impact: Impact, home: Path):
    assert impact("refresh", "--sample").status == 0
    for arguments in (["refresh"], ["refresh", "--source", "ncmec-impact"]):
        ended = impact(*arguments)
        assert ended.status == 2 and "sample captures" in ended.line and "--sample" in ended.line


def test_build_asks_no_page(impact: Impact, home: Path, web: Web, two):
    asked, first = len(web.asked), (home / "impact.duckdb").readlink()
    said = rows(home, "FROM metric_year")
    ended = impact("build")
    assert ended.status == 0 and "published release" in ended.err
    assert (home / "impact.duckdb").readlink() != first and rows(home, "FROM metric_year") == said
    assert len(web.asked) == asked
    assert impact("rollback").status in (0, 1)


def press_materialise_all(home: Path) -> dg.DagsterRunStatus:
    """What the UI's button launches: every asset, without any run config."""
    with history(home) as instance:
        job = defs.resolve_implicit_global_asset_job_def()
        return job.execute_in_process(instance=instance, raise_on_error=False).dagster_run.status


@pytest.mark.long
def test_materialise_all_takes_every_source_of_the_home_in_one_run(impact: Impact, home: Path, web: Web, two):
    web.forget("/")
    web.forget("/hill")
    web.answer("/", body=page(2022, 320)).answer("/hill", body=page(2021, 78))
    assert press_materialise_all(home) == dg.DagsterRunStatus.SUCCESS
    values = "SELECT value FROM metric_year ORDER BY source, year"
    assert rows(home, values) == [(310,), (320,), (77,), (78,)]

    # One of them cannot be had: the other is published all the same, and the run says what failed.
    web.forget("/")
    web.forget("/hill")
    web.answer("/", status=503, body=b"<h1>Down</h1>").answer("/hill", body=page(2023, 80))
    assert press_materialise_all(home) == dg.DagsterRunStatus.FAILURE
    assert rows(home, values) == [(310,), (320,), (77,), (78,), (80,)]
    told = [(one.source, one.outcome) for one in refreshes(Home.at(home))[-2:]]
    assert sorted(told) == [("coast-rescue", "refused"), ("hill-rescue", "published")]
    assert "ncmec-impact" not in impact("status").out


@pytest.mark.parametrize(
    ("button", "down"),
    [
        (False, {"raw": reset_connection}),
        pytest.param(True, {"status": 503, "body": b"<h1>Down</h1>"}, marks=pytest.mark.long),
    ],
)
def test_sources_that_fail_each_in_its_way_keep_what_they_said_and_hold_back_no_other(
    impact: Impact, home: Path, web: Web, two, tmp_path: Path, monkeypatch, down: dict, button: bool
):
    """One is down, one shows an error page, one makes the reader raise; the fourth is well."""

    def reader(payload: bytes, **options: Any) -> Reading:
        if b"trap" in payload:
            raise RecursionError("too deep")
        return read_page(payload, **options)

    monkeypatch.setattr("warehouse.capture_reading.read_page", reader)
    for name in ("lake-rescue", "moor-rescue"):
        file = tmp_path / f"{name}.yaml"
        file.write_text(CARD.format(url=web.url(f"/{name}")).replace("coast-rescue", name), encoding="utf-8")
        web.answer(f"/{name}", body=page(2020, 60))
        assert impact("refresh", "--card", file).status == 0
    said = "SELECT source, year, value FROM metric_year ORDER BY ALL"
    before = rows(home, said)
    checked = dict(rows(home, "SELECT source, last_checked_at FROM sources"))
    assert rows(home, "SELECT count(*) FROM sources WHERE last_good_at = last_checked_at AND refused IS NULL") == [(4,)]

    for path in ("/", "/hill", "/lake-rescue", "/moor-rescue"):
        web.forget(path)
    web.answer("/", **down)
    web.answer("/hill", body=b"<!doctype html><html><head><title>Page not found</title></head><body>Oh</body></html>")
    web.answer("/lake-rescue", body=page(2021, 61).replace(b"Our year", b"A trap"))
    web.answer("/moor-rescue", body=page(2021, 62))
    if button:
        assert press_materialise_all(home) == dg.DagsterRunStatus.FAILURE
    else:
        ended = impact("refresh")
        assert ended.status == 1 and "3 of 4 sources failed" in ended.line

    assert rows(home, said) == sorted([*before, ("moor-rescue", 2021, 62)])
    told = {
        name: rest for name, *rest in rows(home, "SELECT source, last_checked_at, last_good_at, refused FROM sources")
    }
    assert told["coast-rescue"][1] == checked["coast-rescue"]
    if button:  # it answered, and that is on record
        assert told["coast-rescue"][0] > checked["coast-rescue"] and "status 503" in told["coast-rescue"][2]
    else:
        assert told["coast-rescue"][0] == checked["coast-rescue"] and told["coast-rescue"][2] is None
    assert told["hill-rescue"][0] > checked["hill-rescue"] == told["hill-rescue"][1]
    assert "Page not found" in told["hill-rescue"][2]
    assert "the reader failed on it (RecursionError)" in told["lake-rescue"][2]
    assert told["moor-rescue"][0] == told["moor-rescue"][1] > checked["moor-rescue"] and told["moor-rescue"][2] is None
    status = impact("status").out
    for source, outcome in (("hill", "refused"), ("lake", "refused"), ("moor", "published")):
        assert f"UTC, {source}-rescue, {outcome}" in status
    assert f"UTC, coast-rescue, {'refused' if button else 'failed'}" in status
