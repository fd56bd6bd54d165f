"""Many texts in one file, an object a line: each is read as it would be alone, and one that cannot be costs itself."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from extractors import Reading
from extractors.errors import ImpactError, InputError
from extractors.jsonlines import error_line, fact_line, numeral_line
from extractors.metrics.card import SourceCard
from pipeline.pages import Page, moment, read, web_address

_ID = re.compile(rb'\{[^{}\[\]]*?(?<!\\)"id"\s*:\s*("(?:[^"\\]|\\.){0,1000}"|-?\d{1,1000}\b)')
"""The id of a line that is no JSON, where it still shows."""


def read_lines(lines: Iterable[bytes], card: SourceCard | None, *, numerals: bool) -> Iterator[tuple[bool, list[str]]]:
    """For each line that is not blank: whether it was read, and what is said of it in lines of JSON."""
    for number, raw in enumerate(lines, 1):
        if raw.strip():
            yield _read_line(number, raw, card, numerals)


def _read_line(number: int, raw: bytes, card: SourceCard | None, numerals: bool) -> tuple[bool, list[str]]:
    item: dict[str, Any] | None = None
    try:
        item = _item(raw)
        _check(item)
        return True, list(output_lines(_reading(item, card), numerals, id=item["id"]))
    except ImpactError as error:
        problem = str(error)
    except Exception as error:  # noqa: BLE001 - whatever the reader raises costs this line alone, and is named
        problem = f"cannot be read: {type(error).__name__}: {str(error)[:200]}"
    name = item.get("id") if item is not None else _id_in(raw)
    return False, [error_line(name if isinstance(name, str | int) else None, f"line {number} {problem}")]


def output_lines(reading: Reading, numerals: bool, **first: Any) -> Iterator[str]:
    """The facts of a reading, or its ledger, as lines of JSON without their ends."""
    if numerals:
        return (numeral_line(numeral, **first) for numeral in reading.numerals)
    return (fact_line(fact, **first) for fact in reading.facts)


def _item(raw: bytes) -> dict[str, Any]:
    try:
        item = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_object)
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise InputError(f"is not JSON: {error.msg} at character {error.pos + 1}") from None
    except ValueError:
        raise InputError("holds a number of thousands of digits") from None
    except RecursionError:
        raise InputError("is not JSON of any sensible depth") from None
    if not isinstance(item, dict):
        raise InputError('is not an object such as {"id": "a", "text": "…"}')
    return item


def _no_number(name: str) -> None:
    raise InputError(f"is not JSON: {name} is no number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for number, (name, _) in enumerate(pairs) if name in dict(pairs[:number]))
        raise InputError(f'has "{twice[:100]}" twice')
    return found


def _check(item: dict[str, Any]) -> None:
    if not isinstance(item.get("id"), str | int) or isinstance(item["id"], bool):
        raise InputError('lacks "id", a string or a whole number')
    if (item.get("text") is None) == (item.get("html") is None):
        raise InputError('needs one of "text" and "html"')
    for key in ("text", "html", "url", "captured_at"):
        if not isinstance(item.get(key), str | None):
            raise InputError(f'"{key}" must be a string')
    for key in ("id", "text", "html", "url", "captured_at"):
        if isinstance(item.get(key), str) and not _encodable(item[key]):
            raise InputError(f'"{key}" holds half a surrogate pair, which is no character')
    edition = item.get("edition")
    if edition is not None and (type(edition) is not int or not 1 <= edition <= 9999):
        raise InputError('"edition" must be a year, as a whole number')


def _reading(item: dict[str, Any], card: SourceCard | None) -> Reading:
    html = item.get("html") is not None
    page = Page("", (item["html"] if html else item["text"]).encode(), html)
    captured_at = moment(item["captured_at"]) if item.get("captured_at") else None
    url = web_address(item["url"]) if item.get("url") else None
    return read(page, card, item.get("edition"), url, captured_at)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _id_in(raw: bytes) -> str | int | None:
    found = _ID.match(raw.lstrip(b"\xef\xbb\xbf \t\r"))
    try:
        return json.loads(found[1]) if found else None
    except ValueError:
        return None
