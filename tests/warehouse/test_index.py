import os
import time

import pytest

from warehouse import index
from warehouse.archive import Archive

PAGE = b"<html><body><p>In 2021 the shelter housed 310 families.</p></body></html>"


@pytest.fixture
def filled(home, retrieved):
    archive = Archive(home)
    for number in range(3):
        archive.store("shelter", retrieved(PAGE + b"." * number), sample=False)
    archive.captures()
    archive.index.save()
    return home


def changed_later(path):
    """Let a change show in the file's times, whatever the system's clock tick is."""
    later = time.time_ns() + 10**9
    os.utime(path, ns=(later, later))


def test_what_has_not_changed_is_not_read_again(filled, monkeypatch):
    before = Archive(filled).captures()
    monkeypatch.setattr("warehouse.warc.read", None)  # nothing to read with
    assert Archive(filled).captures() == before
    assert len(before) == 3


@pytest.mark.parametrize("spoil", ["deleted", "emptied", "flipped", "another version", "no JSON", "a folder"])
def test_it_can_be_lost_or_damaged_and_nothing_is_told_otherwise(filled, spoil, monkeypatch):
    file, before = filled.facts / index.FILE, Archive(filled).captures()
    match spoil:
        case "deleted":
            file.unlink()
        case "emptied":
            file.write_bytes(b"")
        case "flipped":
            data = file.read_bytes().replace(b"200", b"404")
            file.write_bytes(data)
        case "another version":
            monkeypatch.setattr(index, "VERSION", "0")
        case "no JSON":
            file.write_bytes(b"{\n")
        case _:
            file.unlink()
            file.mkdir()
    assert Archive(filled).captures() == before


def test_a_file_that_changed_is_read_and_its_damage_told(filled):
    path = sorted(filled.archive.rglob("*.warc.gz"))[1]
    data = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    changed_later(path)
    archive = Archive(filled)
    assert len(archive.captures()) == 2
    assert path.name in archive.notes()[0]


def test_a_file_that_is_gone_is_forgotten(filled):
    first = min(filled.archive.rglob("*.warc.gz"))
    first.unlink()
    assert len(Archive(filled).captures()) == 2


def test_a_copy_of_the_home_tells_the_same(filled, tmp_path):
    filled.root.rename(tmp_path / "elsewhere")
    moved = type(filled).at(tmp_path / "elsewhere")
    assert len(Archive(moved).captures()) == 3
