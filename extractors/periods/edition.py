"""The reporting year that a page speaks of, and on what basis it is taken for that.

First the one year the page gives itself; else the latest that at least a third of its dated statistics speak of; else
the latest that any does. What a comparison is measured from never counts, and no year is ever guessed from the date of
retrieval.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.clauses.claims import Claim
from extractors.clauses.cues import find_cues
from extractors.language.lexicon import fold, vocabulary, words
from extractors.language.patterns import YEAR
from extractors.once import once
from extractors.pages import Document
from extractors.periods.heading_times import without_comparisons
from extractors.periods.resolution import resolve
from extractors.periods.times import read_times
from extractors.quantities.exclusions import find_excluded
from extractors.quantities.found import Found
from extractors.rules import Rule, first_of
from extractors.timex.spans import DateSpan

_LONGEST = 400
"""Characters of a title, a heading or a sentence that are looked at."""
_REPORT = (
    r"(?:report|review|page|data|dataset|figures|statistics|numbers|accounts?|statements?|document|summary|update|"
    r"publication|results)"
)
_REPORTING = re.compile(
    rf"\b(?:annual|yearly|impact|glance|in (?:review|numbers|figures)|our (?:year|impact|work)|at work|{_REPORT})\b"
)
"""So a title speaks of a report, whose year may stand on a line of its own below it."""
_COVERS = re.compile(
    r"\b(?:reporting|accounting|statistical) (?:period|year)\b(?! (?:of|by)\b)|"
    r"\bperiod (?:covered|reported|under review)\b|"
    rf"\b(?:this|the|our|these|all) (?:[a-z'-]+ ){{0,3}}?{_REPORT} (?:[a-z]+ ){{0,3}}?"
    r"(?:(?:covers?|covering|relates? to|relating to|refers? to|spans?|spanning|(?:is|are) (?:all )?for)\b|"
    r"(?:describes?|tells? of|reports? on|summari[sz]es?|sets? out) (?:[a-z'-]+ ){0,3}?"
    r"(?:work|activit(?:y|ies)|progress|performance|operations|achievements|impact|year|period)\b)|"
    r"(?:^|[.:;,] )(?:[a-z'-]+ ){0,2}?(?:data|figures|statistics|numbers|results) (?:[a-z]+ ){0,2}?"
    r"(?:(?:is|are) (?:all )?(?:for|from)|(?:relate|refer)s? to|cover|reflect)\b|"
    r"^covering(?: the)?\b|"
    r"^(?:for )?(?:the )?(?:(?:financial|fiscal|reporting|business) )?(?:year|(?:12|twelve) months) "
    r"(?:ended|ending|to)\b"
)
"""Words by which a page says what period it covers; the dates behind them are that period."""
_COVERING = words(
    "reporting accounting statistical period report review page data dataset figures statistics numbers accounts "
    "statement statements document summary update publication results covering"
)
_OPENING = ("for ", "the ", "financial ", "fiscal ", "reporting ", "business ", "year ", "12 ", "twelve ")
"""What says so holds one of these words, or begins so."""
_OTHER_DATE = re.compile(r"\b(?:act|bill|law|census|since|published|founded|established) (?:of |in )?(?:the )?$")
_DATED = re.compile(rf"{YEAR}|FY ?'?\d\d", re.IGNORECASE)
_FIRST = 8
"""Passages among which the first of the content are looked for."""
_LONGEST_LINE = 80
_WORDED = re.compile(r"\b(?!for\b|the\b|fiscal\b|financial\b|calendar\b|reporting\b|year\b)[a-z]{3}")
_REACH = 90
"""So far behind such words, in characters."""
_FIGURE = re.compile(r"\d[\d,.]*")
_YEAR = re.compile(r"(?<![\w.,$£€#/-])(?:199|20\d)\d(?![\w%/-]|[.,]\d)")
"""A bare year of a title, also where prose would take it for a count: "2021 cases"."""
_ROUND = 50
_APART = re.compile(r"[|:;•·,()]|\s[-–—]\s|\s(?:and|&)\s")
"""What parts a title: words beyond it are not the year's."""
_NO_REPORT = re.compile(
    r"\b(?:strateg(?:y|ies|ic)|visions?|plan(?:s|ned|ning)?|goals?|targets?|agenda|roadmap|pledges?|ambitions?|aims?|"
    r"outlook|forecasts?|budget|projections?|future|ahead|upcoming|will|toward|towards|by|until|beyond|before|after|"
    r"since|from|founded|established|est|started|began|born|copyright|published|posted|updated|last update|released|"
    r"issued|launched|reviewed|revised|corrected|modified|census|olympics?|paralympics?|world cup|expo|"
    r"awards?|prize|medal|winner|winning|anniversary)\b|[©]|\(c\)|\bto (?:the )?$|\b(?:act|bill|law) (?:of )?$|"
    r"\b(?:flood|fire|earthquake|hurricane|storm|war|crisis|pandemic|disaster)s? of (?:the )?$"
)
"""Beside such a word a year is that of an aim, a beginning, a right, a law, a publication or an event."""
_FOREIGN = ("base", "from", "since", "event", "to_date", "now")
_DAY = re.compile(r"\b(?:as (?:of|at)|at|until|ended|ending) (?:the )?$")
_ABOUT = re.compile(r"\bon (?:the )?$")
"""A report "on 2021" is of that year; 12% "up on 2020" is measured from it."""
_MONTH_LONG = 31


