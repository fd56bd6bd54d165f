"""Readers and kills in other processes: a reader always meets a whole release, and never a lock."""

import random
import shutil
import subprocess
import sys
import time

import pytest

from warehouse import release
from warehouse.home import Home, writer_lock

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


def test_a_reader_keeps_its_release_through_publishes_and_never_meets_a_lock(home, publish, rows_of):
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


def test_readers_that_open_during_publishes_always_meet_a_whole_release(home, publish, rows_of):
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


def test_a_kill_at_any_moment_leaves_a_whole_release_and_the_next_refresh_succeeds(home, publish, rows_of):
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


PUBLISH_AND_DIE = """
import os, sys
import duckdb
from warehouse import release
from warehouse.home import Home, writer_lock

def die_after(steps):
    def dying(call):
        def step(*given, **named):
            nonlocal steps
            steps -= 1
            if steps < 0:
                os._exit(9)
            return call(*given, **named)
        return step
    for name in ("fsync", "rename", "replace", "symlink", "unlink"):
        setattr(os, name, dying(getattr(os, name)))

def publish(home, steps):
    with writer_lock(home):
        candidate = release.new_candidate(home)
        with duckdb.connect(str(candidate.path)) as connection:
            connection.execute("CREATE TABLE figures AS SELECT range AS i FROM range(2)")
            connection.execute("CREATE VIEW total AS SELECT count(*) AS n FROM figures")
        die_after(steps)
        release.publish(home, candidate, summary={"rows": 2}, changed=sys.argv[1] == "changed")
    os._exit(0)

for steps, folder in enumerate(sys.argv[2:]):
    child = os.fork()
    if not child:
        publish(Home.at(folder), steps)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
"""Each publishes in one of the homes and dies before one more step than the last."""


@pytest.mark.parametrize("kind", ["changed", "copy"])
def test_a_release_counts_as_published_from_the_moment_the_link_names_it(home, publish, tmp_path, kind):
    publish(1)
    publish(1, changed=False)
    before = release.history(home)
    homes = [Home.at(tmp_path / str(steps)) for steps in range(40)]
    for copy in homes:
        shutil.copytree(home.root, copy.root, symlinks=True)
    run = [sys.executable, "-c", PUBLISH_AND_DIE, kind, *(str(copy.root) for copy in homes)]
    statuses = subprocess.run(run, check=True, capture_output=True, text=True).stdout.split()
    assert set(statuses) == {"9", "0"}
    seen = set()
    for copy in homes:
        linked = release.published(copy)
        seen.add((linked in before, len(list(copy.releases.glob("2*/")))))
        known = before if linked in before else [*before, linked]
        assert release.history(copy) == known
        assert release.damaged(copy) == []
        with writer_lock(copy):
            assert release.heal(copy) is None
            assert release.history(copy) == known
            release.discard(release.new_candidate(copy))
        kept = {one.id for one in release.releases(copy)}
        assert {path.name for path in copy.releases.iterdir()} <= {*kept, "removed.jsonl"}
        if kind == "changed" and linked not in before:
            assert release.rollback(copy).summary == {"rows": 1}
    # Killed with the folder named and the link not moved, and killed with both done: what the test is about.
    assert {(True, 3), (False, 3)} <= seen
