"""What the index of a web archive (CDX) lists: one capture a line, in any of the dialects that archives answer in.

Bytes in, records out; asking for them is `web_archive`'s. The Wayback Machine answers with one JSON array whose first
row names the columns, or with plain text; pywb with a JSON object a line, or with a key, a time and a JSON object.
"""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from extractors.errors import ImpactError

FIRST_ARCHIVED = dt.datetime(1996, 1, 1, tzinfo=dt.UTC)
"""No web archive kept anything before."""
COLUMNS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest")
"""Columns of a plain text index, in its order; further ones say where the archive keeps it."""
NAMES = {"url": "original", "mime": "mimetype", "status": "statuscode"}
"""How pywb calls what the Wayback Machine calls otherwise."""
UNKNOWN = ("", "-")
STAMP = "%Y%m%d%H%M%S"


class NoIndex(ImpactError):
    """The answer is none of an index of captures. Check the archive's address."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an index. What a dialect lacks is empty."""

    timestamp: str
    """As listed; of a whole one fourteen digits, UTC."""
    original: str
    """URL that was captured, as the archive writes it."""
    status: str
    """HTTP status; empty of a capture that repeats an earlier one, and where the archive does not know it."""
    digest: str
    """Of the payload, by which the archive tells captures of the same bytes."""
    text: str
    """The line itself."""

    @property
    def moment(self) -> dt.datetime | None:
        """When it was captured; None when that is no moment."""
        if not re.fullmatch(r"\d{14}", self.timestamp, re.ASCII):
            return None
        try:
            return dt.datetime.strptime(self.timestamp, STAMP).replace(tzinfo=dt.UTC)
        except ValueError:
            return None


def read_index(body: bytes) -> tuple[list[Line], str | None]:
    """Lines of one answer, in its order, and the key with which the next can be asked for, where it gives one.

    Raises:
        NoIndex: the body is something else.
    """
    text = body.decode("utf-8", errors="replace").lstrip("\ufeff").strip()
    if not text:
        return [], None
    if text[0] == "<":
        raise NoIndex("it is a web page")
    if text.startswith("[") and (rows := _json(text)) is not None:
        return _array(rows)
    listed, blank, rest = text.replace("\r\n", "\n").partition("\n\n")  # the Wayback Machine's key stands below
    key = rest.strip() if blank and "\n" not in rest.strip() and " " not in rest.strip() else None
    lines = [line.strip() for line in [*listed.split("\n"), *([] if key else rest.split("\n"))]]
    return [_line(line) for line in lines if line and not line.startswith("CDX ")], key


def impossible(line: Line, now: dt.datetime) -> str | None:
    """Why a line tells of no capture that there can be, in some words; None when it may."""
    moment = line.moment
    if moment is None:
        return "time that is no moment" if line.timestamp else "line that cannot be read"
    if moment > now:
        return "time in the future"
    if moment < FIRST_ARCHIVED:
        return "time before there were web archives"
    if not re.match(r"https?://", line.original, re.IGNORECASE):
        return "address that is none of a web page"
    return None


def unwanted(line: Line) -> str | None:
    """Why a capture is no page by its status, in some words; None when it may be one."""
    if line.status in (*UNKNOWN, "200"):
        return None
    kind = "redirect" if line.status.startswith("3") else "error page"
    return f"archived {kind} (status {line.status[:20]})"


def _array(rows: object) -> tuple[list[Line], str | None]:
    if not isinstance(rows, list):
        raise NoIndex("it is JSON of another shape")
    if all(isinstance(row, dict) for row in rows):
        return [_record(row, json.dumps(row)) for row in rows], None
    if not all(isinstance(row, list) for row in rows):
        raise NoIndex("it is JSON of another shape")
    key = None
    if len(rows) > 1 and not rows[-2] and len(rows[-1]) == 1:
        key = str(rows[-1][0])
        rows = rows[:-2]
    names, *listed = rows or [[]]
    return [_record(dict(zip(map(str, names), row, strict=False)), json.dumps(row)) for row in listed if row], key


def _line(text: str) -> Line:
    if text.startswith("{"):
        record = _json(text)
        return _record(record if isinstance(record, dict) else {}, text)
    key, _, rest = text.partition(" ")
    stamp, _, block = rest.partition(" ")
    if block.startswith("{"):
        record = _json(block)
        return _record({"urlkey": key, "timestamp": stamp} | (record if isinstance(record, dict) else {}), text)
    return _record(dict(zip(COLUMNS, text.split(" "), strict=False)), text)


def _record(fields: Mapping[str, object], text: str) -> Line:
    named = {NAMES.get(name, name): "" if value is None else str(value) for name, value in fields.items()}
    status = named.get("statuscode", "")
    digest = named.get("digest", "").removeprefix("sha1:")
    return Line(
        timestamp=named.get("timestamp", ""),
        original=named.get("original", ""),
        status="" if status in UNKNOWN else status,
        digest="" if digest in UNKNOWN else digest,
        text=text,
    )


def _json(text: str) -> object | None:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found
