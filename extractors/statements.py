"""One sentence's statistics: which words around each number say what it counts, how it moves and when it holds.

Takes the numerals, dates and cues of a sentence and gives `Claim`s. Everything is an offset into the folded passage.
A number's *segment* is the stretch of sentence between the connectives that part it from its neighbours; what stands in
the segment speaks of the number first, then the words that lead the sentence, then the neighbours.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

from extractors.classes import Verdict, classify, is_measured_time
from extractors.cues import Cue, find_cues
from extractors.dates import DateSpan
from extractors.kinds import change_of, kind_of, signed, unit_of
from extractors.lexicon import ENROLLED, FALL, MEASURES, RISE, STOCK_NOUNS, TIME_UNITS
from extractors.models import Kind
from extractors.nouns import Noun, noun_after, noun_before
from extractors.numbers import Mention
from extractors.periods import Draft, Time, read_times


T = TypeVar("T")


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
_MOVED = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(RISE | FALL))}|went|moved|changed?|was)(?![\w-])")
_STANDS = re.compile(r"^(?:stood|stands?|remain|now stands|(?:for|with) a total|bring)")
_TOTAL_OF = re.compile(
    r"(?:'s)? (?:totals?|figures?|levels?|number|count|high|low|record|peak|average) (?:of|was) (?:just |only )?"
)
_TIME_PHRASE = re.compile(
    r"^\s?(?:and |but |while |then )?(?:(?:in|by|during|for|as of|since|at|on|until|over|between|from)\s[^,;]{0,40}|"
    r"(?:fy\s?|q[1-4]\s|h[12]\s|fiscal year )?(?:19|20)\d\d(?:[-/]\d{2,4})?)$"
)
_OWNED = re.compile(r"\b(?:our|its|their|all)\s(?:more than |over |nearly |some |about )?$")
_GAP_IS_LIST = re.compile(r"^(?:,\s?(?:and\s)?|\s(?:and|or|&)\s|,?\s(?:and|or)\s(?:in\s)?)$")
_TENSES = ("perfect", "had_reached", "state", "past", "future")
_ADVERBS = {
    "year": "each_year", "day": "daily_average", "week": "weekly_average", "month": "monthly_average",
    "hour": "hourly_average", "night": "nightly_average", "quarter": "quarterly_average", "minute": "minutely_average",
    "annually": "each_year", "yearly": "each_year", "daily": "daily_average", "weekly": "weekly_average",
    "monthly": "monthly_average", "hourly": "hourly_average", "nightly": "nightly_average", "quarterly": "quarterly_average",
}  # fmt: skip


def _runs(items: Sequence[T], joined: Callable[[T, T], bool]) -> list[list[T]]:
    """The stretches of two and more neighbours that are joined."""
    runs: list[list[T]] = []
    for a, b in zip(items, items[1:], strict=False):
        if not joined(a, b):
            continue
        if runs and runs[-1][-1] is a:
            runs[-1].append(b)
        else:
            runs.append([a, b])
    return runs


class Sentence:
    """Binds the numbers of one sentence `low[start:end]` to its other words."""

    def __init__(
        self,
        low: str,
        start: int,
        end: int,
        mentions: Sequence[Mention],
        dates: Sequence[DateSpan],
        carry: Carry,
        named: Noun | None = None,
    ) -> None:
        """`named` is what labels or headers say a bare number counts."""
        self.low, self.start, self.end, self.carry, self.named = low, start, end, carry, named
        self.cues = find_cues(low, start, end)
        self.claims = [self._claim(i, mentions) for i in range(len(mentions))]
        for earlier, later in reversed(list(zip(self.claims, self.claims[1:], strict=False))):
            if (
                later.verdict.numeral_class in ("age", "duration")
                and earlier.noun is None
                and self._listed(earlier, later)
            ):
                earlier.verdict = later.verdict
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
            cut = self._cut(claim.mention.end, following.mention.claim_start)
            left = claim.left if cut is None else cut
            claim.right = self.end if cut is None else cut
        for earlier, later in zip(reversed(self.statistics[:-1]), reversed(self.statistics[1:]), strict=True):
            if earlier.left == later.left:
                earlier.right = later.right
        for claim in self.statistics:
            claim.compared = self._is_compared(claim)
        for earlier, later in zip(self.statistics, self.statistics[1:], strict=False):
            relative = earlier.mention.percent or earlier.mention.form in ("fraction", "multiplier")
            adjacent = later.mention.claim_start == earlier.mention.claim_end + 1
            if relative and adjacent and self.low.startswith(" over ", earlier.mention.claim_end):
                later.mention = replace(later.mention, qualifier="exact", claim_start=later.mention.start)
                later.compared = True
        for earlier, later in zip(self.statistics, self.statistics[1:], strict=False):
            if earlier.compared and not later.compared and self._listed_after(earlier, later):
                later.compared = True

    def _cut(self, start: int, end: int) -> int | None:
        """Where one number's words end and the next one's begin: at the last connective, unless that only closes a time phrase."""
        cuts = list(_BOUNDARY.finditer(self.low, start, end))
        if not cuts:
            return None
        strong = [c for c in cuts if c.group() == ";" or (c.group() == "(" and ")" not in self.low[c.end() : end])]
        if strong:
            return strong[-1].start()
        i = len(cuts) - 1
        while i > 0 and _TIME_PHRASE.match(self.low[cuts[i - 1].end() - 1 : cuts[i].start()]):
            i -= 1
        return cuts[i].start()

    def _is_compared(self, claim: Claim) -> bool:
        match = _COMPARED.search(self.low, max(self.start, claim.mention.claim_start - 30), claim.mention.claim_start)
        if match is None:
            return False
        if not match.group().startswith("from"):
            return True
        return bool(_MOVED.search(self.low, max(self.start, match.start() - 90), match.start()))

    def _listed_after(self, earlier: Claim, later: Claim) -> bool:
        """ "…, against 398,500 in 2020 and 212,000 in 2019": no verb parts the second from the first."""
        between = self.low[earlier.mention.end : later.mention.claim_start]
        verbs = any(earlier.mention.end <= c.start < later.mention.claim_start and c.kind in _TENSES for c in self.cues)
        return (
            not verbs and bool(re.search(r"(?:,|\band)\s(?:just |only |in \d{4} )?$", between)) and ";" not in between
        )

    def _understand(self) -> None:
        for i, claim in enumerate(self.statistics):
            mention = claim.mention
            claim.change = change_of(self.low, mention, self.start, claim.right)
            if claim.compared and claim.change and not mention.percent:
                claim.change = None
            if claim.noun is None and self.named is not None:
                claim.noun = self.named
            elif claim.noun is None and not mention.percent and not mention.currency and mention.form != "multiplier":
                claim.noun = self._elided(i)
            measured = is_measured_time(mention, claim.noun)
            claim.kind = kind_of(mention, claim.noun, claim.change, measured)
            claim.value = signed(mention.value or Decimal(0), claim.kind, mention, claim.change)
            claim.unit = unit_of(claim.kind, mention, claim.noun)
            claim.aggregation = self._aggregation(claim)
            claim.flags = [f for f in mention.flags if f != "percentage_points"]

    def _elided(self, i: int) -> Noun | None:
        """The noun for a number that stands without one: the subject, else its neighbour's, else the sentence before's."""
        claim = self.statistics[i]
        earlier = [c for c in self.statistics[:i] if c.noun and c.kind in ("count", "measure", "duration")]
        twins = [c for c in self.statistics[:i] if not c.compared]
        rank = sum(c.compared for c in self.statistics[:i])
        if claim.compared and rank < len(twins) and sum(c.compared for c in self.statistics) == len(twins):
            return twins[rank].noun
        alike = [c.noun for c in earlier if c.noun and c.noun.head not in TIME_UNITS and c.noun.head not in MEASURES]
        if earlier and (alike or self._listed(earlier[-1], claim)):
            return alike[-1] if alike else earlier[-1].noun
        subject = noun_before(self.low, self.start, claim.mention.claim_start)
        if subject:
            return subject
        for later in self.statistics[i + 1 :]:
            if later.noun and later.left == claim.left or (later.noun and self._listed(claim, later)):
                return later.noun
        return self.carry.noun

    def _listed(self, a: Claim, b: Claim) -> bool:
        return bool(_GAP_IS_LIST.match(self.low[a.mention.claim_end : b.mention.claim_start]))

    def _aggregation(self, claim: Claim) -> str | None:
        average = any(c.kind == "average" and claim.left <= c.start < claim.right for c in self.cues)
        for cue in self.cues:
            if cue.kind == "each" and claim.left <= cue.start < claim.right and cue.unit:
                return _ADVERBS.get(cue.unit.split()[-1], "average")
        return "average" if average else None

    # --- when it holds ---

    def _date(self) -> None:
        self._pair_lists()
        first = self.statistics[0]
        frame = [
            t for t in self.times if t.end <= first.mention.claim_start and t.role not in ("base", "event", "from")
        ]
        for i, claim in enumerate(self.statistics):
            if claim.draft is None:
                claim.draft, claim.rule = self._draft(i, claim, frame)
            if claim.draft.time is not None and claim.draft.time.anchor == "frame":
                claim.draft = replace(claim.draft, time=self._anchored(claim.draft.time))

    def _anchored(self, time: Time) -> Time:
        """ "The year before" counted from the year that the sentence, or else the one before it, was speaking of."""
        plain = [t for t in self.times if t.role in ("period", "as_of") and t.anchor != "frame" and t.extent != "span"]
        earlier = [t for t in plain if t.end <= time.start] or plain
        reference = earlier[-1] if earlier else self.carry.time
        if reference is None:
            return replace(time, anchor="edition")
        year = reference.year + time.offset if reference.year else None
        return replace(time, year=year, anchor=reference.anchor, offset=reference.offset + time.offset)

    def _pair_lists(self) -> None:
        """ "40 and 55 in 2018 and 2019": as many listed years as listed numbers pair up in order."""
        times = [t for t in self.times if t.role == "period" and not t.anchor]
        dated = _runs(times, lambda a, b: bool(_GAP_IS_LIST.match(self.low[a.end : b.start])))
        listed = _runs(self.statistics, self._listed)
        for years, claims in zip(dated, listed, strict=False):
            if len(years) == len(claims):
                for claim, time in zip(claims, years, strict=True):
                    claim.draft, claim.rule = self._from_time(claim, time), "paired_lists"

    def _draft(self, i: int, claim: Claim, frame: list[Time]) -> tuple[Draft, str]:
        base = self._base(claim)
        own = self._own_time(claim)
        if claim.compared and claim.kind not in ("change", "change_percent", "multiplier"):
            return self._compared(i, claim, own)
        if own:
            return self._from_time(claim, own, base), "own_time"
        if claim.kind == "count" and _OWNED.search(
            self.low, max(self.start, claim.mention.claim_start - 20), claim.mention.claim_start
        ):
            return Draft("as_of", "edition"), "standing"
        previous = self.statistics[i - 1] if i else None
        reaching = [t for t in frame if ";" not in self.low[t.end : claim.mention.start]]
        if reaching and not self._starts_anew(claim):
            return self._from_time(claim, reaching[-1], base), "sentence_frame"
        if i == 0 or not self._of_those(claim):
            trailing = self._trailing(i)
            if trailing:
                return self._from_time(claim, trailing, base), "trailing_time"
        previous = self.statistics[i - 1] if i else None
        if (
            previous
            and previous.draft
            and not previous.compared
            and (self._of_those(claim) or self._same_predicate(claim, previous))
        ):
            return Draft(
                previous.draft.type, previous.draft.basis, previous.draft.time, previous.draft.since, base
            ), "neighbour"
        if previous is None and self._of_those(claim) and self.carry.draft:
            d = self.carry.draft
            return Draft(d.type, "context" if d.basis == "stated" else d.basis, d.time, d.since, base), "of_those"
        return self._undated(claim, base)

    def _own_time(self, claim: Claim) -> Time | None:
        moving = claim.kind in ("change", "change_percent", "multiplier")
        allowed = {"period", "since", "as_of", "to_date", "now"} | (set() if moving else {"from"})
        if claim.compared:
            allowed |= {"base", "from"}
        here = [
            t for t in self.times
            if claim.left <= t.start < claim.right and (t.role in allowed or (not moving and self._names(t, claim)))
        ]  # fmt: skip
        end = claim.mention.end
        others = [
            c.mention.start for c in self.statistics if c is not claim and claim.left <= c.mention.start < claim.right
        ]
        after = [t for t in here if t.start >= end and not (moving and any(end <= o < t.start for o in others))]
        before = [t for t in here if t.end <= claim.mention.claim_start]
        if after and before and any(end <= o < after[0].start for o in others):
            return before[-1] if not after[0].role == "since" else after[0]
        strong = [t for t in after if t.role != "now"] or after
        if strong and strong[0].role in ("to_date",) and before and before[-1].role == "since":
            return before[-1]
        return strong[0] if strong else (before[-1] if before else None)

    def _names(self, time: Time, claim: Claim) -> bool:
        """ "The 2018 total of 334": the year belongs to the number though another is measured from it."""
        return time.role == "base" and bool(_TOTAL_OF.fullmatch(self.low[time.end : claim.mention.claim_start]))

    def _base(self, claim: Claim) -> Time | None:
        if claim.kind not in ("change", "change_percent", "multiplier"):
            return None
        near = [
            t
            for t in self.times
            if t.role in ("base", "from") and t.start >= claim.mention.end and t.start < claim.right + 1
        ]
        if near:
            return near[0]
        anywhere = [t for t in self.times if t.role in ("base", "from")]
        nearest = min(anywhere, key=lambda t: abs(t.start - claim.mention.end), default=None)
        return nearest

    def _compared(self, i: int, claim: Claim, own: Time | None) -> tuple[Draft, str]:
        if own is None:
            own = self._trailing(i, comparing=True) or next((t for t in self.times if t.extent == "years"), None)
        if own is not None and own.role in ("base", "from", "period", "as_of", "since"):
            draft = self._from_time(claim, own)
            held = next((c.draft for c in self.statistics[:i] if c.draft and not c.compared), None)
            if held is not None and held.type == "as_of" and draft.type == "year":
                draft = replace(draft, type="as_of")
            return draft, "compared"
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
        start, end = claim.mention.claim_start, claim.mention.claim_end
        return any(
            c.kind == "of_those"
            and (
                claim.left <= c.start < start
                or (c.start == end + 1 and not self.low.startswith(("of wh", "out of wh"), c.start))
            )
            for c in self.cues
        )

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
        phrase_end = claim.noun.end if claim.noun and claim.noun.start >= claim.mention.end else claim.mention.end
        after = [c for c in verbs if phrase_end <= c.start < claim.right]
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
            held = self.carry.draft.time if self.carry.draft and self.carry.draft.type == "as_of" else None
            return Draft("cumulative" if tense == "perfect" else "as_of", "stated", held or time, None, base)
        if time.role == "as_of":
            flows = tense in ("perfect",) or self._had_done(claim)
            return Draft("cumulative" if flows else "as_of", "stated", time, None, base)
        if self.aggregates_yearly(claim) and time.anchor:
            return Draft("unknown", "stated", None, None, base)
        if time.extent == "span":
            since = None
            return Draft(
                "cumulative" if tense == "perfect" and time.unit in ("decade",) else "range",
                "derived",
                time,
                since,
                base,
            )
        if time.extent == "years":
            return self._over_years(claim, time, base)
        if time.extent == "part":
            day = time.first is not None and time.first == time.last
            tail = self.low[max(self.start, time.start - 6) : time.start]
            if day and (tail.endswith(" at ") or tail in ("at ",) or (tail.endswith("on ") and self._is_state(claim))):
                return Draft("as_of", "stated", time, None, base)
            return Draft("range", "stated", time, None, base)
        if self._reached_total(claim):
            return Draft("as_of", "stated", time, None, base)
        return Draft("year", "stated", time, None, base)

    def _over_years(self, claim: Claim, time: Time, base: Time | None) -> Draft:
        """Several years: what moved between them has the first as its base; "from 880 to 4,400" stand at either end."""
        first = replace(time, extent="year", year=time.first.year if time.first else time.year, first=None, last=None)
        last = replace(time, extent="year", first=None, last=None)
        if claim.kind in ("change", "change_percent", "multiplier"):
            return Draft("year", "stated", last, None, base or first)
        if any(c.compared for c in self.statistics):
            return Draft("year", "stated", first if claim.compared else last)
        return Draft("range", "stated", time, None, base)

    def _standing(self, claim: Claim, since: Time) -> Time | None:
        """With "since 1989", the moment at which the figure stands, if the sentence names one."""
        return next((t for t in self.times if t.role == "as_of" and t is not since), None)

    def _had_done(self, claim: Claim) -> bool:
        return bool(
            re.search(r"\bhad (?:\w+ly )?(?:been |\w+ed\b|given\b|built\b)", self.low[claim.left : claim.right])
        )

    def _is_state(self, claim: Claim) -> bool:
        return bool(re.search(r"\b(?:were|was|are|is|had|have|stood|has)\b", self.low[claim.left : claim.right]))

    def _reached_total(self, claim: Claim) -> bool:
        """ "Had grown to 1.8 million", "for a total of 5 million": a stock named with the year it stood in."""
        near = [
            c
            for c in self.cues
            if c.kind == "had_reached" and claim.left <= c.start and c.end <= claim.mention.claim_start
        ]
        if not near or claim.mention.claim_start - near[-1].end > 4:
            return False
        words = self.low[near[-1].start : near[-1].end]
        return (claim.noun is not None and claim.noun.head in ENROLLED) or bool(_STANDS.search(words))

    def aggregates_yearly(self, claim: Claim) -> bool:
        """Whether it is a habit ("every year"), which no one year holds."""
        return claim.aggregation == "each_year"

    def _undated(self, claim: Claim, base: Time | None) -> tuple[Draft, str]:
        tense = self._tense(claim)
        if claim.mention.form == "ordinal":
            return Draft("cumulative", "edition"), "ordinal_total"
        if self.aggregates_yearly(claim):
            return Draft("unknown", "stated"), "habitual"
        if (
            claim.aggregation
            and claim.aggregation != "average"
            and tense in ("state", None)
            and self.low[self.start : self.end].count(" ") > 6
            and self._habitual(claim)
        ):
            claim.aggregation = "each_" + {"daily": "day", "weekly": "week", "monthly": "month"}.get(
                claim.aggregation.split("_")[0], "time"
            )
            return Draft("unknown", "stated"), "habitual"
        counted = claim.kind in ("count", "measure", "money") and claim.aggregation is None
        if counted and tense == "perfect":
            return Draft("cumulative", "edition"), "perfect_tense"
        stock = claim.noun is not None and claim.noun.head in STOCK_NOUNS
        if counted and self._reached_total(claim):
            return Draft("as_of", "context" if self.carry.time else "edition", self.carry.time), "standing"
        if counted and claim.kind == "count" and (tense == "state" or (stock and tense is None)):
            return Draft("as_of", "edition"), "standing"
        if self.carry.time is not None and claim.kind not in ("duration",):
            return self._carried(self.carry.time, base), "sentence_before"
        return Draft("year", "edition", None, None, base), "edition"

    def _habitual(self, claim: Claim) -> bool:
        return bool(
            re.search(r"\b(?:every|each)\s(?:single\s)?(?:day|week|month|night)\b", self.low[claim.left : claim.right])
        )

    def _carried(self, time: Time, base: Time | None) -> Draft:
        return Draft("range" if time.extent in ("part", "years") else "year", "context", time, None, base)

    # --- for the next sentence ---

    def _topic(self) -> Time | None:
        """The year the sentence speaks of: the latest of its own figures, not of what they are held against."""
        spoken = [
            c.draft.time for c in self.statistics
            if c.draft and c.draft.time and c.draft.type in ("year", "as_of") and not c.compared and c.draft.basis in ("stated", "context")
            and c.draft.time.role in ("period", "as_of") and c.draft.time.extent == "year"
        ]  # fmt: skip
        if not self.statistics:
            spoken = [
                t
                for t in self.times
                if t.role == "period" and t.extent == "year" and t.anchor not in ("edition", "frame")
            ]
        return max(spoken, key=lambda t: (t.year or 0, t.offset), default=None)

    def leave(self) -> Carry:
        """What the next sentence of the passage may take up."""
        last = next((c for c in reversed(self.statistics) if not c.compared), None)
        return Carry(
            draft=last.draft if last else self.carry.draft,
            time=self._topic() or self.carry.time,
            noun=next((c.noun for c in self.statistics if c.noun and c.kind == "count"), self.carry.noun),
            attribution=None,
        )
