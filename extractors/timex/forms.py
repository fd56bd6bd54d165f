"""The written forms of calendar expressions, as a table: pattern and builder.

One form is one row of `_TABLE`, in the group of the word or number that opens it. Joining forms into ranges and lending
years to those without one stands in `dates`; the context of a bare year in `bare_years`.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from extractors.language import numerals
from extractors.language.lexicon import words
from extractors.language.patterns import MONTH, SMALL_NUMBER, TENS, YEAR, any_of
from extractors.timex.bare_years import asks_for_year, is_day_of_month, is_year, is_year_range

Period = tuple[dt.date | None, dt.date | None]


class Atom(NamedTuple):
    """A date as written, before its neighbours were looked at. Offsets are those of the folded text."""

    start: int
    end: int
    kind: str
    """A kind of `DateSpan`, or `days` for "May 3-5"."""
    year: int | None = None
    part: tuple[int, ...] = ()
    """What the kind needs besides the year: month, day, number of the quarter, first year of a range."""
    given: Period | None = None
    """The period, where kind, year and part do not say it."""


_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES.split(), 1)}
_COUNTS = {name: int(numerals.VALUES[name]) for name in numerals.SMALL}
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_MADE = re.compile(
    r"\b(?:dating|(?:dat|mint|carv|paint|print|copi|compos|erect|found|issu|forg|cast|illuminat|design)(?:ed)?|struck|"
    r"built|made|written|drawn|woven|in use|from the years) (?:from |between |in |to )?$"
)
_PARTS_OF_YEAR = {"year": 12, "quarter": 3, "half-year": 6, "half year": 6, "half": 6}
_ASKS_FOR_SHORT_YEAR = re.compile(r"\b(?:in|of|since|during|by|from|until|to|for|late|early) '$")
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


# --- calendar arithmetic -------------------------------------------------------------------------------------------


def full_year(digits: str) -> int:
    """A year of four digits, or of two: 00 to 69 belong to this century."""
    number = int(digits.lstrip("'"))
    if len(digits.lstrip("'")) > 2:
        return number
    return number + (2000 if number < 70 else 1900)


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None when there is no such day."""
    if 1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= calendar.monthrange(year, month)[1]:
        return dt.date(year, month, day)
    return None


def months_from(year: int, month: int, count: int) -> tuple[dt.date, dt.date]:
    """First and last day of the `count` months from `month` (1-12) of `year` on."""
    last = month + count - 1
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return dt.date(year, month, 1), dt.date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])


def _second_year(first: int, digits: str) -> int:
    """The last year of "2020-21" or "1999/00"."""
    if len(digits) > 2:
        return int(digits)
    return first - first % 100 + int(digits) + (100 if int(digits) < first % 100 else 0)


def _number(digits: str) -> int:
    return int(digits.rstrip("stndrh"))


_HUNDREDS = {"fifteen": 1500, "sixteen": 1600, "seventeen": 1700, "eighteen": 1800, "nineteen": 1900}
_CENTURIES = {
    "sixteen": 1600, "seventeen": 1700, "eighteen": 1800, "nineteen": 1900, "twenty": 2000, "two thousand": 2000,
    "two thousand and": 2000,
    **{f"{name} hundred{tail}": century for name, century in _HUNDREDS.items() for tail in ("", " and")},
}  # fmt: skip

# --- builders: one a form; None says "not this after all" ----------------------------------------------------------


def _iso(m: re.Match[str], _: str) -> Atom | None:
    year, month, day = int(m["y"]), int(m["m"]), int(m["d"])
    return Atom(m.start(), m.end(), "day", year, (month, day)) if day_of(year, month, day) else None


def _numeric(m: re.Match[str], _: str) -> Atom | None:
    """Month first, unless only the other order is a date; with full stops, day first."""
    a, b, year = int(m["a"]), int(m["b"]), full_year(m["y"])
    for month, day in ((b, a), (a, b)) if m["sep"] == "." else ((a, b), (b, a)):
        if day_of(year, month, day):
            return Atom(m.start(), m.end(), "day", year, (month, day))
    return None


_SIMPLE_DENOMINATORS = (2, 3, 4, 5, 6, 8, 10)


