"""`impact backfill` from an archive that asks to wait, fails, lists what is no line, or whose captures are damaged."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Web
from tests.pipeline import kept_history
from tests.pipeline.conftest import Ended, rows
from tests.pipeline.kept_history import NEW
from tests.pipeline.scripted_archive import SOURCE, Scripted, card_file, record
from warehouse.comparing import unlike

Impact = Callable[..., Ended]


def test_an_archive_that_asks_to_wait_is_left_alone_and_gone_back_to(
    web: Web, tmp_path: Path, home: Path, impact: Impact
):
    kept = Scripted(web, 5)
    kept.answer(2, status=429, headers={"Retry-After": "90"})
    card = card_file(tmp_path, f"url: {NEW}\n")
    ended = impact("backfill", "--card", card, "--archive", kept.url)
    assert ended.status == 1
    assert "asks to wait 90 seconds (status 429); run again then; stopped at 3 of 5 captures (2 kept)" in ended.line
    assert kept.fetched() == kept.stamps[:3]
    kept.answer(2, body=kept_history.edition(2011))
    assert impact("backfill", "--card", card, "--archive", kept.url).status == 0
    assert kept.fetched() == [*kept.stamps[:3], *kept.stamps[2:]]
    assert rows(home, "SELECT count(*) FROM metric_year WHERE metric = 'rescues'") == [(5,)]


def test_a_capture_that_cannot_be_had_does_not_stop_the_others(
    web: Web, tmp_path: Path, home: Path, impact, monkeypatch
):
    monkeypatch.setattr("warehouse.web_archive.BACKOFF", 0)
    kept = Scripted(web, 6)
    kept.answer(1, status=404)
    kept.answer(3, status=502)
    card = card_file(tmp_path, f"url: {NEW}\n")
    assert impact("backfill", "--card", card, "--archive", kept.url).status == 0
    assert [(entry["reason"], entry["asked"]) for entry in record(home)] == [
        ("the archive answers with status 404", True),
        ("the archive answers with status 502", False),
    ]
    kept.answer(3, body=kept_history.edition(2012))
    assert impact("backfill", "--card", card, "--archive", kept.url).status == 0
    assert kept.fetched().count(kept.stamps[1]) == 1
    assert rows(home, "SELECT count(*) FROM metric_year WHERE metric = 'rescues'") == [(5,)]


def test_an_archive_that_is_down_is_asked_no_more(web: Web, tmp_path: Path, home: Path, impact, monkeypatch):
    monkeypatch.setattr("warehouse.web_archive.BACKOFF", 0)
    kept = Scripted(web, 9)
    for n in range(2, 9):
        kept.answer(n, status=500)
    ended = impact("backfill", "--card", card_file(tmp_path, f"url: {NEW}\n"), "--archive", kept.url)
    assert ended.status == 1
    assert "127.0.0.1 failed 3 times in a row; stopped at 5 of 9 captures" in ended.line
    assert len(set(kept.fetched())) == 5


def test_lines_that_cannot_be_read_are_on_record_one_by_one(web: Web, tmp_path: Path, home: Path, impact: Impact):
    kept = Scripted(web, 1)
    (path,) = [path for path in web._scripts if "/cdx?" in path]
    (answer,) = web._scripts[path]
    web.forget(path)
    odd = b'\n{"timestamp": \n{"status": 200}\n42\n{"timestamp": "20990101000000", "url": "a\xe2\x80\xa8b"}'
    web.answer(path, body=answer.body + odd)
    for _ in range(2):
        ended = impact("backfill", "--card", card_file(tmp_path, f"url: {NEW}\n"), "--archive", kept.url)
        assert ended.status == 0, ended.err
        assert "4 not kept (3 × line that cannot be read, 1 × time in the future)" in ended.err
        assert len(record(home)) == 4


@pytest.mark.long
def test_a_record_that_a_kill_cut_short_is_written_on(web: Web, tmp_path: Path, home: Path, impact: Impact):
    kept = Scripted(web, 3)
    kept.answer(1, status=404)
    card = card_file(tmp_path, f"url: {NEW}\n")
    assert impact("backfill", "--card", card, "--archive", kept.url).status == 0
    file = home / "archive" / SOURCE / "backfill.jsonl"
    file.write_bytes(file.read_bytes()[:-40])
    assert impact("backfill", "--card", card, "--archive", kept.url).status == 0
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["reason"] for line in lines[1:]] == ["the archive answers with status 404"]


def test_a_capture_that_was_damaged_since_is_had_again(web: Web, tmp_path: Path, home: Path, impact: Impact):
    kept = Scripted(web, 3)
    card = card_file(tmp_path, f"url: {NEW}\n")
    assert impact("backfill", "--card", card, "--archive", kept.url).status == 0
    before = (home / "impact.duckdb").resolve()
    (file,) = home.glob(f"archive/*/{kept.stamps[1][:8]}*.warc.gz")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.unlink()
    file.write_bytes(data)
    assert impact("backfill", "--card", card, "--archive", kept.url).status == 0
    assert kept.fetched() == [*kept.stamps, kept.stamps[1]]
    assert unlike(before, (home / "impact.duckdb").resolve()) == []


def test_an_index_without_captures_is_no_error(web: Web, tmp_path: Path, home: Path, impact: Impact):
    kept = Scripted(web, 0)
    ended = impact("backfill", "--card", card_file(tmp_path, f"url: {NEW}\n"), "--archive", kept.url)
    assert (ended.status, ended.out) == (0, "")
    assert "there is nothing to build" in ended.err


@pytest.mark.long
def test_a_rate_is_heeded_across_runs(web: Web, tmp_path: Path, home: Path, impact: Impact):
    kept = Scripted(web, 3)
    card = card_file(tmp_path, f"url: {NEW}\n")
    begun = time.monotonic()
    for _ in range(2):
        assert impact("backfill", "--card", card, "--archive", kept.url, "--rate", "240", "--dry-run").status == 0
    assert impact("backfill", "--card", card, "--archive", kept.url, "--rate", "240").status == 0
    assert len(web.asked) == 6
    assert time.monotonic() - begun >= 5 * 0.25
