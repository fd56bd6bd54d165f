"""`impact backfill` from a real web archive (pywb): what it keeps, what it tells apart, what a kill leaves."""

import contextlib
import json
import os
import pty
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Web
from tests.pipeline import kept_history
from tests.pipeline.conftest import CARD, Ended, page
from tests.pipeline.kept_history import ADDRESSES, EDITIONS, NEW, OLD, requests_made
from tests.pipeline.signalled import signalled
from tests.pipeline.test_function_of_the_archive import tables
from warehouse.home import Home, writer_lock

Impact = Callable[..., Ended]
COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()"]
SOURCE = "coast-rescue"


def card_file(folder: Path, addresses: str = ADDRESSES) -> Path:
    file = folder / "card.yaml"
    file.write_text(CARD.replace("url: {url}\n", "{url}").format(url=addresses), encoding="utf-8")
    return file


def rows(home: Path, query: str) -> list[tuple]:
    with duckdb.connect(str((home / "impact.duckdb").resolve()), read_only=True) as con:
        return con.execute(query).fetchall()


def record(home: Path) -> list[dict]:
    lines = (home / "archive" / SOURCE / "backfill.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("archive")


@pytest.fixture(scope="module")
def archive(folder: Path) -> Iterator[str]:
    captures = kept_history.good() + kept_history.troubles()
    with kept_history.served(folder, captures, kept_history.stray_lines()) as url:
        yield url


@pytest.fixture(scope="module")
def filled(folder: Path, archive: str) -> tuple[Path, str]:
    """A home that was backfilled in one go, and what was said."""
    home = folder / "filled"
    command = [*COMMAND, "backfill", "--card", str(card_file(folder)), "--archive", archive]
    environment = os.environ | {"IMPACT_HOME": str(home)}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == ""
    return home, ended.stderr


def test_every_edition_at_both_addresses_is_kept_and_none_refused(filled: tuple[Path, str]):
    home, _ = filled
    query = "SELECT year, value FROM metric_year WHERE metric = 'rescues' ORDER BY year"
    assert dict(rows(home, query)) == EDITIONS
    assert rows(home, "SELECT refused, held_back FROM captures WHERE refused IS NOT NULL OR held_back IS NOT NULL") == [
        ("it is an error or block page, titled 'Page not found'", None)
    ]
    assert rows(home, "SELECT url, count(*) FROM retrievals GROUP BY ALL ORDER BY ALL") == [(OLD, 8), (NEW, 11)]
    assert rows(home, "SELECT count(*) FROM releases") == [(1,)]


def test_what_is_no_page_is_told_apart_counted_and_on_record(filled: tuple[Path, str]):
    home, said = filled
    assert "of 25 captures: 17 kept; 2 with bytes that are there already; 6 not kept (" in said
    reasons = Counter(entry["reason"] for entry in record(home))
    assert reasons == {
        "archived error page (status 429)": 1,
        "archived error page (status 503)": 1,
        "archived redirect (status 302)": 1,
        "the archive answers with another capture: of 20190403063000": 1,
        "time in the future": 1,
        "time that is no moment": 1,
    }
    for entry in record(home):
        line = json.loads(entry["line"])
        assert (line["timestamp"], line["url"]) == (entry["timestamp"], entry["original"])
    assert rows(home, "SELECT count(*) FROM facts WHERE sentence LIKE '%999%' AND url = 'x'") == [(0,)]


def test_facts_and_citations_lead_to_what_the_archive_kept(filled: tuple[Path, str], archive: str, impact, monkeypatch):
    home, _ = filled
    address = f"{archive}/20100403063000id_/{OLD}"
    query = "SELECT DISTINCT archived_url, captured_at::VARCHAR, url FROM facts WHERE edition = 2009"
    assert rows(home, query) == [(address, "2010-04-03 06:30:00", OLD)]
    query = "SELECT archived_url, retrieved_at::VARCHAR FROM retrievals WHERE edition = 2009"
    assert rows(home, query) == [(address, "2010-04-03 06:30:00")]
    monkeypatch.setenv("IMPACT_HOME", str(home))
    assert f"link    {address}#:~:text=" in impact("explain", "rescues", "2009").out


def test_two_captures_of_one_digest_cost_one_request(filled: tuple[Path, str], folder: Path):
    home, _ = filled
    query = "SELECT outcome, count(*) FROM retrievals WHERE edition = 2017 GROUP BY ALL ORDER BY ALL"
    assert rows(home, query) == [("new", 1), ("same_bytes", 1)]
    assert not [path for path in requests_made(folder) if path.startswith("/kept/20180901000000id_")]


def test_the_old_address_does_not_contradict_the_new_one(filled: tuple[Path, str]):
    home, _ = filled
    assert rows(home, "FROM contradictions") == []
    query = "SELECT earlier_value, later_value, earlier_edition FROM revisions"
    assert rows(home, query) == [(999, EDITIONS[2014], 2014)]


def test_run_again_it_asks_for_the_index_and_for_no_capture(
    filled: tuple[Path, str], folder: Path, archive: str, impact, monkeypatch
):
    home, _ = filled
    monkeypatch.setenv("IMPACT_HOME", str(home))
    before, release = requests_made(folder), (home / "impact.duckdb").readlink()
    noted = record(home)
    ended = impact("backfill", "--card", card_file(folder), "--archive", archive)
    assert ended.status == 0, ended.err
    assert "0 kept; 19 kept before; 6 not kept (" in ended.err
    assert all("/cdx?" in path for path in requests_made(folder)[len(before) :])
    assert ((home / "impact.duckdb").readlink(), record(home)) == (release, noted)


def test_a_dry_run_tells_what_would_be_fetched_and_keeps_nothing(
    archive: str, tmp_path: Path, home: Path, impact: Impact
):
    ended = impact("backfill", "--card", card_file(tmp_path), "--archive", archive, "--to", "2013", "--dry-run")
    assert ended.status == 0
    found = [line.split("  ") for line in ended.out.splitlines()]
    assert Counter(one[1] for one in found) == {
        "to fetch": 5,
        "not kept: archived error page (status 429)": 1,
        "not kept: archived error page (status 503)": 1,
    }
    assert {one[2] for one in found} == {OLD}
    assert not home.exists()


def test_years_narrow_what_is_asked_for(archive: str, tmp_path: Path, home: Path, impact: Impact):
    ended = impact("backfill", "--card", card_file(tmp_path), "--archive", archive, "--from", "2014", "--to", "2016")
    assert ended.status == 0, ended.err
    query = "SELECT DISTINCT year(retrieved_at) FROM retrievals ORDER BY ALL"
    assert rows(home, query) == [(2014,), (2015,), (2016,)]


KILLED_AFTER = ["lists", *["archived 3"] * 6, "captures: ", "read 6", "built"]
"""Of each run the line, said twice where it is of a capture, after which it is killed."""


def test_killed_ten_times_and_resumed_it_ends_in_the_same_rows(
    filled: tuple[Path, str], folder: Path, archive: str, home: Path, tmp_path: Path
):
    whole, _ = filled
    arguments = ["backfill", "--card", card_file(tmp_path), "--archive", archive]
    asked = len(requests_made(folder))
    for line in KILLED_AFTER:
        times = 2 if line[-1].isdigit() else 1
        delay = 0 if line == "built" else random.uniform(0, 0.02)  # after it only the publishing is left
        command = signalled(signal.SIGKILL, line, *arguments, times=times, delay=delay)
        killed = subprocess.run(command, capture_output=True, text=True, check=False)
        assert killed.returncode == -signal.SIGKILL, f"ended before it said {line!r}: {killed.stderr}"
    command = [*COMMAND, *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    one, other = tables(Home.at(whole)), tables(Home.at(home))
    assert one.keys() == other.keys()
    for name in one:
        assert one[name] == other[name], name
    assert {entry["line"] for entry in record(home)} == {entry["line"] for entry in record(whole)}
    fetched = Counter(path for path in requests_made(folder)[asked:] if "/cdx?" not in path)
    # What was being fetched when the process was killed was not there yet.
    assert fetched.total() <= 18 + len(KILLED_AFTER)


def test_a_page_that_is_refreshed_goes_on_from_what_an_archive_kept(
    archive: str, tmp_path: Path, home: Path, impact: Impact, web: Web
):
    """The page has moved once more; the archive kept it at an address that it has left."""
    addresses = f'url: {web.url("/")}\nurls:\n  - {{url: "{NEW}", to: 2023}}\n  - {{url: "{OLD}", to: 2015}}\n'
    card = card_file(tmp_path, addresses)
    web.answer(body=page(2023, 500))
    assert impact("refresh", "--card", card).status == 0
    assert impact("backfill", "--card", card, "--archive", archive).status == 0
    found = dict(rows(home, "SELECT year, value FROM metric_year WHERE metric = 'rescues' ORDER BY year"))
    assert found == EDITIONS | {2023: 500}
    assert rows(home, "SELECT count(*) FROM retrievals WHERE archived_url IS NULL") == [(1,)]
    assert impact("refresh", "--card", card).status == 0
    assert rows(home, "SELECT count(*) FROM retrievals WHERE archived_url IS NULL") == [(1,)]


def test_a_soft_404_that_was_archived_last_refuses_nothing_but_itself(tmp_path: Path, home: Path, impact: Impact):
    captures = [
        kept_history.Kept(NEW, "2016-04-01T00:00:00", kept_history.edition(2015)),
        kept_history.Kept(NEW, "2017-04-01T00:00:00", kept_history.NOT_FOUND),
    ]
    with kept_history.served(tmp_path, captures) as url:
        ended = impact("backfill", "--card", card_file(tmp_path), "--archive", url)
    assert ended.status == 0, ended.err
    assert "refused 20170401T000000" in ended.err
    assert rows(home, "SELECT year, value FROM metric_year WHERE metric = 'rescues'") == [(2015, EDITIONS[2015])]


class Scripted:
    """An archive that answers as a test scripts it: an index of some captures, and their bytes."""

    def __init__(self, web: Web, captures: int) -> None:
        self.web, self.stamps = web, [f"20{n + 10}0401000000" for n in range(captures)]
        self.url = web.url("/kept")
        query = "url=https%3A%2F%2Fwww.coast-rescue.example%2Four-year&output=json&showResumeKey=true&limit=1000"
        lines = [json.dumps({"timestamp": s, "url": NEW, "status": "200", "digest": s}) for s in self.stamps]
        web.answer(f"/kept/cdx?{query}", body="\n".join(lines).encode())
        for n, stamp in enumerate(self.stamps):
            self.answer(n, body=kept_history.edition(2009 + n))
            assert stamp

    def answer(self, n: int, **fields: object) -> None:
        path = f"/kept/{self.stamps[n]}id_/{NEW}"
        self.web.forget(path)
        self.web.answer(path, **fields)  # type: ignore[arg-type]

    def fetched(self) -> list[str]:
        return [asked.path[6:20] for asked in self.web.asked if "id_" in asked.path]


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
    before = tables(Home.at(home))
    (file,) = home.glob(f"archive/*/{kept.stamps[1][:8]}*.warc.gz")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.unlink()
    file.write_bytes(data)
    assert impact("backfill", "--card", card, "--archive", kept.url).status == 0
    assert kept.fetched() == [*kept.stamps, kept.stamps[1]]
    assert tables(Home.at(home)) == before


def test_an_index_without_captures_is_no_error(web: Web, tmp_path: Path, home: Path, impact: Impact):
    kept = Scripted(web, 0)
    ended = impact("backfill", "--card", card_file(tmp_path, f"url: {NEW}\n"), "--archive", kept.url)
    assert (ended.status, ended.out) == (0, "")
    assert "there is nothing to build" in ended.err


def test_a_rate_is_heeded_across_runs(web: Web, tmp_path: Path, home: Path, impact: Impact):
    kept = Scripted(web, 3)
    card = card_file(tmp_path, f"url: {NEW}\n")
    begun = time.monotonic()
    for _ in range(2):
        assert impact("backfill", "--card", card, "--archive", kept.url, "--rate", "240", "--dry-run").status == 0
    assert impact("backfill", "--card", card, "--archive", kept.url, "--rate", "240").status == 0
    assert len(web.asked) == 6
    assert time.monotonic() - begun >= 5 * 0.25


def test_a_terminal_shows_a_bar_with_the_pace_and_the_time_left(web: Web, tmp_path: Path, home: Path):
    kept = Scripted(web, 8)
    command = [*COMMAND, "backfill", "--card", str(card_file(tmp_path, f"url: {NEW}\n")), "--archive", kept.url]
    reading, writing = pty.openpty()
    child = subprocess.Popen(
        [*command, "--rate", "600"], env=os.environ | {"TERM": "xterm", "COLUMNS": "120"}, stderr=writing
    )
    os.close(writing)
    shown = b""
    with contextlib.suppress(OSError):  # how a terminal ends
        while chunk := os.read(reading, 65536):
            shown += chunk
    os.close(reading)
    assert child.wait() == 0
    text = shown.decode()
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


def test_the_same_bytes_in_the_same_second_at_two_addresses_are_of_both(tmp_path: Path, home: Path, impact: Impact):
    at, body = "2015-04-01T00:00:00", kept_history.edition(2014)
    with kept_history.served(tmp_path, [kept_history.Kept(OLD, at, body), kept_history.Kept(NEW, at, body)]) as url:
        for kept in ("1 kept; 1 with bytes that are there already", "0 kept; 2 kept before"):
            assert kept in impact("backfill", "--card", card_file(tmp_path), "--archive", url).err
    assert rows(home, "SELECT DISTINCT url FROM retrievals ORDER BY ALL") == [(OLD,), (NEW,)]


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