def _month_and_day(m: re.Match[str], _: str) -> Atom | None:
    """10/15 after a word that asks for a date, unless it could be a fraction."""
    month, day = int(m["a"]), int(m["b"])
    before = m.string[max(0, m.start() - 9) : m.start()].split()
    if not before or before[-1] not in ("on", "by", "before", "until", "through", "after", "since", "due"):
        return None
    if day_of(2000, month, day) is None or (before[-1] != "on" and month < day and day in _SIMPLE_DENOMINATORS):
        return None
    return Atom(m.start(), m.end(), "day", None, (month, day))


def _named_day(m: re.Match[str], _: str) -> Atom | None:
    month, day = _MONTHS[m["m"][:3]], _number(m["d"])
    year = full_year(m["y"]) if m["y"] else None
    if m["d2"]:
        last = _number(m["d2"])
        if day < last and day_of(year or 2000, month, last):
            return Atom(m.start(), m.end(), "days", year, (month, day, last))
        return None
    if year is None and m["d"].isdecimal() and not is_day_of_month(m.string, m.start("m"), m.end("d")):
        return None
    return Atom(m.start(), m.end(), "day", year, (month, day)) if day_of(year or 2000, month, day) else None


def _both_days(m: re.Match[str], text: str) -> Atom | None:
    """Between 1 and 24 December, on 3 and 4 May: without such a word the first number may count something."""
    dates = m.string[: m.start()].endswith(("between ", "between the ", "on ", "on the "))
    return _named_day(m, text) if dates else None


def _month(m: re.Match[str], _: str) -> Atom:
    return Atom(m.start(), m.end(), "month", full_year(m["y"]) if m["y"] else None, (_MONTHS[m["m"][:3]],))


def _numbered_month(m: re.Match[str], _: str) -> Atom:
    return Atom(m.start(), m.end(), "month", int(m["y"]), (int(m["m"]),))


def _year_in_words(m: re.Match[str], _: str) -> Atom | None:
    """Nineteen eighty-four, twenty oh-nine; "eighteen sixty-five", "two thousand and six" where a year is asked for."""
    century = _CENTURIES[m["c"]]
    if m["c"] not in ("nineteen", "twenty") and not asks_for_year(m.string, m.start(), m.end(), century):
        return None
    rest = m["tens"] or m["unit"]
    value = sum(int(numerals.VALUES[word]) for word in re.split(r"[\s-]", rest))
    return Atom(m.start(), m.end(), "year", century + value)


def _part(m: re.Match[str], _: str) -> Atom | None:
    """A quarter or a half, with the year beside it or none."""
    kind = "quarter" if m["what"].startswith("q") else "half"
    parts = 4 if kind == "quarter" else 2
    word = m["ord"]
    number = parts if word in ("last", "final", "latter") else _ORDINALS.get(word) or int(word)
    if number > parts:
        return None
    year = full_year(m["y"]) if m["y"] else None
    return Atom(m.start(), m.end(), kind, year, (number,), (None, None) if m.groupdict().get("fiscal") else None)


def _first_months(m: re.Match[str], _: str) -> Atom | None:
    """The first nine months of 2021, the last three quarters of 2020."""
    count = (_COUNTS.get(m["n"]) or int(m["n"])) * (3 if m["what"] == "quarter" else 1)
    if not 1 <= count <= 12:
        return None
    year = full_year(m["y"])
    first = 1 if m["ord"] in ("first", "opening") else 13 - count
    return Atom(m.start(), m.end(), "range", year, (), months_from(year, first, count))


def _season(m: re.Match[str], _: str) -> Atom | None:
    year, month = full_year(m["y"]), _SEASONS[m["s"]]
    if m["y2"] and _second_year(year, m["y2"]) == year + 1:
        return Atom(m.start(), m.end(), "season", year + 1, (month,), months_from(year, month, 3))
    return Atom(m.start(), m.end("y"), "season", year, (month,))


def _label(m: re.Match[str], _: str) -> Atom | None:
    """A fiscal, school or calendar year by its label; of two years the last is the label."""
    what = m["what"]
    kind = "fiscal_year"
    if what.startswith(("school", "academic", "sy")):
        kind = "school_year"
    elif what.startswith(("calendar", "cy")):
        kind = "year"
    first = full_year(m["y1"])
    last = _second_year(first, m["y2"]) if m["y2"] else first
    if not first <= last <= first + 120:
        return None
    if last - first > 1 or (kind == "year" and last > first):
        return Atom(m.start(), m.end(), "year_range", last, (first,), None if kind == "year" else (None, None))
    return Atom(m.start(), m.end(), kind, last)


