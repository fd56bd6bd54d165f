"""The working record of one sentence: its claims, cues and times, and what the sentence before left for it.

Data and the few questions that several steps ask of it. The steps stand in `segments`, `statements` and `dating`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.clauses.cues import Cue
from extractors.clauses.nouns import Noun
from extractors.numbers.scanning import Mention
from extractors.periods.times import Scope, Time
from extractors.quantities.classes import Verdict
from extractors.records import Kind

MOVING: frozenset[Kind] = frozenset({"change", "change_percent", "multiplier"})
"""Kinds that tell how something moved rather than where it stands."""

TENSES = ("perfect", "had_reached", "state", "past", "future")
_LIST_GAP = re.compile(r"^(?:,\s?(?:and\s)?|\s(?:and|or|&)\s|,?\s(?:and|or)\s(?:in\s)?)$")


@dataclass(slots=True)
class Claim:
    """A numeral of a sentence with what was understood of it; for a statistic, all but its source and edition."""

    mention: Mention
    verdict: Verdict
    noun: Noun | None = None
    left: int = 0
    right: int = 0
    """Bounds of its segment: the stretch of sentence that speaks of this number."""
    compared: bool = False
    """It is what another figure is held against ("up from 21.7 million")."""
    change: str | None = None
    kind: Kind = "count"
    value: Decimal = Decimal(0)
    unit: str | None = None
    scope: Scope | None = None
    aggregation: str | None = None
    rule: str = ""
    flags: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Carry:
    """What a sentence leaves for the next one in its passage."""

    scope: Scope | None = None
    """The period of the last statistic."""
    time: Time | None = None
    """The last year the text was speaking of."""
    noun: Noun | None = None
    attribution: str | None = None
    perfect: bool = False
    """The lead of a list hands its items a perfect ("We have:")."""


@dataclass(slots=True)
class Sentence:
    """One sentence `low[start:end]` of a folded passage."""

    low: str
    start: int
    end: int
    carry: Carry
    cues: Sequence[Cue] = ()
    times: Sequence[Time] = ()
    claims: list[Claim] = field(default_factory=list)

    @property
    def statistics(self) -> list[Claim]:
        """The claims that measure something."""
        return [c for c in self.claims if c.verdict.reason is None]

    def between(self, a: Claim, b: Claim) -> str:
        """The words that part two numbers, qualifiers left out."""
        return self.low[a.mention.claim_end : b.mention.claim_start]

    def ahead_of(self, claim: Claim, reach: int) -> str:
        """The last `reach` characters in front of a number and its qualifier."""
        return self.low[max(self.start, claim.mention.claim_start - reach) : claim.mention.claim_start]

    def _goes_on_perfect(self, verb: Cue, verbs: Sequence[Cue]) -> bool:
        """ "Have drawn 7,700 images since 1989 and created 650 busts": one "have" for both."""
        joined = verb.kind == "past" and self.low.endswith(" and ", self.start, verb.start)
        earlier = [c for c in verbs if c.end <= verb.start]
        return joined and bool(earlier) and earlier[-1].kind == "perfect" and self.low.endswith("ed", 0, verb.end)

    def listed(self, a: Claim, b: Claim) -> bool:
        """Whether only "and", "or" or a comma stands between two numbers."""
        return bool(_LIST_GAP.match(self.between(a, b)))

    def tense(self, claim: Claim, own_only: bool = False) -> str | None:
        """The tense that governs a number: of the verb nearest in front in its segment, else behind, else earlier."""
        verbs = [c for c in self.cues if c.kind in TENSES]
        colon = max(claim.left, self.low.rfind(": ", claim.left, claim.mention.start))
        before = [c for c in verbs if colon <= c.start and c.end <= claim.mention.start]
        if before:
            return "perfect" if self._goes_on_perfect(before[-1], verbs) else before[-1].kind
        noun = claim.noun
        phrase_end = noun.end if noun and noun.start >= claim.mention.end else claim.mention.end
        after = [c for c in verbs if phrase_end <= c.start < claim.right]
        if after:
            return after[0].kind
        if own_only:
            return None
        earlier = [c for c in verbs if c.end <= claim.left]
        return earlier[-1].kind if earlier else None


def is_list_gap(words: str) -> bool:
    """Whether the words only join the items of a list."""
    return bool(_LIST_GAP.match(words))
