"""The bundled sample pages against their gold: every statistic found, typed, dated and mapped, no other, ledger closed.

Gold rows stand in the order of the page. A key that a row does not have, and a unit of null, is not compared.
"""

import json
from collections import Counter
from decimal import Decimal
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from extractors import read_page
from extractors.metrics.card import SAMPLES, bundled_card, load_card
from extractors.records import Fact, Reading

GOLD = Path(__file__).parent
INVENTED = "marren-vale-food-network"
EDITIONS = {f"ncmec-{year}": year for year in (2020, 2021, 2022, 2023)} | {INVENTED: 2024}
UNREAD = {"head", "script", "style", "noscript", "template"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

each_page = pytest.mark.parametrize("name", EDITIONS)


def page_bytes(name: str) -> bytes:
    if name == INVENTED:
        return (SAMPLES / INVENTED / "impact.html").read_bytes()
    return (SAMPLES / "ncmec-impact" / f"{EDITIONS[name]}.html").read_bytes()


@cache
def reading(name: str) -> Reading:
    card = load_card(SAMPLES / INVENTED / "card.yaml") if name == INVENTED else bundled_card("ncmec-impact")
    return read_page(page_bytes(name), card=card)


def gold_rows(name: str) -> list[dict[str, Any]]:
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line, parse_float=Decimal) for line in lines]


def facts_in_page_order(name: str) -> list[Fact]:
    return sorted(reading(name).facts, key=lambda fact: (fact.passage_index, fact.start))


def head_noun(unit: str | None) -> str | None:
    return unit.lower().split()[-1] if unit else None


def as_row(fact: Fact, gold: dict[str, Any]) -> dict[str, Any]:
    """The fact in the shape of a gold row, with the keys of `gold`."""
    assert len(fact.dimensions) <= 1
    dimension, member = next(iter(fact.dimensions.items()), (None, None))
    row = {
        "surface": fact.surface,
        "metric": fact.metric,
        "value": round(fact.value, 7),
        "qualifier": fact.qualifier,
        "kind": fact.kind,
        "unit": head_noun(fact.unit),
        "period": fact.period_type,
        "year": fact.year,
        "start_year": fact.period_start and fact.period_start.year,
        "base_year": fact.base_year,
        "period_basis": fact.period_basis,
        "dimension": dimension,
        "member": member,
        "attribution": fact.attribution and fact.attribution.removeprefix("the "),
        "as_of": fact.period_end and fact.period_end.isoformat(),
        "aggregation": fact.aggregation,
    }
    compared = gold.keys() - {"n"} | {"dimension", "member", "base_year", "aggregation"}
    if gold["unit"] is None:
        compared -= {"unit"}
    return {key: row[key] for key in row if key in compared}


def wanted_row(gold: dict[str, Any]) -> dict[str, Any]:
    row = (
        {"dimension": None, "member": None, "base_year": None, "aggregation": None}
        | gold
        | {"unit": head_noun(gold["unit"])}
    )
    row["value"] = round(Decimal(row["value"]), 7)
    row.pop("n")
    if row["unit"] is None:
        row.pop("unit")
    return row


class ReadableText(HTMLParser):
    """The body without what no reader sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        style = (dict(attrs).get("style") or "").replace(" ", "").lower()
        if tag not in VOID:
            self.open.append((tag, tag in UNREAD or "hidden" in dict(attrs) or "display:none" in style))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1][0] == tag, f"</{tag}> at {self.getpos()} closes no open element"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if not any(unread for _, unread in self.open):
            self.text += data


def readable_text(name: str) -> str:
    parser = ReadableText()
    parser.feed(page_bytes(name).decode("utf-8"))
    assert not parser.open
    return parser.text


@each_page
def test_the_page_states_what_the_gold_says_and_nothing_else(name: str) -> None:
    found = Counter(fact.surface for fact in reading(name).facts)
    wanted = Counter(row["surface"] for row in gold_rows(name))
    assert (found - wanted, wanted - found) == (Counter(), Counter())


@each_page
def test_every_statistic_is_typed_dated_and_mapped_as_read_by_hand(name: str) -> None:
    facts, gold = facts_in_page_order(name), gold_rows(name)
    assert [fact.surface for fact in facts] == [row["surface"] for row in gold]
    pairs = [(as_row(fact, row), wanted_row(row)) for fact, row in zip(facts, gold, strict=True)]
    assert [got for got, want in pairs if got != want] == [want for got, want in pairs if got != want]


@each_page
def test_the_edition_is_the_year_the_page_speaks_of(name: str) -> None:
    assert reading(name).edition == EDITIONS[name]


@each_page
def test_every_digit_a_reader_sees_stands_in_one_numeral(name: str) -> None:
    seen = Counter(character for character in readable_text(name) if character.isdigit())
    told = Counter(c for numeral in reading(name).numerals for c in numeral.surface if c.isdigit())
    assert told == seen
    for numeral in reading(name).numerals:
        assert numeral.passage_text[numeral.start : numeral.end] == numeral.surface
        assert (numeral.disposition == "fact") == (numeral.fact_id is not None) == (numeral.reason is None)


@each_page
def test_the_page_says_that_it_is_a_sample(name: str) -> None:
    text = " ".join(readable_text(name).split())
    assert ("every figure on this page were invented" if name == INVENTED else "This is a sample edition.") in text


@each_page
def test_parts_and_totals_of_the_gold_agree(name: str) -> None:
    cells: dict[tuple[str, int], dict[str | None, Decimal]] = {}
    for row in gold_rows(name):
        if row["metric"] and row["kind"] == "count" and row["period"] == "year":
            cells.setdefault((row["metric"], row["year"]), {})[row.get("member")] = Decimal(row["value"])
    for cell, values in cells.items():
        total, parts = values.pop(None), list(values.values())
        assert not parts or sum(parts) == total, cell
