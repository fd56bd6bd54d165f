"""From a page's bytes to its facts: every step in order, each in a module of its own.

passages → numerals → class → words around the number → period → edition → metric → fact. Pure: the same bytes, card and
options give the same reading.
"""

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.card import SourceCard
from extractors.classes import Verdict
from extractors.cues import find_cues
from extractors.errors import InputError
from extractors.headers import context_of, counted_words, currency_of, is_rank, says_percent, scale_of
from extractors.intervals import claimed
from extractors.labels import label_of
from extractors.lexicon import fold
from extractors.links import text_fragment_url
from extractors.mapping import Assignment, Slots, assign
from extractors.models import Fact, Numeral, Passage, PeriodType, Reading
from extractors.nouns import Noun, noun_after, noun_before
from extractors.numbers import Mention, find_mentions
from extractors.passages import html_passages, text_passages
from extractors.periods import Draft, Period, Time, read_times, resolve
from extractors.sentences import sentences
from extractors.shapes import Shape, find_shapes
from extractors.claims import Carry, Claim
from extractors.statements import leave, read_sentence

EXTRACTOR_VERSION = "1"
"""Raised with every change that can alter a reading; facts kept under another version are read again."""

_MAX_NUMERALS = 20_000
_BYTES_PER_NUMERAL = 200
"""A page may hold `_MAX_NUMERALS`, or one for so many bytes when that is more: beyond, it is a data file."""


def read_page(
    html: bytes,
    *,
    card: SourceCard | None = None,
    edition: int | None = None,
    url: str | None = None,
    captured_at: dt.datetime | None = None,
    charset: str | None = None,
    archived_url: str | None = None,
) -> Reading:
    """Read an HTML page.

    `edition` overrides the reporting year that is otherwise inferred; `captured_at` resolves "last year"; `charset` is
    what the HTTP header said. Raises `InputError` when the bytes are no HTML page or hold more numerals than a page can.
    """
    return _read(html_passages(html, charset=charset), html, card, edition, url, captured_at, archived_url)


def read_text(
    text: str,
    *,
    card: SourceCard | None = None,
    edition: int | None = None,
    url: str | None = None,
    captured_at: dt.datetime | None = None,
) -> Reading:
    """Read plain text or Markdown; otherwise as `read_page`."""
    return _read(text_passages(text), text.encode(), card, edition, url, captured_at, None)


@dataclass(slots=True)
class _Found:
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


