"""One sentence's statistics: what each number counts, how it moves and when it holds.

Takes the numerals and dates of a sentence and gives its claims. Everything is an offset into the folded passage.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from extractors.clauses.claims import Carry, Claim, Sentence
from extractors.clauses.cues import find_cues
from extractors.clauses.nouns import Noun, noun_after, noun_before
from extractors.clauses.segments import segment
from extractors.language.lexicon import GROUPS, MEASURES, RATES, TIME_UNITS, is_plural, words
from extractors.numbers.scanning import Mention
from extractors.periods.dating import date_statistics, topic
from extractors.periods.times import Scope, Time, read_times
from extractors.quantities.classes import STATISTIC, Verdict, classify, is_measured_time, names_a_thing
from extractors.quantities.kinds import change_of, kind_of, signed, unit_of
from extractors.timex.spans import DateSpan

_GROUP_OF = re.compile(rf"\b(?P<group>{'|'.join(sorted(GROUPS))}) of (?:more than |over |about |some |nearly )?$")
_GREW = re.compile(r"\b(?:grow\w*|grew|ris\w+|rose|increas\w+|climb\w+|f[ae]ll\w*|chang\w+|doubl\w+|declin\w+) $")
""" "69 million files, a figure that has grown every year": what came each year is the growth."""
_AND_TO = re.compile(r"\W*and to ")
"""A goal goes on: "we plan to open 15 and to reach 2 million"."""
_TERMS = words("term terms notice deadline limit course courses contract contracts validity period length")
"""What lasts so long by rule: its time was not measured."""
_APPOSED = re.compile(r"\b(?P<noun>[a-z-]+)(?:, at | \()$")
_PLACES = words("states countries territories provinces counties cities towns communities districts languages nations")
_WHERE = re.compile(r"\b(?:in|from|across|to) (?:all |some |these )?$")
_HAVING_DONE = re.compile(
    r"\b(?!(?:totall?|number|reach|exceed|pass|topp|equall?|averag|surpass|climb|increas|declin|dropp|record)ed\b)"
    r"(?:[a-z]+ed|taken|took|given|gave|seen|saw|sent|made|heard|found|met|won|been through|gone through) $"
)
"""Before a bare number: its subject did something to what is counted ("analysts have gone through 152 million")."""
_OF_THEM = re.compile(r"\s(?:out )?of (?:them|these|those)\b(?! \w+s\b)")
_ONLY_COMPARES = re.compile(
    r"\W*(?:(?:that|this|it|which) compare[sd]|by (?:comparison|contrast)|in (?:comparison|contrast))\b"
)
"""So a sentence opens that is told only to compare: the text goes on with what it spoke of before."""
_AND_BY = re.compile(r"\b(?:and|while|but|,)\s(?:[a-z' -]{1,32}\s)?by $")
_AND_NOUN = re.compile(r",? and (?:[a-z-]+ )?(?P<noun>[a-z-]+) ")
_RATE_BEHIND = ("a ", "an ", "per ")
"""Rates that stand behind their number: "310 a day", never "a day … 310"."""


def read_sentence(
    text: str,
    low: str,
    start: int,
    end: int,
    mentions: Sequence[Mention],
    dates: Sequence[DateSpan],
    carry: Carry,
    named: Noun | None = None,
    moved: str | None = None,
) -> Sentence:
    """Bind the numbers of `text[start:end]` to its other words; `low` is the text folded.

    `carry` is what the sentence before left; `named` is what labels or headers say a bare number counts,
    `moved` their word of change.
    """
    sentence = Sentence(low, start, end, carry)
    sentence.claims = [_claim(sentence, text, mentions, i) for i in range(len(mentions))]
    if named is not None:
        _labelled_time(sentence, named)
    _share_class(sentence)
    statistics = sentence.statistics
    if not statistics:
        sentence.times = read_times(low, dates, find_cues(low, start, end), ()) if dates else ()
        return sentence
    sentence.cues = find_cues(low, start, end)
    sentence.times = read_times(low, dates, sentence.cues, [c.mention.start for c in statistics])
    segment(sentence)
    for i, claim in enumerate(statistics):
        _understand(sentence, statistics, i, claim, named, moved)
    date_statistics(sentence)
    return sentence


def leave(sentence: Sentence) -> Carry:
    """What the next sentence of the passage may take up."""
    own = [c for c in sentence.statistics if not c.compared]
    counted = [c.noun for c in sentence.statistics if c.noun and c.kind == "count"]
    spoken = topic(sentence)
    if _looks_back(sentence, spoken) or _ONLY_COMPARES.match(sentence.low, sentence.start):
        return Carry(sentence.carry.scope, sentence.carry.time, sentence.carry.noun)
    return Carry(
        scope=_last_scope(own, spoken) if own else sentence.carry.scope,
        time=spoken or sentence.carry.time,
        noun=counted[0] if counted else sentence.carry.noun,
    )


def _looks_back(sentence: Sentence, spoken: Time | None) -> bool:
    """ "In 2020 there were 365,348.": said only to compare; the text goes on with the year it was speaking of."""
    held = sentence.carry.time
    if spoken is None or held is None or spoken.anchor != held.anchor:
        return False
    earlier = (spoken.year or 0, spoken.offset) < (held.year or 0, held.offset)
    return earlier and all(c.noun is sentence.carry.noun for c in sentence.statistics) and bool(sentence.statistics)


def _last_scope(own: Sequence[Claim], spoken: Time | None) -> Scope | None:
    """The period of the last statistic that speaks of the sentence's own year rather than of one before it."""
    if spoken is not None and spoken.year is not None:
        for claim in reversed(own):
            time = claim.scope.time if claim.scope else None
            if time is None or time.year is None or time.year >= spoken.year:
                return claim.scope
    return own[-1].scope


