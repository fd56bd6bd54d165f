"""Stock or flow, as one table of rules: whether a figure stands at a moment or adds up over a period.

The table is asked whenever more is known: of the words of its sentence, of the figure that it moved to, of its heading,
of the metric. A rule reads one of these and answers with the type of the period; the card's measure has the last word.
Where no rule answers, the type stays as it was found so far.
"""

from collections.abc import Callable
from typing import NamedTuple

from extractors.clauses.claims import Claim, Quantity
from extractors.language.lexicon import HEADCOUNT
from extractors.periods import measures, stocks
from extractors.periods.evidence import Evidence
from extractors.periods.times import Heading, Scope, Time, spans_a_life
from extractors.records import PeriodType
from extractors.rules import Rule, Staged, first_of

_MONTH_LONG = 31


class Known(NamedTuple):
    """What is known of a figure when the table is asked: its type so far, and one thing more."""

    stage: str
    """What it is: `words`, `count` (words of a count of a year), `moved_to`, `heading` or `metric`."""
    text: str
    claim: Quantity | Claim
    scope: Scope
    type: PeriodType
    words: Evidence | None = None
    counted: Evidence | None = None
    """Its words again, where it is a count of a year; what is to be reached by a day is the goal of its year."""
    moved_to: Scope | None = None
    """The scope of the figure at the other end: of "from 400 to 900", for 400."""
    heading: Heading | None = None
    time: Time | None = None
    """The heading's, where the figure can take it."""
    measured: measures.Measured | None = None
    """It with its metric."""

    @classmethod
    def by_words(cls, f: Evidence, scope: Scope) -> "Known":
        """What its sentence says; `scope` is what the table of scopes answered."""
        kind = scope.type
        yearly = kind == "year" or (kind in ("as_of", "cumulative") and _is_goal(f.claim))
        if yearly and f.claim.kind == "count":
            return cls("count", f.sentence.low, f.claim, scope, kind, f, f)
        return cls("words", f.sentence.low, f.claim, scope, kind, f)

    @classmethod
    def by_heading(cls, text: str, claim: Quantity, scope: Scope, heading: Heading) -> "Known":
        """What its heading says."""
        time = heading.time
        is_rate = claim.aggregation not in (None, "average")  # which adds up to nothing
        time = None if is_rate and time is not None and time.role in ("since", "to_date") else time
        return cls("heading", text, claim, scope, scope.type, heading=heading, time=time)


def _is_goal(claim: Quantity | Claim) -> bool:
    """It is aimed at, and no total that was reached ("our 10,000th")."""
    return "target" in claim.flags and claim.mention.form != "ordinal"


def stock_or_flow(known: Known) -> PeriodType:
    """The type of a figure's period, by all that is known now."""
    told = first_of(_STAGES.at(known.stage, STOCK_OR_FLOW), known)
    return told[0] if told else known.type


def _counts_as_stock(asked: Callable[[Evidence], bool]) -> Callable[[Known], PeriodType | None]:
    """A count that would be a year's stands at a moment where its words say so."""
    return lambda x: "as_of" if x.counted and asked(x.counted) else None


def _of_the_year(x: Known) -> PeriodType | None:
    if x.words is None or x.type != "as_of":
        return None
    return "year" if stocks.is_years_money(x.words) or stocks.is_in_the_year(x.words) else None


def _joined(x: Known) -> PeriodType | None:
    return "as_of" if x.counted and stocks.joins_a_stock(x.counted, x.scope) else None


def _goal(x: Known) -> PeriodType | None:
    if not _is_goal(x.claim):
        return None
    if x.words is not None:
        return "year" if x.scope.type in ("as_of", "cumulative") else None
    return "year" if x.heading is not None and x.type == "year" and not _is_stretch(x.time) else None


def _is_stretch(time: Time | None) -> bool:
    return time is not None and time.extent in ("part", "years") and time.role == "period" and not _is_day(time)


def _is_day(time: Time) -> bool:
    return time.first is not None and time.first == time.last


def _is_counted(x: Known) -> bool:
    """Whether a noun that may be a stock is counted by the year in a table ("Homes" are those built or let in it).

    Staff and members of a year are those at its end.
    """
    heading, time = x.heading, x.time
    if heading is None or time is None or x.type != "as_of" or not (heading.own and heading.in_table):
        return False
    brief = time.first and time.last and (time.last - time.first).days <= _MONTH_LONG
    if brief or time.role not in ("period", "since", "to_date"):
        return False
    return heading.joined or x.claim.noun is None or x.claim.noun.head not in HEADCOUNT


def _headed_total(x: Known) -> PeriodType | None:
    adds_up = x.time is not None and x.time.role in ("since", "to_date")
    return "cumulative" if adds_up and (x.type != "as_of" or _is_counted(x)) else None


