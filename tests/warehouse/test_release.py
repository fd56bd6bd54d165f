import datetime as dt
import random
import re
import shutil
import stat
import subprocess
import sys
import time

import duckdb
import pytest

from warehouse import release
from warehouse.home import Home, HomeUnwritable, writer_lock
from warehouse.release import CorruptRelease, NoRelease, PinnedRelease

PUBLISH = """
import sys
import duckdb
from warehouse import release
from warehouse.home import Home, writer_lock
home, rows = Home.at(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
while True:
    rows += 1
    with writer_lock(home):
        candidate = release.new_candidate(home)
        with duckdb.connect(str(candidate.path)) as connection:
            connection.execute(f"CREATE TABLE figures AS SELECT range AS i FROM range({rows})")
            connection.execute("CREATE VIEW total AS SELECT count(*) AS n FROM figures")
        release.publish(home, candidate, summary={"rows": rows})
"""

READ = """
import sys
import duckdb
path = sys.argv[1]
connection = duckdb.connect(path, read_only=True)
first = connection.execute("SELECT n FROM total").fetchone()
print(*first, flush=True)
for line in sys.stdin:
    print(*connection.execute("SELECT n FROM total").fetchone(), flush=True)
"""


@pytest.fixture
def publish(home, fill):
    def make(rows):
        candidate = release.new_candidate(home)
        fill(candidate, rows)
        return release.publish(home, candidate, summary={"rows": rows})

    return make


def rows_of(home):
    with duckdb.connect(str(home.published), read_only=True) as connection:
        return connection.execute("SELECT n FROM total").fetchone()[0]


def database(home, made):
    return home.releases / made.id / "impact.duckdb"


def overwrite(path, data):
    path.chmod(0o644)
    path.write_bytes(data)


def test_a_published_release_is_what_readers_open(home, publish):
    made = publish(5)
    assert rows_of(home) == 5
    assert release.published(home) == made
    assert release.published_database(home) == home.published.resolve()
    assert made.summary == {"rows": 5}


def test_the_link_is_relative_and_the_files_are_read_only(home, publish, tmp_path):
    made = publish(5)
    assert not home.published.readlink().is_absolute()
    assert stat.S_IMODE(database(home, made).stat().st_mode) == 0o444
    moved = Home.at(tmp_path / "elsewhere")
    home.root.rename(moved.root)
    assert rows_of(moved) == 5
    assert release.published(moved) == made


def test_nothing_published_is_none_and_a_clear_line_for_readers(home):
    assert release.published(home) is None
    assert release.releases(home) == []
    with pytest.raises(NoRelease, match="impact refresh"):
        release.published_database(home)


def test_the_last_ten_releases_are_kept_and_the_records_of_all(home, publish):
    made = [publish(rows) for rows in range(12)]
    assert release.releases(home) == made[-10:]
    assert release.published(home) == made[-1]
    assert sorted(path.name for path in home.releases.glob("*/")) == [one.id for one in made[-10:]]
    assert release.history(home) == made


def test_ids_sort_by_time_even_when_the_clock_was_set_back(home, publish):
    made = publish(1)
    ahead = (dt.datetime.now(dt.UTC) + dt.timedelta(days=400)).strftime("%Y%m%dT%H%M%S%fZ")
    (home.releases / made.id).rename(home.releases / ahead)
    assert release.new_candidate(home).id > ahead


def test_a_candidate_can_be_discarded(home, publish, fill):
    publish(1)
    candidate = release.new_candidate(home)
    fill(candidate, 2)
    release.discard(candidate)
    assert rows_of(home) == 1
    assert len(list(home.releases.iterdir())) == 1


def test_leftovers_of_killed_builds_are_swept(home, publish):
    publish(1)
    dead = release.new_candidate(home)
    (home.releases / ".removing-20200101T000000000000Z").mkdir()
    (home.root / ".tmp-0000-impact.duckdb").symlink_to("nowhere")
    publish(2)
    assert not dead.folder.exists()
    assert [path.name for path in home.releases.glob(".*")] == []
    assert [path.name for path in home.root.glob(".tmp-*")] == []


