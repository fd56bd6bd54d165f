"""How much work reading a text is, counted in calls, of Python and of built-in functions, or in lines; not in time."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def calls(read: Callable[[str], object], text: str) -> int:
    """The calls that `read` of `text` makes."""
    count = 0

    def on_event(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(on_event)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count


def lines(read: Callable[[str], object], text: str) -> int:
    """The lines of Python run by `read` of `text`: a loop that calls nothing shows in these only."""
    count = 0

    def on_event(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return on_event

    before = sys.gettrace()
    sys.settrace(on_event)
    try:
        read(text)
    finally:
        sys.settrace(before)
    return count
