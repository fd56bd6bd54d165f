"""The scope of a statistic, as one table of rules: which time it takes, and what that makes of it.

Each rule reads the `Evidence` of one statistic in its sentence and answers with its `Scope`. What no rule knows is the
heading's, else the edition's (`dating`). The rules stand in the order of `SCOPE`; what each must stand in front of it
says itself.
"""

import re

from extractors.language.lexicon import HEADCOUNT, STOCK_NOUNS
from extractors.periods.anaphora import (
    life_of,
    moved_since,
    points_at_those,
    points_at_year,
    reaches_that_year,
    time_pointed_at,
    when_clause,
)
from extractors.periods.evidence import Evidence, has_same_predicate, starts_anew
from extractors.periods.interpretation import at
from extractors.periods.stocks import STANDING_NOUNS, is_apposed, reached_total
from extractors.periods.times import Scope, Time
from extractors.rules import Rule, Staged

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
_SHARES = ("percent", "ratio")


def _ordinal_total(f: Evidence) -> Scope | None:
    return Scope("cumulative", "edition") if f.claim.mention.form == "ordinal" and f.own is None else None


def _compared(f: Evidence) -> Scope | None:
    if not f.is_compared or f.compared_time is None:
        return None
    scope = at(f, f.compared_time)
    stands = f.held is not None and f.held.type == "as_of" and scope.type == "year"
    return scope._replace(type="as_of") if stands else scope


def _compared_undated(f: Evidence) -> Scope | None:
    """ "Up from 2.3 million when we began": against any time; money against a budget as often as a year."""
    if not f.is_compared or f.compared_time is not None:
        return None
    yearly = f.held is None or f.held.type in ("year", "as_of")
    other = _SOME_OTHER_TIME.match(f.sentence.low, f.claim.mention.claim_end, f.claim.right)
    if yearly and f.claim.kind != "money" and not other:
        return None
    return Scope("unknown", f.held.basis if f.held else "edition")


def _year_before(f: Evidence) -> Scope | None:
    if not f.is_compared:
        return None
    end = f.claim.mention.end
    before = Time(end, end, "period", anchor="frame", offset=-1)
    return Scope(f.held.type if f.held else "year", "derived", before)


def _that_time(f: Evidence) -> Scope | None:
    held = time_pointed_at(f.sentence, f.claim) if f.own is None or f.own.anchor else None
    return held._replace(basis="context", base=f.base) if held else None


def _of_those_counted(f: Evidence) -> Scope | None:
    held = f.sentence.carry.scope
    dated = held is not None and held.type in ("year", "range") and f.own is None
    return f.carried if dated and points_at_those(f.sentence, f.claim) else None


def _through_that_year(f: Evidence) -> Scope | None:
    year = f.sentence.carry.time
    reached = f.claim.kind == "count" and reaches_that_year(f.sentence, f.claim)
    return Scope("cumulative", "context" if year else "edition", year) if reached else None


def _since_the_start(f: Evidence) -> Scope | None:
    life = life_of(f.sentence) if f.is_plain_amount else []
    stock = f.claim.noun is not None and f.claim.noun.head in STOCK_NOUNS
    if not life or stock or (f.own is not None and not life[0].start <= f.own.start <= life[-1].end):
        return None
    return Scope("cumulative", "stated", life[-1], life[0] if len(life) > 1 else None, f.base)


def _that_year(f: Evidence) -> Scope | None:
    year = f.sentence.carry.time
    free = f.own is None or f.own.end <= f.claim.left
    pointed = free and points_at_year(f.sentence, f.claim)
    return Scope("year", "context" if year else "edition", year, None, f.base) if pointed else None


def _own_time_of_frame(f: Evidence) -> Scope | None:
    share = f.own is not None and f.own.role == "as_of" and f.claim.kind in _SHARES
    return at(f, f.frame[-1]) if share and f.frame and f.frame[-1].role == "period" else None


def _moved_since(f: Evidence) -> Scope | None:
    since = f.own is not None and f.own.role == "since" and f.is_moving
    return moved_since(f, f.own) if f.own and since else None


