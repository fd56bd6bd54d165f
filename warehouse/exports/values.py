"""How a value of a table is written: in a CSV file that a spreadsheet may open, and in SQLite."""

import datetime as dt
import json
import re
from decimal import Decimal
from typing import Any

WHOLE_BELOW = 2**53
"""Whole numbers are exact below it, and written without a point."""
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]|'*[\t\r\n]")
"""How a cell begins that a spreadsheet would calculate, with the apostrophes that stand before it already."""
_ESCAPED = re.compile(r"'+(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")


def for_csv(value: Any) -> str:
    """A value as text; NULL is empty. Text that a spreadsheet would take for a formula has an apostrophe before it.

    Only text is changed so, never a number; `from_csv` takes the apostrophe away.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return number(value)
    if isinstance(value, dt.datetime):
        return moment(value)
    text = value if isinstance(value, str) else plain(value)
    return f"'{text}" if _FORMULA.match(text) else text


def from_csv(text: str) -> str:
    """Text of a cell as the table has it."""
    return text[1:] if _ESCAPED.match(text) else text


def for_sqlite(value: Any) -> str | int | float | None:
    """A value as SQLite holds it: truth as 1 and 0, moments and dates in ISO 8601, lists and maps as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    return moment(value) if isinstance(value, dt.datetime) else plain(value)


def number(value: float | Decimal) -> str:
    """A number without a point where it is whole, else with all its digits."""
    if isinstance(value, float) and value.is_integer() and abs(value) < WHOLE_BELOW:
        return str(int(value))
    return repr(value) if isinstance(value, float) else str(value)


def moment(value: dt.datetime) -> str:
    """A moment, in UTC, which all of the tables are."""
    return f"{value.isoformat()}Z"


def plain(value: Any) -> str:
    """A date, or JSON of a list, a map or a record."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False, default=_inner)


def _inner(value: Any) -> str:
    return number(value) if isinstance(value, Decimal) else for_csv(value)
