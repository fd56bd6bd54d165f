"""`impact backfill` as a command: the samples, a terminal, Ctrl-C, wrong usage, a home that is busy."""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Web
from tests.pipeline.conftest import COMMAND, Ended, rows
from tests.pipeline.kept_history import NEW
from tests.pipeline.scripted_archive import Scripted, card_file
from tests.pipeline.terminals import shown
from warehouse.home import Home, writer_lock

Impact = Callable[..., Ended]


@pytest.mark.long
def test_a_terminal_shows_a_bar_with_the_pace_and_the_time_left(web: Web, tmp_path: Path, home: Path):
    kept = Scripted(web, 8)
    command = [*COMMAND, "backfill", "--card", str(card_file(tmp_path, f"url: {NEW}\n")), "--archive", kept.url]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "120"}
    text = shown([*command, "--rate", "600"], environment, width=120, stream="stderr")
    assert " of 8" in text and "a minute" in text and "archived 3" in text


def test_the_sample_archive_fills_fourteen_years(home: Path, impact: Impact):
    ended = impact("backfill", "--sample")
    assert (ended.status, ended.out) == (0, ""), ended.err
    query = "SELECT year, value FROM metric_year WHERE metric = 'cybertipline_reports' AND period_type = 'year'"
    found = dict(rows(home, f"{query} ORDER BY year"))
    assert (list(found), found[2014], found[2023]) == (list(range(2010, 2024)), 1106072, 36210368)
    assert rows(home, "SELECT bool_and(sample), count(refused) FROM captures") == [(True, 1)]
    assert rows(home, "FROM contradictions") == []
    again = impact("backfill", "--sample")  # at another port
    assert (again.status, "0 kept; 16 kept before" in again.err) == (0, True)
    assert impact("refresh", "--sample").status == 0
    assert rows(home, f"{query} AND breakdown = '' AND year >= 2020 ORDER BY year")[0] == (2020, 21751085)


def test_what_is_not_kept_is_on_record_also_where_nothing_is_kept(home: Path, impact: Impact):
    ended = impact("backfill", "--sample", "--from", "2099")
    assert (ended.status, ended.out) == (0, ""), ended.err
    assert "of 1 capture: 0 kept; 1 not kept (1 × time in the future)" in ended.err
    assert "there is nothing to build" in ended.err
    (line,) = (home / "archive" / "ncmec-impact" / "backfill.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["reason"] == "time in the future"
    assert impact("backfill", "--sample").status == 0


def test_it_ends_where_a_person_ends_it_and_what_was_kept_is_kept(web: Web, tmp_path: Path, home: Path, start, impact):
    kept = Scripted(web, 4)
    card = card_file(tmp_path, f"url: {NEW}\n")
    child = start("backfill", "--card", card, "--archive", kept.url, "--rate", "60")
    for line in child.stderr:
        if line.startswith("archived"):
            child.send_signal(signal.SIGINT)
            break
    _, said = child.communicate(timeout=60)
    assert (child.returncode, said.splitlines()[-1]) == (130, "impact: interrupted")
    assert impact("backfill", "--card", card, "--archive", kept.url).status == 0
    assert kept.fetched().count(kept.stamps[0]) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--sample", "--archive", "http://127.0.0.1:9/kept"], "--sample brings an archive of its own"),
        (["--from", "2015", "--to", "2012"], "--from comes before --to"),
        (["--from", "15"], "15 is not in the range"),
        (["--rate", "0"], "0.0 is not in the range"),
        (["--archive", "wayback"], "is no address of a web archive"),
        (["--rate", "60", "--source", "ncmec-impact"], "takes no more than 24 requests a minute"),
        (["--source", "ncmec"], "unknown source 'ncmec'"),
    ],
)
def test_wrong_usage_is_one_line(home: Path, impact: Impact, arguments: list[str], said: str):
    ended = impact("backfill", *arguments)
    assert ended.status == 2
    assert said in ended.line


def test_a_home_that_is_being_written_to_or_holds_samples_is_left_alone(
    web: Web, tmp_path: Path, home: Path, impact: Impact
):
    kept = Scripted(web, 2)
    card = card_file(tmp_path, f"url: {NEW}\n")
    busy = Home.at(home)
    busy.create()
    with writer_lock(busy):
        ended = impact("backfill", "--card", card, "--archive", kept.url)
    assert ended.status == 1
    assert "is writing to" in ended.line
    assert impact("refresh", "--sample").status == 0
    ended = impact("backfill", "--card", card, "--archive", kept.url)
    assert ended.status == 2
    assert "holds sample captures" in ended.line
    assert web.asked == []
