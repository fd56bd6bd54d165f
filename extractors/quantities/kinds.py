"""What kind of figure a statistic is (count, percent, change, money, …) and with which sign.

The words around the number tell a change from a level: "rose 40%" and "a 40% rise" change, "rose to 40%" is a level.
"""

import re
from decimal import Decimal

from extractors.clauses.nouns import Noun
from extractors.language.lexicon import COMPARATIVES, FALL, MEASURES, RISE, TIME_UNITS, plural, vocabulary, words
from extractors.language.patterns import PHRASAL
from extractors.language.verbs import of_sense
from extractors.numbers.scanning import Mention
from extractors.records import Kind

_MOVES = "|".join(sorted(sorted(RISE | FALL), key=len, reverse=True))
_BY_BEFORE = re.compile(
    rf"(?<![\w-])(?P<move>{_MOVES})\b(?:[^,;.\d]{{0,70}}?\bby|\s(?:\w+ly,?\s)?(?:of|by|an? (?:estimated|additional|"
    rf"further))|\s(?:\w+ly,?\s)?(?:by )?(?:another|some|an additional|a further))?\s(?:an? average of |an? |the |"
    rf"just |only |another |a further |an additional |an estimated )?$"
)
_PHRASAL = re.compile(f"{PHRASAL}$")
_WAS_OUT = re.compile(r"\b(?:was|were|is|are|been|be|went|came|back|taken|put) (?:up|down) (?:only |just )?$")
_LATER = re.compile(
    r" (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?) (?:later|after|afterwards|before|earlier)\b"
)
""" "The page was down 1.7 days later": when it was, not by how much it moved."""
_WAS = re.compile(
    r"\bth(?:e|at) (?P<move>increase|rise|growth|gain|decrease|drop|decline|fall|reduction|jump|surge) "
    r"(?:was|is|came to|amounted to|stood at)\s(?:just |only |about |almost |nearly |more than |over )?$"
)
_GROWTH = re.compile(
    r"\b(?P<move>growth|increase|rise|decrease|drop|decline|fall|reduction) (?:over|on|from|since|vs\.?|versus) "
    r"[^:;.,]{2,30}: $"
)
_AFTER = re.compile(
    rf"\s(?:point |points |percentage points? )?(?:(?:year-over-year|year-on-year|annual|overall|real|net|average|"
    rf"sharp|drop|further)\s)?(?P<move>{_MOVES}|change|improvement)\b(?P<follow>\s\w+)?"
)
_MORE_THAN = re.compile(
    r"\s(?:\w+\s){0,3}?(?P<move>more|fewer|less|higher|lower|above|below)(?:\s[\w'-]+){0,7}? "
    r"(?:than (?:in|at|for|on|during|the|a|an|last|it|we|they|those|did|planned|expected|before|ever|any|20\d\d|"
    r"\w+ (?:years?|months?|weeks?) (?:before|earlier|ago|previously))\b|"
    r"the (?:previous|prior)\b|a year\b|last year\b|20\d\d\b|on\b)"
)
_SHORT_OF = re.compile(
    r"(?: (?!the\b|a\b)[a-z'-]+){0,2}? (?P<move>short of|shy of|ahead of|down on|up on|above|below|over|under) "
    r"(?:the|its|our|their) "
    r"(?:(?:20\d\d|previous|prior|last)(?:'s|-\d\d)? (?:year'?s? )?)?"
    r"(?:figure|total|number|level|tally|count|result|sum|"
    r"\d[\d,.]*(?: [a-z'-]+){0,3}? (?:in|of|for|a year|20\d\d|last year))\b"
)
""" "640 short of the 2021 figure", "40 under the total for 2021", "12 up on the 95 of 2020"."""
_CHANGING = frozenset(re.split(r"[^a-z]", move)[0] for move in RISE | FALL) | words(
    "increase rise growth gain decrease drop decline fall reduction jump surge change improvement more fewer less "
    "higher lower above below over under ahead short shy down up off"
)
"""How the words of change begin: a text without any tells of none."""
_OFF = re.compile(
    r"\s(?:points? )?(?P<move>above|below|over|under|ahead of|short of|off) (?:the|its|their|that|"
    r"those|20\d\d|pre-|last|target|average)"
)


_DOWN = FALL | {"below", "under", "short of", "shy of", "down on", "off"}
_MEASURED_FROM = ("", "on", "from", "over", "year", "compared", "against")
_SIGNS = "+-\u2212\u2013"
_LEVEL_NOUN = r"(?<!growth )(?<!change )\b(?:margin|return|yield|rate|balance|gap|spread)s?"
_LEVEL = re.compile(
    rf"{_LEVEL_NOUN}(?: (?!(?:change|growth|rise|fall|increase|decrease)s?\b)[a-z']+){{0,5}}(?: \([^()]{{1,12}}\))?"
    r"(?: (?:of|was|is|stood at|at|came to)|:) "
    r"(?:[\u2212\u2013-]\d[\d.]*\s?%[^.;:%]{0,30}?[ (]"
    r"(?:after|from|against|than|compared (?:with|to)|versus|and) ){0,3}"
    r"[\u2212\u2013-]?$"
)
"""What may itself be below nought: "a margin of −3.1%" is a level, no change."""
_LEVEL_LABEL = re.compile(
    rf"{_LEVEL_NOUN}\b(?! (?:change|growth))|(?:^|\| )(?:net |operating )?(?:surplus|deficit|result)s?\b"
)
_LEVEL_AFTER = re.compile(r" (?:[a-z]+ ){0,2}(?:margin|yield|gap|spread)s?\b(?! (?:change|growth))")
_IN_BRACKETS = re.compile(r"\(\s?\d[\d.,]*\s?%\s?\)|\(\s?\d[\d.,]*\s?\)\s?%")
_ARROW = re.compile(
    r"(?:(?P<up>[\u25b2\u25b4\u2191\u2b06\u2197])|[\u25bc\u25be\u2193\u2b07\u2198])\ufe0f?\s?[+\u2212\u2013-]?$"
)


