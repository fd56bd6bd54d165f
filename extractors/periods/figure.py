"""What the rules about a statistic's scope read: the statistic in its sentence, and the questions they share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extractors.clauses.claims import MOVING, Claim, Sentence
from extractors.periods.interpretation import from_time
from extractors.periods.reach import LONGEST_LIST, base_of, is_of_those, own_time, trailing
from extractors.periods.times import Scope, Time

_OWNED = re.compile(r"\b(?:our|its|their|all)\s(?:more than |over |nearly |some |about )?$")
_EVERY = re.compile(r"\b(?:every|each)\s(?:single\s)?(?P<unit>day|week|month|night)\b")
AMOUNTS = ("count", "measure", "money")
"""Kinds of what can add up."""


@dataclass(eq=False)
class Figure:
    """One statistic in its sentence, with what the rules ask of it; each question is answered once."""

    sentence: Sentence
    statistics: list[Claim]
    place: int
    """Which of `statistics` it is."""
    frame: Sequence[Time]
    """The times that lead the sentence."""

    def __post_init__(self) -> None:
        """Take what every rule asks for."""
        self.claim = self.statistics[self.place]
        self.previous = self.statistics[self.place - 1] if self.place else None
        self.is_moving = self.claim.kind in MOVING
        self.is_compared = self.claim.compared and not self.is_moving
        self.own = own_time(self.sentence, self.statistics, self.claim)  # the time in its own segment

    @cached_property
    def base(self) -> Time | None:
        """What a change is measured from."""
        return base_of(self.sentence, self.claim) if self.is_moving else None

    @cached_property
    def compared_time(self) -> Time | None:
        """The time of a figure that another is held against."""
        listed = self.statistics[self.place : self.place + LONGEST_LIST]
        time = self.own or trailing(self.sentence, listed, comparing=True) or self.span
        return None if time is None or time.role in ("now", "to_date") else time

    @cached_property
    def held(self) -> Scope | None:
        """The scope of the figure that this one is held against."""
        return next((c.scope for c in self.statistics[: self.place] if c.scope and not c.compared), None)

    @cached_property
    def span(self) -> Time | None:
        """The first stretch of several years that the sentence names."""
        return next((t for t in self.sentence.times if t.extent == "years"), None)

    @cached_property
    def is_owned(self) -> bool:
        """ "Our 40 volunteers"."""
        return bool(_OWNED.search(self.sentence.ahead_of(self.claim, 20)))

    @cached_property
    def is_part(self) -> bool:
        """ "Of those, 40 ..."."""
        return is_of_those(self.sentence, self.claim)

    @cached_property
    def tense(self) -> str | None:
        """The tense that governs it, as `Sentence.tense` says it."""
        return self.sentence.tense(self.claim)

    @cached_property
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
        """The scope of the figure before it in the sentence, where it can be shared."""
        before = self.previous
        shared = before and not before.compared and (self.is_part or before.rule != "owned")
        return before.scope if before and shared else None

    @property
    def carried(self) -> Scope | None:
        """The scope of the last statistic before the sentence, as context."""
        held = self.sentence.carry.scope
        return held and replace(held, basis="context" if held.basis == "stated" else held.basis, base=self.base)

    def at(self, time: Time) -> Scope:
        """What the words around it make of a time."""
        return from_time(self.sentence, self.claim, time, self.base)
