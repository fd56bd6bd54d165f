import datetime as dt
import gzip
import json
import stat
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from extractors.errors import InputError
from warehouse.archive import Archive, UnexpectedAnswer, UnknownCapture, Validators, WrongKind
from warehouse.fetch import Limits, fetch
from warehouse.warc import CorruptWarc

START = dt.datetime(2023, 3, 1, 9, 0, tzinfo=dt.UTC)
FIRST = b"<html><body><p>In 2021 the shelter housed 310 families.</p></body></html>"
SECOND = b"<html><body><p>In 2022 the shelter housed 355 families.</p></body></html>"


@pytest.fixture
def archive(home):
    return Archive(home)


@pytest.fixture
def store(archive, retrieved):
    def keep(body=b"", **answer):
        return archive.store("shelter", retrieved(body, **answer), sample=False)

    return keep


def records(home, capture):
    with (home.root / capture.warc_file).open("rb") as file:
        return [(record.rec_type, record.rec_headers, record.http_headers) for record in ArchiveIterator(file)]


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


def test_the_same_bytes_again_are_a_revisit_that_adds_no_capture_of_its_own(home, archive, store):
    first, second, third = store(FIRST), store(SECOND), store(FIRST)
    assert (third.record_type, third.refers_to, third.sha256) == ("revisit", first.record_id, first.sha256)
    assert archive.payload(third) == FIRST
    assert second.record_type == "response"
    kind, headers, _ = records(home, third)[1]
    assert kind == "revisit"
    assert headers.get_header("WARC-Profile").endswith("identical-payload-digest")
    assert headers.get_header("WARC-Refers-To-Target-URI") == first.final_url


def test_the_same_bytes_under_another_status_or_cut_short_are_a_capture_of_their_own(store):
    store(FIRST, status=503)
    assert store(FIRST).record_type == "response"
    assert store(FIRST, truncated=True).record_type == "response"
    assert store(FIRST).record_type == "revisit"


def test_the_same_bytes_from_another_source_are_a_capture_of_their_own(archive, retrieved):
    archive.store("shelter", retrieved(FIRST), sample=False)
    assert archive.store("kitchen", retrieved(FIRST), sample=False).record_type == "response"
    assert archive.sources() == ["kitchen", "shelter"]
    assert len(archive.captures("kitchen")) == 1
    assert len(archive.captures()) == 2


def test_not_modified_is_a_revisit_of_the_page_whose_validator_was_sent(home, store):
    first = store(FIRST, headers={"ETag": '"1"'})
    store(b"<h1>Busy</h1>", status=503)
    again = store(status=304)
    assert (again.record_type, again.refers_to, again.status) == ("revisit", first.record_id, 304)
    assert records(home, again)[1][1].get_header("WARC-Profile").endswith("server-not-modified")


def test_not_modified_is_kept_so_that_replay_shows_the_page(home, archive, store):
    """What stands in the block of a revisit is what replay software answers with."""
    first = store(FIRST, headers={"ETag": '"1"'}, final_url="https://shelter.example/impact/now")
    received = {"ETag": '"2\xe9"', "Date": "now"}
    again = store(status=304, headers=received)
    _, headers, http = records(home, again)[1]
    assert http is None
    assert headers.get_header("WARC-Refers-To-Target-URI") == first.final_url
    assert headers.get_header("WARC-Refers-To-Date") == "2023-03-01T09:00:00.000000Z"
    assert headers.get_header("WARC-Payload-Digest") == f"sha256:{first.sha256}"
    kept = json.loads(headers.get_header("Impact-Not-Modified"))
    assert dict(kept["headers"]).items() >= received.items()
    (read,) = [one for one in Archive(home).captures() if one.status == 304]
    assert (read, read.etag) == (again, '"2\xe9"')


def test_not_modified_without_a_capture_is_refused(store):
    with pytest.raises(UnexpectedAnswer, match="304"):
        store(status=304)


def test_a_real_server_is_asked_conditionally_and_its_answer_kept(web, archive):
    web.answer("/", body=FIRST, headers={"ETag": '"1"'}).answer("/", status=304)
    limits = Limits(retries=0)
    archive.store("shelter", fetch(web.url(), limits=limits), sample=False)
    validators = archive.last_validators("shelter", web.url())
    again = fetch(web.url(), etag=validators.etag, last_modified=validators.last_modified, limits=limits)
    assert archive.store("shelter", again, sample=False).record_type == "revisit"
    assert web.asked[1].headers["if-none-match"] == '"1"'
    assert len(archive.captures()) == 2


