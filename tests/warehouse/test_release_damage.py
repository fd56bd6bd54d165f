"""What becomes of damaged releases: one clear line, healed by the latest intact one."""

import re
import shutil
import subprocess
import sys

import pytest

from warehouse import release
from warehouse.home import HomeUnwritable
from warehouse.release import CorruptRelease


def database(home, made):
    return home.releases / made.id / "impact.duckdb"


def overwrite(path, data):
    path.chmod(0o644)
    path.write_bytes(data)


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
def test_a_damaged_release_is_healed_by_the_latest_intact_one(home, publish, damage, rows_of):
    publish(1)
    intact, broken = publish(2), publish(3)
    damage(home, broken)
    assert intact.id in release.heal(home)
    assert rows_of(home) == 2
    assert release.pinned(home) is None


@pytest.mark.parametrize("damage", [*SEEN_AT_A_GLANCE, changed])
def test_rollback_passes_over_damaged_releases(home, publish, damage, rows_of):
    intact, damaged, published = publish(1), publish(2), publish(3)
    damage(home, damaged)
    damage(home, published)
    assert release.rollback(home) == intact
    assert rows_of(home) == 1


@pytest.mark.parametrize("damage", [*SEEN_AT_A_GLANCE, changed])
def test_a_refresh_publishes_over_damage(home, publish, damage, rows_of):
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


def test_the_log_of_one_who_opened_the_release_for_writing_is_removed(home, publish, rows_of):
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
