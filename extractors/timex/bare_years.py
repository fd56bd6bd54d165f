"""Whether a bare four-digit number is a year or a count: "in 2021 we" against "1984 calls".

Closed word classes around the number decide; nothing else about dates stands here. Works on folded text.
"""

import re

from extractors.language.currencies import CODES, COMMON_SIGNS, LOCAL, NAMES
from extractors.language.lexicon import DETERMINERS, PREPOSITIONS, STOPS, VERBS, is_plural, words
from extractors.language.patterns import YEAR, any_of
from extractors.language.verbs import MOVED

_ROUND = 50
"""Multiples of this are suspect: "2000 volunteers" is a count more often than "1987 volunteers"."""

_BEFORE = re.compile(r"[^\W\d_][\w'.&-]*|[^\w\s]|\d[\d.,]*")
_AFTER = re.compile(r"\s([^\W\d_][\w'&/-]*)")
_LOOK_BACK, _WORDS_AHEAD = 40, 4

# What makes four digits a number whatever stands around them.
_CODE, _MONEY_MARK = any_of(CODES).lower(), any_of((*CODES, *LOCAL)).lower()
_NUMBER_BEFORE = re.compile(
    rf"(?:[{COMMON_SIGNS}#№§+@=×*^/.,:'-]|\b(?:{_MONEY_MARK}|us\$|no\.?|nos\.?|nr\.?|ratio of)\s?)$"
)
_NUMBER_AFTER = re.compile(
    rf"[\w%{COMMON_SIGNS}°\u2030]|[.,]\d{{3}}|\.\d|[-–]\d|\+|/\d|:\d|\(\w\)|\s?(?:%|percent\b|per cent\b|°|x\b)|"
    r"\s(?:hundred|thousand|million|billion|trillion|mn|bn|m|k|times|fold|of (?:the|these|those|our|them|which|whom)|"
    rf"out of|or (?:more|so|fewer|less)|dollars?|pounds|{any_of(NAMES)}|(?:{_CODE})(?!\s?\d)|"
    r"kg|km|tonnes|tons|per)\b"
)
_SECOND = re.compile(r"\s(?:and|to|through)\s(\d{4})\b(?![.,]\d)")
_SPAN_OPENED = re.compile(r"\bbetween (\d{4}) and $")
"""What asks for the last year of a span whatever follows: "between 2012 and 2016 divers found"."""
_DATED = rf"\s(?:in\s{YEAR}(?!\d)|\({YEAR}\))"
_JOINED = r"(?:[,;]|[,;]?\s(?:and|to|then))\s"
_PAIR = rf"\d[\d,]{{2,8}}(?:\s[a-z-]{{3,20}})?{_DATED}"
_DATED_AFTER, _AHEAD = re.compile(_DATED), re.compile(f"{_DATED}{_JOINED}{_PAIR}")
_CHAIN = re.compile(rf"(?:(?P<lead>[^\s\d]{{1,30}})\s)?(?P<pairs>(?:{_PAIR}{_JOINED}){{0,5}})$")
"""Figures that each have their year: "rose from 1987 in 2020 to 2014 in 2021", "Calls: 1987 (2020), 2014 (2021)"."""
_CHAIN_LENGTH = 160
_OF_A_YEAR = words(
    "years dates elections editions plans reports laws acts versions censuses surveys prizes awards games"
)
_MARK_AFTER = re.compile(r"\.\d{1,2}(?=\s+[A-Z\"“(‘]|\s*$)")
"""A footnote mark glued to a year's full stop: "in 2021.4 The". Needs the case as written."""

_STRONG = words(
    "in since during until till by before after early late mid circa ca year years january february march "
    "april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov "
    "dec spring summer autumn fall winter christmas easter ramadan established est founded calendar throughout "
    "between end start beginning close"
)
_FOUNDING = words("in since founded established est circa")
"""Before these a year may be as early as 1500."""
_COUNTING = words(
    "about nearly almost approximately approx roughly some around least most total totals totalling totaling "
    "exceeded exceeding exceeds reached reaching another additional all only just exactly estimated every each fewer "
    "these those many few"
)
_OWNING = words("our its their his her my your this next last each every")
_GROWTH = MOVED | {"close"}
_SETS = words(
    "total average group sum network team range estimate minimum maximum target goal capacity audience crowd "
    "membership staff number population fleet workforce collection series cohort sample"
)
_DOCUMENTS = words(
    "results figures statistics numbers estimates totals elections guidelines olympics levels rates trends highlights "
    "findings finances financials revenues expenses earnings hurricanes data attacks wildfires earthquakes floods"
)
"""Plural nouns that a year describes rather than a count counts."""

