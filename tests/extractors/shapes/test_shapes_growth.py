"""The work stays in proportion to the length of the text, whatever the text.

Shown without a clock: calls are counted, and no pattern may hold one unbounded repetition within another.
"""

import re
from collections.abc import Callable, Iterator
from re import _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import pytest

from extractors import sentences
from extractors.dates import bare_years, forms, spans
from extractors.sentences import sentences as find_sentences
from extractors.shapes import designators, digits, rules, words
from extractors.shapes.find import find_shapes
from tests.extractors.growth import calls

MODULES = [bare_years, forms, spans, designators, sentences, digits, rules, words]
REPEATED = [
    "1", "1,", "1.", "1-", "1/", "1 ", "0", "0 ", "a1", "A1 ", "A-1 ", "(1", "1) ", "(1) ", "+1", "#1 ", "#a1", "@a1",
    "a@b.c1 ", "a1.", "www.1", "2021", "2021 ", "2021-", "2021/", "2021, ", "(2021)", "2021 and ", "2015 to ", "may 3 ",
    "may", "may-", "march and ", "q1 ", "q1", "fy21", "fy ", "first ", "one ", "one-", "the one ", "no one ", "no. 1 ",
    "section 1 ", "pages 1, 2 and ", "1, and ", "§ 1", "call 1 ", "call 555 or ", "phone number 1", "555-1234 or ",
    "1(1)", "1st ", "1000th ", "1:", "1:00 ", "24 hours a day ", "10 Main ", "10 Main Main ", "é", "١", "¹", "İ", "\n",
    ". ", "....", "!?", ").", "a.a. ", "U.S. ", "1 u.s.c. ", "between 2015 and ", "12 months to ", "third of ", "[1, ",
    "https://1 ", "covid-19 ", "1e1 ", "1=1 ", "5-5 ", "twenty-", "million ", "No. 5. ", "Dec. ", "1.\" ",
]  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED, ids=repr)
@pytest.mark.parametrize("read", [find_shapes, find_sentences])
def test_four_times_the_text_is_at_most_four_times_the_calls(read: Callable[[str], object], piece: str) -> None:
    small, large = calls(read, piece * 150), calls(read, piece * 600)
    assert large <= 4.4 * small + 200


def compiled(module: ModuleType) -> Iterator[re.Pattern[str]]:
    """Every pattern a module holds, also inside its tables."""
    seen: list[Any] = [value for name, value in vars(module).items() if not name.startswith("__")]
    while seen:
        value = seen.pop()
        if isinstance(value, re.Pattern):
            yield value
        elif isinstance(value, dict):
            seen.extend(value.values())
        elif isinstance(value, list | tuple):
            seen.extend(value)
        elif isinstance(value, rules.Rule):
            yield value.pattern


def unbounded_within(parsed: Any, inside: bool = False) -> bool:
    """Whether a repetition without an upper bound holds another, which could backtrack without bound."""
    if isinstance(parsed, tuple) and len(parsed) == 2 and str(parsed[0]).endswith("_REPEAT"):
        _, high, body = parsed[1]
        endless = high is _parser.MAXREPEAT
        return (endless and inside) or unbounded_within(body, inside or endless)
    if isinstance(parsed, _parser.SubPattern | list | tuple):
        return any(unbounded_within(part, inside) for part in parsed)
    return False


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_no_pattern_holds_an_unbounded_repetition_within_another(module: ModuleType) -> None:
    for pattern in compiled(module):
        assert not unbounded_within(_parser.parse(pattern.pattern, pattern.flags)), pattern.pattern
