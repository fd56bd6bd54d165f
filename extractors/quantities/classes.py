"""What sort of thing a number mention is: a statistic, or an age, a duration, an ordinal, an idiom and why.

Dates, phones, identifiers and the like are told apart by their shape alone, before numbers are read (`shapes`).
"""

import re
from dataclasses import dataclass

from extractors.clauses.nouns import Noun
from extractors.language.lexicon import (
    DETERMINERS,
    MEASURES,
    PEOPLE,
    STOPS,
    TIME_ACCUMULATES,
    TIME_UNITS,
    VERBS,
    is_plural,
    words,
)
from extractors.numbers.intervals import is_storable
from extractors.numbers.scanning import Mention
from extractors.records import NumeralClass


@dataclass(frozen=True, slots=True)
class Verdict:
    """The class of a numeral; `reason` is None for a statistic."""

    numeral_class: NumeralClass
    reason: str | None = None


STATISTIC = Verdict("statistic")

_REACH = 60
"""How far before a number the words that class it are looked for, in characters."""
_AGE_BEFORE = re.compile(
    r"(?:\bage[ds]?|\bages of|\bage range|\baged between|\bage group|\bages? between|\bunder the age of|"
    r"\bover the age of|"
    r"\bturned|\bturning|\bturns|\bage is|\bgirls of|\bboys of|\bage of|\byoung as|\bold as|\bgrades?)\s(?:from\s|"
    r"between\s|of\s|about\s|around\s|just\s)?$"
)
_AGE_AFTER = re.compile(
    r"\s?-?\s?(?:years?[- ]olds?\b|yrs?[- ]old|years? of age|-?year-olds?\b|-?year-old\b|y/o\b|months? old|month-old|"
    r"weeks? old|days? old|(?:years? )?(?:and|or|&) (?:under|over|older|younger|above|below)\b|\+? ?(?:and|or) older|"
    r"-?somethings?\b|s and (?:over|under)|s\b(?= (?:and|who|in|are|were|had|have|living|with)))"
)
_AGE_LIMIT = re.compile(
    r"\b(?:under|over|below|above|younger than|older than|at least|up to|from)(?: the age of)?[\s-]$"
)
_AGE_END = re.compile(r"s?(?:\s*$|[.,;:)?!]|\s(?:and|or|who|when|in|with|are|were|is|have|had|at|to|for|years?)\b)")
_MEASURED_TIME = re.compile(
    r"\b(?:averag\w+|mean|median|typical\w*|wait\w*|response|length|duration|longest|shortest|"
    r"turnaround|turn-around|delay\w*|processing|fell|rose|cut|reduced|dropped|down|up from|down from|faster|slower|"
    r"time to|times? (?:of|was|is|were)|lifespan|expectancy|tenure)\b"
)
_FAMILY_OF = re.compile(r"\b(?:mother|father|mom|mum|dad|parent|grandmother|grandfather|family|household|party) of $")
_RATE_BASE = re.compile(r"\b(?:per|for every|out of every|in every|each|every)\s(?:the\s)?$")
_PLAIN_ONE = re.compile(
    r"\b(?:only|just|least|than|over|and|or|another|plus|with|from|to|of|about|nearly|almost|exactly)\s$"
)
_AGO = re.compile(r"\s(?:\w+\s)?(?:ago|later|earlier|before|after|since|hence)\b")
_AVERAGED = re.compile(r"\s(?:\w+\s)?(?:later|earlier|sooner|faster|longer)\son average\b")
_TIME_COMPOUND = re.compile(r"-(?:second|minute|hour|day|night|week|month|year|decade|century)(?:s|-long|-old)?\b")


_PERSON_IS = re.compile(r"\b(?:he|she|i|who|(?:mr|mrs|ms|dr|miss|sir)\.? [\w'-]+) (?:is|was|am) (?:just |only |now )?$")
_GLUED_S = re.compile(r"s\b")
_AGED = frozenset({"them", "those", "most", "mostly", "anybody", "somebody", "nobody"})
_BEING_AGED = frozenset({"are", "is", "were", "was", "be", "aged", "all"})
_PERSON_AGED = re.compile(
    r"\b(?:adult|youth|child|teen(?:ager)?|person|people|girl|boy|student|minor)(?:s|ren)?(?:, | \()$"
)
_BETWEEN_AGES = re.compile(
    r"\b(?:child|boy|girl|teen(?:ager)?|youth|minor|student|adult|person|people|women|men|victim|kid)(?:s|ren)?"
    r"(?: who (?:are|were))? between $"
)
_SHARE_AGED = re.compile(
    r"(?:%|\b(?:per ?cent|half|thirds?|quarters?|fifths?|most|many|majority|in (?:\d+|two|three|four|five|six|ten)))\s"
    r"(?:[^.;:]|\.(?=\w)){0,56}\b(?:were|was|are|is)(?: aged| between)? $"
)
"""A share of people "were 30 to 59": a band of ages, named by its bounds alone."""
_CHILD_OF = re.compile(r"\b(?:child|boy|girl|man|woman|baby|person|people|children) of (?:about |around |just )?$")
_SAID = re.compile(
    r"\b(?:says?|said|adds?|added|recalls?|remembers?|explains?|laughs?|smiles?|asks?|"
    r"asked)\s[^,]{2,40}, $"
)
_IN_COMMAS = re.compile(r"(?<!\d)[a-z]{2,}, $")