def test_validators_come_from_the_latest_whole_page_of_that_url(archive, store):
    url = "https://shelter.example/impact"

    def validators():
        return archive.last_validators("shelter", url, now=START + dt.timedelta(days=1))

    assert validators() == Validators()
    store(FIRST, headers={"ETag": '"1"', "Last-Modified": "then"})
    assert validators() == Validators('"1"', "then")
    store(SECOND, headers={"ETag": '"cut"'}, truncated=True)
    store(b"<h1>Gone</h1>", status=404, headers={"ETag": '"404"'})
    store(b"<p>elsewhere</p>", headers={"ETag": '"other"'}, url="https://shelter.example/other")
    assert validators() == Validators('"1"', "then")
    store(FIRST, headers={"ETag": '"2"'})
    assert validators() == Validators('"2"', None)


@pytest.mark.parametrize(
    ("age", "full"),
    [(dt.timedelta(days=6, hours=23), False), (dt.timedelta(days=7, minutes=2), True), (dt.timedelta(days=400), True),
     (dt.timedelta(days=-1), True)],
)  # fmt: skip
def test_a_host_that_always_says_not_modified_is_asked_for_the_whole_page_after_a_week(archive, store, age, full):
    store(FIRST, headers={"ETag": '"1"'})
    for _ in range(3):  # answers without a body do not put it off, whatever validator they bring
        store(status=304, headers={"ETag": '"2"'})
    asked = archive.last_validators("shelter", "https://shelter.example/impact", now=START + age)
    assert asked == (Validators() if full else Validators('"1"', None))


def test_the_same_bytes_sent_again_are_a_whole_page_too(archive, store):
    store(FIRST, headers={"ETag": '"1"'})
    again = store(FIRST, headers={"ETag": '"1"'})
    assert again.record_type == "revisit"
    now = again.captured_at + dt.timedelta(days=7)
    assert archive.last_validators("shelter", again.url, now=now) == Validators('"1"', None)
    assert archive.last_validators("shelter", again.url, now=now + dt.timedelta(seconds=1)) == Validators()


def test_a_damaged_page_is_fetched_anew_and_not_asked_about(home, archive, store):
    first = store(FIRST, headers={"ETag": '"1"'})
    store(FIRST, headers={"ETag": '"1"'})
    overwrite(home.root / first.warc_file, b"")
    fresh = Archive(home)
    assert fresh.last_validators("shelter", first.url) == Validators()
    with pytest.raises(CorruptWarc, match="missing or damaged"):
        fresh.payload(fresh.captures()[0])


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


def overwrite(path, data):
    path.chmod(0o644)
    path.write_bytes(data)


