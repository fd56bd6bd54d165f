"""Readings for the warehouse tests: say what a page states, get passages, numerals and facts that fit together."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from extractors.metrics.card import SourceCard
from extractors.records import Fact, Numeral, Passage, Reading
from warehouse.base import load_base, load_lineage
from warehouse.build import open_candidate, run_model
from warehouse.decisions import Decision
from warehouse.facts_store import store_readings
from warehouse.lineage_file import written_lineage
from warehouse.models import load_models
from warehouse.reading_rows import reading_rows
from warehouse.readings import OUTCOMES, Outcome, Place, stored_outcomes, write_outcomes

SOURCE = "river-aid"
CARD = SourceCard.model_validate(
    {
        "id": SOURCE,
        "organisation": "River Aid",
        "title": "River Aid impact",
        "url": "https://river.example/impact",
        "metrics": {
            "calls": {
                "label": "Calls answered",
                "unit": "calls",
                "measure": "flow",
                "description": "calls answered by the helpline",
                "dimensions": {"caller": {"adult": "adults", "child": "children"}},
                "counts": "calls",
            },
            "boats": {"label": "Boats afloat", "unit": "boats", "measure": "stock", "counts": "boats"},
            "caller_share": {
                "label": "Share of callers",
                "unit": "percent",
                "measure": "share",
                "dimensions": {"caller": {"adult": "adults", "child": "children", "unknown": "unknown"}},
                "when": [{"clause": "callers"}],
            },
            "reach": {
                "label": "Monthly reach",
                "unit": "people",
                "measure": "average",
                "counts": "people",
            },
        },
        "identities": [
            {"metric": "calls", "kind": "sum", "dimension": "caller"},
            {"metric": "caller_share", "kind": "shares", "dimension": "caller"},
        ],
    }
)


@dataclass
class Page:
    """One capture of the page. Each `says` adds a passage with one fact."""

    edition: int | None = 2021
    captured_at: dt.datetime = dt.datetime(2022, 5, 1, 12, tzinfo=dt.UTC)
    source: str = SOURCE
    passages: list[Passage] = field(default_factory=list)
    numerals: list[Numeral] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(f"{self.source} {self.edition} {self.captured_at}".encode()).hexdigest()

    def passage(self, text: str, region: str = "content", **fields: Any) -> Passage:
        index = len(self.passages)
        own = {"index": index, "kind": "paragraph", "region": region, "xpath": f"/html/body/p[{index + 1}]"}
        passage = Passage.model_validate(own | {"text": text, "headings": ("Our work",)} | fields)
        self.passages.append(passage)
        return passage

    def says(
        self,
        sentence: str,
        surface: str,
        value: Any,
        metric: str | None = "calls",
        place: Mapping[str, Any] = MappingProxyType({}),
        **fields: Any,
    ) -> "Page":
        """`sentence` holds `surface`; every other field of the fact may be given, and in `place` of its passage."""
        value = Decimal(str(value))
        passage = self.passage(sentence, **place)
        start = sentence.index(surface)
        end = start + len(surface)
        qualifier = fields.get("qualifier", "exact")
        resolution = Decimal(str(fields.get("resolution", 1)))
        low, high = claimed(value, qualifier, resolution)
        where = {
            "surface": surface,
            "start": start,
            "end": end,
            "passage_text": sentence,
            "passage_index": passage.index,
            "xpath": passage.xpath,
        }
        fact_id = hashlib.sha256(f"{self.sha256} {passage.index} {start}".encode()).hexdigest()[:16]
        fact = {
            "fact_id": fact_id,
            "source": self.source,
            "edition": self.edition,
            "metric": metric,
            "kind": "count",
            "value": value,
            "qualifier": qualifier,
            "value_low": low,
            "value_high": high,
            "unit": "calls",
            "label": "Calls answered",
            "period_type": "year",
            "year": self.edition,
            "period_start": None,
            "period_end": None,
            "period_basis": "stated",
            "dimensions": {},
            "base_year": None,
            "attribution": None,
            "aggregation": None,
            "flags": (),
            "sentence": sentence,
            "headings": ("Our work",),
            "capture_sha256": self.sha256,
            "captured_at": self.captured_at,
            "url": CARD.url,
            "archived_url": None,
            "text_fragment_url": f"{CARD.url}#:~:text=word",
            "rule": "count",
            "extractor_version": "0",
            **where,
            **fields,
            "resolution": resolution,
        }
        self.facts.append(Fact.model_validate(fact))
        self.numerals.append(
            Numeral(
                **where,
                value=value,
                value_low=fact["value_low"],
                value_high=fact["value_high"],
                qualifier=qualifier,
                unit="calls",
                numeral_class="statistic",
                disposition="fact",
                reason=None,
                fact_id=fact_id,
            )
        )
        return self

    def excludes(self, sentence: str, surface: str, reason: str | None = "date") -> "Page":
        """A number that is no statistic."""
        passage = self.passage(sentence)
        start = sentence.index(surface)
        self.numerals.append(
            Numeral(
                surface=surface,
                start=start,
                end=start + len(surface),
                passage_text=sentence,
                passage_index=passage.index,
                xpath=passage.xpath,
                value=None,
                value_low=None,
                value_high=None,
                qualifier="exact",
                unit=None,
                numeral_class="date",
                disposition="excluded",
                reason=reason,
                fact_id=None,
            )
        )
        return self

    @property
    def reading(self) -> Reading:
        return Reading(
            tuple(self.passages), tuple(self.numerals), tuple(self.facts), self.sha256, self.edition, "stated"
        )

    def capture(self, **fields: Any) -> dict[str, Any]:
        return {
            "source": self.source,
            "capture_id": f"{self.captured_at:%Y%m%dT%H%M%SZ}-{self.sha256[:12]}",
            "url": CARD.url,
            "final_url": CARD.url,
            "captured_at": self.captured_at,
            "status": 200,
            "sha256": self.sha256,
            "size": 1000,
            "sample": False,
            "warc_file": "archive/river-aid/a.warc.gz",
            **fields,
        }


def retrieval(capture: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The retrieval that brought a capture; another one that showed it again, with other `fields`."""
    shown = {"retrieval_id": capture["capture_id"], "retrieved_at": capture["captured_at"], "record_type": "response"}
    shown["page"] = capture["url"]
    return capture | shown | fields