def _read(
    passages: list[Passage],
    payload: bytes,
    card: SourceCard | None,
    edition: int | None,
    url: str | None,
    captured_at: dt.datetime | None,
    archived_url: str | None,
) -> Reading:
    sha = hashlib.sha256(payload).hexdigest()
    headings = _HeadingTimes()
    found: list[_Found] = []
    founded: set[int] = set()
    limit = max(_MAX_NUMERALS, len(payload) // _BYTES_PER_NUMERAL)
    for passage in passages:
        found.extend(_numerals(passage, headings, founded))
        if len(found) > limit:
            raise InputError(
                f"the page holds more than {limit} numerals: it is a data file rather than a page of statements; "
                "give the page that states the figures"
            )
    years = frozenset(founded)
    basis = "given"
    if edition is None:
        edition, basis = _edition(found, captured_at, years)
    provenance = _Provenance(sha, card, edition, url, captured_at, archived_url, years, passages)
    facts, numerals = [], []
    for item in found:
        fact = provenance.fact(item)
        if fact is not None:
            facts.append(fact)
        numerals.append(_ledger_line(item, fact))
    return Reading(tuple(passages), tuple(numerals), tuple(facts), sha, edition, basis)


# --- numerals of a passage ---


def _numerals(passage: Passage, headings: "_HeadingTimes", founded: set[int]) -> list[_Found]:
    text = passage.text
    shapes = find_shapes(text, passage.kind)
    mentions = find_mentions(text, [(s.start, s.end) for s in shapes])
    if not shapes and not mentions:
        return []
    found = [_Found(passage, s.start, s.end, Verdict(s.numeral_class, s.reason)) for s in shapes]
    if passage.region == "boilerplate":
        found += [_Found(passage, m.start, m.end, Verdict("statistic", "boilerplate"), m) for m in mentions]
        found = [replace(f, verdict=Verdict(f.verdict.numeral_class, "boilerplate")) for f in found]
    elif mentions:
        found += _statements(passage, shapes, mentions, headings, founded)
    return sorted(found, key=lambda f: f.start)


_FOUNDING = re.compile(
    r"\b(?:founded|established|began|begun|since|started|launched|created|inception|opened|incorporated|formed)\b"
)
_ATTRIBUTION = re.compile(
    r"\b[Aa]ccording to (?:the |an? )?(?P<who>[^,;:.()]{2,60}?)(?=,|;|:|\.|\(|$| in \d{4}| there | the number | from )"
)
_SAYS = re.compile(
    r"(?P<who>(?:[A-Z][\w&.'-]*\s){0,5}[A-Z][\w&'-]+) (?:estimates?|estimated|reports? that|reported that|says? that|found that|calculates)\b"
)


def _statements(
    passage: Passage, shapes: Sequence[Shape], mentions: Sequence[Mention], headings: "_HeadingTimes", founded: set[int]
) -> list[_Found]:
    context = context_of(passage)
    named = _named(context) if context else None
    text = passage.text
    spans = sentences(text)
    if context:
        spans = [(0, len(text))]
        mentions = [_in_context(m, text, context) for m in mentions]
    low = fold(text)
    dates = [s.date for s in shapes if s.date is not None]
    heading = headings.of(passage)
    found: list[_Found] = []
    carry = _lead_carry(passage)
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
        sentence = read_sentence(low, start, end, here, when, carry, named)
        attribution = _attribution(text[start:end])
        if attribution is None and carry.attribution and sentence.statistics:
            noun, last = sentence.statistics[0].noun, carry.noun
            attribution = carry.attribution if noun and last and noun.head == last.head else None
        if _FOUNDING.search(low, start, end):
            founded.update(w.year for w in when if w.year)
        found += [
            _Found(
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


def _attribution(sentence: str) -> str | None:
    match = _ATTRIBUTION.search(sentence) if "ccording to" in sentence else _SAYS.search(sentence)
    return match.group("who").strip() if match else None


def _lead_carry(passage: Passage) -> Carry:
    """What a list's introduction ("In 2022, we:") leaves for its items."""
    if not passage.lead:
        return Carry()
    low = fold(passage.lead)
    dates = [s.date for s in find_shapes(passage.lead) if s.date is not None]
    sentence = read_sentence(low, 0, len(low), [], dates, Carry())
    left = leave(sentence)
    spoken = [t for t in sentence.times if t.role == "period"]
    left.time = left.time or (spoken[-1] if spoken else None)
    return left


def _in_context(mention: Mention, text: str, context: tuple[str, ...]) -> Mention:
    """A bare number with the percent, currency or scale that its headers give it."""
    if mention.form not in ("number", "range") or mention.value is None:
        return mention
    if mention.percent or mention.rounded and not mention.digits:
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


def _named(context: tuple[str, ...]) -> Noun | None:
    """What labels or headers say a bare value counts."""
    for words in counted_words(context):
        low = fold(words)
        noun = noun_before(low, 0, len(low)) if "number of" in low else None
        noun = noun or noun_after(low, 0, len(low))
        if noun is not None:
            return noun
    return None


class _HeadingTimes:
    """The periods that headings, labels and table headers give to what stands under them; each is read once."""

    def __init__(self) -> None:
        self._known: dict[str, Time | None] = {}

    def of(self, passage: Passage) -> Time | None:
        for words in (*context_of(passage), *reversed(passage.headings)):
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


# --- the edition ---


def _edition(
    found: Sequence[_Found], captured_at: dt.datetime | None, founded: frozenset[int]
) -> tuple[int | None, str]:
    """The reporting year by the page's own dated statistics; the second element says on what basis."""
    years: Counter[int] = Counter()
    for item in found:
        if item.claim is None or item.verdict.reason is not None:
            continue
        draft = _draft(item)
        if draft.basis == "edition":
            continue
        year = resolve(draft, None, captured_at, founded).year
        if year is not None and (captured_at is None or year <= captured_at.year):
            years[year] += 1
    if not years:
        return None, "none"
    third = sum(years.values()) / 3
    often = [year for year, count in years.items() if count >= third]
    return (max(often), "stated") if often else (max(years), "latest")


def _draft(item: _Found) -> Draft:
    """The statistic's draft, with the heading's period where its own words give none."""
    claim = item.claim
    assert claim is not None and claim.draft is not None
    draft = claim.draft
    if draft.basis != "edition" or item.heading is None or draft.type == "unknown":
        return draft
    time = item.heading
    kind: PeriodType = draft.type
    since = None
    if time.role in ("since", "to_date"):
        kind = "cumulative" if draft.type != "as_of" else draft.type
        since, time = (time, None) if time.role == "since" else (None, time)
    elif draft.type == "as_of" and item.passage.kind == "table_cell" and time.extent == "year":
        kind = "year"
    elif time.role in ("as_of", "now"):
        kind = "as_of" if draft.type != "cumulative" else draft.type
    elif time.first is not None and time.first == time.last and draft.type == "year":
        kind = "as_of"
    elif time.extent in ("part", "years") and draft.type == "year":
        kind = "range"
    return Draft(kind, "heading", time, since, draft.base)


# --- facts ---


@dataclass(slots=True)
class _Provenance:
    """What all facts of a reading share."""

    sha: str
    card: SourceCard | None
    edition: int | None
    url: str | None
    captured_at: dt.datetime | None
    archived_url: str | None
    founded: frozenset[int]
    passages: list[Passage]

    def fact(self, item: _Found) -> Fact | None:
        claim = item.claim
        if claim is None or item.verdict.reason is not None:
            return None
        mention, passage = claim.mention, item.passage
        draft = _draft(item)
        period = resolve(draft, self.edition, self.captured_at, self.founded)
        assignment = self._metric(item, claim, period)
        metric = self.card.metrics[assignment.metric] if self.card and assignment.metric else None
        period_type = period.type
        if metric is not None:
            if metric.measure == "stock" and period_type in ("year", "cumulative"):
                period_type = "as_of"
            elif metric.measure == "flow" and period_type == "as_of":
                period_type = "cumulative"
        low, high = claimed(
            claim.value, mention.qualifier, mention.resolution, mention.rounded, mention.low, mention.high
        )
        text = passage.text
        surface = text[mention.start : mention.end]
        headings = passage.headings + tuple(reversed(context_of(passage)))
        place = f"{self.sha}|{passage.index}|{passage.xpath}|{mention.start}-{mention.end}"
        return Fact(
            fact_id=hashlib.sha256(place.encode()).hexdigest()[:20],
            source=self.card.id if self.card else None,
            edition=self.edition,
            metric=assignment.metric,
            kind=claim.kind,
            value=claim.value,
            qualifier=mention.qualifier,
            value_low=low,
            value_high=high,
            resolution=mention.resolution,
            unit=claim.unit,
            label=metric.label if metric else label_of(claim, text, item.sentence, passage),
            period_type=period_type,
            year=period.year,
            period_start=period.start if period_type != "as_of" else None,
            period_end=period.end,
            period_basis=period.basis,
            dimensions=assignment.dimensions,
            base_year=period.base_year,
            attribution=item.attribution,
            aggregation=claim.aggregation,
            flags=tuple(claim.flags),
            surface=surface,
            start=mention.start,
            end=mention.end,
            sentence=text[item.sentence[0] : item.sentence[1]],
            passage_text=text,
            passage_index=passage.index,
            headings=headings,
            xpath=passage.xpath,
            capture_sha256=self.sha,
            captured_at=self.captured_at,
            url=self.url,
            archived_url=self.archived_url,
            text_fragment_url=self._link(passage, mention.start, mention.end),
            rule=f"{claim.rule} {assignment.rule}".strip(),
            extractor_version=EXTRACTOR_VERSION,
        )

    def _metric(self, item: _Found, claim: Claim, period: Period) -> Assignment:
        if self.card is None:
            return Assignment(None, {}, "")
        passage = item.passage
        text = passage.text
        low = fold(text)
        start, end = item.sentence
        noun = claim.noun
        phrase = ""
        if noun is not None:
            phrase = low[noun.start : noun.phrase_end] if low[noun.start : noun.end].endswith(noun.unit) else noun.unit
        context = context_of(passage)
        return assign(
            Slots(
                kind=claim.kind,
                value=claim.value,
                unit=(noun.unit if noun else "") or "",
                phrase=phrase,
                clause=low[max(start, claim.left) : min(end, claim.right)],
                sentence=low[start:end],
                before=fold(item.before),
                headings=fold(" | ".join(passage.headings)),
                labels=fold(" | ".join(reversed(context))),
                period_type=period.type,
                aggregation=claim.aggregation,
                base_year=period.base_year,
                start=claim.mention.start - max(start, claim.left),
                end=claim.mention.end - max(start, claim.left),
            ),
            self.card,
        )

    def _link(self, passage: Passage, start: int, end: int) -> str | None:
        if self.url is None:
            return None
        i = passage.index
        before = self.passages[i - 1].text if i > 0 else ""
        after = self.passages[i + 1].text if i + 1 < len(self.passages) else ""
        return text_fragment_url(self.url, passage.text, start, end, before, after)


def _ledger_line(item: _Found, fact: Fact | None) -> Numeral:
    mention, claim = item.mention, item.claim
    value = claim.value if claim is not None and fact is not None else (mention.value if mention else None)
    low = high = None
    if mention is not None and value is not None:
        low, high = claimed(value, mention.qualifier, mention.resolution, mention.rounded, mention.low, mention.high)
    return Numeral(
        surface=item.passage.text[item.start : item.end],
        start=item.start,
        end=item.end,
        passage_text=item.passage.text,
        passage_index=item.passage.index,
        xpath=item.passage.xpath,
        value=value,
        value_low=low,
        value_high=high,
        qualifier=mention.qualifier if mention else "exact",
        unit=(claim.unit or (claim.noun.unit if claim.noun else None)) if claim else None,
        numeral_class=item.verdict.numeral_class,
        disposition="fact" if fact is not None else "excluded",
        reason=None if fact is not None else item.verdict.reason,
        fact_id=fact.fact_id if fact is not None else None,
    )
