"""Whether a figure is aimed at rather than reached: one table of rules. A header that says so adds it later."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.clauses.claims import Clause, Quantity, Sentence
from extractors.rules import Rule, first_of

GOAL = "target"
_AND_TO = re.compile(r"\W*and to ")


class InTurn(NamedTuple):
    """One statistic of a sentence, and those before it."""

    sentence: Sentence
    earlier: Sequence[Quantity]
    claim: Clause


def _planned(x: InTurn) -> str | None:
    for cue in x.sentence.cues:
        if cue.kind == "future" and x.claim.left <= cue.start < x.claim.mention.start:
            return GOAL
    return None


def _goes_on(x: InTurn) -> str | None:
    aimed = bool(x.earlier) and GOAL in x.earlier[-1].flags
    return GOAL if aimed and _AND_TO.match(x.sentence.low, x.claim.left) else None


MODALITY: tuple[Rule[InTurn, str], ...] = (
    Rule(
        "goal.planned",
        _planned,
        examples=("We plan to plant [310] trees. -> target", "Our goal is [40] boats. -> target"),
        but_not=("We planted [310] trees. -> None",),
    ),
    Rule(
        "goal.goes_on",
        _goes_on,
        examples=("We plan to open 15 shops and to reach [310] homes. -> target",),
        but_not=("We opened 15 shops and went to [310] homes. -> None",),
    ),
)


def modality_of(sentence: Sentence, earlier: Sequence[Quantity], claim: Clause) -> str | None:
    """ "target" for a figure that is aimed at, else None."""
    found = first_of(MODALITY, InTurn(sentence, earlier, claim)) if sentence.cues else None
    return found[0] if found else None
