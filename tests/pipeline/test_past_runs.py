"""Backfills and imports as Dagster's runs: their partitions, what ends them, what is published of half of one."""

import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import pytest

from pipeline.definitions import defs
from pipeline.partitions import SOURCE as DIMENSION
from pipeline.partitions import YEARS
from pipeline.past import build_follows
from tests.conftest import Web
from tests.few import few_of
from tests.pipeline import kept_history
from tests.pipeline.conftest import CARD, Ended, history, page, rows, runs
from tests.pipeline.kept_history import NEW, OLD
from tests.pipeline.scripted_archive import SOURCE, Scripted, card_file
from tests.warehouse.warc_builder import packed, response
from warehouse.home import Home
from warehouse.refreshes import refreshes

Impact = Callable[..., Ended]
Start = Callable[..., "subprocess.Popen[str]"]
PAST = dg.AssetKey("archived_captures")
ALL_YEARS = YEARS.get_partition_keys()


def jobs(home: Path) -> list[tuple[str, str]]:
    """Of each run, the last first, its job and how it ended."""
    with history(home) as instance:
        return [(run.job_name, run.status.value) for run in instance.get_runs()]


def done(home: Path) -> set[str]:
    """The partitions that are done, as YEAR|SOURCE."""
    with history(home) as instance:
        return set(instance.get_materialized_partitions(PAST))


def told(home: Path, part: str) -> dict[str, object]:
    """What the last run that did a partition tells of it."""
    with history(home) as instance:
        asked = dg.AssetRecordsFilter(PAST, asset_partitions=[part])
        (event,) = instance.fetch_materializations(asked, limit=1).records
        assert event.asset_materialization
        return {name: one.value for name, one in event.asset_materialization.metadata.items()}


def sources_of(home: Path) -> list[str]:
    with history(home) as instance:
        return sorted(instance.get_dynamic_partitions(DIMENSION))


@pytest.fixture
def card(tmp_path: Path) -> Path:
    return card_file(tmp_path, f"url: {NEW}\n")


def test_a_backfill_is_a_run_with_a_partition_for_each_crawl_year(web: Web, home: Path, impact: Impact, card: Path):
    kept = Scripted(web, 4)
    kept.answer(3, status=404)
    assert impact("backfill", "--card", card, "--archive", kept.url).status == 0
    assert jobs(home) == [("build", "SUCCESS"), ("backfill", "SUCCESS")]
    assert done(home) == {f"{year}|{SOURCE}" for year in ALL_YEARS}
    assert told(home, f"2011|{SOURCE}") == {
        "archive": "127.0.0.1", "fetched": 1, "same_bytes": 0, "kept_before": 0, "not_kept": 0,
        "folder": str(home / "archive" / SOURCE),
    }  # fmt: skip
    left = told(home, f"2013|{SOURCE}")
    assert (left["not_kept"], left["not_kept_because"]) == (1, "1 × the archive answers with status 404")
    assert sources_of(home) == [SOURCE]
    (record,) = refreshes(Home.at(home))
    assert record.outcome == "published" and "3 kept; 1 not kept" in (record.detail or "")

    # Again, of some years: nothing is new, which is a run too.
    ended = impact("backfill", "--archive", kept.url, "--from", "2011", "--to", "2012")
    assert ended.status == 1  # the archive that the test scripts knows no years
    assert jobs(home)[:2] == [("build", "SUCCESS"), ("backfill", "FAILURE")]
    assert impact("backfill", "--archive", kept.url).status == 0
    assert told(home, f"2011|{SOURCE}")["kept_before"] == 1
    assert rows(home, "SELECT count(*) FROM releases") == [(1,)]


def two_sources(web: Web, home: Path, tmp_path: Path, impact: Impact) -> None:
    """A home that follows two sources; its pages answer once."""
    for name, path in (("coast-rescue", "/coast"), ("hill-rescue", "/hill")):
        file = tmp_path / f"{name}.yaml"
        file.write_text(CARD.format(url=web.url(path)).replace("coast-rescue", name), encoding="utf-8")
        web.answer(path, body=page(2024, 5))
        assert impact("refresh", "--card", file).status == 0


def listing(web: Web, path: str, stamps: list[str]) -> None:
    """What an archive lists of a page of the test's server, and its captures."""
    from urllib.parse import urlencode

    asked = {"url": web.url(path), "output": "json", "showResumeKey": "true", "limit": 1000}
    lines = [
        f'{{"timestamp": "{s}", "url": "{web.url(path)}", "status": "200", "digest": "{path}{s}"}}' for s in stamps
    ]
    web.answer(f"/kept/cdx?{urlencode(asked)}", body="\n".join(lines).encode())
    for stamp in stamps:
        web.answer(f"/kept/{stamp}id_/{web.url(path)}", body=page(int(stamp[:4]) - 1, 70))


