"""When each statistic of a sentence holds.

A number takes the time in its own segment; else what leads the sentence; else what closes its list; else its
neighbour's when both hang on one verb; else what its tense says: a perfect adds up to the edition, a present stands at
it, a past belongs to the year that the text was speaking of.
"""

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from extractors.dates.forms import day_of
from extractors.lexicon import HEADCOUNT
from extractors.statements.claims import MOVING, Claim, Sentence, is_list_gap
from extractors.statements.periods import Draft, Time, spans_a_life
from extractors.statements.references import by_reference, moved_since, when_clause
from extractors.statements.stocks import (
    BEING,
    FOR_THE_YEAR,
    STANDING_NOUNS,
    is_apposed,
    listed,
    on_that_day,
    reached_total,
    settled,
)

T = TypeVar("T")

_LONGEST_LIST = 24
"""So many numbers a list may hold that share the time at its end."""

_TOTAL_OF = re.compile(
    r"'s (?:just |only )?|(?:'s)? (?:totals?|figures?|levels?|number|count|high|low|record|peak|average|"
    r"baseline) (?:of|was) (?:just |"
    r"only )?"
)
_OWNED = re.compile(r"\b(?:our|its|their|all)\s(?:more than |over |nearly |some |about )?$")
_LIST_GOES_ON = re.compile(r"(?:,|\band|\bor|&|,\sand)\s?(?:\w+\s){0,4}$")
_HAD_DONE = re.compile(
    r"\bhad (?:\w+ly )?(?:been |\w+ed\b|(?:given|built|brought|taken|made|found|led|seen|sent|won|met)\b)"
)
_SOME_OTHER_TIME = re.compile(
    r"[^;:.]{0,60}?\s(?:when|at|after|before|without|under|for|a (?:month|week|quarter|day)|(?:in|on) the|expected|"
    r"planned|budgeted|needed|elsewhere|nationally|nationwide|worldwide)\b"
)
_THAT_IS = re.compile(
    r"(?:that|this|it|which) (?:is|was|means|meant|makes|made|works out|worked out|comes to|came to|amounts to|"
    r"amounted to|equals|equalled)\b"
)
"""What a sentence opens with that puts the figure before it another way: "That is 59,400 every day"."""
_BARE_TOTAL = re.compile(r"\b(?:the|that|this) (?:\w+ )?(?:total|figure|sum|tally) (?:is|are) $")
_ARRIVES = re.compile(r",? to (?:\w+ ){0,2}")
"""What a change from a year arrives at is not that year's: "up 28% from 2019, to 21.7 million"."""
_EVERY = re.compile(r"\b(?:every|each)\s(?:single\s)?(?P<unit>day|week|month|night)\b")


def date_statistics(sentence: Sentence) -> None:
    """Give every statistic of the sentence its draft of a period, and the name of the rule that found it."""
    _pair_lists(sentence)
    statistics = sentence.statistics
    lead_end = statistics[0].mention.claim_start
    frame = [
        t for t in sentence.times
        if t.end <= lead_end and t.role not in ("base", "event", "from") and not _is_aside(sentence, t)
    ]  # fmt: skip
    for i, claim in enumerate(statistics):
        if claim.draft is None:
            claim.draft, claim.rule = _draft(sentence, statistics, i, frame)
        aimed = "target" in claim.flags and claim.mention.form != "ordinal"
        if aimed and claim.draft.type in ("as_of", "cumulative"):  # to be reached by then
            claim.draft = replace(claim.draft, type="year")
        time = claim.draft.time
        if time is not None and time.anchor == "frame":
            claim.draft = replace(claim.draft, time=_anchored(sentence, time))
        claim.draft = settled(sentence, claim, claim.draft)
    for earlier, later in itertools.pairwise(statistics):
        if earlier.compared and earlier.draft and later.draft and sentence.between(earlier, later).endswith(" to "):
            earlier.draft = replace(earlier.draft, type=later.draft.type)
        later.draft = listed(sentence, earlier, later)
    held = [c.draft.time for c in statistics if c.compared and c.draft and c.draft.time and c.kind not in MOVING]
    for claim in statistics:
        if held and claim.draft and claim.kind in MOVING and claim.draft.base is None:
            claim.draft = replace(claim.draft, base=held[0])


