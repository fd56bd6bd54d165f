"""Words that date, frame or colour a statement, found in one pass over a sentence.

The table is data: a kind of cue and the folded wording that shows it. What a cue means for a number is decided in
`periods` and `kinds`.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from extractors.language import numerals, verbs
from extractors.language.lexicon import vocabulary, words
from extractors.language.patterns import BELOW_HUNDRED, MONTH, PARTICIPLE, PAST

_COUNT = rf"(?:\d{{1,3}}|an?|{BELOW_HUNDRED}|hundred|several|few|couple of)"
_SPAN = r"(?:years?|decades?|months?|weeks?|days?|quarters?|hours?)"
_NOT_A_NOUN = r"(?<!'s )(?<!\bthe )(?<!\bits )(?<!\bour )(?<!\btheir )(?<!\bby )(?<!\bof )(?<!\bthis )"
"""What shows "count", "work", "runs" to be a noun when it stands in front."""
_NO_EVENT = r"(?! (?:to |the|an?|their|his|her|its|our|they|we|he|she|being|[a-z]+ing)\b)"
""" "The year before the eviction" is a year of each of those counted, none of the calendar."""
_EACH_UNIT = (
    r"(?:year|month|week|day|hour|night|minute|second|weekday|weekend|quarter|season|school day|working day|shift)"
)

CUES: dict[str, str] = {
    "last_year": (
        r"last (?:calendar |fiscal |financial |school )?year"
        r"(?:'s(?! (?:budget|plan|targets?|goals?|forecast|report)\b(?! of \W?\d))|(?!'s?\b)(?!-))"
    ),
    "last_part": r"last (?P<last_unit>quarter|month|week)(?! of\b)",
    "this_year": (
        r"this (?:past )?(?:calendar |fiscal |financial |school )?year|(?:in|during|over|within) the (?:past|last) "
        r"(?:year|12 months|twelve months)(?! and)|year to date|year-to-date|so far this year"
    ),
    "previous_year": (
        r"(?:the|a|one) (?:previous|prior|preceding) (?:fiscal |financial |calendar |school )?year|"
        rf"(?:the|a|one) year (?:before{_NO_EVENT}|earlier|previously|prior{_NO_EVENT})|(?:a|one) year ago|"
        rf"year[- ]o(?:n|ver)[- ]year|(?:twelve|12) months (?:earlier|before{_NO_EVENT}|ago)"
    ),
    "ago": (
        rf"(?P<ago_count>{_COUNT}) (?P<ago_unit>years?|decades?) (?:ago|earlier|before{_NO_EVENT}|previously|later|"
        r"after (?:it|they|we|he|she|the \w+) had)"
    ),
    "next_year": (
        r"(?:the|a|one) (?:next|following) year|(?:the|a|one) year (?:later|after(?=\s?(?:[,.;:)]|$)| (?:that|this)\b))"
    ),
    "past_span": (
        rf"(?:(?:past|last|previous|preceding|recent|first|next) (?P<past_count>{_COUNT}) (?P<past_unit>{_SPAN})|"
        rf"(?<!for )(?:in|over|during) (?!an? year\b)(?:the |our |its |their )?(?P<over_count>{_COUNT}) "
        rf"(?P<over_unit>years?|decades?)(?! (?:ago|before|after|following|preceding|prior to|leading up to)\b)"
        r"|(?:the past|the last|past|recent) (?P<bare_unit>decade|quarter|month|week))"
    ),
    "to_date": (
        r"to date|so far|all told|until now|up to now|thus far|over the (?:years|decades)|cumulative(?:ly)?|"
        r"all[- ]time|running total|"
        r"in total since|"
        r"(?:in|over|throughout) (?:its|our|their|the \w+'s) (?:\w+-year |entire |long )?(?:history|lifetime|"
        r"existence)|"
        r"lifetime|life-to-date|since then"
    ),
    "since": (
        r"since|ever since|(?:dating|going) back to|start(?:ing|ed) in|beginning in|(?:starting|beginning|counting|"
        r"counted|reckoned|reckoning) (?:from|with)"
    ),
    "as_of": (
        r"as (?:of|at)|by the (?:end|close) of|(?:up to|through) the (?:end|close) of|"
        r"at (?:the )?(?:end|close|start|beginning) of|"
        r"(?:at|by|as at|as of) (?:the )?(?:year|year's|calendar year|calendar year's)[- ]?(?:end|close)|"
        r"(?:by|at|as of|on) the (?:last|final) day of|by (?:new year(?:'s eve|'s day)?|christmas)|"
        rf"(?:by|at)(?= {MONTH})|on(?= (?:dec(?:ember|\.)? 31|31 dec|june 30|30 june))|"
        r"by the (?:beginning|start) of|"
        r"(?:when|as|after|before)(?= (?:the year|20\d\d) (?:ended|closed|ends|closes|drew to|came to an end|was out))|"
        r"(?:end|close|finish)(?:e?[ds]|es)?(?= (?:the |that |our |its |fiscal |calendar )?(?:year|20\d\d) (?:with|at|"
        r"on|employing|having))"
    ),
    "now": r"currently|now|today|at present|presently|at the moment|at any one time|right now",
    "part_year": (
        r"(?:in |during )?(?:the )?(?P<part>first|second|third|fourth|1st|2nd|3rd|4th|last|"
        r"final) (?P<part_unit>quarter|half|six months|three months)"
        r"(?: of (?:the|this|last) (?:\w+ )?year)?"
    ),
    "each": (
        rf"(?:every|each|per|in any given|in a given) (?:single |and every )?(?P<each_unit>{_EACH_UNIT})|"
        rf"on an? (?:typical|average|given|normal|ordinary|busy) (?P<typical_unit>{_EACH_UNIT})|"
        rf"(?<!for )(?<!in )(?<!within )(?<!over )(?<!half )(?<!once )an? (?P<a_unit>year|month|week|day|hour|night|"
        rf"minute)"
        r"(?= on average|[.,;:)!?]| in\b| at\b| to\b| for\b| across\b| by\b| and\b| from\b| through\b| since\b|"
        r" with\b| who\b| during\b| via\b| on\b| under\b| were\b| was\b|"
        r" came\b| used\b| visited\b| arrived\b| passed\b|$)|"
        r"(?<!highest )(?<!lowest )(?<!best )(?<!largest )"
        r"(?P<adverb_unit>annually|yearly|daily|monthly|weekly|hourly|nightly|quarterly)(?! (?:report|magazine|"
        r"newsletter|newspaper|return|basis|fee|record|high|low|peak))"
    ),
    "average": r"average[sd]?|averaging|mean(?! (?:that|to|the|a|we|in|no|more|less|as)\b)|median|typically",
    "event": (
        r"(?:founded|established|launched|created|began|begun|started|opened|enacted|passed|introduced|inception|"
        r"incorporated|formed|born|inaugurated|set up|founding|launch|creation|adopted|instituted)"
        r"(?: (?:work|operations|life|its work|our work|tracking|service))? (?:in|on)"
    ),
    "perfect": (
        r"(?:has|have|we've|they've|i've|you've|'ve|having)(?: (?:\w+ly|also|now|already|since|so far|together|"
        r"thus far|ever|even|just|to date|all|both|each|in total))*"
        rf" (?:been (?:{PARTICIPLE}|[a-z]+ed)|been|{PARTICIPLE}|[a-z-]+ed)"
    ),
    "had_reached": r"(?:had|has|have) (?:\w+ )?(?:grown|risen|climbed|reached|increased|expanded|fallen|dropped|"
    r"swelled|passed|topped)(?: to)?|stood at|stands at|stand at|remained at|remains at|remain at|totall?ed|"
    r"now stands|grew to|rose to|reached|climbed to|brings? the total|bringing (?:the|our|its) total|(?:for|"
    r"with) a (?:grand |running )?total of|in total|topped",
    "state": r"(?:there (?:are|is)|is(?! (?:out|over|up)\b)|are|has|have|operates?|employs?|includes?|consists? of|"
    r"comprises?|maintains?|"
    rf"{_NOT_A_NOUN}(?:owns?|holds?|covers?|spans?|houses?|runs?|(?<!goes )lives?|works?|counts?)|represents?|manages?|"
    r"comes? from|boasts?|serves? (?:in|on)|remain(?:s|ed)?|awaits?|follows? (?:us|our|the)|"
    r"enjoys?|make up|makes up|account for|accounts for|depend|belong|speak|contains?)",
    "past": rf"(?:there (?:were|was)|was|were|did|had|{PAST}|[a-z]{{2,}}ed)",
    "future": r"(?:will|would)(?! (?:not|never)\b)|"
    r"plan(?:s|ned)? to|aim(?:s|ed|ing)? (?:to|for)|goals?|targets?|target(?:ed|ing)|hope[sd]? to|"
    r"wants? to|hoping to|"
    r"intends? to|expect(?:s|ed)? to|pledg(?:e[sd]?|ing)|seek(?:s|ing)? to|set to|projected|forecast|ambition",
    "of_those": r"(?:out )?of (?:those|these|them|which|whom|the latter|the former|that (?:number|total|figure))|"
    r"among (?:those|these|them)",
}  # fmt: skip

OPENERS: dict[str, str] = {
    "last_year": "last",
    "last_part": "last",
    "this_year": "this in during over within year so",
    "previous_year": "the a on one year twelve #",
    "ago": (f"# a an several few couple hundred {' '.join((*numerals.UNITS, *numerals.TEENS, *numerals.TENS))}"),
    "next_year": "the a one",
    "past_span": "past last previous preceding recent first next in over during the",
    "to_date": "to so until up thus over cumulatively all in throughout lifetime life since cumulative running",
    "since": "since ever dating going starting started beginning counting counted reckoned reckoning",
    "as_of": "as by up through at on when after before end ends ended close closes closed finish finishes finished",
    "now": "currently now today at presently right",
    "part_year": "in during the first second third fourth last final #",
    "each": "every each per in on an a annually yearly daily monthly weekly hourly nightly quarterly",
    "average": "average averages averaged averaging mean median typically",
    "event": (
        "founded established launched created began begun started opened enacted passed introduced inception "
        "incorporated formed born inaugurated set founding launch creation adopted instituted signed acquired "
        "merged moved joined"
    ),
    "perfect": "has have having we they i you '",
    "had_reached": (
        "had has have stood stands stand remained remains remain totaled totalled now grew rose reached climbed "
        "bring brings bringing for with in topped"
    ),
    "state": (
        "there is are has have operate operates employ employs include includes consist consists comprise comprises "
        "maintain maintains own owns hold holds cover covers span spans house houses represent represents manage "
        "manages run runs come comes live lives work works count counts boast boasts enjoy enjoys make makes "
        "serve serves remain remains remained await awaits follow follows "
        "account accounts depend belong speak contain contains"
    ),
    "past": f"there were was did had *ed {' '.join(verbs.IRREGULAR_PASTS)}",
    "future": (
        "will would plan plans planned aim aims aimed aiming goal goals target targets targeted targeting hope hopes "
        "hoped intend intends expect expects expected pledge pledges pledged pledging seek seeks seeking set projected "
        "forecast ambition want wants hoping"
    ),
    "of_those": "out of among",
}
"""The first words of each kind's wording, `#` for digits, `*ed` for any word in -ed: nowhere else is it tried."""

