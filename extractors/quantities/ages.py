"""Whether a number is somebody's age: "aged 8 to 14", "under 5", "he turned 70", "Ewa Nowak, 34, ..."."""

import re

from extractors.clauses.nouns import Noun
from extractors.language.lexicon import PEOPLE, is_plural
from extractors.numbers.scanning import Mention
from extractors.quantities.candidates import Number, Verdict

OLDEST = 120
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
_AGE_END = re.compile(
    r"s?(?:\s*$|[.,;:)?!]|\s(?:and|or|who|when|in|with|are|were|is|have|had|at|to|for|can|could|now|today|years?)\b)"
)
_PERSON_IS = re.compile(r"\b(?:he|she|i|who|(?:mr|mrs|ms|dr|miss|sir)\.? [\w'-]+) (?:is|was|am) (?:just |only |now )?$")
_OLDEST_IS = re.compile(
    r"\b(?:oldest|youngest|eldest)\b[^.;:\d]{0,40}\b(?:is|was|are|were|being|turned)(?: just| only| now)? $"
)
""" "The oldest visitor was 102"."""
_AGED = frozenset({"while", "when", "them", "those", "most", "mostly", "anybody", "somebody", "nobody"})
_BEING_AGED = frozenset({"are", "is", "were", "was", "be", "aged", "all"})
_PERSON_AGED = re.compile(
    r"\b(?:adult|youth|child|teen(?:ager)?|person|people|girl|boy|student|minor)(?:s|ren)?(?:, | \()$"
)
_BETWEEN_AGES = re.compile(
    r"\b(?:child|boy|girl|teen(?:ager)?|youth|minor|student|adult|person|people|women|men|victim|kid)(?:s|ren)?"
    r"(?: who (?:are|were))? between $"
)
_BAND_AFTER = re.compile(
    r"(?:(?:,| and| or|, and|, or) \d{1,2}\s?[-\u2013]\s?\d{1,2})* (?:age )?(?:groups?|bands?|brackets?|cohorts?)\b"
)
_BAND_BEFORE = re.compile(r"\bthe (?:\d{1,2}\s?[-\u2013]\s?\d{1,2}(?: and | or |, |, and |, or ))*$")
""" "The 26-30 and 31-35 groups": bands of ages, named by their bounds."""
_OVERS, _IN_S = re.compile(r"\b(?:over|under)[- ]?$"), re.compile(r"s\b")
""" "The over 65s"."""
_BAND_ALONE = re.compile(r"\+ (?:age |age-)?(?:group|band|bracket|cohort)\b")
""" "The 60+ group"."""
_SHARE_AGED = re.compile(
    r"(?:%|\b(?:per ?cent|half|thirds?|quarters?|fifths?|most|many|majority|in (?:\d+|two|three|four|five|six|ten)))\s"
    r"(?:[^.;:]|\.(?=\w)){0,56}\b(?:were|was|are|is)(?: aged| between)? $"
)
"""A share of people "were 30 to 59": a band of ages, named by its bounds alone."""
_CHILD_OF = re.compile(r"\b(?:child|boy|girl|man|woman|baby|person|people|children) of (?:about |around |just )?$")
_IN_COMMAS = re.compile(r"(?<!\d)[a-z]{2,}, $")

_SIGNED = re.compile(
    r"(?:[.!?,\u2026][\"\u201d\u00bb']\s*[\u2014\u2013-]?|^\s*[\u2014\u2013-])\s*"
    r"[^\W\d_][\w.'-]*(?:\s[^\W\d_][\w.'-]*){0,3}, $"
)
""" "... a home." Ewa, 34": who says it, behind the words or a dash."""


_LABEL, _LABELLED = re.compile(r"[a-z][,(\s–-]{1,3}$"), re.compile(r"\)?:\s*\D{0,4}\d")


def band(n: Number) -> Verdict | None:
    """A band that ends the label of another number: "Cards issued, 12 to 17: 980"."""
    low, high = n.mention.low, n.mention.high
    if n.mention.form != "range" or not n.mention.digits or low is None or high is None or not low < high <= OLDEST:
        return None
    ends = _LABEL.search(n.before) and _LABELLED.match(n.after)
    return Verdict("age", "age") if ends and not n.mention.currency else None


def age(n: Number) -> Verdict | None:
    """ "Aged 8 to 14", "under 5", "he turned 70"."""
    aged = _is_age(n.low, n.mention, n.noun, n.before, n.after, n.left) or _signs(n)
    return Verdict("age", "age") if aged else None


_NAMED = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w.'’-]*){0,3}, ")


def _signs(n: Number) -> bool:
    """ "Aroha T, 37, customer": a line that tells who spoke."""
    alone = n.mention.start < _LONGEST_NAME and _NAMED.fullmatch(n.text, 0, n.mention.start) is not None
    years = (
        n.mention.digits and n.mention.form == "number" and n.mention.value is not None and n.mention.value <= OLDEST
    )
    return alone and years and n.mention.currency is None and n.text[n.mention.end : n.mention.end + 1] == ","


_LONGEST_NAME = 48


def _is_age(low: str, mention: Mention, noun: Noun | None, before: str, after: str, left: int) -> bool:
    if mention.value is None or mention.value > OLDEST or mention.rounded:
        return False
    if _AGE_BEFORE.search(before) or _AGE_AFTER.match(after):
        return True
    reach = low[max(left, mention.start - 60) : mention.start]
    if reach.endswith(("under-", "over-")):
        return True
    if _OVERS.search(reach) and _IN_S.match(low, mention.end):
        return True
    if mention.form == "range" and reach.endswith("the ") and _IN_S.match(low, mention.end):
        return True
    if mention.form == "number" and _BAND_ALONE.match(low, mention.end):
        return True
    limit = _AGE_LIMIT.search(reach)
    if limit:
        lead = reach[: limit.start()].split()
        person = lead[-1].strip(",;:()") if lead else ""
        if person in PEOPLE or person in _AGED or (_AGE_END.match(after) and person in _BEING_AGED):
            return noun is None or not is_plural(noun.head)
        if not lead and after[:1] in ("?", "!"):
            return True
    if (_CHILD_OF.search(before) or (mention.form == "range" and before.endswith("must be "))) and _AGE_END.match(
        after
    ):
        return True
    if mention.form == "range" and _BAND_AFTER.match(after) and _BAND_BEFORE.search(reach):
        return True
    if mention.form == "range" and not (noun and is_plural(noun.head)) and _BETWEEN_AGES.search(reach):
        return True
    if mention.form == "range" and noun is None and _SHARE_AGED.search(reach) and _AGE_END.match(after):
        return True
    if (_PERSON_IS.search(before) or _OLDEST_IS.search(before)) and _AGE_END.match(after):
        return True
    if mention.form == "range" and _PERSON_AGED.search(reach) and after[:1] in ("", ")", ",", ".", ":", ";"):
        return True
    if mention.digits and noun is None and after[:1] in ("", ".", ",") and _SIGNED.search(low[: mention.start]):
        return True
    said = after.startswith(", ") and bool(_IN_COMMAS.search(reach))
    return mention.digits and 1 <= mention.value <= 110 and noun is None and said
