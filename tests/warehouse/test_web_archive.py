"""A web archive asked over HTTP on loopback: page by page, at a pace, no further than its own host."""

import datetime as dt
import gzip
import json
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from extractors.errors import InputError
from tests.conftest import Web
from warehouse import web_archive
from warehouse.cdx import Line
from warehouse.fetch import Retrieval, Unreachable
from warehouse.home import Home
from warehouse.pace import Pace
from warehouse.web_archive import ArchiveDown, Missed, Throttled, WebArchive, replay_key

URL = "http://shelter.example/impact"
STAMP, AT = "20150304050607", dt.datetime(2015, 3, 4, 5, 6, 7, tzinfo=dt.UTC)
MEMENTO = {"Memento-Datetime": "Wed, 04 Mar 2015 05:06:07 GMT"}
PLACE = f"/kept/{STAMP}id_/{URL}"


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_archive, "BACKOFF", 0)


@pytest.fixture
def kept(home: Home, web: Web) -> WebArchive:
    return WebArchive(home, web.url("/kept/"))


def line(stamp: str = STAMP, url: str = URL, status: str = "200") -> Line:
    return Line(stamp, url, status, "AAAA", f"{stamp} {url}")


def index(**asked: str) -> str:
    query = {"url": URL, "output": "json", "showResumeKey": "true"}
    names = ("to", "limit", "resumeKey", "from")
    return f"/kept/cdx?{urlencode(query | {name: asked[name] for name in names if name in asked})}"


def rows(*stamps: str) -> bytes:
    return "\n".join(json.dumps({"timestamp": stamp, "url": URL, "status": "200"}) for stamp in stamps).encode()


def test_a_capture_is_had_with_the_time_and_the_address_of_the_archive(kept: WebArchive, web: Web):
    web.answer(PLACE, body=b"<p>Then</p>", headers=MEMENTO)
    found = kept.retrieve(line())
    assert isinstance(found, Retrieval)
    assert (found.body, found.retrieved_at, found.final_url) == (b"<p>Then</p>", AT, URL)
    assert found.archived_url == web.url(PLACE)
    assert replay_key(found.archived_url) == (STAMP, URL)


def test_a_redirect_within_the_archive_to_the_same_capture_is_followed(kept: WebArchive, web: Web):
    other = f"/kept/{STAMP}id_/https://www.shelter.example/impact/"
    web.answer(PLACE, status=307, headers={"Location": web.url(other)}).answer(other, body=b"<p>Then</p>")
    found = kept.retrieve(line())
    assert isinstance(found, Retrieval)
    assert (found.body, found.archived_url) == (b"<p>Then</p>", web.url(PLACE))


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        (f"/kept/20160101000000id_/{URL}", "the archive answers with another capture: of 20160101000000"),
        (f"/kept/{STAMP}id_/http://shelter.example/", "redirects to another page: http://shelter.example/"),
        (f"/kept/{STAMP}/{URL}", "the archive gives no original bytes, only a copy made to be looked at"),
        ("http://shelter.example/", "redirects out of the archive: to http://shelter.example/"),
        ("http://169.254.169.254/latest", "redirects out of the archive: to http://169.254.169.254/latest"),
        ("/other/", "redirects out of the archive: to"),
        (f"/kept-too/{STAMP}id_/{URL}", "redirects out of the archive: to"),
    ],
)
def test_a_redirect_to_anything_else_is_not_followed(kept: WebArchive, web: Web, location: str, reason: str):
    web.answer(PLACE, status=302, headers={"Location": location} | MEMENTO)
    found = kept.retrieve(line())
    assert isinstance(found, Missed)
    assert found.reason.startswith(reason)
    assert [asked.path for asked in web.asked] == [PLACE]


def test_redirects_in_circles_end(kept: WebArchive, web: Web):
    web.answer(PLACE, status=302, headers={"Location": web.url(PLACE)})
    assert kept.retrieve(line()) == Missed("the archive redirects in circles")


def test_a_reply_of_another_time_is_told_by_its_header(kept: WebArchive, web: Web):
    web.answer(PLACE, body=b"<p>Later</p>", headers={"Memento-Datetime": "Wed, 04 Mar 2015 05:06:08 GMT"})
    assert kept.retrieve(line()) == Missed("the archive answers with another capture: of 20150304050608")


@pytest.mark.parametrize("status", [404, 429, 503])
def test_an_error_page_that_was_archived_is_none_of_the_archive(kept: WebArchive, web: Web, status: int):
    web.answer(PLACE, status=status, body=b"<h1>No</h1>", headers=MEMENTO)
    assert kept.retrieve(line(status="")) == Missed(f"archived error page (status {status})")
    assert len(web.asked) == 1


