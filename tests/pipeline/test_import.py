"""`impact import`: what files of other tools and saved pages become in a home, by the command line."""

import gzip
import json

import pytest

from pipeline.cli import run
from tests.pipeline.conftest import CARD, page, rows
from tests.warehouse.warc_builder import http, packed, record, response, revisit, sha1, wacz, warcinfo
from warehouse import refreshes
from warehouse.archive import Archive
from warehouse.home import Home

URL = "https://www.coast-rescue.example/our-year"
OLD_PAGE, NEW_PAGE = page(2020, 290), page(2021, 310)
OLD = response(OLD_PAGE, url="http://coast-rescue.example/our-year/", date="2021-03-01T10:00:00Z")
NEW = response(NEW_PAGE, url=URL, date="2022-03-01T10:00:00.25Z")


@pytest.fixture
def card(tmp_path):
    file = tmp_path / "card.yaml"
    file.write_text(CARD.format(url=URL), encoding="utf-8")
    return file


@pytest.fixture
def write(tmp_path):
    def put(data, name="crawl.warc.gz"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return put


RESCUES = "SELECT year, value::INT FROM metric_year WHERE metric = 'rescues' ORDER BY year"


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.warc", "crawl.wacz"])
def test_captures_of_a_followed_page_become_facts_in_one_release(home, card, write, impact, name):
    records = [warcinfo(), OLD, response(b"<p>else</p>", url="https://coast-rescue.example/about"), NEW]
    data = {
        "crawl.warc.gz": packed(records),
        "crawl.warc": b"".join(records),
        "crawl.wacz": wacz({"a.warc.gz": packed(records)}),
    }
    ended = impact("import", write(data[name], name), "--card", card)
    assert (ended.status, ended.out) == (0, ""), ended.err
    assert "read 4 records, 2 of followed pages, 2 new; left: 1 no capture" in ended.err
    assert ended.err.count("published release") == 1
    assert rows(home, RESCUES) == [(2020, 290), (2021, 310)]
    assert rows(home, "SELECT url, final_url, captured_at::VARCHAR FROM captures ORDER BY captured_at") == [
        (URL, "http://coast-rescue.example/our-year/", "2021-03-01 10:00:00"),
        (URL, URL, "2022-03-01 10:00:00.25"),
    ]
    (told,) = refreshes.refreshes(Home.at(home))
    assert told.outcome == "published"
    assert told.detail.startswith("read 4 records, 2 of followed pages, 2 new")


def test_importing_again_changes_nothing(home, card, write, impact):
    file = write(packed([OLD, NEW]))
    impact("import", file, "--card", card)
    before = sorted(path.name for path in (home / "archive" / "coast-rescue").iterdir())
    again = impact("import", write(b"".join([NEW, OLD]), "copy.warc"))
    assert again.status == 0
    assert "2 of followed pages, 0 new, 2 known" in again.err
    assert "nothing is new" in again.err
    assert sorted(path.name for path in (home / "archive" / "coast-rescue").iterdir()) == before


def test_a_live_page_goes_on_from_what_was_imported(home, tmp_path, web, write, impact):
    card = tmp_path / "card.yaml"
    card.write_text(CARD.format(url=web.url("/")), encoding="utf-8")
    web.answer("/", body=NEW_PAGE)
    impact("import", write(packed([response(OLD_PAGE, url=web.url("/"), headers={"ETag": '"1"'})])), "--card", card)
    assert impact("refresh", "--card", card).status == 0
    assert "if-none-match" not in web.asked[0].headers
    assert rows(home, RESCUES) == [(2020, 290), (2021, 310)]


def test_without_a_card_the_pages_of_the_home_are_taken_and_in_an_empty_one_the_default(home, card, write, impact):
    file = write(packed([OLD]))
    ended = impact("import", file)
    assert ended.status == 0
    assert "0 of followed pages, 0 new; left: 1 of no followed page" in ended.err
    impact("import", file, "--card", card)
    assert "1 of followed pages, 1 new" in impact("import", write(packed([NEW]))).err


# --- revisits ---


BY_PLACE = {"WARC-Refers-To-Target-URI": URL, "WARC-Refers-To-Date": "2022-03-01T10:00:00Z"}
BY_DIGEST = {"WARC-Payload-Digest": sha1(NEW_PAGE)}
BY_ALL = BY_PLACE | BY_DIGEST | {"WARC-Refers-To": "<urn:uuid:of-another-file>"}
SAME, NOT_MODIFIED = "identical-payload-digest", "server-not-modified"


@pytest.mark.parametrize(
    ("names", "profile", "way"),
    [
        (BY_PLACE, SAME, "one file"),
        pytest.param(BY_DIGEST, NOT_MODIFIED, "one file", marks=pytest.mark.long),
        pytest.param(BY_ALL, SAME, "one call", marks=pytest.mark.long),
        pytest.param(BY_PLACE, NOT_MODIFIED, "one call", marks=pytest.mark.long),
        pytest.param(BY_DIGEST, SAME, "two calls", marks=pytest.mark.long),
        (BY_ALL, NOT_MODIFIED, "two calls"),
        (BY_DIGEST, SAME, "revisit first"),
        pytest.param(BY_PLACE, NOT_MODIFIED, "revisit first", marks=pytest.mark.long),
    ],
)
def test_revisits_take_their_content_from_what_they_repeat(home, card, write, impact, names, profile, way):
    block = http(b"", {"ETag": '"1"'}, "HTTP/1.1 304 Not Modified") if profile == "server-not-modified" else b""
    again = revisit(block, profile=profile, fields=names, url=URL, date="2022-05-01T00:00:00Z")
    one, two = write(packed([NEW]), "one.warc.gz"), write(packed([again]), "two.warc.gz")
    match way:
        case "one file":
            calls = [[write(packed([again, OLD, NEW]))]]
        case "one call":
            calls = [[two, one]]
        case "two calls":
            calls = [[one], [two]]
        case _:
            calls = [[two], [one]]
    ended = [impact("import", *files, "--card", card) for files in calls]
    waits = way == "revisit first"
    assert ("1 a repetition of what is not at hand" in ended[0].err) == waits
    assert [one.status for one in ended] == [0] * len(ended), ended
    outcome = "not_modified" if profile == "server-not-modified" else "same_bytes"
    told = rows(home, "SELECT outcome, capture_id IS NOT NULL FROM retrievals ORDER BY retrieved_at")
    assert told[-2:] == [("new", True), (outcome, True)]
    assert (home / "archive" / "coast-rescue" / "waiting.jsonl").exists() == waits
    assert "0 new" in impact("import", *calls[0]).err


@pytest.mark.long
def test_a_revisit_of_a_page_that_is_not_followed_brings_its_content(home, card, write, impact):
    elsewhere = response(NEW_PAGE, url="https://coast-rescue.example/index.php?id=7", date="2022-01-01T00:00:00Z")
    fields = {"WARC-Refers-To-Target-URI": "https://coast-rescue.example/index.php?id=7"}
    fields |= {"WARC-Refers-To-Date": "2022-01-01T00:00:00Z", "WARC-Payload-Digest": sha1(NEW_PAGE)}
    ended = impact("import", write(packed([elsewhere, revisit(url=URL, fields=fields)])), "--card", card)
    assert "1 of followed pages, 1 new" in ended.err
    assert rows(home, RESCUES) == [(2021, 310)]


def test_what_a_revisit_repeats_may_have_been_compressed_on_its_way(home, card, write, impact):
    packed_page = gzip.compress(NEW_PAGE, mtime=0)
    sent = response(packed_page, url=URL, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})
    impact("import", write(packed([sent])), "--card", card)
    again = revisit(url=URL, date="2022-08-01T00:00:00Z", fields={"WARC-Payload-Digest": sha1(packed_page)})
    assert "1 new" in impact("import", write(packed([again]))).err


