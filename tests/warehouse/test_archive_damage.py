"""The archive: damaged and missing files, killed writers, a disk that refuses."""

import gzip
import subprocess
import sys
import time

import pytest

from extractors.errors import InputError
from tests.warehouse.shelter import FIRST, SECOND
from warehouse.archive import Archive, Validators
from warehouse.warc import CorruptWarc


def overwrite(path, data):
    path.chmod(0o644)
    path.write_bytes(data)


def half(data):
    return data[: len(data) // 2]


def flipped(data):
    return data[:-40] + bytes([data[-40] ^ 0xFF]) + data[-39:]


def with_other_payload(data):
    return gzip.compress(gzip.decompress(data).replace(b"310", b"999"))


@pytest.mark.parametrize(
    "damage",
    [half, flipped, with_other_payload, lambda _: b"", lambda _: b"no gzip", lambda _: gzip.compress(b"no WARC")],
    ids=["half", "flipped bit", "other payload", "empty", "not gzip", "not WARC"],
)
def test_a_damaged_file_is_left_out_with_a_note(home, store, damage):
    kept, lost = store(SECOND), store(FIRST)
    path = home.root / lost.warc_file
    overwrite(path, damage(path.read_bytes()))
    archive = Archive(home)
    assert archive.captures() == [kept]
    (note,) = archive.notes()
    assert lost.warc_file in note
    assert "\n" not in note
    with pytest.raises(CorruptWarc):
        archive.payload(lost)


def test_a_damaged_page_is_fetched_anew_and_not_asked_about(home, archive, store):
    first = store(FIRST, headers={"ETag": '"1"'})
    store(FIRST, headers={"ETag": '"1"'})
    overwrite(home.root / first.warc_file, b"")
    fresh = Archive(home)
    assert fresh.last_validators("shelter", first.url) == Validators()
    with pytest.raises(CorruptWarc, match="missing or damaged"):
        fresh.payload(fresh.captures()[0])


def test_a_missing_file_is_a_clear_error(home, archive, store):
    capture = store(FIRST)
    (home.root / capture.warc_file).unlink()
    with pytest.raises(CorruptWarc, match="cannot read"):
        archive.payload(capture)


def test_a_damaged_capture_is_stored_again_when_the_page_still_says_the_same(home, store, retrieved):
    lost = store(FIRST)
    overwrite(home.root / lost.warc_file, b"")
    archive = Archive(home)
    assert archive.store("shelter", retrieved(FIRST), sample=False).record_type == "response"


def test_leftovers_of_a_killed_writer_are_ignored_and_then_removed(home, store):
    capture = store(FIRST)
    leftover = home.archive / "shelter" / f".tmp-123456-{capture.capture_id}.warc.gz"
    leftover.write_bytes(b"half")
    assert Archive(home).captures() == [capture]
    assert Archive(home).notes() == []
    store(SECOND)
    assert not leftover.exists()


STORE_FOREVER = """
import datetime as dt, os, sys
from warehouse.archive import Archive
from warehouse.fetch import Retrieval
from warehouse.home import Home
archive = Archive(Home.at(sys.argv[1]))
print("ready", flush=True)
while True:
    body = b"<p>" + os.urandom(200_000) + b"</p>"
    url = "https://shelter.example/"
    archive.store("shelter", Retrieval(url, url, 200, "OK", (), body, dt.datetime.now(dt.UTC)), sample=False)
"""


@pytest.mark.parametrize("delay", [0.05, 0.09, 0.14, 0.2])
def test_a_kill_leaves_only_whole_captures(home, delay):
    child = subprocess.Popen([sys.executable, "-c", STORE_FOREVER, str(home.root)], stdout=subprocess.PIPE)
    child.stdout.readline()
    time.sleep(delay)
    child.kill()
    child.wait()
    child.stdout.close()
    archive = Archive(home)
    assert archive.notes() == []
    for capture in archive.captures():
        assert len(archive.payload(capture)) == capture.size


def test_a_disk_that_refuses_is_one_clear_line(home, archive, retrieved):
    (home.archive / "shelter").write_text("a file where the folder should be")
    with pytest.raises(InputError, match="shelter"):
        archive.store("shelter", retrieved(FIRST), sample=False)
