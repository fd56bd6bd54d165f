"""When the figures hold that stand under a heading or in a table: what headings, labels and headers say of time.

Here: the period that each gives, the year a column of changes is measured from, and what becomes of a statistic that
names no period itself. Time told in its own sentence is `dating`'s business.
"""

import re
from dataclasses import dataclass, replace

from extractors.dates.spans import DateSpan
from extractors.lexicon import HEADCOUNT, fold
from extractors.models import Passage, PeriodType
from extractors.numerals.numbers import find_mentions
from extractors.sentences import sentences
from extractors.shapes.find import find_shapes
from extractors.statements.binding import leave, read_sentence
from extractors.statements.claims import MOVING, Carry, Claim
from extractors.statements.cues import find_cues
from extractors.statements.headers import change_header, context_of, stands
from extractors.statements.periods import Draft, Time, read_times, spans_a_life

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_PART = re.compile(
    rf"\b(?:[qh][1-4]|(?:first|second|third|fourth|last) (?:quarter|half)|spring|summer|autumn|winter|"
    rf"\d{{1,2}} {_MONTH}|{_MONTH}(?:\s?(?:[-\u2013]|to)\s?{_MONTH}| \d{{1,2}})?)(?![a-z])"
)
"""A part of a year, or a day of it, that another header gives the year."""
_YEAR = re.compile(r"\d{4}|'\d\d\b|\d/\d")
_OPEN_PERFECT = re.compile(r"\b(?:have|has|'ve)(?: also| already| so far| now| together)*\s?:?$")
_ROLES = ("period", "since", "as_of", "to_date", "from", "now")
_STEM = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above and beside a figure says of its time."""

    time: Time | None = None
    base: Time | None = None
    """For a column of changes, the year they are measured from."""
    stands: bool = False
    """The headers tell of a stock: "Homes held", "(31 Dec.)"."""


UNDATED = Heading()


def period_draft(claim: Claim, passage: Passage, heading: Heading) -> Draft:
    """The statistic's draft, with the heading's period where its own words give none."""
    assert claim.draft is not None
    draft = claim.draft
    if draft.basis != "edition" or draft.type == "unknown":
        return draft
    base = draft.base or (heading.base if claim.kind in MOVING else None)
    stock = heading.stands and claim.kind in ("count", "money", "measure") and draft.type in ("year", "as_of")
    time = heading.time
    if time is None:
        return replace(draft, type="as_of" if stock else draft.type, base=base)
    kind: PeriodType = draft.type
    if time.role == "since":
        return Draft("cumulative" if draft.type != "as_of" else draft.type, "heading", None, time, base)
    if time.role == "to_date":
        kind = "cumulative" if draft.type != "as_of" else draft.type
    elif stock or (time.first is not None and time.first == time.last and draft.type in ("year", "as_of")):
        kind = "as_of"
    elif draft.type == "as_of" and passage.kind == "table_cell" and time.role == "period" and not _counts_heads(claim):
        kind = "year" if time.extent == "year" else "range"
    elif time.role in ("as_of", "now"):
        kind = "as_of" if draft.type != "cumulative" else draft.type
    elif time.extent == "years" and spans_a_life(time) and draft.type in ("year", "cumulative"):
        since = replace(time, role="since", year=time.first.year if time.first else None)
        return Draft("cumulative", "heading", replace(time, extent="year", first=None, last=None), since, base)
    elif time.extent in ("part", "years") and draft.type == "year":
        kind = "range"
    return Draft(kind, "heading", time, None, base)


def _counts_heads(claim: Claim) -> bool:
    """Staff and members of a year are those at its end, whatever else a table counts by year."""
    return claim.noun is not None and claim.noun.head in HEADCOUNT


class HeadingTimes:
    """What headings, labels, table headers and the leads of lists give to what stands under them; each is read once."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._known: dict[str, list[Time]] = {}
        self._carries: dict[str, Carry] = {}

    def carry(self, lead: str) -> Carry:
        """What the introduction of a list leaves for each of its items."""
        if lead not in self._carries:
            self._carries[lead] = _lead_carry(lead)
        return self._carries[lead]

    def of(self, passage: Passage) -> Heading:
        """What the nearest dated header or heading gives the passage."""
        context = context_of(passage)
        own = context or tuple(reversed(passage.labels))
        moved = change_header(context)
        part, time, base = "", None, None
        for words in (*own, *reversed(passage.headings)):
            if words == moved:
                time, base = self._compared(words)
            elif time is None:
                time = self._time(words, passage, own, part)
                part = part or _part_of_year(words)
            elif base is None and moved and words in passage.column_headers:
                base = next((t for t in self._times(words) if t.year != time.year), None)
        return Heading(time, base, stands(context))

    def _time(self, words: str, passage: Passage, own: tuple[str, ...], part: str) -> Time | None:
        times = self._times(words)
        if len(times) > 1 and words == passage.caption:
            times = self._times(_clause_for(words, own)) or times
        if times and part and times[-1].extent == "year" and times[-1].year:
            return next(iter(self._times(f"{part} {times[-1].year}")), times[-1])
        return times[-1] if times else None

    def _compared(self, words: str) -> tuple[Time | None, Time | None]:
        """The year and the base of a header such as "Change, 2020 to 2021"; "Change on 2020" gives the base alone."""
        dates = [s.date for s in find_shapes(words, "heading") if s.date is not None and s.date.year]
        if not dates:
            return None, None
        years = [_whole_year(date, year) for date in dates for year in _years_of(date)]
        return (years[-1], years[0]) if len(years) > 1 else (None, years[0])

    def _times(self, words: str) -> list[Time]:
        if words not in self._known:
            low = fold(words)
            dates = [s.date for s in find_shapes(words, "heading") if s.date is not None]
            cues = find_cues(low, 0, len(low)) if len(low) <= 400 else []
            self._known[words] = [t for t in read_times(low, dates, cues, ()) if t.role in _ROLES]
        return self._known[words]


