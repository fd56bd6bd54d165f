"""Whether a figure is a rate or an average, and of what: one table of rules. What headers say is added to it later."""

import re
from typing import NamedTuple

from extractors.clauses.claims import Clause, Sentence
from extractors.clauses.cues import Cue
from extractors.language.lexicon import RATES
from extractors.language.patterns import MOVED
from extractors.rules import Rule, first_of

_GREW = re.compile(rf"\b(?:{MOVED}) $")
""" "69 million files, a figure that has grown every year": what came each year is the growth."""
_RATE_BEHIND = ("a ", "an ", "per ")
"""Rates that stand behind their number: "310 a day", never "a day … 310"."""


class InSegment(NamedTuple):
    """A statistic and its sentence."""

    sentence: Sentence
    claim: Clause


def _cues(x: InSegment, kind: str) -> list[Cue]:
    claim = x.claim
    return [c for c in x.sentence.cues if c.kind == kind and claim.left <= c.start < claim.right]


def _rate(x: InSegment) -> str | None:
    low, mention = x.sentence.low, x.claim.mention
    share = mention.percent or mention.form in ("ratio", "fraction")
    for cue in _cues(x, "each"):
        if share and low.endswith("ly", cue.start, cue.end):
            continue  # "7 in 10 donors gave monthly"
        ahead = cue.start < mention.start and low.startswith(_RATE_BEHIND, cue.start)
        if cue.unit and not ahead and not _GREW.search(low, mention.end, cue.start):
            return RATES.get(cue.unit.split()[-1], "average")
    return None


AGGREGATION: tuple[Rule[InSegment, str], ...] = (
    Rule(
        "rate",
        _rate,
        before=("average",),
        examples=(
            "In 2021 we served [310] meals every day. -> daily_average",
            "It takes [40] calls a night. -> nightly_average",
        ),
        but_not=(
            "The day before, we served [310] meals. -> None",
            "We hold [310] maps, which grew every year. -> None",
        ),
    ),
    Rule(
        "average",
        lambda x: "average" if _cues(x, "average") else None,
        examples=("In 2021 a herd had [31] cows on average. -> average", "The median was [310] days. -> average"),
        but_not=("In 2021 a herd had [31] cows. -> None",),
    ),
)


def aggregation_of(sentence: Sentence, claim: Clause) -> str | None:
    """The aggregation that a statistic's own words give it: "daily_average", "each_year", "average", or None."""
    found = first_of(AGGREGATION, InSegment(sentence, claim)) if sentence.cues else None
    return found[0] if found else None
