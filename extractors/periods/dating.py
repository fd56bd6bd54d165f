"""When each statistic of a sentence holds: evidence, scope, stock or flow, and what its heading adds.

A number takes the time in its own segment; else what leads the sentence; else what closes its list; else its
neighbour's when both hang on one verb; else what its tense says: a perfect adds up to the edition, a present stands at
it, a past belongs to the year that the text was speaking of. That order is the table in `scope`; here it is asked for
every statistic in turn.
"""

import itertools
from collections.abc import Callable, Sequence
from typing import TypeVar

from extractors.clauses.claims import Claim, Quantity, Sentence, Statement, is_list_gap
from extractors.periods import scope as scopes
from extractors.periods.evidence import Dated, Evidence, in_brackets, is_aside
from extractors.periods.stock_or_flow import Known, stock_or_flow
from extractors.periods.times import UNDATED, Heading, Scope, Time, part_of, spans_a_life
from extractors.rules import first_of
from extractors.timex.atoms import day_of

T = TypeVar("T")


def date_statistics(sentence: Sentence, statistics: Sequence[Quantity], heading: Heading) -> list[Claim]:
    """Every statistic of the sentence with its scope, and the name of the rule that found it."""
    paired = _pair_lists(sentence, statistics)
    lead_end = statistics[0].mention.claim_start
    frame = [
        t for t in sentence.times
        if t.end <= lead_end and t.role not in ("base", "event", "from") and not is_aside(sentence, t)
    ]  # fmt: skip
    told: list[Dated] = []
    for i in range(len(statistics)):
        told.append(_dated(Evidence.of(sentence, statistics, told, frame, paired.get(i))))
    if any(q.compared for q in statistics):
        told = _measured_from(_from_to(sentence, told))
    return [_claim(sentence, dated, heading) for dated in told]


def topic(statement: Statement) -> Time | None:
    """The year the sentence speaks of: the latest of its own figures, not of what they are held against."""
    times = statement.sentence.times
    if statement.claims:
        earlier = {t.start for t in times if t.anchor == "frame"}
        own = [
            c.said for c in statement.claims
            if not c.compared and not (c.said.time and c.said.time.start in earlier)
            and not in_brackets(statement.sentence, c, c.said.time)
        ]  # fmt: skip
        said = [s for s in own if (s.type in ("year", "as_of") or _is_months(s)) and s.basis in ("stated", "context")]
        spoken = [s.time for s in said if s.time and s.time.role in ("period", "as_of")]
    else:
        spoken = [t for t in times if t.role == "period" and t.anchor not in ("edition", "frame")]
    years = [t for t in spoken if t.extent in ("year", "months")]
    return max(years, key=lambda t: (t.year or 0, t.offset), default=None)


def _is_months(scope: Scope) -> bool:
    return scope.time is not None and scope.time.extent == "months"


def under_heading(low: str, quantity: Quantity, scope: Scope, heading: Heading) -> Scope:
    """The scope with the heading's time, where the figure's own words give none."""
    if scope.basis != "edition" or scope.type == "unknown" or heading is UNDATED:
        return scope
    known = Known.by_heading(low, quantity, scope, heading)
    kind, time = stock_or_flow(known), known.time
    base = scope.base or (heading.base if quantity.is_moving else None)
    if time is None:
        return scope._replace(type=kind, base=base)
    if time.role == "since":
        return Scope(kind, "heading", None, time, base)
    if kind == "cumulative" and time.extent == "years" and time.role in ("period", "from") and spans_a_life(time):
        since = time._replace(role="since", year=time.first.year if time.first else None)
        return Scope(kind, "heading", time._replace(extent="year", first=None, last=None), since, base)
    return Scope(kind, "heading", time, None, base)


def _dated(f: Evidence) -> Dated:
    """The scope of a statistic by the tables, and what its fact says of the rule."""
    rules = scopes.STAGES.at(scopes.ALONE if f.is_alone else scopes.TOLD[0], scopes.SCOPE)
    scope, name = first_of(rules, f) or (Scope("year", "edition", None, None, f.base), "edition")
    time = scope.time
    if time is not None and time.anchor == "frame":
        scope = scope._replace(time=_anchored(f.sentence, time))
    elif time is not None and time.anchor == "edition" and time.extent == "part" and time.number:
        basis = "derived" if scope.basis == "stated" else scope.basis
        scope = scope._replace(time=_of_its_year(f.sentence, time), basis=basis)
    kind = stock_or_flow(Known.by_words(f, scope))
    quantity = f.claim._replace(aggregation=f.habit) if name == scopes.HABIT else f.claim
    return Dated(quantity, scope if kind == scope.type else scope._replace(type=kind), name.partition(".")[0])


