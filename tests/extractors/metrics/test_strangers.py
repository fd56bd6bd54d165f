"""Telling apart what somebody else did, and what could be, from what the organisation reports."""

import pytest

from extractors.metrics.strangers import (
    actor_named,
    another_in,
    intended_in,
    is_limit_of_a_class,
    possible_in,
)


def another(clause: str) -> bool:
    return another_in(clause, clause, clause.index("50"))


def possible(clause: str) -> bool:
    at = clause.index("50")
    return possible_in(clause, at, at + 2)


@pytest.mark.parametrize(
    "clause",
    [
        "a regional hospital treated 50 people",
        "in 2021, another charity trained 50 people",
        "one social network filed 50 reports",
        "and a state agency found 50 vessels",
        "the night line, a different charity, answered 50 calls",
        "ohio police found 50 vessels",
        "in 2021, new york's shelters took in 50 people",
        "texas: 50 people",
        "an insurer's website had 50 visitors",
        "two state bodies trained 50 people",
        "other labs named 50 dead",
        "in a sample of homes, 50 were damp",
    ],
)
def test_an_unnamed_body_at_the_head_of_a_clause_is_somebody_else(clause: str) -> None:
    assert another(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "the hospital treated 50 people",
        "in 2021 the charity trained 50 people",
        "the night watch, a group of volunteers, answered 50 calls",
        "with a partner agency we found 50 vessels",
        "staff trained 50 people at a hospital",
        "a total of 50 calls were answered",
        "a record was set when 50 boats came",
        "sailors were 91 percent; four percent had been towed and 50 by strangers",
        "one in five had been towed, and 50 were lost",
    ],
)
def test_a_known_body_or_one_named_in_passing_is_not(clause: str) -> None:
    assert not another(clause)


def test_a_verb_of_possibility_governs_what_follows_it_directly() -> None:
    assert possible("a single tank can hold 50 litres")
    assert not possible("so that all can be safe, the crew kept 50 boats")
    assert not possible("a night at sea can change a life: 50 sailors were lost")


def test_what_is_supposed_is_not_counted() -> None:
    assert possible("if all took part, 50 boats would be found")


@pytest.mark.parametrize(
    "clause",
    ["by 2030 we aim to treat 50 people", "we expect 50 boats", "our goal is to reach schools and train 50 people"],
)
def test_a_goal_is_not_counted_yet(clause: str) -> None:
    assert intended_in(clause, clause.index("50"))


@pytest.mark.parametrize(
    ("left", "name"),
    [
        ("The U.S. Coastal Patrol Service arrested ", {"coastal", "patrol"}),
        ("In 2021, Harbour Watch (HW) found ", {"harbour", "watch"}),
        ("Lanternfield trained ", {"lanternfield"}),
        ("Analysts reviewed ", set()),
        ("Anyone may file, and ", set()),
        ("Somebody called, and then ", set()),
        ("Our Night Desk answered ", set()),
        ("Harbour Watch volunteers found ", set()),
        ("Since then staff have trained ", set()),
    ],
)
def test_the_name_that_is_the_subject(left: str, name: set[str]) -> None:
    assert name <= set(actor_named(left))
    assert bool(name) is bool(actor_named(left))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("large chapters: 50 members or more", True),
        ("small: fewer than 50 reports", True),
        ("members: 50 or more", False),
        ("in 2021 the night line took 50 calls or more", False),
        ("from the year's diary: 50 calls came in", False),
    ],
)
def test_what_belongs_to_a_class_counts_nothing(line: str, expected: bool) -> None:
    at = line.index("50")
    assert is_limit_of_a_class(line, at, at + 2) is expected
