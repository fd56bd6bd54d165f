"""The index of a web archive in every dialect: the same lines, and what cannot be a capture told apart."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.cdx import Line, NoIndex, impossible, read_index, unwanted

NOW = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)
URL = "http://shelter.example/impact"
ROWS = [("20150304050607", "200", "AAAA"), ("20160304050607", "404", "BBBB"), ("20170304050607", "-", "AAAA")]
HEADER = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
EXPECTED = [(stamp, URL, status.strip("-"), digest) for stamp, status, digest in ROWS]

ARRAYS = [["example,shelter)/impact", stamp, URL, "text/html", status, digest, "99"] for stamp, status, digest in ROWS]
OBJECTS = [
    {"urlkey": "k", "timestamp": stamp, "url": URL, "mime": "text/html", "status": status, "digest": digest}
    for stamp, status, digest in ROWS
]
DIALECTS = {
    "Wayback Machine": json.dumps([HEADER, *ARRAYS]),
    "in another order of columns": json.dumps([HEADER[::-1], *(row[::-1] for row in ARRAYS)]),
    "pywb": "\n".join(map(json.dumps, OBJECTS)),
    "objects in an array": json.dumps(OBJECTS),
    "plain text": "\n".join(" ".join(row) for row in ARRAYS),
    "with a header, eleven columns and other line ends": " CDX N b a m s k r M S V g\r\n"
    + "\r\n".join(" ".join([*row[:6], "-", "-", "9", "0", "a.warc.gz"]) for row in ARRAYS),
    "CDXJ": "\n".join(f"k {one['timestamp']} {json.dumps(one)}" for one in OBJECTS),
    "CDXJ with algorithms": "\n".join(
        f"k {one['timestamp']} {json.dumps(one | {'digest': 'sha1:' + one['digest'], 'timestamp': None})}".replace(
            ', "timestamp": null', ""
        ).replace('"timestamp": null, ', "")
        for one in OBJECTS
    ),
}


def fields(lines: list[Line]) -> list[tuple[str, str, str, str]]:
    return [(line.timestamp, line.original, line.status, line.digest) for line in lines]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_gives_the_same_lines(dialect: str):
    lines, key = read_index(DIALECTS[dialect].encode())
    assert fields(lines) == EXPECTED
    assert key is None


def test_the_key_to_go_on_with_is_told_from_the_lines():
    key = "example,shelter)/impact 20170304050607"
    array = json.dumps([HEADER, *ARRAYS, [], [key]]).encode()
    text = ("\n".join(" ".join(row) for row in ARRAYS) + "\n\nexample%2Cshelter%29%2Fimpact+20170304050608\n").encode()
    assert (fields(read_index(array)[0]), read_index(array)[1]) == (EXPECTED, key)
    assert fields(read_index(text)[0]) == EXPECTED
    assert read_index(text)[1] == "example%2Cshelter%29%2Fimpact+20170304050608"


@pytest.mark.parametrize("nothing", [b"", b"\n", b"[]", b"[\n]", json.dumps([HEADER]).encode()])
def test_an_index_without_captures_is_empty(nothing: bytes):
    assert read_index(nothing) == ([], None)


@pytest.mark.parametrize("other", [b"<!doctype html><title>Archive</title>", b"[1, 2]", b'["a", ["b"]]'])
def test_what_is_no_index_is_said_to_be_none(other: bytes):
    with pytest.raises(NoIndex):
        read_index(other)


@pytest.mark.parametrize(
    ("stamp", "reason"),
    [
        ("20240501000000", None),
        ("19960101000000", None),
        ("20240501000001", "time in the future"),
        ("99991231235959", "time in the future"),
        ("19951231235959", "time before there were web archives"),
        ("20231301000000", "time that is no moment"),
        ("20230229000000", "time that is no moment"),
        ("2023", "time that is no moment"),
        ("２０２３０３０４０５０６０７", "time that is no moment"),
        ("", "line that cannot be read"),
    ],
)
def test_a_time_that_cannot_be_is_told_apart(stamp: str, reason: str | None):
    assert impossible(Line(stamp, URL, "200", "A", ""), NOW) == reason


@pytest.mark.parametrize("address", ["", "-", "dns:shelter.example", "urn:shelter", "ftp://shelter.example/"])
def test_an_address_that_is_none_of_a_page_is_told_apart(address: str):
    assert impossible(Line("20200101000000", address, "200", "A", ""), NOW) == "address that is none of a web page"


def test_a_status_tells_what_is_no_page():
    found = [unwanted(Line("20200101000000", URL, status, "A", "")) for status in ("200", "", "429", "503", "301")]
    assert found == [
        None,
        None,
        "archived error page (status 429)",
        "archived error page (status 503)",
        "archived redirect (status 301)",
    ]


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_answer_is_read_or_said_to_be_no_index(body: bytes):
    try:
        lines, _ = read_index(body)
    except NoIndex:
        return
    for line in lines:
        impossible(line, NOW)
        unwanted(line)