def half(data):
    return data[: len(data) // 2]


def flipped(data):
    return data[:-40] + bytes([data[-40] ^ 0xFF]) + data[-39:]


def with_other_payload(data):
    return gzip.compress(gzip.decompress(data).replace(b"310", b"999"))


@pytest.mark.parametrize(
    "damage",
    [half, flipped, with_other_payload, lambda _: b"", lambda _: b"no gzip", lambda _: gzip.compress(b"no WARC")],
    ids=["half", "flipped bit", "other payload", "empty", "not gzip", "not WARC"],
)
def test_a_damaged_file_is_left_out_with_a_note(home, store, damage):
    kept, lost = store(SECOND), store(FIRST)
    path = home.root / lost.warc_file
    overwrite(path, damage(path.read_bytes()))
    archive = Archive(home)
    assert archive.captures() == [kept]
    (note,) = archive.notes()
    assert lost.warc_file in note
    assert "\n" not in note
    with pytest.raises(CorruptWarc):
        archive.payload(lost)


def test_a_missing_file_is_a_clear_error(home, archive, store):
    capture = store(FIRST)
    (home.root / capture.warc_file).unlink()
    with pytest.raises(CorruptWarc, match="cannot read"):
        archive.payload(capture)


def test_a_damaged_capture_is_stored_again_when_the_page_still_says_the_same(home, store, retrieved):
    lost = store(FIRST)
    overwrite(home.root / lost.warc_file, b"")
    archive = Archive(home)
    assert archive.store("shelter", retrieved(FIRST), sample=False).record_type == "response"


def test_leftovers_of_a_killed_writer_are_ignored_and_then_removed(home, store):
    capture = store(FIRST)
    leftover = home.archive / "shelter" / f".tmp-123456-{capture.capture_id}.warc.gz"
    leftover.write_bytes(b"half")
    assert Archive(home).captures() == [capture]
    assert Archive(home).notes() == []
    store(SECOND)
    assert not leftover.exists()


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


STORE_FOREVER = """
import datetime as dt, os, sys
from warehouse.archive import Archive
from warehouse.fetch import Retrieval
from warehouse.home import Home
archive = Archive(Home.at(sys.argv[1]))
print("ready", flush=True)
while True:
    body = b"<p>" + os.urandom(200_000) + b"</p>"
    url = "https://shelter.example/"
    archive.store("shelter", Retrieval(url, url, 200, "OK", (), body, dt.datetime.now(dt.UTC)), sample=False)
"""


@pytest.mark.parametrize("delay", [0.05, 0.09, 0.14, 0.2])
def test_a_kill_leaves_only_whole_captures(home, delay):
    child = subprocess.Popen([sys.executable, "-c", STORE_FOREVER, str(home.root)], stdout=subprocess.PIPE)
    child.stdout.readline()
    time.sleep(delay)
    child.kill()
    child.wait()
    child.stdout.close()
    archive = Archive(home)
    assert archive.notes() == []
    for capture in archive.captures():
        assert len(archive.payload(capture)) == capture.size


def test_a_disk_that_refuses_is_one_clear_line(home, archive, retrieved):
    (home.archive / "shelter").write_text("a file where the folder should be")
    with pytest.raises(InputError, match="shelter"):
        archive.store("shelter", retrieved(FIRST), sample=False)


# --- captures had in another order than they were made ---


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1), (1, 3, 0, 2)])
def test_what_the_archive_tells_does_not_hang_on_the_order_of_storing(archive, retrieved, order):
    answers = [retrieved(FIRST), retrieved(FIRST), retrieved(SECOND), retrieved(FIRST)]
    for number in order:
        archive.store("shelter", answers[number], sample=False)
    captures = archive.captures()
    first = captures[0].record_id
    told = [(one.record_type, one.refers_to, one.sha256 == captures[0].sha256) for one in captures]
    assert told == [
        ("response", None, True),
        ("revisit", first, True),
        ("response", None, False),
        ("revisit", first, True),
    ]
    assert [archive.payload(one) for one in captures] == [FIRST, FIRST, SECOND, FIRST]
    assert archive.find(captures[0].sha256[:8]).capture_id == captures[0].capture_id


def test_a_revisit_of_a_response_that_repeats_an_earlier_one_is_a_revisit_of_the_earlier(archive, retrieved):
    early, late = retrieved(FIRST), retrieved(FIRST, headers={"ETag": '"1"'})
    archive.store("shelter", late, sample=False)
    archive.store("shelter", retrieved(status=304), sample=False)
    archive.store("shelter", early, sample=False)
    first, *others = archive.captures()
    assert [one.refers_to for one in others] == [first.record_id] * 2
    assert archive.last_validators("shelter", first.url, now=START + dt.timedelta(days=1)).etag == '"1"'


def test_a_decision_holds_for_the_bytes_when_they_turn_out_to_be_older(archive, retrieved):
    early, late = retrieved(FIRST), retrieved(FIRST)
    archive.accept(archive.store("shelter", late, sample=False), "redesigned")
    archive.store("shelter", early, sample=False)
    (acceptance,) = archive.acceptances()
    assert acceptance.record_id == archive.captures()[0].record_id
    assert archive.accept(archive.captures()[1], "again").reason == "redesigned"


def test_what_was_imported_is_no_base_for_the_next_question(archive, retrieved):
    imported = replace(retrieved(FIRST, headers={"ETag": '"1"'}), imported_from="räume 1.warc", stated_digest="sha1:X")
    stored = archive.store("shelter", imported, sample=False)
    assert (stored.imported_from, stored.stated_digest) == ("r%C3%A4ume 1.warc", "sha1:X")
    assert archive.last_validators("shelter", imported.url, now=START) == Validators()
