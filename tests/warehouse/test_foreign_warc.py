"""Files of other tools, in their dialects: what each record comes to."""

import datetime as dt
import io
import zipfile
import zlib

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.warehouse.foreign_files import FILE, OTHER, PAGE, bodies, reasons, zipped
from tests.warehouse.warc_builder import (
    DATE,
    HTML,
    URL,
    http,
    packed,
    record,
    response,
    revisit,
    sha1,
    wacz,
    warcinfo,
)
from warehouse import foreign_warc
from warehouse.foreign_warc import Repeated, warc_date


@pytest.mark.parametrize(
    "data",
    [
        packed(FILE),
        b"".join(FILE),
        zipped(b"".join(FILE)),
        zipped(b"".join(FILE)) + packed([response(b"<p>elsewhere", url="https://a.example/")]),
        packed(FILE) + bytes(1000),
        wacz({"data.warc.gz": packed(FILE)}),
        wacz({"one.warc.gz": packed(FILE[:2]), "two.warc": FILE[2]}, zipfile.ZIP_DEFLATED),
        wacz({"data.warc": b"".join(FILE)}),
        b"".join(one.replace(b"\r\n", b"\n") if b"warcinfo" in one else one for one in FILE),
    ],
    ids=["by record", "plain", "whole", "whole and by record", "padded", "wacz", "deflated", "plain wacz", "newlines"],
)
def test_any_packing_gives_the_same_captures(read, data):
    found = read(data)
    assert bodies(found) == [PAGE, OTHER]
    first = found[1].retrieval
    assert (first.url, first.final_url, first.status, first.reason) == (URL, URL, 200, "OK")
    assert first.retrieved_at == dt.datetime(2022, 5, 17, 9, tzinfo=dt.UTC)
    assert first.imported_from == "other.warc.gz"
    assert (first.truncated, first.archived_url) == (False, None)


def test_what_warcio_writes_is_read(read):
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    head = StatusAndHeaders("200 OK", list(HTML.items()), protocol="HTTP/1.1")
    dated = {"WARC-Date": DATE}
    made = writer.create_warc_record(URL, "response", io.BytesIO(PAGE), http_headers=head, warc_headers_dict=dated)
    writer.write_record(made)
    assert bodies(read(file.getvalue())) == [PAGE]


def chunk(data):
    return b"%x\r\n" % len(data) + data + b"\r\n0\r\n\r\n"


CHUNKED = b"10\r\n" + PAGE[:16] + b"\r\n5;note=1\r\n" + PAGE[16:21] + b"\r\n"
CHUNKED += f"{len(PAGE) - 21:X}\r\n".encode() + PAGE[21:] + b"\r\n0\r\nTrailer: x\r\n\r\n"
IN_GZIP = zipped(PAGE)
RAW = zlib.compressobj(wbits=-15)
IN_RAW_DEFLATE = RAW.compress(PAGE) + RAW.flush()


@pytest.mark.parametrize(
    ("payload", "headers"),
    [
        (PAGE, {}),
        (IN_GZIP, {"Content-Encoding": "gzip"}),
        (PAGE, {"Content-Encoding": "gzip", "Content-Length": str(len(IN_GZIP))}),
        (IN_GZIP, {}),
        (zlib.compress(PAGE), {"content-encoding": "deflate"}),
        (IN_RAW_DEFLATE, {"content-encoding": "deflate"}),
        (PAGE, {"Content-Encoding": "deflate"}),
        (PAGE, {"Content-Encoding": "br"}),
        (PAGE, {"Content-Encoding": "UTF-8"}),
        (CHUNKED, {"Transfer-Encoding": "chunked"}),
        (PAGE, {"Transfer-Encoding": "chunked"}),
        (
            b"%x\r\n" % len(IN_GZIP) + IN_GZIP + b"\r\n0\r\n\r\n",
            {"transfer-encoding": "Chunked", "content-encoding": "gzip"},
        ),
        (chunk(PAGE), {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}),
        (chunk(PAGE), {}),
        (PAGE, {"Content-Length": str(len(PAGE))}),
        (PAGE, {"X-Archive-Orig-Content-Encoding": "gzip", "Content-Length": "12"}),
    ],
)
def test_the_body_is_had_whether_it_was_decoded_or_not(read, payload, headers):
    (found,) = read(packed([response(payload, headers=HTML | headers)]))
    assert (found.retrieval.body, found.retrieval.truncated) == (PAGE, False)