NEEDED: dict[str, frozenset[str]] = {
    "last_year": words("year"),
    "last_part": words("quarter month week"),
    "this_year": words("year months"),
    "previous_year": words("year months"),
    "ago": words("year years decade decades"),
    "next_year": words("year"),
    "past_span": words("year years decade decades month months week weeks day days quarter quarters hour hours"),
    "to_date": words(
        "date far told now cumulative cumulatively time total years decades history lifetime existence life then"
    ),
    "part_year": words("quarter half months"),
    "each": words(
        "year month week day hour night minute second weekday weekend quarter season shift annually yearly daily "
        "monthly weekly hourly nightly quarterly"
    ),
    "perfect": words("has have having ve"),
    "had_reached": words(
        "grown risen climbed reached increased expanded fallen dropped swelled passed topped stood stands stand "
        "remained remains remain totaled totalled grew rose total"
    ),
    "of_those": words("those these them which whom latter former that"),
}
"""Words of which a kind's wording holds one: in a text without them it is not tried, as common as its openers are."""

_ED = "*ed"


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """The wording of a kind, compiled when a word first opens it: the whole table would slow every start."""
    return re.compile(rf"(?<![\w-])(?P<{kind}>{CUES[kind]})(?![\w-])")


def _by_opener() -> dict[str, tuple[str, ...]]:
    """The kinds that may begin with each opener, in their order; any word in -ed opens what `*ed` does."""
    opens = {kind: words(OPENERS[kind]) for kind in CUES}
    every = frozenset().union(*opens.values())
    return {
        word: tuple(kind for kind, own in opens.items() if word in own or (word.endswith("ed") and _ED in own))
        for word in every
    }


