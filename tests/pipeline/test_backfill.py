"""`impact backfill` from a real web archive (pywb): what it keeps, what it tells apart, what a kill leaves."""

import json
import os
import random
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Web
from tests.pipeline import kept_history
from tests.pipeline.conftest import COMMAND, Ended, page, rows
from tests.pipeline.kept_history import EDITIONS, NEW, OLD, requests_made
from tests.pipeline.scripted_archive import card_file, record
from tests.pipeline.signalled import signalled
from warehouse.comparing import unlike
from warehouse.home import Home

Impact = Callable[..., Ended]


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


@pytest.mark.long
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
    assert unlike(Home.at(whole).published, Home.at(home).published) == []
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


def test_the_same_bytes_in_the_same_second_at_two_addresses_are_of_both(tmp_path: Path, home: Path, impact: Impact):
    at, body = "2015-04-01T00:00:00", kept_history.edition(2014)
    with kept_history.served(tmp_path, [kept_history.Kept(OLD, at, body), kept_history.Kept(NEW, at, body)]) as url:
        for kept in ("1 kept; 1 with bytes that are there already", "0 kept; 2 kept before"):
            assert kept in impact("backfill", "--card", card_file(tmp_path), "--archive", url).err
    assert rows(home, "SELECT DISTINCT url FROM retrievals ORDER BY ALL") == [(OLD,), (NEW,)]
