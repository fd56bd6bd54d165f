"""One sentence's statistics: which words around each number say what it counts, how it moves and when it holds.

Takes the numerals, dates and cues of a sentence and gives `Claim`s. Everything is an offset into the folded passage.
A number's *segment* is the stretch of sentence between the connectives that part it from its neighbours; what stands in
the segment speaks of the number first, then the words that lead the sentence, then the neighbours.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.classes import Verdict, classify, is_measured_time
from extractors.cues import Cue, find_cues
from extractors.dates import DateSpan
from extractors.kinds import change_of, kind_of, signed, unit_of
from extractors.lexicon import STOCK_NOUNS
from extractors.models import Kind
from extractors.nouns import Noun, noun_after, noun_before
from extractors.numbers import Mention
from extractors.periods import Draft, Time, read_times


@dataclass(slots=True)
class Claim:
    """A numeral of a sentence with what was understood of it; for a statistic, all but its source and edition."""

    mention: Mention
    verdict: Verdict
    noun: Noun | None = None
    left: int = 0
    right: int = 0
    """Bounds of its segment."""
    compared: bool = False
    """It is what another figure is held against ("up from 21.7 million")."""
    change: str | None = None
    kind: Kind = "count"
    value: Decimal = Decimal(0)
    unit: str | None = None
    draft: Draft | None = None
    aggregation: str | None = None
    rule: str = ""
    flags: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Carry:
    """What a sentence leaves for the next one in its passage."""

    draft: Draft | None = None
    """The period of the last statistic."""
    time: Time | None = None
    """The last year the text was speaking of."""
    noun: Noun | None = None
    attribution: str | None = None


_BOUNDARY = re.compile(
    r";|:\s|,\s|\(|\)|\s(?:and|or|but|while|whereas|compared|versus|vs\.?|against|up from|down from|with|to|plus|than|from|of which|of whom)\s|"
    r"\s[\u2013\u2014-]\s|\u2014"
)
_COMPARED = re.compile(
    r"\b(?:from|than(?: the)?|compared (?:with|to)(?: the)?|comparison (?:with|to)|versus|vs\.?|against|relative to|over)\s(?:just |only |about |a |an |the |some |its |roughly )?$"
)
_COORDINATION = re.compile(r"^(?:[,;]?\s?(?:and|or|&)?\s?)?$")
_GAP_IS_LIST = re.compile(r"^(?:,\s?(?:and\s)?|\s(?:and|or|&)\s|,?\s(?:and|or)\s(?:in\s)?)$")
_TENSES = ("perfect", "had_reached", "state", "past", "future")
_ADVERBS = {
    "year": "each_year", "day": "daily_average", "week": "weekly_average", "month": "monthly_average",
    "hour": "hourly_average", "night": "nightly_average", "quarter": "quarterly_average", "minute": "minutely_average",
    "annually": "each_year", "yearly": "each_year", "daily": "daily_average", "weekly": "weekly_average",
    "monthly": "monthly_average", "hourly": "hourly_average", "nightly": "nightly_average", "quarterly": "quarterly_average",
}  # fmt: skip


class Sentence:
    """Binds the numbers of one sentence `low[start:end]` to its other words."""

    def __init__(
        self, low: str, start: int, end: int, mentions: Sequence[Mention], dates: Sequence[DateSpan], carry: Carry
    ) -> None:
        self.low, self.start, self.end, self.carry = low, start, end, carry
        self.cues = find_cues(low, start, end)
        self.claims = [self._claim(i, mentions) for i in range(len(mentions))]
        self.statistics = [c for c in self.claims if c.verdict.reason is None]
        if self.statistics:
            stops = [c.mention.start for c in self.statistics]
            self.times = read_times(low, dates, self.cues, stops)
            self._segment()
            self._understand()
            self._date()
        else:
            self.times = read_times(low, dates, (), ()) if dates else []

    def _claim(self, i: int, mentions: Sequence[Mention]) -> Claim:
        mention = mentions[i]
        stop = mentions[i + 1].claim_start if i + 1 < len(mentions) else self.end
        noun = noun_after(self.low, mention.claim_end, stop)
        return Claim(mention, classify(self.low, mention, noun, self.start, self.end), noun)

    def _segment(self) -> None:
        left = self.start
        for claim, following in zip(self.statistics, [*self.statistics[1:], None], strict=True):
            claim.left = left
            if following is None:
                claim.right = self.end
                break
            cut = None
            for cut in _BOUNDARY.finditer(self.low, claim.mention.end, following.mention.claim_start):
                pass
            left = cut.start() if cut else claim.left
            claim.right = cut.start() if cut else self.end
        for earlier, later in zip(reversed(self.statistics[:-1]), reversed(self.statistics[1:]), strict=True):
            if earlier.left == later.left:
                earlier.right = later.right
        for claim in self.statistics:
            claim.compared = bool(_COMPARED.search(self.low, max(self.start, claim.mention.claim_start - 30), claim.mention.claim_start))

    def _understand(self) -> None:
        for i, claim in enumerate(self.statistics):
            mention = claim.mention
            claim.change = change_of(self.low, mention, self.start, claim.right)
            if claim.compared and claim.change and not mention.percent:
                claim.change = None
            if claim.noun is None and not mention.percent and not mention.currency and mention.form != "multiplier":
                claim.noun = self._elided(i)
            measured = is_measured_time(claim.noun, True)
            claim.kind = kind_of(mention, claim.noun, claim.change, measured)
            claim.value = signed(mention.value or Decimal(0), claim.kind, mention, claim.change)
            claim.unit = unit_of(claim.kind, mention, claim.noun)
            claim.aggregation = self._aggregation(claim)
            claim.flags = [f for f in mention.flags if f != "percentage_points"]

    def _elided(self, i: int) -> Noun | None:
        """The noun for a number that stands without one: the subject, else its neighbour's, else the sentence before's."""
        claim = self.statistics[i]
        earlier = [c for c in self.statistics[:i] if c.noun and c.kind in ("count", "measure", "duration")]
        if self._has("respectively") and len(self.statistics) % 2 == 0 and i >= len(self.statistics) // 2:
            twin = self.statistics[i - len(self.statistics) // 2]
            if twin.noun:
                return twin.noun
        if earlier:
            return earlier[-1].noun
        subject = noun_before(self.low, self.start, claim.mention.claim_start)
        if subject:
            return subject
        for later in self.statistics[i + 1 :]:
            if later.noun and later.left == claim.left or (later.noun and self._listed(claim, later)):
                return later.noun
        return self.carry.noun

    def _listed(self, a: Claim, b: Claim) -> bool:
        return bool(_GAP_IS_LIST.match(self.low[a.mention.claim_end : b.mention.claim_start]))

    def _has(self, kind: str) -> bool:
        return any(c.kind == kind for c in self.cues)

    def _aggregation(self, claim: Claim) -> str | None:
        average = any(c.kind == "average" and claim.left <= c.start < claim.right for c in self.cues)
        for cue in self.cues:
            if cue.kind == "each" and claim.left <= cue.start < claim.right and cue.unit:
                return _ADVERBS.get(cue.unit.split()[-1], "average")
        return "average" if average else None

    # --- when it holds ---

    def _date(self) -> None:
        if self._pair_lists():
            return
        first = self.statistics[0]
        frame = [t for t in self.times if t.end <= first.mention.claim_start and t.role not in ("base", "event", "from")]
        for i, claim in enumerate(self.statistics):
            if claim.draft is None:
                claim.draft, claim.rule = self._draft(i, claim, frame)

    def _pair_lists(self) -> bool:
        """ "40 and 55 in 2018 and 2019": as many listed years as listed numbers pair up in order."""
        periods = [t for t in self.times if t.role == "period" and not t.anchor]
        count = len(self.statistics)
        if count < 2 or len(periods) != count:
            return False
        if not all(_GAP_IS_LIST.match(self.low[a.end : b.start]) for a, b in zip(periods, periods[1:], strict=False)):
            return False
        if not all(self._listed(a, b) for a, b in zip(self.statistics, self.statistics[1:], strict=False)):
            return False
        for claim, time in zip(self.statistics, periods, strict=True):
            claim.draft, claim.rule = self._from_time(claim, time), "paired_lists"
        return True

    def _draft(self, i: int, claim: Claim, frame: list[Time]) -> tuple[Draft, str]:
        base = self._base(claim)
        own = self._own_time(claim)
        if claim.compared and claim.kind not in ("change", "change_percent", "multiplier"):
            return self._compared(i, claim, own)
        if own:
            return self._from_time(claim, own, base), "own_time"
        if frame and not self._starts_anew(claim):
            return self._from_time(claim, frame[-1], base), "sentence_frame"
        if i == 0 or not self._of_those(claim):
            trailing = self._trailing(i)
            if trailing:
                return self._from_time(claim, trailing, base), "trailing_time"
        previous = self.statistics[i - 1] if i else None
        if previous and previous.draft and not previous.compared and (self._of_those(claim) or self._same_predicate(claim, previous)):
            return Draft(previous.draft.type, previous.draft.basis, previous.draft.time, previous.draft.since, base), "neighbour"
        if previous is None and self._of_those(claim) and self.carry.draft:
            d = self.carry.draft
            return Draft(d.type, "context" if d.basis == "stated" else d.basis, d.time, d.since, base), "of_those"
        return self._undated(claim, base)

    def _own_time(self, claim: Claim) -> Time | None:
        moving = claim.kind in ("change", "change_percent", "multiplier")
        allowed = {"period", "since", "as_of", "to_date", "now"} | (set() if moving else {"from"})
        if claim.compared:
            allowed |= {"base", "from"}
        here = [t for t in self.times if claim.left <= t.start < claim.right and t.role in allowed]
        end = claim.mention.end
        others = [c.mention.start for c in self.statistics if c is not claim and claim.left <= c.mention.start < claim.right]
        after = [t for t in here if t.start >= end]
        before = [t for t in here if t.end <= claim.mention.claim_start]
        if after and before and any(end <= o < after[0].start for o in others):
            return before[-1] if not after[0].role == "since" else after[0]
        strong = [t for t in after if t.role != "now"] or after
        if strong and strong[0].role in ("to_date",) and before and before[-1].role == "since":
            return before[-1]
        return strong[0] if strong else (before[-1] if before else None)

    def _base(self, claim: Claim) -> Time | None:
        if claim.kind not in ("change", "change_percent", "multiplier"):
            return None
        near = [t for t in self.times if t.role in ("base", "from") and t.start >= claim.mention.end and t.start < claim.right + 1]
        if near:
            return near[0]
        anywhere = [t for t in self.times if t.role in ("base", "from")]
        nearest = min(anywhere, key=lambda t: abs(t.start - claim.mention.end), default=None)
        return nearest

    def _compared(self, i: int, claim: Claim, own: Time | None) -> tuple[Draft, str]:
        if own is None:
            own = self._trailing(i, comparing=True)
        if own is not None and own.role in ("base", "from", "period", "as_of", "since"):
            return self._from_time(claim, own), "compared"
        main = next((c.draft for c in self.statistics[:i] if c.draft), None)
        return Draft("unknown", "edition" if main is None else main.basis), "compared_undated"

    def _trailing(self, i: int, comparing: bool = False) -> Time | None:
        """The time at the end of a list of numbers that this one belongs to."""
        for earlier, later in zip(self.statistics[i:], self.statistics[i + 1 :], strict=False):
            between = self.low[earlier.mention.end : later.mention.claim_start]
            if later.compared and not comparing:
                return None
            if not re.search(r"(?:,|\band|\bor|&|,\sand)\s?(?:\w+\s){0,4}$", between) or ";" in between:
                return None
            for time in self.times:
                if later.mention.end <= time.start < later.right and time.role in ("period", "as_of"):
                    return time
        return None

    def _of_those(self, claim: Claim) -> bool:
        return any(c.kind == "of_those" and claim.left <= c.start <= claim.mention.end + 12 for c in self.cues)

    def _starts_anew(self, claim: Claim) -> bool:
        """A segment with a verb of its own in another tense than the frame's: "…, and now employs 40"."""
        tense = self._tense(claim, own_only=True)
        return tense == "state" and claim.left != self.start and claim.kind in ("count",) and self._frame_is_past()

    def _frame_is_past(self) -> bool:
        return any(c.kind == "past" for c in self.cues)

    def _same_predicate(self, claim: Claim, previous: Claim) -> bool:
        own = self._tense(claim, own_only=True)
        if previous.draft and previous.draft.since is not None:
            return own in (None, "perfect")
        return own != "state" or claim.kind not in ("count", "measure")

    def _tense(self, claim: Claim, own_only: bool = False) -> str | None:
        """The tense that governs a number: of the nearest verb before it in its segment, else behind it, else earlier on."""
        verbs = [c for c in self.cues if c.kind in _TENSES]
        before = [c for c in verbs if claim.left <= c.start and c.end <= claim.mention.claim_start]
        if before:
            return before[-1].kind
        after = [c for c in verbs if claim.mention.end <= c.start < claim.right]
        if after:
            return after[0].kind
        if own_only:
            return None
        earlier = [c for c in verbs if c.end <= claim.left]
        return earlier[-1].kind if earlier else None

    def _from_time(self, claim: Claim, time: Time, base: Time | None = None) -> Draft:
        tense = self._tense(claim)
        if claim.mention.form == "ordinal":
            return Draft("cumulative", "stated", time if time.role in ("period", "as_of") else None)
        if time.role == "since":
            return Draft("cumulative", "stated", self._standing(claim, time), time, base)
        if time.role == "to_date":
            since = next((t for t in self.times if t.role == "since"), None)
            return Draft("cumulative", "stated", time, since, base)
        if time.role == "now":
            return Draft("cumulative" if tense == "perfect" else "as_of", "stated", time, None, base)
        if time.role == "as_of":
            flows = tense in ("perfect",) or self._had_done(claim)
            return Draft("cumulative" if flows else "as_of", "stated", time, None, base)
        if self.aggregates_yearly(claim) and time.anchor:
            return Draft("unknown", "stated", None, None, base)
        if time.extent == "span":
            since = None
            return Draft("cumulative" if tense == "perfect" and time.unit in ("decade",) else "range", "derived", time, since, base)
        if time.extent == "part":
            day = time.first is not None and time.first == time.last
            tail = self.low[max(self.start, time.start - 6) : time.start]
            if day and (tail.endswith(" at ") or tail in ("at ",) or (tail.endswith("on ") and self._is_state(claim))):
                return Draft("as_of", "stated", time, None, base)
            return Draft("range", "stated", time, None, base)
        if self._reached_total(claim):
            return Draft("as_of", "stated", time, None, base)
        return Draft("year", "stated", time, None, base)

    def _standing(self, claim: Claim, since: Time) -> Time | None:
        """With "since 1989", the moment at which the figure stands, if the sentence names one."""
        return next((t for t in self.times if t.role == "as_of" and t is not since), None)

    def _had_done(self, claim: Claim) -> bool:
        return bool(re.search(r"\bhad (?:\w+ly )?(?:been |\w+ed\b|given\b|built\b)", self.low[claim.left : claim.right]))

    def _is_state(self, claim: Claim) -> bool:
        return bool(re.search(r"\b(?:were|was|are|is|had|have|stood|has)\b", self.low[claim.left : claim.right]))

    def _reached_total(self, claim: Claim) -> bool:
        """ "Had grown to 1.8 million", "for a total of 5 million": a stock named with the year it stood in."""
        near = [c for c in self.cues if c.kind == "had_reached" and claim.left <= c.start and c.end <= claim.mention.claim_start]
        if not near or claim.mention.claim_start - near[-1].end > 4:
            return False
        return claim.noun is not None and claim.noun.head in STOCK_NOUNS or "total" in self.low[near[-1].start : near[-1].end]

    def aggregates_yearly(self, claim: Claim) -> bool:
        """Whether it is a habit ("every year"), which no one year holds."""
        return claim.aggregation == "each_year"

    def _undated(self, claim: Claim, base: Time | None) -> tuple[Draft, str]:
        tense = self._tense(claim)
        if claim.mention.form == "ordinal":
            return Draft("cumulative", "edition"), "ordinal_total"
        if self.aggregates_yearly(claim):
            return Draft("unknown", "stated"), "habitual"
        if claim.aggregation and claim.aggregation != "average" and tense in ("state", None) and self.low[self.start : self.end].count(" ") > 6 and self._habitual(claim):
            claim.aggregation = "each_" + {"daily": "day", "weekly": "week", "monthly": "month"}.get(claim.aggregation.split("_")[0], "time")
            return Draft("unknown", "stated"), "habitual"
        counted = claim.kind in ("count", "measure", "money") and claim.aggregation is None
        if counted and tense == "perfect":
            return Draft("cumulative", "edition"), "perfect_tense"
        stock = claim.noun is not None and claim.noun.head in STOCK_NOUNS
        if counted and claim.kind == "count" and (tense == "state" or (stock and tense is None)):
            return Draft("as_of", "edition"), "standing"
        if self.carry.time is not None and claim.kind not in ("duration",):
            return self._carried(self.carry.time, base), "sentence_before"
        return Draft("year", "edition", None, None, base), "edition"

    def _habitual(self, claim: Claim) -> bool:
        return bool(re.search(r"\b(?:every|each)\s(?:single\s)?(?:day|week|month|night)\b", self.low[claim.left : claim.right]))

    def _carried(self, time: Time, base: Time | None) -> Draft:
        if time.extent == "part":
            return Draft("range", "context", time, None, base)
        return Draft("year", "context", time, None, base)

    # --- for the next sentence ---

    def leave(self) -> Carry:
        """What the next sentence of the passage may take up."""
        periods = [t for t in self.times if t.role == "period" and t.extent in ("year", "part") and t.anchor != "edition"]
        last = self.statistics[-1] if self.statistics else None
        return Carry(
            draft=last.draft if last else self.carry.draft,
            time=periods[0] if periods else (self.carry.time if not self.times else None),
            noun=next((c.noun for c in reversed(self.statistics) if c.noun), self.carry.noun),
            attribution=None,
        )


def cue_kinds(cues: Sequence[Cue]) -> set[str]:
    """The kinds of cue present."""
    return {c.kind for c in cues}