def test_an_error_of_the_archive_itself_may_pass(kept: WebArchive, web: Web):
    web.answer(PLACE, status=502).answer(PLACE, status=500).answer(PLACE, body=b"<p>Then</p>", headers=MEMENTO)
    assert isinstance(kept.retrieve(line()), Retrieval)
    web.forget(PLACE)
    web.answer(PLACE, status=502)
    assert kept.retrieve(line()) == Missed("the archive answers with status 502", passing=True)
    web.forget(PLACE)
    assert kept.retrieve(line()) == Missed("the archive answers with status 404")


@pytest.mark.parametrize(
    ("status", "header", "said"),
    [
        (429, {"Retry-After": "120"}, "asks to wait 120 seconds (status 429)"),
        (429, {}, "asks to wait (status 429)"),
        (503, {"Retry-After": "3600"}, "asks to wait 3,600 seconds (status 503)"),
    ],
)
def test_an_archive_that_asks_to_wait_is_asked_no_more(
    kept: WebArchive, web: Web, status: int, header: dict, said: str
):
    web.answer(PLACE, status=status, headers=header)
    with pytest.raises(Throttled) as raised:
        kept.retrieve(line())
    assert said in str(raised.value)
    assert len(web.asked) == 1


def test_a_capture_that_cannot_be_read_is_missed_and_costs_no_more(kept: WebArchive, web: Web):
    web.answer(PLACE, body=b"\x8b\x02\x80", headers=MEMENTO | {"Content-Encoding": "br"})
    found = kept.retrieve(line())
    assert isinstance(found, Missed)
    assert found.reason.startswith("cannot be read: ") and not found.passing
    web.forget(PLACE)
    web.answer(PLACE, status=304, headers=MEMENTO)
    assert str(getattr(kept.retrieve(line()), "reason", "")).startswith("cannot be read: ")


def test_bytes_that_were_archived_compressed_are_had_as_they_were_before(kept: WebArchive, web: Web):
    web.answer(PLACE, body=gzip.compress(b"<p>Then</p>"), headers=MEMENTO | {"Content-Encoding": "gzip"})
    found = kept.retrieve(line())
    assert isinstance(found, Retrieval)
    assert found.body == b"<p>Then</p>"


def test_a_body_that_is_cut_short_each_time_is_kept_as_such(kept: WebArchive, web: Web):
    web.answer(PLACE, body=b"<p>The", headers=MEMENTO | {"Content-Length": "99"})
    found = kept.retrieve(line())
    assert isinstance(found, Retrieval)
    assert found.truncated
    assert len(web.asked) == web_archive.ATTEMPTS


def test_an_archive_that_is_not_there_is_said(home: Home, closed_port_url: str):
    with pytest.raises(Unreachable):
        WebArchive(home, closed_port_url).retrieve(line())


def test_the_index_is_read_page_by_page_by_its_key(kept: WebArchive, web: Web):
    header = ["timestamp", "original", "statuscode"]
    pages = [["20150304050607"], ["20160304050607"], ["20170304050607"]]
    for n, stamps in enumerate(pages):
        listed: list = [header, *([stamp, URL, "200"] for stamp in stamps)]
        listed += [[], [f"key {n}"]] if n < 2 else []
        asked = {"resumeKey": f"key {n - 1}"} if n else {}
        web.answer(index(limit="1000", **asked), body=json.dumps(listed).encode())
    assert [one.timestamp for one in kept.captures(URL)] == [page[0] for page in pages]


