"""Calendar expressions read as data: which period the words name.

Two steps: each trigger is tried against the forms of `forms`, which yields an atom; then neighbouring atoms lend
each other a missing year and join into ranges. What a period means for a statistic is decided in `periods`.
"""

import datetime as dt
import re
from collections.abc import Set
from typing import NamedTuple

from extractors.language.lexicon import fold, vocabulary
from extractors.language.patterns import YEAR
from extractors.timex.atoms import Atom, Period, day_of, months_from, shifted
from extractors.timex.forms import NUMBER_TRIGGER, OPENERS, PARTS, TRIGGER, forms, looks


class DateSpan(NamedTuple):
    """A calendar expression, `text[start:end]`, and the period it names."""

    start: int
    end: int
    first: dt.date | None
    last: dt.date | None
    """Both ends belong to the period. None where the words do not say: no year given, or a fiscal or school year,
    whose months differ from one organisation to the next."""
    kind: str
    """`day`, `month`, `quarter`, `half`, `season`, `year`, `fiscal_year`, `school_year`, `year_range` (several whole
    years), `range` (other stretches of days or months) or `decade` (names an era, no period of a statistic)."""
    year: int | None
    """The label year; of a range the last year; None when the words give none ("on May 3")."""
    first_year: int | None = None
    """The label of the first of several years: 2020 of "2019-20 to 2021-22"."""


_DIGIT = re.compile(r"\d")
_YEAR_DIGITS = 4
_JOIN = re.compile(r"\s?[-–—−]\s?|,?\s(?:to|through|thru|until|till|up to)\s(?:the\s)?(?:(?:end|close) of\s)?")
_AND = re.compile(r"\s(?:and|or|&)\s|,\s(?:and\s|or\s)?")
_IN = re.compile(r"\s(?:in|of)\s")
_AND_END = re.compile(r"\sand\sthe\s(?:end|close)\sof\s")
_BETWEEN = re.compile(r"\bbetween\s(?:the\s)?$")
_AND_YEAR = re.compile(rf"(?:\s(?:and|or|&)\s|,\s(?:and\s|or\s)?)(?P<y>{YEAR})(?=\s?[,.;:)]|\s[a-z]|\s?$)(?![.,]\d)")
_TOGETHER = re.compile(r"\b(?:years|seasons|(?:across|over|throughout)(?: all of)?(?: the)?) (?:of )?$")
_COMBINED = re.compile(rf"(?:,? (?:and )?{YEAR}){{0,4}},? (?:combined|together|taken together|put together)\b")
"""What makes of listed years one stretch: "the two years 2018 and 2019", "across 2018 and 2019"."""
_LENDING = frozenset({"day", "days", "month", "quarter", "half", "season", "fiscal_year", "school_year"})


def _period(atom: Atom) -> Period:
    year, part = atom.year, atom.part
    if atom.given is not None:
        return atom.given
    if year is None or not 1 <= year <= 9998:
        return None, None
    match atom.kind:
        case "year":
            return months_from(year, 1, 12)
        case "day":
            return day_of(year, *part), day_of(year, *part)
        case "days":
            return day_of(year, part[0], part[1]), day_of(year, part[0], part[2])
        case "month":
            return months_from(year, part[0], 1)
        case "quarter":
            return months_from(year, 3 * part[0] - 2, 3)
        case "half":
            return months_from(year, 6 * part[0] - 5, 6)
        case "season":
            return months_from(year, part[0], 3)
        case "year_range":
            return dt.date(part[0], 1, 1), dt.date(year, 12, 31)
        case "decade":
            return dt.date(year - 9, 1, 1), dt.date(year, 12, 31)
        case _:
            return None, None


def _atom(text: str, low: str, at: int, group: str) -> Atom | None:
    table = forms(group)
    if len(table) > 1 and looks(group).match(low, at) is None:
        return None
    for pattern, build in table:
        m = pattern.match(low, at)
        if m and (atom := build(m, text)):
            return atom
    return None


def _atoms(text: str, low: str, seen: Set[str]) -> list[Atom]:
    found: list[Atom] = []
    at = 0
    for m in (NUMBER_TRIGGER if OPENERS.isdisjoint(seen) else TRIGGER).finditer(low):
        group = m.lastgroup or ""
        if m.start() < at or group == "grouped":
            continue
        atom = _atom(text, low, m.start(), group)
        if atom is None and group == "number" and m.end() - m.start() >= _YEAR_DIGITS:
            atom = _atom(text, low, m.start(), "bare")
        if atom is not None:
            found.append(atom)
            at = atom.end
    return found


