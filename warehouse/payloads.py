"""The body of a page from the payload of a foreign record, which may be as it was sent or decoded already."""

import base64
import hashlib
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from warehouse.captures import HTML_MARKUP, HTML_TYPES, SNIFFED
from warehouse.codings import GZIP_START, READ_SIZE, Decoded, UnknownCoding
from warehouse.fetch import Limits

MOST_BYTES = Limits().max_bytes
DIGESTS = {"sha1": "sha1", "sha-1": "sha1", "sha256": "sha256", "sha-256": "sha256", "md5": "md5", "sha512": "sha512"}
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


class UnreadableBody(ValueError):
    """The body cannot be had from the payload."""


class DamagedBody(UnreadableBody):
    """It is not in the coding that it begins with."""


@dataclass(frozen=True, slots=True)
class Body:
    """A page's bytes, and what they were before the content coding was undone."""

    content: bytes
    unchunked: bytes
    cut_short: bool


def body_of(payload: bytes, headers: Iterable[tuple[str, str]]) -> Body:
    """The body, decoded as far as its bytes show that it is not decoded yet.

    Raises:
        UnreadableBody: it is in a coding that is not read, or not what it says, or larger than a page is.
    """
    named = {name.lower(): value for name, value in reversed(list(headers))}
    unchunked, cut_short = _unchunked(payload, "chunked" in named.get("transfer-encoding", "").lower())
    chunked = unchunked is not payload
    content, coded, ended = _decoded(unchunked, named)
    stated = named.get("content-length", "")
    if not chunked and not coded and "content-encoding" not in named and stated.isascii() and stated.isdecimal():
        cut_short = len(payload) < int(stated[:18])
    return Body(content, unchunked, cut_short or not ended)


def fits_digest(data: bytes, stated: str | None) -> bool:
    """Whether `data` has the digest that is stated, as `algorithm:value` in base 16, 32 or 64.

    None fits nothing; an algorithm that is not known fits everything.
    """
    if stated is None:
        return False
    algorithm, _, value = stated.partition(":")
    known = DIGESTS.get(algorithm.strip().lower())
    if known is None:
        return True
    digest, value = hashlib.new(known, data, usedforsecurity=False).digest(), value.strip().rstrip("=")
    written = {digest.hex(), base64.b32encode(digest).decode().rstrip("=").lower()}
    return value.lower() in written or value == base64.b64encode(digest).decode().rstrip("=")


def _unchunked(payload: bytes, stated: bool) -> tuple[bytes, bool]:
    """The payload without the frame of chunks, where it still has one; and whether that ended too soon."""
    parts: list[bytes] = []
    place = 0
    while size := _CHUNK.match(payload, place):
        length, start = int(size[1], 16), size.end()
        if length == 0:
            whole = stated or (parts and not payload[start:].strip())
            return (b"".join(parts), False) if whole else (payload, False)
        part = payload[start : start + length]
        parts.append(part)
        place = start + length
        ends = payload[place : place + 2]
        if len(part) < length or not ends:
            place = len(payload)
            break
        if not ends.startswith((b"\r\n", b"\n")):
            return (payload, False) if len(parts) == 1 else (b"".join(parts), True)
        place += 2 if ends == b"\r\n" else 1
    if not parts or not stated:
        return payload, False  # it was taken away before; or never was there
    return b"".join(parts), True


def _decoded(payload: bytes, named: dict[str, str]) -> tuple[bytes, bool, bool]:
    """The content; whether it still was coded; whether the coded bytes came to their end."""
    coding = named.get("content-encoding", "")
    is_gzip = payload.startswith(GZIP_START)
    media_type = named.get("content-type", "").partition(";")[0].strip().lower()
    if is_gzip and not coding.strip() and media_type in HTML_TYPES:
        coding = "gzip"  # the header was taken away, the coding was not
    content = bytearray()
    try:
        decoded = Decoded(BytesIO(payload).read, coding)
        while block := decoded.read(min(READ_SIZE, MOST_BYTES + 1 - len(content))):
            content += block
            if len(content) > MOST_BYTES:
                raise UnreadableBody(f"its body is over {MOST_BYTES:,} bytes")
        if not (decoded.cut_short and not content):
            return bytes(content), bool(coding.strip()), not decoded.cut_short
    except UnknownCoding as error:
        if not _is_markup(payload):
            raise UnreadableBody(f"its body is encoded as {error}, which is not read") from None
    except zlib.error:
        if is_gzip or content:
            raise DamagedBody(f"its body is not valid {coding}, as its headers state") from None
    if len(payload) > MOST_BYTES:
        raise UnreadableBody(f"its body is over {MOST_BYTES:,} bytes")
    return payload, False, True


def _is_markup(payload: bytes) -> bool:
    return HTML_MARKUP.search(payload[:SNIFFED].replace(b"\0", b"")) is not None