def _owned_then(f: Evidence) -> Scope | None:
    people = f.claim.noun is not None and f.claim.noun.head in HEADCOUNT
    return Scope("as_of", "stated", f.own, None, f.base) if f.own and people and f.is_owned else None


def _when_clause(f: Evidence) -> Scope | None:
    time = when_clause(f.sentence, f.claim)
    return at(f, time) if time else None


def _owned(f: Evidence) -> Scope | None:
    stands = f.claim.kind == "count" and (f.is_owned or is_apposed(f.sentence, f.claim))
    return Scope("as_of", "edition") if stands else None


def _sentence_frame(f: Evidence) -> Scope | None:
    reaching = [t for t in f.frame if ";" not in f.sentence.low[t.end : f.claim.mention.start]]
    return at(f, reaching[-1]) if reaching and not starts_anew(f.sentence, f.claim) else None


def _trailing_time(f: Evidence) -> Scope | None:
    if f.previous and f.is_part:
        return None
    return at(f, f.listed) if f.listed else None


def _neighbour(f: Evidence) -> Scope | None:
    leader = f.leader
    if leader is None or not (f.is_part or has_same_predicate(f.sentence, f.claim, leader)):
        return None
    return leader._replace(base=f.base)


def _habitual(f: Evidence) -> Scope | None:
    """Said of every year; a header's "per year" only tells the rate."""
    said = f.claim.aggregation == "each_year" and any(c.kind == "each" for c in f.sentence.cues)
    return Scope("unknown", "stated") if said else None


def _habitual_unit(f: Evidence) -> Scope | None:
    if not (f.claim.aggregation and f.tense in ("state", None) and f.habit):
        return None
    put_again = f.sentence.carry.scope is not None and _THAT_IS.match(f.sentence.low, f.sentence.start)
    return None if put_again else Scope("unknown", "stated")


def _standing_on(f: Evidence) -> Scope | None:
    held = f.sentence.carry.scope
    stands = f.tense == "state" and held is not None and held.type == "as_of" and held.time
    return held._replace(basis="context", base=f.base) if held and stands else None


def _perfect_tense(f: Evidence) -> Scope | None:
    perfect = f.is_plain_amount and (f.tense == "perfect" or f.sentence.carry.perfect)
    return Scope("cumulative", "edition") if perfect else None


def _standing_total(f: Evidence) -> Scope | None:
    time = f.sentence.carry.time
    reached = f.is_plain_amount and reached_total(f.sentence, f.claim)
    return Scope("as_of", "context" if time else "edition", time) if reached else None


def _standing(f: Evidence) -> Scope | None:
    if not f.is_plain_amount or f.claim.kind != "count":
        return None
    noun = f.claim.noun
    stock = f.tense is None and noun is not None and noun.head in STANDING_NOUNS and noun.fate != "acted"
    stands = f.tense == "state" and not _BARE_TOTAL.search(f.sentence.ahead_of(f.claim, 40))
    return Scope("as_of", "edition") if stands or stock else None


def _sentence_before(f: Evidence) -> Scope | None:
    time = f.sentence.carry.time
    if time is None or f.claim.kind == "duration":
        return None
    return Scope("year" if time.extent == "year" else "range", "context", time, None, f.base)


HABIT = "habitual.unit"
TOLD, ALONE = ("told",), "alone"
"""The stages: a time, a cue, another figure or a sentence before tells something, or the figure stands alone."""