@pytest.mark.parametrize("content", [None, b"", b"<html>", bytes(4096)])
def test_a_candidate_that_is_no_database_is_not_published(home, publish, content):
    made = publish(1)
    candidate = release.new_candidate(home)
    if content is not None:
        candidate.path.write_bytes(content)
    with pytest.raises(CorruptRelease):
        release.publish(home, candidate, summary={})
    assert release.published(home) == made


def test_a_candidate_that_was_not_closed_is_not_published(home, fill):
    candidate = release.new_candidate(home)
    fill(candidate, 1)
    candidate.path.with_name("impact.duckdb.wal").write_bytes(b"unmerged")
    with pytest.raises(CorruptRelease, match="not closed"):
        release.publish(home, candidate, summary={})


# --- going back


def test_rollback_goes_back_one_release_each_time_and_pins(home, publish):
    first, second, _ = publish(1), publish(2), publish(3)
    assert release.rollback(home) == second
    assert (rows_of(home), release.pinned(home)) == (2, second.id)
    assert release.rollback(home) == first
    assert (rows_of(home), release.pinned(home)) == (1, first.id)
    with pytest.raises(NoRelease, match="no earlier release"):
        release.rollback(home)
    assert rows_of(home) == 1


def test_rollback_with_one_release_or_none_changes_nothing(home, publish):
    with pytest.raises(NoRelease):
        release.rollback(home)
    made = publish(1)
    with pytest.raises(NoRelease):
        release.rollback(home)
    assert (release.published(home), release.pinned(home)) == (made, None)


def test_while_pinned_nothing_is_published(home, publish, fill):
    publish(1)
    publish(2)
    release.rollback(home)
    candidate = release.new_candidate(home)
    fill(candidate, 3)
    with pytest.raises(PinnedRelease, match="impact unpin"):
        release.publish(home, candidate, summary={})
    assert rows_of(home) == 1


def test_after_unpin_the_next_release_is_published(home, publish):
    publish(1)
    publish(2)
    release.rollback(home)
    assert release.unpin(home)
    assert not release.unpin(home)
    publish(3)
    assert rows_of(home) == 3


def test_the_published_release_outlives_the_ten(home, publish):
    made = [publish(rows) for rows in range(10)]
    for _ in range(9):
        release.rollback(home)
    assert release.published(home) == made[0]
    release.unpin(home)
    publish(99)
    assert len(release.releases(home)) == 10


# --- damage


def garbage(home, made):
    overwrite(database(home, made), b"<html>not a database</html>")


def half(home, made):
    path = database(home, made)
    overwrite(path, path.read_bytes()[:5000])


def changed(home, made):
    path = database(home, made)
    content = bytearray(path.read_bytes())
    content[-1] ^= 0xFF
    overwrite(path, bytes(content))


def gone(home, made):
    shutil.rmtree(home.releases / made.id)


def no_record(home, made):
    (home.releases / made.id / "release.json").unlink()


def bad_record(home, made):
    overwrite(home.releases / made.id / "release.json", b"{")


def folder_for_database(home, made):
    database(home, made).unlink()
    database(home, made).mkdir()


SEEN_AT_A_GLANCE = [garbage, half, gone, no_record, bad_record, folder_for_database]


@pytest.mark.parametrize("damage", SEEN_AT_A_GLANCE)
def test_a_damaged_release_is_one_clear_line(home, publish, damage):
    damage(home, publish(1))
    with pytest.raises(CorruptRelease, match="impact rollback") as caught:
        release.published_database(home)
    assert "\n" not in str(caught.value)
    assert release.releases(home) == []


@pytest.mark.parametrize("damage", [*SEEN_AT_A_GLANCE, changed])
def test_a_damaged_release_is_healed_by_the_latest_intact_one(home, publish, damage):
    publish(1)
    intact, broken = publish(2), publish(3)
    damage(home, broken)
    assert intact.id in release.heal(home)
    assert rows_of(home) == 2
    assert release.pinned(home) is None


@pytest.mark.parametrize("damage", [*SEEN_AT_A_GLANCE, changed])
def test_rollback_passes_over_damaged_releases(home, publish, damage):
    intact, damaged, published = publish(1), publish(2), publish(3)
    damage(home, damaged)
    damage(home, published)
    assert release.rollback(home) == intact
    assert rows_of(home) == 1


@pytest.mark.parametrize("damage", [*SEEN_AT_A_GLANCE, changed])
def test_a_refresh_publishes_over_damage(home, publish, damage):
    damage(home, publish(1))
    assert release.heal(home) is None
    made = publish(2)
    assert release.published(home) == made
    assert rows_of(home) == 2