_YEAR_VERBS = words(
    "marks brings shows remains represents sets continues begins starts ends means proves promises offers includes "
    "comes follows looks tells reflects saw sees was is has opens closes launches"
)
"""Verbs in -s of which a year is the subject."""
_CAPITAL = re.compile(r" ([A-Z][a-z]+)\b")
_AFTER_NOUN = re.compile(rf"\s(?:were|are|in {YEAR}|during {YEAR})\b")
_STOOD_AT = re.compile(r"\b(?:stood at|stands at|came to|amounted to|totall?ed|numbered) $")
_FIGURE_WAS = re.compile(
    r"\b(?:figure|number|total|count|tally|sum)(?: (?:for|in) \w+)? (?:was|is|stood at|came to|reached) $"
)
""" "The figure was 1979": a year is none."""
_BEHIND_YEAR = re.compile(rf"\b{YEAR}(?:: ?| [\u2013\u2014-] )$")
_CLOSED = re.compile(r"\s?(?:[;,()]|\.(?!\d)|$)")
""" "Launches (2021: 1876; 2022: 1943)": what a year labels is a count."""
_LISTED_YEARS = re.compile(
    rf"\b(?:the|our|its|their|both|with|on|of|like|under|from) {YEAR}(?:, {YEAR}){{0,4}},? (?:and|or|&) $|"
    rf"\bthe {YEAR} [a-z-]+,? (?:and|or|&) the $"
)
""" "The 2013 and 2014 cohorts", "the 2012 pumps and the 1986 gates": of a list that a determiner or preposition opens,
not of "2013 and 2014 calls"."""
_LIST_BEFORE = 48


def _left(low: str, start: int) -> tuple[str, str]:
    """The last two tokens before the number: words, or marks."""
    tokens = _BEFORE.findall(low[max(0, start - _LOOK_BACK) : start])
    return (tokens[-2] if len(tokens) > 1 else ""), (tokens[-1] if tokens else "")


def _counted(low: str, end: int) -> int:
    """How many words after the number its plural noun stands: 1 for "2021 children"; 0 for none."""
    at = end
    for distance in range(1, _WORDS_AHEAD):
        m = _AFTER.match(low, at)
        if m is None:
            return 0
        word, at = m[1], m.end()
        if distance == 1 and is_plural(word) and _AFTER_NOUN.match(low, at):
            return 1  # "1943 launches were made", "1943 launches in 2022"
        if word in _DOCUMENTS or (distance == 1 and word in _YEAR_VERBS):
            return 0
        if is_plural(word) and not (distance == 1 and word in VERBS):
            return distance
        if word in STOPS or word in VERBS or word in DETERMINERS:
            return 0
    return 0


def _says_year(low: str, end: int, before2: str, before: str, plain: bool) -> bool:
    """`plain`: the number is no round one, so that it would be an odd count."""
    counted = _counted(low, end)
    described = _AFTER.match(low, end)
    owned = before in _OWNING or before.endswith("'s")
    if before == "about" and plain and not counted and "1990" <= low[end - 4 : end] <= "2035":
        return True  # "what we are asked about 2022": nobody rounds to it
    if before in _COUNTING or (before2 == "of" and before in ("which", "whom")):
        return False
    if plain and described and described[1] in _DOCUMENTS:
        return True
    if before in ("than", "over"):
        return plain and not counted
    if before in ("to", "by", "at") and before2 in _GROWTH:
        return before == "by" and plain and not counted
    if before == "of" and before2 in _SETS:
        return plain and not counted
    if before in _STRONG or (before == "of" and (before2 in _STRONG or before2 == "class")):
        return plain or not counted
    if before == "the" and plain and "1990" <= low[end - 4 : end] <= "2035":
        return True
    if counted and _LISTED_YEARS.search(low, max(0, end - _LIST_BEFORE), end - 4):
        return plain
    if counted == 1:
        return plain and owned
    if counted:
        return plain and (owned or before == "the" or not before.endswith("ed"))
    return plain or not (before in VERBS or before.endswith("ed") or before in ("some", "with"))