@dataclass(frozen=True, eq=False)
class Years:
    """The years that a page may be the report of."""

    document: Document
    found: Sequence[Found]
    captured_at: dt.datetime | None
    founded: frozenset[int]

    @once
    def own(self) -> frozenset[int]:
        """Those it gives itself."""
        return frozenset(_own_years(self.document, self.captured_at))

    @once
    def spoken_of(self) -> Counter[int]:
        """Those its statistics speak of, each with how many do."""
        return Counter(_spoken_of(self.found, self.captured_at, self.founded))


def _stated(years: Years) -> int | None:
    third = sum(years.spoken_of.values()) / 3
    return max((year for year, count in years.spoken_of.items() if count >= third), default=None)


EDITION: tuple[Rule[Years, int], ...] = (
    Rule(
        "titled",
        lambda years: next(iter(years.own)) if len(years.own) == 1 else None,
        before=("stated", "latest"),
        examples=("# Annual report 2019\n\nIn 2018 we planted [40] woods. -> 2019",),
        but_not=("# Reports of 2017 and 2019\n\nIn 2018 we planted [40] woods. -> 2018",),
    ),
    Rule(
        "stated",
        _stated,
        before=("latest",),
        examples=("In 2018 we planted [40] woods, 12 hedges and 30 orchards. In 2019 we planted 9 roses. -> 2018",),
        but_not=("We planted [40] woods in 2014, 41 in 2015, 42 in 2016 and 43 in 2017. -> 2017",),
    ),
    Rule(
        "latest",
        lambda years: max(years.spoken_of, default=None),
        examples=("We planted [40] woods in 2014, 41 in 2015, 42 in 2016 and 43 in 2017. -> 2017",),
        but_not=("We planted [40] woods. -> None",),
    ),
)
"""The edition of a page; the first rule that answers decides, and its name is the basis."""


def find_edition(
    document: Document, found: Sequence[Found], captured_at: dt.datetime | None, founded: frozenset[int]
) -> tuple[int | None, str]:
    """The edition and its basis: `titled`, `stated`, `latest` or `none`, as `Reading.edition_basis` explains them."""
    return first_of(EDITION, Years(document, found, captured_at, founded)) or (None, "none")


def _spoken_of(found: Sequence[Found], captured_at: dt.datetime | None, founded: frozenset[int]) -> Iterator[int]:
    """The year of each statistic that is dated by its words: no goals, and not what another is held against."""
    for item in found:
        claim = item.claim
        if not isinstance(claim, Claim) or item.verdict.reason is not None:
            continue
        scope = claim.scope
        if claim.compared or "target" in claim.flags or scope.basis == "edition":
            continue
        year = resolve(scope, None, captured_at, founded).year
        if year is not None and (captured_at is None or year <= captured_at.year):
            yield year


def _own_years(document: Document, captured_at: dt.datetime | None) -> Iterator[int]:
    """Every year the page gives itself: in its titles, its main heading, in words on the period it covers."""
    latest = captured_at.year if captured_at else dt.MAXYEAR
    main = document.headings[:1] and _titled(document.headings[0][:_LONGEST])
    beside = document.headings if main else ()  # "2020" and "2021" in a row head parts of the page
    for text in (*document.titles, *beside, *_title_lines(document)):
        for year, whole in _titled(text[:_LONGEST]):
            if year <= latest + (not whole):  # a fiscal year is named for the year it ends in
                yield year
    for passage in document.passages:
        if passage.region == "content" and passage.kind in ("heading", "paragraph", "list_item", "caption"):
            last = _covered(passage.text[:_LONGEST])
            if last is not None and last <= latest:
                yield last