def classify(low: str, mention: Mention, noun: Noun | None, left: int, right: int) -> Verdict:
    """The class of `mention` in the folded text; `left` and `right` bound its sentence."""
    if mention.value is None:
        return Verdict("identifier", "long_digit_run")
    if not is_storable(mention):
        return Verdict("statistic", "out_of_range")
    before = low[max(left, mention.claim_start - _REACH) : mention.claim_start]
    after = low[mention.end : min(right, mention.end + 60)]
    if mention.form == "ordinal":
        return STATISTIC if mention.value >= 50 else Verdict("ordinal", "rank")
    if not mention.digits and _WRITTEN_IN.search(before):
        return Verdict("reference", "scale")
    if mention.value == _WHOLE and _ARITHMETIC.search(before):
        return Verdict("reference", "arithmetic")
    if mention.currency and _RATE_BASE.search(before):
        return Verdict("reference", "rate_base")
    if mention.form in ("multiplier", "fraction", "ratio") or mention.percent or mention.currency:
        return _time_fraction(mention, after)
    if _is_age(low, mention, noun, before, after, left):
        return Verdict("age", "age")
    if noun is None and mention.value <= 12 and _FAMILY_OF.search(before):
        return Verdict("idiom", "family_size")
    duration = _duration(mention, noun, low[max(left, mention.claim_start - 2 * _REACH) : mention.claim_start], after)
    if duration is not None:
        return duration
    if (
        not mention.digits
        and mention.value <= _SMALL
        and (_NO_TWO.search(before) or _enumerates(low[mention.start : mention.end], noun, after))
    ):
        return Verdict("idiom", "enumeration")
    if mention.digits and _PAGE_OF.search(before):
        return Verdict("reference", "page_reference")
    if _is_rule(low, mention, left):
        return Verdict("idiom", "general_rule")
    if not mention.digits and mention.value <= _SMALL and mention.form == "number" and _THESE.search(before):
        return Verdict("statistic", "refers_back")
    if mention.value == 1 and not mention.digits and mention.form == "number":
        if mention.qualifier == "at_least":
            return Verdict("statistic", "at_least_one")
        if _MODAL.search(before):
            return Verdict("idiom", "one_as_pronoun")
        counted = noun is not None and not is_plural(noun.head)
        if not (counted and _PLAIN_ONE.search(low[max(left, mention.start - 12) : mention.start])) or after.startswith(
            (" of ", ",", ".")
        ):
            return Verdict("idiom", "one_as_pronoun")
    if _RATE_BASE.search(before) and noun is not None:
        return Verdict("reference", "rate_base")
    return STATISTIC


_THESE = re.compile(r"\b(?:these|those) $")
_WRITTEN_IN = re.compile(
    r"\b(?:amounts?|figures?|values?|numbers|data|dollars|totals)\b[^.;:\d]{0,40}\bin (?:us\$|\$|£|€)?$"
)
"""How figures are written: "all amounts are in thousands of dollars"."""
_WHOLE = 100
_ARITHMETIC = re.compile(
    r"\b(?:not|n't|never) (?:always )?(?:add|sum|total|equal|come|amount)\b[^,;.\d]{0,20} $|"
    r"\b(?:multipl|divid)\w+ (?:\w+ )?by $"
)
"""Percentages "may not add to 100", a rate is got by "multiplying by 100"."""
_SMALL = 12
_NO_TWO = re.compile(r"\bno $")
_PAGE_OF = re.compile(r"\bpage \d{1,4} of $")
_ENUMERATED = words("kinds types ways reasons things questions steps facts points sides forms halves aspects examples")
_SO_OFTEN = re.compile(r"\s(?:an?|per|each|every|as|the|that|what|this|its|their|our|more|larger)\b")


def _enumerates(surface: str, noun: Noun | None, after: str) -> bool:
    """ "Two kinds of reports worry us", "a file that was sent twice": told in passing, counted by nobody."""
    if surface in ("twice", "thrice"):
        return _SO_OFTEN.match(after) is None
    return noun is not None and noun.head in _ENUMERATED


_MODAL = re.compile(r"\b(?:may|can|could|might|must|should|would)\b[^.;:]*$")
_CLAUSE = re.compile(r"[;:.\]]\s")
_RULE = re.compile(
    r"\W*(?:an?|each|every|any|the same) (?:[a-z'-]+ ){1,3}?(?:(?:who|that|which) (?:[a-z]+ ){0,1}[a-z]+s|may|can|must|"
    r"is(?= (?:one|a|an|counted|entered|listed|recorded)\b)|counts?|makes?)\b|"
    r"\W*one [a-z'-]+ (?:may|can|must|might)\b"
)
_RULES_NUMBER, _SPELLED_OUT = 12, 100


