"""What each rule of `scope` answers: the scope that the evidence of one statistic gives it, or None.

In which order they are asked, and an example of each, stands in the table there.
"""

import re

from extractors.language.lexicon import HEADCOUNT, STOCK_NOUNS
from extractors.periods import anaphora
from extractors.periods.evidence import Evidence, has_same_predicate, starts_anew
from extractors.periods.interpretation import at
from extractors.periods.stocks import STANDING_NOUNS, is_apposed, reached_total
from extractors.periods.times import Scope, Time

_SOME_OTHER_TIME = re.compile(
    r"[^;:.]{0,60}?\s(?:when|at|after|before|without|under|for|a (?:month|week|quarter|day)|(?:in|on) the|expected|"
    r"planned|budgeted|needed|elsewhere|nationally|nationwide|worldwide)\b"
)
_OTHER_GROUP = re.compile(
    r"(?: (?:of|in) [a-z -]{1,30})??(?: [a-z]+){0,3} (?:in|among|for|of) (?:the |a |an )?"
    r"(?:comparison|control|reference|other|matched) (?:groups?|pupils|children|people|schools|patients|families)\b"
)
"""What is held against the same time of others: "against 3.1 months in the comparison group"."""
_THAT_IS = re.compile(
    r"(?:that|this|it|which) (?:is|was|means|meant|makes|made|works out|worked out|comes to|came to|amounts to|"
    r"amounted to|equals|equalled)\b"
)
"""What a sentence opens with that puts the figure before it another way: "That is 59,400 every day"."""
_BARE_TOTAL = re.compile(r"\b(?:the|that|this) (?:\w+ )?(?:total|figure|sum|tally) (?:is|are) $")
_SHARES = ("percent", "ratio")


def ordinal_total(f: Evidence) -> Scope | None:
    """ "Our 10,000th sailor": a total reached, where no time is told."""
    return Scope("cumulative", "edition") if f.claim.mention.form == "ordinal" and f.own is None else None


def compared(f: Evidence) -> Scope | None:
    """ "Up from 900 in 2019": the time of the figure that another is held against."""
    if not f.is_compared or f.compared_time is None:
        return None
    scope = at(f, f.compared_time)
    stands = f.held is not None and f.held.type == "as_of" and scope.type == "year"
    return scope._replace(type="as_of") if stands else scope


def compared_undated(f: Evidence) -> Scope | None:
    """ "Up from 2.3 million when we began": against any time; money against a budget as often as a year."""
    if not f.is_compared or f.compared_time is not None:
        return None
    if f.held is not None and _OTHER_GROUP.match(f.sentence.low, f.claim.mention.claim_end, f.claim.right):
        return f.held
    yearly = f.held is None or f.held.type in ("year", "as_of")
    other = _SOME_OTHER_TIME.match(f.sentence.low, f.claim.mention.claim_end, f.claim.right)
    if yearly and f.claim.kind != "money" and not other:
        return None
    return Scope("unknown", f.held.basis if f.held else "edition")


def year_before(f: Evidence) -> Scope | None:
    """ "Up from 4,900": the year before that of the figure it is held against."""
    if not f.is_compared:
        return None
    end = f.claim.mention.end
    before = Time(end, end, "period", anchor="frame", offset=-1)
    return Scope(f.held.type if f.held else "year", "derived", before)


def that_time(f: Evidence) -> Scope | None:
    """ "In that time, 6,200 children came": the stretch that was told of before."""
    held = anaphora.time_pointed_at(f.sentence, f.claim) if f.own is None or f.own.anchor else None
    return held._replace(basis="context", base=f.base) if held else None


def of_those_counted(f: Evidence) -> Scope | None:
    """ "Those sightings involve 48 otters": when what was counted before was counted."""
    held = f.sentence.carry.scope
    dated = held is not None and held.type in ("year", "range") and f.own is None
    return f.carried if dated and anaphora.points_at_those(f.sentence, f.claim) else None


def through_that_year(f: Evidence) -> Scope | None:
    """ "By the end of that year, 310 homes had joined": a total up to the year told of before."""
    year = f.sentence.carry.time
    reached = f.claim.kind == "count" and anaphora.reaches_that_year(f.sentence, f.claim)
    return Scope("cumulative", "context" if year else "edition", year) if reached else None


def since_the_start(f: Evidence) -> Scope | None:
    """ "From its launch in 1998 to the end of 2012": a total over a life."""
    life = anaphora.life_of(f.sentence) if f.is_plain_amount else []
    stock = f.claim.noun is not None and f.claim.noun.head in STOCK_NOUNS
    if not life or stock or (f.own is not None and not life[0].start <= f.own.start <= life[-1].end):
        return None
    return Scope("cumulative", "stated", life[-1], life[0] if len(life) > 1 else None, f.base)


def that_year(f: Evidence) -> Scope | None:
    """ "We rehomed 410 dogs that year": the year told of before."""
    year = f.sentence.carry.time
    free = f.own is None or f.own.end <= f.claim.left
    pointed = free and anaphora.points_at_year(f.sentence, f.claim)
    return Scope("year", "context" if year else "edition", year, None, f.base) if pointed else None


