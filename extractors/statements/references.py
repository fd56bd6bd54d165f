"""Times told by reference: "that year", "in that time", "when it …", "from its launch in 1998 to the end of 2012".

Each asks what was said before, or what a clause explains. Times that a number's own segment names stand in `dating`.
"""

import datetime as dt
import re
from dataclasses import replace

from extractors.lexicon import STOCK_NOUNS
from extractors.statements.claims import Claim, Sentence
from extractors.statements.periods import Draft, Time

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


def by_reference(sentence: Sentence, claim: Claim, own: Time | None, base: Time | None) -> tuple[Draft, str] | None:
    """The draft of a statistic whose time is told by what was said before, and the rule; `own`: its segment's time."""
    low, held, year = sentence.low, sentence.carry.draft, sentence.carry.time
    if held and (held.time or held.since) and _THAT_TIME.match(low, sentence.start) and (own is None or own.anchor):
        return replace(held, basis="context", base=base), "that_time"
    if (
        held
        and held.type in ("year", "range")
        and own is None
        and _THOSE_ARE.search(low, claim.left, claim.mention.start)
    ):
        return replace(held, basis="context" if held.basis == "stated" else held.basis, base=base), "of_those"
    pointing = low.find(" year", sentence.start, sentence.end) >= 0
    through = pointing and _THROUGH_THAT_YEAR.search(low, sentence.start, claim.mention.start)
    if through and claim.kind == "count":
        return Draft("cumulative", "context" if year else "edition", year), "that_year"
    life = _life(sentence) if claim.aggregation is None and claim.kind in ("count", "measure", "money") else []
    standing = claim.noun is not None and claim.noun.head in STOCK_NOUNS
    if life and not standing and (own is None or life[0].start <= own.start <= life[-1].end):
        return Draft("cumulative", "stated", life[-1], life[0], base), "since_the_start"
    if pointing and (own is None or own.end <= claim.left) and _THAT_YEAR.search(low, claim.left, claim.right):
        return Draft("year", "context" if year else "edition", year, None, base), "that_year"
    return None


def _life(sentence: Sentence) -> list[Time]:
    """ "From its launch in 1998 to the end of 2012": its first and its last year; empty when nothing says so."""
    match = _FROM_ITS_START.search(sentence.low, sentence.start, sentence.end) if sentence.times else None
    if match is None:
        return []
    first, last = int(match["first"]), int(match["last"])
    start, end = dt.date(first, 1, 1), dt.date(last, 12, 31)
    return [
        Time(match.start("first"), match.end("first"), "since", "year", start, dt.date(first, 12, 31), first),
        Time(match.start("last"), match.end("last"), "period", "year", dt.date(last, 1, 1), end, last),
    ]


def moved_since(sentence: Sentence, earlier: list[Claim], since: Time) -> Draft:
    """A change since a year is that of the year spoken of, measured from it."""
    spoken = [t for t in sentence.times if t.role == "period" and t.end < since.start]
    held = next((c.draft.time for c in reversed(earlier) if c.draft and c.draft.type == "year" and c.draft.time), None)
    time = spoken[-1] if spoken else held or sentence.carry.time
    base = replace(since, role="base")
    return Draft("year", "stated" if spoken else "context" if time else "edition", time, None, base)


def when_clause(sentence: Sentence, claim: Claim) -> Time | None:
    """ "… as in 2017, when it received 10.2 million": the time that the clause explains."""
    match = _WHEN_CLAUSE.search(sentence.low, sentence.start, claim.mention.claim_start) if sentence.times else None
    told = [t for t in sentence.times if match and t.end == match.start()]
    time = next((t for t in told if t.year or t.anchor == "frame"), None)
    return replace(time, role="period") if time and time.role == "base" else time
