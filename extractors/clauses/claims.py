"""The values that the reading of one sentence makes of its numbers, step after step, and what it leaves for the next.

Each step takes the values of the step before and returns new ones that know more: a `Token` is a number with its class,
a `Clause` the stretch that speaks of it, a `Quantity` what it measures, a `Claim` when that holds. They are made for
every number, hence tuples, which are made fast. Data and the few questions that several steps ask of it; the steps
stand in `segments`, `binding` and `periods`.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple, Protocol

from extractors.clauses.cues import Cue
from extractors.clauses.nouns import Noun
from extractors.numbers.scanning import Mention
from extractors.periods.times import Scope, Time
from extractors.quantities.candidates import Verdict
from extractors.records import Kind

MOVING: frozenset[Kind] = frozenset({"change", "change_percent", "multiplier"})
"""Kinds that tell how something moved rather than where it stands."""

TENSES = ("perfect", "had_reached", "state", "past", "future")
_LIST_GAP = re.compile(r"^(?:,\s?(?:and\s)?|\s(?:and|or|&)\s|,?\s(?:and|or)\s(?:in\s)?)$")


class Number(Protocol):
    """Any of the values here: each has the numeral that it is about."""

    @property
    def mention(self) -> Mention:
        """The numeral."""
        ...


class Token(NamedTuple):
    """A number of a sentence with its class and the noun that stands behind it."""

    mention: Mention
    verdict: Verdict
    behind: Noun | None

    @property
    def named(self) -> str | None:
        """In what it counts, as far as its own words tell."""
        return self.behind.unit if self.behind else None


class Clause(NamedTuple):
    """A statistic, the fields of its token first, in its segment: the stretch of the sentence that speaks of it."""

    mention: Mention
    verdict: Verdict
    behind: Noun | None
    left: int
    right: int
    compared: bool
    """It is what another figure is held against ("up from 21.7 million")."""


Source = Literal["own", "label", "twin", "list", "subject", "carried"]


class Counted(NamedTuple):
    """The noun that a number counts, and where it stands.

    `own` behind the number or in apposition to it, `label` in a label or header, `twin` at the figure it is held
    against, `list` at another number of the sentence, `subject` in front as what the sentence speaks of, `carried` in
    the sentence before.
    """

    noun: Noun | None = None
    source: Source = "own"


class Quantity(NamedTuple):
    """What a statistic measures: the fields of its clause, and all else but when it holds."""

    mention: Mention
    verdict: Verdict
    behind: Noun | None
    left: int
    right: int
    compared: bool
    counted: Counted
    change: str | None
    """The word of change that governs it."""
    kind: Kind
    value: Decimal
    unit: str | None
    aggregation: str | None
    flags: tuple[str, ...]

    @property
    def noun(self) -> Noun | None:
        """The noun that it counts."""
        return self.counted.noun

    @property
    def is_moving(self) -> bool:
        """It tells how something moved."""
        return self.kind in MOVING


class Claim(NamedTuple):
    """A quantity, its fields first, with its temporal scope: a fact but for its source, its edition and its metric."""

    mention: Mention
    verdict: Verdict
    behind: Noun | None
    left: int
    right: int
    compared: bool
    counted: Counted
    change: str | None
    kind: Kind
    value: Decimal
    unit: str | None
    aggregation: str | None
    flags: tuple[str, ...]
    said: Scope
    """The scope by the words of its sentence alone; the next sentence takes it up."""
    scope: Scope
    """The same, with what its headings say where its own words say nothing."""
    rule: str
    """The rule that told the scope."""

    @property
    def noun(self) -> Noun | None:
        """The noun that it counts."""
        return self.counted.noun

    @property
    def named(self) -> str | None:
        """Its unit, else the noun it counts."""
        noun = self.counted.noun
        return self.unit or (noun.unit if noun else None)


class Carry(NamedTuple):
    """What a sentence leaves for the next one in its passage."""

    scope: Scope | None = None
    """The scope of the last statistic."""
    time: Time | None = None
    """The last year the text was speaking of."""
    noun: Noun | None = None
    attribution: str | None = None
    stretch: Scope | None = None
    """The last stretch that the text named, of several years or a part of one; also that of the passage before."""
    perfect: bool = False
    """The lead of a list hands its items a perfect ("We have:")."""


class Labelled(NamedTuple):
    """What labels and headers say of the bare numbers under them."""

    noun: Noun | None = None
    """What they count."""
    moved: str | None = None
    """The word of change that makes them changes."""
    rate: str | None = None
    """Their aggregation: "Per day"."""
    target: bool = False
    """They are aimed at: "Target"."""
    words: str = ""
    """The nearest of them, folded, parted by bars."""


class Sentence(NamedTuple):
    """The words of one sentence `low[start:end]` of a folded passage."""

    low: str
    start: int
    end: int
    carry: Carry
    cues: Sequence[Cue]
    times: Sequence[Time]

    def between(self, a: Number, b: Number) -> str:
        """The words that part two numbers, qualifiers left out."""
        return self.low[a.mention.claim_end : b.mention.claim_start]

    def ahead_of(self, number: Number, reach: int) -> str:
        """The last `reach` characters in front of a number and its qualifier."""
        return self.low[max(self.start, number.mention.claim_start - reach) : number.mention.claim_start]

    def _goes_on_perfect(self, verb: Cue, verbs: Sequence[Cue]) -> bool:
        """ "Have drawn 7,700 images since 1989 and created 650 busts": one "have" for both."""
        joined = verb.kind == "past" and self.low.endswith(" and ", self.start, verb.start)
        earlier = [c for c in verbs if c.end <= verb.start]
        return joined and bool(earlier) and earlier[-1].kind == "perfect" and self.low.endswith("ed", 0, verb.end)

    def listed(self, a: Number, b: Number) -> bool:
        """Whether only "and", "or" or a comma stands between two numbers."""
        return is_list_gap(self.between(a, b))

    def tense(self, number: Quantity, own_only: bool = False) -> str | None:
        """The tense that governs a number: of the verb nearest in front in its segment, else behind, else earlier."""
        verbs = [c for c in self.cues if c.kind in TENSES]
        colon = max(number.left, self.low.rfind(": ", number.left, number.mention.start))
        before = [c for c in verbs if colon <= c.start and c.end <= number.mention.start]
        if before:
            return "perfect" if self._goes_on_perfect(before[-1], verbs) else before[-1].kind
        noun = number.noun
        phrase_end = noun.end if noun and noun.start >= number.mention.end else number.mention.end
        after = [c for c in verbs if phrase_end <= c.start < number.right]
        if after:
            return after[0].kind
        if own_only:
            return None
        earlier = [c for c in verbs if c.end <= number.left]
        return earlier[-1].kind if earlier else None


class Statement(NamedTuple):
    """A sentence with its numbers in order: each statistic as a `Claim`, what is none as a `Token`."""

    sentence: Sentence
    numbers: Sequence[Token | Claim]
    claims: Sequence[Claim]
    """The statistics among the numbers."""


def is_list_gap(words: str) -> bool:
    """Whether the words only join the items of a list."""
    return bool(_LIST_GAP.match(words))
