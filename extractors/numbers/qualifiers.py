"""The words around a number that say how it bounds the truth: "more than", "nearly", "or more", "+".

Belongs here: phrases and where they may stand. Not here: what interval they claim, nor anything about units.
"""

import re

from extractors.language.patterns import MOVED
from extractors.numbers.cardinals import Part, is_multiple
from extractors.records import Qualifier

_PREFIXES: dict[Qualifier, str] = {
    "more_than": (
        "more than|over|in excess of|above|upwards of|upward of|greater than|higher than|larger than|bigger than"
        "|exceeding|exceed|exceeds|exceeded|surpassing|surpass|surpassed|surpasses|topped|topping|tops|north of"
        "|well over|far over|just over|slightly over|a little over|well above|just above|slightly above"
        "|slightly more than|far more than|well more than|many more than|just more than|a little more than"
        "|little more than|much more than|significantly more than|considerably more than|beyond"
        "|not less than just|passed|crossed|well past|now past|is past|are past|just past|a shade over|a touch over"
        "|a fraction over"
    ),
    "at_least": (
        "at least|at the very least|no fewer than|no less than|not less than|not fewer than|a minimum of"
        "|minimum of|minimum|min.|as low as|as few as|as little as|greater than or equal to|more than or equal to"
        "|equal to or more than|equal to or greater than|at minimum"
    ),
    "less_than": (
        "less than|fewer than|under|below|short of|lower than|smaller than|well under|well below|far less than"
        "|far fewer than|south of|slightly less than|slightly fewer than|just below"
    ),
    "at_most": (
        "at most|no more than|not more than|not exceeding|a maximum of|maximum of|maximum|max."
        "|less than or equal to|fewer than or equal to|equal to or less than|no greater than|no higher than"
    ),
    "up_to": "up to|as many as|as much as|as high as|as large as",
    "about": (
        "about|around|approximately|approx.|approx|roughly|circa|c.|ca.|some|on the order of|in the order of"
        "|of the order of|in the region of|in the neighborhood of|in the neighbourhood of|somewhere around"
        "|give or take|more or less|or so|something like"
    ),
    "nearly": (
        "nearly|almost|close to|closer to|just under|only just under|just shy of|shy of|approaching|not quite"
        "|nearing|virtually|practically|just short of|a little under|a little less than|slightly under"
        "|little less than|just less than|near to|nigh on|getting on for|a shade under|a touch under|a fraction under"
    ),
}  # fmt: skip
_SYMBOLS: tuple[tuple[str, Qualifier], ...] = (
    (">=", "at_least"), ("=>", "at_least"), ("≥", "at_least"), ("⩾", "at_least"), ("<=", "at_most"), ("=<", "at_most"),
    ("≤", "at_most"), ("⩽", "at_most"), (">", "more_than"), ("<", "less_than"), ("~", "about"), ("≈", "about"),
    ("±", "about"), ("∼", "about"),
)  # fmt: skip
_SYMBOL_SIGNS = frozenset(sign[-1] for sign, _ in _SYMBOLS)
_SKIPPED = frozenset({"another", "additional", "further", "an", "a", "estimated", "extra", "whopping", "staggering"})
_WINDOW = 44


_PHRASES: dict[str, Qualifier] = {
    phrase: qualifier for qualifier, phrases in _PREFIXES.items() for phrase in phrases.split("|")
}
_LAST_WORDS = frozenset(phrase.rpartition(" ")[2] for phrase in _PHRASES)
_LONGEST = max(phrase.count(" ") + 1 for phrase in _PHRASES)

_SUFFIX_WORDS: dict[str, Qualifier] = {
    "or more": "at_least", "or above": "at_least", "or higher": "at_least",
    "or greater": "at_least", "or over": "at_least", "or older": "at_least",
    "and above": "at_least", "and over": "at_least", "and up": "at_least",
    "and more": "at_least", "and older": "at_least", "and counting": "at_least",
    "more or less": "about", "or less": "at_most", "or fewer": "at_most", "or under": "at_most",
    "or below": "at_most", "or lower": "at_most", "or younger": "at_most",
    "and under": "at_most", "and below": "at_most", "or so": "about",
    "give or take": "about", "or thereabouts": "about",
}  # fmt: skip
_AFTER_UNIT = [words for words in _SUFFIX_WORDS if not words.startswith("and ") or words == "and counting"]
_CLOSING = (
    r"(?=[.,;:)!?]|$| (?:by|in|of|to|for|from|since|with|who|that|were|was|are|have|has|had|during|at|on|came)\b)"
)
_SUFFIX = re.compile(
    rf"(?:,? \(?(?P<words>{'|'.join(_SUFFIX_WORDS)})|(?: [A-Za-z]+),? (?P<after>{'|'.join(_AFTER_UNIT)})|"
    rf"(?:,? [A-Za-z-]+){{1,6}},? (?P<closing>(?<!more )or (?:more|so|fewer|less|thereabouts)|"
    rf"and more|more or less|give or take){_CLOSING})"
    r"(?![^\W_])(?! than)",
    re.I,
)
_PLUS = re.compile(r" ?\+(?! ?\d)|-plus\b| plus(?= [a-z]|$|[.,;)])(?! (?:a|an|the|one|another|more)\b)")
_ESTIMATED = re.compile(r"\b(?:estimat\w+|likely|probably|projected)\b[^.;:!?]*$", re.I)
_TIME_AFTER = re.compile(r"[ -](?:years?|months?|weeks?|days?|hours?|minutes?|decades?|quarters?)\b(?! of\b)", re.I)
_LENGTH_BEFORE = re.compile(
    r"\b(?:for|just|well|in|of|after|is|was|were|are|lasting|lasted|took|spent|with|within|aged|slightly|now|than) $",
    re.I,
)
_NO_BOUND = re.compile(r"\b(?:built|cent(?:er|re)d|based|revolves?|turns?|wrapped|add(?:s|ed|ing)?) $", re.I)
""" "Built around 230 objects", "add up to 418 years"."""
_MOVING_UP = re.compile(rf"\b(?:{MOVED})(?: [a-z]+ly)? $", re.I)
""" "Rising up to 26 in 2021": the level it came to."""
_FROM_BEFORE = re.compile(rf"\b(?:{MOVED})\b[^.;:\d]{{0,30}} from [^.;:]{{0,40}} $", re.I)
_HANDED_ON = re.compile(r"[^.,;:]{0,60}? (?:on|along|back|over|to(?! date))\b", re.I)
""" "Passed 12,000 tips on to police": handed on, not gone beyond."""
_COMPARISONS = ("more ", "fewer ", "less ", "greater ", "higher ", "larger ", "lower ")
_SUFFIX_STARTS = frozenset(" ,+-")
_OPENING = "([{\"'“‘*_"


