"""Anaphora: times told by reference to what was said before, or explained by a clause.

"That year", "in that time", "when it …", "from its launch in 1998 to the end of 2012". Times that a number's own
segment names stand in `evidence`.
"""

import datetime as dt
import re

from extractors.clauses.claims import Quantity, Sentence
from extractors.language import numerals
from extractors.language.lexicon import vocabulary
from extractors.language.patterns import BELOW_HUNDRED, YEAR
from extractors.periods.evidence import Evidence
from extractors.periods.times import Scope, Time

_THAT_YEAR = re.compile(r"\b(?:that|the same|that same) (?:calendar |fiscal )?year\b")
_COUNT = rf"{BELOW_HUNDRED}|\d\d?"
_THAT_TIME = re.compile(
    r"\b(?:in|over|during|within|throughout|across|through|for|in the course of) (?:all (?:of )?|the whole of )?"
    r"(?:(?:that|this|the same|that same|this same) (?:whole |entire )?"
    rf"(?:(?:(?P<length>{_COUNT})[- ](?P<unit>year|month)[- ])?(?:time|period|span|stretch|interval|window)|"
    r"(?:calendar |fiscal |financial )?(?P<one>decade|biennium|triennium|quadrennium|quinquennium|"
    r"half[- ]year|(?<!this )(?:quarter|month|half|season)))|"
    rf"(?:those|these|the same|those same|these same) (?:(?P<count>{_COUNT}) )?(?P<many>year|decade|month|season)s)\b"
    r"(?! (?:in|of|last|the (?:year|month|decade) before|a year|one year|before|after|earlier|ago)\b)"
    r"|\bthat (?P<that>quarter|month|week)(?=[,.;:)]| (?:we|it|they|the|our|its|their|alone)\b)"
    r"|(?<!than )(?<!with )(?<!from )(?<!on )(?<!to )(?<!as )(?<!of )(?<!for )(?:that|the|this) same "
    r"(?P<bare>quarter|month|season|half|week|day)(?=[,.;:)]| [a-z\d])"
    r"(?! (?:in|of|last|the|a|one|before|after|earlier|ago)\b)"
)
""" "Of the same month of 2020" points forward: that is another rule's."""
_DAYS = {"day": 1, "week": 7}
_MONTHS = {
    "month": 1, "quarter": 3, "season": 3, "half": 6, "half year": 6, "half-year": 6, "year": 12, "biennium": 24,
    "triennium": 36, "quadrennium": 48, "quinquennium": 60, "decade": 120,
}  # fmt: skip
_DEICTIC = frozenset({"that", "this", "same", "those", "these"})
_THROUGH_THAT_YEAR = re.compile(r"\b(?:through|by the (?:end|close) of|until the end of) (?:that|the same) year\b")
_FROM_ITS_START = re.compile(
    r"\b(?:from|between) (?:its|their|our|the) (?:launch|founding|start|creation|inception|opening|beginning|"
    rf"establishment)(?: in)? (?P<first>{YEAR}) (?:to|and|through|until) "
    rf"(?:the (?:end|close) of |december )?(?P<last>{YEAR})\b"
)
_FROM_THAT_START = re.compile(
    r"\b(?:from|between) (?:that|its|our|their|the) (?:very )?(?:first|opening|founding) "
    r"(?:year|season|summer|winter|spring|autumn|month|week|day|night) (?:to|and|through|until) "
    rf"(?:the (?:end|close) of |december )?(?P<last>{YEAR})\b"
)
""" "From that first year to the end of 2012": the beginning was named before."""
_FROM_WHEN = re.compile(
    rf"\bfrom (?P<first>{YEAR}), (?:when|the year) [^,;.]{{3,60}}, (?:to|through|until|till) "
    rf"(?:the (?:end|close) of |december )?(?P<last>{YEAR})\b"
)
""" "From 1998, when the line opened, to the end of 2012"."""
_THOSE_ARE = re.compile(
    r"\b(?:those|these|such|the same) [a-z-]+ (?:represent|contain|include|involve|cover|comprise|concern)(?:ed)?\b"
)
_WHEN_CLAUSE = re.compile(r",? when [^,;.]*\Z")