def test_the_index_is_read_page_by_page_by_time(kept: WebArchive, web: Web, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(web_archive, "PAGE", 3)
    first, second, third = "20150101000000", "20160101000000", "20170101000000"
    years = {"to": "2020"}
    web.answer(index(limit="3", **{"from": "2010"} | years), body=rows(first, second, "20169901000000"))
    web.answer(index(limit="3", **{"from": second} | years), body=rows(second, "20169901000000", third))
    web.answer(index(limit="3", **{"from": third} | years), body=rows(third))
    found = [one.timestamp for one in kept.captures(URL, 2010, 2020)]
    assert found == [first, second, "20169901000000", third]


def test_more_captures_of_one_second_than_a_page_holds_are_all_read(kept: WebArchive, web: Web, monkeypatch):
    monkeypatch.setattr(web_archive, "PAGE", 2)
    crowd = [json.dumps({"timestamp": STAMP, "url": f"{URL}#{n}", "status": "200"}).encode() for n in range(5)]
    web.answer(index(limit="2"), body=b"\n".join(crowd[:2]))
    for limit in (2, 4, 8):
        web.answer(index(limit=str(limit), **{"from": STAMP}), body=b"\n".join(crowd[:limit]))
    assert len(list(kept.captures(URL))) == 5


def test_an_archive_that_knows_no_limit_is_asked_once(kept: WebArchive, web: Web, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(web_archive, "PAGE", 2)
    stamps = [f"201{n}0101000000" for n in range(7)]
    for asked in ({"limit": "2"}, {"limit": "2", "from": stamps[-1]}, {"limit": "4", "from": stamps[-1]}):
        web.answer(index(**asked), body=rows(*stamps))
    web.answer(index(limit="8", **{"from": stamps[-1]}), body=rows(*stamps))
    assert [one.timestamp for one in kept.captures(URL)] == stamps


def test_what_is_no_index_is_said(kept: WebArchive, web: Web):
    web.answer(index(limit="1000"), body=b"<html>Welcome</html>")
    with pytest.raises(
        ArchiveDown, match="is no index of captures: it is a web page; check the address of the archive"
    ):
        list(kept.captures(URL))
    web.forget(index(limit="1000"))
    web.answer(index(limit="1000"), status=502)
    with pytest.raises(ArchiveDown, match="answers with status 502; run again later"):
        list(kept.captures(URL))
    web.forget(index(limit="1000"))
    with pytest.raises(ArchiveDown, match="answers with status 404; check the address of the archive"):
        list(kept.captures(URL))


@pytest.mark.parametrize(
    "url", ["shelter.example/kept", "ftp://shelter.example", "http://", "http://[::1", "file:///etc"]
)
def test_what_is_no_address_is_refused(home: Home, url: str):
    with pytest.raises(InputError, match="is no address of a web archive"):
        WebArchive(home, url)


@pytest.mark.parametrize("url", [None, "https://web.archive.org/web/", "http://web.archive.org"])
def test_the_wayback_machine_is_asked_where_it_answers_and_not_faster_than_it_bears(home: Home, url: str | None):
    wayback = WebArchive(home, url)
    assert wayback.archived_url(line()) == f"https://web.archive.org/web/{STAMP}id_/{URL}"
    with pytest.raises(InputError, match="no more than 24 requests a minute"):
        WebArchive(home, url, 25)
    WebArchive(home, url, 5)


def test_a_secret_in_an_address_is_not_kept(home: Home, web: Web):
    kept = WebArchive(home, web.url("/kept"))
    url = "http://shelter.example/impact?token=s3cret"
    web.answer(f"/kept/{STAMP}id_/{url}", body=b"<p>Then</p>", headers=MEMENTO)
    found = kept.retrieve(line(url=url))
    assert isinstance(found, Retrieval)
    assert "s3cret" not in repr(found)


def test_processes_share_a_pace(tmp_path: Path):
    """Two processes and this one, four requests each at 600 a minute: eleven tenths of a second lie between twelve."""
    code = (
        "import sys, pathlib; from warehouse.pace import Pace\n"
        "pace = Pace(pathlib.Path(sys.argv[1]), 'shelter.example', 600)\n"
        "for _ in range(4): pace.wait()"
    )
    begun = time.monotonic()
    others = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)]) for _ in range(2)]
    pace = Pace(tmp_path, "shelter.example", 600)
    for _ in range(4):
        pace.wait()
    assert [other.wait() for other in others] == [0, 0]
    assert time.monotonic() - begun >= 1.1


@pytest.mark.parametrize("noted", ["", "yesterday", "nan", "9e99", "inf"])
def test_a_damaged_note_of_the_last_request_costs_one_interval(tmp_path: Path, noted: str):
    pace = Pace(tmp_path, "shelter.example", 1200)
    pace.wait()
    (tmp_path / ".requests" / "shelter.example").write_text(noted)
    begun = time.monotonic()
    pace.wait()
    assert time.monotonic() - begun >= 0.045
    assert float((tmp_path / ".requests" / "shelter.example").read_text()) <= time.time()


def test_hosts_have_a_pace_each_and_a_host_without_one_leaves_no_trace(tmp_path: Path):
    Pace(tmp_path, "127.0.0.1", None).wait()
    assert list(tmp_path.iterdir()) == []
    for host in ("a.example", "B.example", "[::1]"):
        Pace(tmp_path, host, 0.001).wait()
    names = {path.name for path in (tmp_path / ".requests").iterdir() if path.suffix != ".lock"}
    assert names == {"a.example", "b.example", "___1_"}