def topic(sentence: Sentence) -> Time | None:
    """The year the sentence speaks of: the latest of its own figures, not of what they are held against."""
    if sentence.statistics:
        earlier = {t.start for t in sentence.times if t.anchor == "frame"}
        own = [
            c.draft for c in sentence.statistics
            if c.draft and not c.compared and not (c.draft.time and c.draft.time.start in earlier)
        ]  # fmt: skip
        said = [d for d in own if d.type in ("year", "as_of") and d.basis in ("stated", "context")]
        spoken = [d.time for d in said if d.time and d.time.role in ("period", "as_of")]
    else:
        spoken = [t for t in sentence.times if t.role == "period" and t.anchor not in ("edition", "frame")]
    years = [t for t in spoken if t.extent == "year"]
    return max(years, key=lambda t: (t.year or 0, t.offset), default=None)


def _draft(sentence: Sentence, statistics: list[Claim], i: int, frame: list[Time]) -> tuple[Draft, str]:
    claim = statistics[i]
    previous = statistics[i - 1] if i else None
    base = _base(sentence, claim) if claim.kind in MOVING else None
    own = _own_time(sentence, statistics, claim)
    if claim.mention.form == "ordinal" and own is None:
        return Draft("cumulative", "edition"), "ordinal_total"
    if claim.compared and claim.kind not in MOVING:
        return _compared(sentence, statistics, i, own)
    referred = by_reference(sentence, claim, own, base)
    if referred:
        return referred
    if own:
        if own.role == "as_of" and claim.kind in ("percent", "ratio") and frame and frame[-1].role == "period":
            own = frame[-1]  # "of those of 2018, 93% had been found by March 2019"
        if own.role == "since" and claim.kind in MOVING:
            return moved_since(sentence, statistics[:i], own), "moved_since"
        if claim.noun and claim.noun.head in HEADCOUNT and _OWNED.search(sentence.ahead_of(claim, 20)):
            return Draft("as_of", "stated", own, None, base), "owned"
        return _from_time(sentence, claim, own, base), "own_time"
    when = when_clause(sentence, claim)
    if when:
        return _from_time(sentence, claim, when, base), "when_clause"
    if claim.kind == "count" and (_OWNED.search(sentence.ahead_of(claim, 20)) or is_apposed(sentence, claim)):
        return Draft("as_of", "edition"), "owned"
    reaching = [t for t in frame if ";" not in sentence.low[t.end : claim.mention.start]]
    if reaching and not _starts_anew(sentence, claim):
        return _from_time(sentence, claim, reaching[-1], base), "sentence_frame"
    if claim.aggregation == "each_year":
        return Draft("unknown", "stated"), "habitual"
    spanning = [t for t in sentence.times if t.extent == "years"]
    if spanning and any(c.compared for c in statistics):
        return _from_time(sentence, claim, spanning[0], base), "end_of_span"
    of_those = _of_those(sentence, claim)
    trailing = None if previous and of_those else _trailing(sentence, statistics[i : i + _LONGEST_LIST])
    if trailing:
        return _from_time(sentence, claim, trailing, base), "trailing_time"
    if previous and previous.draft and not previous.compared and (of_those or previous.rule != "owned"):
        if of_those or _same_predicate(sentence, claim, previous.draft):
            return replace(previous.draft, base=base), "neighbour"
    elif previous is None and of_those and sentence.carry.draft:
        held = sentence.carry.draft
        return replace(held, basis="context" if held.basis == "stated" else held.basis, base=base), "of_those"
    return _undated(sentence, claim, base)


# --- which time ---


def _pair_lists(sentence: Sentence) -> None:
    """ "40 and 55 in 2018 and 2019": as many listed years as listed numbers pair up in order."""
    low = sentence.low
    absolute = [t for t in sentence.times if t.role == "period" and not t.anchor]
    dated = _runs(absolute, lambda a, b: is_list_gap(low[a.end : b.start]))
    listed = _runs(sentence.statistics, sentence.listed)
    for times, claims in zip(dated, listed, strict=False):
        if len(times) == len(claims):
            for claim, time in zip(claims, times, strict=True):
                claim.draft, claim.rule = _from_time(sentence, claim, time), "paired_lists"


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


