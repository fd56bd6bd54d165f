"""The evidence of time: which times a figure can take, and what its sentence says of them.

The times come from its own segment (`own`), from what leads the sentence (`frame`), from the end of a list or pair by
pair (`listed`, `paired`), from what the sentence before left (`carried`), from what it refers to (`anaphora`); a figure
that takes none of them has that of its heading, else the edition (`dating.under_heading`). Questions only: which answer
decides is the business of the table in `scope`.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.clauses.claims import MOVING, Claim, Quantity, Sentence
from extractors.once import once
from extractors.periods.times import Scope, Time

_LONGEST_LIST = 24
"""So many numbers a list may hold that share the time at its end."""

_TOTAL_OF = re.compile(
    r"'s (?:just |only )?|(?:'s)? (?:totals?|figures?|levels?|number|count|high|low|record|peak|average|"
    r"baseline) (?:of|was) (?:just |"
    r"only )?"
)
_ROLES = frozenset({"period", "since", "as_of", "to_date", "now"})
_LEVEL_ROLES = _ROLES | {"from"}
_COMPARED_ROLES = _LEVEL_ROLES | {"base"}
_LIST_GOES_ON = re.compile(r"(?:,|\band|\bor|&|,\sand)\s?(?:\w+\s){0,4}$")
_ARRIVES = re.compile(r",? to (?:\w+ ){0,2}")
"""What a change from a year arrives at is not that year's: "up 28% from 2019, to 21.7 million"."""
_EXPLAINED = re.compile(r",? when\s")
_MEASURED_FROM = re.compile(
    r"(?:,? (?:on|over|from|against|above|below|than|compared (?:to|with)) (?:the |its |our |their )?| the )"
    r"\d[\d.,]*(?: (?:thousand|million|billion))?(?: [a-z'-]+){0,4} (?:of|in|for|during) (?:the year )?"
)
""" "Up 8% on the 3,100 calls of 2020", "double the 40 we took in 2012": the year of what it is measured from."""
_APPOSED = re.compile(
    r"[^;.]{0,30},? (?:(?:which is|that is|or) )?an? (?:\w+ )?"
    r"(?:fall|rise|drop|increase|decrease|gain|decline|growth|jump|reduction) of "
)
_LEAD = 24
"""So far into its segment the time stands that leads it."""
_MADE = re.compile(
    r"\b(?:laid|born|built|made|founded|opened|planted|printed|written|painted|published|bought|registered|composed|cast|"
    r"issued|erected|constructed|manufactured|installed|commissioned|dating|donated|acquired)(?: back)? "
    r"(?:(?:between|from|in|before|after|during|to|about|around) )?(?:\d{4} (?:and|to) )?$"
)
""" "64 km of pipe laid between 1890 and 1935": when that was made, which another year speaks of."""
_OWNED = re.compile(r"\b(?:our|its|their|all)\s(?:more than |over |nearly |some |about )?$")
_EVERY = re.compile(r"\b(?:every|each)\s(?:single\s)?(?P<unit>day|week|month|night)\b")
_AHEAD = 120
AMOUNTS = ("count", "measure", "money")
"""Kinds of what can add up."""


class Dated(NamedTuple):
    """A statistic with the scope that its sentence gives it, and the rule that told it."""

    quantity: Quantity
    scope: Scope
    rule: str