def _headed_stock(x: Known) -> PeriodType | None:
    stands = x.heading is not None and x.heading.stands and x.claim.kind in ("count", "money", "measure", "percent")
    return "as_of" if stands and x.type in ("year", "as_of") else None


def _headed_moment(x: Known) -> PeriodType | None:
    time = x.time
    moment = time is not None and (_is_day(time) or time.role in ("as_of", "now"))
    return "as_of" if moment and x.type in ("year", "as_of") else None


def _headed_life(x: Known) -> PeriodType | None:
    long = x.time is not None and x.time.extent == "years" and spans_a_life(x.time)
    return "cumulative" if long and (x.type in ("year", "cumulative") or _is_counted(x)) else None


def _headed_stretch(x: Known) -> PeriodType | None:
    part = x.time is not None and x.time.extent in ("part", "months", "years")
    return "range" if part and (x.type == "year" or _is_counted(x)) else None


def _measured(answer: measures.Answer) -> Callable[[Known], PeriodType | None]:
    """What the measure of a figure's metric says, where that is known."""

    def told(x: Known) -> PeriodType | None:
        return None if x.measured is None else answer(x.measured)

    return told


STOCK_OR_FLOW: tuple[Rule[Known, PeriodType], ...] = (
    Rule(
        "still",
        _counts_as_stock(stocks.is_still_the_stock),
        before=("goal",),
        examples=("At the end of 2021 the store held 3,700 maps. A year later it held [5,100]. -> as_of 2022",),
        but_not=("At the end of 2021 the store held 3,700 maps. A year later it sold [5,100]. -> year 2022",),
        needs=("count",),
    ),
    Rule(
        "goal",
        _goal,
        before=(
            "held",
            "brought_to",
            "outgrown",
            "made_in_all",
            "manned",
            "doing",
            "kept",
            "body",
            "joined",
            "heading.total",
            "heading.stock",
            "heading.moment",
            "heading.life",
            "heading.counted",
        ),
        examples=(
            "We aim to have [40] staff by the end of 2025. -> year 2025",
            "| | Actual | Target |\n| --- | --- | --- |\n| Staff at 31 December 2024 | 35 | [40] | -> year 2024",
        ),
        but_not=("We had [40] staff by the end of 2021. -> as_of 2021",),
        needs=("words", "count", "heading"),
    ),
    Rule(
        "held",
        _counts_as_stock(stocks.is_held),
        examples=("In 2021 a staff of [40] planted the wood. -> as_of 2021",),
        but_not=("In 2021 a line of [40] people saw the wood. -> year 2021",),
        needs=("count",),
    ),
    Rule(
        "brought_to",
        _counts_as_stock(stocks.is_brought_to),
        examples=("We planted six woods in 2021, bringing the total to [40]. -> as_of 2021",),
        but_not=("We planted six woods in 2021 and [40] hedges. -> year 2021",),
        needs=("count",),
    ),
    Rule(
        "outgrown",
        _counts_as_stock(stocks.outgrows),
        examples=("We added 1,400 names in 2021, with a running total of [5,100]. -> as_of 2021",),
        but_not=("In 2021 the list took in 1,400 names and [5,100] marks. -> year 2021",),
        needs=("count",),
    ),
    Rule(
        "made_in_all",
        _counts_as_stock(stocks.is_made_in_all),
        examples=("In 2021 two cafés opened, making [40] in all. -> as_of 2021",),
        but_not=("In 2021 two cafés opened, making [40] cakes. -> year 2021",),
        needs=("count",),
    ),
    Rule(
        "manned",
        _counts_as_stock(stocks.is_manned),
        examples=("In 2021 the shop was run by [40] volunteers. -> as_of 2021",),
        but_not=("In 2021 the shop was visited by [40] volunteers. -> year 2021",),
        needs=("count",),
    ),
    Rule(
        "doing",
        _counts_as_stock(stocks.is_doing),
        examples=("In 2021, [60] schools use the map. -> as_of 2021",),
        but_not=("In 2021, [60] schools used the map. -> year 2021",),
        needs=("count",),
    ),
    Rule(
        "kept",
        _counts_as_stock(stocks.is_kept),
        before=("body",),
        examples=("In 2021, [40] families were registered with us. -> as_of 2021",),
        but_not=("In 2021, [40] families were rehoused by us. -> year 2021",),
        needs=("count",),
    ),
    Rule(
        "body",
        _counts_as_stock(stocks.is_a_body),
        examples=("In 2021 we trained all of the [40] forces. -> as_of 2021",),
        but_not=("In 2021 we trained [40] forces. -> year 2021",),
        needs=("count",),
    ),
    Rule(
        "joined",
        _joined,
        examples=("In 2021 a network of 200 food banks and [6,000] pantries served us. -> as_of 2021",),
        but_not=("In 2021 a network of 200 food banks gave [6,000] meals. -> year 2021",),
        needs=("count",),
    ),
    Rule(
        "taken_up",
        lambda x: "as_of" if x.words and x.type == "year" and stocks.is_taken_up(x.words) else None,
        examples=("On 31 December 2021 we had 60 maps; a year earlier it was [40]. -> as_of 2020",),
        but_not=("On 31 December 2021 we had 60 maps; a year earlier we sold [40]. -> year 2020",),
        needs=("words", "count"),
    ),
    Rule(
        "of_the_year",
        _of_the_year,
        examples=("At the end of 2021 we had 40 people, on a budget of [$42 million]. -> year 2021",),
        but_not=("At the end of 2021 we had 40 people, and reserves of [$42 million]. -> as_of 2021",),
        needs=("words", "count"),
    ),
    Rule(
        "from_to",
        lambda x: x.moved_to.type if x.moved_to else None,
        examples=("Our staff grew from [40] people in 2020 to 90 people at the end of 2021. -> as_of 2020",),
        but_not=("Our staff grew from 40 in 2020 to [90] at the end of 2021. -> as_of 2021",),
        needs=("moved_to",),
    ),
    Rule(
        "heading.total",
        _headed_total,
        before=("heading.stock", "heading.stretch", "heading.counted"),
        examples=("## Since 2010\n\nWe planted [40] woods. -> cumulative 2023",),
        but_not=("## In 2010\n\nWe planted [40] woods. -> year 2010",),
        needs=("heading",),
    ),
    Rule(
        "heading.stock",
        _headed_stock,
        before=("heading.stretch", "heading.counted"),
        examples=("| | Dogs held | Dogs sold |\n| --- | --- | --- |\n| 2021 | [40] | 35 | -> as_of 2021",),
        but_not=("| | Dogs held | Dogs sold |\n| --- | --- | --- |\n| 2021 | 40 | [35] | -> year 2021",),
        needs=("heading",),
    ),
    Rule(
        "heading.moment",
        _headed_moment,
        before=("heading.stretch",),
        examples=("## As of June 2021\n\nWe planted [40] woods. -> as_of 2021",),
        but_not=("## June 2021\n\nWe planted [40] woods. -> range 2021",),
        needs=("heading",),
    ),
    Rule(
        "heading.life",
        _headed_life,
        before=("heading.stretch",),
        examples=("## 1998-2021\n\nWe planted [40] woods. -> cumulative 2021",),
        but_not=("## 2018-2021\n\nWe planted [40] woods. -> range 2021",),
        needs=("heading",),
    ),
    Rule(
        "heading.stretch",
        _headed_stretch,
        before=("heading.counted",),
        examples=("## Spring 2021\n\nWe planted [40] woods. -> range 2021",),
        but_not=("## The year 2021\n\nWe planted [40] woods. -> year 2021",),
        needs=("heading",),
    ),
    Rule(
        "heading.counted",
        lambda x: "year" if _is_counted(x) else None,
        examples=("| | 2021 |\n| --- | --- |\n| Homes | [40] | -> year 2021",),
        but_not=("| | 2021 |\n| --- | --- |\n| Staff | [40] | -> as_of 2021",),
        needs=("heading",),
    ),
    Rule(
        "measure.stock",
        _measured(measures.stands),
        examples=("We put [5 million] hashes on our hash-sharing list, in all, in 2021. -> as_of 2021",),
        but_not=("In 2021 we added [5 million] hashes to the hash-sharing list. -> year 2021",),
        needs=("metric",),
    ),
    Rule(
        "measure.flow",
        _measured(measures.adds_up),
        examples=("As of June 2021 our hotline received [48,000] calls. -> cumulative 2021",),
        but_not=("As of June 2021 our bakery had [48,000] cakes. -> as_of 2021",),
        needs=("metric",),
    ),
    Rule(
        "measure.share",
        _measured(measures.is_of_its_year),
        examples=("At the end of 2021 the recovery rate for missing children stood at [91%]. -> year 2021",),
        but_not=("At the end of 2021 the occupancy rate of the kennels stood at [91%]. -> as_of 2021",),
        needs=("metric",),
    ),
    Rule(
        "measure.undated",
        _measured(measures.is_undated),
        examples=("Our hotline answered [5.2 million] calls. -> cumulative 2023",),
        but_not=("Our hotline answered [5,200] calls. -> year 2023",),
        needs=("metric",),
    ),
)
"""The type of a figure's period; the first rule that answers decides."""
_STAGES: Staged[Known, PeriodType] = Staged()
