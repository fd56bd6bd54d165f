"""No regular expression of the extractor can backtrack without bound: shown on the patterns, not by a clock."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import pytest

import extractors
from extractors.quantities.shapes import Shape
from extractors.rules import Rule

MODULES = [found.name for found in pkgutil.walk_packages(extractors.__path__, "extractors.") if not found.ispkg]


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
        elif isinstance(value, Rule):
            seen.append(getattr(value.read, "read", value.read))
        elif isinstance(value, Shape):
            yield value.pattern


def unbounded_within(parsed: Any, inside: bool = False) -> bool:
    """Whether a repetition without an upper bound holds another, which could backtrack without bound.

    A possessive one gives nothing back.
    """
    if isinstance(parsed, tuple) and len(parsed) == 2 and str(parsed[0]).endswith("_REPEAT"):
        _, high, body = parsed[1]
        endless = high is _parser.MAXREPEAT and str(parsed[0]) != "POSSESSIVE_REPEAT"
        return (endless and inside) or unbounded_within(body, inside or endless)
    if isinstance(parsed, _parser.SubPattern | list | tuple):
        return any(unbounded_within(part, inside) for part in parsed)
    return False


@pytest.mark.parametrize("name", MODULES)
def test_no_pattern_holds_an_unbounded_repetition_within_another(name: str) -> None:
    for pattern in compiled(importlib.import_module(name)):
        assert not unbounded_within(_parser.parse(pattern.pattern, pattern.flags)), pattern.pattern