@pytest.mark.parametrize("failing", ["coast-rescue", pytest.param("hill-rescue", marks=pytest.mark.long)])
def test_without_a_source_it_takes_what_the_home_follows_and_one_that_fails_holds_back_no_other(
    web: Web, home: Path, tmp_path: Path, impact: Impact, failing: str
):
    two_sources(web, home, tmp_path, impact)
    paths = {"coast-rescue": "/coast", "hill-rescue": "/hill"}
    (other,) = paths.keys() - {failing}
    listing(web, paths[other], ["20150401000000", "20160401000000"])  # of the other, the archive answers 404
    ended = impact("backfill", "--archive", web.url("/kept"))
    assert ended.status == 1
    assert f"{failing}: the index of 127.0.0.1 answers with status 404" in ended.line
    assert "what was had is published" in ended.line
    query = "SELECT source, count(*) FROM metric_year WHERE metric = 'rescues' GROUP BY ALL ORDER BY ALL"
    assert rows(home, query) == sorted([(failing, 1), (other, 3)])
    assert done(home) == {f"{year}|{other}" for year in ALL_YEARS}
    assert jobs(home)[:2] == [("build", "SUCCESS"), ("backfill", "FAILURE")]
    status = impact("status").out
    assert f"published: {failing}: the index of 127.0.0.1 answers" in status
    assert "ncmec-impact" not in {asked.path for asked in web.asked}


@pytest.mark.parametrize(("asks", "after"), few_of([({"Retry-After": "90"}, ", after "), ({}, "")], 1))
def test_one_that_is_asked_to_wait_publishes_what_it_has_and_says_when_to_go_on(
    web: Web, home: Path, impact: Impact, card: Path, asks: dict[str, str], after: str
):
    kept = Scripted(web, 5)
    kept.answer(2, status=429, headers=asks)
    ended = impact("backfill", "--card", card, "--archive", kept.url)
    assert ended.status == 1
    assert f"from where the next run goes on{after}" in ended.line
    assert ended.line.endswith(("UTC" if after else "goes on") + "; what was had is published")
    assert rows(home, "SELECT count(*) FROM metric_year WHERE metric = 'rescues'") == [(2,)]
    assert done(home) == {f"{year}|{SOURCE}" for year in ALL_YEARS if year < "2012"}
    assert "published: 127.0.0.1" in impact("status").out or "asks to wait" in impact("status").out
    kept.answer(2, body=kept_history.edition(2011))
    assert impact("backfill", "--archive", kept.url).status == 0
    assert done(home) == {f"{year}|{SOURCE}" for year in ALL_YEARS}


def test_where_nothing_was_had_nothing_is_said_to_be_published(web: Web, home: Path, impact: Impact, card: Path):
    ended = impact("backfill", "--card", card, "--archive", web.url("/nowhere"))
    assert ended.status == 1 and "status 404" in ended.line and "published" not in ended.line
    assert runs(home) == ["FAILURE"] and not done(home)


def test_an_archive_that_asks_one_source_to_wait_is_not_asked_for_the_next(
    web: Web, home: Path, tmp_path: Path, impact: Impact
):
    two_sources(web, home, tmp_path, impact)
    listing(web, "/coast", ["20150401000000"])
    address = f"/kept/20150401000000id_{web.url('/coast')}".replace("id_", "id_/")
    web.forget(address)
    web.answer(address, status=429, headers={"Retry-After": "60"})
    ended = impact("backfill", "--archive", web.url("/kept"))
    assert ended.status == 1 and "not asked for: hill-rescue" in ended.line
    assert not [asked for asked in web.asked if "hill" in asked.path and "/kept" in asked.path]


def test_an_import_is_a_run_with_the_partitions_it_added_to(home: Path, tmp_path: Path, impact: Impact, card: Path):
    file = tmp_path / "crawl.warc.gz"
    of = {"2021-03-01T10:00:00Z": page(2020, 290), "2022-03-01T10:00:00Z": page(2021, 310)}
    file.write_bytes(packed([response(body, url=NEW, date=date) for date, body in of.items()]))
    assert impact("import", file, "--card", card).status == 0
    assert jobs(home) == [("build", "SUCCESS"), ("import_files", "SUCCESS")]
    assert done(home) == {f"2021|{SOURCE}", f"2022|{SOURCE}"}
    assert told(home, f"2021|{SOURCE}")["new"] == 1
    whole = file.read_bytes()
    file.write_bytes(whole[:-40])
    ended = impact("import", file, "--card", card)
    assert ended.status == 1 and "damaged or cut short" in ended.line
    assert jobs(home)[:2] == [("build", "SUCCESS"), ("import_files", "FAILURE")]


