"""Folders made for people: replaced whole, and never somebody else's."""

from pathlib import Path

import pytest

from warehouse.folders import MADE, FolderTaken, FolderUnwritable, replaced


def made(folder: Path, text: str, what: str = "impact export") -> None:
    with replaced(folder, what) as building:
        (building / "in").mkdir()
        (building / "in" / "a.txt").write_text(text)


def test_a_second_takes_the_place_of_the_first_and_leaves_nothing_beside(tmp_path: Path) -> None:
    for text in ("one", "two"):
        made(tmp_path / "out", text)
        assert (tmp_path / "out/in/a.txt").read_text() == text
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out" / MADE).read_text() == "impact export\nin/a.txt\n"


def test_what_is_not_ours_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs/thesis.txt").write_text("years")
    (tmp_path / "file").write_text("")
    made(tmp_path / "site", "page", "impact report")
    made(tmp_path / "noted", "one")
    (tmp_path / "noted/in/notes.txt").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "site")
    for name, why in [
        ("theirs", "was not made by impact export"),
        ("file", "is no folder"),
        ("site", "was made by impact report"),
        ("noted", "in/notes.txt"),
        ("link", "is no folder"),
    ]:
        with pytest.raises(FolderTaken, match=why):
            made(tmp_path / name, "two")
    assert (tmp_path / "theirs/thesis.txt").read_text() == "years"
    assert (tmp_path / "noted/in/a.txt").read_text() == "one"


def test_what_a_program_that_shows_folders_leaves_is_in_nobody_s_way(tmp_path: Path) -> None:
    made(tmp_path / "out", "one")
    (tmp_path / "out/in/.DS_Store").write_text("")
    made(tmp_path / "out", "two")
    assert [path.name for path in (tmp_path / "out/in").iterdir()] == ["a.txt"]


def test_an_empty_folder_is_anybody_s(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    made(tmp_path / "out", "one")
    assert (tmp_path / "out/in/a.txt").exists()


def test_a_block_that_fails_leaves_the_old_folder(tmp_path: Path) -> None:
    made(tmp_path / "out", "one")
    with pytest.raises(KeyboardInterrupt), replaced(tmp_path / "out", "impact export") as building:
        (building / "half.txt").write_text("")
        raise KeyboardInterrupt
    assert (tmp_path / "out/in/a.txt").read_text() == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    made(tmp_path / "out", "one")
    for name in (".out.building-0123", ".out.replaced-0123"):
        (tmp_path / name).mkdir()
    made(tmp_path / "out", "two")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderUnwritable, match=r"cannot write .*; free space or name another folder"):
        made(tmp_path / "file" / "out", "one")
