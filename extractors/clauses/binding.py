"""One sentence's statistics: what each number counts, how it moves and when it holds.

Takes the numerals and dates of a sentence and gives its claims. Everything is an offset into the folded passage.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.clauses.claims import (
    MOVING,
    Carry,
    Claim,
    Clause,
    Counted,
    Labelled,
    Quantity,
    Sentence,
    Statement,
    Token,
    is_list_gap,
)
from extractors.clauses.cues import find_cues
from extractors.clauses.ellipsis import elided
from extractors.clauses.nouns import Noun, noun_after, noun_before
from extractors.clauses.segments import segment, without_over
from extractors.language.lexicon import TIME_UNITS, is_plural, words
from extractors.numbers.scanning import Mention
from extractors.periods.dating import date_statistics, topic
from extractors.periods.times import UNDATED, Heading, Scope, Time, read_times
from extractors.quantities.aggregation import aggregation_of
from extractors.quantities.candidates import STATISTIC, Verdict
from extractors.quantities.durations import is_measured_time
from extractors.quantities.exclusions import classify
from extractors.quantities.kinds import change_of, is_below_nought, kind_of, signed, unit_of
from extractors.quantities.modality import GOAL, modality_of
from extractors.timex.spans import DateSpan

_TERMS = words("term terms notice deadline limit course courses contract contracts validity period length")
"""What lasts so long by rule: its time was not measured."""
_ONLY_COMPARES = re.compile(
    r"\W*(?:(?:that|this|it|which) compare[sd]|by (?:comparison|contrast)|in (?:comparison|contrast))\b"
)
"""So a sentence opens that is told only to compare: the text goes on with what it spoke of before."""
_AND_BY = re.compile(r"\b(?:and|while|but|,)\s(?:[a-z' -]{1,32}\s)?by $")
_AND_NOUN = re.compile(r",? and (?:[a-z-]+ )?(?P<noun>[a-z-]+) ")
UNLABELLED = Labelled()


def read_sentence(
    text: str,
    low: str,
    start: int,
    end: int,
    mentions: Sequence[Mention],
    dates: Sequence[DateSpan],
    carry: Carry,
    labelled: Labelled = UNLABELLED,
    heading: Heading = UNDATED,
) -> Statement:
    """Bind the numbers of `text[start:end]` to its other words; `low` is the text folded.

    `carry` is what the sentence before left; `labelled` is what labels or headers say of a bare number, `heading` what
    they and the page's headings say of its time.
    """
    tokens = _tokens(text, low, start, end, without_over(low, mentions), alone=_measures(labelled.noun))
    statistics = [t for t in tokens if t.verdict.reason is None]
    if not statistics and not dates:
        return Statement(Sentence(low, start, end, carry, (), ()), tokens, ())
    cues = find_cues(low, start, end)
    times = read_times(low, dates, cues, [t.mention.start for t in statistics])
    sentence = Sentence(low, start, end, carry, cues, times)
    if not statistics:
        return Statement(sentence, tokens, ())
    clauses = segment(sentence, statistics)
    quantities: list[Quantity] = []
    for _ in clauses:
        quantities.append(_quantity(sentence, clauses, quantities, labelled))
    claims = date_statistics(sentence, quantities, heading)
    told = iter(claims)
    return Statement(sentence, [next(told) if t.verdict.reason is None else t for t in tokens], claims)


def leave(statement: Statement, attribution: str | None = None) -> Carry:
    """What the next sentence of the passage may take up; `attribution`: whose figures these are."""
    sentence, carry = statement.sentence, statement.sentence.carry
    own = [c for c in statement.claims if not c.compared]
    counted = [c.noun for c in statement.claims if c.noun and c.kind == "count" and c.noun.head not in TIME_UNITS]
    spoken = topic(statement)
    stretch = _stretch(statement) or carry.stretch
    if _looks_back(statement, spoken) or _ONLY_COMPARES.match(sentence.low, sentence.start):
        return Carry(carry.scope, carry.time, carry.noun, attribution, stretch)
    return Carry(
        scope=_last_scope(own, spoken) if own else carry.scope,
        time=spoken or carry.time,
        noun=counted[0] if counted else _moved(statement) or carry.noun,
        attribution=attribution,
        stretch=stretch,
    )


def _moved(statement: Statement) -> Noun | None:
    """ "Visits to the farm doubled.": what moved is what the text speaks of."""
    moved = next((claim for claim in statement.claims if claim.kind in MOVING and claim.noun is None), None)
    low, start = statement.sentence.low, statement.sentence.start
    return noun_before(low, start, moved.mention.claim_start) if moved else None


def _stretch(statement: Statement) -> Scope | None:
    """The last stretch that a sentence names or takes up, as the scope of what fell into it."""
    for claim in reversed(statement.claims):
        if claim.said.type == "range" and claim.said.time is not None and claim.said.time.last is not None:
            return claim.said
    named = [t for t in statement.sentence.times if t.extent in ("years", "part") and t.first and t.last]
    named = [t for t in named if t.role in ("period", "from")]
    return Scope("range", "context", named[-1]) if named else None


def _looks_back(statement: Statement, spoken: Time | None) -> bool:
    """ "In 2020 there were 365,348.": said only to compare; the text goes on with the year it was speaking of."""
    carry, claims = statement.sentence.carry, statement.claims
    if spoken is None or carry.time is None or spoken.anchor != carry.time.anchor:
        return False
    earlier = (spoken.year or 0, spoken.offset) < (carry.time.year or 0, carry.time.offset)
    return earlier and all(c.noun is carry.noun for c in claims) and bool(claims)


def _last_scope(own: Sequence[Claim], spoken: Time | None) -> Scope:
    """The scope of the last statistic that speaks of the sentence's own year rather than of one before it."""
    if spoken is not None and spoken.year is not None:
        for claim in reversed(own):
            time = claim.said.time
            if time is None or time.year is None or time.year >= spoken.year:
                return claim.said
    return own[-1].said