def _own_time(sentence: Sentence, statistics: list[Claim], claim: Claim) -> Time | None:
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


def _base(sentence: Sentence, claim: Claim) -> Time | None:
    """What a change is measured from: the nearest such time behind the number in its segment, else the nearest."""
    bases = [t for t in sentence.times if t.role in ("base", "from")]
    behind = [t for t in bases if claim.mention.end <= t.start <= claim.right]
    return behind[0] if behind else min(bases, key=lambda t: abs(t.start - claim.mention.end), default=None)


def _compared(sentence: Sentence, statistics: list[Claim], i: int, own: Time | None) -> tuple[Draft, str]:
    claim = statistics[i]
    own = own or _trailing(sentence, statistics[i : i + _LONGEST_LIST], comparing=True)
    own = own or next((t for t in sentence.times if t.extent == "years"), None)
    held = next((c.draft for c in statistics[:i] if c.draft and not c.compared), None)
    if own is None or own.role in ("now", "to_date"):
        return _compared_undated(sentence, claim, held)
    draft = _from_time(sentence, claim, own)
    if held is not None and held.type == "as_of" and draft.type == "year":
        draft = replace(draft, type="as_of")
    return draft, "compared"


def _compared_undated(sentence: Sentence, claim: Claim, held: Draft | None) -> tuple[Draft, str]:
    """ "Up from 2.3 million": against a year's figure, or a stock, the year before; "when we began" is any time."""
    yearly = held is None or held.type in ("year", "as_of")
    if (
        not yearly
        or claim.kind == "money"
        or _SOME_OTHER_TIME.match(sentence.low, claim.mention.claim_end, claim.right)
    ):
        return Draft("unknown", held.basis if held else "edition"), "compared_undated"
    before = Time(claim.mention.end, claim.mention.end, "period", anchor="frame", offset=-1)
    return Draft(held.type if held else "year", "derived", before), "year_before"


def _trailing(sentence: Sentence, statistics: list[Claim], comparing: bool = False) -> Time | None:
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


# --- what the words around it make of the time ---


def _from_time(sentence: Sentence, claim: Claim, time: Time, base: Time | None = None) -> Draft:
    perfect = sentence.tense(claim) == "perfect"
    if claim.mention.form == "ordinal":
        return Draft("cumulative", "stated", time if time.role in ("period", "as_of") else None)
    match time.role:
        case "since":
            standing = next((t for t in sentence.times if t.role == "as_of"), None)
            return Draft("cumulative", "stated", standing, time, base)
        case "to_date":
            since = next((t for t in sentence.times if t.role == "since"), None)
            return Draft("cumulative", "stated", time, since, base)
        case "now":
            held = sentence.carry.draft
            moment = held.time if held and held.type == "as_of" and held.time else time
            adds_up = perfect and claim.kind not in ("percent", "ratio")
            return Draft("cumulative" if adds_up else "as_of", "stated", moment, None, base)
        case "as_of":
            if claim.kind in ("percent", "ratio") and time.anchor:
                return Draft("year", "stated", time, None, base)
            if claim.kind == "change_percent":
                return Draft("year", "stated", replace(time, first=None, last=None, extent="year"), None, base)
            if FOR_THE_YEAR.search(sentence.low, max(claim.left, claim.mention.start - 40), claim.right):
                return Draft("year", "stated", replace(time, first=None, last=None, extent="year"), None, base)
            if sentence.low.startswith("on ", time.start) and not BEING.search(
                sentence.low, sentence.start, claim.right
            ):
                return Draft(
                    "range", "stated", time, None, base
                )  # "on December 31 we opened three": what the day brought
            flows = perfect or bool(_HAD_DONE.search(sentence.low, claim.left, claim.right))
            return Draft("cumulative" if flows else "as_of", "stated", time, None, base)
    if claim.aggregation == "each_year" and time.anchor:
        return Draft("unknown", "stated")
    match time.extent:
        case "span":
            adds_up = perfect and time.unit == "decade"
            return Draft("cumulative" if adds_up else "range", "derived", time, None, base)
        case "years":
            return _over_years(sentence, claim, time, base)
        case "part":
            return Draft("as_of" if on_that_day(sentence, claim, time) else "range", "stated", time, None, base)
    stood = claim.kind not in ("percent", "ratio") and reached_total(sentence, claim)
    return Draft("as_of" if stood else "year", "stated", time, None, base)