def is_below_nought(low: str, mention: Mention, left: int, right: int, label: str) -> bool:
    """Whether a share is a level that lies below nought: "a margin of −3.1%", "(2.7%)" beside "Surplus"."""
    if not mention.percent or "percentage_points" in mention.flags:
        return False
    sign = _sign(low, mention, left)
    if sign in ("\u2212", "\u2013", "-"):
        level = _LEVEL.search(low, max(left, mention.start - 60), mention.start)
        after = _LEVEL_AFTER.match(low, mention.end, right)
        return level is not None or after is not None or _LEVEL_LABEL.search(label) is not None
    bare = _IN_BRACKETS.fullmatch(low[left:right].strip())
    return bare is not None and _LEVEL_LABEL.search(label) is not None


def _sign(low: str, mention: Mention, left: int) -> str:
    """The sign a number begins with or stands behind; a hyphen that joins it to a word or a number is none."""
    if mention.start > left + 1 and low[mention.start - 2].isalnum():
        return low[mention.start]
    return low[max(left, mention.start - 1) : mention.start + 1].lstrip()[:1]


def change_of(low: str, mention: Mention, left: int, right: int) -> str | None:
    """The word of change that governs the number ("rose", "reduction"), or None when it is a level."""
    sign = _sign(low, mention, left)
    if mention.percent and sign and sign in _SIGNS:
        return "increase" if sign == "+" else "decrease"
    arrow = None if low.isascii() else _ARROW.search(low, max(left, mention.start - 4), mention.start)
    if arrow:
        return "increase" if arrow["up"] else "decrease"
    if _CHANGING.isdisjoint(vocabulary(low)):
        return None
    before = low[max(left, mention.claim_start - 90) : mention.claim_start]
    after = low[mention.claim_end : min(right, mention.claim_end + 90)]
    match = _BY_BEFORE.search(before)
    if match and _WAS_OUT.search(before) and _LATER.match(after):
        match = None
    by_so_much = mention.percent and before.endswith(" by ")  # "picked up by 15%", where "picked up 15" does not move
    if match and not by_so_much and _PHRASAL.search(before, 0, match.end("move")):
        match = None
    if match:
        move = match.group("move")
        if not _plain_more(move, before) or (mention.percent and _moves_by(move, before, after)):
            return move
    match = _WAS.search(before) or _GROWTH.search(before)
    if match:
        return match.group("move")
    relative = mention.percent or mention.form in ("fraction", "multiplier")
    match = _AFTER.match(after)
    if match and relative:
        follow = (match.group("follow") or "").strip()
        if match.group("move") not in ("up", "down") or follow in _MEASURED_FROM:
            return match.group("move")
    match = _MORE_THAN.match(after) or _SHORT_OF.match(after) or (_OFF.match(after) if relative else None)
    return match.group("move") if match else None


def _plain_more(move: str, before: str) -> bool:
    """ "An additional 52", "more 5": words of change that need "by" or a relative number to mean one."""
    return move in COMPARATIVES and not before.rstrip().endswith("by")


_LEVELS = of_sense("level")


def _moves_by(move: str, before: str, after: str) -> bool:
    """ "Lists eased 12%", where "recovered 12% of its loans" tells a share."""
    return move in _LEVELS and before.endswith(f"{move} ") and not after.startswith(" of ")


_POWERED = re.compile(r"per mille|(?:square|sq\.?|cubic|cu\.?)[ -]")
_OF_LENGTH = re.compile(r"(?:square|sq|cubic|cu|linear|lineal|running|vertical|track|route)\b")


def _is_measure(noun: Noun | None) -> bool:
    """Whether the noun is a physical unit, and no device: "water meters"."""
    if noun is None:
        return False
    device = noun.head in ("meter", "meters") and " " in noun.unit and not _OF_LENGTH.match(noun.unit)
    return not device and (noun.head in MEASURES or _POWERED.match(noun.unit) is not None)


def kind_of(mention: Mention, noun: Noun | None, change: str | None, measured_time: bool) -> Kind:
    """The kind of a statistic, given the word of change that governs it."""
    if mention.form == "multiplier":
        return "multiplier"
    if mention.percent:
        if "percentage_points" in mention.flags:
            return "change"
        return "change_percent" if change else "percent"
    if mention.form in ("fraction", "ratio"):
        return "change_percent" if change and mention.form == "fraction" else "ratio"
    if change:
        return "change"
    if mention.currency:
        return "money"
    if measured_time and noun is not None and noun.head in TIME_UNITS:
        return "duration"
    if _is_measure(noun):
        return "measure"
    return "count"


def signed(value: Decimal, kind: Kind, mention: Mention, change: str | None) -> Decimal:
    """The value with its sign: falls are negative; a fraction that tells a change becomes a percentage."""
    if kind == "change_percent" and mention.form == "fraction":
        value = value * 100
    if change in _DOWN and kind in ("change", "change_percent"):
        value = -abs(value)
    return value


def unit_of(kind: Kind, mention: Mention, noun: Noun | None) -> str | None:
    """The unit as the contract words it."""
    if "percentage_points" in mention.flags:
        return "percentage points"
    if kind in ("percent", "change_percent"):
        return "percent"
    if mention.currency:
        return mention.currency
    if kind == "multiplier":
        return None
    if noun is None:
        return None
    if mention.form == "ordinal":
        return noun.unit[: -len(noun.head)] + plural(noun.head)
    return noun.unit
