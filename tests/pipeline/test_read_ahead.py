"""Many captures are read by several processes, and what is kept is what one process would have kept."""

import datetime as dt
import hashlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import read_ahead as module
from pipeline import survey as survey_module
from pipeline.read_ahead import Task, read_ahead
from pipeline.reader import read_capture
from pipeline.sources import followed, keep
from pipeline.survey import survey
from tests.pipeline.conftest import CARD, page
from warehouse.archive import Archive
from warehouse.fetch import Retrieval
from warehouse.home import Home, writer_lock
from warehouse.readings import Outcome

START = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
URL = "http://127.0.0.1:9/"


def bodies(count: int) -> list[bytes]:
    """Pages that say something new, that say again what another did, and that are none."""
    made = []
    for n in range(count):
        body = page(2000 + n % 20, 100 + n // 2)
        if n % 7 == 3:
            body = made[n // 2].replace(b"<head>", f'<head><meta name="n" content="{n}">'.encode())
        if n % 11 == 5:
            body = b"<title>Down for maintenance</title><h1>Offline %d</h1>" % n
        made.append(body)
    return made


@pytest.fixture
def filled(tmp_path):
    home = Home.at(tmp_path / "home")
    home.create()
    card = tmp_path / "card.yaml"
    card.write_text(CARD.format(url=URL), encoding="utf-8")
    archive, chosen = Archive(home), followed(home, card_file=str(card))
    with writer_lock(home):
        keep(archive, chosen)
        for n, body in enumerate(bodies(40)):
            at = START + dt.timedelta(days=30 * n)
            headers = (("Content-Type", "text/html"),)
            archive.store("coast-rescue", Retrieval(URL, URL, 200, "OK", headers, body, at), sample=False)
    return home


def kept(home: Home) -> dict[str, str]:
    """Every file under `facts` with its hash; the index knows the files' times."""
    files = [path for path in home.facts.rglob("*") if path.is_file() and path.name != "index.json"]
    return {str(path.relative_to(home.facts)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def surveyed(home: Home, processes: int, monkeypatch: pytest.MonkeyPatch) -> tuple[list, dict[str, str]]:
    monkeypatch.setattr(survey_module, "workers", lambda: processes)
    for path in sorted(home.facts.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    found = survey(home, Archive(home))
    return found.responses, kept(home)


def test_several_processes_keep_what_one_would_have_kept(filled, monkeypatch):
    lost = sorted((filled.archive / "coast-rescue").glob("*.warc.gz"))[10]
    alone = surveyed(filled, 1, monkeypatch)
    together = surveyed(filled, 3, monkeypatch)
    assert together == alone
    assert len(alone[0]) > module.WORTHWHILE + 1
    assert {bool(one.sighting_of) for one in alone[0]} == {bool(one.refused) for one in alone[0]} == {True, False}
    lost.unlink()
    assert surveyed(filled, 2, monkeypatch) == surveyed(filled, 1, monkeypatch)
    assert not multiprocessing.active_children()


def tasks(home: Home) -> list[Task]:
    archive = Archive(home)
    made = [Task(one, archive.payload(one), False) for one in archive.captures() if one.record_type == "response"]
    made[4] = Task(made[4].capture, Outcome(refused="gone"), False)
    return made


@pytest.mark.long
@pytest.mark.parametrize("after", [0, 1, 20])
def test_a_killed_worker_is_noticed_and_what_it_read_is_read_again(filled, caplog, after):
    card = followed(filled, "coast-rescue").card
    given = tasks(filled)
    found = []
    for n, one in enumerate(read_ahead(card, given, 2)):
        found.append(one)
        if n == after:
            for child in multiprocessing.active_children():
                if child.pid:
                    os.kill(child.pid, signal.SIGKILL)
    expected = [
        one.payload
        if isinstance(one.payload, Outcome)
        else read_capture(one.capture, one.payload, card, accepted=False)
        for one in given
    ]
    assert found == expected
    assert "was killed" in caplog.text


def test_who_stops_asking_leaves_no_process_behind(filled):
    coming = read_ahead(followed(filled, "coast-rescue").card, tasks(filled), 2)
    next(coming)
    coming.close()
    assert not multiprocessing.active_children()


CHILD = """
import sys, time
from tests.pipeline.test_read_ahead import tasks
from pipeline.read_ahead import read_ahead
from pipeline.sources import followed
from warehouse.home import Home
import multiprocessing
if __name__ == "__main__":
    home = Home.at(sys.argv[1])
    coming = read_ahead(followed(home, "coast-rescue").card, tasks(home), 2)
    next(coming)
    print(*[child.pid for child in multiprocessing.active_children()], flush=True)
    time.sleep(60)
"""


def test_workers_end_when_the_one_that_started_them_is_killed(filled, tmp_path):
    script = tmp_path / "child.py"
    script.write_text(CHILD, encoding="utf-8")
    root = Path(module.__file__).parents[1]
    environment = os.environ | {"PYTHONPATH": str(root)}
    child = subprocess.Popen(
        [sys.executable, str(script), str(filled.root)], stdout=subprocess.PIPE, text=True, env=environment
    )
    try:
        assert child.stdout
        pids = [int(pid) for pid in child.stdout.readline().split()]
    finally:
        child.kill()
        child.communicate()
    assert pids
    until = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < until:
        time.sleep(0.1)
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
