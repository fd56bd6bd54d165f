import stat
import subprocess
import sys

import pytest

from warehouse import durable
from warehouse.home import HomeUnwritable

WRITE_TO_A_FULL_DISK = """
import resource, sys
from pathlib import Path
from warehouse import durable
from warehouse.home import HomeUnwritable
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    getattr(durable, sys.argv[1])(Path(sys.argv[2]), eval(sys.argv[3]))
except HomeUnwritable as error:
    print(error)
"""


def test_a_file_is_written_whole_with_its_mode(tmp_path):
    path = tmp_path / "a"
    durable.write_file(path, b"one", mode=0o444)
    assert path.read_bytes() == b"one"
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    durable.write_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_that_the_disk_refuses_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    run = [sys.executable, "-c", WRITE_TO_A_FULL_DISK, "write_file", str(path), "bytes(20_000)"]
    said = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    assert said.startswith(f"cannot write {path}: file too large")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_append_that_the_disk_refuses_does_not_spoil_the_log(tmp_path):
    path = tmp_path / "log"
    durable.append_line(path, "one")
    run = [sys.executable, "-c", WRITE_TO_A_FULL_DISK, "append_line", str(path), "'x' * 20_000"]
    assert "cannot write" in subprocess.run(run, capture_output=True, text=True, check=True).stdout
    durable.append_line(path, "two")
    lines = path.read_text().splitlines()
    assert (lines[0], lines[-1]) == ("one", "two")


def test_a_missing_folder_is_one_clear_line(tmp_path):
    with pytest.raises(HomeUnwritable, match="no such file or directory") as caught:
        durable.write_file(tmp_path / "none" / "a", b"x")
    assert "\n" not in str(caught.value)


def test_only_leftovers_are_removed(tmp_path):
    kept, leftover = tmp_path / "a", tmp_path / ".tmp-1234-a"
    kept.touch()
    leftover.touch()
    durable.remove_leftovers(tmp_path)
    assert list(tmp_path.iterdir()) == [kept]