SCOPE: tuple[Rule[Evidence, Scope], ...] = (
    Rule(
        "paired_lists",
        lambda f: at(f, f.paired) if f.paired else None,
        before=("own_time", "trailing_time"),
        examples=("We took [40] and 55 calls in 2018 and 2019. -> year 2018",),
        but_not=("We took [40] and 55 calls in 2018. -> year 2018",),
        needs=TOLD,
    ),
    Rule(
        "compared",
        _compared,
        before=("year_before", "own_time"),
        examples=("Calls rose to 940 in 2020, up from [900] in 2019. -> year 2019",),
        but_not=("We took [900] calls in 2019. -> year 2019",),
        needs=TOLD,
    ),
    Rule(
        "compared_undated",
        _compared_undated,
        before=("year_before",),
        examples=("The library lent 5,200 books, up from [900] when it opened its doors. -> unknown None",),
        but_not=("The library lent 5,200 books, up from [4,900]. -> year 2022",),
    ),
    Rule(
        "year_before",
        _year_before,
        before=("sentence_frame",),
        examples=("In 2021 the library lent 5,200 books, up from [4,900]. -> year 2020",),
        but_not=("In 2021 the library lent 5,200 books and [4,900] films. -> year 2021",),
    ),
    Rule(
        "that_time",
        _that_time,
        before=("own_time",),
        examples=(
            "Since 2012 we have run 40 camps. In that time, [6,200] children came. -> cumulative 2023",
            "We ran 40 camps from 2016 to 2018. Our cooks served [6,200] meals over those three years. -> range 2018",
        ),
        but_not=(
            "In 2012 we ran 40 camps. In 2013, [6,200] children came. -> year 2013",
            "We ran 40 camps from 2016 to 2018. In the same period of 2020, [6,200] children came. -> year 2020",
        ),
        needs=TOLD,
    ),
    Rule(
        "that_year.through",
        _through_that_year,
        before=("own_time", "that_year"),
        examples=("In 2016 we moved house. By the end of that year, [310] homes had joined. -> cumulative 2016",),
        but_not=("In 2016 we moved house. We filled [310] places that year. -> year 2016",),
    ),
    Rule(
        "since_the_start",
        _since_the_start,
        before=("own_time",),
        examples=(
            "From its launch in 1998 to the end of 2012, the line took [48,000] calls. -> cumulative 2012",
            "The line opened in 1998. From that first year to 2012 it took [48,000] calls. -> cumulative 2012",
        ),
        but_not=("From 2008 to 2012, the line took [48,000] calls. -> range 2012",),
        needs=TOLD,
    ),
    Rule(
        "own_time.of_frame",
        _own_time_of_frame,
        before=("own_time",),
        examples=("Of the letters of 2018, [93%] had been answered by the end of March 2019. -> year 2018",),
        but_not=("By the end of March 2019 [93%] of letters were answered. -> as_of 2019",),
        needs=TOLD,
    ),
    Rule(
        "moved_since",
        _moved_since,
        before=("own_time",),
        examples=("Calls have risen [40%] since 2015. -> year 2023",),
        but_not=("We have taken [4,000] calls since 2015. -> cumulative 2023",),
        needs=TOLD,
    ),
    Rule(
        "owned.then",
        _owned_then,
        before=("own_time",),
        examples=("In 2020 our [40] trustees planted a wood. -> as_of 2020",),
        but_not=("In 2020 [40] trustees planted a wood. -> year 2020",),
        needs=TOLD,
    ),
    Rule(
        "own_time",
        lambda f: at(f, f.own) if f.own else None,
        before=("when_clause", "owned", "sentence_frame", "end_of_span"),
        examples=("We took [40] calls in 2021. -> year 2021",),
        but_not=("We took [40] calls and 12 letters in 2021. -> year 2021",),
        needs=TOLD,
    ),
    Rule(
        "ordinal_total",
        _ordinal_total,
        before=("owned",),
        examples=("In autumn we welcomed our [10,000th] sailor. -> cumulative 2023",),
        but_not=("In 2021 we welcomed our [10,000th] sailor. -> cumulative 2021",),
    ),
    Rule(
        "of_those.counted",
        _of_those_counted,
        before=("sentence_before", "standing"),
        examples=("From 2015 to 2018 we logged 310 sightings. Those sightings involve [48] otters. -> range 2018",),
        but_not=("In 2018 we logged 310 sightings. Those who watched saw [48] otters. -> year 2018",),
        needs=TOLD,
    ),
    Rule(
        "that_year",
        _that_year,
        before=("trailing_time",),
        examples=("We moved house in 2018. We rehomed [410] dogs that year. -> year 2018",),
        but_not=("We moved house in 2018. We rehomed [410] dogs in spring 2019. -> range 2019",),
    ),
    Rule(
        "when_clause",
        _when_clause,
        before=("neighbour", "sentence_frame"),
        examples=("The fund gave less than in 2017, when it paid [310] grants. -> year 2017",),
        but_not=("The fund closed a shop in 2017. When it moved, it paid [310] grants. -> year 2017",),
        needs=TOLD,
    ),
    Rule(
        "owned",
        _owned,
        before=("trailing_time", "of_those"),
        examples=("Our [40] volunteers planted a wood. -> as_of 2023",),
        but_not=("The [40] volunteers planted a wood. -> year 2023",),
    ),
    Rule(
        "sentence_frame",
        _sentence_frame,
        before=("neighbour",),
        examples=("In 2021 we took 40 calls and held [12] talks. -> year 2021",),
        but_not=("In 2021 we took 40 calls, and we now employ [12] people. -> as_of 2023",),
        needs=TOLD,
    ),
    Rule(
        "habitual",
        _habitual,
        before=("sentence_before",),
        examples=("Every year we take in [40] hedgehogs. -> unknown None",),
        but_not=("This year we took in [40] hedgehogs. -> year 2023",),
        needs=TOLD,
    ),
    Rule(
        "end_of_span",
        lambda f: at(f, f.span) if f.span and any(c.compared for c in f.statistics) else None,
        examples=("Visits to the farm tripled between 2015 and 2019, from 400 to [1,200] people. -> year 2019",),
        but_not=("Visits to the farm tripled, from 400 to [1,200] people. -> year 2023",),
        needs=TOLD,
    ),
    Rule(
        "trailing_time",
        _trailing_time,
        before=("neighbour",),
        examples=("We took [40] calls and 12 letters in 2021. -> year 2021",),
        but_not=("We took [40] calls; 12 letters came in 2021. -> year 2023",),
        needs=TOLD,
    ),
    Rule(
        "neighbour",
        _neighbour,
        before=("standing.on", "perfect_tense", "standing.total"),
        examples=(
            "We took 40 calls in 2021 and [12] letters. -> year 2021",
            "We took 40 calls in 2021 (2020: 36) and [12] letters. -> year 2021",
        ),
        but_not=("We took 40 calls in 2021 and employ [12] people. -> as_of 2023",),
        needs=TOLD,
    ),
    Rule(
        "of_those",
        lambda f: f.carried if f.previous is None and f.is_part else None,
        before=("standing.on", "perfect_tense"),
        examples=("In 2021 we took 40 calls. Of those, [12] came at night. -> year 2021",),
        but_not=("In 2021 we took 40 calls. Many came at night, [12] in a storm. -> year 2021",),
        needs=TOLD,
    ),
    Rule(
        HABIT,
        _habitual_unit,
        examples=("The kitchen serves an average of [310] meals every day. -> unknown None",),
        but_not=("The kitchen served an average of [310] meals every day. -> year 2023",),
    ),
    Rule(
        "standing.on",
        _standing_on,
        before=("standing",),
        examples=("At the end of 2021 we had 40 boats. A further [12] are made of oak. -> as_of 2021",),
        but_not=("In 2021 we sold 40 boats. A further [12] are made of oak. -> as_of 2023",),
        needs=TOLD,
    ),
    Rule(
        "perfect_tense",
        _perfect_tense,
        before=("sentence_before",),
        examples=("We have planted [40] woods. -> cumulative 2023",),
        but_not=("We planted [40] woods. -> year 2023",),
        needs=TOLD,
    ),
    Rule(
        "standing.total",
        _standing_total,
        before=("standing",),
        examples=("In 2019 the trust opened. Its membership stood at [9,000] people. -> as_of 2019",),
        but_not=("In 2019 the trust opened. Its shop sold [9,000] maps. -> year 2019",),
        needs=TOLD,
    ),
    Rule(
        "standing",
        _standing,
        before=("sentence_before",),
        examples=("The trust owns [40] woods. -> as_of 2023",),
        but_not=("The trust bought [40] woods. -> year 2023",),
    ),
    Rule(
        "sentence_before",
        _sentence_before,
        examples=("The year 2017 was wet. The trust bought [40] woods. -> year 2017",),
        but_not=("The year was wet. The trust bought [40] woods. -> year 2023",),
        needs=TOLD,
    ),
)
"""What scope a statistic has; the first rule that answers decides."""
STAGES: Staged[Evidence, Scope] = Staged()