def _claim(sentence: Sentence, text: str, mentions: Sequence[Mention], i: int) -> Claim:
    mention = mentions[i]
    stop = mentions[i + 1].claim_start if i + 1 < len(mentions) else sentence.end
    noun = noun_after(sentence.low, mention.claim_end, stop)
    if names_a_thing(text, mention, noun, sentence.start):
        return Claim(mention, Verdict("identifier", "name"), noun)
    return Claim(mention, classify(sentence.low, mention, noun, sentence.start, sentence.end), noun)


def _labelled_time(sentence: Sentence, named: Noun) -> None:
    """A duration that is all its cell or tile says is what the label measures ("Median wait: 11 days"), not a frame."""
    if len(sentence.claims) != 1 or named.head in _TERMS:
        return
    claim = sentence.claims[0]
    around = sentence.low[sentence.start : claim.mention.claim_start] + sentence.low[claim.mention.claim_end :]
    if claim.verdict.numeral_class == "duration" and claim.noun is not None and around.strip() == claim.noun.unit:
        claim.verdict = STATISTIC


def _share_class(sentence: Sentence) -> None:
    """ "At 9 and 15 months of age": the first of a list is what the last one is."""
    for earlier, later in reversed(list(zip(sentence.claims, sentence.claims[1:], strict=False))):
        framing = later.verdict.numeral_class in ("age", "duration")
        if framing and earlier.noun is None and sentence.listed(earlier, later):
            earlier.verdict = later.verdict


def _understand(
    sentence: Sentence, statistics: list[Claim], i: int, claim: Claim, named: Noun | None, moved: str | None
) -> None:
    mention = claim.mention
    claim.change = change_of(sentence.low, mention, sentence.start, claim.right) or moved
    if claim.compared and not mention.percent:
        claim.change = None
    if claim.noun is None and named is not None:
        claim.noun = named
    elif claim.noun is None and not mention.percent and not mention.currency and mention.form != "multiplier":
        claim.noun = _elided(sentence, statistics, i)
    if claim.change is None and mention.percent and i and _goes_on(sentence, statistics[i - 1], claim):
        claim.change = statistics[i - 1].change
    claim.kind = kind_of(mention, claim.noun, claim.change, is_measured_time(mention, claim.noun))
    claim.value = signed(mention.value or Decimal(0), claim.kind, mention, claim.change)
    claim.unit = unit_of(claim.kind, mention, claim.noun)
    claim.aggregation = _aggregation(sentence, claim)
    claim.flags = [f for f in mention.flags if f != "percentage_points"]
    planned = any(c.kind == "future" and claim.left <= c.start < mention.start for c in sentence.cues)
    goes_on = i > 0 and "target" in statistics[i - 1].flags and _AND_TO.match(sentence.low, claim.left)
    if planned or goes_on:
        claim.flags.append("target")


