import datetime as dt
import stat

import pytest

from warehouse import release
from warehouse.home import Home
from warehouse.release import CorruptRelease, NoRelease, PinnedRelease


def database(home, made):
    return home.releases / made.id / "impact.duckdb"


def overwrite(path, data):
    path.chmod(0o644)
    path.write_bytes(data)


def test_a_published_release_is_what_readers_open(home, publish, rows_of):
    made = publish(5)
    assert rows_of(home) == 5
    assert release.published(home) == made
    assert release.published_database(home) == home.published.resolve()
    assert made.summary == {"rows": 5}


def test_the_link_is_relative_and_the_files_are_read_only(home, publish, tmp_path, rows_of):
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


def test_a_candidate_can_be_discarded(home, publish, fill, rows_of):
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


def test_rollback_goes_back_one_release_each_time_and_pins(home, publish, rows_of):
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


def test_while_pinned_nothing_is_published(home, publish, fill, rows_of):
    publish(1)
    publish(2)
    release.rollback(home)
    candidate = release.new_candidate(home)
    fill(candidate, 3)
    with pytest.raises(PinnedRelease, match="impact unpin"):
        release.publish(home, candidate, summary={})
    assert rows_of(home) == 1


def test_after_unpin_the_next_release_is_published(home, publish, rows_of):
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
    assert release.releases(home)[0] == made[0]  # who followed the link a moment ago still finds it
    publish(100)
    assert len(release.releases(home)) == 10