def test_damaged_releases_are_listed(home, publish):
    made = publish(1)
    publish(2)
    garbage(home, made)
    (line,) = release.damaged(home)
    assert re.search("not a DuckDB database", line)


def test_a_missing_link_is_put_back(home, publish):
    publish(1)
    made = publish(2)
    home.published.unlink()
    assert release.published(home) is None
    assert made.id in release.heal(home)
    assert release.published(home) == made


def test_a_missing_link_is_put_back_to_the_pinned_release(home, publish):
    made = publish(1)
    publish(2)
    release.rollback(home)
    home.published.unlink()
    release.heal(home)
    assert release.published(home) == made


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_took_the_links_name_is_reported_and_then_set_aside(home, publish, kind):
    made = publish(1)
    home.published.unlink()
    home.published.mkdir() if kind == "folder" else home.published.write_text("mine")
    with pytest.raises(CorruptRelease, match="not the link"):
        release.published(home)
    release.heal(home)
    assert release.published(home) == made
    (aside,) = home.root.glob("impact.duckdb.set-aside-*")
    assert aside.is_dir() if kind == "folder" else aside.read_text() == "mine"


def test_a_healthy_home_needs_no_healing(home, publish):
    assert release.heal(home) is None
    publish(1)
    assert release.heal(home) is None


WRITE_AND_DIE = """
import os, sys
import duckdb
connection = duckdb.connect(sys.argv[1])
connection.execute("INSERT INTO figures VALUES (-1)")
os._exit(9)
"""


def test_the_log_of_one_who_opened_the_release_for_writing_is_removed(home, publish):
    made = publish(3)
    database(home, made).chmod(0o644)
    subprocess.run([sys.executable, "-c", WRITE_AND_DIE, str(home.published)], check=False)
    with pytest.raises(CorruptRelease, match="opened for writing"):
        release.published(home)
    assert made.id in release.heal(home)
    assert rows_of(home) == 3
    (home.root / "impact.duckdb.wal").write_bytes(b"left by an earlier version of DuckDB")
    publish(4)
    assert rows_of(home) == 4
    assert not (home.root / "impact.duckdb.wal").exists()


def test_a_releases_folder_that_cannot_be_written_is_one_clear_line(home):
    home.releases.rmdir()
    home.releases.write_text("mine")
    with pytest.raises(HomeUnwritable, match="releases"):
        release.new_candidate(home)


# --- other processes


def test_a_reader_keeps_its_release_through_publishes_and_never_meets_a_lock(home, publish):
    publish(1)
    reader = subprocess.Popen(
        [sys.executable, "-c", READ, str(home.published)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert reader.stdout.readline() == "1\n"
        for rows in range(2, 15):
            publish(rows)
            reader.stdin.write("again\n")
            reader.stdin.flush()
            assert reader.stdout.readline() == "1\n"
            assert rows_of(home) == rows
    finally:
        reader.stdin.close()
        reader.wait()
        reader.stdout.close()


def test_readers_that_open_during_publishes_always_meet_a_whole_release(home, publish):
    publish(1)
    writer = subprocess.Popen([sys.executable, "-c", PUBLISH, str(home.root), "1"], stdout=subprocess.PIPE)
    try:
        writer.stdout.readline()
        seen = [rows_of(home) for _ in range(60)]
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()
    assert seen == sorted(seen)


def test_a_kill_at_any_moment_leaves_a_whole_release_and_the_next_refresh_succeeds(home, publish):
    publish(0)
    chance = random.Random(20230301)
    rows = 0
    for _ in range(6):
        writer = subprocess.Popen([sys.executable, "-c", PUBLISH, str(home.root), str(rows)], stdout=subprocess.PIPE)
        writer.stdout.readline()
        time.sleep(chance.uniform(0.02, 0.25))
        writer.kill()
        writer.wait()
        writer.stdout.close()
        found = release.published(home)
        assert found.summary["rows"] == rows_of(home) >= rows
        assert release.damaged(home) == []
        with writer_lock(home):
            publish(rows_of(home) + 1)
        rows = rows_of(home)
        assert [path.name for path in home.releases.glob(".*")] == []
        assert len(release.releases(home)) <= 10