def _year_pair(m: re.Match[str], _: str) -> Atom | None:
    """2020-21 and 2020/21 name a fiscal year, 1998-2005 and "2019 to 2021" a range of years."""
    first, short = int(m["y1"]), len(m["y2"]) == 2
    last = _second_year(first, m["y2"])
    if short and last == first + 1:
        return Atom(m.start(), m.end(), "fiscal_year", last)
    if short and last > first + 50 and 1 <= int(m["y2"]) <= 12:
        return Atom(m.start(), m.end(), "month", first, (int(m["y2"]),))
    if not first < last <= first + 120 or not is_year_range(m.string, m.start(), m.end(), first, last):
        return None
    if "/" in m[0]:
        return Atom(m.start(), m.end(), "fiscal_year", last) if last == first + 1 else None
    return Atom(m.start(), m.end(), "year_range", last, (first,))


def _old_years(m: re.Match[str], _: str) -> Atom | None:
    """Minted 1422 to 1461, written between 1180 and 1215: where a participle says that something was made."""
    made = _MADE.search(m.string, max(0, m.start() - 40), m.start())
    first, last = int(m["y1"]), int(m["y2"])
    return Atom(m.start(), m.end(), "decade", last) if made and first < last else None


def _decade(m: re.Match[str], _: str) -> Atom | None:
    """The 1990s; with an apostrophe only after "the", for "2020's floods" is a possessive."""
    before = m.string[max(0, m.start() - 6) : m.start()]
    if "'" in m[0] and not before.endswith(("the ", "early ", "late ", "mid-", "late-", "early-")):
        return None
    first = int(m["y"]) if len(m["y"]) == 4 else 1900 + int(m["y"])
    return Atom(m.start(), m.end(), "decade", first + 9)


def _bare(m: re.Match[str], text: str) -> Atom | None:
    return Atom(m.start(), m.end(), "year", int(m["y"])) if is_year(text, m.string, m.start(), m.end()) else None


