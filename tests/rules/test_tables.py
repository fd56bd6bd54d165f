"""The tables of rules: every example fires its rule first, no near miss does, and the order says all that it means."""

import random
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from extractors.rules import Rule, Staged, explain, first_of
from tests.rules.corpus import Text, every_text, read
from tests.rules.tables import (
    ABOUT,
    EDITION,
    Table,
    decided_by,
    faults,
    is_html,
    overtaken,
    put_in_place,
    tables,
    text_of,
    too_early,
    turned_around,
    watched,
)

TABLES = tables()
EXAMPLES = [(table, rule, text) for table in TABLES for rule in table.rules for text in rule.examples]
NEAR_MISSES = [(table, rule, text) for table in TABLES for rule in table.rules for text in rule.but_not]
SAMPLED = 150

each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.label)


def named(given: Any) -> str:
    return given.label if isinstance(given, Table) else given.name if isinstance(given, Rule) else "text"


def sample(table: Table) -> list[Text]:
    """The table's own examples, and some texts: always the same ones."""
    own = [
        Text(f"{rule.name}/{number}", text_of(example), is_html(example), ABOUT[table.label].card, EDITION)
        for rule in table.rules
        for number, example in enumerate((*rule.examples, *rule.but_not))
    ]
    return own + random.Random(1984).sample(every_text(), SAMPLED)


@each_table
def test_a_table_is_in_order_and_every_rule_is_shown(table: Table) -> None:
    assert faults(table.rules) == []
    assert [rule.name for rule in table.rules if not (rule.examples and rule.but_not)] == []


@pytest.mark.parametrize(("table", "rule", "example"), EXAMPLES, ids=named)
def test_an_example_fires_its_rule_first(table: Table, rule: Rule[Any, Any], example: str) -> None:
    names, outcome, expected = decided_by(table, example)
    assert rule.name in names
    assert outcome == expected


@pytest.mark.parametrize(("table", "rule", "example"), NEAR_MISSES, ids=named)
def test_a_near_miss_does_not(table: Table, rule: Rule[Any, Any], example: str) -> None:
    names, outcome, expected = decided_by(table, example)
    assert rule.name not in names
    assert outcome == expected


@pytest.mark.long
@each_table
def test_rules_that_do_not_name_each_other_may_change_places(table: Table) -> None:
    """Whatever two rules both answer, one says that it stands before the other; and no answer changes what is read."""
    found: Counter[tuple[str, str]] = Counter()
    for text in sample(table):
        facts = read(text).facts
        with watched(table) as seen:
            assert read(text).facts == facts
        found += too_early(table, seen)
    assert found == {}


def is_chain(table: Table) -> bool:
    """Whether each rule names the next, so that there is no other order."""
    return all(later.name in rule.before for rule, later in pairwise(table.rules))


@each_table
def test_the_opposite_order_reads_the_same(table: Table) -> None:
    texts = sample(table)
    facts = [read(text).facts for text in texts]
    assert [rule.name for rule in turned_around(table.rules)] != [rule.name for rule in table.rules] or is_chain(table)
    with put_in_place(table, turned_around(table.rules)):
        assert [read(text).facts for text in texts] == facts


EVEN = Rule[int, str]("even", lambda n: "even" if n % 2 == 0 else None, before=("any",))
TEN = Rule[int, str]("ten", lambda n: "ten" if n % 10 == 0 else None, before=("even",))
ANY = Rule[int, str]("any", lambda n: "any")


def test_the_first_rule_that_answers_decides_and_all_can_be_asked() -> None:
    rules = (TEN, EVEN, ANY)
    assert [first_of(rules, n) for n in (20, 4, 3)] == [("ten", "ten"), ("even", "even"), ("any", "any")]
    assert first_of(rules[:2], 3) is None
    assert [name for _, name in explain(rules, 20)] == ["ten", "even", "any"]


def test_what_a_rule_stands_before_is_followed_on_and_must_hold() -> None:
    assert overtaken((TEN, EVEN, ANY))["ten"] == {"even", "any"}
    assert faults((TEN, EVEN, ANY)) == []
    assert faults((EVEN, TEN, ANY)) == ["ten must stand before even"]
    assert faults((EVEN, EVEN)) == ["two rules are named even", *["even: there is no any to stand before"] * 2]


def test_a_stage_asks_the_rules_that_can_answer_there_in_their_order() -> None:
    rules = tuple(Rule(name, lambda n: n, needs=needs) for name, needs in (("a", ("x",)), ("b", ()), ("c", ("x", "y"))))
    stages: Staged[int, int] = Staged()
    assert [[rule.name for rule in stages.at(stage, rules)] for stage in "xyz"] == [["a", "b", "c"], ["b", "c"], ["b"]]
    assert [rule.name for rule in stages.at("x", rules[1:])] == ["b", "c"]