def _part_of_year(words: str) -> str:
    low = fold(words)
    match = None if _YEAR.search(low) else _PART.search(low)
    return match.group() if match else ""


def _clause_for(caption: str, own: tuple[str, ...]) -> str:
    """Of a caption that dates its columns apart ("Homes at 31 March; repairs during 2022"), the part that names one."""
    headers = {stem for words in own if words != caption for stem in _STEM.findall(fold(words))}
    for clause in caption.split(";"):
        if not headers.isdisjoint(_STEM.findall(fold(clause))):
            return clause
    return caption


def _years_of(date: DateSpan) -> list[int]:
    assert date.year is not None
    first = date.first.year if date.first is not None else date.year - (date.kind in ("fiscal_year", "school_year"))
    return sorted({first, date.year})


def _whole_year(date: DateSpan, year: int) -> Time:
    return Time(date.start, date.end, "period", year=year)


def _lead_carry(lead: str) -> Carry:
    """What a list's introduction ("In 2022, we:") leaves for its items."""
    low = fold(lead)
    shapes = find_shapes(lead)
    start, end = sentences(lead)[-1]
    mentions = [m for m in find_mentions(lead, [(s.start, s.end) for s in shapes]) if m.start >= start]
    dates = [s.date for s in shapes if s.date is not None and s.start >= start]
    sentence = read_sentence(lead, low, start, end, mentions, dates, Carry())
    carry = leave(sentence)
    if not sentence.statistics:
        times = read_times(low, dates, find_cues(low, start, end), ())
        spoken = [t for t in times if t.role == "period" and t.anchor != "frame"]
        carry.time = carry.time or (spoken[-1] if spoken else None)
        carry.since = next((t for t in times if t.role == "since"), None)
    carry.perfect = bool(_OPEN_PERFECT.search(low))
    return carry
