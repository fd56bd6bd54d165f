"""WARC files as other tools write them, put together by hand: no library stands between a test and the bytes."""

import base64
import gzip
import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping

URL = "https://shelter.example/impact"
DATE = "2022-05-17T09:00:00Z"
HTML = {"Content-Type": "text/html; charset=utf-8"}


def sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def record(
    kind: str,
    block: bytes,
    *,
    url: str | None = URL,
    date: str = DATE,
    fields: Mapping[str, str | None] | None = None,
    version: str = "1.1",
) -> bytes:
    """One record. A field given as None is left out."""
    head: dict[str, str | None] = {"WARC-Type": kind, "WARC-Record-ID": f"<urn:uuid:{hashlib.md5(block).hexdigest()}>"}
    head |= {"WARC-Target-URI": url, "WARC-Date": date, "Content-Length": str(len(block))} | dict(fields or {})
    lines = [f"WARC/{version}", *(f"{name}: {value}" for name, value in head.items() if value is not None)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def http(body: bytes, headers: Mapping[str, str] | None = None, status: str = "HTTP/1.1 200 OK") -> bytes:
    lines = [status, *(f"{name}: {value}" for name, value in (HTML if headers is None else headers).items())]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def response(
    body: bytes,
    *,
    headers: Mapping[str, str] | None = None,
    status: str = "HTTP/1.1 200 OK",
    fields: Mapping[str, str | None] | None = None,
    **record_parts: str,
) -> bytes:
    stated = {"Content-Type": "application/http; msgtype=response", "WARC-Payload-Digest": sha1(body)}
    return record("response", http(body, headers, status), fields=stated | dict(fields or {}), **record_parts)


def revisit(
    block: bytes = b"", *, profile: str = "identical-payload-digest", fields: Mapping[str, str | None], **parts: str
) -> bytes:
    stated = {"WARC-Profile": f"http://netpreserve.org/warc/1.1/revisit/{profile}"}
    return record("revisit", block, fields=stated | dict(fields), **parts)


def warcinfo() -> bytes:
    return record("warcinfo", b"software: other/1.0\r\n", url=None, fields={"Content-Type": "application/warc-fields"})


def packed(records: Iterable[bytes]) -> bytes:
    """Compressed record by record."""
    return b"".join(gzip.compress(one) for one in records)


def wacz(files: Mapping[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as bundle:
        bundle.writestr("datapackage.json", "{}")
        for name, data in files.items():
            bundle.writestr(f"archive/{name}", data)
        bundle.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n')
    return file.getvalue()
