import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from warehouse import home as h
from warehouse.home import Home, HomeBusy, HomeUnreadable, HomeUnwritable, writer_lock

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


# --- names that no data folder can have


def loop(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    return tmp_path / "loop" / "data"


UNUSABLE = [
    (lambda _: "~nosuchuser/x", "no such user"),
    (lambda _: "~\udcff", "not UTF-8"),
    (lambda folder: os.fsdecode(bytes(folder) + b"/\xff\xfe"), "not UTF-8"),
    (loop, "leads to itself|symbolic links"),
    (lambda folder: folder / ("x" * 300), "too long"),
    (lambda folder: folder / "/".join(["ä" * 100] * 3), "longer than 440 bytes"),
    (lambda folder: folder / "/".join(["x" * 200] * 30), "longer than 440 bytes|too long"),
    (lambda folder: f"{folder}/\0", "null"),
]


@pytest.mark.parametrize(("name", "reason"), UNUSABLE)
def test_a_name_that_cannot_be_used_is_one_clear_line(tmp_path, name, reason):
    with pytest.raises(HomeUnreadable, match=reason) as caught:
        Home.at(name(tmp_path))
    assert one_line(caught.value)
    assert len(str(caught.value)) < 400
    assert caught.value.exit_status == 2


@pytest.mark.parametrize("name", ["~", "$HOME", "%41", "a?b", "nul", "ä" * 100])
def test_any_other_name_can_be_used(tmp_path, name):
    home = Home.at(tmp_path / name)
    home.create()
    assert home.root == tmp_path / name


AS_NOBODY = """
import os, sys
from warehouse.archive import Archive
from warehouse.home import Home
from extractors.errors import InputError
if os.geteuid() == 0:
    os.setuid(65534)
try:
    Archive(Home.at(sys.argv[1])).captures()
except InputError as error:
    print(error)
"""


@pytest.mark.parametrize("locked", [".", "archive", "facts", "releases", "archive/some-source"])
def test_a_folder_that_may_not_be_read_is_one_clear_line(locked):
    with tempfile.TemporaryDirectory() as name:  # not pytest's, which nobody else may enter
        folder = Path(name)
        folder.chmod(0o755)
        home = Home.at(folder / "home")
        home.create()
        (home.archive / "some-source").mkdir()
        (home.root / locked).chmod(0)
        run = [sys.executable, "-c", AS_NOBODY, str(home.root)]
        said = subprocess.run(run, capture_output=True, text=True, check=True).stdout
        (home.root / locked).chmod(0o755)
    assert (
        said == f"cannot read {home.root / locked}: permission denied; point IMPACT_HOME at a folder that can be read\n"
    )