def _span(atom: Atom) -> DateSpan:
    first, last = _period(atom)
    kind = "range" if atom.kind == "days" else atom.kind
    return DateSpan(atom.start, atom.end, first, last, kind, atom.year, atom.part[0] if kind == "year_range" else None)


def _same_sort(a: Atom, b: Atom) -> bool:
    if {a.kind, b.kind} <= {"day", "month", "days"}:
        return True
    return a.kind == b.kind and a.kind not in ("range", "days", "decade", "year_range")


def _joined(a: Atom, b: Atom) -> Atom | None:
    """One range from two atoms, or None when they do not follow each other in time."""
    year = b.year if b.year is not None else a.year
    if year is None:
        return a._replace(end=b.end, kind="range", given=(None, None)) if "day" in (a.kind, b.kind) else None
    if a.kind in ("fiscal_year", "school_year", "year"):
        if a.year is None or a.year >= year:
            return None
        return Atom(a.start, b.end, "year_range", year, (a.year,), None if a.kind == "year" else (None, None))
    late = b._replace(year=year)
    early = a._replace(year=a.year if a.year is not None else year)
    first, last = _period(early)[0], _period(late)[1]
    if first and last and first > last and a.year is None:
        first = _period(early._replace(year=year - 1))[0]
    if first is None or last is None or first > last:
        return None
    kind = "range"
    after = last + dt.timedelta(days=1)
    if (after.month, after.day) == (first.month, first.day) and after.year == first.year + 1:
        kind = "year" if first.month == first.day == 1 else "fiscal_year"
    return Atom(a.start, b.end, kind, last.year, (), (first, last))


def _with_year_behind(atoms: list[Atom], low: str) -> list[Atom]:
    """ "28 June in 2020": one date."""
    out: list[Atom] = []
    for atom in atoms:
        before = out[-1] if out else None
        lends = before is not None and before.year is None and before.kind in _LENDING and atom.kind == "year"
        if before is not None and lends and atom.year and _IN.fullmatch(low, before.end, atom.start):
            out[-1] = shifted(before, atom.year)._replace(end=atom.end)
        else:
            out.append(atom)
    return out


def _following(a: Atom, b: Atom, low: str) -> Atom | None:
    """The stretch that listed years make together, where the words in front say so."""
    if b.kind != "year" or a.kind not in ("year", "year_range") or a.year is None or b.year != a.year + 1:
        return None
    if not _AND.fullmatch(low, a.end, b.start):
        return None
    if not _TOGETHER.search(low, max(0, a.start - 24), a.start) and not _COMBINED.match(low, b.end):
        return None
    return Atom(a.start, b.end, "year_range", b.year, a.part if a.kind == "year_range" else (a.year,))


def _combined(atoms: list[Atom], low: str) -> list[Atom]:
    """Ranges joined, and years lent forwards ("spring 2018 and 2019") and backwards ("March and April 2021")."""
    out: list[Atom] = []
    for atom in _with_year_behind(atoms, low):
        if out and (joined := _following(out[-1], atom, low)):
            out[-1] = joined
            continue
        if out and _same_sort(out[-1], atom):
            between = low[out[-1].end : atom.start] if atom.start - out[-1].end <= 24 else "|"
            joins = _JOIN.fullmatch(between) or (
                (_AND.fullmatch(between) or _AND_END.fullmatch(between))
                and _BETWEEN.search(low, max(0, out[-1].start - 14), out[-1].start)
            )
            joined = _joined(out[-1], atom) if joins else None
            if joined:
                out[-1] = joined
                continue
            if atom.year is not None and _AND.fullmatch(between):
                for i in range(len(out) - 1, -1, -1):
                    if out[i].year is not None or out[i].kind not in _LENDING or i < len(out) - 6:
                        break
                    out[i] = shifted(out[i], atom.year)
        elif out and atom.kind == "year" and out[-1].kind in _LENDING and out[-1].year is not None:
            m = _AND_YEAR.match(low, out[-1].end)
            if m and m.start("y") == atom.start:
                atom = shifted(out[-1], int(m["y"]))._replace(start=atom.start, end=atom.end)
        out.append(atom)
    return out


def find_dates(text: str) -> list[DateSpan]:
    """The calendar expressions of one passage, in order, without overlap."""
    low = fold(text)
    return dates_in(text, low, vocabulary(low))


def dates_in(text: str, low: str, seen: Set[str]) -> list[DateSpan]:
    """As `find_dates`, for a caller that has the text folded, and its words."""
    if PARTS.isdisjoint(seen) and _DIGIT.search(low) is None:
        return []
    atoms = _combined(_atoms(text, low, seen), low)
    return [_span(atom) for atom in atoms if atom.year is not None or atom.kind != "month"]
