"""The ranker of the extra `suggest`: what it takes a statistic for, and which it doubts. In processes that have it."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.facts_builder import SOURCE, Page, build, rows
from tests.warehouse.test_deciding import on
from warehouse.decisions import Decision
from warehouse.ranking import Put

EXTRA = Path(__file__).parents[2] / ".venv-suggest"
with_extra = pytest.mark.skipif(not (EXTRA / "ready").exists(), reason="`make suggest` installs the ranker")
CALLS = ("answered {} calls by day", "took {} calls at night", "had {} calls from children", "counted {} calls of need")
BOATS = ("launched {} boats in storms", "repaired {} boats on land", "moored {} boats in spring", "painted {} boats")
ODD = "In 2021 we sheltered 77 boats in harbour."
DOUBTS = "[(row['sentence'], row['metric'], row['suggestions'][0]) for row in doubts(path)]"
SUGGESTIONS = "suggest(path, found := review(path)) or [(row['sentence'], row['suggestions']) for row in found]"


def page(*, odd: str | None = "calls") -> Page:
    """Statements of two metrics, and an odd one that the rules take for calls."""
    said = Page(2021)
    for number, (calls, boats) in enumerate(zip(CALLS, BOATS, strict=True)):
        said.says(f"In 2021 we {calls.format(900 + number)}.", str(900 + number), 900 + number)
        said.says(f"In 2021 we {boats.format(40 + number)}.", str(40 + number), 40 + number, "boats", unit="boats")
    return said.says(ODD, "77", 77, odd, unit="boats", label="boats in harbour")


def asked(database: Path, what: str) -> Any:
    """What a process that has the extra says of a database."""
    code = f"""
import json, sys
from pathlib import Path
from warehouse.doubts import doubts, suggest
from warehouse.queries import review
path = Path(sys.argv[1])
print(json.dumps({what}))
"""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(EXTRA), *filter(None, sys.path)])}
    run = [sys.executable, "-c", code, str(database)]
    return json.loads(subprocess.run(run, capture_output=True, text=True, check=True, env=environment).stdout)


def built(folder: Path, said: Page, *made: Decision) -> Path:
    folder.mkdir(exist_ok=True)
    return build(folder, [said], decisions={SOURCE: made})


@with_extra
def test_a_fact_that_is_put_like_another_metric_is_in_doubt(tmp_path: Path):
    assert asked(built(tmp_path, page()), DOUBTS) == [[ODD, "calls", "boats"]]


@with_extra
def test_what_a_person_has_decided_is_in_no_doubt(tmp_path: Path):
    quote = ODD.replace("77", "[77]")
    made = on(page(), quote, metric="calls", unit="hulls", expect={"value": Decimal(77), "metric": "calls"})
    database = built(tmp_path, page(), made)
    assert rows(database, "SELECT unit FROM facts WHERE decision IS NOT NULL") == [("hulls",)]
    assert asked(database, DOUBTS) == []


@with_extra
def test_a_queued_statistic_is_likest_what_is_put_as_it_is_and_tables_stay_as_they_are(tmp_path: Path):
    database = built(tmp_path, page(odd=None))
    before = rows(database, "FROM review_queue")
    ((sentence, suggestions),) = asked(database, SUGGESTIONS)
    assert (sentence, suggestions[0], len(suggestions)) == (ODD, "boats", 3)
    assert rows(database, "FROM review_queue") == before


@with_extra
def test_it_is_the_same_in_whatever_order_facts_were_read(tmp_path: Path):
    turned = page(odd=None)
    turned.facts.reverse()
    one, other = (asked(built(tmp_path / at, said), SUGGESTIONS) for at, said in (("a", page(odd=None)), ("b", turned)))
    assert one == other


def test_a_figure_is_seen_by_its_words_and_never_by_its_number():
    row = {
        "wording": "harbour | nets | [#] confirmed nets, in # towns",
        "unit": "Nets",
        "headings": ["Year", "Harbour"],
    }
    row |= {"kind": "count", "aggregation": None, "period_type": "year", "value": 1204.0}
    put = Put.of(row)
    assert (put.unit, put.near.split()[-6:]) == ("nets", ["figure", "confirmed", "nets,", "in", "#", "towns"])
    assert put.content.split() == ["confirmed", "harbour", "net", "town", "confirmed", "count"]
    assert put.shape == "count None year size4"
    assert "harbour" not in Put.of(row | {"headings": ["Harbour"]}).content  # the page's own says nothing of one figure
