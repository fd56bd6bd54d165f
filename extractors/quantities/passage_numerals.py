"""The numerals of one passage: each with its class, its sentence, and the period of the headings it stands under.

The steps of reading in order: shapes, numbers, then sentence by sentence what the words say of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.clauses.binding import UNLABELLED, leave, read_sentence
from extractors.clauses.claims import Claim, Labelled, Token
from extractors.clauses.counted import counted_in, noun_of
from extractors.clauses.headers import (
    Measured,
    context_of,
    counts_at,
    is_rank,
    is_target,
    measured_in,
    moved_in,
    rate_in,
    scale_note,
)
from extractors.clauses.sentences import sentences
from extractors.clauses.year_like import count_behind_label
from extractors.dumps import dump_in
from extractors.language.currencies import COMMON_SIGNS, DOLLAR
from extractors.language.lexicon import fold, vocabulary
from extractors.language.patterns import LIKELY_YEAR, YEAR
from extractors.numbers.scanning import Mention, find_mentions
from extractors.pages.counters import Counter
from extractors.pages.values import is_band, is_year
from extractors.periods.heading_times import HeadingTimes
from extractors.quantities.attribution import attribution_of
from extractors.quantities.candidates import Excluded, Verdict
from extractors.quantities.exclusions import excluded_in
from extractors.quantities.own_names import OwnNames
from extractors.quantities.shapes import is_room
from extractors.records import Passage


@dataclass(slots=True)
class Found:
    """A numeral on its way to the ledger."""

    passage: Passage
    start: int
    end: int
    verdict: Verdict
    mention: Mention | None = None
    claim: Token | Claim | None = None
    """A claim for a statistic."""
    sentence: tuple[int, int] = (0, 0)
    before: str = ""
    attribution: str | None = None


def numerals_of(
    passage: Passage, headings: HeadingTimes, founded: set[int], dollar: str, names: OwnNames
) -> list[Found]:
    """Every numeral of the passage, in order. Years that its sentences name as beginnings are added to `founded`.

    `dollar` is the currency that a bare dollar sign means, `names` are those of the page.
    """
    text = passage.text
    dump = dump_in(text)
    if dump:
        return [Found(passage, *dump, Verdict("identifier", "data_dump"))]
    if passage.kind == "table_cell" and _ROOM.fullmatch(text) and any(map(is_room, passage.column_headers)):
        return [Found(passage, 0, len(text), Verdict("identifier", "identifier"))]
    if line := _of_contents(passage):
        at = next(re.finditer(r"\d+", line.group())).span()
        return [Found(passage, *at, Verdict("reference", "page_reference"))]
    low = fold(text)
    seen = vocabulary(low)
    alone = _BARE_YEAR.fullmatch(text) is not None
    tile = passage.kind == "tile" and not _names_year(passage.labels)
    count = alone and (tile or (passage.kind == "table_cell" and counts_at(passage)))
    shapes = [] if count else names.mark(text, excluded_in(text, low, seen, passage.kind))
    if behind := count_behind_label(passage):
        shapes = [shape for shape in shapes if shape.start < behind[0]]
    mentions = find_mentions(text, [(s.start, s.end) for s in shapes], seen)
    if not shapes and not mentions:
        return []
    found = [Found(passage, s.start, s.end, Verdict(s.numeral_class, s.reason)) for s in shapes]
    if passage.region != "content":
        found += [Found(passage, m.start, m.end, Verdict("statistic", passage.region), m) for m in mentions]
        found = [replace(f, verdict=Verdict(f.verdict.numeral_class, passage.region)) for f in found]
    elif passage.kind == "table_header":
        other = Verdict("age", "age_group") if is_band(text) else Verdict("reference", "table_header")
        for m in mentions:
            verdict = Verdict("date", "year") if is_year(text[m.start : m.end].rstrip("% ")) else other
            found.append(Found(passage, m.start, m.end, verdict, m))
    elif mentions or (passage.kind in _PROSE and any(s.date is not None for s in shapes)):
        found += _statements(passage, low, shapes, mentions, headings, founded, dollar)
    if _is_cited(text):
        for item in found:
            if item.mention is not None:
                item.verdict, item.claim = Verdict("reference", "citation"), None
    if passage.kind in _NAMING and not count:
        for item in found:
            if item.mention is not None and _BARE_YEAR.fullmatch(text, item.start, item.end):
                item.verdict, item.claim = Verdict("date", "year"), None  # "Percent of 2016 cases"
    if passage.kind in _NAMING and (note := scale_note(low)):
        for item in found:
            if note[0] <= item.start and item.end <= note[1]:
                item.verdict = Verdict("reference", "scale")
    return sorted(found, key=lambda f: f.start)


def _names_year(labels: Sequence[str]) -> bool:
    """Whether a tile's labels make a year of a figure that looks like one: "Founded", "Our first year"."""
    return any(_FOUNDING.search(label.lower()) or "year" in label.lower().split() for label in labels)


