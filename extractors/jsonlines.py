"""Facts and numerals as JSON lines, with the field names and number forms that users rely on.

Only the writing. The dictionaries are built by hand: this is done once for every fact of every page of a batch.
"""

import datetime as dt
import json
import re
from decimal import Decimal
from typing import Any

from extractors.records import Fact, Numeral

_LARGEST = Decimal(10) ** 308
"""Numbers from here on are no double, so no reader of JSON could take them."""

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def escaped(encoded: str) -> str:
    """JSON with what terminals obey, some readers end a line at or no encoding takes as `\\uXXXX`: the same value."""
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", encoded)


def fact_line(fact: Fact, **first: Any) -> str:
    """One fact as one line of JSON, without the line's end; `first` are further fields, put before."""
    return escaped(_encode(first | fact_record(fact)))


def numeral_line(numeral: Numeral, **first: Any) -> str:
    """One line of the ledger as one line of JSON, without the line's end; `first` are further fields, put before."""
    return escaped(_encode(first | numeral_record(numeral)))


def error_line(name: str | int | None, error: str) -> str:
    """Why the text with the id `name` was not read, as one line of JSON without the line's end."""
    return escaped(_encode({"id": name, "error": error}))


def fact_record(fact: Fact) -> dict[str, Any]:
    """A fact with JSON's own types: numbers as int or float, days and moments in ISO 8601, moments in UTC."""
    return {
        "fact_id": fact.fact_id,
        "source": fact.source,
        "edition": fact.edition,
        "metric": fact.metric,
        "kind": fact.kind,
        "value": _number(fact.value),
        "qualifier": fact.qualifier,
        "value_low": _number(fact.value_low),
        "value_high": _number(fact.value_high),
        "resolution": _number(fact.resolution),
        "unit": fact.unit,
        "label": fact.label,
        "period_type": fact.period_type,
        "year": fact.year,
        "period_start": _day(fact.period_start),
        "period_end": _day(fact.period_end),
        "period_basis": fact.period_basis,
        "dimensions": fact.dimensions,
        "base_year": fact.base_year,
        "attribution": fact.attribution,
        "aggregation": fact.aggregation,
        "flags": fact.flags,
        "surface": fact.surface,
        "start": fact.start,
        "end": fact.end,
        "sentence": fact.sentence,
        "passage_text": fact.passage_text,
        "headings": fact.headings,
        "xpath": fact.xpath,
        "capture_sha256": fact.capture_sha256,
        "captured_at": _moment(fact.captured_at),
        "url": fact.url,
        "archived_url": fact.archived_url,
        "text_fragment_url": fact.text_fragment_url,
        "rule": fact.rule,
        "extractor_version": fact.extractor_version,
    }


def numeral_record(numeral: Numeral) -> dict[str, Any]:
    """A numeral with JSON's own types, its class under the name `class`."""
    return {
        "surface": numeral.surface,
        "start": numeral.start,
        "end": numeral.end,
        "passage_text": numeral.passage_text,
        "value": _number(numeral.value),
        "value_low": _number(numeral.value_low),
        "value_high": _number(numeral.value_high),
        "qualifier": numeral.qualifier,
        "unit": numeral.unit,
        "class": numeral.numeral_class,
        "disposition": numeral.disposition,
        "reason": numeral.reason,
        "fact_id": numeral.fact_id,
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None or not value.is_finite() or abs(value) >= _LARGEST:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: dt.datetime | None) -> str | None:
    if moment is None:
        return None
    # A naive moment is taken as UTC, as everywhere.
    utc = moment.astimezone(dt.UTC) if moment.tzinfo else moment
    return utc.replace(tzinfo=None).isoformat() + "Z"
