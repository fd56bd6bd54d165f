"""The log of refreshes."""

import datetime as dt
import shutil

from warehouse import refreshes


def test_refreshes_are_logged_in_order_and_outlive_all_but_releases_and_archive(home):
    moment = dt.datetime(2023, 3, 1, tzinfo=dt.UTC)
    kept = [
        refreshes.Refresh(at=moment, outcome="published", source="shelter", release_id="20230301T000000000000Z"),
        refreshes.Refresh(at=moment, outcome="refused", source="shelter", detail="status 404"),
    ]
    for one in kept:
        refreshes.record(home, one)
    for folder in (home.facts, home.dagster):
        shutil.rmtree(folder)
    assert refreshes.refreshes(home) == kept


def test_a_line_torn_by_a_crash_is_left_out_and_does_not_spoil_the_next(home):
    one = refreshes.Refresh(at=dt.datetime(2023, 3, 1, tzinfo=dt.UTC), outcome="unchanged")
    refreshes.record(home, one)
    with (home.releases / "refreshes.jsonl").open("a") as log:
        log.write('{"at": "2023-03')
    refreshes.record(home, one)
    assert refreshes.refreshes(home) == [one, one]


def test_without_a_refresh_the_log_is_empty(home):
    assert refreshes.refreshes(home) == []