def prefix(text: str, start: int, floor: int) -> tuple[Qualifier, int] | None:
    """The qualifier that ends at `start` and where it begins; looks back no further than `floor`."""
    low = max(floor, start - _WINDOW)
    window = text[low:start]
    last = window[-1:]
    if last == " ":
        window = window[:-1]
    elif last not in _SYMBOL_SIGNS and not window.endswith(("c.", "ca.")):
        return None
    if window[-1:] in _SYMBOL_SIGNS:
        for sign, qualifier in _SYMBOLS:
            if window.endswith(sign):
                return qualifier, low + len(window) - len(sign)
    words = window.split(" ")
    while words and words[-1].lower() in _SKIPPED:
        window = window[: -len(words.pop()) - 1]
    if not words or words[-1].lstrip(_OPENING).lower() not in _LAST_WORDS:
        return None
    # The first word of a window that was cut may be the rest of a longer one.
    whole = len(words) - (low > floor)
    for size in range(min(_LONGEST, whole), 0, -1):
        said = " ".join(words[-size:])
        phrase = said.lstrip(_OPENING)
        found = _PHRASES.get(phrase.lower())
        if found:
            return found, low + len(window) - len(phrase)
    return None


def suffix(text: str, end: int, ceiling: int) -> tuple[Qualifier, int] | None:
    """The qualifier that begins at `end` and where it stops; after one word (the unit) it stays out of the span.

    `ceiling` is where the next number begins: words that lead straight to it are its own ("100 and over 300 more").
    """
    if text[end : end + 1] not in _SUFFIX_STARTS:
        return None
    found = _PLUS.match(text, end)
    if not found:
        found = _SUFFIX.match(text, end)
        if found:
            if ceiling - found.end() < 3 and ceiling < len(text):
                return None
            qualifier = _SUFFIX_WORDS[(found["words"] or found["after"] or found["closing"]).lower()]
            return qualifier, found.end() if found["words"] else end
        return None
    return ("at_least", found.end()) if found.end() <= ceiling else None


def combine(before: Qualifier | None, after: Qualifier | None) -> Qualifier:
    """What two qualifiers of one number say together: a bound wins over an approximation."""
    if before is None or (before in ("about", "nearly") and after in ("at_least", "at_most")):
        return after or "exact"
    return before


def may_be_estimated(text: str) -> bool:
    """Whether `text` holds a word of estimation at all; saves looking around every number."""
    return "stimat" in text or "ikely" in text or "robably" in text or "rojected" in text


def estimated(text: str, start: int, end: int) -> bool:
    """Whether an estimate is announced in the same clause before the number, or right behind it."""
    if _ESTIMATED.search(text[max(0, start - _WINDOW) : start]):
        return True
    return text[end : end + 12].strip(" (,").lower().startswith(("estimated", "likely", "probably"))


def misleads(text: str, start: int, part: Part, floor: int) -> bool:
    """Whether the words at `start` only look like a qualifier of `part`.

    "some" means "about" only before larger numbers and shares; "over three days" is the time a thing took, unless
    a length is spoken of ("for over three days"); after another number "more than" compares ("ten more than 20 years
    ago").
    """
    word = text[start : start + 8].lower()
    if word.startswith("some "):
        share = part.percent or part.form in ("ratio", "fraction")
        return part.value is not None and part.value < 10 and not part.rounded and not share
    if word.startswith(("around ", "up to ")) and _NO_BOUND.search(text[max(0, start - 12) : start]):
        return True
    if word.startswith("up to ") and (
        _MOVING_UP.search(text[max(0, start - 24) : start]) or _FROM_BEFORE.search(text[max(0, start - 90) : start])
    ):
        return True
    if word.startswith(("passed ", "crossed ")):
        return not _is_milestone(part) or bool(_HANDED_ON.match(text, part.end))
    brief = part.value is not None and part.value < 100
    if word.startswith("over ") and brief and start + 5 == part.start and _TIME_AFTER.match(text, part.end):
        return not _LENGTH_BEFORE.search(text[max(0, start - 10) : start])
    return 0 < floor == start - 1 and word.startswith(_COMPARISONS)


def _is_milestone(part: Part) -> bool:
    """Whether a number is round enough for a tally to pass it: "has passed 104 million", not "passed 63 bills"."""
    return part.value is not None and part.value >= 1000 and (part.scale > 1 or is_multiple(part.value, 1000))