def _is_rule(low: str, mention: Mention, left: int) -> bool:
    """ "A child who runs away four times is entered each time": how things are counted, not how many there were."""
    most = _RULES_NUMBER if mention.digits else _SPELLED_OUT
    if mention.value is None or mention.value > most or mention.form not in ("number", "range"):
        return False
    begin = max(left, mention.claim_start - 120)
    clauses = [m.end() for m in _CLAUSE.finditer(low, begin, mention.claim_start)]
    if not clauses and begin > left:
        return False
    return _RULE.match(low, clauses[-1] if clauses else left, mention.claim_start) is not None


_NAME_BEFORE = re.compile(r"(?:^|(?P<inside>\w[,;]?\s))(?P<name>[A-Z][\w&'-]*)\s$")


def names_a_thing(text: str, mention: Mention, noun: Noun | None, start: int) -> bool:
    """Whether a plain integer is part of a name: "Gallery 12, with …", "the Norden 30 index", "Troop 118 meets"."""
    if not mention.digits or mention.form != "number" or mention.rounded or mention.qualifier != "exact":
        return False
    if mention.percent or mention.currency or "," in text[mention.start : mention.end]:
        return False
    if noun is not None and is_plural(noun.head):
        return False
    match = _NAME_BEFORE.search(text[max(start, mention.start - 40) : mention.start])
    if match is None:
        return False
    word = match.group("name").lower()
    if word in _NO_NAMES or word in _CLOSED_CLASSES or word.endswith(("ed", "ing", "ly")) or is_plural(word):
        return False
    return bool(match.group("inside")) or text[mention.end : mention.end + 1] in (" ", ",")


_NO_NAMES = words(
    "total totals average nearly almost about around over roughly approximately another some exactly up down"
)
_CLOSED_CLASSES = STOPS | DETERMINERS | VERBS


def _is_age(low: str, mention: Mention, noun: Noun | None, before: str, after: str, left: int) -> bool:
    if mention.value is None or mention.value > 120 or mention.rounded:
        return False
    if _AGE_BEFORE.search(before) or _AGE_AFTER.match(after):
        return True
    reach = low[max(left, mention.start - 60) : mention.start]
    if reach.endswith(("under-", "over-")):
        return True
    limit = _AGE_LIMIT.search(reach)
    if limit:
        lead = reach[: limit.start()].split()
        person = lead[-1].strip(",;:()") if lead else ""
        if person in PEOPLE or person in _AGED or (_AGE_END.match(after) and person in _BEING_AGED):
            return noun is None or not is_plural(noun.head)
        if _GLUED_S.match(after) or (not lead and after[:1] in ("?", "!")):
            return True
    if (_CHILD_OF.search(before) or (mention.form == "range" and before.endswith("must be "))) and _AGE_END.match(
        after
    ):
        return True
    if mention.form == "range" and not (noun and is_plural(noun.head)) and _BETWEEN_AGES.search(reach):
        return True
    if mention.form == "range" and noun is None and _SHARE_AGED.search(reach) and _AGE_END.match(after):
        return True
    if _PERSON_IS.search(before) and _AGE_END.match(after):
        return True
    if mention.form == "range" and _PERSON_AGED.search(reach) and after[:1] in ("", ")", ",", ".", ":", ";"):
        return True
    said = bool(_IN_COMMAS.search(reach)) and (
        after.startswith(", ") or (after[:1] in (".", "") and bool(_SAID.search(reach)))
    )
    return mention.digits and 1 <= mention.value <= 110 and noun is None and said


def _time_fraction(mention: Mention, after: str) -> Verdict:
    """ "Half an hour" and "a quarter of a century" last; they count nothing."""
    if mention.form == "fraction" and _TIME_SPAN.match(after):
        return Verdict("duration", "duration")
    return STATISTIC


_TIME_SPAN = re.compile(r"\s(?:of )?(?:an? |the )?(?:second|minute|hour|day|week|month|year|decade|century)s?\b")
_WORTH = re.compile(r"\s(?:seconds|minutes|hours|days|weeks|months|years)' (?:worth|supply|stock)")


def _duration(mention: Mention, noun: Noun | None, before: str, after: str) -> Verdict | None:
    if _WORTH.match(after):
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
    averaged = after.startswith(f" {noun.unit} on average")
    if unit in ("decade", "century", "season") or not (averaged or _MEASURED_TIME.search(before)):
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


def is_measure(noun: Noun | None) -> bool:
    """Whether the noun is a physical unit."""
    return noun is not None and (noun.head in MEASURES or noun.unit.split()[0] in ("square", "cubic"))
