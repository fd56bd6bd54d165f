"""What sort of thing a number mention is: a statistic, or an age, a duration, an ordinal, an idiom and why.

Dates, phones, identifiers and the like are told apart by their shape alone, before numbers are read (`shapes`).
"""

import re

from extractors.clauses.nouns import Noun
from extractors.language.currencies import COMMON_SIGNS
from extractors.language.lexicon import (
    DETERMINERS,
    STOPS,
    VERBS,
    is_plural,
    words,
)
from extractors.numbers.intervals import is_storable
from extractors.numbers.scanning import Mention
from extractors.quantities.ages import age, band
from extractors.quantities.asks import ASKED, TOLD
from extractors.quantities.bounds import BOUNDS, REQUIRED
from extractors.quantities.candidates import STATISTIC, Number, Verdict
from extractors.quantities.durations import DURATION, LASTING
from extractors.quantities.furniture import FURNITURE, PAGE_OF
from extractors.quantities.suppositions import SUPPOSED
from extractors.rules import Rule

_FAMILY_OF = re.compile(r"\b(?:mother|father|mom|mum|dad|parent|grandmother|grandfather|family|household|party) of $")
_TICKET = re.compile(
    r"\bfamil(?:y|ies)(?: ticket| pass)?s? ?[(:] ?(?:up to )?(?:\d{1,2} adults?,? (?:and|or|&|\+|plus) (?:up to )?)?$"
)
""" "Family (2 adults and 3 children)": whom a ticket admits."""
_KIN = words("sons daughters brothers sisters siblings grandchildren grandsons granddaughters nephews nieces cousins")
_ONES_OWN = re.compile(
    r"\b(?:(?:an?|one|the|my|his|her) [a-z-]+(?: who)?|who|he|she|i)(?: (?:has|have|had|was|were|is))? "
    r"(?:[a-z]+ )?(?:with |of |and )?(?:my |his |her )?$"
)
""" "A mother who had lost two sons": the kin of one person."""
_MY_KIN = re.compile(
    r"\W*my (?:son|daughter|brother|sister|mother|father|mum|mom|dad|husband|wife|grand(?:mother|father|son|daughter)|"
    r"nephew|niece|cousin)\b[^.;:]*$"
)
""" "My daughter read all seven books": what one family tells of itself."""
_RATE_BASE = re.compile(r"\b(?:per|for every|out of every|in every|each|every)\s(?:the\s)?$")
_RATING = words("per every each")
_PLAIN_ONE = re.compile(
    r"\b(?:only|just|least|than|over|and|or|another|plus|with|from|to|of|about|nearly|almost|exactly)\s$"
)


def out_of_range(n: Number) -> Verdict | None:
    """An amount that no table can hold; more digits than any amount has are a name."""
    if n.mention.value is None:
        return Verdict("identifier", "long_digit_run")
    return None if is_storable(n.mention) else Verdict("statistic", "out_of_range")


def written_in(n: Number) -> Verdict | None:
    """How figures are written: "all amounts are in thousands of dollars"."""
    return Verdict("reference", "scale") if not n.mention.digits and _WRITTEN_IN.search(n.before) else None


def arithmetic(n: Number) -> Verdict | None:
    """Percentages "may not add to 100", a rate is got by "multiplying by 100"."""
    told = n.mention.value == _WHOLE and _ARITHMETIC.search(n.before)
    return Verdict("reference", "arithmetic") if told else None


def money_base(n: Number) -> Verdict | None:
    """ "For every $1 given"."""
    return Verdict("reference", "rate_base") if n.mention.currency and _RATE_BASE.search(n.before) else None


def relative(n: Number) -> Verdict | None:
    """Shares, multiples and money are statistics whatever stands around them."""
    told = n.mention.form in ("multiplier", "fraction", "ratio") or n.mention.percent or n.mention.currency
    return STATISTIC if told else None