@dataclass(frozen=True, eq=False)
class Evidence:
    """One statistic in its sentence, with what the rules ask of its time; each question is answered once."""

    sentence: Sentence
    statistics: Sequence[Quantity]
    """All of the sentence."""
    told: Sequence[Dated]
    """Those in front of it, with their scopes."""
    claim: Quantity
    """The statistic itself."""
    frame: Sequence[Time]
    """The times that lead the sentence."""
    own: Time | None
    """The time in its own segment."""
    paired: Time | None
    """The time that stands where it stands, in a list of as many: "40 and 55 in 2018 and 2019"."""
    is_moving: bool
    is_compared: bool
    """Another figure is held against it, and it is no change itself."""

    @classmethod
    def of(
        cls,
        sentence: Sentence,
        statistics: Sequence[Quantity],
        told: Sequence[Dated],
        frame: Sequence[Time],
        paired: Time | None,
    ) -> "Evidence":
        """The evidence for the statistic behind those that were `told`."""
        claim = statistics[len(told)]
        moving = claim.kind in MOVING
        own = _own_time(sentence, statistics, claim)
        return cls(sentence, statistics, told, claim, frame, own, paired, moving, claim.compared and not moving)

    @property
    def previous(self) -> Dated | None:
        """The statistic in front of it in the sentence."""
        return self.told[-1] if self.told else None

    @property
    def _from_here(self) -> Sequence[Quantity]:
        place = len(self.told)
        return self.statistics[place : place + _LONGEST_LIST]

    @once
    def listed(self) -> Time | None:
        """The time at the end of the list that it begins."""
        return _trailing(self.sentence, self._from_here)

    @once
    def base(self) -> Time | None:
        """What a change is measured from."""
        return (_base_of(self.sentence, self.claim) or self._pair_before) if self.is_moving else None

    def is_before_base(self, time: Time | None) -> bool:
        """Whether a change would end there before it begins: "… than in 2021. Calls tripled, from 400 in 2021"."""
        if time is None or self.base is None or time.year is None or self.base.year is None:
            return False
        return time.extent == self.base.extent == "year" and time.year <= self.base.year

    def is_behind_base(self, time: Time | None) -> bool:
        """ "Compared with 2021, when we fed 40 owls, we fed 60": another clause than what explains the base."""
        first = self.sentence.times[0] if self.sentence.times else None
        leads = first is not None and first.role == "base" and first.end <= self.statistics[0].mention.start
        explained = leads and time is not None and first is not None and time.start == first.start
        return explained and self.sentence.tense(self.claim, own_only=True) is not None

    @property
    def _pair_before(self) -> Time | None:
        """ "In 2016 we counted 40 owls and in 2019 31, a fall of 22%": from the first to the second."""
        if len(self.told) < 2 or not _APPOSED.fullmatch(self.sentence.between(self.told[-1].quantity, self.claim)):
            return None
        first, second = (dated.scope.time for dated in self.told[-2:])
        if first is None or second is None or first.year is None or second.year is None:
            return None
        return first if first.year < second.year else None

    @once
    def compared_time(self) -> Time | None:
        """The time of a figure that another is held against: the only one, in front of both, is the other's."""
        own, first = self.own, self.statistics[0].mention
        in_front = own is not None and own.end <= first.start and own.extent != "years"
        if in_front and len(self.sentence.times) == 1 < len(self.statistics):
            return None
        time = own or _trailing(self.sentence, self._from_here, comparing=True) or self.span
        return None if time is None or time.role in ("now", "to_date") else time

    @once
    def held(self) -> Scope | None:
        """The scope of the figure that this one is held against."""
        return next((d.scope for d in self.told if not d.quantity.compared), None)

    @once
    def span(self) -> Time | None:
        """The first stretch of several years that the sentence names."""
        return next((t for t in self.sentence.times if t.extent == "years"), None)

    @once
    def ahead(self) -> str:
        """The words in front of it, as far as a stock may be told from."""
        return self.sentence.ahead_of(self.claim, _AHEAD)

    @property
    def is_alone(self) -> bool:
        """Nothing beside it tells when it holds, as of the figure of a cell or a tile."""
        sentence, carry = self.sentence, self.sentence.carry
        told = sentence.times or sentence.cues or carry.scope or carry.time or carry.stretch or carry.perfect
        return not told and len(self.statistics) == 1

    @property
    def is_goal(self) -> bool:
        """It is aimed at."""
        return "target" in self.claim.flags

    @once
    def is_owned(self) -> bool:
        """ "Our 40 volunteers"."""
        return bool(_OWNED.search(self.sentence.ahead_of(self.claim, 20)))

    @once
    def is_part(self) -> bool:
        """ "Of those, 40 ..."."""
        return _is_of_those(self.sentence, self.claim)

    @once
    def tense(self) -> str | None:
        """The tense that governs it, as `Sentence.tense` says it."""
        return self.sentence.tense(self.claim)

    @once
    def habit(self) -> str | None:
        """The aggregation of what is said of every day: "each_day"."""
        every = _EVERY.search(self.sentence.low, self.claim.left, self.claim.right)
        return f"each_{every.group('unit')}" if every else None

    @property
    def is_plain_amount(self) -> bool:
        """An amount that is no average or rate."""
        return self.claim.aggregation is None and self.claim.kind in AMOUNTS

    @property
    def leader(self) -> Scope | None:
        """The scope of the figure before it in the sentence, where it can be shared; what brackets hold is an aside."""
        outside = [d for d in self.told if not self._shut_before(d)] or self.told
        before = outside[-1] if outside else None
        shared = before and not before.quantity.compared and (self.is_part or before.rule != "owned")
        return before.scope if before and shared else None

    def _shut_before(self, dated: Dated) -> bool:
        aside = in_brackets(self.sentence, dated.quantity, dated.scope.time)
        return aside and ")" in self.sentence.between(dated.quantity, self.claim)

    @property
    def carried(self) -> Scope | None:
        """The scope of the last statistic before the sentence, as context."""
        held = self.sentence.carry.scope
        return held and held._replace(basis="context" if held.basis == "stated" else held.basis, base=self.base)


