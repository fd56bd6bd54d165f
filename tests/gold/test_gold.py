"""The gold files themselves: well formed, surfaces in reading order, no text twice; and the scorer scores them."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args

import pytest
from bs4 import BeautifulSoup

from extractors.records import Kind, PeriodType, Qualifier
from tests.gold.score import Score, add, read_gold

FILES = sorted(Path(__file__).parent.glob("*.jsonl"))
TEXTS = [text for path in FILES for text in read_gold(path) if "gold" in text]


def readable(text: dict[str, Any]) -> str:
    if "html" in text:
        soup = BeautifulSoup(text["html"], "lxml")
        for block in soup.find_all(["p", "li", "td", "th", "div", "dt", "dd", "caption", "h1", "h2", "h3"]):
            block.append(" ")
        return " ".join(soup.get_text().split())
    return " ".join(text["text"].replace("**", "").split())


def as_fact(row: dict[str, Any]) -> SimpleNamespace:
    dimensions = {row["dimension"]: row["member"]} if row.get("dimension") else {}
    named = {name: row[name] for name in ("surface", "value", "kind", "qualifier", "unit", "year", "metric")}
    return SimpleNamespace(
        **named,
        period_type=row["period"],
        base_year=row.get("base_year"),
        period_start=None,
        dimensions=dimensions,
        sentence="",
    )


def test_no_two_texts_share_an_id_or_a_body() -> None:
    assert len({text["id"] for text in TEXTS}) == len(TEXTS)
    assert len({readable(text) for text in TEXTS}) == len(TEXTS)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text["id"])
def test_gold_rows_follow_the_text(text: dict[str, Any]) -> None:
    body, at = readable(text), 0
    for row in text["gold"]:
        found = body.find(row["surface"], at)
        assert found >= 0, f"{row['surface']!r} is not in the text after position {at}"
        at = found + len(row["surface"])
        assert row["kind"] in get_args(Kind)
        assert row["qualifier"] in get_args(Qualifier)
        assert row["period"] in get_args(PeriodType)
        assert (row["unit"] == "percent") == (row["kind"] in ("percent", "change_percent"))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text["id"])
def test_the_gold_scores_full_marks_against_itself(text: dict[str, Any]) -> None:
    score = Score()
    add(score, text["id"], text["gold"], [as_fact(row) for row in text["gold"]])
    assert score.misses == []
    assert all(tally.agreed == tally.facts == tally.golds for tally in score.tallies.values())


def test_a_wrong_value_an_extra_fact_and_a_wrong_year_are_told_apart() -> None:
    golds = json.loads(json.dumps(TEXTS[0]["gold"][:2]))
    wrong_year, extra = as_fact(golds[0]), as_fact(golds[1])
    wrong_year.year, wrong_year.period_type, extra.value = 1900, "year", 123456789
    score = Score()
    add(score, "sample", golds, [wrong_year, extra])
    assert [score.tallies[level].agreed for level in ("found", "typed", "dated")] == [1, 1, 0]
    assert len(score.misses) == 3
