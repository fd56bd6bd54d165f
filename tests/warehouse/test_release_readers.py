"""Readers and kills in other processes: a reader always meets a whole release, and never a lock."""

import random
import subprocess
import sys
import time

from warehouse import release
from warehouse.home import writer_lock

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
