"""In what words a page may state a metric, all names filled in: what every language of cards is compiled to.

Data only. What a card may write stands in `card_language`, how the words are made quick to look for in `matchers`, how
they are weighed in `mapping`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from extractors.records import Kind, PeriodType

Words = tuple[str, ...]
Reach = Literal["clause", "sentence", "before", "page"]


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which a page may state a metric. All that is given must hold."""

    counts: Words = ()
    """The counted noun: one of these."""
    says: tuple[Words, ...] = ()
    """One of each group must stand in the statistic's own clause, its phrase or labels."""
    about: tuple[tuple[Reach, Words], ...] = ()
    """One of each group must stand there or, as far as this, around it."""
    forbid: Words = ()
    """None may stand in the clause, the phrase or the labels."""
    unless: Words = ()
    """None may stand in the sentence, the one before or a heading above."""
    not_before: Words = ()
    """None may stand before the number, nor before the noun where that comes first."""
    only: Words = ()
    """These narrow no count in this wording; those of the metric do not either."""
    kinds: tuple[Kind, ...] = ()
    period: tuple[PeriodType, ...] = ()
    members: Literal["none", "some", "any"] = "any"
    part: bool = False
    labelled: bool | None = None


@dataclass(frozen=True, slots=True)
class Worded:
    """All wordings of one metric, the words that narrow no count of it, and those that name its members."""

    wordings: tuple[Wording, ...]
    only: Words
    dimensions: Mapping[str, Mapping[str, Words]]
