"""WARC files (ISO 28500, version 1.1) to and from captures and acceptances: bytes in, bytes out.

A file holds a warcinfo record and one record of its own: `response`, `revisit` or `metadata`. Where files lie and which
ones there are belongs to `archive`.
"""

import datetime as dt
import gzip
import hashlib
import io
import json
import re
import zlib
from collections.abc import Mapping
from typing import Literal
from urllib.parse import quote

from pydantic import ValidationError
from warcio.archiveiterator import WARCIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extractors.errors import ImpactError
from extractors.links import public_url
from extractors.records import Record
from warehouse.fetch import SOFTWARE, Retrieval

REVISIT = "http://netpreserve.org/warc/1.1/revisit/"
REQUESTED_URI = "Impact-Requested-URI"
"""Extension field: the URL asked for, where a redirect led elsewhere (WARC-Target-URI is the one that answered)."""
ARCHIVED_URI = "Impact-Archived-URI"
"""Extension field: where a web archive keeps the capture, when it was not had from the page itself."""
IMPORTED_FROM, STATED_DIGEST = "Impact-Imported-From", "Impact-Stated-Digest"
"""Extension fields: the file that brought the capture, and the payload digest that it states."""
NOT_MODIFIED = "Impact-Not-Modified"
"""Extension field: reason and headers of a 304, as JSON. In the record's block they would be what is replayed: a 304,
and not the page that it speaks of."""
NOT_AS_STORED = ("content-encoding", "transfer-encoding")
"""Headers that no longer describe the stored, decompressed body; kept under web archives' usual prefix."""
ORIGINAL_PREFIX = "X-Archive-Orig-"
CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE | re.ASCII)


class CorruptWarc(ImpactError):
    """The file is not a whole WARC file of this archive. It is skipped; restore it from a copy if it matters."""


class Capture(Record):
    """One retrieval that the archive keeps. A revisit says: checked, unchanged; its payload is that of `refers_to`."""

    capture_id: str
    """UTC timestamp and the hash's first twelve digits; the file's name; unique within a source."""
    source: str
    record_id: str
    """The WARC record's own id; acceptances and revisits refer to it."""
    record_type: Literal["response", "revisit"]
    refers_to: str | None
    """For a revisit the `record_id` of the response it repeats."""
    url: str
    final_url: str
    captured_at: dt.datetime
    status: int
    content_type: str | None
    """Media type, lower case, without parameters; None where there is none."""
    charset: str | None
    """As the Content-Type header states it; often missing or wrong."""
    etag: str | None
    last_modified: str | None
    """Both as received, a character a byte (ISO 8859-1): so they can be sent back."""
    sha256: str
    """Of the payload: the body, decompressed."""
    size: int
    truncated: bool
    sample: bool
    """Of a bundled sample edition, not of the live page."""
    warc_file: str
    """Path relative to the home."""
    archived_url: str | None = None
    """Where a web archive keeps it, when it was not had from the page itself."""
    imported_from: str | None = None
    """Name of the file that brought it; None of what was had over the network."""
    stated_digest: str | None = None
    """Payload digest as that file states it."""


class Acceptance(Record):
    """A person's decision to let a capture through that the plausibility check held back."""

    source: str
    record_id: str
    """Of the response capture it speaks of."""
    sha256: str
    reason: str
    """One line."""
    accepted_at: dt.datetime


class _Head(StatusAndHeaders):  # type: ignore[misc]
    """Status line and headers of a response, written as they were received: warcio would escape what is no ASCII."""

    def to_ascii_bytes(self, filter_func: object = None) -> bytes:
        return bytes(self.to_str(filter_func).encode("latin-1")) + b"\r\n"


def write_response(source: str, retrieval: Retrieval, *, sample: bool) -> bytes:
    """Build the file for a retrieval that brought a body."""
    fields = {"WARC-Payload-Digest": f"sha256:{sha256(retrieval.body)}"}
    if retrieval.truncated:
        fields["WARC-Truncated"] = "disconnect"
    headers = _stored_headers(retrieval)
    return _file(source, sample, "response", _target(retrieval) | fields, retrieval.body, http=headers)