@pytest.mark.parametrize(
    ("payload", "headers", "fields"),
    [
        (PAGE[:40], {}, {"WARC-Truncated": "length"}),
        (PAGE[:40], {}, {"WARC-Truncated": "disconnect"}),
        (PAGE[:40], {"Content-Length": str(len(PAGE))}, {}),
        (IN_GZIP[:-20], {"Content-Encoding": "gzip"}, {}),
        (CHUNKED[:60], {"Transfer-Encoding": "chunked"}, {}),
        (CHUNKED[: CHUNKED.index(b"0\r\nTrailer")], {"Transfer-Encoding": "chunked"}, {}),
    ],
)
def test_a_body_that_ends_too_soon_is_known_as_that(read, payload, headers, fields):
    (found,) = read(packed([response(payload, headers=HTML | headers, fields=fields)]))
    assert found.retrieval.truncated


@pytest.mark.parametrize(
    ("payload", "headers", "reason"),
    [
        (b"\x8b\x02\x80\x01\x02", {"Content-Encoding": "br"}, foreign_warc.UNREADABLE),
        (IN_GZIP[:20] + bytes(30) + IN_GZIP[50:], {"Content-Encoding": "gzip"}, foreign_warc.DAMAGED),
        (zipped(bytes(21 * 2**20)), {"Content-Encoding": "gzip"}, foreign_warc.UNREADABLE),
        (b"x" * (25 * 2**20), {}, foreign_warc.UNREADABLE),
    ],
)
def test_a_body_that_cannot_be_had_costs_that_record_only(read, payload, headers, reason):
    found = read(packed([response(payload, headers=HTML | headers), response(OTHER)]))
    assert reasons(found) == [reason]
    assert bodies(found) == [OTHER]


@pytest.mark.parametrize(
    ("line", "status", "reason"),
    [
        ("HTTP/1.1 200 OK", 200, "OK"),
        ("HTTP/1.1 200", 200, ""),
        ("HTTP/2 200 ", 200, ""),
        ("HTTP/1.0 200  All is well", 200, "All is well"),
        ("http/1.1 404 Not Found", 404, "Not Found"),
        ("HTTP 200 OK", 200, "OK"),
        ("200 OK", 200, "OK"),
        ("HTTP/1.1 503 Dienst nicht verf\xfcgbar", 503, "Dienst nicht verf\xfcgbar"),
    ],
)
def test_odd_status_lines_are_understood(read, line, status, reason):
    (found,) = read(packed([response(PAGE, status=line)]))
    assert (found.retrieval.status, found.retrieval.reason) == (status, reason)


@pytest.mark.parametrize("line", ["", "HTTP/1.1 OK", "HTTP/1.1 20 OK", "<html>"])
def test_what_is_no_answer_is_left(read, line):
    found = read(packed([response(PAGE, status=line), response(OTHER)]))
    assert (reasons(found), bodies(found)) == ([foreign_warc.UNREADABLE], [OTHER])


def test_headers_with_bare_newlines_and_folds_are_read(read):
    block = b"HTTP/1.1 200 OK\nContent-Type: text/html;\n charset=latin-1\nX-Empty:\n no colon\n\n" + PAGE
    (found,) = read(packed([record("response", block)]))
    assert found.retrieval.body == PAGE
    assert found.retrieval.header("content-type") == "text/html; charset=latin-1"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2022-05-17T09:00:00Z", "2022-05-17T09:00:00+00:00"),
        ("2022-05-17T09:00:00.5Z", "2022-05-17T09:00:00.500000+00:00"),
        ("2022-05-17T09:00:00.123456789Z", "2022-05-17T09:00:00.123456+00:00"),
        ("2022-05-17T11:00:00+02:00", "2022-05-17T09:00:00+00:00"),
        ("2022-05-17T09:00:00", "2022-05-17T09:00:00+00:00"),
        ("2022-05-17T09:00Z", "2022-05-17T09:00:00+00:00"),
        ("20220517090000", "2022-05-17T09:00:00+00:00"),
        ("2022-05-17", "2022-05-17T00:00:00+00:00"),
        ("2022-05", "2022-05-01T00:00:00+00:00"),
        ("2022", "2022-01-01T00:00:00+00:00"),
    ],
)
def test_dates_of_any_precision_are_read(text, moment):
    assert warc_date(text).isoformat() == moment


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2022-13-01T00:00:00Z", "0000", "2022-05-17T25:00:00Z", "20221317090000"]
)
def test_what_is_no_date_is_none(text):
    assert warc_date(text) is None


def test_impossible_times_are_left_and_said(read):
    dates = ["1995-12-31T23:59:59Z", "2024-01-01T00:00:01Z", "2099-01-01T00:00:00Z", "long ago", DATE]
    found = read(packed([response(PAGE, date=date) for date in dates]))
    assert reasons(found) == [foreign_warc.IMPOSSIBLE] * 3 + [foreign_warc.UNREADABLE]
    assert "2099-01-01" in found[2].detail
    assert bodies(found) == [PAGE]


