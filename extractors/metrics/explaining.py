"""Why a statistic states the metric it does, or none: what was said for each wording of the card, and what failed.

Here: the same judgement as `mapping`, told in full. Nothing is decided here.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.metrics import vetoes
from extractors.metrics.candidates import candidates
from extractors.metrics.mapping import assign, statement_of, vetoed
from extractors.metrics.slots import Assignment, Slots
from extractors.metrics.vetoes import Candidate, Statement
from extractors.metrics.weighing import asked, weigh
from extractors.rules import explain as answers

if TYPE_CHECKING:
    from extractors.metrics.card import SourceCard

UNSAID = "unsaid"
"""Stands for a veto where a group of words that the wording asks for is not said within reach."""

_WHERE = {4: "in its clause", 3: "in its sentence", 2: "in its sentence or the one before", 1: "near it"}
"""What the least weight of a place means to a person."""


@dataclass(frozen=True)
class Judged:
    """One wording whose noun is counted: its weight, 0 where something is not said, and what failed, with the word."""

    wording: str
    metric: str
    weight: int
    failed: tuple[tuple[str, str], ...]
    """The names of vetoes, each with the word that failed: ("unknown_word", "scam")."""
    missing: tuple[tuple[str, str], ...] = ()
    """Of what is unsaid the words, and where one of them must stand."""
    heard: bool = True
    """Whether the statistic counts its noun, or says some of what it asks for."""


@dataclass(frozen=True)
class Explanation:
    """What a statistic states, why no metric can where none can, and each wording that was asked, nearest first."""

    assignment: Assignment
    against_any: tuple[tuple[str, str], ...]
    judged: tuple[Judged, ...]


def explain(slots: Slots, card: "SourceCard") -> Explanation:
    """What each wording of the card that counts the statistic's noun came to."""
    assignment = assign(slots, card)
    statement = statement_of(slots, card.matchers)
    if statement is None:
        return Explanation(assignment, (), ())
    against = vetoed(statement)
    judged = _judged(statement)
    nearest = sorted(judged, key=lambda one: (not one.heard, len(one.failed), -one.weight, one.wording))
    return Explanation(assignment, ((_plain(against[1]), against[0].word),) if against else (), tuple(nearest))


def _judged(statement: Statement) -> list[Judged]:
    named = candidates(statement.slots, statement.view, statement.index)
    found = []
    for matcher, head in named:
        weights = weigh(matcher, head, statement.view)
        groups = asked(matcher, head, statement.view)
        unsaid = [
            (terms.shown, _WHERE[least])
            for terms, least in groups
            if not statement.view.nearest(terms, least, matcher.knows)
        ]
        failed = [(UNSAID, words) for words, _ in unsaid]
        told = answers(vetoes.CANDIDATE_VETOES, Candidate(matcher, head, statement, weights, named))
        failed += [(_plain(name), veto.word) for veto, name in told]
        heard = bool(head) or len(unsaid) < len(groups)
        found.append(Judged(matcher.name, matcher.metric, sum(weights), tuple(failed), tuple(unsaid), heard))
    return found


def _plain(name: str) -> str:
    return name.removeprefix("veto.")
