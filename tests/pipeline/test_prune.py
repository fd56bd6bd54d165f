"""What is forgotten, at the end of a refresh and by `impact prune`: readings and run records that nothing needs."""

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import dagster as dg
import pytest

from pipeline.records import KEPT
from tests.conftest import Web
from tests.pipeline.conftest import Ended, history, page
from tests.pipeline.test_past_runs import done
from warehouse.readings import stored_readings

Impact = Callable[..., Ended]


def grow_old(home: Path, run_ids: list[str], age: dt.timedelta) -> None:
    moment = (dt.datetime.now(dt.UTC) - age).strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(sqlite3.connect(home / "dagster" / "history" / "runs.db")) as con, con:
        for run_id in run_ids:
            con.execute("UPDATE runs SET create_timestamp = ? WHERE run_id = ?", (moment, run_id))


def kept(home: Path) -> list[str]:
    with history(home) as instance:
        return [run.run_id for run in instance.get_runs()]


def events(home: Path, table: str = "event_logs") -> set[str]:
    with closing(sqlite3.connect(home / "dagster" / "event_log.db")) as con:
        return {run_id for (run_id,) in con.execute(f"SELECT DISTINCT run_id FROM {table}")}


def test_run_records_are_kept_ninety_days_but_for_those_that_tell_of_the_present(
    impact: Impact, home: Path, web: Web, card: Path
):
    web.answer("/", body=page(2021))
    for _ in range(4):
        assert impact("refresh", "--card", card).status == 0
    third, second, first = kept(home)[1:]
    built = kept(home)[3]
    assert built == first
    grow_old(home, [first, second], KEPT + dt.timedelta(days=1))
    grow_old(home, [third], KEPT - dt.timedelta(days=1))
    assert impact("refresh", "--card", card).status == 0
    # The first made the tables that still stand; the UI shows them from its record.
    assert second not in kept(home) and {first, third} <= set(kept(home))
    assert events(home) == set(kept(home))
    assert second not in events(home, "asset_check_executions") and third in events(home, "asset_check_executions")
    with history(home) as instance:
        assert instance.get_latest_materialization_event(dg.AssetKey("metric_year"))

    grow_old(home, [third], KEPT + dt.timedelta(days=1))
    size = (home / "dagster" / "event_log.db").stat().st_size
    ended = impact("prune")
    assert ended.status == 0 and "1 run record" in ended.err
    assert third not in kept(home) and first in kept(home)
    assert events(home, "asset_check_executions") <= set(kept(home))
    assert (home / "dagster" / "event_log.db").stat().st_size < size


@pytest.mark.long
def test_readings_of_earlier_cards_are_forgotten_and_come_back(impact: Impact, home: Path, web: Web, card: Path):
    web.answer("/", body=page(2021)).answer("/", body=page(2022, 342))
    assert impact("refresh", "--card", card).status == 0
    assert impact("refresh", "--card", card).status == 0
    readings = home / "facts" / "coast-rescue"
    names = lambda: set(stored_readings(readings)[0])  # noqa: E731
    before = names()
    archived = sorted(path.name for path in (home / "archive").rglob("*.warc.gz"))
    text = card.read_text(encoding="utf-8")
    card.write_text(text.replace("People rescued", "Lives saved"), encoding="utf-8")
    assert impact("refresh", "--card", card).status == 0
    now = names()
    assert len(now) == len(before) == 2 and not now & before
    left = readings / "20200101T000000000000Z-abcdefabcdef-0123456789ab"
    left.mkdir()
    (left / "outcome.json").write_text("{}")
    other = home / "facts" / "gone-source" / "20200101T000000000000Z-abcdefabcdef-0123456789ab"
    other.mkdir(parents=True)
    ended = impact("prune")
    assert ended.status == 0 and "1 reading" in ended.err
    assert names() == now and not left.exists()
    assert other.is_dir()  # of a source that nothing is known of here
    card.write_text(text, encoding="utf-8")
    assert impact("refresh", "--card", card).status == 0
    assert names() == before
    assert set(archived) <= {path.name for path in (home / "archive").rglob("*.warc.gz")}


def test_an_empty_home_has_nothing_to_forget(impact: Impact, home: Path):
    assert impact("prune").status == 0


@pytest.mark.long
def test_the_record_of_a_run_that_last_did_a_partition_is_kept(impact: Impact, home: Path):
    for last in ("2012", "2013"):
        assert impact("backfill", "--sample", "--from", "2012", "--to", last).status == 0
    second, first = [run for run in kept(home) if job_of(home, run) == "backfill"]
    grow_old(home, kept(home), KEPT + dt.timedelta(days=1))
    assert impact("prune").status == 0
    assert second in kept(home) and first not in kept(home)
    assert done(home) == {"2012|ncmec-impact", "2013|ncmec-impact"}


def job_of(home: Path, run_id: str) -> str:
    with history(home) as instance:
        run = instance.get_run_by_id(run_id)
        assert run
        return run.job_name
