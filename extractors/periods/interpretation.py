"""What the words around a number make of the time that reaches it: a year, a moment, a stretch, or a total."""

import re

from extractors.periods.evidence import AMOUNTS, Evidence
from extractors.periods.stocks import goes_on, is_for_the_year, on_that_day, reached_total, retells_a_year
from extractors.periods.times import Scope, Time, spans_a_life

_HAD_DONE = re.compile(
    r"\bhad (?:\w+ly )?(?:been |\w+ed\b|(?:given|built|brought|taken|made|found|led|seen|sent|won|met)\b)"
)
_RUNNING_TOTAL = re.compile(r"\b(?:running|cumulative|grand|all-time|overall) (?:total|tally|count)\b[^;.]*$")
_PASSED = re.compile(r"\b(?:passed|reached|topped|exceeded|crossed|hit|(?:climbed|grew|rose) (?:to|past)) $")


def at(f: Evidence, time: Time) -> Scope:
    """The scope of a figure that a time reaches."""
    sentence, claim, base = f.sentence, f.claim, f.base
    if claim.mention.form == "ordinal":
        return Scope("cumulative", "stated", time if time.role in ("period", "as_of") else None)
    match time.role:
        case "since":
            standing = next((t for t in sentence.times if t.role == "as_of"), None)
            return Scope("cumulative", "stated", standing, time, base)
        case "to_date":
            since = next((t for t in sentence.times if t.role == "since"), None)
            if since is None and sentence.carry.scope and sentence.low.startswith("since then", time.start):
                since = sentence.carry.scope.since
            return Scope("cumulative", "stated", time, since, base)
        case "now":
            held = sentence.carry.scope
            moment = held.time if held and held.type == "as_of" and held.time else time
            adds_up = f.tense == "perfect" and claim.kind not in ("percent", "ratio")
            return Scope("cumulative" if adds_up else "as_of", "stated", moment, None, base)
        case "as_of":
            if claim.kind in ("percent", "ratio") and time.anchor:
                return Scope("year", "stated", time, None, base)
            if claim.kind == "change_percent":
                return Scope("year", "stated", time._replace(first=None, last=None, extent="year"), None, base)
            if is_for_the_year(sentence, claim, max(claim.left, claim.mention.start - 40)):
                return Scope("year", "stated", time._replace(first=None, last=None, extent="year"), None, base)
            if sentence.low.startswith("on ", time.start) and not goes_on(sentence, claim):
                return Scope("range", "stated", time, None, base)  # "on 31 December we opened three": the day brought
            flows = f.tense == "perfect" or bool(_HAD_DONE.search(sentence.low, claim.left, claim.right))
            flows = flows or (f.tense == "past" and _adds_to_a_total(f, time))
            return Scope("cumulative" if flows else "as_of", "stated", time, None, base)
    if claim.aggregation == "each_year" and time.anchor:
        return Scope("unknown", "stated")
    match time.extent:
        case "span":
            adds_up = f.tense == "perfect" and time.unit == "decade"
            return Scope("cumulative" if adds_up else "range", "derived", time, None, base)
        case "years":
            return _over_years(f, time)
        case "part" if _reaches_a_total(f):
            since = next((t for t in sentence.times if t.role == "since"), None)
            return Scope("cumulative", "stated", time, since, base)
        case "part":
            return Scope("as_of" if on_that_day(sentence, claim, time) else "range", "stated", time, None, base)
    stood = claim.kind not in ("percent", "ratio") and reached_total(sentence, claim) and not retells_a_year(f)
    return Scope("as_of" if stood else "range" if time.extent == "months" else "year", "stated", time, None, base)


def _reaches_a_total(f: Evidence) -> bool:
    """ "The running total passed 7,000 in May 2019", "those trained since 1984 passed 7,000 in May 2019"."""
    begun = any(t.role == "since" and f.claim.left <= t.start < f.claim.mention.start for t in f.sentence.times)
    return bool(_RUNNING_TOTAL.search(f.ahead) or (begun and _PASSED.search(f.ahead)))


def _adds_to_a_total(f: Evidence, time: Time) -> bool:
    """ "To the end of 2024 we have logged 40 floods, which 310 families lived through": of what was logged so far."""
    before = f.previous.scope if f.previous else None
    return f.claim.kind in AMOUNTS and before is not None and before.type == "cumulative" and before.time == time


def _over_years(f: Evidence, time: Time) -> Scope:
    """Several years: what moved between them has the first as its base; "from 880 to 4,400" stand at either end."""
    first = time._replace(extent="year", year=time.first_year or time.year, first=None, last=None)
    last = time._replace(extent="year", first=None, last=None)
    if f.is_moving:
        return Scope("year", "stated", last, None, f.base or first)
    if any(c.compared for c in f.statistics):
        return Scope("year", "stated", first if f.claim.compared else last)
    if spans_a_life(time) and f.claim.kind in AMOUNTS:
        return Scope("cumulative", "stated", last, first._replace(first=time.first), f.base)
    return Scope("range", "stated", time, None, f.base)