# --- what is left ---


def test_each_record_that_is_not_taken_is_counted_with_its_reason(home, card, write, impact):
    ended = impact(
        "import",
        write(
            packed(
                [
                    NEW,
                    response(OLD_PAGE, url=URL, date="2099-01-01T00:00:00Z"),
                    response(OLD_PAGE, url=URL, date="1980-01-01T00:00:00Z"),
                    response(b"", url=URL, status="HTTP/1.1 301 Moved", headers={"Location": "/elsewhere"}),
                    response(b"\x8b\x02", url=URL, headers={"Content-Encoding": "br"}),
                    record("resource", b"\x89PNG", url=URL, fields={"Content-Type": "image/png"}),
                    record("request", b"GET / HTTP/1.1\r\n\r\n", url=URL),
                    response(b"", url="https://elsewhere.example/"),
                ]
            )
        ),
        "--card",
        card,
    )
    assert ended.status == 0
    (line,) = [line for line in ended.err.splitlines() if line.startswith("read 8 records")]
    for told in (
        "6 of followed pages, 1 new",
        "2 of an impossible time",
        "1 a redirect",
        "1 in a form that is not read",
        "1 no page",
        "1 no capture",
        "1 of no followed page",
    ):
        assert told in line
    assert "2099-01-01" in ended.err
    assert rows(home, RESCUES) == [(2021, 310)]


