"""Anaphora: times told by reference to what was said before, or explained by a clause.

"That year", "in that time", "when it …", "from its launch in 1998 to the end of 2012". Times that a number's own
segment names stand in `evidence`.
"""

import datetime as dt
import re
from dataclasses import replace

from extractors.clauses.claims import Quantity, Sentence
from extractors.periods.evidence import Evidence
from extractors.periods.times import Scope, Time

_THAT_YEAR = re.compile(r"\b(?:that|the same|that same) (?:calendar |fiscal )?year\b")
_THAT_TIME = re.compile(
    r"\W*(?:in|over|during|within|throughout) (?:that|this|the same) (?:time|period|span)\b"
    r"|\W*(?:in|over|during) (?:those|these) (?:years|decades)\b"
)
_THROUGH_THAT_YEAR = re.compile(r"\b(?:through|by the (?:end|close) of|until the end of) (?:that|the same) year\b")
_FROM_ITS_START = re.compile(
    r"\b(?:from|between) (?:its|their|our|the) (?:launch|founding|start|creation|inception|opening|beginning|"
    r"establishment)(?: in)? (?P<first>(?:19|20)\d\d) (?:to|and|through|until) "
    r"(?:the end of |december )?(?P<last>(?:19|20)\d\d)\b"
)
_THOSE_ARE = re.compile(
    r"\b(?:those|these|such|the same) [a-z-]+ (?:represent|contain|include|involve|cover|comprise|concern)(?:ed)?\b"
)
_WHEN_CLAUSE = re.compile(r",? when [^,;.]*\Z")


def points_at_time(sentence: Sentence) -> bool:
    """ "In that time, ..."."""
    return bool(_THAT_TIME.match(sentence.low, sentence.start))


def points_at_those(sentence: Sentence, claim: Quantity) -> bool:
    """ "Those reports contain 40 files": more of what was counted before."""
    return bool(_THOSE_ARE.search(sentence.low, claim.left, claim.mention.start))


def points_at_year(sentence: Sentence, claim: Quantity) -> bool:
    """ "... that year"."""
    return _says_year(sentence) and bool(_THAT_YEAR.search(sentence.low, claim.left, claim.right))


def reaches_that_year(sentence: Sentence, claim: Quantity) -> bool:
    """ "By the end of that year ..."."""
    through = _says_year(sentence) and _THROUGH_THAT_YEAR.search(sentence.low, sentence.start, claim.mention.start)
    return bool(through)


def _says_year(sentence: Sentence) -> bool:
    return sentence.low.find(" year", sentence.start, sentence.end) >= 0


def life_of(sentence: Sentence) -> list[Time]:
    """ "From its launch in 1998 to the end of 2012": its first and its last year; empty when nothing says so."""
    low, span = sentence.low, (sentence.start, sentence.end)
    if not sentence.times or (low.find("from ", *span) < 0 and low.find("between ", *span) < 0):
        return []
    match = _FROM_ITS_START.search(low, *span)
    if match is None:
        return []
    first, last = int(match["first"]), int(match["last"])
    start, end = dt.date(first, 1, 1), dt.date(last, 12, 31)
    return [
        Time(match.start("first"), match.end("first"), "since", "year", start, dt.date(first, 12, 31), first),
        Time(match.start("last"), match.end("last"), "period", "year", dt.date(last, 1, 1), end, last),
    ]


def moved_since(f: Evidence, since: Time) -> Scope:
    """A change since a year is that of the year spoken of, measured from it."""
    spoken = [t for t in f.sentence.times if t.role == "period" and t.end < since.start]
    held = next((d.scope.time for d in reversed(f.told) if d.scope.type == "year" and d.scope.time), None)
    time = spoken[-1] if spoken else held or f.sentence.carry.time
    base = replace(since, role="base")
    return Scope("year", "stated" if spoken else "context" if time else "edition", time, None, base)


def when_clause(sentence: Sentence, claim: Quantity) -> Time | None:
    """ "… as in 2017, when it received 10.2 million": the time that the clause explains."""
    when = sentence.low.rfind(" when ", sentence.start, claim.mention.claim_start) if sentence.times else -1
    match = (
        _WHEN_CLAUSE.search(sentence.low, max(sentence.start, when - 1), claim.mention.claim_start)
        if when >= 0
        else None
    )
    told = [t for t in sentence.times if match and t.end == match.start()]
    time = next((t for t in told if t.year or t.anchor == "frame"), None)
    return replace(time, role="period") if time and time.role == "base" else time