def _own_time(sentence: Sentence, statistics: Sequence[Quantity], claim: Quantity) -> Time | None:
    """The time in a number's own segment: the first behind it, else the last in front."""
    moving = claim.kind in MOVING
    allowed = _COMPARED_ROLES if claim.compared else _ROLES if moving else _LEVEL_ROLES
    here = [
        t for t in sentence.times
        if claim.left <= t.start < claim.right and (t.role in allowed or (not moving and _names(sentence, t, claim)))
        and not (t.role == "from" and _ARRIVES.fullmatch(sentence.low, t.end, claim.mention.claim_start))
        and not (t.role == "since" and _EXPLAINED.match(sentence.low, t.end, claim.mention.claim_start))
    ]  # fmt: skip
    lead = next((t for t in sentence.times if t.role == "period" and t.end <= claim.left + _LEAD), None)
    if lead and not claim.compared:
        here = [t for t in here if t is lead or not _MADE.search(sentence.low, claim.left, t.start)]
    beside = next((t for t in sentence.times if sentence.low[t.end : claim.mention.claim_start] == " ("), None)
    if beside and beside.role == "base" and not moving and sentence.low.startswith(")", claim.mention.claim_end):
        return beside._replace(role="period")  # "below that of 2021 (431)"
    if any(t.role == "now" for t in here) and sentence.tense(claim, own_only=True) == "past":
        here = [t for t in here if t.role != "now" or t.start < claim.mention.start]
    if not here:
        return None
    end = claim.mention.end
    others = [c.mention.start for c in statistics if c is not claim and claim.left <= c.mention.start < claim.right]
    after = [t for t in here if t.start >= end and not (moving and any(end <= o < t.start for o in others))]
    before = [t for t in here if t.end <= claim.mention.claim_start]
    if after and before:
        beyond_another = any(end <= o < after[0].start for o in others)
        if (beyond_another and after[0].role != "since") or (after[0].role == "to_date" and before[-1].role == "since"):
            return before[-1]
    after = [t for t in after if t.role != "now"] or after
    return after[0] if after else (before[-1] if before else None)


