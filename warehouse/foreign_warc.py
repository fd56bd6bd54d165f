"""Captures from the files of other web archive tools: WARC, plain or compressed, and WACZ. Bytes in, retrievals out.

Tools differ in what they keep: a body as it was sent or decoded, with headers that fit it or do not; a revisit with or
without what it refers to; a page as a browser drew it, as a `resource` beside the `response`. What each record holds
is told from its bytes, where they say more than its headers. A record that cannot be used is given as `Left`, with the
reason, and costs only itself.
"""

import datetime as dt
import re
import string
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from extractors.errors import InputError
from extractors.links import public_url
from warehouse import payloads
from warehouse.captures import HTML_TYPES
from warehouse.fetch import REDIRECT_STATUS, Retrieval
from warehouse.headers import public_header
from warehouse.warc_records import GZIP_MAGIC, Damage, RawRecord, read_records

EARLIEST = dt.datetime(1996, 1, 1, tzinfo=dt.UTC)
"""Nobody archived the web before; an earlier date is a clock that was wrong."""
OTHER_PAGE, OTHER_KIND = "of no followed page", "no capture (requests, metadata and the like)"
REDIRECT, NO_PAGE = "a redirect", "no page (a picture, a text)"
IMPOSSIBLE = "of an impossible time"
DAMAGED, UNREADABLE = "damaged or cut short", "in a form that is not read"
ABSENT = "a repetition of what is not at hand"

_STATUS_LINE = re.compile(r"(?:HTTP(?:/\d+(?:\.\d+)?)?|ICY)?\s*([1-9]\d\d)(?:\s+(.*))?", re.IGNORECASE)
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n|\A\r?\n")
_DATE_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")
_PARTIAL_DATE = re.compile(r"\d{4}(?:-\d\d)?")
_FRACTION = re.compile(r"(\.\d{6})\d+")


class NoArchive(InputError):
    """The file is no WARC or WACZ file. Name one that is."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record that holds the bytes of a followed page, under the names by which others may refer to it."""

    retrieval: Retrieval
    """Its `url` is the record's own."""
    record_id: str | None


@dataclass(frozen=True, slots=True)
class Repeated:
    """A revisit of a followed page: what it showed is held by another record."""

    retrieval: Retrieval
    """Without a body; the status is 0 where the record has none."""
    record_id: str | None
    """Of the record it refers to, as are the next two."""
    uri: str | None
    date: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Left:
    """A record that was not taken."""

    reason: str
    """One of the constants above."""
    detail: str = ""
    """What is wrong with that record; empty where the reason says it all."""
    about: str | None = None


Entry = Found | Repeated | Left


def entries(path: Path, followed: Callable[[str], bool], *, now: dt.datetime | None = None) -> Iterator[Entry]:
    """What each record of a WARC or WACZ file comes to, one entry a record. `followed` is asked about its target.

    Raises:
        NoArchive: the file holds no record at all.
        InputError: it cannot be read.
    """
    now = now or dt.datetime.now(dt.UTC)
    found = 0
    for file in _files(path):
        for record in read_records(file, lambda record: kind(record, followed) is None):
            if isinstance(record, Damage):
                yield Left(DAMAGED, record.problem, record.about and public_url(record.about))
                continue
            found += 1
            reason = kind(record, followed)
            yield Left(reason) if reason else entry(record, path.name, now)
    if not found:
        raise NoArchive(f"{path} holds no WARC record; give a WARC or WACZ file, or a saved page as .html")


def is_archive(beginning: bytes, name: str) -> bool:
    """Whether a file is, by its first bytes or else its name, one that `entries` reads."""
    if beginning.startswith(b"PK\x03\x04") or beginning.lstrip(b"\r\n").startswith(b"WARC/"):
        return True
    return beginning.startswith(GZIP_MAGIC) or name.lower().endswith((".warc", ".warc.gz", ".wacz"))


def require_record(path: Path) -> None:
    """Make sure that a file holds a record, before anything is taken from it or another.

    Raises:
        NoArchive: it holds none.
        InputError: it cannot be read.
    """
    for entry in entries(path, lambda _: False):
        if isinstance(entry, Left) and entry.reason != DAMAGED:
            return


