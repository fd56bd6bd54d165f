"""The numerals of one passage: each with its class, its sentence, and the period of the headings it stands under.

The steps of reading in order: shapes, numbers, then sentence by sentence what the words say of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.dumps import dump_in
from extractors.lexicon import fold, plural, vocabulary
from extractors.models import Passage, PeriodType
from extractors.numerals.numbers import Mention, find_mentions
from extractors.sentences import sentences
from extractors.shapes.find import Shape, find_shapes, shapes_in
from extractors.statements.binding import leave, read_sentence
from extractors.statements.claims import Carry, Claim
from extractors.statements.classes import Verdict
from extractors.statements.cues import find_cues
from extractors.statements.headers import context_of, counted_words, currency_of, is_rank, says_percent, scale_of
from extractors.statements.nouns import Noun, noun_after, noun_before
from extractors.statements.periods import Draft, Time, read_times, spans_a_life


@dataclass(slots=True)
class Found:
    """A numeral on its way to the ledger."""

    passage: Passage
    start: int
    end: int
    verdict: Verdict
    mention: Mention | None = None
    claim: Claim | None = None
    sentence: tuple[int, int] = (0, 0)
    before: str = ""
    attribution: str | None = None
    heading: Time | None = None


def period_draft(item: Found) -> Draft:
    """The statistic's draft, with the heading's period where its own words give none."""
    claim = item.claim
    assert claim is not None and claim.draft is not None
    draft = claim.draft
    if draft.basis != "edition" or item.heading is None or draft.type == "unknown":
        return draft
    time = item.heading
    kind: PeriodType = draft.type
    if time.role == "since":
        return Draft("cumulative" if draft.type != "as_of" else draft.type, "heading", None, time, draft.base)
    if time.role == "to_date":
        kind = "cumulative" if draft.type != "as_of" else draft.type
    elif draft.type == "as_of" and item.passage.kind == "table_cell" and time.role == "period":
        kind = "year" if time.extent == "year" else "range"
    elif time.role in ("as_of", "now"):
        kind = "as_of" if draft.type != "cumulative" else draft.type
    elif time.first is not None and time.first == time.last and draft.type == "year":
        kind = "as_of"
    elif time.extent == "years" and spans_a_life(time) and draft.type in ("year", "cumulative"):
        since = replace(time, role="since", year=time.first.year if time.first else None)
        return Draft("cumulative", "heading", replace(time, extent="year", first=None, last=None), since, draft.base)
    elif time.extent in ("part", "years") and draft.type == "year":
        kind = "range"
    return Draft(kind, "heading", time, None, draft.base)


def numerals_of(passage: Passage, headings: "HeadingTimes", founded: set[int]) -> list[Found]:
    """Every numeral of the passage, in order. Years that its sentences name as beginnings are added to `founded`."""
    text = passage.text
    dump = dump_in(text)
    if dump:
        return [Found(passage, *dump, Verdict("identifier", "data_dump"))]
    low = fold(text)
    seen = vocabulary(low)
    shapes = shapes_in(text, low, seen, passage.kind)
    mentions = find_mentions(text, [(s.start, s.end) for s in shapes], seen)
    if not shapes and not mentions:
        return []
    found = [Found(passage, s.start, s.end, Verdict(s.numeral_class, s.reason)) for s in shapes]
    if passage.region == "boilerplate":
        found += [Found(passage, m.start, m.end, Verdict("statistic", "boilerplate"), m) for m in mentions]
        found = [replace(f, verdict=Verdict(f.verdict.numeral_class, "boilerplate")) for f in found]
    elif mentions:
        found += _statements(passage, low, shapes, mentions, headings, founded)
    return sorted(found, key=lambda f: f.start)


_FOUNDING = re.compile(
    r"\b(?:founded|established|began|begun|since|started|launched|created|inception|opened|incorporated|formed)\b"
)
_ATTRIBUTION = re.compile(
    r"\b[Aa]ccording to (?:the |an? )?(?P<who>[^,;:.()]{2,60}?)(?=,|;|:|\.|\(|$| in \d{4}| there | the number | from )"
)
_NOBODY = frozenset({"A", "An", "The", "We", "It", "They", "He", "She", "I", "This", "That", "Our", "Its", "One"})
_OPEN_PERFECT = re.compile(r"\b(?:have|has|'ve)(?: also| already| so far| now| together)*\s?:?$")
_SAYING = ("estimate", "report", "said", "says", "say that", "found that", "calculates")
_SAYS = re.compile(
    r"(?P<who>(?:[A-Z][\w&.'-]*\s){0,5}[A-Z][\w&'-]+) "
    r"(?:estimates?|estimated|reports? that|reported that|says? that|found that|calculates)\b"
)


def _statements(
    passage: Passage,
    low: str,
    shapes: Sequence[Shape],
    mentions: Sequence[Mention],
    headings: "HeadingTimes",
    founded: set[int],
) -> list[Found]:
    context = context_of(passage)
    named = _named(context) if context else None
    text = passage.text
    spans = sentences(text)
    if context:
        spans = [(0, len(text))]
        mentions = [_in_context(m, text, context) for m in mentions]
    spans = _bounded(spans, mentions)
    dates = [s.date for s in shapes if s.date is not None]
    heading = headings.of(passage)
    found: list[Found] = []
    carry = headings.carry(passage.lead) if passage.lead else Carry()
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
        sentence = read_sentence(text, low, start, end, here, when, carry, named)
        attribution = _attribution(text[start:end])
        if attribution is None and carry.attribution and sentence.statistics:
            noun, last = sentence.statistics[0].noun, carry.noun
            attribution = carry.attribution if noun and last and noun.head == last.head else None
        if when and _FOUNDING.search(low, start, end):
            founded.update(w.year for w in when if w.year)
        found += [
            Found(
                passage,
                c.mention.start,
                c.mention.end,
                c.verdict,
                c.mention,
                c,
                (start, end),
                before,
                attribution,
                heading,
            )
            for c in sentence.claims
        ]
        carry = leave(sentence)
        carry.attribution = attribution
        before = text[start:end]
    if context and is_rank(context):
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


def _attribution(sentence: str) -> str | None:
    match = None
    if "ccording to" in sentence:
        match = _ATTRIBUTION.search(sentence)
    elif any(word in sentence for word in _SAYING):
        match = _SAYS.search(sentence)
    if match is None or match.group("who") in _NOBODY:
        return None
    return match.group("who").strip()


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


def _in_context(mention: Mention, text: str, context: tuple[str, ...]) -> Mention:
    """A bare number with the percent, currency or scale that its headers give it."""
    if mention.form not in ("number", "range") or mention.value is None:
        return mention
    if mention.percent or (mention.rounded and not mention.digits):
        return mention
    factor = scale_of(context)
    currency = mention.currency or currency_of(context)
    if factor != 1 and not mention.percent and not re.search(r"[a-z]", text[mention.start : mention.end].lower()):
        scaled = mention.value * factor
        return replace(
            mention, value=scaled, resolution=mention.resolution * factor, rounded=True, currency=currency,
            low=mention.low * factor if mention.low is not None else None,
            high=mention.high * factor if mention.high is not None else None,
        )  # fmt: skip
    if says_percent(context) and not currency and abs(mention.value) <= 1000 and len(text) <= 8:
        return replace(mention, percent=True)
    return replace(mention, currency=currency) if currency else mention


_KIND_OF = re.compile(r"(?:categor(?:y|ies)|types?|kinds?|class(?:es)?|forms?) of (?P<thing>[a-z-]+)$")


def _named(context: tuple[str, ...]) -> Noun | None:
    """What labels or headers say a bare value counts."""
    return next(filter(None, map(_counted, counted_words(context))), None)


@lru_cache(maxsize=512)
def _counted(words: str) -> Noun | None:
    """What one label or header names; the cells of a column share theirs."""
    low = fold(words)
    kind_of = _KIND_OF.match(low)
    if kind_of:
        unit = plural(kind_of.group("thing"))
        return Noun(unit, unit, 0, len(low), len(low))
    noun = noun_before(low, 0, len(low)) if "number of" in low else None
    return noun or noun_after(low, 0, len(low))


class HeadingTimes:
    """What headings, labels, table headers and the leads of lists give to what stands under them; each is read once."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._known: dict[str, Time | None] = {}
        self._carries: dict[str, Carry] = {}

    def carry(self, lead: str) -> Carry:
        """What the introduction of a list leaves for each of its items."""
        if lead not in self._carries:
            self._carries[lead] = _lead_carry(lead)
        return self._carries[lead]

    def of(self, passage: Passage) -> Time | None:
        """The period that the nearest dated header or heading gives the passage."""
        for words in (*(context_of(passage) or reversed(passage.labels)), *reversed(passage.headings)):
            time = self._read(words)
            if time is not None:
                return time
        return None

    def _read(self, words: str) -> Time | None:
        if words not in self._known:
            low = fold(words)
            dates = [s.date for s in find_shapes(words, "heading") if s.date is not None]
            cues = find_cues(low, 0, len(low)) if len(low) <= 400 else []
            times = [
                t
                for t in read_times(low, dates, cues, ())
                if t.role in ("period", "since", "as_of", "to_date", "from", "now")
            ]
            self._known[words] = times[-1] if times else None
        return self._known[words]