def test_error_pages_and_what_was_cut_short_are_kept_and_never_facts(home, card, write, impact):
    records = [
        NEW,
        response(b"<h1>Busy</h1>", url=URL, status="HTTP/1.1 503 Busy", date="2022-04-01T00:00:00Z"),
        response(b"<title>Page not found</title><p>Sorry</p>", url=URL, date="2022-05-01T00:00:00Z"),
        response(OLD_PAGE, url=URL, fields={"WARC-Truncated": "time"}, date="2022-06-01T00:00:00Z"),
        response(b"%PDF-1.4", url=URL, headers={"Content-Type": "application/pdf"}, date="2022-07-01T00:00:00Z"),
    ]
    ended = impact("import", write(packed(records)), "--card", card)
    assert ended.status == 0, ended.err
    assert "5 of followed pages, 5 new" in ended.err
    assert rows(home, "SELECT outcome, count(*) FROM retrievals GROUP BY ALL ORDER BY ALL") == [
        ("new", 1),
        ("refused", 4),
    ]
    assert rows(home, RESCUES) == [(2021, 310)]
    assert "status 503" in impact("status").out


def test_a_damaged_record_costs_itself_and_is_said(home, card, write, impact):
    data = gzip.compress(OLD) + bytes(400) + gzip.compress(NEW)[:-20] + gzip.compress(NEW)
    ended = impact("import", write(data), "--card", card)
    assert ended.status == 1
    assert ended.line.startswith("impact: 2 records are damaged or cut short and left out")
    assert rows(home, RESCUES) == [(2020, 290), (2021, 310)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("crawl.warc.gz", b"not an archive"),
        ("crawl.warc.gz", b""),
        ("crawl.warc.gz", gzip.compress(b"some text", mtime=0)),
        ("crawl.wacz", b"PK\x03\x04 and no more"),
        ("notes.txt", b"In 2021, crews rescued 310 people."),
        ("picture.png", b"\x89PNG\r\n\x1a\n"),
    ],
)
def test_a_file_that_is_no_archive_is_one_line_and_nothing_is_changed(home, card, write, impact, name, data):
    good, bad = write(packed([NEW]), "good.warc.gz"), write(data, name)
    ended = impact("import", good, bad, "--card", card)
    assert ended.status == 2
    assert str(bad) in ended.line
    assert not home.exists()


def test_a_file_that_cannot_be_read_is_one_line(home, card, tmp_path, impact):
    for path in (tmp_path / "absent.warc", tmp_path):
        ended = impact("import", path, "--card", card)
        assert ended.status == 2
        assert str(path) in ended.line


