"""The rows that are kept of a reading: a table each of itself, its passages, its numerals and its facts.

They are made where the page is read, be it in another process: rows of plain values cost a quarter of what models do
on their way.

Numbers are DECIMAL(38,10): whole numbers below 10^28 and decimals to ten places are exact; only ratios such as 1 in 6
are rounded, at the tenth decimal.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from extractors.numbers.intervals import LARGEST
from extractors.records import Fact, Numeral, Passage, Reading
from warehouse.wordings import WORDING_COLUMNS, put

NUMBER = "DECIMAL(38,10)"

READING_COLUMNS = {
    "source": "VARCHAR",
    "capture_sha256": "VARCHAR",
    "edition": "INTEGER",
    "edition_basis": "VARCHAR",
}
PASSAGE_COLUMNS = {
    "source": "VARCHAR",
    "capture_sha256": "VARCHAR",
    "passage_index": "INTEGER",
    "kind": "VARCHAR",
    "region": "VARCHAR",
    "text": "VARCHAR",
    "xpath": "VARCHAR",
    "headings": "VARCHAR[]",
    "lead": "VARCHAR",
    "labels": "VARCHAR[]",
    "caption": "VARCHAR",
    "row_headers": "VARCHAR[]",
    "column_headers": "VARCHAR[]",
}
NUMERAL_COLUMNS = {
    "source": "VARCHAR",
    "capture_sha256": "VARCHAR",
    "surface": "VARCHAR",
    "start": "INTEGER",
    "end": "INTEGER",
    "passage_text": "VARCHAR",
    "passage_index": "INTEGER",
    "xpath": "VARCHAR",
    "value": NUMBER,
    "value_low": NUMBER,
    "value_high": NUMBER,
    "qualifier": "VARCHAR",
    "unit": "VARCHAR",
    "class": "VARCHAR",
    "disposition": "VARCHAR",
    "reason": "VARCHAR",
    "fact_id": "VARCHAR",
}
FACT_COLUMNS = {
    "fact_id": "VARCHAR",
    "source": "VARCHAR",
    "edition": "INTEGER",
    "metric": "VARCHAR",
    "kind": "VARCHAR",
    "value": NUMBER,
    "qualifier": "VARCHAR",
    "value_low": NUMBER,
    "value_high": NUMBER,
    "resolution": NUMBER,
    "unit": "VARCHAR",
    "label": "VARCHAR",
    "period_type": "VARCHAR",
    "year": "INTEGER",
    "period_start": "DATE",
    "period_end": "DATE",
    "period_basis": "VARCHAR",
    "dimensions": "MAP(VARCHAR, VARCHAR)",
    "base_year": "INTEGER",
    "attribution": "VARCHAR",
    "aggregation": "VARCHAR",
    "flags": "VARCHAR[]",
    "surface": "VARCHAR",
    "start": "INTEGER",
    "end": "INTEGER",
    "sentence": "VARCHAR",
    "passage_text": "VARCHAR",
    "passage_index": "INTEGER",
    "headings": "VARCHAR[]",
    "xpath": "VARCHAR",
    "capture_sha256": "VARCHAR",
    "captured_at": "TIMESTAMP",
    "url": "VARCHAR",
    "archived_url": "VARCHAR",
    "text_fragment_url": "VARCHAR",
    "rule": "VARCHAR",
    "extractor_version": "VARCHAR",
}
TABLES = {
    "reading": READING_COLUMNS,
    "passages": PASSAGE_COLUMNS,
    "numerals": NUMERAL_COLUMNS,
    "facts": FACT_COLUMNS | WORDING_COLUMNS,
}
"""Column names and DuckDB types of each Parquet file, in order, after the name of the reading. Timestamps are UTC."""

Rows = dict[str, list[tuple[Any, ...]]]
"""By table, rows with the columns of `TABLES`."""


def reading_rows(reading: Reading, source: str | None) -> Rows:
    """What is kept of the reading of a page of a source, or of one that no card follows."""
    capture = (source, reading.capture_sha256)
    return {
        "reading": [(*capture, reading.edition, reading.edition_basis)],
        "passages": [(*capture, *_passage(passage)) for passage in reading.passages],
        "numerals": [(*capture, *_numeral(numeral)) for numeral in reading.numerals],
        "facts": [(*_fact(fact, source), *put(fact, reading.passages[fact.passage_index])) for fact in reading.facts],
    }


def _passage(passage: Passage) -> tuple[Any, ...]:
    return tuple(getattr(passage, "index" if name == "passage_index" else name) for name in list(PASSAGE_COLUMNS)[2:])


def _numeral(numeral: Numeral) -> tuple[Any, ...]:
    values = [getattr(numeral, "numeral_class" if name == "class" else name) for name in list(NUMERAL_COLUMNS)[2:]]
    # A run of digits too long for the column (an identifier, a hash) keeps its surface and has no value.
    return tuple(None if isinstance(value, Decimal) and not _fits(value) else value for value in values)


def _fact(fact: Fact, source: str | None) -> tuple[Any, ...]:
    row = {name: getattr(fact, name) for name in FACT_COLUMNS}
    row["source"] = source
    if fact.captured_at is not None:
        row["captured_at"] = utc(fact.captured_at)
    return tuple(row.values())


def utc(moment: dt.datetime) -> dt.datetime:
    """The moment in UTC, without a time zone, as the TIMESTAMP columns hold it. A naive moment is taken as UTC."""
    return moment.astimezone(dt.UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _fits(value: Decimal) -> bool:
    return value.is_finite() and abs(value) < LARGEST
