"""Bulk jobs on all cores and on a Dask cluster, here and over an object store: each killed, and equal to the loop."""

import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.bulk.running import IMPACT, ROOT, cluster, environment, impact, object_store, python, with_extra
from tests.bulk.shelf import PAGES, cards, expected, job, parts, read_rows, records, shelve, written
from tests.warehouse.warc_builder import packed
from warehouse.bulk.partitions import PARTITIONED

pytestmark = pytest.mark.long

COPY = """
import sys, fsspec
system = fsspec.filesystem("s3", skip_instance_cache=True)
kind, folder, place = sys.argv[1:]
if kind == "up":
    system.mkdir(place.partition("/")[0])
    system.put(folder, place, recursive=True)
else:
    system.get(place, folder, recursive=True)
"""
COUNTS = """
import os, urllib.request
print(urllib.request.urlopen(os.environ["AWS_ENDPOINT_URL"] + "/--counts").read().decode())
"""
MANY = range(120)
LINES = 60
"""Of a page, so that a job takes long enough to be killed."""


def long_shelf(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for first in range(0, 120, 20):
        numbers = range(first, first + 20)
        (folder / f"{first:03d}.warc.gz").write_bytes(packed(records(numbers, paragraphs=LINES)))
    return folder


def all_rows(out: Path) -> dict[str, list[tuple[object, ...]]]:
    return {table: written(out, table) for table in PARTITIONED}


def test_a_killed_command_loses_and_doubles_nothing(tmp_path: Path):
    shelf, card = long_shelf(tmp_path / "shelf"), cards(tmp_path / "cards")
    arguments = ["extract", "--warc", f"{shelf}/*", "--out", str(tmp_path / "out"), "--cards", str(card)]
    child = subprocess.Popen([*IMPACT, *arguments], env=environment(), cwd=ROOT, stderr=subprocess.DEVNULL)
    while not list((tmp_path / "out").glob("records/part-*")):
        time.sleep(0.05)
        assert child.poll() is None
    child.send_signal(signal.SIGKILL)
    child.wait()
    before = parts(tmp_path / "out")
    status, said = impact(*arguments)
    assert status == 0, said
    assert "slices were read before" in said
    kept = {name for name in before if name.startswith("records/part-")}
    after = parts(tmp_path / "out")
    assert kept and all(before[name] == after[name] for name in kept)
    assert not [name for name in after if "/.tmp-" in name]
    assert read_rows(tmp_path / "out") == expected(MANY, card / "coast.yaml", paragraphs=LINES)


@with_extra
def test_dask_gives_the_rows_of_the_loop_though_a_worker_is_killed(tmp_path: Path):
    shelf, card = long_shelf(tmp_path / "shelf"), cards(tmp_path / "cards")
    job(shelf / "*", tmp_path / "loop")
    with cluster() as (engine, workers):
        arguments = ["--warc", f"{shelf}/*", "--out", str(tmp_path / "out"), "--cards", str(card), "--engine", engine]
        command = [*IMPACT, "extract", *arguments]
        child = subprocess.Popen(command, env=environment(), cwd=ROOT, stderr=subprocess.PIPE, text=True)
        while not list((tmp_path / "out").glob("records/part-*")):
            time.sleep(0.05)
            assert child.poll() is None
        workers[0].send_signal(signal.SIGKILL)
        _, said = child.communicate(timeout=400)
    assert child.returncode == 0, said
    assert all_rows(tmp_path / "out") == all_rows(tmp_path / "loop")
    assert read_rows(tmp_path / "out") == expected(MANY, card / "coast.yaml", paragraphs=LINES)


@with_extra
@pytest.mark.parametrize("engine", ["local", "dask"])
def test_an_object_store_that_fails_one_request_in_a_hundred(tmp_path: Path, engine: str):
    shelf, card = shelve(tmp_path / "shelf"), cards(tmp_path / "cards")
    with object_store(100) as store:
        python(COPY, "up", f"{shelf}/", "library/in/", more=store)
        arguments = ["extract", "--warc", "s3://library/in/*", "--out", "s3://library/out", "--cards", str(card)]
        if engine == "local":
            status, said = impact(*arguments, more=store)
        else:
            with cluster(more=store) as (name, _):
                status, said = impact(*arguments, "--engine", name, more=store)
        again, also = impact(*arguments, more=store)
        python(COPY, "down", f"{tmp_path}/out/", "library/out/", more=store)
        asked, failed = map(int, python(COUNTS, more=store).split())
    assert (status, again) == (0, 0), said + also
    assert "24 pages of" in said and "0 pages of" in also
    assert failed > 0 and asked > 100
    for table in ("facts", "numerals", "passages"):
        assert read_rows(tmp_path / "out", table) == expected(PAGES, card / "coast.yaml", table)
