"""Dates as written: each is built from the match of its form, or is none after all (None).

A builder takes the match in the folded text, and the text as written. Which form calls for which builder is the table
of `forms`.
"""

import calendar
import datetime as dt
import re
from typing import NamedTuple

from extractors.language import numerals
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

# --- builders: one a form -----------------------------------------------------------------------------------------


def iso_day(m: re.Match[str], _: str) -> Atom | None:
    """2021-05-03."""
    year, month, day = int(m["y"]), int(m["m"]), int(m["d"])
    return Atom(m.start(), m.end(), "day", year, (month, day)) if day_of(year, month, day) else None


def numeric_day(m: re.Match[str], _: str) -> Atom | None:
    """Month first, unless only the other order is a date; with full stops, day first."""
    a, b, year = int(m["a"]), int(m["b"]), full_year(m["y"])
    for month, day in ((b, a), (a, b)) if m["sep"] == "." else ((a, b), (b, a)):
        if day_of(year, month, day):
            return Atom(m.start(), m.end(), "day", year, (month, day))
    return None


_SIMPLE_DENOMINATORS = (2, 3, 4, 5, 6, 8, 10)


def month_and_day(m: re.Match[str], _: str) -> Atom | None:
    """10/15 after a word that asks for a date, unless it could be a fraction."""
    month, day = int(m["a"]), int(m["b"])
    before = m.string[max(0, m.start() - 9) : m.start()].split()
    if not before or before[-1] not in ("on", "by", "before", "until", "through", "after", "since", "due"):
        return None
    if day_of(2000, month, day) is None or (before[-1] != "on" and month < day and day in _SIMPLE_DENOMINATORS):
        return None
    return Atom(m.start(), m.end(), "day", None, (month, day))


def named_day(m: re.Match[str], _: str) -> Atom | None:
    """3 May 2021, May 3, May 3-5."""
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


def both_days(m: re.Match[str], text: str) -> Atom | None:
    """Between 1 and 24 December, on 3 and 4 May: without such a word the first number may count something."""
    dates = m.string[: m.start()].endswith(("between ", "between the ", "on ", "on the "))
    return named_day(m, text) if dates else None


def named_month(m: re.Match[str], _: str) -> Atom:
    """May 2021, or May alone."""
    return Atom(m.start(), m.end(), "month", full_year(m["y"]) if m["y"] else None, (_MONTHS[m["m"][:3]],))


def numbered_month(m: re.Match[str], _: str) -> Atom:
    """05/2021."""
    return Atom(m.start(), m.end(), "month", int(m["y"]), (int(m["m"]),))


def year_in_words(m: re.Match[str], _: str) -> Atom | None:
    """Nineteen eighty-four, twenty oh-nine; "eighteen sixty-five", "two thousand and six" where a year is asked for."""
    century = _CENTURIES[m["c"]]
    if m["c"] not in ("nineteen", "twenty") and not asks_for_year(m.string, m.start(), m.end(), century):
        return None
    rest = m["tens"] or m["unit"]
    value = sum(int(numerals.VALUES[word]) for word in re.split(r"[\s-]", rest))
    return Atom(m.start(), m.end(), "year", century + value)


def part_of_year(m: re.Match[str], _: str) -> Atom | None:
    """A quarter or a half, with the year beside it or none."""
    kind = "quarter" if m["what"].startswith("q") else "half"
    parts = 4 if kind == "quarter" else 2
    word = m["ord"]
    number = parts if word in ("last", "final", "latter") else _ORDINALS.get(word) or int(word)
    if number > parts:
        return None
    year = full_year(m["y"]) if m["y"] else None
    return Atom(m.start(), m.end(), kind, year, (number,), (None, None) if m.groupdict().get("fiscal") else None)


def first_months(m: re.Match[str], _: str) -> Atom | None:
    """The first nine months of 2021, the last three quarters of 2020."""
    count = (_COUNTS.get(m["n"]) or int(m["n"])) * (3 if m["what"] == "quarter" else 1)
    if not 1 <= count <= 12:
        return None
    year = full_year(m["y"])
    first = 1 if m["ord"] in ("first", "opening") else 13 - count
    return Atom(m.start(), m.end(), "range", year, (), months_from(year, first, count))


def season(m: re.Match[str], _: str) -> Atom | None:
    """Spring 2021; winter 2020/21 is that of 2021."""
    year, month = full_year(m["y"]), _SEASONS[m["s"]]
    if m["y2"] and _second_year(year, m["y2"]) == year + 1:
        return Atom(m.start(), m.end(), "season", year + 1, (month,), months_from(year, month, 3))
    return Atom(m.start(), m.end("y"), "season", year, (month,))


def labelled_year(m: re.Match[str], _: str) -> Atom | None:
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


def pair_of_years(m: re.Match[str], _: str) -> Atom | None:
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


def old_years(m: re.Match[str], _: str) -> Atom | None:
    """Minted 1422 to 1461, written between 1180 and 1215: where a participle says that something was made."""
    made = _MADE.search(m.string, max(0, m.start() - 40), m.start())
    first, last = int(m["y1"]), int(m["y2"])
    return Atom(m.start(), m.end(), "decade", last) if made and first < last else None


def decade(m: re.Match[str], _: str) -> Atom | None:
    """The 1990s; with an apostrophe only after "the", for "2020's floods" is a possessive."""
    before = m.string[max(0, m.start() - 6) : m.start()]
    if "'" in m[0] and not before.endswith(("the ", "early ", "late ", "mid-", "late-", "early-")):
        return None
    first = int(m["y"]) if len(m["y"]) == 4 else 1900 + int(m["y"])
    return Atom(m.start(), m.end(), "decade", first + 9)


def bare_year(m: re.Match[str], text: str) -> Atom | None:
    """Four digits, where what stands around them makes a year of them."""
    return Atom(m.start(), m.end(), "year", int(m["y"])) if is_year(text, m.string, m.start(), m.end()) else None


def ended(m: re.Match[str], _: str) -> Atom | None:
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


def year_ending(m: re.Match[str], _: str) -> Atom | None:
    """FYE 30/06/2021, YE 31.03.21: the year that ends with that day."""
    a, b, year = int(m["a"]), int(m["b"]), full_year(m["y"])
    end = day_of(year, b, a) or day_of(year, a, b)
    if end is None:
        return None
    after = end + dt.timedelta(days=1)
    kind = "year" if (end.month, end.day) == (12, 31) else "fiscal_year"
    return Atom(m.start(), m.end(), kind, year, (), (day_of(after.year - 1, after.month, after.day), end))


def years_to(m: re.Match[str], _: str) -> Atom | None:
    """The five years to 2022."""
    count, year = _COUNTS.get(m["n"]) or int(m["n"]), int(m["y"])
    return Atom(m.start(), m.end(), "year_range", year, (year - count + 1,)) if 1 < count <= 50 else None


def short_year(m: re.Match[str], _: str) -> Atom | None:
    """In '22, in '45."""
    number = int(m["y"])
    if not _ASKS_FOR_SHORT_YEAR.search(m.string, max(0, m.start() - 12), m.start()):
        return None
    return Atom(m.start() - 1, m.end(), "year", number + (2000 if number < 40 else 1900))


def shifted(atom: Atom, year: int) -> Atom:
    """The same part of another year."""
    return atom._replace(year=year, given=atom.given if atom.given == (None, None) else None)