def _over_years(sentence: Sentence, claim: Claim, time: Time, base: Time | None) -> Draft:
    """Several years: what moved between them has the first as its base; "from 880 to 4,400" stand at either end."""
    first = replace(time, extent="year", year=time.first.year if time.first else time.year, first=None, last=None)
    last = replace(time, extent="year", first=None, last=None)
    if claim.kind in MOVING:
        return Draft("year", "stated", last, None, base or first)
    if any(c.compared for c in sentence.statistics):
        return Draft("year", "stated", first if claim.compared else last)
    if spans_a_life(time) and claim.kind in ("count", "measure", "money"):
        return Draft("cumulative", "stated", last, replace(first, first=time.first), base)
    return Draft("range", "stated", time, None, base)


def _of_those(sentence: Sentence, claim: Claim) -> bool:
    """Whether it is a part of what was counted before: "of those, 2,260 …", "… 88% of them women"."""
    start, end = claim.mention.claim_start, claim.mention.claim_end
    for cue in sentence.cues:
        if cue.kind == "of_those":
            if claim.left <= cue.start < start:
                return True
            if cue.start == end + 1 and not sentence.low.startswith(("of wh", "out of wh"), cue.start):
                return True
    return False


def _starts_anew(sentence: Sentence, claim: Claim) -> bool:
    """A segment with a verb of its own in another tense than the frame's: "…, and now employs 40"."""
    if claim.kind != "count" or claim.left == sentence.start or sentence.tense(claim, own_only=True) != "state":
        return False
    return any(c.kind == "past" for c in sentence.cues)


def _is_aside(sentence: Sentence, time: Time) -> bool:
    """ "Six years after it had logged 4 million, …": the time of that figure only."""
    return sentence.low.endswith(" had", 0, time.end)


def _same_predicate(sentence: Sentence, claim: Claim, previous: Draft) -> bool:
    own = sentence.tense(claim, own_only=True)
    if own == "past" and claim.left > sentence.start and previous.type == "as_of" and previous.time is None:
        return False
    if previous.time is not None and _is_aside(sentence, previous.time):
        return False
    if previous.since is not None:
        return own in (None, "perfect")
    if own == "perfect" and previous.time is None:
        return previous.type == "cumulative"
    return own != "state" or claim.kind not in ("count", "measure")


def _undated(sentence: Sentence, claim: Claim, base: Time | None) -> tuple[Draft, str]:
    """No time in the sentence reaches the number: its tense and its noun decide."""
    tense = sentence.tense(claim)
    every = _EVERY.search(sentence.low, claim.left, claim.right)
    put_again = sentence.carry.draft is not None and _THAT_IS.match(sentence.low, sentence.start)
    if every and claim.aggregation and tense in ("state", None) and not put_again:
        claim.aggregation = f"each_{every.group('unit')}"
        return Draft("unknown", "stated"), "habitual"
    held = sentence.carry.draft
    if tense == "state" and held and held.type == "as_of" and held.time:
        return replace(held, basis="context", base=base), "standing"
    if sentence.carry.since is not None and claim.kind in ("count", "measure", "money", "ratio"):
        return Draft("cumulative", "context", None, sentence.carry.since, base), "since_lead"
    if claim.aggregation is None and claim.kind in ("count", "measure", "money"):
        if tense == "perfect" or sentence.carry.perfect:
            return Draft("cumulative", "edition"), "perfect_tense"
        if reached_total(sentence, claim):
            time = sentence.carry.time
            return Draft("as_of", "context" if time else "edition", time), "standing"
        stock = claim.noun is not None and claim.noun.head in STANDING_NOUNS and claim.noun.fate != "acted"
        if tense == "state" and _BARE_TOTAL.search(sentence.ahead_of(claim, 40)):
            tense = "past"
        if claim.kind == "count" and (tense == "state" or (stock and tense is None)):
            return Draft("as_of", "edition"), "standing"
    time = sentence.carry.time
    if time is not None and claim.kind != "duration":
        whole = time.extent == "year"
        return Draft("year" if whole else "range", "context", time, None, base), "sentence_before"
    return Draft("year", "edition", None, None, base), "edition"
