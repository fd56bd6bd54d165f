"""A pattern behind a switch does what the pattern does, and switched off it finds nothing."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.rules.patterns import Switch

ASKED: dict[str, tuple[Callable[[Any], Any], Any]] = {
    "match": (lambda p: p.match("12 of 34", 0, 2), None),
    "search": (lambda p: p.search("of 34", pos=1), None),
    "fullmatch": (lambda p: p.fullmatch("12"), None),
    "finditer": (lambda p: [found.span() for found in p.finditer("12 of 34", 1)], []),
    "findall": (lambda p: p.findall("12 of 34", endpos=4), []),
    "split": (lambda p: p.split("12 of 34", maxsplit=1), ["12 of 34"]),
    "sub": (lambda p: p.sub("#", "12 of 34", count=1), "12 of 34"),
}


def plain(found: Any) -> Any:
    return found.span() if isinstance(found, re.Match) else found


@pytest.mark.parametrize("asked", ASKED)
def test_a_switch_is_its_pattern_until_it_is_off(asked: str):
    ask, nothing = ASKED[asked]
    pattern = re.compile(r"\d+")
    switch = Switch(pattern, __file__, 1)
    assert plain(ask(switch)) == plain(ask(pattern))
    assert plain(ask(pattern)) != nothing
    switch.is_off = True
    assert ask(switch) == nothing
