"""Stock or flow: what the words, the heading and the card make of a figure, and that the order of reading is one."""

import pytest

from extractors import Fact, read_page, read_text
from extractors.clauses.binding import read_sentence
from extractors.clauses.claims import Carry, Claim
from extractors.numbers.scanning import find_mentions

TABLE = "<table><tr><th></th><th>Actual</th><th>{header}</th></tr><tr><td>{row}</td><td>35</td><td>40</td></tr></table>"


def fact(facts: tuple[Fact, ...], surface: str = "40") -> Fact:
    return next(f for f in facts if f.surface == surface)


@pytest.mark.parametrize(
    ("prose", "header", "row"),
    [
        ("We aim to have 40 staff by 31 December 2024.", "Target", "Staff at 31 December 2024"),
        ("We plan to have 40 members at the end of 2024.", "Goal", "Members at 31 December 2024"),
        ("By the end of 2024 we will employ 40 nurses.", "Planned", "Nurses at the end of 2024"),
    ],
)
def test_a_goal_has_one_period_in_prose_and_in_a_column(prose: str, header: str, row: str) -> None:
    said = fact(read_text(prose, edition=2024).facts)
    headed = read_page(TABLE.format(header=header, row=row).encode(), edition=2024).facts
    told = fact(headed)
    assert (said.flags, told.flags) == (("target",), ("target",))
    assert (told.period_type, told.year) == (said.period_type, said.year) == ("year", 2024)
    assert fact(headed, "35").period_type == "as_of"


@pytest.mark.parametrize("header", ["Members helped per day", "Daily average of staff"])
def test_a_rate_in_a_header_is_known_before_the_figure_is_dated(header: str) -> None:
    html = f"<table><tr><th>Site</th><th>{header}</th><th>Staff</th></tr><tr><td>Quay</td><td>40</td><td>12</td></tr>"
    facts = read_page(f"{html}<tr><td>Mill</td><td>41</td><td>13</td></tr></table>".encode(), edition=2024).facts
    assert (fact(facts).aggregation, fact(facts).period_type) == ("daily_average", "year")
    assert fact(facts, "12").period_type == "as_of"


def test_what_a_step_made_is_not_written_over() -> None:
    text = "We took 40 calls, up from 35."
    claim = read_sentence(text, text.lower(), 0, len(text), find_mentions(text), [], Carry()).claims[0]
    assert isinstance(claim, Claim)
    with pytest.raises(AttributeError):
        claim.rule = "another"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        claim.scope.type = "as_of"  # type: ignore[misc]
