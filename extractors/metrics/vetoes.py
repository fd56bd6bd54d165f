"""What speaks against a metric, as two tables of rules: against any metric at all, and against one wording of one.

A `Statement` is one statistic with the places around it, a `Candidate` a wording whose noun it counts and whose words
it says, with what that weighs. A veto carries the word that failed; which veto it was is told by `explaining`, and
`Fact.rule` says "no rule" for all of them, so that any two may change places.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extractors.metrics import narrowing, strangers, weighing
from extractors.metrics.candidates import Named
from extractors.metrics.evidence import View
from extractors.metrics.matchers import Matcher, MatcherIndex
from extractors.metrics.members import named_members
from extractors.metrics.slots import Slots
from extractors.metrics.stemming import Text
from extractors.once import once
from extractors.rules import Rule


@dataclass(frozen=True)
class Veto:
    """A metric is not stated. All vetoes are alike, whatever word failed ("" where no single one did)."""

    word: str = field(default="", compare=False)


@dataclass(frozen=True, eq=False)
class Statement:
    """One statistic, and the places where evidence about it stands."""

    slots: Slots
    view: View
    index: MatcherIndex

    @once
    def told(self) -> tuple[str, int]:
        """The clause and where its number stands; the sentence, of a clause that leans on it."""
        slots = self.slots
        if self.view.leans:
            return slots.sentence, slots.clause_at + slots.start
        return slots.clause, slots.start


@dataclass(frozen=True, eq=False)
class Candidate:
    """One wording that a statistic may be stated in: the counted noun found, and the weight of each group of words."""

    matcher: Matcher
    head: str
    statement: Statement
    weights: tuple[int, ...]
    rivals: Sequence[Named]
    """All wordings whose noun is counted."""

    @property
    def view(self) -> View:
        """The places where evidence stands."""
        return self.statement.view

    @property
    def is_count(self) -> bool:
        """Whether things were counted: no share, no change."""
        return self.statement.slots.kind == "count"

    @once
    def score(self) -> int:
        """What all that speaks for it weighs."""
        return sum(self.weights)

    @property
    def is_far(self) -> bool:
        """Whether some of what speaks for it stands outside the sentence."""
        return min(self.weights[1:], default=9) < 3

    @once
    def members(self) -> Mapping[str, str] | None:
        """The members of its dimensions that are named; None where they cannot be told."""
        return named_members(self.matcher, self.view)


_IN_ONE = re.compile(r"[^.;,]{0,40}\b(?:in|on) (?:one|a single|a|any) (?:day|night|week|weekend|month|hour)\b")
"""A peak: "300 calls in one day"."""


def _found(holds: object, word: str = "") -> Veto | None:
    return Veto(word) if holds else None


def _word(word: str | None) -> Veto | None:
    return None if word is None else Veto(word)


def _possible(s: Statement) -> Veto | None:
    return _word(strangers.possible_in(s.slots.clause, s.slots.start, s.slots.end))


def _class(s: Statement) -> Veto | None:
    return _found(strangers.is_limit_of_a_class(s.slots.clause, s.slots.start, s.slots.end))


def _peak(s: Statement) -> Veto | None:
    peak = _IN_ONE.match(s.slots.clause, s.slots.end)
    return _found(peak, peak[0].strip() if peak else "")


def _intended(s: Statement) -> Veto | None:
    return _word(strangers.intended_in(*s.told))


def _told_of_another(s: Statement) -> Veto | None:
    return None if s.view.ours else _word(strangers.another_in(s.slots.sentence, *s.told))


def _headed(c: Candidate) -> Veto | None:
    return _word(weighing.heading_apart(c.matcher, c.view)) if c.matcher.labelled else None


def _reversed(c: Candidate) -> Veto | None:
    return _word(weighing.base_of(c.matcher, c.view)) if not c.head and c.matcher.about else None


def _base(c: Candidate) -> Veto | None:
    """ "60% of the 29,000 cases": what is told of the 60% is not told of the cases."""
    if not (c.view.base and c.matcher.part):
        return None
    right = Text.of(c.view.near_right)
    return _word(next((terms.shown for terms in c.matcher.says if not terms.stand_in(right)), None))


def _another(c: Candidate) -> Veto | None:
    return _word(c.view.other_named(c.matcher))


def _forbidden(c: Candidate) -> Veto | None:
    return _word(weighing.forbidden_in(c.matcher, c.view))


def _forbidden_around(c: Candidate) -> Veto | None:
    return _word(weighing.forbidden_around(c.matcher, c.view))


def _forbidden_where_said(c: Candidate) -> Veto | None:
    """A clause that takes what is said from its sentence takes what rules it out there too."""
    from_sentence = c.view.leans and 3 in c.weights[1 : 1 + len(c.matcher.says)]
    return _word(c.matcher.forbid.found_in(c.view.said)) if from_sentence else None


def _done_by_another(c: Candidate) -> Veto | None:
    if not c.matcher.not_before:
        return None
    return _word(c.matcher.not_before.found_in(Text.of(weighing.actor(c.head, c.view.left))))


def _members(c: Candidate) -> Veto | None:
    return _found(c.members is None)


def _theirs(c: Candidate) -> Veto | None:
    return None if c.members or c.view.bare else _word(narrowing.others_did(c.view))


def _part(c: Candidate) -> Veto | None:
    counted = c.is_count and not c.matcher.part
    return _word(narrowing.part_of(c.matcher, bool(c.members), c.view)) if counted else None


def _complement(c: Candidate) -> Veto | None:
    return _word(narrowing.left_over(c.view))


def _numbered(c: Candidate) -> Veto | None:
    return _word(narrowing.number_in(c.view.labels.run, c.matcher)) if c.view.bare else None


def _in_so_many(c: Candidate) -> Veto | None:
    counted = c.is_count and not c.matcher.part
    return _word(narrowing.happened_in(c.view.near_left, c.matcher)) if counted else None


def _accounted_for(c: Candidate) -> Veto | None:
    return None if c.members else _word(narrowing.accounted_for(c.matcher, c.view))


def _unknown_word(c: Candidate) -> Veto | None:
    return _word(narrowing.unknown_word(c.matcher, c.head, c.statement.slots, c.view))


def _unknown_front(c: Candidate) -> Veto | None:
    return _word(narrowing.unknown_front(c.matcher, c.view))


def _more_special(c: Candidate) -> Veto | None:
    if not c.is_far:
        return None
    for other, head in c.rivals:
        if weighing.may_be_meant(other, c.matcher, c.view):
            unknown = narrowing.unknown_word(other, head, c.statement.slots, c.view)
            if unknown is None or not c.matcher.knows(unknown):
                return _word(other.name)  # what does not know the wording's own words is no more special than it
    return None


STATEMENT_VETOES: tuple[Rule[Statement, Veto], ...] = (
    Rule(
        "veto.possible",
        _possible,
        examples=("A new hotline could take [94,428] calls. -> None",),
        but_not=("Our hotline took [940] calls, and could take more. -> hotline_calls",),
    ),
    Rule(
        "veto.class",
        _class,
        examples=("Busy: up to [500] hotline calls -> None",),
        but_not=("Hotline calls: [500] -> hotline_calls",),
    ),
    Rule(
        "veto.peak",
        _peak,
        examples=("Our hotline took [300] calls in one day. -> None",),
        but_not=("Our hotline took [300] calls in one year. -> hotline_calls",),
    ),
    Rule(
        "veto.intended",
        _intended,
        examples=("The center wants [94,428] hotline calls. -> None",),
        but_not=("The center took [94,428] hotline calls. -> hotline_calls",),
    ),
    Rule(
        "veto.told_of_another",
        _told_of_another,
        examples=(
            "An insurer's hotline had [94,428] calls. -> None",
            "The hotline of a sister organization took [94,428] calls. -> None",
        ),
        but_not=("Our hotline had [94,428] calls. -> hotline_calls",),
    ),
)
"""Of prose; labels alone tell of a value in a table or a tile."""

CANDIDATE_VETOES: tuple[Rule[Candidate, Veto], ...] = (
    Rule(
        "veto.headed",
        _headed,
        examples=("# Runaways\n\nRecovery rate: [91%] -> None",),
        but_not=("# Our year\n\nRecovery rate: [91%] -> recovery_rate",),
    ),
    Rule(
        "veto.reversed",
        _reversed,
        examples=("Of the likely victims of sex trafficking, [19%] had gone missing from care. -> None",),
        but_not=(
            "Of the children missing from care, [19%] were likely victims of sex "
            "trafficking. -> missing_from_care_trafficking_share",
        ),
    ),
    Rule(
        "veto.base",
        _base,
        examples=("Children missing from care made up 60% of the [29,782] missing child cases. -> None",),
        but_not=("We took part in 60% of the [29,782] missing child cases. -> missing_child_cases",),
    ),
    Rule(
        "veto.another",
        _another,
        examples=("The FBI's hotline took [94,428] calls. -> None",),
        but_not=("Our hotline took [94,428] calls. -> hotline_calls",),
    ),
    Rule(
        "veto.forbidden",
        _forbidden,
        examples=("Our hotline took [94,428] prank calls. -> None",),
        but_not=("Our hotline took [94,428] phone calls. -> hotline_calls",),
    ),
    Rule(
        "veto.forbidden_around",
        _forbidden_around,
        examples=("Amber Alerts went out. We found [940] missing children. -> None",),
        but_not=("Our posters went out. We found [940] missing children. -> children_recovered",),
    ),
    Rule(
        "veto.forbidden_where_said",
        _forbidden_where_said,
        examples=(
            "The recovery rate for missing children from foster care was 92%, "
            "compared with [90%] a year earlier. -> None",
        ),
        but_not=(
            "The recovery rate for missing children was 92%, compared with [90%] a year earlier. -> recovery_rate",
        ),
    ),
    Rule(
        "veto.done_by_another",
        _done_by_another,
        examples=("Our hotline transferred [94,428] calls. -> None",),
        but_not=("Our hotline answered [94,428] calls. -> hotline_calls",),
    ),
    Rule(
        "veto.members",
        _members,
        examples=(
            "The CyberTipline received 31 million reports from the public and [900] from providers and police. -> None",
        ),
        but_not=(
            "The CyberTipline received 31 million reports from the public and "
            "[900] from providers. -> cybertipline_reports",
        ),
    ),
    Rule(
        "veto.theirs",
        _theirs,
        examples=("Our hotline took [900] calls that they made. -> None",),
        but_not=("Our hotline took [900] calls as they came. -> hotline_calls",),
    ),
    Rule(
        "veto.part",
        _part,
        examples=("Our hotline took [900] of the calls. -> None",),
        but_not=("Last year our hotline rang often. There were [900] of them, the calls. -> hotline_calls",),
    ),
    Rule(
        "veto.complement",
        _complement,
        examples=("All but [900] hotline calls were answered. -> None",),
        but_not=("All [900] hotline calls were answered. -> hotline_calls",),
    ),
    Rule(
        "veto.numbered",
        _numbered,
        examples=("Cases of missing children, 15 to 17: [2,118] -> None",),
        but_not=("Cases of missing children, 2022: [2,118] -> missing_child_cases",),
    ),
    Rule(
        "veto.in_so_many",
        _in_so_many,
        examples=("Hotline agents wept in [900] calls. -> None",),
        but_not=("Staff helped families in [900] hotline calls. -> hotline_calls",),
    ),
    Rule(
        "veto.accounted_for",
        _accounted_for,
        examples=("Our hotline took another [900] calls. -> None",),
        but_not=("Our hotline took some [900] calls. -> hotline_calls",),
    ),
    Rule(
        "veto.unknown_word",
        _unknown_word,
        examples=("Our hotline took [900] calls about scams. -> None",),
        but_not=("Our hotline took [900] calls from families. -> hotline_calls",),
    ),
    Rule(
        "veto.unknown_front",
        _unknown_front,
        examples=("In Texas our hotline took [900] calls. -> None",),
        but_not=("In 2022 our hotline took [900] calls. -> hotline_calls",),
    ),
    Rule(
        "veto.more_special",
        _more_special,
        examples=("The CyberTipline hears of online enticement. Reports rose by 82% to [80,524]. -> None",),
        but_not=("The CyberTipline hears of scams. Reports rose by 82% to [80,524]. -> cybertipline_reports",),
    ),
)
