"""Which dated columns or rows a column of changes compares, and which a row or column of totals adds up.

Both say nothing of time themselves; what they take their time from stands beside them.
"""

import re
from collections.abc import Iterable

from extractors.passages.values import is_change, is_total

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

Headers = tuple[str, ...]


def with_compared(above: list[Headers]) -> list[Headers]:
    """The headers over each column; changes and totals also take those of the dated columns in front, earliest first.

    Changes take the last two of them, totals the first and the last.
    """
    over = []
    for column, headers in enumerate(above):
        dated = _dated(header for other in above[:column] for header in other)
        if len(dated) > 1 and headers and not _YEAR.search(" ".join(headers)):
            if any(map(is_change, headers[-2:])):
                headers = (*sorted(dated[-2:], key=_year), *headers)
            elif is_total(headers[-1]):
                headers = (*_ends(dated), *headers)
        over.append(headers)
    return over


class RowsAdded:
    """The dated rows since the last row of totals."""

    def __init__(self) -> None:
        """No row has come."""
        self._names: list[str] = []

    def beside(self, names: Headers) -> Headers:
        """The headers beside a row; a row of totals also takes the first and the last of the dated rows above it."""
        if not names or _YEAR.search(names[-1]):
            self._names += names[-1:]
            return names
        if not is_total(names[-1]):
            return names
        dated, self._names = _dated(self._names), []
        return (*_ends(dated), *names) if len(dated) > 1 else names


def _dated(headers: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(h for h in headers if _YEAR.search(h) and not is_change(h)))


def _year(header: str) -> str:
    return str(_YEAR.findall(header)[-1])


def _ends(dated: list[str]) -> Headers:
    in_order = sorted(dated, key=_year)
    return in_order[0], in_order[-1]