def claimed(value: Decimal, qualifier: str, resolution: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """Ends of what the words claim. Exact with a resolution other than 1 counts as rounded."""
    match qualifier:
        case "exact":
            return (value, value) if resolution == 1 else (value - resolution, value + resolution)
        case "more_than" | "at_least":
            return value, None
        case "less_than" | "at_most" | "up_to":
            return None, value
        case "about":
            return value * Decimal("0.9"), value * Decimal("1.1")
        case "nearly":
            return value * Decimal("0.9"), value
        case "range" | "order_of_magnitude":
            return None, None  # `says` is given them
        case _:
            raise ValueError(qualifier)


def year(number: int) -> dt.datetime:
    """A capture in May of the year."""
    return dt.datetime(number, 5, 1, 12, tzinfo=dt.UTC)


def store(segment: Path, *readings: Reading, source: str | None = SOURCE) -> None:
    """Write readings as one segment, each named by its capture's hash."""
    store_readings(
        segment,
        [
            (
                one.capture_sha256,
                Outcome(content="c", statistics=len(one.facts)),
                reading_rows(one, source or SOURCE),
            )
            for one in readings
        ],
    )


def build(
    folder: Path,
    pages: Sequence[Page],
    *,
    captures: Sequence[dict[str, Any]] | None = None,
    retrievals: Sequence[dict[str, Any]] | None = None,
    cards: Sequence[SourceCard] = (CARD,),
    decisions: Mapping[str, Sequence[Decision]] = MappingProxyType({}),
    name: str = "impact.duckdb",
) -> Path:
    """A candidate with all models run and nothing finished yet."""
    database = folder / name
    readings = [Place(page.source, f"{n:06d}", page.sha256) for n, page in enumerate(pages)]
    for place, page in zip(readings, pages, strict=True):
        store(folder / "facts" / place.source / place.segment, page.reading, source=page.source)
    captures = [page.capture() for page in pages] if captures is None else captures
    retrievals = [retrieval(capture) for capture in captures] if retrievals is None else retrievals
    with open_candidate(database) as con:
        load_base(con, folder / "facts", readings, captures, retrievals, cards, decisions)
        load_lineage(con, written_lineage())
        for model in load_models():
            run_model(con, model)
    return database


def rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    """Answer of a query over the candidate."""
    with duckdb.connect(str(database), read_only=True) as con:
        return con.execute(query).fetchall()


def alter_segment(segment: Path, *statements: str, key: str | None = None) -> None:
    """Change the stored readings of a segment, as somebody would who knows every hash that speaks of them.

    `key` makes them those of another extractor or card.
    """
    with duckdb.connect() as con:
        files = {file.stem: file for file in segment.glob("*.parquet")}
        for table, file in files.items():
            con.execute(f"CREATE TABLE {table} AS FROM '{file}'")
            if key:
                con.execute(f"UPDATE {table} SET reading = regexp_replace(reading, '-[^-]*$', '-{key}')")
        for statement in statements:
            con.execute(statement)
        outcomes = stored_outcomes(segment)
        for table, file in files.items():
            con.execute(f"COPY {table} TO '{file}' (FORMAT parquet, COMPRESSION zstd)")
    if key:
        outcomes = {f"{name.rpartition('-')[0]}-{key}": outcome for name, outcome in outcomes.items()}
    (segment / OUTCOMES).unlink()
    write_outcomes(segment, outcomes)
