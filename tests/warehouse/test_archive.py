"""The archive: what is kept comes back, as it came; decisions and cards beside it."""

import datetime as dt
import gzip
import stat

import pytest
from warcio.checker import Checker

from extractors.errors import InputError
from tests.warehouse.shelter import FIRST, SECOND, records
from warehouse.archive import Archive, UnknownCapture, WrongKind
from warehouse.fetch import Limits, fetch


def test_a_capture_comes_back_as_it_was_stored(home, archive, store):
    headers = {
        "Content-Type": 'Text/HTML; Charset="UTF-8"',
        "ETag": '"1"',
        "Last-Modified": "Wed, 01 Mar 2023 08:00:00 GMT",
    }
    stored = store(FIRST, headers=headers, url="https://a.example/", final_url="https://b.example/x")
    (capture,) = Archive(home).captures()
    assert capture == stored
    assert archive.payload(capture) == FIRST
    assert (capture.url, capture.final_url) == ("https://a.example/", "https://b.example/x")
    assert (capture.content_type, capture.charset) == ("text/html", "utf-8")
    assert (capture.etag, capture.last_modified) == ('"1"', "Wed, 01 Mar 2023 08:00:00 GMT")
    assert (capture.status, capture.size, capture.truncated, capture.sample) == (200, len(FIRST), False, False)
    assert capture.captured_at == dt.datetime(2023, 3, 1, 9, 0, tzinfo=dt.UTC)


def test_a_capture_without_a_content_type_has_none(store):
    capture = store(FIRST, headers={"Content-Type": ""})
    assert (capture.content_type, capture.charset) == (None, None)


def test_the_file_is_a_valid_warc_that_says_what_it_holds(home, store):
    capture = store(FIRST)
    (info, *_), (kind, headers, http) = records(home, capture)
    assert (info, kind) == ("warcinfo", "response")
    assert headers.get_header("WARC-Target-URI") == "https://shelter.example/impact"
    assert headers.get_header("WARC-Payload-Digest") == f"sha256:{capture.sha256}"
    assert http.get_header("Content-Length") == str(len(FIRST))
    assert b"impact-captures: live" in gzip.decompress((home.root / capture.warc_file).read_bytes())


def test_warcio_finds_no_fault_in_the_files(home, store, archive, capsys):
    first = store(FIRST, headers={"ETag": '"1"'})
    store(FIRST)
    store(status=304)
    archive.accept(first, "redesigned")
    files = [str(path) for path in home.archive.rglob("*.warc.gz")]

    class Arguments:
        inputs, verbose = files, True

    checker = Checker(Arguments())
    checker.process_all()
    assert checker.exit_value == 0, capsys.readouterr().out


def test_files_are_read_only_and_nothing_else_is_left(home, store):
    capture = store(FIRST)
    (path,) = (home.archive / "shelter").iterdir()
    assert path == home.root / capture.warc_file
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert path.name == f"20230301T090000000000Z-{capture.sha256[:12]}.warc.gz"


def test_headers_about_the_encoding_on_the_wire_are_kept_under_another_name(home, store):
    capture = store(FIRST, headers={"Content-Encoding": "gzip", "Content-Length": "17", "Transfer-Encoding": "chunked"})
    http = records(home, capture)[1][2]
    assert http.get_header("Content-Encoding") is None
    assert http.get_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert http.get_header("X-Archive-Orig-Transfer-Encoding") == "chunked"
    assert http.get_header("X-Archive-Orig-Content-Length") == "17"
    assert http.get_header("Content-Length") == str(len(FIRST))


def test_an_empty_body_and_an_error_are_archived_too(archive, store):
    assert archive.payload(store(b"")) == b""
    assert store(b"<h1>Gone</h1>", status=404).status == 404


def test_a_home_takes_samples_or_live_captures_never_both(home, archive, retrieved):
    archive.check_kind(sample=True)
    archive.store("shelter", retrieved(FIRST), sample=True)
    assert archive.captures()[0].sample
    archive.check_kind(sample=True)
    with pytest.raises(WrongKind, match="sample captures and cannot take live"):
        archive.check_kind(sample=False)
    with pytest.raises(WrongKind):
        archive.store("kitchen", retrieved(SECOND), sample=False)
    assert len(Archive(home).captures()) == 1


def test_storing_a_retrieval_twice_keeps_it_once(archive, retrieved):
    retrieval = retrieved(FIRST)
    assert archive.store("s", retrieval, sample=False) == archive.store("s", retrieval, sample=False)
    assert len(archive.captures()) == 1


@pytest.mark.parametrize("name", ["", "..", "../up", "a/b", ".hidden", "Über", "x" * 65])
def test_a_source_name_cannot_lead_out_of_the_archive(archive, retrieved, name):
    with pytest.raises(InputError, match="cannot name a source"):
        archive.store(name, retrieved(FIRST), sample=False)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Name": "Zoë – ok".encode().decode("latin-1")},
        {"X-Empty": ""},
        {"Content-Type": "text/html; charset="},
        {"Content-Type": ";;;"},
        {"Content-Length": "many"},
        {"X-Long": "y" * 70_000},
    ],
)
def test_odd_headers_do_not_hinder(home, archive, store, headers):
    capture = store(FIRST, headers=headers, url="https://shelter.example/größe?q=%22")
    assert Archive(home).captures() == [capture]
    assert archive.payload(capture) == FIRST


