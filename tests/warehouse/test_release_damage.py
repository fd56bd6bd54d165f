"""What becomes of damaged releases: one clear line, healed by the latest intact one."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from warehouse import release
from warehouse.home import Home, HomeUnwritable, writer_lock
from warehouse.release import CorruptRelease, PinDamaged


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


# --- to the byte


@pytest.mark.parametrize("place", [0.05, 0.3, 0.5, 0.7, 0.99])
def test_one_flipped_bit_is_noticed_by_whoever_verifies(home, publish, place):
    made = publish(1000)
    assert release.verified(home) == made
    path = database(home, made)
    content = bytearray(path.read_bytes())
    content[int(place * len(content))] ^= 1
    overwrite(path, bytes(content))
    with pytest.raises(CorruptRelease, match="has changed") as caught:
        release.verified(home)
    assert "\n" not in str(caught.value)


def test_a_record_of_another_release_is_damage(home, publish):
    first, second = publish(1), publish(2)
    overwrite(home.releases / second.id / "release.json", (home.releases / first.id / "release.json").read_bytes())
    with pytest.raises(CorruptRelease, match=r"release\.json"):
        release.published(home)


@pytest.mark.parametrize("damage", [*SEEN_AT_A_GLANCE, changed])
def test_in_place_of_a_damaged_pinned_release_comes_the_one_before_it(home, publish, damage, rows_of):
    publish(1)
    pinned = publish(2)
    publish(3)
    release.rollback(home)
    damage(home, pinned)
    release.heal(home)
    assert rows_of(home) == 1
    assert release.pinned(home) == pinned.id


@pytest.mark.parametrize("damage", [*SEEN_AT_A_GLANCE, changed])
def test_with_nothing_before_it_comes_what_was_gone_back_from(home, publish, damage, rows_of):
    pinned = publish(1)
    publish(2)
    publish(3)
    release.rollback(home)
    release.rollback(home)
    damage(home, pinned)
    release.heal(home)
    assert rows_of(home) == 2


# --- a lost link


def test_a_reader_puts_a_lost_link_back(home, publish):
    publish(1)
    made = publish(2)
    home.published.unlink()
    assert release.published_database(home) == database(home, made)
    assert release.published(home) == made


@pytest.mark.parametrize("damage", [*SEEN_AT_A_GLANCE, changed])
def test_a_lost_link_is_put_back_to_the_last_intact_release(home, publish, damage):
    made = publish(1)
    damage(home, publish(2))
    home.published.unlink()
    assert release.current(home) == made
    assert release.published(home) == made


def test_a_reader_does_without_the_link_while_another_process_writes(home, publish):
    publish(1)
    made = publish(2)
    home.published.unlink()
    with writer_lock(home):
        assert release.current(home) == made
        assert not home.published.is_symlink()
    assert release.current(home) == made
    assert home.published.is_symlink()


READ_AS_NOBODY = """
import os, sys
from warehouse import release
from warehouse.home import Home
if os.geteuid() == 0:
    os.setuid(65534)
home = Home.at(sys.argv[1])
print(release.current(home).id, release.published_database(home).parent.name, home.published.is_symlink())
"""


def test_a_reader_does_without_the_link_in_a_home_it_may_not_write(fill):
    with tempfile.TemporaryDirectory() as folder:  # not pytest's, which nobody else may enter
        home = Home.at(Path(folder) / "home")
        home.create()
        candidate = release.new_candidate(home)
        fill(candidate, 2)
        made = release.publish(home, candidate, summary={})
        home.published.unlink()
        for path in (Path(folder), home.root):
            path.chmod(0o555)
        (home.root / ".lock").unlink(missing_ok=True)
        run = [sys.executable, "-c", READ_AS_NOBODY, str(home.root)]
        ended = subprocess.run(run, capture_output=True, text=True, check=False)
        for path in (Path(folder), home.root):
            path.chmod(0o755)
    assert ended.stdout.split() == [made.id, made.id, "False"], ended.stderr


def test_a_rollback_goes_back_from_the_release_whose_link_was_lost(home, publish, rows_of):
    made = publish(1)
    publish(2)
    home.published.unlink()
    assert release.rollback(home) == made
    assert rows_of(home) == 1


# --- a damaged pin


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"the last but one", b"20240101T000000000000Z\nand more"])
def test_a_damaged_pin_is_one_clear_line_and_can_be_removed(home, publish, content):
    publish(1)
    publish(2)
    (home.releases / "pinned").write_bytes(content)
    with pytest.raises(PinDamaged, match="impact unpin") as caught:
        release.pinned(home)
    assert caught.value.exit_status == 2
    assert release.unpin(home)
    assert release.pinned(home) is None
    publish(3)


def test_a_rollback_writes_a_damaged_pin_anew(home, publish):
    made = publish(1)
    publish(2)
    (home.releases / "pinned").write_bytes(b"\xff")
    release.rollback(home)
    assert release.pinned(home) == made.id