# --- which files ---


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise InputError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from error


def _files(path: Path) -> Iterator[BinaryIO]:
    """The WARC files in a file: itself, or those of a WACZ."""
    with _opened(path) as file:
        zipped = file.read(4) == b"PK\x03\x04"
        file.seek(0)
        if not zipped:
            yield file
            return
        try:
            with zipfile.ZipFile(file) as bundle:
                for info in warc_members(bundle):
                    yield member_of(file, bundle, info)
        except BAD_ZIP as error:
            raise NoArchive(f"{path} is a damaged or encrypted ZIP file ({error}); fetch it again") from error


BAD_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)
"""What comes of a ZIP file that cannot be read."""


def warc_members(bundle: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The WARC files in a WACZ, by their names."""
    found = [info for info in bundle.infolist() if info.filename.lower().endswith((".warc", ".warc.gz"))]
    return sorted(found, key=lambda info: info.filename)


def member_of(file: BinaryIO, bundle: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    """One of them as a file of its own, read where it lies if it is not compressed once more."""
    if info.compress_type == zipfile.ZIP_STORED and not info.flag_bits & 1:
        return _Window.of(file, info)  # type: ignore[return-value]
    return bundle.open(info)  # type: ignore[return-value]


class _Window:
    """A part of a file, as a file of its own: what lies stored in a ZIP file. WARC has checksums enough of its own."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file, self._start, self._size, self._place = file, start, size, 0

    @classmethod
    def of(cls, file: BinaryIO, info: zipfile.ZipInfo) -> "_Window":
        file.seek(info.header_offset)
        head = file.read(30)
        if len(head) < 30 or head[:4] != b"PK\x03\x04":
            raise zipfile.BadZipFile(f"no entry where {info.filename} should be")
        name, extra = struct.unpack("<HH", head[26:30])
        return cls(file, info.header_offset + 30 + name + extra, info.file_size)

    def seek(self, place: int) -> None:
        self._place = place

    def tell(self) -> int:
        return self._place

    def read(self, size: int) -> bytes:
        self._file.seek(self._start + self._place)
        block = self._file.read(max(0, min(size, self._size - self._place)))
        self._place += len(block)
        return block


# --- what a record comes to ---


def type_of(record: RawRecord) -> str:
    """The type of a record, such as `response`, in lower case."""
    return (record.get("WARC-Type") or "").lower()


def target_of(record: RawRecord) -> str:
    """The address that a record is of."""
    return (record.get("WARC-Target-URI") or "").removeprefix("<").removesuffix(">")


def kind(record: RawRecord, followed: Callable[[str], bool]) -> str | None:
    """Why a record is left, as far as its fields tell; None where its block is wanted."""
    of_type = type_of(record)
    if of_type not in ("response", "resource", "revisit"):
        return OTHER_KIND
    if not followed(target_of(record)):
        return OTHER_PAGE
    if of_type == "resource" and _media_type(record.get("Content-Type") or "") not in HTML_TYPES:
        return NO_PAGE  # a picture of the page, its plain text
    return None


def entry(record: RawRecord, file: str, now: dt.datetime) -> Entry:
    """What a record whose block was wanted comes to; `file` is the name of the file it stands in."""
    target = public_url(target_of(record))
    moment = warc_date(record.get("WARC-Date") or "")
    if moment is None:
        return Left(UNREADABLE, f"its date is {record.get('WARC-Date')!r}", target)
    if not EARLIEST <= moment <= now:
        return Left(IMPOSSIBLE, f"{moment:%Y-%m-%d %H:%M} UTC", target)
    if record.block is None:
        return Left(UNREADABLE, f"it is larger than any page, {record.length:,} bytes", target)
    if record.get("WARC-Segment-Number"):
        return Left(UNREADABLE, "it is split into segments", target)
    return _read(record, file, target, moment)


def _read(record: RawRecord, file: str, target: str, moment: dt.datetime) -> Entry:
    assert record.block is not None
    of_type = type_of(record)
    if of_type == "resource":
        status, reason, raw = 200, "OK", record.block
        headers = [("Content-Type", record.get("Content-Type") or "text/html")]
    elif of_type == "revisit" and not record.block.strip():
        modified = (record.get("WARC-Profile") or "").rstrip("/").endswith("server-not-modified")
        status, reason, headers, raw = (304, "Not Modified", [], b"") if modified else (0, "", [], b"")
    else:
        parsed = http_message(record.block)
        if parsed is None:
            return Left(UNREADABLE, "it holds no HTTP answer", target)
        status, reason, headers, raw = parsed
    if status in REDIRECT_STATUS:
        return Left(REDIRECT)
    secret = target != target_of(record)
    source = record.get("WARC-Source-URI")
    retrieval = Retrieval(
        url=target,
        final_url=quote(target, safe=string.punctuation),
        status=status,
        reason=reason,
        headers=tuple((name, public_header(name, value, secret)) for name, value in headers),
        body=b"",
        retrieved_at=moment,
        truncated=record.get("WARC-Truncated") is not None,
        archived_url=public_url(source) if source and source.startswith(("http://", "https://")) else None,
        imported_from=file,
        stated_digest=record.get("WARC-Payload-Digest"),
    )
    if of_type == "revisit" or status == 304:
        date = warc_date(record.get("WARC-Refers-To-Date") or "")
        uri = (record.get("WARC-Refers-To-Target-URI") or "").strip("<>") or None
        return Repeated(retrieval, record.get("WARC-Refers-To"), uri, date)
    return _with_body(record, retrieval, raw)


def _with_body(record: RawRecord, retrieval: Retrieval, raw: bytes) -> Entry:
    try:
        body = payloads.body_of(raw, retrieval.headers)
    except payloads.DamagedBody as error:
        return Left(DAMAGED, str(error), retrieval.url)
    except payloads.UnreadableBody as error:
        return Left(UNREADABLE, str(error), retrieval.url)
    truncated = retrieval.truncated or body.cut_short
    if not truncated and not _is_intact(record, (raw, body.unchunked, body.content)):
        return Left(DAMAGED, "it holds other bytes than its digest states", retrieval.url)
    return Found(replace(retrieval, body=body.content, truncated=truncated), record.get("WARC-Record-ID"))


def _is_intact(record: RawRecord, forms: Iterable[bytes]) -> bool:
    """Whether a record holds what a digest of it states. Tools differ in which form of the payload they digest."""
    block, payload = record.get("WARC-Block-Digest"), record.get("WARC-Payload-Digest")
    if block is None and payload is None:
        return True
    assert record.block is not None
    return payloads.fits_digest(record.block, block) or any(payloads.fits_digest(form, payload) for form in forms)


def http_message(block: bytes) -> tuple[int, str, list[tuple[str, str]], bytes] | None:
    """Status, reason, headers and what follows them; None of what is no HTTP answer. A character is a byte."""
    end = _END_OF_HEAD.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    first, *lines = re.split(r"\r?\n", head.decode("latin-1"))
    status = _STATUS_LINE.fullmatch(first.strip())
    if status is None:
        return None
    headers: list[tuple[str, str]] = []
    for line in lines:
        name, colon, value = line.partition(":")
        if line[:1] in (" ", "\t") and headers:
            headers[-1] = (headers[-1][0], f"{headers[-1][1]} {line.strip()}")
        elif colon and name.strip():
            headers.append((name.strip(), value.strip()))
    return int(status[1]), (status[2] or "").strip(), headers, body


def warc_date(text: str) -> dt.datetime | None:
    """The moment that a WARC date of any precision names, UTC, its beginning where it is a day or a year."""
    digits = _DATE_DIGITS.fullmatch(text)
    if digits:
        text = "{}-{}-{}T{}:{}:{}".format(*digits.groups())
    elif _PARTIAL_DATE.fullmatch(text):
        text += "-01" * (3 - len(text.split("-")))
    try:
        moment = dt.datetime.fromisoformat(_FRACTION.sub(r"\1", text.strip()))
        return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()