def is_year(text: str, low: str, start: int, end: int) -> bool:
    """Whether the four digits `low[start:end]` name a year; `low` is `text` folded."""
    year = int(low[start:end])
    tail = low[max(0, start - 12) : start]
    if tail and (tail[-1].isalnum() or _refused(tail)):
        return False
    if _NUMBER_AFTER.match(low, end) and not _MARK_AFTER.match(text, end):
        return False
    plain = year % _ROUND != 0
    before2, before = _left(low, start)
    if _has_its_year(low, start, end):
        return False
    if _BEHIND_YEAR.search(tail) and _CLOSED.match(low, end):
        return False
    if _FIGURE_WAS.search(low, max(0, start - _LOOK_BACK), start) and _CLOSED.match(low, end):
        return False
    if _STOOD_AT.search(low, max(0, start - 16), start) and _DATED_AFTER.match(low, end):
        return False
    if (opened := _SPAN_OPENED.search(low, max(0, start - _LOOK_BACK), start)) and 1900 <= int(opened[1]) < year:
        return is_year_range(low, opened.start(1), end, int(opened[1]), year)
    if start == 0 and 1500 <= year < 1900 and (opens := _CAPITAL.match(text, end)):
        return not is_plural(opens[1].lower())  # "1820 Built as a custom house"
    if not 1900 <= year < 2100:
        return 1500 <= year < 1900 and plain and before in _FOUNDING and not _counted(low, end)
    if before in ("between", "from") and (second := _SECOND.match(low, end)):
        return is_year_range(low, start, second.end(), year, int(second[1]))
    if (
        (before in VERBS or before.endswith("ed"))
        and (second := _SECOND.match(low, end))
        and _counted(low, second.end())
    ):
        return False
    return _says_year(low, end, before2, before, plain)


def _has_its_year(low: str, start: int, end: int) -> bool:
    """Whether it is one of several such; those in brackets may be anything's but where a label says what is counted."""
    dated = _DATED_AFTER.match(low, end)
    chain = _CHAIN.search(low, max(0, start - _CHAIN_LENGTH), start) if dated else None
    if dated is None or chain is None or not (chain["pairs"] or _AHEAD.match(low, end)):
        return False
    lead = chain["lead"] or ""
    if dated[0].endswith(")"):
        label = lead.rstrip(":")
        named = label != lead and is_plural(label) and label not in _DOCUMENTS | _OF_A_YEAR
        return named or lead == "from"
    return lead not in PREPOSITIONS or lead in ("to", "from")


def asks_for_year(low: str, start: int, end: int, century: int) -> bool:
    """Whether number words stand where a year does: "founded in eighteen sixty-five", not "in two thousand homes"."""
    before = _left(low, start)[1]
    asked = before in _FOUNDING if century < 1900 else before in _STRONG and before not in ("around", "about")
    return asked and not _counted(low, end) and not _NUMBER_AFTER.match(low, end)


def is_day_of_month(low: str, month: int, end: int) -> bool:
    """Whether digits that end at `end` are the day of the month named at `month`: "on May 3 volunteers met" against
    "in May 12 children"."""
    return _left(low, month)[1] == "on" or not _counted(low, end)


def _refused(tail: str) -> bool:
    if tail[-1] == "-":
        return not tail.endswith(("mid-", "early-", "late-", "pre-", "post-", "end-", "since-"))
    if tail[-1] in "'":
        return False
    return _NUMBER_BEFORE.search(tail) is not None


def is_year_range(low: str, start: int, end: int, first: int, last: int) -> bool:
    """Whether two four-digit numbers with a dash or "to" between them are years."""
    if not 1500 <= first <= last < 2150:
        return False
    tail = low[max(0, start - 12) : start]
    if tail and (tail[-1].isalnum() or (tail[-1] != "-" and _refused(tail))):
        return False
    before = _left(low, start)[1]
    round_both = first % _ROUND == 0 and last % _ROUND == 0
    if before in _COUNTING or before == "than":
        return False
    counted = _counted(low, end)
    if before in ("between", "from", "in", "during", "since"):
        return not (counted and round_both)
    return counted != 1