def write_revisit(source: str, retrieval: Retrieval, original: Capture, *, sample: bool) -> bytes:
    """Build the file for a retrieval that found `original` unchanged: a 304, or the same bytes again."""
    profile = "server-not-modified" if retrieval.status == 304 else "identical-payload-digest"
    fields = {
        "WARC-Profile": REVISIT + profile,
        "WARC-Refers-To": original.record_id,
        "WARC-Refers-To-Target-URI": original.final_url,
        "WARC-Refers-To-Date": _date(original.captured_at),
        "WARC-Payload-Digest": f"sha256:{original.sha256}",
    }
    if retrieval.status == 304:
        received = json.dumps({"reason": retrieval.reason, "headers": retrieval.headers})
        return _file(source, sample, "revisit", _target(retrieval) | fields | {NOT_MODIFIED: received}, b"")
    headers = _stored_headers(retrieval)
    return _file(source, sample, "revisit", _target(retrieval) | fields, b"", http=headers)


def write_acceptance(acceptance: Acceptance, capture: Capture) -> bytes:
    """Build the file for a decision: a metadata record that refers to the capture's record."""
    fields = {
        "WARC-Target-URI": capture.final_url,
        "WARC-Date": _date(acceptance.accepted_at),
        "WARC-Refers-To": acceptance.record_id,
    }
    body = f"decision: accepted\r\nsha256: {acceptance.sha256}\r\nreason: {acceptance.reason}\r\n".encode()
    return _file(acceptance.source, capture.sample, "metadata", fields, body)


def read(data: bytes, source: str, name: str) -> tuple[Capture | Acceptance, bytes]:
    """Read one file of `source`, `name` relative to the home; the second item is a response's payload.

    The whole file is checked: gzip's own checksum, then the payload's SHA-256.

    Raises:
        CorruptWarc: cut short, damaged, or not a file this archive wrote.
    """
    try:
        # warcio would read HTTP headers as UTF-8 or as ISO 8859-1, whichever fits, and not say which.
        file = WARCIterator(io.BytesIO(gzip.decompress(data)), no_record_parse=True)
        (info, described), (record, block) = [(record, record.raw_stream.read()) for record in file]
        if info.rec_type != "warcinfo":
            raise CorruptWarc(f"{name} does not begin with a warcinfo record")
        if record.rec_type == "metadata":
            return _acceptance(source, record, block), b""
        sample = _fields(described)["impact-captures"] == "sample"
        head, _, payload = block.partition(b"\r\n\r\n")
        return _capture(source, name, record, head.decode("latin-1"), payload, sample=sample), payload
    except (EOFError, gzip.BadGzipFile, zlib.error):
        problem = "cut short or damaged"
    except (ArchiveLoadFailed, ValidationError, ValueError, LookupError, TypeError, AttributeError):
        problem = "not a capture of this archive"
    raise CorruptWarc(f"{name} is {problem}; it is skipped, restore it from a copy if there is one")


