"""The period that a scope comes to once the edition of the whole page is known: years and days."""

import datetime as dt
from typing import NamedTuple

from extractors.periods.times import Scope, Time, part_of
from extractors.records import PeriodBasis, PeriodType
from extractors.timex.atoms import day_of, months_from


class ResolvedPeriod(NamedTuple):
    """A period as a fact states it; field meanings as in `Fact`."""

    type: PeriodType
    year: int | None
    start: dt.date | None
    end: dt.date | None
    basis: PeriodBasis
    base_year: int | None
    day: dt.date | None = None
    """The day that the words name, on which a stock would stand."""


def resolve(
    scope: Scope, edition: int | None, captured_at: dt.datetime | None, founded: frozenset[int]
) -> ResolvedPeriod:
    """The period in years and days. `founded` are years that the page names as beginnings."""
    time = scope.time
    year: int | None
    start = end = day = None
    kind, basis = scope.type, scope.basis
    if time is None or (time.role in ("to_date", "now") and time.year is None):
        year = edition
    elif time.extent == "span":
        return _span(scope, time, edition, founded)
    else:
        year = _year(time, edition, captured_at)
        start, end, day = time.first, time.last, time.day
        if time.anchor and basis == "stated":
            basis = "derived"
        if time.extent == "part" and time.anchor and time.number:
            start, end = part_of(time, year) if year else (None, None)
        elif time.extent == "part" and time.anchor and time.unit and captured_at is not None:
            start, end = _last(time, captured_at)
            year = end.year if end else None
    if kind == "unknown":
        return ResolvedPeriod("unknown", None, None, None, basis, None)
    if kind == "year" and year and not start:
        start, end = day_of(year, 1, 1), day_of(year, 12, 31)
        if time is not None and not time.anchor and time.first is None:
            start = end = None
    if kind == "as_of":
        start, end = None, day
    if kind == "cumulative":
        start = None
        if scope.since is not None:
            start = scope.since.first
            if scope.since.year is None and scope.since.extent == "span":
                return _span(scope, scope.since, year, founded)
            if start is not None and year is not None and start.year > year:
                start = None  # "by 1978 … since 1984": what is told does not fit together
    base = _year(scope.base, year, captured_at) if scope.base else None
    return ResolvedPeriod(kind, year, start, end, basis, base, day)


_LOOKING_BACK = 3
"""Up to this month a page that speaks of the year before means that one by "this year"."""


def _year(time: Time, edition: int | None, captured_at: dt.datetime | None) -> int | None:
    """The year that `time` means; None where nothing tells it, or no calendar holds it ("3,000 years ago")."""
    year = _counted_year(time, edition, captured_at)
    return year if year is not None and dt.MINYEAR <= year <= dt.MAXYEAR else None


def _counted_year(time: Time, edition: int | None, captured_at: dt.datetime | None) -> int | None:
    if not time.anchor:
        return time.year
    if time.anchor == "capture":
        if captured_at is not None:
            early = captured_at.month <= _LOOKING_BACK and edition == captured_at.year - 1
            return edition if early and not time.offset else captured_at.year + time.offset
        return edition + min(0, time.offset + 1) if edition is not None else None
    return edition + time.offset if edition is not None else None


_SECOND_YEAR = dt.date(dt.MINYEAR + 1, 1, 1)


def _last(time: Time, captured_at: dt.datetime) -> tuple[dt.date, dt.date] | tuple[None, None]:
    """The month, quarter or week before that of retrieval; None before the first that a calendar holds."""
    day = captured_at.date()
    if day < _SECOND_YEAR:
        return None, None
    if time.unit == "week":
        monday = day - dt.timedelta(days=day.weekday() + 7)
        return monday, monday + dt.timedelta(days=6)
    size = 3 if time.unit == "quarter" else 1
    months = day.year * 12 + (day.month - 1) // size * size - size
    return months_from(months // 12, months % 12 + 1, size)


_LIFETIME_YEARS = 15
"""From so many years on, "the last N years" of a statement in the perfect is an organisation's life, not a window."""


def _span(scope: Scope, time: Time, edition: int | None, founded: frozenset[int]) -> ResolvedPeriod:
    base = _year(scope.base, edition, None) if scope.base else None
    if edition is None:
        return ResolvedPeriod("range", None, None, None, "derived", base)
    years = {"year": 1, "decade": 10}.get(time.unit or "", 0) * (time.number or 1)
    if not years:
        return ResolvedPeriod("range", edition, None, None, "derived", base)
    began = edition - years
    if scope.type == "cumulative" or began in founded or years >= _LIFETIME_YEARS:
        return ResolvedPeriod("cumulative", edition, day_of(began, 1, 1), None, "derived", base)
    return ResolvedPeriod("range", edition, day_of(began + 1, 1, 1), day_of(edition, 12, 31), "derived", base)
