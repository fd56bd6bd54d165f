"""Releases in which no statement changed: gone soon after they were replaced, not counted among the ten, passed over by a rollback."""

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse import release, release_files
from warehouse.home import Home
from warehouse.release import NoRelease


def kept(home):
    return [one.id for one in release.releases(home)]


def flip(home, made):
    path = home.releases / made.id / "impact.duckdb"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)


def test_a_copy_names_the_release_whose_statements_it_repeats(home, publish):
    first = publish(1)
    copies = [publish(1, changed=False) for _ in range(3)]
    assert (first.changed, first.state) == (True, first.id)
    assert [(one.changed, one.copy_of, one.state) for one in copies] == [(False, first.id, first.id)] * 3
    assert release.published(home) == copies[-1]


def test_the_first_release_is_no_copy(publish):
    assert publish(1, changed=False).changed


def test_a_copy_is_removed_after_it_is_replaced_and_the_original_stays(home, publish):
    first = publish(1)
    copies = [publish(1, changed=False) for _ in range(3)]
    assert kept(home) == [first.id, copies[-2].id, copies[-1].id]
    second = publish(2)
    assert kept(home) == [first.id, copies[-1].id, second.id]
    third = publish(3)
    assert kept(home) == [first.id, second.id, third.id]
    assert [one.id for one in release.history(home)] == [one.id for one in (first, *copies, second, third)]
    assert [one.changed for one in release.history(home)] == [True, False, False, False, True, True]


def test_who_followed_the_link_before_a_publish_still_finds_what_it_named(home, publish):
    publish(1)
    for changed in (False, False, True, False):
        followed = home.published.resolve()
        publish(1, changed=changed)
        with duckdb.connect(str(followed), read_only=True) as con:
            assert con.execute("SELECT n FROM total").fetchall() == [(1,)]


def test_a_year_of_copies_pushes_no_release_out(home, publish):
    made = [publish(rows) for rows in range(10)]
    for _ in range(15):
        before, last = release.published(home), publish(9, changed=False)
    assert kept(home) == [one.id for one in (*made, before, last)]
    assert release.rollback(home) == made[8]


def test_a_rollback_passes_over_copies(home, publish, rows_of):
    publish(1)
    publish(1, changed=False)
    publish(2)
    publish(2, changed=False)
    assert release.rollback(home).summary == {"rows": 1}
    assert rows_of(home) == 1
    with pytest.raises(NoRelease, match="no earlier release"):
        release.rollback(home)


def test_a_copy_of_the_only_statements_cannot_be_gone_back_from(home, publish):
    publish(1)
    copy = publish(1, changed=False)
    with pytest.raises(NoRelease):
        release.rollback(home)
    assert (release.published(home), release.pinned(home)) == (copy, None)


def test_what_was_gone_back_from_and_came_again_is_a_copy_of_it(home, publish, rows_of):
    publish(1)
    second = publish(2)
    release.rollback(home)
    release.unpin(home)
    assert release.newest(home) == second
    assert publish(2, changed=False).copy_of == second.id
    release.rollback(home)
    assert rows_of(home) == 1


def test_a_copy_stands_in_for_an_original_that_is_damaged(home, publish, rows_of):
    first = publish(1)
    copy = publish(1, changed=False)
    flip(home, first)
    publish(2)
    assert copy.id in kept(home)
    assert release.rollback(home) == copy
    assert rows_of(home) == 1


def test_what_repeats_a_damaged_release_is_no_copy_of_it(home, publish):
    flip(home, publish(1))
    assert release.newest(home) is None
    assert publish(1, changed=False).changed


def test_a_copy_whose_link_is_lost_is_put_back(home, publish):
    publish(1)
    copy = publish(1, changed=False)
    home.published.unlink()
    assert release.current(home) == copy


@pytest.fixture(scope="module")
def databases(tmp_path_factory) -> list[bytes]:
    """Databases whose statements differ, by number."""
    found = []
    for number in range(3):
        path = tmp_path_factory.mktemp("databases") / "impact.duckdb"
        with duckdb.connect(str(path)) as con:
            con.execute(f"CREATE TABLE figures AS SELECT {number} AS n")
        found.append(path.read_bytes())
    return found


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(st.sampled_from([0, 1, 2, 2, "rollback", "unpin"]), max_size=24))
def test_after_any_steps_the_kept_releases_and_the_way_back_are_as_promised(databases, steps):
    with TemporaryDirectory() as folder:
        home = Home.at(Path(folder))
        home.create()
        states: list[tuple[str, int]] = []  # id of the original, statements
        at = -1  # which of them is published
        pinned = False
        for step in steps:
            if step == "unpin":
                assert release.unpin(home) is pinned
                pinned = False
            elif step == "rollback":
                # Of more states than are kept the older cannot be gone back to.
                if at > max(0, len(states) - release_files.KEPT):
                    at, pinned = at - 1, True
                    assert release.rollback(home).id == states[at][0]
                else:
                    with pytest.raises(NoRelease):
                        release.rollback(home)
            elif not pinned:
                candidate = release.new_candidate(home)
                candidate.path.write_bytes(databases[step])
                replaced = release.published(home)
                changed = not states or states[-1][1] != step
                made = release.publish(home, candidate, summary={"n": step}, changed=changed)
                if changed:
                    states.append((made.id, step))
                at = len(states) - 1
                wanted = {name for name, _ in states[-release_files.KEPT :]}
                assert kept(home) == sorted(wanted | {made.id} | ({replaced.id} if replaced else set()))
            published = release.published(home)
            assert (published and published.summary["n"]) == (states[at][1] if states else None)
            assert (release.pinned(home) is not None) is pinned