def _tokens(text: str, low: str, start: int, end: int, mentions: Sequence[Mention], *, alone: bool) -> list[Token]:
    """The numbers with their classes; `alone`: labels name what the one number of a cell or tile measures."""
    stops = [*(m.claim_start for m in mentions[1:]), end]
    nouns = [noun_after(low, m.claim_end, stop) for m, stop in zip(mentions, stops, strict=False)]
    classes = [classify(text, low, m, noun, start, end) for m, noun in zip(mentions, nouns, strict=True)]
    if alone and len(mentions) == 1 and _is_all_told(low, start, end, mentions[0], nouns[0], classes[0]):
        classes = [STATISTIC]
    for i in range(len(mentions) - 1, 0, -1):  # "at 9 and 15 months of age": the first is what the last one is
        framing = classes[i].numeral_class in ("age", "duration")
        if framing and nouns[i - 1] is None and is_list_gap(low[mentions[i - 1].claim_end : mentions[i].claim_start]):
            classes[i - 1] = classes[i]
    for i in range(1, len(mentions)):  # "aged 0 to 4, 5 to 11 and 12 to 17": all are what the first one is
        banded = classes[i - 1].numeral_class == "age" and mentions[i - 1].form == mentions[i].form == "range"
        noun = nouns[i]
        if banded and is_list_gap(low[mentions[i - 1].claim_end : mentions[i].claim_start]):
            classes[i] = classes[i] if noun and is_plural(noun.head) else classes[i - 1]
    return [Token(*known) for known in zip(mentions, classes, nouns, strict=True)]


def _measures(noun: Noun | None) -> bool:
    """Whether a label says what was measured; how long a term is was not."""
    return noun is not None and noun.head not in _TERMS


def _is_all_told(low: str, start: int, end: int, mention: Mention, noun: Noun | None, verdict: Verdict) -> bool:
    """A duration that is all its cell or tile says is what the label measures ("Median wait: 11 days"), not a frame."""
    around = low[start : mention.claim_start] + low[mention.claim_end : end]
    return verdict.numeral_class == "duration" and noun is not None and around.strip() == noun.unit


def _quantity(
    sentence: Sentence, clauses: Sequence[Clause], earlier: Sequence[Quantity], labelled: Labelled
) -> Quantity:
    """What the next clause behind the `earlier` ones measures."""
    i = len(earlier)
    clause, previous = clauses[i], earlier[-1] if earlier else None
    mention, low = clause.mention, sentence.low
    label = "" if labelled.moved else labelled.words
    below = is_below_nought(low, mention, sentence.start, clause.right, label)
    change = None if below else change_of(low, mention, sentence.start, clause.right) or labelled.moved
    if clause.compared and not mention.percent:
        change = None
    counted = Counted(clause.behind)
    if counted.noun is None and labelled.noun is not None:
        counted = Counted(labelled.noun, "label")
    elif counted.noun is None and not mention.percent and not mention.currency and mention.form != "multiplier":
        counted = elided(sentence, clauses, earlier)
    if change is None and mention.percent and previous is not None and _goes_on(sentence, previous, clause):
        change = previous.change
    value = mention.value or Decimal(0)
    kind = kind_of(mention, counted.noun, change, is_measured_time(mention, counted.noun))
    flags = tuple(f for f in mention.flags if f != "percentage_points")
    aimed = labelled.target or modality_of(sentence, earlier, clause) == GOAL
    return Quantity(
        *clause,
        counted,
        change,
        kind,
        -abs(value) if below else signed(value, kind, mention, change),
        unit_of(kind, mention, counted.noun),
        aggregation_of(sentence, clause) or (labelled.rate if kind not in MOVING else None),
        (*flags, GOAL) if aimed else flags,
    )


def _goes_on(sentence: Sentence, previous: Quantity, claim: Clause) -> bool:
    """Whether the verb of change in front holds for this number too: "files rose by 53% and videos by 41%"."""
    if _AND_BY.search(sentence.ahead_of(claim, 40)):
        return True
    noun = _AND_NOUN.fullmatch(sentence.between(previous, claim))
    bare = not sentence.low.startswith(" of", claim.mention.claim_end)
    return previous.mention.percent and bare and noun is not None and is_plural(noun.group("noun"))
