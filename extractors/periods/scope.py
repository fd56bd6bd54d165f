"""The scope of a statistic, as one table of rules: which time it takes, and what that makes of it.

Each rule reads the `Evidence` of one statistic in its sentence and answers with its `Scope`; how, stands in `answers`.
What no rule knows is the heading's, else the edition's (`dating`). The rules stand in the order of `SCOPE`; what each
must stand in front of it says itself.
"""

from extractors.periods import answers
from extractors.periods.evidence import Evidence
from extractors.periods.interpretation import at
from extractors.periods.times import Scope
from extractors.rules import Rule, Staged

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
        answers.compared,
        before=("year_before", "own_time"),
        examples=("Calls rose to 940 in 2020, up from [900] in 2019. -> year 2019",),
        but_not=("We took [900] calls in 2019. -> year 2019",),
        needs=TOLD,
    ),
    Rule(
        "compared_undated",
        answers.compared_undated,
        before=("year_before",),
        examples=("The library lent 5,200 books, up from [900] when it opened its doors. -> unknown None",),
        but_not=("The library lent 5,200 books, up from [4,900]. -> year 2022",),
    ),
    Rule(
        "year_before",
        answers.year_before,
        before=("sentence_frame",),
        examples=("In 2021 the library lent 5,200 books, up from [4,900]. -> year 2020",),
        but_not=("In 2021 the library lent 5,200 books and [4,900] films. -> year 2021",),
    ),
    Rule(
        "that_time",
        answers.that_time,
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
        answers.through_that_year,
        before=("own_time", "that_year"),
        examples=("In 2016 we moved house. By the end of that year, [310] homes had joined. -> cumulative 2016",),
        but_not=("In 2016 we moved house. We filled [310] places that year. -> year 2016",),
    ),
    Rule(
        "since_the_start",
        answers.since_the_start,
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
        answers.own_time_of_frame,
        before=("own_time",),
        examples=("Of the letters of 2018, [93%] had been answered by the end of March 2019. -> year 2018",),
        but_not=("By the end of March 2019 [93%] of letters were answered. -> as_of 2019",),
        needs=TOLD,
    ),
    Rule(
        "moved_since",
        answers.moved_since,
        before=("own_time",),
        examples=("Calls have risen [40%] since 2015. -> year 2023",),
        but_not=("We have taken [4,000] calls since 2015. -> cumulative 2023",),
        needs=TOLD,
    ),
    Rule(
        "owned.then",
        answers.owned_then,
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
        answers.ordinal_total,
        before=("owned",),
        examples=("In autumn we welcomed our [10,000th] sailor. -> cumulative 2023",),
        but_not=("In 2021 we welcomed our [10,000th] sailor. -> cumulative 2021",),
    ),
    Rule(
        "of_those.counted",
        answers.of_those_counted,
        before=("sentence_before", "standing"),
        examples=("From 2015 to 2018 we logged 310 sightings. Those sightings involve [48] otters. -> range 2018",),
        but_not=("In 2018 we logged 310 sightings. Those who watched saw [48] otters. -> year 2018",),
        needs=TOLD,
    ),
    Rule(
        "that_year",
        answers.that_year,
        before=("trailing_time",),
        examples=("We moved house in 2018. We rehomed [410] dogs that year. -> year 2018",),
        but_not=("We moved house in 2018. We rehomed [410] dogs in spring 2019. -> range 2019",),
    ),
    Rule(
        "when_clause",
        answers.when_clause,
        before=("neighbour", "sentence_frame"),
        examples=("The fund gave less than in 2017, when it paid [310] grants. -> year 2017",),
        but_not=("The fund closed a shop in 2017. When it moved, it paid [310] grants. -> year 2017",),
        needs=TOLD,
    ),
    Rule(
        "owned",
        answers.owned,
        before=("trailing_time", "of_those"),
        examples=("Our [40] volunteers planted a wood. -> as_of 2023",),
        but_not=("The [40] volunteers planted a wood. -> year 2023",),
    ),
    Rule(
        "sentence_frame",
        answers.sentence_frame,
        before=("neighbour",),
        examples=("In 2021 we took 40 calls and held [12] talks. -> year 2021",),
        but_not=("In 2021 we took 40 calls, and we now employ [12] people. -> as_of 2023",),
        needs=TOLD,
    ),
    Rule(
        "habitual",
        answers.habitual,
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
        answers.trailing_time,
        before=("neighbour",),
        examples=("We took [40] calls and 12 letters in 2021. -> year 2021",),
        but_not=("We took [40] calls; 12 letters came in 2021. -> year 2023",),
        needs=TOLD,
    ),
    Rule(
        "neighbour",
        answers.neighbour,
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
        answers.habitual_unit,
        examples=("The kitchen serves an average of [310] meals every day. -> unknown None",),
        but_not=("The kitchen served an average of [310] meals every day. -> year 2023",),
    ),
    Rule(
        "standing.on",
        answers.standing_on,
        before=("standing",),
        examples=("At the end of 2021 we had 40 boats. A further [12] are made of oak. -> as_of 2021",),
        but_not=("In 2021 we sold 40 boats. A further [12] are made of oak. -> as_of 2023",),
        needs=TOLD,
    ),
    Rule(
        "perfect_tense",
        answers.perfect_tense,
        before=("sentence_before",),
        examples=("We have planted [40] woods. -> cumulative 2023",),
        but_not=("We planted [40] woods. -> year 2023",),
        needs=TOLD,
    ),
    Rule(
        "standing.total",
        answers.standing_total,
        before=("standing",),
        examples=("In 2019 the trust opened. Its membership stood at [9,000] people. -> as_of 2019",),
        but_not=("In 2019 the trust opened. Its shop sold [9,000] maps. -> year 2019",),
        needs=TOLD,
    ),
    Rule(
        "standing",
        answers.standing,
        before=("sentence_before",),
        examples=("The trust owns [40] woods. -> as_of 2023",),
        but_not=("The trust bought [40] woods. -> year 2023",),
    ),
    Rule(
        "sentence_before",
        answers.sentence_before,
        examples=("The year 2017 was wet. The trust bought [40] woods. -> year 2017",),
        but_not=("The year was wet. The trust bought [40] woods. -> year 2023",),
        needs=TOLD,
    ),
)
"""What scope a statistic has; the first rule that answers decides."""
STAGES: Staged[Evidence, Scope] = Staged()
