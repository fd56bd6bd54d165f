"""Who reads while others publish."""

import multiprocessing
import random
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import duckdb

from tests.promises.conftest import Promise
from warehouse import release
from warehouse.home import Home, writer_lock

READERS, OPENS, PUBLISHES = 3, 20_000, 200
PATIENCE = 600

spawned = multiprocessing.get_context("spawn")


def read(path: str, opened: "Synchronized[int]", target: int, problems: "multiprocessing.Queue[str]") -> None:
    """Open the published file again and again; each time all of its tables must be of one release."""
    for _ in range(target):
        try:
            with duckdb.connect(path, read_only=True) as con:
                told, counted, added = con.execute(
                    "SELECT (FROM told), (SELECT count(*) FROM figures), (SELECT sum(i) FROM doubled)"
                ).fetchone()
            if (counted, added) != (told, told * (told - 1)):
                problems.put(f"half a table: {told} rows told, {counted} counted, {added} added")
        except duckdb.Error as error:
            problems.put(f"{type(error).__name__}: {error}")
        with opened.get_lock():
            opened.value += 1


def publish(home: Home, rows: int, *, changed: bool) -> None:
    with writer_lock(home):
        candidate = release.new_candidate(home)
        with duckdb.connect(str(candidate.path)) as con:
            con.execute(f"CREATE TABLE told AS SELECT {rows} AS n")
            con.execute(f"CREATE TABLE figures AS SELECT range AS i FROM range({rows})")
            con.execute(f"CREATE TABLE doubled AS SELECT 2 * range AS i FROM range({rows})")
        release.publish(home, candidate, summary={}, changed=changed)


def test_readers_during_publishes(promise: Promise, tmp_path: Path):
    """Who opens the published file while releases are published meets one whole release, and never a lock."""
    chance = random.Random(promise.seed)
    home = Home.at(tmp_path)
    home.create()
    publish(home, 1000, changed=True)
    opened, problems = spawned.Value("i", 0), spawned.Queue()
    each = -(-OPENS // READERS)
    readers = [
        spawned.Process(target=read, args=(str(home.published), opened, each, problems), daemon=True)
        for _ in range(READERS)
    ]
    for reader in readers:
        reader.start()
    published = 0
    while any(reader.is_alive() for reader in readers):
        if opened.value >= published * OPENS / PUBLISHES:  # spread over all that is opened
            publish(home, chance.randint(1, 5000), changed=chance.random() < 0.8)
            published += 1
    for reader in readers:
        reader.join(PATIENCE)
    found = [problems.get() for _ in range(problems.qsize())]
    promise.figure = (
        f"{opened.value:,} opens from {READERS} processes over {published} publishes, "
        f"{len(found)} of them wrong{': ' + found[0] if found else ''}"
    )
    assert not found
    assert opened.value >= OPENS and published >= PUBLISHES