def sha256(data: bytes) -> str:
    """SHA-256 of `data`, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def _capture(source: str, name: str, record: ArcWarcRecord, head: str, payload: bytes, *, sample: bool) -> Capture:
    header = record.rec_headers.get_header
    not_modified = header(NOT_MODIFIED)
    status_line, *lines = _received_304(not_modified) if not_modified else head.split("\r\n")
    http = {field.lower(): value.strip(" \t") for field, _, value in (line.partition(":") for line in reversed(lines))}
    algorithm, _, digest = header("WARC-Payload-Digest").partition(":")
    response = record.rec_type == "response"
    if algorithm != "sha256" or (response and sha256(payload) != digest):
        raise CorruptWarc(f"{name} holds other bytes than its digest states; restore it from a copy if there is one")
    content_type, charset = media_type(http.get("content-type", ""))
    return Capture(
        capture_id=name.rpartition("/")[2].removesuffix(".warc.gz"),
        source=source,
        record_id=header("WARC-Record-ID"),
        record_type=record.rec_type,
        refers_to=header("WARC-Refers-To"),
        # Also of what was stored before secrets were left out.
        url=public_url(header(REQUESTED_URI) or header("WARC-Target-URI")),
        final_url=public_url(header("WARC-Target-URI")),
        captured_at=dt.datetime.fromisoformat(header("WARC-Date")),
        status=int(status_line.split()[1]),
        content_type=content_type,
        charset=charset,
        etag=http.get("etag"),
        last_modified=http.get("last-modified"),
        sha256=digest,
        size=len(payload),
        truncated=header("WARC-Truncated") is not None,
        sample=sample,
        warc_file=name,
        archived_url=header(ARCHIVED_URI),
        imported_from=header(IMPORTED_FROM),
        stated_digest=header(STATED_DIGEST),
    )


def media_type(header: str) -> tuple[str | None, str | None]:
    """Media type and charset as a Content-Type header states them, in lower case; None of what it does not state."""
    kind, charset = header.partition(";")[0].strip().lower(), CHARSET.search(header)
    return kind if "/" in kind else None, charset[1].lower() if charset else None


def stamp(moment: dt.datetime) -> str:
    """How the name of a capture of that moment begins."""
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%S%fZ")


def _received_304(stated: str) -> list[str]:
    """Lines of the HTTP head that `NOT_MODIFIED` holds."""
    received = json.loads(stated)
    return [f"HTTP/1.1 304 {received['reason']}", *(f"{name}: {value}" for name, value in received["headers"])]


def _acceptance(source: str, record: ArcWarcRecord, payload: bytes) -> Acceptance:
    header, fields = record.rec_headers.get_header, _fields(payload)
    return Acceptance(
        source=source,
        record_id=header("WARC-Refers-To"),
        sha256=fields["sha256"],
        reason=fields["reason"],
        accepted_at=dt.datetime.fromisoformat(header("WARC-Date")),
    )


def _file(
    source: str,
    sample: bool,
    kind: str,
    fields: Mapping[str, str],
    payload: bytes,
    *,
    http: _Head | None = None,
) -> bytes:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True, warc_version="WARC/1.1")
    info = writer.create_warcinfo_record(
        None,
        {
            "software": SOFTWARE,
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "impact-source": source,
            "impact-captures": "sample" if sample else "live",
        },
    )
    writer.write_record(info)
    links = {"WARC-Warcinfo-ID": info.rec_headers.get_header("WARC-Record-ID")}
    writer.write_record(
        writer.create_warc_record(
            None,
            kind,
            payload=io.BytesIO(payload),
            length=len(payload),
            warc_headers_dict=dict(fields) | links,
            http_headers=http,
        )
    )
    return file.getvalue()


def _target(retrieval: Retrieval) -> dict[str, str]:
    fields = {"WARC-Target-URI": retrieval.final_url, "WARC-Date": _date(retrieval.retrieved_at)}
    if retrieval.url != retrieval.final_url:
        fields[REQUESTED_URI] = retrieval.url
    extensions = {
        ARCHIVED_URI: retrieval.archived_url,
        IMPORTED_FROM: retrieval.imported_from and quote(retrieval.imported_from, safe=" "),
        STATED_DIGEST: retrieval.stated_digest,
    }
    return fields | {name: value for name, value in extensions.items() if value}


def _stored_headers(retrieval: Retrieval) -> _Head:
    """Headers that fit the stored body, so that any web archive software can replay the record.

    The body is stored decompressed: then its hash is that of the page as read, whatever a server's gzip did that day.
    What the server said of the encoding and the length stays, under the prefix.
    """
    size = str(len(retrieval.body))
    headers = []
    for name, value in retrieval.headers:
        moved = name.lower() in NOT_AS_STORED or (name.lower() == "content-length" and value.strip() != size)
        headers.append((ORIGINAL_PREFIX + name if moved else name, value))
    if retrieval.status != 304 and not any(name.lower() == "content-length" for name, _ in headers):
        headers.append(("Content-Length", size))
    status_line = f"{retrieval.status} {retrieval.reason}".rstrip(" ")
    return _Head(status_line, headers, protocol="HTTP/1.1")


def _fields(block: bytes) -> dict[str, str]:
    """Read application/warc-fields: `name: value` lines."""
    return dict(re.findall(r"^([^:\r\n]+): *([^\r\n]*)\r?$", block.decode("utf-8"), flags=re.MULTILINE))


def _date(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