def _names(sentence: Sentence, time: Time, claim: Quantity) -> bool:
    """ "The 2018 total of 334", "last year's 212": it belongs to the number though another is measured from it."""
    between = sentence.low[time.end : claim.mention.claim_start]
    owns = sentence.low.endswith("'s", time.start, time.end) and between.isspace()
    return time.role == "base" and (owns or _TOTAL_OF.fullmatch(between) is not None)


def _base_of(sentence: Sentence, claim: Quantity) -> Time | None:
    """What a change is measured from: the nearest such time behind the number in its segment, else the nearest."""
    end = claim.mention.end
    measured = next((t for t in sentence.times if _MEASURED_FROM.fullmatch(sentence.low, end, t.start)), None)
    if measured:
        return measured
    bases = [t for t in sentence.times if t.role in ("base", "from")]
    behind = [t for t in bases if claim.mention.end <= t.start <= claim.right]
    return behind[0] if behind else min(bases, key=lambda t: abs(t.start - claim.mention.end), default=None)


def _trailing(sentence: Sentence, statistics: Sequence[Quantity], comparing: bool = False) -> Time | None:
    """The time at the end of a list of numbers that the first of `statistics` belongs to."""
    for earlier, later in itertools.pairwise(statistics):
        between = sentence.low[earlier.mention.end : later.mention.claim_start]
        if (later.compared and not comparing) or ";" in between or not _LIST_GOES_ON.search(between):
            return None
        if any(c.kind == "perfect" and earlier.mention.end <= c.start < later.mention.start for c in sentence.cues):
            return None
        for time in sentence.times:
            if later.mention.end <= time.start < later.right and time.role in ("period", "as_of"):
                held = any(c.compared and later.mention.end <= c.mention.start < time.start for c in statistics)
                return None if held and not comparing else time
    return None


def _is_of_those(sentence: Sentence, claim: Quantity) -> bool:
    """Whether it is a part of what was counted before: "of those, 2,260 …", "… 88% of them women"."""
    start, end = claim.mention.claim_start, claim.mention.claim_end
    for cue in sentence.cues:
        if cue.kind == "of_those":
            if claim.left <= cue.start < start:
                return True
            if cue.start == end + 1 and not sentence.low.startswith(("of wh", "out of wh"), cue.start):
                return True
    return False


def starts_anew(sentence: Sentence, claim: Quantity) -> bool:
    """A segment with a verb of its own in another tense than the frame's: "…, and now employs 40"."""
    if claim.kind != "count" or claim.left == sentence.start or sentence.tense(claim, own_only=True) != "state":
        return False
    return any(c.kind == "past" for c in sentence.cues)


def in_brackets(sentence: Sentence, quantity: Quantity | Claim, time: Time | None) -> bool:
    """Whether a figure stands in brackets with a time of its own, beside those it is held against: "6 (2020: 5)"."""
    low, start = sentence.low, quantity.mention.start
    opened = low.rfind("(", sentence.start + 1, start)  # not where all of it stands in brackets
    shut = low.find(")", opened, start) if opened >= 0 else 0
    return shut < 0 and time is not None and opened < time.start < low.find(")", start)


def is_aside(sentence: Sentence, time: Time) -> bool:
    """ "Six years after it had logged 4 million, …": the time of that figure only."""
    return sentence.low.endswith(" had", 0, time.end)


def has_same_predicate(sentence: Sentence, claim: Quantity, previous: Scope) -> bool:
    """Whether a number hangs on the same verb as the one before it, whose scope is given."""
    own = sentence.tense(claim, own_only=True)
    if own == "past" and claim.left > sentence.start and previous.type == "as_of" and previous.time is None:
        return False
    if previous.time is not None and is_aside(sentence, previous.time):
        return False
    if previous.since is not None:
        return own in (None, "perfect")
    if own == "perfect" and previous.time is None:
        return previous.type == "cumulative"
    return own != "state" or claim.kind not in ("count", "measure")