def _from_to(sentence: Sentence, told: Sequence[Dated]) -> list[Dated]:
    """ "From 400 to 900": the one end is of the other's type."""
    found = []
    for here, there in itertools.zip_longest(told, told[1:]):
        if there and here.quantity.compared and sentence.between(here.quantity, there.quantity).endswith(" to "):
            known = Known("moved_to", sentence.low, here.quantity, here.scope, here.scope.type, moved_to=there.scope)
            here = here._replace(scope=here.scope._replace(type=stock_or_flow(known)))
        found.append(here)
    return found


def _measured_from(told: Sequence[Dated]) -> list[Dated]:
    """A change that names no base is measured from the figure it is held against."""
    held = [
        d.scope.time for d in told
        if d.quantity.compared and d.scope.time and not d.quantity.is_moving
    ]  # fmt: skip
    return [
        _after(d, held[0])
        if held and d.quantity.is_moving and d.scope.base is None else d
        for d in told
    ]  # fmt: skip


def _after(dated: Dated, base: Time) -> Dated:
    """A change with its base; the year told of before, where that is the base, is not its own."""
    scope = dated.scope
    ends = scope.time.year if scope.time is not None and scope.basis == "context" else None
    if ends is not None and base.year is not None and ends <= base.year:
        return dated._replace(scope=Scope("year", "edition", None, None, base), rule="edition")
    return dated._replace(scope=scope._replace(base=base))


def _claim(sentence: Sentence, dated: Dated, heading: Heading) -> Claim:
    scope = under_heading(sentence.low, dated.quantity, dated.scope, heading)
    return Claim(*dated.quantity, dated.scope, scope, dated.rule)


def _pair_lists(sentence: Sentence, statistics: Sequence[Quantity]) -> dict[int, Time]:
    """As many listed years as listed numbers pair up in order, by place: "40 and 55 in 2018 and 2019".

    Three and more may also be steps: "from 820 to 610 to 455 (2020, 2021, 2022)".
    """
    low = sentence.low
    absolute = [t for t in sentence.times if t.role == "period" and not t.anchor]
    if len(absolute) < 2 or len(statistics) < 2:
        return {}
    dated = _runs(absolute, lambda a, b: is_list_gap(low[a.end : b.start]))
    listed = _runs(
        range(len(statistics)),
        lambda a, b: (
            sentence.listed(statistics[a], statistics[b])
            or (len(absolute) > 2 and sentence.between(statistics[a], statistics[b]) == " to ")
        ),
    )
    return {
        place: time
        for times, places in zip(dated, listed, strict=False)
        if len(times) == len(places)
        for place, time in zip(places, times, strict=True)
    }


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


def _of_its_year(sentence: Sentence, time: Time) -> Time:
    """ "In 2021 we took 800 calls; in the second half …": of the year that was just spoken of, if one was."""
    if " this " in sentence.low[time.start : time.end]:
        return time
    stretch = sentence.carry.stretch
    spoken = [t for t in sentence.times if t.role in ("period", "as_of") and t.end <= time.start]
    held = (*reversed(spoken), sentence.carry.time, stretch.time if stretch else None)
    reference = next((t for t in held if t is not None and t.year and not t.anchor and t.extent != "years"), None)
    if reference is None or reference.year is None:
        return time
    whole = reference.first is not None
    first, last = part_of(time, reference.year) if whole else (None, None)
    return time._replace(first=first, last=last, year=reference.year, anchor="")


def _anchored(sentence: Sentence, time: Time) -> Time:
    """ "The year before" counted from the year that the sentence, or else the one before it, was speaking of."""
    plain = [t for t in sentence.times if t.role in ("period", "as_of") and t.anchor != "frame" and t.extent != "span"]
    earlier = [t for t in plain if t.end <= time.start] or plain
    reference = earlier[-1] if earlier else sentence.carry.time
    if reference is None:
        return time._replace(anchor="edition", offset=min(0, time.offset))
    year = reference.year + time.offset if reference.year else None
    whole = year is not None and reference.first is not None and (reference.first.month, reference.first.day) == (1, 1)
    first, last = (day_of(year, 1, 1), day_of(year, 12, 31)) if year and whole else (None, None)
    return time._replace(
        first=first, last=last, year=year, anchor=reference.anchor, offset=reference.offset + time.offset
    )
