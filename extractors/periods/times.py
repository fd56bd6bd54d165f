"""The time expressions of a sentence, each with the role that the words around it give it.

Here: dates and cues become `Time`s. Which of them a figure takes is `evidence`'s and `scope`'s business.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.clauses.cues import Cue
from extractors.language.patterns import MONTH
from extractors.records import PeriodBasis, PeriodType
from extractors.timex.atoms import months_from
from extractors.timex.spans import DateSpan


class Time(NamedTuple):
    """One time expression. Absolute (`year` set), or `offset` years from an `anchor`."""

    start: int
    end: int
    role: str
    """`period`, `since`, `as_of`, `base` (what a change is measured from), `from` (base for a change, else a period),
    `event` (a founding, say), `to_date`, `now`."""
    extent: str = "year"
    """`year`, `months` (twelve that nothing calls a year), `part` (of a year), `years` (several), or `span` (the last
    `number` `unit`s)."""
    first: dt.date | None = None
    last: dt.date | None = None
    year: int | None = None
    anchor: str = ""
    """`` absolute, `capture` (the year of retrieval), `frame` (the statement's own year), `edition`."""
    offset: int = 0
    unit: str | None = None
    number: int | None = None
    day: dt.date | None = None
    """The day on which a stock stands, where the words name it: "at 30 June 2021", "by the end of 2020"."""
    first_year: int | None = None
    """The label of the first of several years."""


class Scope(NamedTuple):
    """The temporal scope of a figure: the period it holds in, before the edition of the page is known."""

    type: PeriodType
    basis: PeriodBasis
    time: Time | None = None
    since: Time | None = None
    base: Time | None = None


class Heading(NamedTuple):
    """What stands above and beside a figure says of its time."""

    time: Time | None = None
    base: Time | None = None
    """For a column of changes, the year they are measured from."""
    own: bool = False
    """The time stands in a header of the figure's own, not in a heading of the page."""
    stands: bool = False
    """The headers tell of a stock: "Homes held", "(31 Dec.)"."""
    in_table: bool = False
    joined: bool = False
    """A header tells of who came: "New members"."""


UNDATED = Heading()


_FROM = re.compile(r"\bfrom\s(?:the\s|fiscal year\s|fy\s?)?$")
# The letters in front are those that an alternative begins with: elsewhere it fails at once.
_BASE = re.compile(
    r"(?=[abcdhortv])(?:\b(?:than|as)(?: (?:it|they|we|those|that|there))?"
    r"(?: (?!doubled|trebled|tripled|quadrupled|halved)\w+)?(?: in| for| during)?|\bcompar\w+ (?:to|"
    r"with)(?: in)?|\bversus|\bvs\.?|\bagainst|"
    r"\bover|\bon|\brelative to|\babove|\bbelow|\bbase(?:line)?(?: year)?(?: of| in)?|(?:times|double|twice|triple|"
    r"half)(?: that| what it was)(?: of| in)?|(?:double|twice|triple|half)(?: of| in)?|times|"
    r"(?:double|twice|triple|times|half) the (?:number|figure|total|level|amount|rate)s?(?: (?:it|they|we) [a-z]+)?"
    r"(?: (?:in|of|for))?)"
    r"\s(?:the\s|a\s|fiscal year\s|that of\s|"
    r"(?:those|the ones?|the (?:figure|total|number|count|tally)) (?:of|in|for)\s|"
    r"(?:its |their |the )(?:record |peak |base |previous )?"
    r"(?:levels?|figures?|totals?|years?|high|peak|average),? (?:(?:in|of|for)\s)?|pre-|"
    r"(?:in )?(?:the )?same (?:period|time|month|quarter|week|half|day)s? (?:(?:in|of)\s(?:the\s)?)?)?$"
)
_BASELINE = re.compile(r"(?:'s)?\s(?:baseline|levels?|totals?|figures?|average|number|base)\b")
_UNTIL = re.compile(r"\b(?:through|until|till|up to|to)\s(?:(?:and including|the end of)\s)?$")
_IGNORED = re.compile(r"\b(?:before|prior to|after|beyond|enacted in|act of)\s$")
_ONWARD = re.compile(r"\s(?:onwards?|on\b(?=[,.]| ))")
_WHEN = re.compile(r",? when\s")
_WHEN_LED = re.compile(r"(?:^|[.!?]\s)when [^,;.!?]{1,80}$")
""" "When the library opened in 1836, it owned 40 books"."""
_BEGUN_WITH = re.compile(r",? with (?:just |only |about |some |its first )?")
"""What there was at a beginning: "opened in 1947 with 12 nurses"."""
_SINCE_REACH = 160
_OPENED = re.compile(
    r"\b(?:opened|founded|began|started|launched|created|set up|established|formed|founding|opening|launch|"
    r"creation|first \w+)\b"
    r"[^;:.]{0,100}$"
)
"""Between "since" and its date: "Since its founders, who were parents, opened the Center in 1984"."""
_WINDOW_YEARS = 15
_BORN_BEFORE = 1950
"""Such a span in parentheses behind a name is somebody's life, not a period of figures."""
_SUPERLATIVE = re.compile(
    r"\b(?:\w+est|first|second|third|fourth|fifth|most|fewest|least|record|best|worst|any other)(?: \w+){0,2}\s$"
)
_DAY_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_CLOSE_OF = re.compile(
    r"\b(?:(?:end|close) of (?:the )?(?:fiscal |financial |calendar |school )?(?:year )?|"
    r"year(?:'s)?[- ]?(?:end|close),? (?:of |in )?)$"
)
_EXTENTS = {"year": "year", "fiscal_year": "year", "school_year": "year", "year_range": "years"}
_YEAR = re.compile(r"\byear\b")
_CALLED_A_YEAR = re.compile(
    r"\b(?:fiscal|financial|reporting|budget|tax|accounting|business|program|programme|school|academic) years?\b|\bfy\b"
)
_TARGET = re.compile(r"\bby\s(?:the end of\s|the year\s)?$")


def read_times(low: str, dates: Sequence[DateSpan], cues: Sequence[Cue], stops: Sequence[int]) -> list[Time]:
    """The time expressions of a sentence, in order.

    `stops` are the starts of its numerals: a "since" reaches to its date over words, not over another number.
    """
    times: list[Time] = []
    consumed: set[int] = set()
    for date in dates:
        if date.kind == "decade" or date.year is None:
            continue
        times.append(_dated(low, date, cues, stops, consumed))
    for i, cue in enumerate(cues):
        if cue.kind in ("part_year", "past_span") and any(
            t.start < cue.end and cue.start < t.end for t in times if not t.anchor
        ):
            continue  # "the second half of 2020", "the five years to 2022" are one time
        if i not in consumed and not (
            cue.kind == "to_date" and _SUPERLATIVE.search(low, max(0, cue.start - 30), cue.start)
        ):
            time = _cued(low, cue)
            closes_year = cue.kind == "as_of" and not stops and low.startswith("by ", cue.start)
            if time and not closes_year:  # a label's "by December" ends the year it reports
                times.append(time)
    return sorted(times, key=lambda t: t.start)


def _is_mere_months(low: str, date: DateSpan) -> bool:
    """Twelve months that are no calendar year, and that nothing calls a year: "between April 2021 and March 2022"."""
    twelve = date.kind == "fiscal_year" and date.first is not None and date.last is not None
    return twelve and not _YEAR.search(low, date.start, date.end) and not _CALLED_A_YEAR.search(low)


def _dated(low: str, date: DateSpan, cues: Sequence[Cue], stops: Sequence[int], consumed: set[int]) -> Time:
    extent = "months" if _is_mere_months(low, date) else _EXTENTS.get(date.kind, "part")
    time = Time(
        date.start, date.end, "period", extent, date.first, date.last, date.year,
        day=_named_day(low, date), first_year=date.first_year,
    )  # fmt: skip
    for i, cue in enumerate(cues):
        reach = _SINCE_REACH if cue.kind == "since" else 80
        if cue.end > date.start or date.start - cue.end > reach or any(cue.end <= s < date.start for s in stops):
            continue
        gap = date.start - cue.end
        if cue.kind == "since" and _SUPERLATIVE.search(low, max(0, cue.start - 30), cue.start):
            consumed.add(i)
            return time if _WHEN.match(low, date.end) else time._replace(role="event")
        if cue.kind == "since" and (
            not any(t in low[cue.end : date.start] for t in (",", ";")) or _OPENED.search(low, cue.end, date.start)
        ):
            consumed.add(i)
            return time._replace(start=cue.start, role="since")
        if cue.kind == "as_of" and gap <= 22 and "," not in low[cue.end : date.start]:
            consumed.add(i)
            return time._replace(start=cue.start, role="as_of", extent=extent)
        if cue.kind == "event" and gap <= 8:
            led = _WHEN_LED.search(low, 0, cue.start) is not None and low.startswith(",", date.end)
            if led and any(s > date.end for s in stops):
                return time
            counted = [s for s in stops if s < cue.start]
            if counted and not any(mark in low[counted[-1] : cue.start] for mark in (", ", ";")):
                return time
            if (begun := _BEGUN_WITH.match(low, date.end)) and begun.end() in stops:
                return time
            return time._replace(start=cue.start, role="event")
    tail = low[max(0, date.start - 40) : date.start]
    if extent == "years":
        in_parentheses = low[max(0, date.start - 1) : date.start] == "(" and low[date.end : date.end + 1] == ")"
        born = date.first is not None and date.first.year < _BORN_BEFORE
        return time._replace(role="event") if in_parentheses and born and spans_a_life(time) else time
    if _ONWARD.match(low, date.end) and _FROM.search(tail):
        return time._replace(role="since")
    if _FROM.search(tail):
        return time._replace(role="from")
    days = date.kind == "range" and _DAY_NUMBER.search(low, date.start, date.end) is not None  # "on 3-5 May"
    day = date.kind == "day" or days
    if (_BASE.search(tail) and not (day and tail.endswith("on "))) or _BASELINE.match(low, date.end):
        return time._replace(role="base")
    if low.startswith("'s ", date.end):  # "attached to 2020's reports"
        return time
    if _UNTIL.search(tail) or _TARGET.search(tail):
        return time._replace(role="as_of")
    if _IGNORED.search(tail):
        return time._replace(role="event")
    return time


def _named_day(low: str, date: DateSpan) -> dt.date | None:
    """The last day of a date, where it is written or called the end: of "in 2021" or "as of March 2021" none is."""
    if date.last is None:
        return None
    written = any(int(day) == date.last.day for day in _DAY_NUMBER.findall(low, date.start, date.end))
    return date.last if written or _CLOSE_OF.search(low, max(0, date.start - 30), date.start) else None


_LEADS = re.compile(r"(?:^|[.!?]\s)(?:compared (?:with|to)|against|versus)\s$")
"""A sentence that opens with what its figure is held against, so that no year stands before."""
_OF_A_TIME = re.compile(
    r" (?:(?:the|our|its|their|this|that|each|last|a) )?(?:[a-z]+ )?"
    r"(?:years?|months?|quarter|season|period|week|day|term)\b|"
    rf" (?:(?:fy|q[1-4]) ?)?'?\d\d| {MONTH}| (?:spring|summer|autumn|fall|winter)\b"
)
_PART_BEFORE = re.compile(
    rf"\b(?:{MONTH}(?:(?:\s(?:and|to|through)\s|\s?[-\u2013]\s?){MONTH})?|spring|summer|autumn|winter)(?:,|\sof)?\s$"
)
"""A part of the year that the words behind it name: "between January and March last year"."""


def _role(low: str, start: int) -> str:
    """Whether a change is measured from the year that words at `start` name."""
    tail = low[max(0, start - 30) : start]
    return "base" if _BASE.search(tail) or _FROM.search(tail) else "period"


def _cued(low: str, cue: Cue) -> Time | None:
    s, e = cue.start, cue.end
    match cue.kind:
        case "last_year":
            role = _role(low, s)
            if role == "base" and low.endswith("'s", s, e):  # "than last year's 40": the year before its own
                leads = _LEADS.search(low, 0, s)
                return Time(s, e, "period" if leads else "base", anchor="capture" if leads else "frame", offset=-1)
            extent = "part" if _PART_BEFORE.search(low, max(0, s - 40), s) else "year"
            return Time(s, e, role, extent, anchor="capture", offset=-1)
        case "last_part":
            return Time(s, e, _role(low, s), "part", anchor="capture", unit=cue.unit)
        case "this_year":
            return Time(s, e, "period", anchor="capture")
        case "previous_year":
            compares = low.startswith("year", s)
            return Time(s, e, "base" if compares else _role(low, s), anchor="frame", offset=-1)
        case "ago" if cue.number:
            years = cue.number * (10 if (cue.unit or "").startswith("decade") else 1)
            return Time(s, e, _role(low, s), anchor="frame", offset=years if low.endswith("later", s, e) else -years)
        case "next_year":
            return Time(s, e, "period", anchor="frame", offset=1)
        case "past_span":
            return Time(
                s, e, "period", "span", anchor="edition", unit=(cue.unit or "year").rstrip("s"), number=cue.number
            )
        case "part_year":
            last = low.find(" of last ", s, e) >= 0
            anchor, offset = ("capture", -1) if last else ("edition", 0)
            return Time(s, e, "period", "part", anchor=anchor, offset=offset, unit=cue.unit, number=cue.number)
        case "since":
            return Time(s, e, "since", anchor="edition")
        case "to_date":
            return Time(s, e, "to_date", anchor="edition")
        case "as_of":
            if low.endswith(" of", s, e) and not _OF_A_TIME.match(low, e):
                return None  # "at the end of our first decade"
            return Time(s, e, "as_of", anchor="edition")
        case "now":
            return Time(s, e, "now", anchor="edition")
    return None


def part_of(time: Time, year: int) -> tuple[dt.date, dt.date]:
    """First and last day of the quarter or half of a year that a time numbers."""
    size = {"quarter": 3, "three months": 3}.get(time.unit or "", 6)
    nth = min(time.number or 1, 12 // size)
    return months_from(year, (nth - 1) * size + 1, size)


def spans_a_life(time: Time) -> bool:
    """Whether several years are too many for a window: "1984-2019" is an organisation's life so far."""
    return time.first is not None and time.year is not None and time.year - time.first.year > _WINDOW_YEARS