_CONTENTS = re.compile(r"(?:table of )?contents|in this (?:report|issue|edition)|inside", re.IGNORECASE)
_CONTENTS_LINE = re.compile(r"[^\d]*[^\W\d][^\d]*[\s.…]\d{1,3}|\d{1,3}\s+[A-Z][^\d]*")
_PAGE = re.compile(r"\d{1,3}")
_PAGES = re.compile(r"(?:page|pg|p)\.?(?: (?:no|number|#)\.?)?", re.IGNORECASE)


def _of_contents(passage: Passage) -> re.Match[str] | None:
    """A line of a table of contents, whose one number is a page."""
    if passage.kind == "table_cell" and any(_PAGES.fullmatch(head) for head in passage.column_headers):
        return _PAGE.fullmatch(passage.text)
    if not passage.headings or not _CONTENTS.fullmatch(passage.headings[-1].strip(" :")):
        return None
    if passage.kind in ("table_cell", "tile"):
        return _PAGE.fullmatch(passage.text)
    return _CONTENTS_LINE.fullmatch(passage.text) if passage.kind in _PROSE else None


_AUTHOR = r"[A-Z][\w'’-]{1,30}(?:\s[A-Z][\w'’-]{1,30})?,?\s(?:[A-Z]\b\.?[\s-]?){1,3}"
_ENTRY = re.compile(rf"\W*(?:\d{{1,3}}[.)]?\s+)?{_AUTHOR}(?:[,.;&(:]|and\b|et al)")
_CITED = re.compile(
    rf"\({YEAR}[a-z]?\)[.,:]|\bdoi\b|\bpp?\.\s?\d|\bet al\b|{YEAR}[a-z]?\s?[;:]\s?\d|\b\d+\s?\(\d+\)[:,]|"
    r"\b(?:Press|Publish(?:ing|ers?)|Books)\b"
)
_LONGEST_ENTRY = 400


def _is_cited(text: str) -> bool:
    """Whether a passage is an entry of a list of sources: authors with initials first, then where it appeared."""
    return len(text) <= _LONGEST_ENTRY and _ENTRY.match(text) is not None and _CITED.search(text) is not None


_ROOM = re.compile(r"\d{1,3}[A-Z]?\d{0,2}")
_NO_DIGIT = re.compile(r"\D")


def mark_counters(found: Sequence[Found], counters: Sequence[Counter]) -> None:
    """Flag what a passage's counters come to, and exclude what they only show before they run."""
    reached = {counter.digits: counter.is_reached for counter in counters}
    for item in found if reached else ():
        is_reached = reached.get(_NO_DIGIT.sub("", item.passage.text[item.start : item.end]))
        if item.mention is None or is_reached is None:
            continue
        if not is_reached:
            item.verdict, item.claim = Verdict("statistic", "counter"), None
        elif isinstance(item.claim, Claim):
            item.claim = item.claim._replace(flags=(*item.claim.flags, "counter"))


def leave_numbering(found: Sequence[Found], end: int) -> None:
    """Exclude the numerals among the first `end` characters of a passage, which only number it."""
    for item in found:
        if item.end <= end and item.mention is not None:
            item.verdict, item.claim = Verdict("reference", "list_number"), None


def leave_asked(found: Sequence[Found]) -> None:
    """Exclude a sum that stands alone in its passage where another one asks the reader for it: "$25", "Give $25".

    So are the sums that the fields of a form offer to choose from: "£10 buys a hot lunch".
    """
    for item in found:
        offered = item.mention is not None and item.mention.currency and _FIELD.search(item.passage.xpath)
        if offered and _OFFERED.match(item.passage.text[: item.start] + "#" + item.passage.text[item.end :]):
            item.verdict, item.claim = Verdict("statistic", "ask"), None
    asked = {item.passage.text[item.start : item.end] for item in found if item.verdict.reason == "ask"}
    for item in found if asked else ():
        text = item.passage.text
        alone = _ALONE.fullmatch(text[: item.start] + text[item.end :])
        if alone and item.mention is not None and text[item.start : item.end] in asked:
            item.verdict, item.claim = Verdict("statistic", "ask"), None