def _title_lines(document: Document) -> Iterator[str]:
    """A line that titles a page and is no heading: the first of a text, the period alone below "Annual report"."""
    content = [passage for passage in document.passages[:_FIRST] if passage.region == "content"][:2]
    below = bool(content) and content[0].kind == "heading"
    if len(content) <= below or content[below].kind != "paragraph" or not _REPORTING.search(fold(content[0].text)):
        return
    line = content[below].text
    if len(line) > _LONGEST_LINE or line.endswith((".", "!", "?")):
        return
    dates = _dates(line)
    rest = _without(fold(line), dates, 0, len(line))
    brief = any(date.first and date.last and (date.last - date.first).days <= _MONTH_LONG for date in dates)
    if not brief and not _FIGURE.search(rest) and not (below and _WORDED.search(rest)):
        yield line


def _titled(text: str) -> list[tuple[int, bool]]:
    """The years that a title or heading names as its own, each with whether it is a calendar year."""
    low = fold(text)
    dates = _dates(text)
    low = without_comparisons(low, dates)
    dates = [date for date in dates if low[date.start : date.end].strip()]
    times = read_times(low, dates, find_cues(low, 0, len(low)), ())
    figures = _FIGURE.search(_without(low, dates, 0, len(low))) is not None
    foreign = {
        time.end for time in times
        if time.role in _FOREIGN and (figures or not _ABOUT.search(low, 0, time.start))
        and not any(_APART.search(low, time.start, d.start) for d in dates if d.end == time.end)
    }  # fmt: skip
    years = [
        (date.year, date.first is not None and (date.first.month, date.first.day) == (1, 1))
        for date in dates
        if date.end not in foreign and date.year and _is_period(low, date) and not _beside(low, date.start, date.end)
    ]
    for bare in _YEAR.finditer(low):
        dated = any(date.start <= bare.start() < date.end for date in dates)
        if not dated and int(bare[0]) % _ROUND and not _beside(low, *bare.span()):
            years.append((int(bare[0]), True))
    return years


def _dates(text: str) -> list[DateSpan]:
    return [shape.date for shape in find_excluded(text, "heading") if shape.date is not None and shape.date.year]


def _is_period(low: str, date: DateSpan) -> bool:
    """Whether a date is one that a report covers: no decade, and no day or month unless something stands at it."""
    if date.kind == "decade":
        return False
    if date.first is None or date.last is None or (date.last - date.first).days >= _MONTH_LONG:
        return True
    return _DAY.search(low, max(0, date.start - 20), date.start) is not None


def _beside(low: str, start: int, end: int) -> bool:
    """Whether words in the same part of the title make the year no reporting year."""
    ahead, behind = _APART.split(low[:start])[-1], _APART.split(low[end:])[0]
    return _NO_REPORT.search(ahead) is not None or _NO_REPORT.search(behind) is not None


def _covered(text: str) -> int | None:
    """The last year of the period that a passage says the page covers; None when it says nothing of it."""
    low = fold(text)
    if _COVERING.isdisjoint(vocabulary(low)) and not low.startswith(_OPENING):
        return None
    if not _DATED.search(text):
        return None
    said = _COVERS.search(low)
    if said is None:
        return None
    stop = low.find(". ", said.end(), said.end() + _REACH)
    stop = stop if stop >= 0 else said.end() + _REACH
    dates = [date for date in _dates(text) if said.end() < date.end <= stop and date.kind != "decade"]
    dates = [date for date in dates if not _OTHER_DATE.search(low, 0, date.start)]
    clear = [date for date in dates if not _FIGURE.search(_without(low, dates, said.end(), date.start))]
    return max((date.year for date in clear if date.year), default=None)


def _without(low: str, dates: Sequence[DateSpan], start: int, end: int) -> str:
    """The words from `start` to `end` that belong to no date."""
    for date in dates:
        if start < date.end and date.start < end:
            low = low[: date.start] + " " * (date.end - date.start) + low[date.end :]
    return low[start:end]