_BY_OPENER = _by_opener()
_TOKEN = re.compile(r"[a-z]+|\d+|'")


class Cue(NamedTuple):
    """One cue: its kind, span, and where it measures time the `number` and `unit` it names."""

    kind: str
    start: int
    end: int
    unit: str | None = None
    number: int | None = None


def find_cues(low: str, start: int, end: int) -> list[Cue]:
    """The cues in the folded text `low[start:end]`, in order, none overlapping."""
    found: list[Cue] = []
    opened = _opened(low)
    if not opened:
        return found
    at = start
    for token in _TOKEN.finditer(low, start, end):
        word = token.group()
        kinds = opened.get("#" if word.isdecimal() else word)
        if kinds is None or token.start() < at:
            continue
        for kind in kinds:
            match = _pattern(kind).match(low, token.start(), end)
            if match:
                found.append(_cue(kind, match))
                at = match.end()
                break
    return found


@lru_cache(maxsize=256)  # each sentence of a passage asks for the passage again
def _opened(low: str) -> dict[str, list[str]]:
    """The openers in a folded text, each with the kinds that may begin with it there, in their order."""
    seen = vocabulary(low)
    if not seen:
        return {}
    absent = {kind for kind, needed in NEEDED.items() if needed.isdisjoint(seen)}
    opened = {word: _BY_OPENER[word] for word in (*_BY_OPENER.keys() & seen, "#", "'")}
    opened |= {word: _BY_OPENER[_ED] for word in seen if word.endswith("ed") and word not in opened}
    left = {word: [kind for kind in kinds if kind not in absent] for word, kinds in opened.items()}
    return {word: kinds for word, kinds in left.items() if kinds}


def _cue(kind: str, match: re.Match[str]) -> Cue:
    if kind not in ("ago", "past_span", "each", "part_year", "last_part"):
        return Cue(kind, match.start(), match.end())
    groups = match.groupdict()
    unit = next((groups[k] for k in _UNIT_GROUPS if groups.get(k)), None)
    number = next((groups[k] for k in _COUNT_GROUPS if groups.get(k)), None)
    count = None
    if number:
        count = int(number) if number.isdigit() else _ORDINALS.get(number) or numerals.value_of(number)
    return Cue(kind, match.start(), match.end(), unit, count)


_COUNT_GROUPS = ("ago_count", "past_count", "over_count", "part")
_UNIT_GROUPS = (
    "ago_unit",
    "past_unit",
    "over_unit",
    "bare_unit",
    "part_unit",
    "last_unit",
    "each_unit",
    "typical_unit",
    "a_unit",
    "adverb_unit",
)
_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": 4,
    "final": 4,
}
