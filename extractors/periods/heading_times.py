"""When the figures hold that stand under a heading or in a table: what headings, labels and headers say of time.

Here: the period that each gives, and the year a column of changes is measured from. What becomes of a statistic that
names no period itself is `dating`'s business.
"""

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache

from extractors.clauses.binding import leave, read_sentence
from extractors.clauses.claims import Carry
from extractors.clauses.cues import find_cues
from extractors.clauses.headers import OWN_HEADERS, change_header, context_of, stands
from extractors.clauses.sentences import sentences
from extractors.language.lexicon import MONTH, fold
from extractors.language.patterns import LONE_YEAR
from extractors.numbers.scanning import find_mentions
from extractors.pages.dated import date_told
from extractors.pages.values import NOTE_MARK, is_total, tells_when
from extractors.periods.times import UNDATED, Heading, Time, read_times
from extractors.quantities.exclusions import find_excluded
from extractors.records import Passage
from extractors.timex.spans import DateSpan

_DAY = rf"(?:\d{{1,2}} {MONTH}|{MONTH} \d{{1,2}}(?!\d))"
_PART = re.compile(
    r"(?<!to )(?<!by )(?<!ended )(?<!ending )(?<!end )\b"
    r"(?:[qh][1-4]|(?:first|second|third|fourth|last) (?:quarter|half)|"
    rf"spring|summer|autumn|winter|{_DAY}(?:\s?(?:[-\u2013]|to)\s?{_DAY})?|{MONTH}(?:\s?(?:[-\u2013]|to)\s?{MONTH})?)"
    r"(?![a-z])"
)
"""A part of a year, or a day of it, that another header gives the year."""
_MONTH_AND_YEAR = re.compile(rf"({MONTH})[-\u2013' ](\d\d)")
_MARKED_YEAR = re.compile(rf"(?<=\d\d){NOTE_MARK}$")
_PLAIN_YEAR = re.compile(
    r"^(?:19|20)\d\d(?=\s|$)|(?<=\s)(?:19|20)\d\d(?=\s?[%$£€]?$)|(?<=\btotal )(?:19|20)\d\d(?=\s[a-z])"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_FIGURE = re.compile(r"\d[\d,.]*")
_A_YEAR = re.compile(LONE_YEAR)
_ONWARD = re.compile(r"\b(?:19|20)\d\d\s?(?:[-\u2013\u2014]|to)\s?(?:present|date|now|today)\b")
_OPEN_PERFECT = re.compile(r"\b(?:have|has|'ve)(?: also| already| so far| now| together)*\s?:?$")
_MEASURED_FROM = re.compile(r"\b(?:since|from|on|over|against|vs\.?|versus|compared (?:to|with)) (?:fy ?)?$")
_REPORT = re.compile(r"\b(?:report|review|accounts|results|impact|year|statistics|highlights|numbers)\b")
_ROLES = ("period", "since", "as_of", "to_date", "from", "now")
_JOINED = re.compile(r"new |members of ")
"""With such words "members" came within the year, or are no members of ours ("members of the public")."""
_STEM = re.compile(r"[a-z]{4,}")


def heading_of(passage: Passage) -> Heading:
    """What the nearest dated header or heading gives the passage; those under the same ones share it."""
    context = context_of(passage)
    own = context or tuple(reversed(passage.labels))
    headers = (*passage.column_headers, *passage.row_headers)
    return _read(context, own, headers, passage.caption, passage.headings, passage.kind == "table_cell")


@lru_cache(maxsize=256)
def _read(
    context: tuple[str, ...],
    own: tuple[str, ...],
    headers: tuple[str, ...],
    caption: str | None,
    headings: tuple[str, ...],
    in_table: bool,
) -> Heading:
    moved = change_header(context)
    part, time, base, running, close = "", None, None, None, False
    for i, words in enumerate((*own, *reversed(headings))):
        if words == moved:
            told, base = _compared(words)
            time, close = time or told, close or told is not None
        elif time is None:
            time = _time(words, caption, own, part)
            if time is not None and time.role == "to_date" and time.year is None and i < len(own):
                running, time = time, None  # another header may tell up to when
            part = part or _part_of_year(words)
            close = i < len(own) or any(map(_only_when, (*headers, words)))
            if time is not None and i < len(own) and words not in headers:
                base = _held_against(words)
        elif base is None and words in headers:
            base = next((t for t in _times(words) if (t.first, t.year) != (time.first, time.year)), None)
    if running is not None:
        until = time is not None and time.role == "period" and close
        time = time._replace(role="to_date", extent="year", first=None, last=None) if time and until else running
    if time is not None and base is not None and not moved and _sums_up(context):
        time, base, standing = _over(base, time), None, False
    else:
        title = _clause_for(caption, own) if caption else ""
        standing = stands((*headers, title) if headers else context)
    if time is None and base is None and not standing:
        return UNDATED
    joined = any(_JOINED.match(words.lower()) for words in context)
    return Heading(time, base, close, standing, in_table, joined)


def _time(words: str, caption: str | None, own: tuple[str, ...], part: str) -> Time | None:
    times = _times(words)
    if len(times) > 1 and words == caption and _times(clause := _clause_for(words, own)):
        words, times = clause, _times(clause)
    if not times:
        return None
    time, low = times[-1], fold(words)
    if _ONWARD.search(low):
        return times[0]._replace(role="since")
    if len(times) > 1 and any(t.role == "to_date" for t in times):  # "To date (2016 to 2021)"
        dated = next((t for t in times if t.role == "period" and t.year), time)
        return dated._replace(role="to_date", extent="year", first=None, last=None)
    if len(times) > 1 and tells_when(low) and all(t.role == "period" and t.extent == "year" for t in times):
        return _over(times[0], time)
    if _REPORT.search(low) and _is_two_years(time):
        return time._replace(extent="year")
    if time.extent == "year" and time.year:
        part = (_part_of_year(low) if _is_calendar(time) else "") or part
        return _within(time, part) if part else time
    return time


def _within(time: Time, part: str) -> Time:
    """The part of the year; of a fiscal year, whose months are not known here, only that it is a part."""
    if not _is_calendar(time):
        return time._replace(extent="part")
    return next(iter(_times(f"{part} {time.year}")), time)


@lru_cache(maxsize=256)
def _compared(words: str) -> tuple[Time | None, Time | None]:
    """The year and the base of a header such as "Change, 2020 to 2021"; "Change on 2020" gives the base alone."""
    dates = [s.date for s in find_excluded(words, "heading") if s.date is not None and s.date.year]
    if not dates:
        return None, None
    last = dates[0].year if dates[0].kind != "year_range" else None
    if len(dates) == 1 and last and _MEASURED_FROM.search(fold(words), 0, dates[0].start):
        return None, _whole_year(dates[0], last)
    years = [_whole_year(date, year) for date in dates for year in _years_of(date)]
    return (years[-1], years[0]) if len(years) > 1 else (None, years[0])


def _held_against(words: str) -> Time | None:
    """The year that a tile's label compares with: "visits in 2022 compared with 2021"."""
    low = fold(words)
    dates = [s.date for s in find_excluded(words, "heading") if s.date is not None and s.date.year]
    return next((t for t in read_times(low, dates, (), ()) if t.role == "base"), None) if dates else None


@lru_cache(maxsize=1024)  # the cells of a table share its headers
def _times(words: str) -> tuple[Time, ...]:
    """The times that words name; of several sentences the first one tells what the words are a label of."""
    spans = sentences(words)
    first = _times_in(words[: spans[0][1]]) if len(spans) > 1 else ()
    return first or _times_in(words)


def _times_in(words: str) -> tuple[Time, ...]:
    low = fold(words)
    if short := _MONTH_AND_YEAR.fullmatch(low):
        low = f"{short[1]} 20{short[2]}"
    elif marked := _MARKED_YEAR.search(low):
        low = low[: marked.start()]
    dates = _dates(low)
    bare = without_comparisons(low, dates)
    low, dates = (low, dates) if bare == low else (bare, _dates(bare))
    cues = find_cues(low, 0, len(low)) if len(low) <= 400 else []
    read = read_times(low, dates, cues, ())
    stated = _figures(low, dates)
    bases = [t for t in read if t.role == "base" and any(at < t.start for at in stated)]
    # "Looking back on 2024" is held against nothing
    times = tuple(t for t in read if t.role in _ROLES)
    plain = (m for m in _PLAIN_YEAR.finditer(low) if not any(t.start <= m.start() < t.end for t in bases))
    return times or tuple(map(_in_year, plain))


def _dates(low: str) -> list[DateSpan]:
    return [s.date for s in find_excluded(low, "heading") if s.date is not None]


_HELD_AGAINST = re.compile(r",? (?:against|compared (?:with|to)|up from|down from|versus|vs\.?|after) ")
""" "2024 count: 52,300 members, against 61,000 in the 2014 count"."""


def without_comparisons(low: str, dates: Sequence[DateSpan]) -> str:
    """A heading with blanks for what brackets hold its figure against: "2018 alerts: 402 (2017: 311)".

    Brackets that hold a date alone, or the only year of a heading that states no other figure, stay.
    """
    stated = _figures(low, dates)
    for bracket in _BRACKETS.finditer(low):
        inside = sum(bracket.start() < at < bracket.end() for at in stated)
        outside = low[: bracket.start()] + " " + low[bracket.end() :]
        if inside and (inside < len(stated) or _A_YEAR.search(outside)):
            low = low[: bracket.start()] + " " * len(bracket[0]) + low[bracket.end() :]
    held = _HELD_AGAINST.search(low)
    if held and (any(at < held.start() for at in stated) or _A_YEAR.search(low, 0, held.start())):
        low = low[: held.start()] + " " * (len(low) - held.start())
    return low


def _figures(low: str, dates: Sequence[DateSpan]) -> list[int]:
    """Where figures begin that are no part of a date."""
    figures = (figure.start() for figure in _FIGURE.finditer(low))
    return [at for at in figures if not any(date.start <= at < date.end for date in dates)]


def _in_year(match: re.Match[str]) -> Time:
    """A bare year that prose would take for a number: "2021 cases"."""
    year = int(match.group())
    return Time(match.start(), match.end(), "period", "year", dt.date(year, 1, 1), dt.date(year, 12, 31), year)


def _is_two_years(time: Time) -> bool:
    """ "Annual Report 2022–2023": a year of a report that begins in one calendar year and ends in the next."""
    return time.extent == "years" and time.first is not None and time.year == time.first.year + 1


def _is_calendar(time: Time) -> bool:
    return time.first is not None and (time.first.month, time.first.day) == (1, 1)


@lru_cache(maxsize=1024)  # the cells of a column share their headers
def _only_when(words: str) -> bool:
    return tells_when(fold(words)) or date_told(words) is not None


@lru_cache(maxsize=1024)
def _part_of_year(words: str) -> str:
    match = _PART.search(fold(words))
    return match.group() if match else ""


def _clause_for(caption: str, own: tuple[str, ...]) -> str:
    """Of a caption that dates its columns apart ("Homes at 31 March; repairs during 2022"), the part that names one."""
    if ";" not in caption:
        return caption
    headers = {stem for words in own if words != caption for stem in _STEM.findall(fold(words))}
    for clause in caption.split(";"):
        if not headers.isdisjoint(_STEM.findall(fold(clause))):
            return clause
    return caption


def _sums_up(context: tuple[str, ...]) -> bool:
    return any(map(is_total, context[:OWN_HEADERS]))


def _over(one: Time, other: Time) -> Time:
    """From the earlier year to the later one: what a row of totals below rows of years holds."""
    first, last = sorted((one, other), key=lambda time: time.year or 0)
    if first.first is None or last.last is None:
        return last._replace(extent="years")
    if first.first == dt.date(last.last.year, 1, 1) and last.last == dt.date(last.last.year, 12, 31):
        return last._replace(extent="year", first=first.first)
    return last._replace(extent="years", first=first.first)


def _years_of(date: DateSpan) -> list[int]:
    assert date.year is not None
    first = date.first.year if date.first is not None else date.year - (date.kind in ("fiscal_year", "school_year"))
    return sorted({first, date.year})


def _whole_year(date: DateSpan, year: int) -> Time:
    return Time(date.start, date.end, "period", year=year)


@lru_cache(maxsize=256)
def carry_of(lead: str) -> Carry:
    """What a list's introduction ("In 2022, we:") leaves for its items."""
    low = fold(lead)
    shapes = find_excluded(lead)
    start, end = sentences(lead)[-1]
    mentions = [m for m in find_mentions(lead, [(s.start, s.end) for s in shapes]) if m.start >= start]
    dates = [s.date for s in shapes if s.date is not None and s.start >= start]
    statement = read_sentence(lead, low, start, end, mentions, dates, Carry())
    carry = leave(statement)
    time = carry.time
    if not statement.claims:
        times = read_times(low, dates, find_cues(low, start, end), ())
        spoken = [t for t in times if t.role == "period" and t.anchor != "frame"]
        time = time or (spoken[-1] if spoken else None)
    return carry._replace(time=time, perfect=bool(_OPEN_PERFECT.search(low)))
