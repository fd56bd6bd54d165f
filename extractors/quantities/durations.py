"""How long something lasts, which counts nothing, and how long something took, which was measured."""

import re

from extractors.clauses.nouns import Noun
from extractors.language.lexicon import TIME_ACCUMULATES, TIME_UNITS
from extractors.numbers.scanning import Mention
from extractors.quantities.candidates import REACH, STATISTIC, Number, Verdict
from extractors.rules import Rule

_MEASURED_TIME = re.compile(
    r"\b(?:averag\w+|mean|median|typical\w*|wait\w*|response|length|duration|longest|shortest|"
    r"turnaround|turn-around|delay\w*|processing|fell|rose|cut|reduced|dropped|down|up from|down from|faster|slower|"
    r"time to|times? (?:of|was|is|were)|lifespan|expectancy|tenure|(?:shorten|lengthen)\w* (?:by|to|from))\b"
)
_TOOK = re.compile(r"\b(?:took|needed|lasted)(?: [a-z]+){0,2} $")
""" "Calls took 4 to 11 minutes": from so long to so long was measured, where "it took 3 weeks" only tells."""
_AGO = re.compile(r"\s(?:\w+\s)?(?:ago|later|earlier|before|after|since|hence)\b")
_AVERAGED = re.compile(r"\s(?:\w+\s)?(?:later|earlier|sooner|faster|longer)\son average\b")
_TIME_COMPOUND = re.compile(r"-(?:second|minute|hour|day|night|week|month|year|decade|century)(?:s|-long|-old)?\b")
_TIME_SPAN = re.compile(r"\s(?:of )?(?:an? |the )?(?:second|minute|hour|day|week|month|year|decade|century)s?\b")
_WORTH = re.compile(r"\s(?:seconds|minutes|hours|days|weeks|months|years)' (?:worth|supply|stock)")
_STORED = re.compile(
    r"\s(?:days|weeks|months) (?:worth )?of (?:[a-z-]+ ){0,3}(?:stocks?|suppl(?:y|ies)|reserves?|inventory)\b"
)
""" "6.2 days of grain stock": how long what is kept will last."""


def lasting(n: Number) -> Verdict | None:
    """ "Half an hour" and "a quarter of a century" last; they count nothing."""
    lasts = n.mention.form == "fraction" and _TIME_SPAN.match(n.after)
    return Verdict("duration", "duration") if lasts else None


def duration(n: Number) -> Verdict | None:
    """How long something lasts, unless it was measured."""
    before = n.low[max(n.left, n.mention.claim_start - 2 * REACH) : n.mention.claim_start]
    return _duration(n.mention, n.noun, before, n.after)


def _duration(mention: Mention, noun: Noun | None, before: str, after: str) -> Verdict | None:
    if _WORTH.match(after) or _STORED.match(after):
        return STATISTIC
    if _TIME_COMPOUND.match(after):
        return Verdict("duration", "duration")
    if noun and " " in noun.unit and noun.unit.split()[0] in ("years", "decades") and before.endswith("for "):
        return Verdict("duration", "duration")  # "for 36 years families have turned to us"
    unit = TIME_UNITS.get(noun.head) if noun else None
    if noun is None or unit is None:
        return None
    if (
        " " in noun.unit
        and noun.unit.split()[0] not in TIME_UNITS
        and noun.unit.split()[0] not in ("full", "whole", "calendar")
    ):
        return None
    if mention.value is not None and mention.value >= TIME_ACCUMULATES.get(unit, 1000):
        return None
    behind = after[after.find(noun.head) + len(noun.head) :] if noun.head in after else ""
    if _AVERAGED.match(behind):
        return STATISTIC
    if _AGO.match(behind):
        return Verdict("duration", "duration")
    averaged = after.startswith(f" {noun.unit} on average") or _STORED.search(before)
    ranged = mention.form == "range" and _TOOK.search(before)
    if unit in ("decade", "century", "season") or not (averaged or ranged or _MEASURED_TIME.search(before)):
        return Verdict("duration", "duration")
    if (
        not averaged
        and re.search(
            r"\b(?:past|last|next|previous|first|within|after|for|ago|during|over the|in the)\s(?:\w+\s)?$", before
        )
        and not re.search(r"\b(?:averag\w+|median|mean|stay\w*|wait\w*|lasted)\b", before[-50:])
    ):
        return Verdict("duration", "duration")
    return STATISTIC


def is_measured_time(mention: Mention, noun: Noun | None) -> bool:
    """Whether a statistic tells how long something took, rather than adds up time given ("12,000 hours of care")."""
    if noun is None or noun.head not in TIME_UNITS or mention.value is None:
        return False
    return mention.value < TIME_ACCUMULATES.get(TIME_UNITS[noun.head], 1000) and " " not in noun.unit


LASTING = Rule(
    "lasting", lasting, ("relative",), ("It took [half] an hour. -> duration duration",),
    ("It took [half] of the owls. -> fact",),
)  # fmt: skip
DURATION = Rule(
    "duration", duration, ("general_rule", "pronoun", "rate_base", "refers_back",),
    ("It lasted for [three] weeks. -> duration duration",), ("It took in [three] owls. -> fact",),
)  # fmt: skip