def _goes_on(sentence: Sentence, previous: Claim, claim: Claim) -> bool:
    """Whether the verb of change in front holds for this number too: "files rose by 53% and videos by 41%"."""
    if _AND_BY.search(sentence.ahead_of(claim, 40)):
        return True
    noun = _AND_NOUN.fullmatch(sentence.between(previous, claim))
    bare = not sentence.low.startswith(" of", claim.mention.claim_end)
    return previous.mention.percent and bare and noun is not None and is_plural(noun.group("noun"))


def _elided(sentence: Sentence, statistics: list[Claim], i: int) -> Noun | None:
    """The noun of a number that stands without one: its twin's, its neighbour's, the subject, the sentence before's."""
    claim, earlier = statistics[i], statistics[:i]
    if earlier and earlier[-1].compared and sentence.between(earlier[-1], claim).endswith(" to "):
        return earlier[-1].noun
    apposed = _APPOSED.search(sentence.ahead_of(claim, 40))
    if apposed and is_plural(apposed["noun"]):
        start = claim.mention.claim_start - len(apposed.group())
        return Noun(apposed["noun"], apposed["noun"], start, start + len(apposed["noun"]), claim.mention.claim_start)
    twins = [c for c in earlier if not c.compared]
    rank = sum(c.compared for c in earlier)
    if claim.compared and rank < len(twins) and sum(c.compared for c in statistics) == len(twins):
        twin = twins[rank].noun
        if twin is not None:
            return twin
    if _OF_THEM.match(sentence.low, claim.mention.claim_end):
        counted = [c.noun for c in earlier if c.noun and c.kind == "count" and not _is_where(sentence, c)]
        if earlier and not counted:
            return noun_before(sentence.low, sentence.start, claim.mention.claim_start) or sentence.carry.noun
        return counted[-1] if counted else sentence.carry.noun
    group = _GROUP_OF.search(sentence.ahead_of(claim, 30))
    if group:
        word, start = group.group("group"), claim.mention.claim_start - len(group.group())
        return Noun(word, word, start, start + len(word), claim.mention.claim_start)
    named = [c for c in earlier if c.noun and c.kind in ("count", "measure", "duration")]
    named = [c for c in named if not _is_where(sentence, c)]
    things = [c.noun for c in named if c.noun and c.noun.head not in TIME_UNITS and c.noun.head not in MEASURES]
    number_of = sentence.low.rfind("number of ", sentence.start, claim.mention.claim_start)
    if any(c.mention.end <= number_of for c in named):  # "reviewed 22 images, and the number of victims rose to 50"
        return noun_before(sentence.low, number_of, claim.mention.claim_start)
    if things:
        return things[-1]
    if named and sentence.listed(named[-1], claim):
        return named[-1].noun
    for here, there in pairwise(statistics[i:]):
        if not sentence.listed(here, there):
            break
        if there.noun:
            return there.noun
    subject = noun_before(sentence.low, sentence.start, claim.mention.claim_start)
    if subject and not (sentence.carry.noun and _HAVING_DONE.search(sentence.ahead_of(claim, 30))):
        return subject
    for later in statistics[i + 1 :]:
        if later.noun and later.left == claim.left:
            return later.noun
    return sentence.carry.noun


def _is_where(sentence: Sentence, claim: Claim) -> bool:
    """Whether a count of places only tells where: "reports from all 50 states, over 9,000 of them urgent"."""
    return claim.noun is not None and claim.noun.head in _PLACES and bool(_WHERE.search(sentence.ahead_of(claim, 20)))


def _aggregation(sentence: Sentence, claim: Claim) -> str | None:
    near = [c for c in sentence.cues if claim.left <= c.start < claim.right]
    for cue in near:
        if cue.kind == "each" and cue.unit:
            if cue.start < claim.mention.start and sentence.low.startswith(_RATE_BEHIND, cue.start):
                continue
            if _GREW.search(sentence.low, claim.mention.end, cue.start):
                continue
            return RATES.get(cue.unit.split()[-1], "average")
    return "average" if any(c.kind == "average" for c in near) else None
