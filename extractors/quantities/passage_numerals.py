"""The numerals of one passage: each with its class, its sentence, and the period of the headings it stands under.

The steps of reading in order: shapes, numbers, then sentence by sentence what the words say of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.clauses.binding import UNLABELLED, leave, read_sentence
from extractors.clauses.claims import Carry, Labelled
from extractors.clauses.counted import counted_in, noun_of
from extractors.clauses.headers import (
    Measured,
    context_of,
    counts_at,
    is_rank,
    is_target,
    may_fall_below_nought,
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
from extractors.language.patterns import LIKELY_YEAR, LONE_YEAR
from extractors.numbers.scanning import Mention, find_mentions
from extractors.numbers.words import NAMES, VULGAR
from extractors.pages.values import is_band, is_year
from extractors.periods.heading_times import carry_of, heading_of
from extractors.periods.times import Scope
from extractors.quantities import references
from extractors.quantities.attribution import attribution_of
from extractors.quantities.candidates import Excluded, Verdict
from extractors.quantities.exclusions import excluded_in
from extractors.quantities.found import Found
from extractors.quantities.number_words import COUNTING
from extractors.quantities.own_names import OwnNames
from extractors.records import Passage
from extractors.rules import first_of
from extractors.timex.forms import PARTS


@dataclass(slots=True)
class SoFar:
    """What the passages of a page leave for those that follow."""

    founded: set[int] = field(default_factory=set)
    """Years that they name as beginnings."""
    stretch: Scope | None = None
    """The last stretch that they named,"""
    under: tuple[str, ...] = ()
    """and the headings under which: it holds for what stands under the same."""


def numerals_of(passage: Passage, so_far: SoFar, dollar: str, names: OwnNames) -> list[Found]:
    """Every numeral of the passage, in order; what it leaves for the next is added to `so_far`.

    `dollar` is the currency that a bare dollar sign means, `names` are those of the page.
    """
    text = passage.text
    dump = dump_in(text)
    if dump:
        return [Found(passage, *dump, Verdict("identifier", "data_dump"))]
    low = fold(text)
    seen = vocabulary(low)
    if _WORDED.isdisjoint(seen) and _WRITTEN.search(text) is None and passage.kind != "footnote_mark":
        return []  # most of what a page says holds no number
    referring = first_of(references.REFERENCES, passage)
    if referring and referring[0].span:
        return [Found(passage, *referring[0].span, referring[0].verdict)]
    alone = _A_YEAR.fullmatch(text) is not None
    tile = passage.kind == "tile" and not _names_year(passage.labels)
    count = alone and (tile or (passage.kind == "table_cell" and counts_at(passage)))
    shapes = [] if count else names.mark(text, excluded_in(text, low, seen, passage.kind))
    if behind := count_behind_label(passage):
        shapes = [shape for shape in shapes if shape.start < behind[0]]
    mentions = find_mentions(text, [(s.start, s.end) for s in shapes], seen)
    if not shapes and not mentions:
        return []
    aside = None if passage.region == "content" else passage.region
    found = [Found(passage, s.start, s.end, Verdict(s.numeral_class, aside or s.reason)) for s in shapes]
    if aside:
        found += [Found(passage, m.start, m.end, Verdict("statistic", aside), m) for m in mentions]
    elif passage.kind == "table_header":
        other = Verdict("age", "age_group") if is_band(text) else Verdict("reference", "table_header")
        for m in mentions:
            verdict = Verdict("date", "year") if is_year(text[m.start : m.end].rstrip("% ")) else other
            found.append(Found(passage, m.start, m.end, verdict, m))
    elif mentions or (passage.kind in _PROSE and any(s.date is not None for s in shapes)):
        found += _statements(passage, low, shapes, mentions, so_far, dollar)
    if referring:
        for item in found:
            if item.mention is not None:
                item.verdict, item.claim = referring[0].verdict, None
    if passage.kind in _NAMING and not count:
        for item in found:
            if item.mention is not None and _BARE_YEAR.fullmatch(text, item.start, item.end):
                item.verdict, item.claim = Verdict("date", "year"), None  # "Percent of 2016 cases"
    if passage.kind in _NAMING and (note := scale_note(text)):
        for item in found:
            if note[0] <= item.start and item.end <= note[1]:
                item.verdict = Verdict("reference", "scale")
    return sorted(found, key=lambda f: f.start)


def _names_year(labels: Sequence[str]) -> bool:
    """Whether a tile's labels make a year of a figure that looks like one: "Founded", "Our first year"."""
    return any(_FOUNDING.search(label.lower()) or "year" in label.lower().split() for label in labels)


_WORDED = NAMES | COUNTING | PARTS
_WRITTEN = re.compile(rf"[\d⁰¹²³⁴-⁹{''.join(VULGAR)}]")
"""The words, and the signs, of which a passage must hold one for any numeral or date to stand in it."""
_BARE_YEAR, _A_YEAR = re.compile(LIKELY_YEAR), re.compile(LONE_YEAR)
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
    so_far: SoFar,
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
        loss = _is_bracketed(text) and may_fall_below_nought(context)
        mentions = [_in_context(m, text, measured, moved is not None, loss) for m in mentions]
    mentions = [m._replace(currency=dollar) if m.currency == DOLLAR else m for m in mentions]
    spans = _bounded(spans, mentions)
    dates = [s.date for s in shapes if s.date is not None]
    heading = heading_of(passage)
    found: list[Found] = []
    carry = carry_of(passage.lead) if passage.lead else Carry()
    if so_far.stretch and so_far.under == passage.headings:
        carry = carry._replace(stretch=so_far.stretch)
    if passage.labels and not context:  # a tile's note, a definition: of what its label names
        carry = carry._replace(noun=carry.noun or noun_of(passage.labels[-1]))
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
            so_far.founded.update(w.year for w in when if w.year)
        for n in statement.numbers:
            span = (n.mention.start, n.mention.end)
            found.append(Found(passage, *span, n.verdict, n.mention, n, (start, end), before, attribution))
        carry = leave(statement, attribution)
        before = text[start:end]
    if carry.stretch is not None:
        so_far.stretch, so_far.under = carry.stretch, passage.headings
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


def _is_bracketed(text: str) -> bool:
    """As accounts write a loss: "(412)", "£(412)"."""
    return text.lstrip(f"{COMMON_SIGNS} ").startswith("(") and text.endswith(")")


def _in_context(mention: Mention, text: str, measured: Measured, moved: bool, loss: bool) -> Mention:
    """A bare number with the percent, currency or scale that its headers give it.

    What moved (`moved`) of a row of percentages are percentage points, unless its own header says percent.
    """
    if mention.form not in ("number", "range") or mention.value is None:
        return mention
    if mention.percent or (mention.rounded and not mention.digits):
        return mention
    currency, factor, value = mention.currency or measured.currency, measured.factor, mention.value
    loss = loss or (currency is not None and _is_bracketed(text))
    if loss:
        value = -abs(value)
    if factor != 1 and not re.search(r"[a-z]", text[mention.start : mention.end].lower()):
        return mention._replace(
            value=value * factor, resolution=mention.resolution * factor, rounded=True, currency=currency,
            low=mention.low * factor if mention.low is not None else None,
            high=mention.high * factor if mention.high is not None else None,
        )  # fmt: skip
    if measured.percent and not currency and abs(mention.value) <= 1000 and len(text) <= 8 and "%" not in text:
        in_points = moved and (measured.points or not measured.own)
        return mention._replace(percent=True, flags=(*mention.flags, *(("percentage_points",) if in_points else ())))
    return mention._replace(value=value, currency=currency) if currency or loss else mention
