"""From a body's bytes to one string of HTML: what is not a page is refused, the charset is settled.

Says nothing about elements; it only looks at the first bytes and at declarations.
"""

import codecs
import re

from extractors.errors import InputError

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# What a body that is no HTML starts with, and what to call it.
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a media file"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x7fELF", "a program"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{1,40})""", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]{1,40})""")
# Browsers read these labels as windows-1252 (WHATWG Encoding Standard).
_WINDOWS_1252 = {"ascii", "iso8859-1", "latin-1", "cp1252"}
_NO_CHARSETS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}
"""Codecs of Python that are no charset of any page."""
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def _from_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("windows-1252", _from_windows_1252)


def decode(body: bytes, charset: str | None = None) -> str:
    """Return the page as text; `charset` is what the HTTP header said, if it did.

    Order: byte order mark; UTF-8 when the bytes are valid UTF-8 (text in another charset almost never is, so this also
    mends a wrong declaration); the header's charset; the page's own declaration; at last UTF-8 in which every byte that
    does not fit is read as windows-1252.
    Raises InputError when the body is empty or no HTML.
    """
    if not body.strip():
        raise InputError("the page is empty: nothing to read")
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _clean(body[len(mark) :].decode(name, "replace"))
    declared = [name for name in (charset, *_declarations(body)) if name]
    if not any(_codec(name).startswith("utf-16") for name in declared[:1]):
        _refuse_binary(body)
    for name in declared:
        if _codec(name).startswith(("utf-16", "iso2022", "hz")):  # valid UTF-8 or ASCII by accident
            text = _strict(body, name)
            if text is not None and "<" in text:
                return _clean(text)
    text = _strict(body, "utf-8")
    for name in declared:
        if text is not None:
            break
        if _codec(name) != "utf-8":
            text = _strict(body, name)
    return _clean(text if text is not None else body.decode("utf-8", "windows-1252"))


def _clean(text: str) -> str:
    """The text without what is no character: NUL, and surrogates that some charsets let stand alone."""
    text = text.replace("\x00", "") if "\x00" in text else text
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def _declarations(body: bytes) -> list[str]:
    head = body[:4096]
    found = [_XML_DECLARED.search(head), _DECLARED.search(head)]
    return [match.group(1).decode("ascii", "replace") for match in found if match]


def _codec(name: str) -> str:
    try:
        codec = codecs.lookup(name.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return ""
    return "" if codec in _NO_CHARSETS else codec


def _strict(body: bytes, name: str) -> str | None:
    codec = _codec(name)
    if not codec:
        return None
    try:
        return body.decode("cp1252" if codec in _WINDOWS_1252 else codec)
    except (UnicodeError, LookupError):
        return None


def _refuse_binary(body: bytes) -> None:
    start = body[:1024].lstrip()
    for magic, what in _MAGIC:
        if start.startswith(magic):
            raise InputError(f"not an HTML page but {what}: give the address of a web page")
    if len(_CONTROL.findall(start)) > max(len(start) // 20, 4):
        raise InputError("not an HTML page but binary data: give the address of a web page")
