"""Tests that try the same with many values: a few of them always, all of them in `make long`."""

from collections.abc import Iterable
from typing import Any

import pytest


def few_of(values: Iterable[Any], few: int = 3) -> list[Any]:
    """The values as parameters of a test, tuples for several; those behind the first few are left to the long run."""
    every = [value if isinstance(value, tuple) else (value,) for value in values]
    return [pytest.param(*value, marks=[pytest.mark.long] if at >= few else []) for at, value in enumerate(every)]
