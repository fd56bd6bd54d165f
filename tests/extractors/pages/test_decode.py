"""Charsets declared, wrong or missing; bodies that are no page."""

import gzip

import pytest

from extractors.errors import InputError
from extractors.pages import html_passages

TEXT = "Café über 5 – “x”"
PAGE = f"<html><head>{{}}</head><body><p>{TEXT}</p></body></html>"


def read(body: bytes, charset: str | None = None) -> str:
    (passage,) = html_passages(body, charset=charset)
    return passage.text


@pytest.mark.parametrize(
    "meta, encoding, charset",
    [
        ('<meta charset="utf-8">', "utf-8", None),
        ("", "utf-8", None),
        ("", "utf-8", "utf-8"),
        ("", "utf-8", "iso-8859-1"),
        ('<meta charset="iso-8859-1">', "utf-8", None),
        ('<meta charset="windows-1252">', "cp1252", None),
        ('<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "cp1252", None),
        ("", "cp1252", None),
        ("", "cp1252", "utf-8"),
        ('<meta charset="utf-8">', "cp1252", None),
        ("", "cp1252", "no-such-charset"),
        ("", "utf-8-sig", None),
        ("", "utf-16", None),
        ("", "utf-16-le", "utf-16le"),
        ('<meta charset="utf-16">', "utf-8", None),
        ("", "mac-roman", "macintosh"),
    ],
)
def test_the_charset_is_found(meta: str, encoding: str, charset: str | None) -> None:
    assert read(PAGE.format(meta).encode(encoding), charset) == TEXT


def test_one_stray_byte_does_not_spoil_the_rest() -> None:
    assert read("<p>Café ".encode() + b"\x93old\x94" + " über 5</p>".encode()) == "Café “old” über 5"


def test_a_page_in_another_alphabet_is_read_by_its_declaration() -> None:
    assert read("<p>日本語 12 テスト</p>".encode("shift_jis"), "shift_jis") == "日本語 12 テスト"
    assert read('<meta charset="koi8-r"><p>Помощь 7</p>'.encode("koi8-r")) == "Помощь 7"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"  \n\t ",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"PK\x03\x04\x14\x00\x06\x00",
        gzip.compress(b"<p>5</p>", mtime=0),
        bytes(range(256)) * 8,
        b"<!-- nothing -->",
    ],
)
def test_a_body_that_is_no_page_is_refused_in_one_line(body: bytes) -> None:
    with pytest.raises(InputError) as caught:
        html_passages(body)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 150
