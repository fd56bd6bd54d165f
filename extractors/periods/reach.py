"""Which time expression of a sentence reaches which of its numbers, and which numbers share one.

Questions only, each about the sentence as it stands; which answer decides is the business of the table in `scope`.
"""

import itertools
import re

from extractors.clauses.claims import MOVING, Claim, Sentence
from extractors.periods.times import Scope, Time

LONGEST_LIST = 24
"""So many numbers a list may hold that share the time at its end."""

_TOTAL_OF = re.compile(
    r"'s (?:just |only )?|(?:'s)? (?:totals?|figures?|levels?|number|count|high|low|record|peak|average|"
    r"baseline) (?:of|was) (?:just |"
    r"only )?"
)
_LIST_GOES_ON = re.compile(r"(?:,|\band|\bor|&|,\sand)\s?(?:\w+\s){0,4}$")
_ARRIVES = re.compile(r",? to (?:\w+ ){0,2}")
"""What a change from a year arrives at is not that year's: "up 28% from 2019, to 21.7 million"."""


def own_time(sentence: Sentence, statistics: list[Claim], claim: Claim) -> Time | None:
    """The time in a number's own segment: the first behind it, else the last in front."""
    moving = claim.kind in MOVING
    allowed = {"period", "since", "as_of", "to_date", "now"} | (set() if moving else {"from"})
    if claim.compared:
        allowed |= {"base", "from"}
    here = [
        t for t in sentence.times
        if claim.left <= t.start < claim.right and (t.role in allowed or (not moving and _names(sentence, t, claim)))
    ]  # fmt: skip
    here = [
        t for t in here if not (t.role == "from" and _ARRIVES.fullmatch(sentence.low, t.end, claim.mention.claim_start))
    ]
    if sentence.tense(claim, own_only=True) == "past":
        here = [t for t in here if t.role != "now" or t.start < claim.mention.start]
    if not here:
        return None
    end = claim.mention.end
    others = [c.mention.start for c in statistics if c is not claim and claim.left <= c.mention.start < claim.right]
    after = [t for t in here if t.start >= end and not (moving and any(end <= o < t.start for o in others))]
    before = [t for t in here if t.end <= claim.mention.claim_start]
    if after and before:
        beyond_another = any(end <= o < after[0].start for o in others)
        if (beyond_another and after[0].role != "since") or (after[0].role == "to_date" and before[-1].role == "since"):
            return before[-1]
    after = [t for t in after if t.role != "now"] or after
    return after[0] if after else (before[-1] if before else None)


def _names(sentence: Sentence, time: Time, claim: Claim) -> bool:
    """ "The 2018 total of 334": the year belongs to the number though another is measured from it."""
    return time.role == "base" and bool(_TOTAL_OF.fullmatch(sentence.low[time.end : claim.mention.claim_start]))


def base_of(sentence: Sentence, claim: Claim) -> Time | None:
    """What a change is measured from: the nearest such time behind the number in its segment, else the nearest."""
    bases = [t for t in sentence.times if t.role in ("base", "from")]
    behind = [t for t in bases if claim.mention.end <= t.start <= claim.right]
    return behind[0] if behind else min(bases, key=lambda t: abs(t.start - claim.mention.end), default=None)


def trailing(sentence: Sentence, statistics: list[Claim], comparing: bool = False) -> Time | None:
    """The time at the end of a list of numbers that the first of `statistics` belongs to."""
    for earlier, later in itertools.pairwise(statistics):
        between = sentence.low[earlier.mention.end : later.mention.claim_start]
        if (later.compared and not comparing) or ";" in between or not _LIST_GOES_ON.search(between):
            return None
        if any(c.kind == "perfect" and earlier.mention.end <= c.start < later.mention.start for c in sentence.cues):
            return None
        for time in sentence.times:
            if later.mention.end <= time.start < later.right and time.role in ("period", "as_of"):
                held = any(c.compared and later.mention.end <= c.mention.start < time.start for c in statistics)
                return None if held and not comparing else time
    return None


def is_of_those(sentence: Sentence, claim: Claim) -> bool:
    """Whether it is a part of what was counted before: "of those, 2,260 …", "… 88% of them women"."""
    start, end = claim.mention.claim_start, claim.mention.claim_end
    for cue in sentence.cues:
        if cue.kind == "of_those":
            if claim.left <= cue.start < start:
                return True
            if cue.start == end + 1 and not sentence.low.startswith(("of wh", "out of wh"), cue.start):
                return True
    return False


def starts_anew(sentence: Sentence, claim: Claim) -> bool:
    """A segment with a verb of its own in another tense than the frame's: "…, and now employs 40"."""
    if claim.kind != "count" or claim.left == sentence.start or sentence.tense(claim, own_only=True) != "state":
        return False
    return any(c.kind == "past" for c in sentence.cues)


def is_aside(sentence: Sentence, time: Time) -> bool:
    """ "Six years after it had logged 4 million, …": the time of that figure only."""
    return sentence.low.endswith(" had", 0, time.end)


def has_same_predicate(sentence: Sentence, claim: Claim, previous: Scope) -> bool:
    """Whether a number hangs on the same verb as the one before it, whose scope is given."""
    own = sentence.tense(claim, own_only=True)
    if own == "past" and claim.left > sentence.start and previous.type == "as_of" and previous.time is None:
        return False
    if previous.time is not None and is_aside(sentence, previous.time):
        return False
    if previous.since is not None:
        return own in (None, "perfect")
    if own == "perfect" and previous.time is None:
        return previous.type == "cumulative"
    return own != "state" or claim.kind not in ("count", "measure")