def own_time_of_frame(f: Evidence) -> Scope | None:
    """ "Of the letters of 2018, 93% had been answered by March 2019": a share is of what it is a share of."""
    share = f.own is not None and f.own.role == "as_of" and f.claim.kind in _SHARES
    return at(f, f.frame[-1]) if share and f.frame and f.frame[-1].role == "period" else None


def moved_since(f: Evidence) -> Scope | None:
    """ "Calls have risen 40% since 2015": the change of a year, measured from another."""
    since = f.own is not None and f.own.role == "since" and f.is_moving
    return anaphora.moved_since(f, f.own) if f.own and since else None


def owned_then(f: Evidence) -> Scope | None:
    """ "In 2020 our 40 trustees planted a wood": people one has, at that time."""
    people = f.claim.noun is not None and f.claim.noun.head in HEADCOUNT
    return Scope("as_of", "stated", f.own, None, f.base) if f.own and people and f.is_owned else None


def when_clause(f: Evidence) -> Scope | None:
    """ "Less than in 2017, when it paid 310 grants": the year that the clause explains."""
    time = anaphora.when_clause(f.sentence, f.claim)
    return at(f, time) if time else None


def owned(f: Evidence) -> Scope | None:
    """ "Our 40 volunteers planted a wood": people one has stand, whatever they did."""
    stands = f.claim.kind == "count" and (f.is_owned or is_apposed(f.sentence, f.claim))
    return Scope("as_of", "edition") if stands else None


def sentence_frame(f: Evidence) -> Scope | None:
    """ "In 2021 we took 40 calls and held 12 talks": the time that leads the sentence."""
    reaching = [t for t in f.frame if ";" not in f.sentence.low[t.end : f.claim.mention.start]]
    return at(f, reaching[-1]) if reaching and not starts_anew(f.sentence, f.claim) else None


def trailing_time(f: Evidence) -> Scope | None:
    """ "40 calls and 12 letters in 2021": the time at the end of a list."""
    if f.previous and f.is_part:
        return None
    return at(f, f.listed) if f.listed else None


def neighbour(f: Evidence) -> Scope | None:
    """ "40 calls in 2021 and 12 letters": the time of the figure before, of the same verb."""
    leader = f.leader
    if leader is None or not (f.is_part or has_same_predicate(f.sentence, f.claim, leader)):
        return None
    if f.is_before_base(leader.time) or f.is_behind_base(leader.time):
        return None
    return leader._replace(base=f.base)


def habitual(f: Evidence) -> Scope | None:
    """Said of every year; a header's "per year" only tells the rate."""
    said = f.claim.aggregation == "each_year" and any(c.kind == "each" for c in f.sentence.cues)
    return Scope("unknown", "stated") if said else None


def habitual_unit(f: Evidence) -> Scope | None:
    """ "An average of 310 meals every day": said of every day, by a verb that tells how things are."""
    if not (f.claim.aggregation and f.tense in ("state", None) and f.habit):
        return None
    put_again = f.sentence.carry.scope is not None and _THAT_IS.match(f.sentence.low, f.sentence.start)
    return None if put_again else Scope("unknown", "stated")


def standing_on(f: Evidence) -> Scope | None:
    """ "A further 12 are made of oak": at the moment at which those before stood."""
    held = f.sentence.carry.scope
    stands = f.tense == "state" and held is not None and held.type == "as_of" and held.time
    return held._replace(basis="context", base=f.base) if held and stands else None


def perfect_tense(f: Evidence) -> Scope | None:
    """ "We have planted 40 woods": a total so far."""
    perfect = f.is_plain_amount and (f.tense == "perfect" or f.sentence.carry.perfect)
    return Scope("cumulative", "edition") if perfect else None


def standing_total(f: Evidence) -> Scope | None:
    """ "Its membership stood at 9,000": a stock, in the year told of before."""
    time = f.sentence.carry.time
    reached = f.is_plain_amount and reached_total(f.sentence, f.claim)
    return Scope("as_of", "context" if time else "edition", time) if reached else None


def standing(f: Evidence) -> Scope | None:
    """ "The trust owns 40 woods": a stock now."""
    if not f.is_plain_amount or f.claim.kind != "count":
        return None
    noun = f.claim.noun
    stock = f.tense is None and noun is not None and noun.head in STANDING_NOUNS and noun.fate != "acted"
    stands = f.tense == "state" and not _BARE_TOTAL.search(f.sentence.ahead_of(f.claim, 40))
    return Scope("as_of", "edition") if stands or stock else None


def sentence_before(f: Evidence) -> Scope | None:
    """ "The year 2017 was wet. The trust bought 40 woods": the time that the sentence before told."""
    time = f.sentence.carry.time
    if time is None or f.claim.kind == "duration" or f.is_before_base(time):
        return None
    return Scope("year" if time.extent == "year" else "range", "context", time, None, f.base)
