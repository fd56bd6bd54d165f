"""A bulk job over web-archive collections: what it reads, what it leaves and why, and that it can be ended anywhere."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from extractors.errors import InputError
from tests.bulk.shelf import (
    PAGES,
    URL,
    cards,
    counted,
    date,
    expected,
    job,
    others,
    page,
    parts,
    read_rows,
    records,
    shelve,
    written,
)
from tests.warehouse.warc_builder import packed, response, wacz
from warehouse.bulk import finding, slices
from warehouse.bulk.cards import followed, settle
from warehouse.bulk.engines import engine_of, local
from warehouse.bulk.finding import find
from warehouse.bulk.reading import read
from warehouse.bulk.stores import store_at
from warehouse.bulk.tasks import Done, File, Limits, Task

HUGE = b"<html><body>" + b"<p>Our crews went out to sea again.</p>" * 60_000
"""A page of 2 MB whose tree takes some hundred."""


def run_here(file: Path, out: Path) -> list[Done]:
    """Every task of a file, done in this process."""
    store = store_at(str(out))
    text = (cards(out.with_name("cards")) / "coast.yaml").read_bytes()
    job_id = settle(store, str(out), {"coast-rescue": text})
    waiting, found = [Task(str(out), job_id, File(str(file), file.stat().st_size))], []
    while waiting:
        task = waiting.pop(0)
        by = followed(task.out, task.job)
        do = read(task, store, by, {}, lambda _: None) if task.places else find(task, store, lambda: None)
        waiting += do.more
        found.append(do)
    return found


def test_every_form_gives_the_rows_of_the_one_page_reader(tmp_path: Path):
    tally = job(shelve(tmp_path / "shelf") / "*", tmp_path / "out")
    for table in ("facts", "numerals", "passages"):
        assert read_rows(tmp_path / "out", table) == expected(PAGES, tmp_path / "cards" / "coast.yaml", table)
    assert (tally.files, tally.pages, tally.failures, tally.troubles) == (4, 24, 0, [])
    assert counted(tmp_path / "out") == dict(tally.records) == {
        "a page, read": 24, "no page (a picture, a text)": 24, "no capture (requests, metadata and the like)": 29,
    }  # fmt: skip
    again = job(tmp_path / "shelf" / "*", tmp_path / "out")
    assert (again.pages, again.known) == (0, 5)


def test_a_page_that_no_card_follows_is_read_without_metrics(tmp_path: Path):
    body = page(3)
    alone = response(body, url="https://other.example/a", date=date(3))
    (tmp_path / "a.warc").write_bytes(b"".join([alone, response(body, url=URL, date=date(3))]))
    job(tmp_path / "a.warc", tmp_path / "out")
    told = written(tmp_path / "out", "facts", "source, metric, url, surface")
    assert told == [
        ("coast-rescue", "rescues", URL, "103"), ("coast-rescue", "volunteers", URL, "40"),
        (None, None, "https://other.example/a", "103"), (None, None, "https://other.example/a", "40"),
    ]  # fmt: skip
    assert written(tmp_path / "out", "captures", "source") == [("coast-rescue",), (None,)]


def test_a_capture_says_where_its_record_stands(tmp_path: Path):
    (tmp_path / "a.warc.gz").write_bytes(packed(records(range(2))))
    job(tmp_path / "a.warc.gz", tmp_path / "out")
    columns = "warc_file, warc_offset, warc_nth, url, epoch(captured_at)::BIGINT, sha256, refused, statistics, reading"
    rows = written(tmp_path / "out", "captures", columns)
    assert [row[:1] + row[2:4] for row in rows] == [(str(tmp_path / "a.warc.gz"), 0, URL)] * 2
    with (tmp_path / "a.warc.gz").open("rb") as file:
        for row in rows:
            file.seek(row[1])
            assert file.read(3) == b"\x1f\x8b\x08"
    of_facts = {(reading, sha) for reading, sha in written(tmp_path / "out", "facts", "reading, capture_sha256")}
    assert of_facts == {(row[8], row[5]) for row in rows}


@pytest.mark.parametrize("form", ["a.warc", "b.warc.gz", "d.warc.gz"])
def test_stretches_and_slices_leave_nothing_out(tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch):
    shelf = shelve(tmp_path / "shelf")
    for name, bound in (("STRETCH", 1000), ("LEAST_SLICE", 600), ("MOST_SLICE", 600)):
        monkeypatch.setattr(finding, name, bound)
    done = run_here(shelf / form, tmp_path / "out")
    assert len({one.part for one in done}) == len(done) > 2
    numbers = {"a": range(6), "b": range(6, 12), "d": range(18, 24)}[form[0]]
    assert read_rows(tmp_path / "out") == expected(numbers, tmp_path / "cards" / "coast.yaml")
    assert sum(counted(tmp_path / "out").values()) == 19


def test_what_is_no_page_is_counted(tmp_path: Path):
    (tmp_path / "a.warc").write_bytes(b"".join(others()))
    run_here(tmp_path / "a.warc", tmp_path / "out")
    assert counted(tmp_path / "out") == {
        "an answer with another status than 200": 1,
        "a redirect": 1,
        "no page (a picture, a text)": 1,
        "a repetition of an earlier response": 1,
        "a resource, no response": 1,
        "no capture (requests, metadata and the like)": 1,
    }
    assert written(tmp_path / "out", "failures") == []


def test_a_bad_record_costs_itself(tmp_path: Path):
    good = records(range(2))
    damaged = bytearray(packed([response(page(7), url=URL)]))
    damaged[len(damaged) // 2] ^= 0xFF
    wrong = response(page(8), url=URL, fields={"WARC-Payload-Digest": "sha1:" + "A" * 32})
    blocked = response(b"<html><title>Access denied</title><p>Access denied.</p></html>", url=URL)
    body = packed(good[:4]) + bytes(damaged) + packed([wrong, blocked, response(page(9), url=URL, date="never")])
    (tmp_path / "a.warc.gz").write_bytes(body + packed(good[4:]) + packed([response(page(10), url=URL)])[:-9])
    (tmp_path / "b.warc.gz").write_bytes(b"no archive at all")
    (tmp_path / "c.wacz").write_bytes(wacz({"x.warc": b"".join(good)})[:-30])
    (tmp_path / "d.warc").write_bytes(b"")
    for name in ("a.warc.gz", "b.warc.gz", "c.wacz", "d.warc"):
        run_here(tmp_path / name, tmp_path / "out")
    assert read_rows(tmp_path / "out") == expected(range(2), tmp_path / "cards" / "coast.yaml")
    failures = [
        (Path(file).name, offset > 0, url, reason.partition(" (")[0])
        for file, offset, url, reason in written(tmp_path / "out", "failures", "warc_file, warc_offset, url, reason")
    ]
    assert sorted(failures, key=repr) == sorted([
        ("a.warc.gz", True, None, "it is damaged"),
        ("a.warc.gz", True, URL, "damaged or cut short: it holds other bytes than its digest states"),
        ("a.warc.gz", True, URL, "it is an error or block page, titled 'Access denied'"),
        ("a.warc.gz", True, URL, "in a form that is not read: its date is 'never'"),
        ("a.warc.gz", True, URL, "it is cut short"),
        ("b.warc.gz", False, None, "no record begins where one should"),
        ("c.wacz", False, None, "it is a damaged or encrypted ZIP file"),
        ("d.warc", False, None, "it holds no WARC record"),
    ], key=repr)  # fmt: skip
    refused = {reason for (reason,) in written(tmp_path / "out", "captures", "refused") if reason}
    assert refused == {"it is an error or block page, titled 'Access denied'"}


@pytest.mark.long
@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(seconds=1.5), "it took longer than 1.5 s"),
        (Limits(megabytes=200), "it took more than 200 MB of memory"),
    ],
)
def test_a_record_that_takes_too_much_is_cut_off(tmp_path: Path, limits: Limits, reason: str):
    pages = records(range(3))
    pages.insert(4, response(HUGE, url=URL))
    (tmp_path / "a.warc.gz").write_bytes(packed(pages))
    tally = job(tmp_path / "a.warc.gz", tmp_path / "out", limits=limits)
    assert read_rows(tmp_path / "out") == expected(range(3), tmp_path / "cards" / "coast.yaml")
    [(url, told)] = written(tmp_path / "out", "failures", "url, reason")
    assert told.startswith(reason)
    assert (url, tally.failures, tally.pages) == (URL, 1, 3)


@pytest.mark.long
def test_killed_readers_lose_and_double_nothing(tmp_path: Path):
    killed: list[int] = []

    def kill(_: Any) -> None:
        for child in list(slices._busy)[:1] if len(killed) < 2 else ():
            killed.append(child._process.pid)
            os.kill(child._process.pid, signal.SIGKILL)

    tally = job(
        shelve(tmp_path / "shelf") / "*", tmp_path / "out", lambda *given: local(*given, processes=2), told=kill
    )
    assert killed
    assert (tally.pages, tally.failures) == (24, 0)
    assert read_rows(tmp_path / "out") == expected(PAGES, tmp_path / "cards" / "coast.yaml")


def test_a_job_that_was_ended_goes_on_where_it_was(tmp_path: Path):
    shelf = shelve(tmp_path / "shelf")

    def end(tally: Any) -> None:
        if tally.slices == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        job(shelf / "*", tmp_path / "out", told=end)
    (tmp_path / "out" / "facts" / ".tmp-1234").write_bytes(b"half")
    before = parts(tmp_path / "out")
    again = job(shelf / "*", tmp_path / "out")
    after = parts(tmp_path / "out")
    assert (again.known, again.slices) == (2, 3)
    assert {name: at for name, at in after.items() if name in before} == {
        name: at for name, at in before.items() if not name.endswith((".tmp-1234", ".lock"))
    } | {name: at for name, at in after.items() if name == ".lock"}
    assert read_rows(tmp_path / "out") == expected(PAGES, tmp_path / "cards" / "coast.yaml")


def test_what_cannot_be_used_is_told_before_anything_is_read(tmp_path: Path):
    shelf = shelve(tmp_path / "shelf")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter").write_text("dear")
    (tmp_path / "file").write_text("")
    text = (cards(tmp_path / "cards") / "coast.yaml").read_bytes()
    for pattern, out, said in [
        (tmp_path / "none*", tmp_path / "out", "no file is at"),
        (shelf / "*", tmp_path / "mine", "holds no results of"),
        (shelf / "*", tmp_path / "file", "cannot write"),
    ]:
        with pytest.raises(InputError, match=said):
            job(pattern, out)
    store = store_at(str(tmp_path / "out"))
    settle(store, "out", {"coast-rescue": text + b"\n"})
    with pytest.raises(InputError, match="holds what was read by other cards"):
        settle(store, "out", {"coast-rescue": text})
    with pytest.raises(InputError, match="unknown; there are local and dask"):
        engine_of("spark://x")


def test_a_file_that_has_changed_is_not_mixed_with_what_it_was(tmp_path: Path):
    (tmp_path / "a.warc").write_bytes(b"".join(records(range(2))))
    job(tmp_path / "a.warc", tmp_path / "out")
    (tmp_path / "a.warc").write_bytes(b"".join(records(range(3))))
    tally = job(tmp_path / "a.warc", tmp_path / "out")
    assert "has changed since it was read" in tally.troubles[0]
    assert read_rows(tmp_path / "out") == expected(range(2), tmp_path / "cards" / "coast.yaml")
