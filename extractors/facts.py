"""From a numeral that was understood to a fact with provenance, and to its line in the ledger."""

import datetime as dt
import hashlib
import re
from dataclasses import dataclass

from extractors.clauses.claims import Claim
from extractors.clauses.headers import context_of
from extractors.clauses.labels import label_of
from extractors.language.lexicon import fold
from extractors.language.patterns import YEAR
from extractors.language.units import CASED
from extractors.links import text_fragment_url
from extractors.metrics.card import SourceCard
from extractors.metrics.mapping import assign
from extractors.metrics.slots import Assignment, Counted, Slots
from extractors.numbers.intervals import claimed
from extractors.periods.measures import Measured
from extractors.periods.resolution import ResolvedPeriod, resolve
from extractors.periods.stock_or_flow import Known, stock_or_flow
from extractors.quantities.found import Found
from extractors.records import EXTRACTOR_VERSION, Fact, Numeral, Passage

_VALUE_AND_UNIT = re.compile(r"\W{0,2}\d[\d,.]*\+?(?: (?:thousand|million|billion))? [a-z-]+")
"""A value that only repeats its unit, "12 cases": all else its label says."""

_LONGEST_LINE = 60
_LINE = re.compile(
    r"[^\W\d_][^\d.!?]{1,48}[^\d.!]|[^\d.!?:%]{0,24}\d{1,2}(?:[^\d.!?:%,]{1,6}\d{1,2})?[^\d.!?:%,]{0,12}"
)
"""A line without a figure that is no sentence, or a band of ages."""
_HARMLESS = re.compile(rf"\b{YEAR}\b|(?<=\b[A-Z])\.|(?<=\b(?:Inc|Ltd|Plc))\.")
"""Years, and the points of abbreviations."""
_OPENING = re.compile(r"(?P<line>[A-Z][^.:!?\u2013\u2014]{1,40}?)(?:[.:]|(?<=[a-z]) [-\u2013\u2014]) (?=[A-Z\d])")
_DATELINE = re.compile(r"[^:.]*, [^:.]* [-\u2013\u2014]")
"""What opens a passage like a heading, "Georgia: Our hotline ...", and where a report was written, "ALBANY, N.Y. -"."""


