import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse import home as h
from warehouse.home import Home, HomeBusy, HomeUnwritable, writer_lock

HOLD = """
import sys, time
from warehouse.home import Home, writer_lock
with writer_lock(Home.at(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(home):
    """Another process that holds the lock of `home`."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(home.root)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_the_environment_names_the_home(tmp_path, monkeypatch):
    monkeypatch.setenv("IMPACT_HOME", str(tmp_path / "here"))
    assert Home.from_environment().root == tmp_path / "here"


@pytest.mark.parametrize("value", [None, ""])
def test_without_the_variable_the_home_is_data(tmp_path, monkeypatch, value):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("IMPACT_HOME", raising=False)
    if value is not None:
        monkeypatch.setenv("IMPACT_HOME", value)
    assert Home.from_environment().root == tmp_path / "data"


def test_the_home_stays_where_it_is_when_the_working_directory_changes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    home = Home.at("here")
    monkeypatch.chdir("/")
    assert home.root == tmp_path / "here"


def test_create_makes_every_folder_and_can_be_repeated(tmp_path):
    home = Home.at(tmp_path / "a" / "b")
    home.create()
    home.create()
    for folder in (home.archive, home.facts, home.releases, home.dagster):
        assert folder.is_dir()
        assert list(folder.iterdir()) == []


def one_line(error: Exception) -> bool:
    return bool(str(error)) and "\n" not in str(error)


def test_a_file_in_place_of_the_home_is_one_clear_line(tmp_path):
    (tmp_path / "data").write_text("mine")
    with pytest.raises(HomeUnwritable, match="is not a folder") as caught:
        Home.at(tmp_path / "data").create()
    assert one_line(caught.value)
    assert caught.value.exit_status == 2
    assert (tmp_path / "data").read_text() == "mine"


def test_a_file_in_place_of_a_folder_within_is_one_clear_line(tmp_path):
    (tmp_path / "releases").write_text("mine")
    with pytest.raises(HomeUnwritable, match="releases"):
        Home.at(tmp_path).create()


def test_a_home_below_a_file_is_one_clear_line(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(HomeUnwritable, match="not a directory") as caught:
        Home.at(tmp_path / "file" / "data").create()
    assert one_line(caught.value)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a file system that refuses writes, as /proc does")
def test_a_file_system_that_refuses_writes_is_one_clear_line():
    with pytest.raises(HomeUnwritable, match="IMPACT_HOME") as caught:
        Home.at("/proc/impact").create()
    assert one_line(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="permission bits do not bind root")
def test_a_folder_without_write_permission_is_one_clear_line(tmp_path):
    tmp_path.chmod(0o555)
    with pytest.raises(HomeUnwritable, match="permission denied"):
        Home.at(tmp_path).create()


def test_a_second_writer_in_this_process_is_turned_away(home):
    with writer_lock(home), pytest.raises(HomeBusy, match=f"process {os.getpid()}"), writer_lock(home):
        pass


def test_a_second_writer_in_another_process_is_told_who_holds_the_lock(home, holder):
    with pytest.raises(HomeBusy, match=f"process {holder.pid}") as caught, writer_lock(home):
        pass
    assert one_line(caught.value)
    assert caught.value.exit_status == 1


def test_the_lock_of_a_killed_process_is_free(home, holder):
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with writer_lock(home):
        pass


def test_the_lock_is_free_after_the_block_however_it_ends(home):
    with pytest.raises(KeyError), writer_lock(home):
        raise KeyError
    with writer_lock(home):
        pass


def test_a_garbled_note_of_the_holder_does_not_hide_that_the_lock_is_held(home, holder):
    h._holder_file(home).write_text("[]")
    with pytest.raises(HomeBusy, match="another refresh is writing"), writer_lock(home):
        pass


def test_a_lock_that_cannot_be_made_is_one_clear_line(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(HomeUnwritable) as caught, writer_lock(Home.at(tmp_path / "file" / "data")):
        pass
    assert one_line(caught.value)