def family(n: Number) -> Verdict | None:
    """ "A mother of three", "she had two sons"."""
    if n.mention.value is None or n.mention.value > _SMALL:
        return None
    kin = n.noun is not None and n.noun.head in _KIN and _ONES_OWN.search(n.before)
    kin = kin or (n.mention.form == "number" and _MY_KIN.match(n.low[n.left : n.mention.claim_start]))
    told = (n.noun is None and _FAMILY_OF.search(n.before)) or _TICKET.search(n.before)
    return Verdict("idiom", "family_size") if kin or told else None


def _is_small_word(n: Number) -> bool:
    return not n.mention.digits and n.mention.value is not None and n.mention.value <= _SMALL


def enumeration(n: Number) -> Verdict | None:
    """ "Two kinds of letters worry us", "no two letters are the same", "in 4 easy steps"."""
    told = (_is_small_word(n) and _is_told_in_passing(n)) or _EASY_STEPS.match(n.after)
    return Verdict("idiom", "enumeration") if told else None


def _is_told_in_passing(n: Number) -> bool:
    listed = n.low.endswith(":", n.left, n.right) and _THE_NOUNS.match(n.low, n.left, n.mention.start)
    passing = _NO_TWO.search(n.before) or _enumerates(n.low[n.mention.start : n.mention.end], n.noun, n.after)
    return bool(passing or listed)


def general_rule(n: Number) -> Verdict | None:
    """How things are counted, not how many there were."""
    return Verdict("idiom", "general_rule") if _is_rule(n.low, n.mention, n.left) else None


def refers_back(n: Number) -> Verdict | None:
    """ "These two"."""
    told = _is_small_word(n) and n.mention.form == "number" and _THESE.search(n.before)
    return Verdict("statistic", "refers_back") if told else None


def _is_one(n: Number) -> bool:
    return n.mention.value == 1 and not n.mention.digits and n.mention.form == "number"


def at_least_one(n: Number) -> Verdict | None:
    """ "At least one"."""
    return Verdict("statistic", "at_least_one") if _is_one(n) and n.mention.qualifier == "at_least" else None


def pronoun(n: Number) -> Verdict | None:
    """ "One may wonder", "this one"."""
    if not _is_one(n):
        return None
    counted = n.noun is not None and not is_plural(n.noun.head)
    plain = _PLAIN_ONE.search(n.low[max(n.left, n.mention.start - 12) : n.mention.start])
    if _MODAL.search(n.before) or not (counted and plain) or n.after.startswith((" of ", ",", ".")):
        return Verdict("idiom", "one_as_pronoun")
    return None


def rate_base(n: Number) -> Verdict | None:
    """ "Per 100,000 people"."""
    if _RATING.isdisjoint(n.seen):
        return None
    counted = n.noun is not None or (n.mention.form == "number" and n.mention.value in _BASES)
    return Verdict("reference", "rate_base") if counted and _RATE_BASE.search(n.before) else None


def name(n: Number) -> Verdict | None:
    """A plain integer that is part of a name: "Gallery 12, with …", "the Norden 30 index"."""
    return Verdict("identifier", "name") if _names_a_thing(n.text, n.mention, n.noun, n.left) else None


