"""What crosses a boundary: passages, numerals, facts, and the reading that holds them.

Data only. How they are found stands in the modules named after each step.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

EXTRACTOR_VERSION = "12"
"""Raised with every change that can alter a reading; facts kept under another version are read again."""

PassageKind = Literal[
    "heading", "paragraph", "list_item", "table_cell", "table_header", "tile", "caption", "footnote_mark"
]
Region = Literal["content", "boilerplate", "repeat"]

Kind = Literal["count", "percent", "ratio", "multiplier", "change", "change_percent", "money", "duration", "measure"]
Qualifier = Literal[
    "exact", "more_than", "at_least", "less_than", "at_most", "up_to", "about", "nearly", "range", "order_of_magnitude"
]
NumeralClass = Literal["statistic", "duration", "age", "date", "time", "ordinal", "identifier", "reference", "idiom"]
PeriodType = Literal["year", "range", "cumulative", "as_of", "unknown"]
PeriodBasis = Literal["stated", "derived", "context", "heading", "edition"]


class Record(BaseModel):
    """Base of the boundary models: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Passage(Record):
    """One block of readable text with its place in the page.

    `text` has its white space normalised (runs of white space, no-break spaces included, become one space; no space at
    either end). Spans of numerals are code points into it.
    """

    index: int
    """Position in the page, from 0, in document order."""
    kind: PassageKind
    region: Region
    text: str
    xpath: str
    """XPath of the element; for plain text the line, as `line(12)`."""
    headings: tuple[str, ...] = ()
    """The page's headings it stands under, outermost first."""
    lead: str | None = None
    """For a list item: the text that introduces the list ("In 2021, we:")."""
    labels: tuple[str, ...] = ()
    """For a tile's value: what names it, outer group first ("Gender", "Male")."""
    caption: str | None = None
    row_headers: tuple[str, ...] = ()
    column_headers: tuple[str, ...] = ()
    """For a table cell: the table's caption and the headers above and beside it, outermost first; for a change or a
    total also those of the dated columns or rows it compares or adds up."""


class Numeral(Record):
    """One number mention in a passage, and what became of it. One line of the ledger."""

    surface: str
    start: int
    end: int
    passage_text: str
    passage_index: int
    xpath: str
    value: Decimal | None
    value_low: Decimal | None
    value_high: Decimal | None
    qualifier: Qualifier
    unit: str | None
    numeral_class: NumeralClass
    disposition: Literal["fact", "excluded"]
    reason: str | None
    fact_id: str | None


class Fact(Record):
    """One statistic, typed, dated, with provenance. Field meanings: the table "A fact" in docs/numbers.md."""

    fact_id: str
    source: str | None
    edition: int | None
    metric: str | None
    kind: Kind
    value: Decimal
    qualifier: Qualifier
    value_low: Decimal | None
    value_high: Decimal | None
    resolution: Decimal
    unit: str | None
    label: str
    """What it measures, readable: the metric's label, else built from the words around it."""
    period_type: PeriodType
    year: int | None
    period_start: dt.date | None
    period_end: dt.date | None
    period_basis: PeriodBasis
    dimensions: dict[str, str]
    base_year: int | None
    attribution: str | None
    aggregation: str | None
    flags: tuple[str, ...]
    surface: str
    start: int
    end: int
    sentence: str
    passage_text: str
    passage_index: int
    headings: tuple[str, ...]
    """Page headings, then a table's caption and headers or a tile's labels."""
    xpath: str
    capture_sha256: str
    captured_at: dt.datetime | None
    url: str | None
    archived_url: str | None
    text_fragment_url: str | None
    rule: str
    extractor_version: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one capture says: every passage, every numeral, every fact."""

    passages: tuple[Passage, ...]
    numerals: tuple[Numeral, ...]
    facts: tuple[Fact, ...]
    capture_sha256: str
    edition: int | None
    edition_basis: str
    """`given`; `titled` (the one year the page gives itself: title, main heading, the period it says it covers);
    `stated` (the latest year a third of the dated statistics speak of); `latest` (the latest any speaks of); `none`."""