def _ended(m: re.Match[str], _: str) -> Atom | None:
    """The year ended 30 June 2022, the three months to March 2021: a stretch that ends with a date."""
    year, month, day = full_year(m["y"]), _MONTHS[(m["m"] or m["m2"])[:3]], m["d"] or m["d2"]
    end = day_of(year, month, _number(day)) if day else months_from(year, month, 1)[1]
    count = _PARTS_OF_YEAR[m["part"]] if m["part"] else _COUNTS.get(m["n"]) or int(m["n"])
    if end is None or not 1 <= count <= (10 if m["years"] else 24):
        return None
    count *= 12 if m["years"] else 1
    back = end.year * 12 + end.month - count
    whole_months = (end + dt.timedelta(days=1)).day == 1
    first = dt.date(back // 12, back % 12 + 1, 1) if whole_months else end.replace(year=end.year - 1)
    if count != 12 and not whole_months:
        return Atom(m.start(), m.end(), "range", year, (), (None, end))
    if not whole_months:
        first += dt.timedelta(days=1)
    kind = "range" if count != 12 else "year" if (end.month, end.day) == (12, 31) else "fiscal_year"
    return Atom(m.start(), m.end(), kind, year, (), (first, end))


def _year_ending(m: re.Match[str], _: str) -> Atom | None:
    """FYE 30/06/2021, YE 31.03.21: the year that ends with that day."""
    a, b, year = int(m["a"]), int(m["b"]), full_year(m["y"])
    end = day_of(year, b, a) or day_of(year, a, b)
    if end is None:
        return None
    after = end + dt.timedelta(days=1)
    kind = "year" if (end.month, end.day) == (12, 31) else "fiscal_year"
    return Atom(m.start(), m.end(), kind, year, (), (day_of(after.year - 1, after.month, after.day), end))


def _years_to(m: re.Match[str], _: str) -> Atom | None:
    """The five years to 2022."""
    count, year = _COUNTS.get(m["n"]) or int(m["n"]), int(m["y"])
    return Atom(m.start(), m.end(), "year_range", year, (year - count + 1,)) if 1 < count <= 50 else None


def _short_year(m: re.Match[str], _: str) -> Atom | None:
    """In '22, in '45."""
    number = int(m["y"])
    if not _ASKS_FOR_SHORT_YEAR.search(m.string, max(0, m.start() - 12), m.start()):
        return None
    return Atom(m.start() - 1, m.end(), "year", number + (2000 if number < 40 else 1900))


def shifted(atom: Atom, year: int) -> Atom:
    """The same part of another year."""
    return atom._replace(year=year, given=atom.given if atom.given == (None, None) else None)


# --- the table -----------------------------------------------------------------------------------------------------

_CENTURY = r"(?:1[5-9]|20)"
_NOT_NUMBER = r"(?![\d%]|[.,]\d{3}|\.\d{1,6}\s[a-z]|\s?%)"
_Y4 = rf"{_CENTURY}\d\d{_NOT_NUMBER}"
_Y = rf"(?P<y>{_CENTURY}\d\d|'\d\d){_NOT_NUMBER}"
_ANY_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b(?![.,]\d|\s?%)"
_DAY, _DAY2 = rf"(?P<d>{_ANY_DAY})", rf"(?P<d2>{_ANY_DAY})"
_DASH = r"\s?[-–—−]\s?"
_TO = rf"(?:{_DASH}|\s(?:to|through|thru|until|till)\s)"
_LABEL_YEARS = rf"(?P<y1>{_CENTURY}?\d\d)(?:\s?[-/–—]\s?(?P<y2>{_CENTURY}?\d\d))?{_NOT_NUMBER}\b"
_FISCAL = r"(?:fiscal|financial|budget|tax|reporting|accounting|program|programme)"
_SCHOOL = r"(?:school|academic)"
_ORD_PART = r"(?P<ord>first|second|third|fourth|last|final|latter|[1-4](?:st|nd|rd|th))[- ](?P<what>quarter|half)\b"
_PART_OF = rf"{_ORD_PART}(?:,|\sof(?:\sthe)?|\sin)?\s"
_COUNT = rf"(?P<n>{SMALL_NUMBER}|\d\d?)"
_UNITS = any_of(numerals.UNITS)
_NO_MORE = r"(?![\w-]|\s(?:hundred|thousand|million|billion|percent|per cent)\b)"
_ENDED = (
    r"\s(?:that\s)?(?:ended|ending|to|through|until)\s(?:on\s)?(?:the\s)?(?:end of\s)?"
    rf"(?:{_DAY}\s(?:of\s)?(?P<m>{MONTH})|(?P<m2>{MONTH})(?:\s{_DAY2})?),?\s{_Y}"
)
_UP_TO = rf"\s(?:that\s)?(?:ended|ending|to|through|until|up to)\s(?:in\s)?(?:the end of\s)?(?P<y>{_Y4})"

Builder = Callable[[re.Match[str], str], Atom | None]
"""Takes the match in the folded text, and the text as written."""
_TABLE: dict[str, list[tuple[str, Builder]]] = {
    "number": [
        (r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)", _iso),
        (
            rf"(?P<a>\d{{1,2}})(?P<sep>[-/.])(?P<b>\d{{1,2}})(?P=sep)(?P<y>{YEAR})(?!\d|/\d|-\d{{1,2}}(?!\d?[/.-]))",
            _numeric,
        ),
        (r"(?P<a>\d{1,2})(?P<sep>/)(?P<b>\d{1,2})/(?P<y>\d\d)(?!\d|[/.]\d|-\d{1,2}(?!\d?/))", _numeric),
        (rf"(?P<m>0?[1-9]|1[0-2])\s?/\s?(?P<y>{YEAR})(?![\w%/-]|[.,]\d|\s?%)", _numbered_month),
        (r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\w/%]|[.,]\d|\s?(?:%|of\b))", _month_and_day),
        (rf"{_DAY}(?:{_TO}{_DAY2})?(?:\s|-)(?:day\s)?(?:of\s)?(?P<m>{MONTH})(?:(?:,?\s|-){_Y})?", _named_day),
        (rf"{_DAY}\s(?:and|&)\s(?:the\s)?{_DAY2}\s(?:of\s)?(?P<m>{MONTH})(?:,?\s{_Y})?", _both_days),
        (rf"{_COUNT}[- ](?:months?|(?P<years>years))(?P<part>)(?:[- ]period)?{_ENDED}", _ended),
        (rf"{_COUNT}[- ]years?(?:[- ]period)?{_UP_TO}", _years_to),
        (rf"(?P<y>{_CENTURY}\d0|[2-9]0)'?s\b", _decade),
        (r"(?P<y>\d\d)(?![\w'%/-]|[.,:]\d|\s?%)", _short_year),
        (rf"(?P<ord>[1-4])(?P<what>[qh])\s?(?P<fiscal>fy\s?)?(?P<y>(?:20)?\d\d){_NOT_NUMBER}\b", _part),
        (rf"(?P<y>{_Y4})(?:,\s|[-/ ]?)(?P<what>[qh])(?P<ord>[1-4])\b", _part),
        (rf"(?P<y>{_Y4}),?\s{_ORD_PART}", _part),
        (rf"{_PART_OF}(?:calendar\s(?:year\s)?|year\s)?{_Y}", _part),
        (rf"{_LABEL_YEARS}(?:'s)?\s(?P<what>(?:{_FISCAL}|{_SCHOOL}|calendar)\s(?:year|term))\b", _label),
        (rf"(?P<y1>{_Y4})(?:{_TO}|/)(?P<y2>{_Y4})(?![-/]\d)", _year_pair),
        (
            rf"(?P<y1>1[0-4]\d\d)(?:{_TO}|\sand\s)(?P<y2>1[0-9]\d\d)(?![.,]\d)"
            r"(?=\s(?:in|at|by|under|during|and|for|were|are)\b|\s?[.,;:)]|$)",
            _old_years,
        ),
        (rf"(?P<y1>{_CENTURY}\d\d)[-–—−/](?P<y2>\d\d)(?![\w%]|[-/]\d|[.,]\d)", _year_pair),
    ],
    "bare": [(rf"(?P<y>{_CENTURY}\d\d)", _bare)],
    "month": [
        (rf"(?P<m>{MONTH})[ /-](?:the\s)?{_DAY}(?:{_TO}{_DAY2}(?!\s{MONTH}))?(?:(?:,?\s|-){_Y})?", _named_day),
        (rf"(?P<m>{MONTH})(?:,?\s(?:of\s|in\s)?|-|/){_Y}", _month),
        (rf"(?P<m>{MONTH})(?P<y>)(?={_TO}[a-z]|\s(?:and|or|&)\s[a-z]|,\s[a-z])", _month),
    ],
    "code": [
        (
            rf"(?P<what>[qh])(?P<ord>[1-4])[,/-]?\s?(?:of\s)?(?P<fiscal>fy\s?)(?P<y>{_CENTURY}?\d\d){_NOT_NUMBER}\b",
            _part,
        ),
        (rf"(?P<what>[qh])(?P<ord>[1-4])(?:,?\s(?:of\s)?|[-/])?{_Y}", _part),
        (r"(?P<what>[qh])(?P<ord>[1-4])(?P<y>)\b", _part),
        (r"f?ye\s?(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:20)?\d\d)(?!\d|[/.]\d)", _year_ending),
        (rf"(?P<what>fy|cy|sy)e?\s?'?{_LABEL_YEARS}(?!\s?[/.]\d)", _label),
    ],
    "ordinal": [
        (
            rf"{_PART_OF}(?P<fiscal>{_FISCAL}(?:\syear)?\s|fy\s?)(?P<y>{_CENTURY}?\d\d)\b",
            _part,
        ),
        (rf"{_PART_OF}(?:calendar\s(?:year\s)?|year\s)?{_Y}", _part),
        (r"(?P<ord>first|second|third|fourth|1st|2nd|3rd|4th)[- ](?P<what>quarter)(?P<y>)\b(?!-)", _part),
        (
            r"(?P<ord>first|second|latter)\s(?P<what>half)(?P<y>)"
            r"(?=\s?[.,;:)]|\sof\s(?:the|this|that|last)\s(?:fiscal |financial )?year\b|$)",
            _part,
        ),
        (
            rf"(?P<ord>first|opening|last|final|closing)\s{_COUNT}\s(?P<what>month|quarter)s?\s(?:of|in)\s{_Y}",
            _first_months,
        ),
    ],
    "season": [
        (
            rf"(?P<s>spring|summer|autumn|fall|winter)(?:,?\s|\sof\s|\sin\s){_Y}(?:[-/–](?P<y2>\d\d(?:\d\d)?)\b)?",
            _season,
        ),
    ],
    "label": [
        (rf"(?P<what>(?:{_FISCAL}|{_SCHOOL}|calendar)\syears?),?\s(?:of\s)?'?{_LABEL_YEARS}", _label),
        (rf"(?P<what>fiscal|calendar)\s(?=\d{{4}}){_LABEL_YEARS}", _label),
    ],
    "spoken": [
        (
            rf"(?P<c>sixteen|seventeen|eighteen|nineteen|twenty|two thousand(?: and)?)[\s-]"
            rf"(?:oh[\s-](?P<unit>{_UNITS})|"
            rf"(?P<tens>(?:{TENS})(?:[\s-](?:{_UNITS}))?|{any_of(numerals.TEENS)})){_NO_MORE}",
            _year_in_words,
        ),
        (
            rf"(?P<c>two thousand(?: and)?)\s(?P<unit>{_UNITS})(?P<tens>){_NO_MORE}",
            _year_in_words,
        ),
        (
            rf"(?P<c>(?:fif|six|seven|eigh|nine)teen hundred(?: and)?)\s(?:(?P<unit>{_UNITS})|"
            rf"(?P<tens>(?:{TENS})(?:[\s-](?:{_UNITS}))?|{any_of(numerals.TEENS)})){_NO_MORE}",
            _year_in_words,
        ),
    ],
    "ended": [
        (
            rf"(?:{_COUNT}[- ](?:months?|(?P<years>years))(?:[- ]period)?|(?P<part>year|quarter|half(?:[- ]year)?))"
            rf"{_ENDED}",
            _ended,
        ),
        (rf"{_COUNT}[- ]years?(?:[- ]period)?{_UP_TO}", _years_to),
    ],
}
_NAMED_GROUP, _BACKREFERENCE = re.compile(r"\(\?P<\w+>"), re.compile(r"\(\?P=\w+\)")