ANY = bytes(byte for byte in range(0x21, 0x100))


@pytest.mark.parametrize("value", ["Zoë".encode("latin-1"), "Zoë – 日本".encode(), ANY, b"\xa0\x85x\x85\xa0"])
def test_what_is_no_ascii_is_archived_as_received_and_read_back(web, home, archive, value):
    head = (
        b"HTTP/1.1 404 Non trouv\xe9 \xe2\x80\x94 " + value + b"\r\nETag: " + value + b"\r\nContent-Length: 2\r\n\r\n"
    )
    web.answer("/", raw=lambda connection: connection.sendall(head + b"no"))
    stored = archive.store("shelter", fetch(web.url(), limits=Limits(retries=0)), sample=False)
    assert head.removesuffix(b"\r\n\r\n") in gzip.decompress((home.root / stored.warc_file).read_bytes())
    (capture,) = Archive(home).captures()
    assert (capture.status, (capture.etag or "").encode("latin-1")) == (404, value)
    assert archive.payload(capture) == b"no"


@pytest.mark.parametrize("etag", ['"é"'.encode("latin-1"), '"é€日"'.encode()])
def test_a_validator_in_any_bytes_is_sent_back_as_it_came(web, archive, etag):
    head = b"HTTP/1.1 200 OK\r\nETag: " + etag + b"\r\nContent-Length: %d\r\n\r\n" % len(FIRST)
    web.answer("/", raw=lambda connection: connection.sendall(head + FIRST)).answer("/", status=304)
    archive.store("shelter", fetch(web.url(), limits=Limits(retries=0)), sample=False)
    known = archive.last_validators("shelter", web.url())
    assert fetch(web.url(), etag=known.etag, limits=Limits(retries=0)).status == 304
    assert web.asked[1].headers["if-none-match"].encode("latin-1") == etag


@pytest.mark.parametrize(
    ("stated", "content_type", "charset"),
    [
        ('Text/HTML; Charset="UTF-8"', "text/html", "utf-8"),
        ("text/html;charset=\x00", "text/html", None),
        ("text/html; charset*=\x00''utf-8", "text/html", None),
        ("text/html; charset=\xff\xfe; x=y", "text/html", None),
        ("text/html; a=b; charset = koi8-r ; charset=utf-8", "text/html", "koi8-r"),
        ("html", None, None),
        ("; charset=utf-8", None, "utf-8"),
    ],
)
def test_a_content_type_of_any_kind_is_read(store, stated, content_type, charset):
    capture = store(FIRST, headers={"Content-Type": stated})
    assert (capture.content_type, capture.charset) == (content_type, charset)


def test_a_capture_is_found_by_hash_beginning_of_hash_or_id(archive, store):
    first = store(FIRST)
    store(SECOND)
    for name in (first.sha256, first.sha256[:6], first.sha256[:12].upper(), first.capture_id):
        assert archive.find(name) == first


def test_a_hash_that_fits_none_or_several_captures_is_refused(archive, store):
    with pytest.raises(UnknownCapture, match="there are none yet"):
        archive.find("abcdef")
    first = store(FIRST)
    store(FIRST, status=500)
    with pytest.raises(UnknownCapture, match="fits 2 captures"):
        archive.find(first.sha256)
    with pytest.raises(UnknownCapture, match="no capture"):
        archive.find(first.sha256[:3])
    assert archive.find(first.capture_id) == first


def test_a_decision_is_kept_as_a_record_that_refers_to_the_capture(home, archive, store):
    capture = store(FIRST)
    made = archive.accept(capture, "the page was\nredesigned: fewer tiles")
    assert made.reason == "the page was redesigned: fewer tiles"
    assert Archive(home).acceptances() == [made]
    assert made.record_id == capture.record_id
    assert Archive(home).captures() == [capture]


def test_accepting_twice_or_through_a_revisit_records_one_decision(archive, store):
    first, again = store(FIRST), store(FIRST)
    made = archive.accept(first, "redesigned")
    assert archive.accept(again, "another word for it") == made
    assert archive.acceptances() == [made]


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_decision_needs_a_reason(archive, store, reason):
    with pytest.raises(InputError, match="--reason"):
        archive.accept(store(FIRST), reason)
    assert archive.acceptances() == []


def test_a_card_of_the_users_own_comes_back_as_last_saved(home, archive):
    assert archive.card("shelter") is None
    archive.save_card("shelter", b"source: shelter\n")
    archive.save_card("shelter", b"source: shelter\nurl: x\n")
    assert Archive(home).card("shelter") == b"source: shelter\nurl: x\n"
    assert Archive(home).captures() == []
