"""When each statistic of a sentence holds.

A number takes the time in its own segment; else what leads the sentence; else what closes its list; else its
neighbour's when both hang on one verb; else what its tense says: a perfect adds up to the edition, a present stands at
it, a past belongs to the year that the text was speaking of. That order is the table in `scope`; here it is asked for
every statistic, and what listed numbers, stocks and anchors make of the answers follows.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from extractors.clauses.claims import MOVING, Sentence, is_list_gap
from extractors.periods.figure import Figure
from extractors.periods.interpretation import from_time
from extractors.periods.reach import is_aside
from extractors.periods.scope import HABIT, SCOPE
from extractors.periods.stocks import listed, settled
from extractors.periods.times import Scope, Time
from extractors.rules import first_of
from extractors.timex.forms import day_of

T = TypeVar("T")


def date_statistics(sentence: Sentence) -> None:
    """Give every statistic of the sentence its scope of a period, and the name of the rule that found it."""
    _pair_lists(sentence)
    statistics = sentence.statistics
    lead_end = statistics[0].mention.claim_start
    frame = [
        t for t in sentence.times
        if t.end <= lead_end and t.role not in ("base", "event", "from") and not is_aside(sentence, t)
    ]  # fmt: skip
    for i, claim in enumerate(statistics):
        if claim.scope is None:
            claim.scope, claim.rule = _scope(Figure(sentence, statistics, i, frame))
        aimed = "target" in claim.flags and claim.mention.form != "ordinal"
        if aimed and claim.scope.type in ("as_of", "cumulative"):  # to be reached by then
            claim.scope = replace(claim.scope, type="year")
        time = claim.scope.time
        if time is not None and time.anchor == "frame":
            claim.scope = replace(claim.scope, time=_anchored(sentence, time))
        claim.scope = settled(sentence, claim, claim.scope)
    for earlier, later in itertools.pairwise(statistics):
        if earlier.compared and earlier.scope and later.scope and sentence.between(earlier, later).endswith(" to "):
            earlier.scope = replace(earlier.scope, type=later.scope.type)
        later.scope = listed(sentence, earlier, later)
    held = [c.scope.time for c in statistics if c.compared and c.scope and c.scope.time and c.kind not in MOVING]
    for claim in statistics:
        if held and claim.scope and claim.kind in MOVING and claim.scope.base is None:
            claim.scope = replace(claim.scope, base=held[0])


def topic(sentence: Sentence) -> Time | None:
    """The year the sentence speaks of: the latest of its own figures, not of what they are held against."""
    if sentence.statistics:
        earlier = {t.start for t in sentence.times if t.anchor == "frame"}
        own = [
            c.scope for c in sentence.statistics
            if c.scope and not c.compared and not (c.scope.time and c.scope.time.start in earlier)
        ]  # fmt: skip
        said = [d for d in own if d.type in ("year", "as_of") and d.basis in ("stated", "context")]
        spoken = [d.time for d in said if d.time and d.time.role in ("period", "as_of")]
    else:
        spoken = [t for t in sentence.times if t.role == "period" and t.anchor not in ("edition", "frame")]
    years = [t for t in spoken if t.extent == "year"]
    return max(years, key=lambda t: (t.year or 0, t.offset), default=None)


def _scope(figure: Figure) -> tuple[Scope, str]:
    """The scope of a statistic by the table, and what its fact says of the rule."""
    scope, name = first_of(SCOPE, figure) or (Scope("year", "edition", None, None, figure.base), "edition")
    if name == HABIT:
        figure.claim.aggregation = figure.habit
    return scope, name.partition(".")[0]


def _pair_lists(sentence: Sentence) -> None:
    """ "40 and 55 in 2018 and 2019": as many listed years as listed numbers pair up in order."""
    low = sentence.low
    absolute = [t for t in sentence.times if t.role == "period" and not t.anchor]
    dated = _runs(absolute, lambda a, b: is_list_gap(low[a.end : b.start]))
    listed = _runs(sentence.statistics, sentence.listed)
    for times, claims in zip(dated, listed, strict=False):
        if len(times) == len(claims):
            for claim, time in zip(claims, times, strict=True):
                claim.scope, claim.rule = from_time(sentence, claim, time), "paired_lists"


def _runs(items: Sequence[T], joined: Callable[[T, T], bool]) -> list[list[T]]:
    """The stretches of two and more neighbours that are joined."""
    runs: list[list[T]] = []
    for a, b in itertools.pairwise(items):
        if joined(a, b):
            if runs and runs[-1][-1] is a:
                runs[-1].append(b)
            else:
                runs.append([a, b])
    return runs


def _anchored(sentence: Sentence, time: Time) -> Time:
    """ "The year before" counted from the year that the sentence, or else the one before it, was speaking of."""
    plain = [t for t in sentence.times if t.role in ("period", "as_of") and t.anchor != "frame" and t.extent != "span"]
    earlier = [t for t in plain if t.end <= time.start] or plain
    reference = earlier[-1] if earlier else sentence.carry.time
    if reference is None:
        return replace(time, anchor="edition", offset=min(0, time.offset))
    year = reference.year + time.offset if reference.year else None
    whole = year is not None and reference.first is not None and (reference.first.month, reference.first.day) == (1, 1)
    first, last = (day_of(year, 1, 1), day_of(year, 12, 31)) if year and whole else (None, None)
    return replace(
        time, first=first, last=last, year=year, anchor=reference.anchor, offset=reference.offset + time.offset
    )