def at_work(child: "subprocess.Popen[str]", line: str = "archived") -> None:
    """Wait until a child says a line that begins so."""
    assert child.stderr
    for said in child.stderr:
        if said.startswith(line):
            return
    raise AssertionError("it ended before")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_that_is_ended_is_on_record_as_ended_and_keeps_what_it_has(
    web: Web, home: Path, start: Start, impact: Impact, card: Path, number: signal.Signals
):
    kept = Scripted(web, 4)
    child = start("backfill", "--card", card, "--archive", kept.url, "--rate", "30")
    at_work(child)
    child.send_signal(number)
    _, said = child.communicate(timeout=60)
    assert (child.returncode, said.splitlines()[-1]) == (130, "impact: interrupted")
    assert jobs(home) in ([("backfill", "CANCELED")], [("backfill", "FAILURE")])
    assert refreshes(Home.at(home))[-1].detail == "interrupted; 1 capture archived and kept"
    assert impact("backfill", "--card", card, "--archive", kept.url).status == 0
    assert kept.fetched().count(kept.stamps[0]) == 1


def test_an_import_that_is_ended_is_on_record_as_ended(home: Path, tmp_path: Path, start: Start, card: Path):
    file = tmp_path / "crawl.warc"
    captures = [response(page(2020, n), url=NEW, date=f"20{n % 20:02}-03-01T10:00:00Z") for n in range(4000)]
    file.write_bytes(b"".join(captures))
    child = start("import", file, "--card", card)
    at_work(child, "reading")
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert (child.returncode, said.splitlines()[-1]) == (130, "impact: interrupted")
    assert jobs(home) in ([("import_files", "CANCELED")], [("import_files", "FAILURE")])


def test_one_that_is_killed_is_closed_by_the_next(web: Web, home: Path, start: Start, impact: Impact, card: Path):
    kept = Scripted(web, 3)
    child = start("backfill", "--card", card, "--archive", kept.url, "--rate", "60")
    at_work(child)
    child.kill()
    child.wait()
    assert "1 run was killed" in impact("status").out
    assert impact("backfill", "--card", card, "--archive", kept.url).status == 0
    assert jobs(home) == [("build", "SUCCESS"), ("backfill", "SUCCESS"), ("backfill", "FAILURE")]
    assert kept.fetched().count(kept.stamps[0]) == 1


@pytest.mark.long
def test_records_that_were_deleted_come_back_with_the_partitions(web: Web, home: Path, tmp_path: Path, impact: Impact):
    two_sources(web, home, tmp_path, impact)
    assert sources_of(home) == ["coast-rescue", "hill-rescue"]
    shutil.rmtree(home / "dagster")
    assert impact("build").status == 0
    assert sources_of(home) == ["coast-rescue", "hill-rescue"]
    shutil.rmtree(home / "dagster")
    shutil.rmtree(home / "archive" / "hill-rescue")
    listing(web, "/coast", ["20150401000000"])
    assert impact("backfill", "--source", "coast-rescue", "--archive", web.url("/kept")).status == 0
    assert sources_of(home) == ["coast-rescue"]
    assert OLD not in impact("status").out


def asked_for(home: Path) -> dg.RunRequest | dg.SkipReason:
    """What the sensor asks for now."""
    with history(home) as instance, dg.build_sensor_context(instance=instance) as context:
        found = build_follows(context)
    assert isinstance(found, dg.RunRequest | dg.SkipReason)
    return found


def test_an_import_of_the_launchpad_is_followed_by_one_build(
    web: Web, home: Path, tmp_path: Path, impact: Impact, card: Path
):
    kept = Scripted(web, 2)
    assert impact("backfill", "--card", card, "--archive", kept.url).status == 0
    assert isinstance(asked_for(home), dg.SkipReason)  # the command line has built it
    file = tmp_path / "crawl.warc.gz"
    file.write_bytes(packed([response(page(2020, 290), url=NEW, date="2021-03-01T10:00:00Z")]))
    config = {"ops": {"imported_files": {"config": {"files": [str(file)]}}}}
    with history(home) as instance:
        ended = defs.resolve_job_def("import_files").execute_in_process(config, instance)
        assert ended.success
    assert refreshes(Home.at(home))[-1].outcome == "archived"
    request = asked_for(home)
    assert isinstance(request, dg.RunRequest) and request.run_key == ended.run_id
    with history(home) as instance:
        assert defs.resolve_job_def("build").execute_in_process(request.run_config, instance).success
    assert rows(home, "SELECT value FROM metric_year WHERE metric = 'rescues' AND year = 2020") == [(290,)]
    assert isinstance(asked_for(home), dg.SkipReason)