_BASES = frozenset(10**power for power in range(2, 8))
_THESE = re.compile(r"\b(?:these|those) $")
_WRITTEN_IN = re.compile(
    rf"\b(?:amounts?|figures?|values?|numbers|data|dollars|totals)\b[^.;:\d]{{0,40}}\bin (?:us\$|[{COMMON_SIGNS}])?$"
)
"""How figures are written: "all amounts are in thousands of dollars"."""
_WHOLE = 100
_ARITHMETIC = re.compile(
    r"\b(?:not|n't|never) (?:always )?(?:add|sum|total|equal|come|amount)\b[^,;.\d]{0,20} $|"
    r"\b(?:multipl|divid)\w+ (?:\w+ )?by $"
)
"""Percentages "may not add to 100", a rate is got by "multiplying by 100"."""
_SMALL = 12
_THE_NOUNS = re.compile(r"\W*(?:the|these|our) (?:[a-z]+ ){0,2}$")
""" "The three towns named most often were:": a list follows."""
_EASY_STEPS = re.compile(r" (?:simple|easy|quick|short|basic|small) (?:[a-z]+ )?steps\b")
_NO_TWO = re.compile(r"\bno $")
_ENUMERATED = words(
    "numbers figures kinds types ways reasons things questions steps facts points sides forms halves aspects examples"
)
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
    r"\W*one [a-z'-]+ (?:may|can|must|might)\b|"
    r"\W*(?:whoever|anyone who|anybody who|everyone who|someone who|those who)\b"
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


def _names_a_thing(text: str, mention: Mention, noun: Noun | None, start: int) -> bool:
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


RULES = [
    Rule("name", name, (), ("The Norden [30] index rose. -> identifier name",), ("Then [7] owls flew. -> fact",)),
    Rule(
        "out_of_range", out_of_range, (),
        (
            "We saw [90,000 trillion trillion] owls. -> statistic out_of_range",
            "It is [1234567890123456789012345000] to one. -> identifier long_digit_run",
        ),
        ("We saw [4 trillion] owls. -> fact",),
    ),
    Rule(
        "written_in", written_in, (),
        ("All amounts are in [thousands] of dollars. -> reference scale",),
        ("They gave [thousands] of dollars. -> fact",),
    ),
    Rule(
        "arithmetic", arithmetic, ("relative",), ("Shares may not add to [100]. -> reference arithmetic",),
        ("We added [100] homes. -> fact",),
    ),
    *FURNITURE, *BOUNDS, *SUPPOSED, ASKED, TOLD,
    Rule(
        "rate_base.money", money_base, ("relative",), ("For every [$1] an owl is fed. -> reference rate_base",),
        ("We gave [$1] to all. -> fact",),
    ),
    LASTING,
    Rule(
        "relative", relative, ("age", "pronoun",), ("We gave [$40] to each. -> fact",),
        ("We gave [40] to each. -> fact",),
    ),
    Rule(
        "band", band, (), ("- Cards, [12 to 17]: 980 -> age age",), ("- Cards: [12 to 17] -> fact",),
    ),
    Rule("age", age, ("duration",), ("We teach children under [5]. -> age age",), ("We teach [5] children. -> fact",)),
    REQUIRED,
    Rule(
        "family", family, (),
        ("A mother of [three] wrote. -> idiom family_size", "A man who lost [two] sons came. -> idiom family_size"),
        ("A choir of [three] sang. -> fact",),
    ),
    DURATION,
    Rule(
        "enumeration", enumeration, ("general_rule", "pronoun",),
        ("No [two] owls are the same. -> idiom enumeration",), ("The [two] owls are the same. -> fact",),
    ),
    PAGE_OF,
    Rule(
        "general_rule", general_rule, (),
        ("A dog who runs away [four] times is counted each time. -> idiom general_rule",),
        ("The dog ran away [four] times. -> fact",),
    ),
    Rule(
        "refers_back", refers_back, (), ("These [two] make us proud. -> statistic refers_back",),
        ("The [two] owls sang. -> fact",),
    ),
    Rule(
        "at_least_one", at_least_one, (), ("At least [one] owl sang. -> statistic at_least_one",),
        ("At least [two] owls sang. -> fact",),
    ),
    Rule("pronoun", pronoun, (), ("[One] never knows. -> idiom one_as_pronoun",), ("[Two] owls wonder. -> fact",)),
    Rule(
        "rate_base", rate_base, (), ("It is 4 deaths per [100,000] people. -> reference rate_base",),
        ("It is [100,000] people. -> fact",),
    ),
]  # fmt: skip