@cache
def forms(group: str) -> list[tuple[re.Pattern[str], Builder]]:
    """The forms of a group, compiled when one of them may match: the whole table would slow every start."""
    return [(re.compile(p), build) for p, build in _TABLE[group]]


@cache
def looks(group: str) -> re.Pattern[str]:
    """Whether any form of a group may match: one look that spares most numbers the walk through the table."""
    return re.compile("|".join(_BACKREFERENCE.sub("[-/.]", _NAMED_GROUP.sub("(?:", p)) for p, _ in _TABLE[group]))


_REST = r"(?:(?P<grouped>\d{0,2}(?:,\d{3}){1,16}(?![\d.,]))|(?P<number>\d*(?:[.,]\d{1,32}){0,16}))"
TRIGGER = re.compile(
    rf"(?<![^\W_])(?:\d{_REST}|"
    r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?=[a-z.\s/\u2013-]))"
    r"|(?P<code>(?:[qh][1-4]|(?:[fcs]ye?|ye)\s?'?\d)(?!\d{4}))|"
    r"(?P<ordinal>first|second|third|fourth|last|final|latter|opening|closing)"
    r"|(?P<season>spring|summer|autumn|fall|winter)|(?P<label>fiscal|financial|budget|tax|reporting|accounting|program|"
    r"school|academic|calendar)|"
    r"(?P<spoken>(?:(?:fif|six|seven|eigh|nine)teen|twenty)(?=[\s-](?:oh|t|f|s|e|n|hundred))|two(?= thousand ))|"
    rf"(?P<ended>year|quarter|half|{SMALL_NUMBER})\b)"
)
"""Where a form may begin; the group's name is the key of `_TABLE`. A number that none fits may be a `bare` year, one
with its thousands grouped is no date."""
NUMBER_TRIGGER = re.compile(rf"\d(?<![^\W_]\d){_REST}")
OPENERS = words(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec q h fy cy sy fye cye sye ye first second third fourth last final latter opening closing "
    "spring summer autumn fall winter quarter half fiscal financial budget tax reporting accounting program programme "
    "school academic calendar year"
) | frozenset((*numerals.SMALL, "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"))
"""The words that a form may begin with: in a text without them `NUMBER_TRIGGER` finds as much as `TRIGGER`."""
PARTS = words("quarter half hundred sixteen seventeen eighteen nineteen twenty thousand")
"""The words of the forms that need no digits."""