@dataclass(slots=True)
class Provenance:
    """What all facts of a reading share."""

    sha: str
    card: SourceCard | None
    edition: int | None
    url: str | None
    captured_at: dt.datetime | None
    archived_url: str | None
    founded: frozenset[int]
    passages: list[Passage]
    asked: dict[str, Slots] | None = None
    """Where it is given: fact_id -> what its metric was chosen by."""

    def fact(self, item: Found, before: Fact | None = None) -> Fact | None:
        """The fact that the numeral states, or None when it is no statistic; `before` is the last count stated."""
        claim = item.claim
        if not isinstance(claim, Claim) or item.verdict.reason is not None:
            return None
        mention, passage = claim.mention, item.passage
        period = resolve(claim.scope, self.edition, self.captured_at, self.founded)
        unmapped = before is not None and before.passage_index == passage.index and before.metric is None
        text = passage.text
        place = f"{self.sha}|{passage.index}|{passage.xpath}|{mention.start}-{mention.end}"
        fact_id = hashlib.sha256(place.encode()).hexdigest()[:20]
        assignment = self._metric(fact_id, item, claim, period, unmapped)
        metric = self.card.metrics[assignment.metric] if self.card and assignment.metric else None
        period_type = period.type
        if metric is not None:
            measured = Measured(metric, period.type, claim.kind, claim.scope.basis, claim.value)
            period_type = stock_or_flow(Known("metric", text, claim, claim.scope, period.type, measured=measured))
        low, high = claimed(claim.value, mention)
        surface = text[mention.start : mention.end]
        headings = passage.headings + (tuple(reversed(context_of(passage))) or passage.labels)
        return Fact(
            fact_id=fact_id,
            source=self.card.id if self.card else None,
            edition=self.edition,
            metric=assignment.metric,
            kind=claim.kind,
            value=claim.value,
            qualifier=mention.qualifier,
            value_low=low,
            value_high=high,
            resolution=mention.resolution,
            unit=_as_written(claim.unit, passage, mention.end),
            label=metric.label if metric else label_of(claim, text, item.sentence, passage),
            period_type=period_type,
            year=period.year,
            period_start=period.start if period_type != "as_of" else None,
            period_end=period.end if period_type != "as_of" else period.day,
            period_basis=period.basis,
            dimensions=assignment.dimensions,
            base_year=period.base_year,
            attribution=item.attribution,
            aggregation=claim.aggregation,
            flags=claim.flags,
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

    def _metric(
        self, fact_id: str, item: Found, claim: Claim, period: ResolvedPeriod, follows_unmapped: bool
    ) -> Assignment:
        if self.card is None:
            return Assignment(None, {}, "")
        if "target" in claim.flags:
            return Assignment(None, {}, "target")
        slots = self._slots(item, claim, period, follows_unmapped)
        if self.asked is not None:
            self.asked[fact_id] = slots
        return assign(slots, self.card)

    def _slots(self, item: Found, claim: Claim, period: ResolvedPeriod, follows_unmapped: bool) -> Slots:
        passage = item.passage
        text = passage.text
        low = fold(text)
        start, end = item.sentence
        left, right = max(start, claim.left), min(end, claim.right)
        naming = tuple(reversed(context_of(passage)))
        if not naming and _VALUE_AND_UNIT.fullmatch(low):
            naming = passage.labels
        titles = passage.headings if naming else passage.headings + passage.labels
        return Slots(
            kind=claim.kind,
            counted=_counted(claim, low, left, right),
            clause=low[left:right],
            start=claim.mention.start - left,
            end=claim.mention.end - left,
            clause_at=left - start,
            sentence=low[start:end],
            before=fold(item.before),
            earlier=self._earlier(passage),
            left=text[left : claim.mention.start],
            follows_unmapped=follows_unmapped,
            so_far=low[:start],
            headings=fold(" | ".join(titles)),
            labels=fold(" | ".join(naming)),
            titles=titles,
            lines=self._lines(passage, claim.mention.start),
            period_type=period.type,
            aggregation=claim.aggregation,
        )

    def _earlier(self, passage: Passage) -> str:
        """The content passage in front, folded: a short title there names what follows."""
        for i in range(passage.index - 1, max(-1, passage.index - 4), -1):
            if self.passages[i].region == "content" and self.passages[i].kind != "footnote_mark":
                return fold(self.passages[i].text)
        return ""

    def _lines(self, passage: Passage, number_at: int) -> tuple[str, ...]:
        """The lines that name the passage without being headings, the nearest last."""
        if passage.kind not in ("paragraph", "list_item"):
            return ()
        before = self.passages[passage.index - 1] if passage.index else None
        above = (
            before.text
            if before is not None
            and before.region == "content"
            and before.kind in ("paragraph", "caption", "tile")
            and before.headings == passage.headings
            else ""
        )
        begins = passage.text[:_LONGEST_LINE]
        opening = None if _DATELINE.match(begins, 0, number_at) else _OPENING.match(begins)
        lines = (above, passage.lead or "", opening["line"] if opening and opening.end() <= number_at else "")
        return tuple(line for line in lines if len(line) <= _LONGEST_LINE and _LINE.fullmatch(_HARMLESS.sub("", line)))

    def _link(self, passage: Passage, start: int, end: int) -> str | None:
        address = self.archived_url or self.url  # the page itself no longer says what an archive has kept of it
        if address is None:
            return None
        i = passage.index
        before = self.passages[i - 1].text if i > 0 else ""
        after = self.passages[i + 1].text if i + 1 < len(self.passages) else ""
        return text_fragment_url(address, passage.text, start, end, before, after)


def _as_written(unit: str | None, passage: Passage, end: int) -> str | None:
    """A unit that is a symbol in the case the page gives it behind `end` or in a label: "ml" is no "ML"."""
    if unit not in CASED:
        return unit
    symbol = re.compile(rf"(?<![^\W\d_]){re.escape(unit)}(?![^\W_])", re.IGNORECASE)
    texts = (passage.text[end:], passage.text, *reversed(context_of(passage)), *passage.labels)
    return next((found[0] for text in texts if (found := symbol.search(text))), unit)


def _counted(claim: Claim, low: str, left: int, right: int) -> Counted | None:
    """What the number counts, and whether that stands in its clause `low[left:right]`."""
    noun = claim.noun
    if noun is None or not noun.unit:
        return None
    if not low[noun.start : noun.end].endswith(noun.unit):
        return Counted(noun.unit, noun.unit, "label")
    own = left <= noun.start and noun.end <= right
    return Counted(noun.unit, low[noun.start : noun.phrase_end], "own" if own else "carried")


def ledger_line(item: Found, fact: Fact | None) -> Numeral:
    """The numeral's line in the ledger: the fact it became, or the reason why it did not."""
    mention, claim = item.mention, item.claim
    value = mention.value if mention else None
    low = high = None
    if mention is not None and value is not None:
        low, high = claimed(value, mention) if fact or mention.form != "ordinal" else (value, value)  # a rank
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
        unit=_as_written(claim.named, item.passage, item.end) if claim else None,
        numeral_class=item.verdict.numeral_class,
        disposition="fact" if fact is not None else "excluded",
        reason=None if fact is not None else item.verdict.reason,
        fact_id=fact.fact_id if fact is not None else None,
    )
