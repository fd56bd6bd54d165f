"""Which metric of a source card a statistic states, and for which members of its dimensions; or none.

Here: how a card's wordings are weighed against what the parser knows of one statistic. No metric is known here.

A wording applies when the counted noun is one of its `counts`, every `says` group has a term in the statistic's own
clause or labels, every `about` group a term within reach, and nothing speaks against it (`vetoes`). Each group weighs
what the nearest place that holds one of its terms weighs (phrase 6, between the neighbouring numbers 5, clause or
labels 4, sentence 3, sentence before 2, heading or passage before 1), the counted noun two for each of its words. The
heaviest wins; a tie of two metrics goes to neither.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.metrics import vetoes
from extractors.metrics.candidates import Named, candidates, counts_a_stranger, fitting, named_in, names_its_noun
from extractors.metrics.completing import as_label, with_noun
from extractors.metrics.evidence import View, last_sentences, view_of
from extractors.metrics.headings import told_by_headings
from extractors.metrics.matchers import MatcherIndex
from extractors.metrics.slots import TIE, Assignment, Slots
from extractors.metrics.vetoes import Candidate, Statement, Veto
from extractors.metrics.weighing import is_shared, weigh
from extractors.rules import first_of

if TYPE_CHECKING:
    from extractors.metrics.card import SourceCard


_SUM_OF_BOTH = re.compile(
    r"\b(?:that|this|which) (?:brings|brought) (?:the|our|its) (?:grand |running |overall )?total to\b"
)
"""With such words a number takes up the whole of what the sentence before counts."""
_RATE = re.compile(
    r"[^\d|]*\b(?:(?:per|an?|each|every) (?:minute|hour|day|week|month)|daily|hourly|weekly|monthly|average)\b[^\d|]*"
)
"""A label that tells of a rate; a note with a figure of its own ("272 a day") is not this number's."""


def assign(slots: Slots, card: "SourceCard") -> Assignment:
    """The metric this statistic states, by its most specific wording; none when none applies or two metrics tie."""
    statement = statement_of(slots, card.matchers)
    if statement is None or vetoed(statement):
        return Assignment(None, {}, "no rule")
    slots, view = statement.slots, statement.view
    best = _best(candidates(slots, view, statement.index), statement)
    borrows = slots.kind == "count" and slots.unit and not view.bare and not names_its_noun(slots)
    if not best and borrows and not view.of_them:
        best = _said_of_another(slots, statement.index)
    if not best:
        return Assignment(None, {}, "no rule")
    if view.bare and len(best) > 1:
        best = _innermost(best, view)
    return _settled(min(best, key=lambda one: one.matcher.name), best, statement)  # a set gave them in any order


def statement_of(slots: Slots, index: MatcherIndex) -> Statement | None:
    """The statistic with the places around it; None when it is of a kind, or counts a noun, that no wording knows."""
    slots = as_label(slots)
    if slots.aggregation is None and any(map(_RATE.fullmatch, slots.labels.split(" | "))):
        slots = slots._replace(aggregation="rate")
    if slots.kind not in index.kinds or counts_a_stranger(slots, index):
        return None
    slots = with_noun(slots)
    return Statement(slots, view_of(slots, index), index)


def vetoed(statement: Statement) -> tuple[Veto, str] | None:
    """What speaks against any metric; only of prose, since labels alone tell of a value in a table or a tile."""
    return None if statement.slots.labels else first_of(vetoes.STATEMENT_VETOES, statement)


def _settled(one: Candidate, best: Sequence[Candidate], statement: Statement) -> Assignment:
    """The metric of the candidate, unless another fits as well or what stands around leaves it open."""
    matcher, slots, view = one.matcher, statement.slots, statement.view
    members = dict(one.members or {})
    unnamed = matcher.heads and not any(head in view.sentence.text for head in matcher.heads)
    if slots.follows_unmapped and (unnamed or view.takes_up) and not slots.labels:
        return Assignment(None, {}, "as the one before")
    if any(other.matcher.metric != matcher.metric or other.members != members for other in best):
        return Assignment(None, {}, TIE + ", ".join(sorted({other.matcher.name for other in best})))
    if "and" in view.left and any(is_shared(terms, matcher, view.left) for terms, _ in matcher.about):
        return Assignment(None, {}, "sum of several")
    told = told_by_headings(matcher, members, slots, view, statement.index)
    return Assignment(None, {}, "part of a heading") if told is None else Assignment(matcher.metric, told, matcher.name)


def _innermost(best: list[Candidate], view: View) -> list[Candidate]:
    """Of wordings that weigh the same those whose counted noun comes first in the innermost label that names any."""
    for text in (f" {part.strip()} " for part in reversed(view.labels.text.split("|"))):
        places = [
            min((text.index(head) for head in one.matcher.heads if head in text), default=len(text)) for one in best
        ]
        if min(places) < len(text):
            return [one for one, at in zip(best, places, strict=True) if at == min(places)]
    return best


def _said_of_another(slots: Slots, index: MatcherIndex) -> list[Candidate]:
    """For a number without a noun of its own, the wordings for any noun of the sentence that its clause speaks of.

    The noun carried over may be wrong: in "3,000 requests to find offenders; 400 were arrested" it is offenders. So may
    the one before the number be: in "31,000 reports came in; companies made 30,000" companies are who made them.
    """
    sums_up = bool(_SUM_OF_BOTH.search(slots.clause, 0, slots.start))
    so_far = slots.before if sums_up else last_sentences(slots.so_far) or slots.before
    slots = slots._replace(counted=None, before=so_far, so_far="" if sums_up else slots.so_far)
    view = view_of(slots, index)
    statement = Statement(slots, view, index)
    reach = 2 if sums_up else 4
    for text in (view.said, view.before):
        named = [(r, head) for r, head in fitting(named_in(index, text), slots, view) if r.says or r.members == "some"]
        best = _best([c for c in named if all(view.nearest(t, reach, c[0].knows) for t in c[0].says)], statement)
        if best:
            return best
    return []


def _best(named: Sequence[Named], statement: Statement) -> list[Candidate]:
    """The candidates that nothing speaks against, of those the ones with the greatest weight."""
    unmarked = ~statement.view.marks
    weighed = [
        Candidate(matcher, head, statement, weights, named)
        for matcher, head in named
        if not matcher.needs & unmarked and (weights := weigh(matcher, head, statement.view))
    ]
    best: list[Candidate] = []
    for candidate in sorted(weighed, key=lambda one: one.score, reverse=True):
        if best and candidate.score < best[0].score:
            break  # the vetoes take longer than the weighing
        if first_of(vetoes.CANDIDATE_VETOES, candidate) is None:
            best.append(candidate)
    return best
