"""What holds of every reading, whatever was read."""

import itertools
import re
from collections.abc import Callable
from decimal import Decimal

from extractors import Fact, Numeral, Reading
from extractors.errors import InputError

MOST = Decimal(10) ** 28
"""What the tables hold of a fact."""


def assert_closes(reading: Reading) -> None:
    """Every digit lies in exactly one numeral, every fact is one numeral, every span says what it shows."""
    by_passage: dict[int, list[tuple[int, int]]] = {passage.index: [] for passage in reading.passages}
    for numeral in reading.numerals:
        passage = reading.passages[numeral.passage_index]
        assert passage.text == numeral.passage_text
        assert passage.text[numeral.start : numeral.end] == numeral.surface
        assert numeral.start < numeral.end
        assert (numeral.disposition == "fact") == (numeral.fact_id is not None) == (numeral.reason is None)
        by_passage[passage.index].append((numeral.start, numeral.end))
    for index, spans in by_passage.items():
        assert all(earlier[1] <= later[0] for earlier, later in itertools.pairwise(spans))
        inside = [False] * len(reading.passages[index].text)
        for start, end in spans:
            inside[start:end] = [True] * (end - start)
        digits = [m.start() for m in re.finditer(r"\d", reading.passages[index].text)]
        assert all(inside[at] for at in digits)
    ids = [fact.fact_id for fact in reading.facts]
    assert len(ids) == len(set(ids))
    lines = {numeral.fact_id: numeral for numeral in reading.numerals if numeral.fact_id}
    assert set(lines) == set(ids)
    for fact in reading.facts:
        line = lines[fact.fact_id]
        assert fact.passage_text[fact.start : fact.end] == fact.surface
        assert (fact.start, fact.end, fact.passage_index) == (line.start, line.end, line.passage_index)
        assert fact.sentence in fact.passage_text
        claims = (line.value, line.value_low, line.value_high)
        told = (fact.value, fact.value_low, fact.value_high)
        assert told == claims or _below_nought(fact, line) or _in_percent(fact, line)


def _in_percent(fact: Fact, line: Numeral) -> bool:
    """Whether a fraction tells a change ("rose by 7/8"), which the fact says in percent, and the line as written."""
    claimed = (line.value, line.value_low, line.value_high)
    value, low, high = (end and end * 100 for end in claimed)
    fallen = tuple(end and -end for end in (value, low, high))
    told = (fact.value, fact.value_low, fact.value_high)
    in_percent = told in ((value, low, high), fallen, (fallen[0], fallen[2], fallen[1]))
    return fact.kind == "change_percent" and "%" not in line.surface and in_percent


def _below_nought(fact: Fact, line: Numeral) -> bool:
    """Whether words, a dash or an accountant's brackets make a loss of a number: in the fact, not the line."""
    kinds = ("change", "change_percent", "percent")
    return fact.kind in kinds and line.value is not None and fact.value in (line.value, -line.value)


def assert_measured(reading: Reading) -> None:
    """Values are finite, within what their words claim, and fit the tables; the days of a period are in order."""
    for one in (*reading.numerals, *reading.facts):
        _assert_within(one)
    for fact in reading.facts:
        assert all(value is None or abs(value) < MOST for value in (fact.value, fact.value_low, fact.value_high))
        assert fact.resolution.is_finite() and fact.resolution > 0
        assert fact.edition is not None or fact.year is None or 1 <= fact.year <= 9999
        if fact.period_start and fact.period_end:
            assert fact.period_start <= fact.period_end
    for passage in reading.passages:
        assert passage.text == " ".join(passage.text.split())
        assert passage.xpath


def _assert_within(one: Numeral | Fact) -> None:
    for value in (one.value, one.value_low, one.value_high):
        assert value is None or value.is_finite()
    if one.value is not None:
        assert one.value_low is None or one.value_low <= one.value
        assert one.value_high is None or one.value <= one.value_high


def read_or_refuse(read: Callable[[], Reading]) -> Reading | None:
    """A reading that holds, or None where the input was refused in one clear line."""
    try:
        reading = read()
    except InputError as error:
        assert str(error)
        assert "\n" not in str(error)
        return None
    assert_closes(reading)
    assert_measured(reading)
    return reading