def test_wrong_usage_is_told(home, card, write, impact):
    file, saved = write(packed([NEW])), write(NEW_PAGE, "saved.html")
    for arguments in (
        [],
        [file, "--url", URL],
        [file, "--captured-at", "2022-01-01"],
        [file, "--source", "nobody"],
        [saved],
        [saved, "--url", URL],
        [saved, "--url", URL, "--captured-at", "2022-01-01"],
        [saved, "--url", URL, "--captured-at", "last week", "--card", card],
        [saved, "--url", URL, "--captured-at", "1990-01-01", "--card", card],
        [saved, "--url", URL, "--captured-at", "2999-01-01", "--card", card],
        [saved, "--url", "ftp://a.example/", "--captured-at", "2022-01-01", "--card", card],
        [saved, file, "--url", URL, "--captured-at", "2022-01-01", "--card", card],
    ):
        ended = impact("import", *arguments)
        assert ended.status == 2, arguments
        assert ended.line
    assert not home.exists()


def test_a_home_of_samples_takes_none(home, write, impact, card):
    assert run(["refresh", "--sample"]) == 0
    before = sorted(home.rglob("*.warc.gz"))
    ended = impact("import", write(packed([NEW])), "--card", card)
    assert ended.status == 2
    assert "sample" in ended.line
    assert sorted(home.rglob("*.warc.gz")) == before


# --- saved pages ---


@pytest.mark.parametrize(
    "arguments",
    [
        ["--url", URL],
        [],
        pytest.param(["--url", "http://coast-rescue.example/our-year/#rescues"], marks=pytest.mark.long),
        pytest.param(["--url", "https://coast-rescue.example/former-place"], marks=pytest.mark.long),
    ],
)
def test_a_saved_page_is_a_capture_of_its_moment(home, card, write, impact, arguments):
    saved = write(NEW_PAGE, "saved page.html")
    ended = impact("import", saved, "--captured-at", "2022-05-17T11:00:00+02:00", "--card", card, *arguments)
    assert ended.status == 0, ended.err
    assert "read 1 records, 1 of followed pages, 1 new" in ended.err
    assert rows(home, RESCUES) == [(2021, 310)]
    assert rows(home, "SELECT captured_at::VARCHAR FROM captures") == [("2022-05-17 09:00:00",)]
    (capture,) = Archive(Home.at(home)).captures()
    assert capture.imported_from == "saved page.html"


def test_a_saved_page_belongs_to_the_followed_page_that_its_address_is(home, card, write, impact):
    impact("import", write(packed([OLD])), "--card", card)
    ended = impact("import", write(NEW_PAGE, "saved.htm"), "--url", URL, "--captured-at", "2022-05-17")
    assert ended.status == 0
    assert rows(home, RESCUES) == [(2020, 290), (2021, 310)]


def test_a_page_that_script_draws_is_refused_with_the_way_to_a_rendered_capture(home, tmp_path, web, write, impact):
    card = tmp_path / "card.yaml"
    card.write_text(CARD.format(url=web.url("/")), encoding="utf-8")
    for shell in (
        b"<html><body><div id=root></div><noscript>Enable JavaScript.</noscript><script>go()</script></body></html>",
        b"<html><head><script src=a.js></script></head><body><div id=app></div></body></html>",
    ):
        web.forget("/")
        web.answer("/", body=shell)
        ended = impact("refresh", "--card", card)
        assert ended.status == 1
        assert "without JavaScript" in ended.line
        assert "impact import" in ended.line
    drawn = record("resource", NEW_PAGE, url=web.url("/"), fields={"Content-Type": "text/html"})
    assert impact("import", write(wacz({"a.warc.gz": packed([drawn])}), "a.wacz")).status == 0
    assert rows(home, RESCUES) == [(2021, 310)]


def test_what_waits_is_readable_and_no_capture(home, card, write, impact):
    again = revisit(url=URL, fields={"WARC-Payload-Digest": sha1(NEW_PAGE)}, date="2022-08-01T00:00:00Z")
    ended = impact("import", write(packed([again])), "--card", card)
    assert ended.status == 0
    (line,) = (home / "archive" / "coast-rescue" / "waiting.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["retrieval"]["retrieved_at"] == "2022-08-01T00:00:00Z"
    assert Archive(Home.at(home)).captures() == []