def time_pointed_at(sentence: Sentence, claim: Quantity) -> Scope | None:
    """What was said of the time that "in that time, …" or "… over those four years" points at.

    The last statistic's, else the last stretch that was named; words of a length point at one of that length.
    """
    words = _pointing(sentence, claim)
    if words is None:
        return None
    for held in (sentence.carry.scope, sentence.carry.stretch):
        if held is not None and (held.time or held.since) and _lasts(held, words):
            return held
    return None


def _pointing(sentence: Sentence, claim: Quantity) -> re.Match[str] | None:
    low = sentence.low
    if _DEICTIC.isdisjoint(vocabulary(low)):
        return None
    for words in _THAT_TIME.finditer(low, sentence.start, sentence.end):
        leads = low[sentence.start : words.start()].strip(" \"'(\u2013\u2014") in ("", "and", "but")
        if leads or claim.left <= words.start() < claim.right:
            return words
    return None


def _lasts(held: Scope, words: re.Match[str]) -> bool:
    """Whether the time is as long as the words say."""
    unit = (
        words["unit"] or words["one"] or words["bare"] or words["that"] or (words["many"] if words["count"] else None)
    )
    if unit is None:
        return True
    time = held.time
    if time is None or time.first is None or time.last is None:
        return False
    if unit in _DAYS:
        return (time.last - time.first).days + 1 == _DAYS[unit]
    count = _number(words["count"] or words["length"] or "1")
    months = (time.last.year - time.first.year) * 12 + time.last.month - time.first.month + 1
    return months == count * _MONTHS[unit]


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else numerals.value_of(words) or 0


def points_at_those(sentence: Sentence, claim: Quantity) -> bool:
    """ "Those reports contain 40 files": more of what was counted before."""
    return bool(_THOSE_ARE.search(sentence.low, claim.left, claim.mention.start))


def points_at_year(sentence: Sentence, claim: Quantity) -> bool:
    """ "... that year"."""
    return _says_year(sentence) and bool(_THAT_YEAR.search(sentence.low, claim.left, claim.right))


def reaches_that_year(sentence: Sentence, claim: Quantity) -> bool:
    """ "By the end of that year ..."."""
    through = _says_year(sentence) and _THROUGH_THAT_YEAR.search(sentence.low, sentence.start, claim.mention.start)
    return bool(through)


def _says_year(sentence: Sentence) -> bool:
    return sentence.low.find(" year", sentence.start, sentence.end) >= 0


def life_of(sentence: Sentence) -> list[Time]:
    """ "From its launch in 1998 to the end of 2012": the last year, with the first before it where that is named."""
    low, span = sentence.low, (sentence.start, sentence.end)
    if not sentence.times or (low.find("from ", *span) < 0 and low.find("between ", *span) < 0):
        return []
    match = next(
        filter(None, (form.search(low, *span) for form in (_FROM_ITS_START, _FROM_THAT_START, _FROM_WHEN))), None
    )
    if match is None:
        return []
    return [
        _whole_year(match, part, role)
        for part, role in (("first", "since"), ("last", "period"))
        if part in match.groupdict()
    ]


def _whole_year(match: re.Match[str], part: str, role: str) -> Time:
    year = int(match[part])
    return Time(match.start(part), match.end(part), role, "year", dt.date(year, 1, 1), dt.date(year, 12, 31), year)


def moved_since(f: Evidence, since: Time) -> Scope:
    """A change since a year is that of the year spoken of, measured from it."""
    spoken = sorted(
        (t for t in f.sentence.times if t.role == "period" and t.end < since.start),
        key=lambda t: (t.year or 0, t.start),
    )
    held = next((d.scope.time for d in reversed(f.told) if d.scope.type == "year" and d.scope.time), None)
    time = spoken[-1] if spoken else held or f.sentence.carry.time
    base = since._replace(role="base")
    return Scope("year", "stated" if spoken else "context" if time else "edition", time, None, base)


def when_clause(sentence: Sentence, claim: Quantity) -> Time | None:
    """ "… as in 2017, when it received 10.2 million": the time that the clause explains."""
    when = sentence.low.rfind(" when ", sentence.start, claim.mention.claim_start) if sentence.times else -1
    match = (
        _WHEN_CLAUSE.search(sentence.low, max(sentence.start, when - 1), claim.mention.claim_start)
        if when >= 0
        else None
    )
    told = [t for t in sentence.times if match and t.end == match.start()]
    time = next((t for t in told if t.year or t.anchor == "frame"), None)
    return time._replace(role="period") if time and time.role in ("base", "since") else time
