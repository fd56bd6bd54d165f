"""Which dated columns or rows a column of changes compares, and which a row or column of totals adds up.

Both say nothing of time themselves; what they take their time from stands beside them. Only like is compared with like:
headers that are the same but for their year.
"""

import re

from extractors.language.patterns import YEAR
from extractors.pages.values import is_change, is_total, is_year

_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_WHEN = re.compile(r"^(?:as )?(?:at|of|on|in|by)(?: the)?(?: end of)? |^(?:end of|year ended|year to) ", re.IGNORECASE)
_LABEL_YEAR = re.compile(r"\d\d(?!.*\d\d)")
_OVERALL = ("grand", "overall", "all")

Headers = tuple[str, ...]


class _Series:
    """Headers that differ in their year only: the earliest, the latest, and the last two that came."""

    def __init__(self) -> None:
        self.ends: tuple[str, str] | None = None
        self.last_two: Headers = ()

    def add(self, header: str) -> None:
        if header in self.last_two:
            return
        self.last_two = (*self.last_two[-1:], header)
        first, last = self.ends or (header, header)
        self.ends = (min(first, header, key=_year), max(header, last, key=_year))


def with_compared(above: list[Headers]) -> list[Headers]:
    """The headers over each column; changes and totals also take those of the dated columns in front, earliest first.

    Changes take the last two of them, totals the first and the last.
    """
    over: list[Headers] = []
    series: dict[str, _Series] = {}
    latest: _Series | None = None
    for headers in above:
        dated = [h for h in headers if _is_dated(h) and not is_change(h)]
        if latest is not None and headers and not dated and len(latest.last_two) > 1:
            if any(map(is_change, headers[-2:])):
                headers = (*sorted(latest.last_two, key=_year), *headers)
            elif is_total(headers[-1]) and latest.ends:
                headers = (*latest.ends, *headers)
        for header in dated:
            alone = is_year(_WHEN.sub("", header))
            rest = "" if alone else _YEAR.sub("", header)
            latest = series.setdefault(rest, _Series())
            latest.add(header if alone else _YEAR.findall(header)[-1])
        over.append(headers)
    return over


def years_before(names: list[str]) -> dict[str, str]:
    """The year before each, of the rows that are named for years: what a change told beside one is measured from."""
    dated = sorted({name for name in names if is_year(name)}, key=_year)
    return dict(zip(dated[1:], dated, strict=False))


class RowsAdded:
    """The dated rows of a table so far, and since its last row of totals."""

    def __init__(self) -> None:
        """No row has come."""
        self._all, self._since = _Series(), _Series()

    def beside(self, names: Headers) -> Headers:
        """The headers beside a row; a row of totals also takes the first and the last of the dated rows above it."""
        if not names or is_year(names[-1]):
            for name in names[-1:]:
                self._all.add(name)
                self._since.add(name)
            return names
        if not is_total(names[-1]) or _YEAR.search(names[-1]):
            return names
        rows = self._all if names[-1].lower().startswith(_OVERALL) else self._since
        self._since = _Series()
        return (*rows.ends, *names) if rows.ends and len(rows.last_two) > 1 else names


def _is_dated(header: str) -> bool:
    return is_year(header) or _YEAR.search(header) is not None


def _year(header: str) -> str:
    years = _YEAR.findall(header)
    if years:
        return str(years[-1])
    label = _LABEL_YEAR.search(header)
    return f"20{label.group()}" if label else ""