def test_what_is_no_capture_of_the_page_is_counted(read):
    found = read(
        packed(
            [
                warcinfo(),
                record("request", b"GET /impact HTTP/1.1\r\n\r\n"),
                record("metadata", b"via: x\r\n"),
                record("conversion", PAGE, fields={"Content-Type": "text/html"}),
                record("hypothetical", b""),
                response(PAGE, url="https://shelter.example/other"),
                response(b"", status="HTTP/1.1 301 Moved", headers={"Location": "/there"}),
                record("response", b"shelter.example. 60 IN A 127.0.0.1", url="dns:shelter.example"),
                response(PAGE),
            ]
        )
    )
    assert reasons(found) == [foreign_warc.OTHER_KIND] * 5 + [
        foreign_warc.OTHER_PAGE,
        foreign_warc.REDIRECT,
        foreign_warc.OTHER_PAGE,
    ]
    assert bodies(found) == [PAGE]


def test_what_a_browser_crawler_drew_is_a_capture(read):
    html = {"Content-Type": "text/html;charset=utf-8"}
    shell = b"<html><body><div id=root></div><script>go()</script></body></html>"
    found = read(
        wacz(
            {
                "rec.warc.gz": packed(
                    [
                        response(shell, status="HTTP/1.1 200 ", fields={"WARC-JSON-Metadata": '{"ipType": "Public"}'}),
                        record(
                            "resource", b"{}", url=f"urn:pageinfo:{URL}", fields={"Content-Type": "application/json"}
                        ),
                        record("resource", b"In 2021", url=f"urn:text:{URL}", fields={"Content-Type": "text/plain"}),
                        record(
                            "resource", b"\x89PNG", url=f"urn:thumbnail:{URL}", fields={"Content-Type": "image/png"}
                        ),
                        record("resource", b"\xff\xd8\xff", fields={"Content-Type": "image/jpeg"}),
                        record("resource", PAGE, date="2022-05-17T09:00:02Z", fields=html),
                    ]
                )
            }
        ),
        "rec.wacz",
    )
    assert bodies(found) == [shell, PAGE]
    drawn = found[-1].retrieval
    assert (drawn.status, drawn.header("content-type")) == (200, "text/html;charset=utf-8")


def test_a_target_in_brackets_and_one_with_a_secret_are_shown_plainly(read):
    found = read(
        packed(
            [
                response(PAGE, url=f"<{URL}>", version="1.0"),
                response(OTHER, url=f"{URL}?utm_source=x", headers=HTML | {"Location": f"{URL}?token=abc"}),
            ]
        )
    )
    assert [one.retrieval.url for one in found] == [URL, f"{URL}?utm_source=x"]
    assert "abc" not in str(found)
    (found,) = read(
        packed([response(PAGE, url=f"{URL}?token=abc", headers=HTML | {"Set-Cookie": "a=b"})]),
        followed=f"{URL}?token=abc",
    )
    assert "abc" not in str(found)
    assert found.retrieval.header("set-cookie") == "a=REDACTED"


def test_where_a_web_archive_keeps_it_is_kept(read):
    archived = f"https://archive.example/web/20220517090000id_/{URL}"
    found = read(
        packed(
            [
                response(PAGE, fields={"WARC-Source-URI": archived}),
                response(OTHER, fields={"WARC-Source-URI": "file:///x"}),
            ]
        )
    )
    assert [one.retrieval.archived_url for one in found] == [archived, None]


def test_revisits_name_what_they_repeat(read):
    first = response(PAGE)
    same = {"WARC-Payload-Digest": sha1(PAGE), "WARC-Refers-To-Target-URI": f"<{URL}>", "WARC-Refers-To-Date": DATE}
    found = read(
        packed(
            [
                first,
                revisit(fields=same, date="2022-06-01T00:00:00Z"),
                revisit(http(b""), fields={"WARC-Refers-To": "<urn:uuid:1>"}, date="2022-07-01T00:00:00Z"),
                revisit(profile="server-not-modified", fields=same, date="2022-08-01T00:00:00Z"),
                revisit(
                    http(b"", {"ETag": '"1"'}, "HTTP/1.1 304 Not Modified"), fields=same, date="2022-09-01T00:00:00Z"
                ),
                response(b"", status="HTTP/1.1 304 Not Modified", date="2022-10-01T00:00:00Z"),
            ]
        )
    )
    again = found[1:]
    assert all(isinstance(one, Repeated) for one in again)
    assert [one.retrieval.status for one in again] == [0, 200, 304, 304, 304]
    assert (again[0].uri, again[0].date) == (URL, dt.datetime(2022, 5, 17, 9, tzinfo=dt.UTC))
    assert again[0].retrieval.stated_digest == sha1(PAGE)
    assert again[1].record_id == "<urn:uuid:1>"