_FIELD = re.compile(r"/(?:label|button|option)(?:\[\d+\])?(?:/|$)")
_OFFERED = re.compile(
    r"[^\w#]*#(?:\W*$|\s?[-–—:(]|,? (?:(?:a|per|each|every) (?:day|week|month|year)|monthly|once)\b|"
    r" (?:can |could |will |would |might |may |[a-z]+s\b))",
    re.IGNORECASE,
)
"""A sum first, and what it does."""
_ALONE = re.compile(r"\W*(?:(?:(?:a|per|each|every) (?:day|week|month|year)|monthly|once)\b\W*)?", re.IGNORECASE)
_BARE_YEAR = re.compile(LIKELY_YEAR)
_PROSE = ("paragraph", "list_item")
_NAMING = ("table_header", "table_cell", "caption", "heading")
_FOUNDING = re.compile(
    r"\b(?:founded|established|began|begun|since|started|launched|created|inception|opened|incorporated|formed)\b"
)


def _statements(
    passage: Passage,
    low: str,
    shapes: Sequence[Excluded],
    mentions: Sequence[Mention],
    headings: HeadingTimes,
    founded: set[int],
    dollar: str,
) -> list[Found]:
    context = context_of(passage)
    labelled = UNLABELLED
    text = passage.text
    spans = sentences(text)
    if context:
        measured, moved = measured_in(context), moved_in(context, text)
        labelled = Labelled(
            counted_in(passage, context, measured),
            moved,
            rate_in(context),
            is_target(context),
            " | ".join(map(fold, context[:3])),
        )
        spans = [(0, len(text))]
        mentions = [_in_context(m, text, measured, moved is not None) for m in mentions]
    mentions = [replace(m, currency=dollar) if m.currency == DOLLAR else m for m in mentions]
    spans = _bounded(spans, mentions)
    dates = [s.date for s in shapes if s.date is not None]
    heading = headings.of(passage)
    found: list[Found] = []
    carry = headings.carry(passage)
    if passage.labels and not context:  # a tile's note, a definition: of what its label names
        carry = replace(carry, noun=carry.noun or noun_of(passage.labels[-1]))
    before = passage.lead or ""
    m = d = 0
    for start, end in spans:
        here, when = [], []
        while m < len(mentions) and mentions[m].start < end:
            here.append(mentions[m])
            m += 1
        while d < len(dates) and dates[d].start < end:
            when.append(dates[d])
            d += 1
        if not here and not when:
            before = text[start:end]
            continue
        statement = read_sentence(text, low, start, end, here, when, carry, labelled, heading)
        attribution = attribution_of(text[start:end], statement)
        if when and _FOUNDING.search(low, start, end):
            founded.update(w.year for w in when if w.year)
        for n in statement.numbers:
            span = (n.mention.start, n.mention.end)
            found.append(Found(passage, *span, n.verdict, n.mention, n, (start, end), before, attribution))
        carry = leave(statement, attribution)
        before = text[start:end]
    headings.leave(passage, carry)
    if is_rank(passage):
        for item in found:
            item.verdict = Verdict("ordinal", "list_number")
    return found


_LONGEST, _MOST = 3000, 40
"""Characters and numbers that are bound together at most: each number looks over its whole sentence."""


def _bounded(spans: list[tuple[int, int]], mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """The sentences, an endless one cut in front of a number."""
    if len(mentions) <= _MOST and spans[-1][1] <= _LONGEST:
        return spans
    bounded, m = [], 0
    for start, end in spans:
        count = 0
        while m < len(mentions) and mentions[m].start < end:
            here = mentions[m].claim_start
            if count and (count >= _MOST or here - start > _LONGEST):
                bounded.append((start, here))
                start, count = here, 0
            count += 1
            m += 1
        bounded.append((start, end))
    return bounded


def _in_context(mention: Mention, text: str, measured: Measured, moved: bool) -> Mention:
    """A bare number with the percent, currency or scale that its headers give it.

    What moved (`moved`) of a row of percentages are percentage points, unless its own header says percent.
    """
    if mention.form not in ("number", "range") or mention.value is None:
        return mention
    if mention.percent or (mention.rounded and not mention.digits):
        return mention
    currency, factor, value = mention.currency or measured.currency, measured.factor, mention.value
    if currency and text.lstrip(f"{COMMON_SIGNS} ").startswith("(") and text.endswith(")"):
        value = -abs(value)  # a loss, as accounts write it
    if factor != 1 and not re.search(r"[a-z]", text[mention.start : mention.end].lower()):
        return replace(
            mention, value=value * factor, resolution=mention.resolution * factor, rounded=True, currency=currency,
            low=mention.low * factor if mention.low is not None else None,
            high=mention.high * factor if mention.high is not None else None,
        )  # fmt: skip
    if measured.percent and not currency and abs(mention.value) <= 1000 and len(text) <= 8 and "%" not in text:
        in_points = moved and (measured.points or not measured.own)
        return replace(mention, percent=True, flags=(*mention.flags, *(("percentage_points",) if in_points else ())))
    return replace(mention, value=value, currency=currency) if currency else mention
