"""Number words that state nothing: ordinals and set phrases, as data, and the scan that finds them.

A phrase is filed under its number word: what must follow it, or the words that may stand before it. Digits are the
business of `shape_rules`.
"""

import re
from collections.abc import Iterator

from extractors.language import numerals
from extractors.language.lexicon import STOPS, VERBS, is_plural, words
from extractors.language.patterns import SMALL_NUMBER, TENS, any_of
from extractors.quantities.shapes import Claim

_COUNTED = (*numerals.SMALL, *numerals.TENS)
_FRACTION_LIKE = frozenset(numerals.ORDINALS) - {"first", "second"}
_NUMBER_WORDS = frozenset(_COUNTED) | words("a an hundred thousand million half")

_ADJECTIVES = (
    r"-(?:way|factor|sided|legged|dimensional|tier(?:ed)?|pronged|part|point|star|party|parent|wheel(?:er|ed|s)?|digit|"
    r"figure|letter|word|piece|pillar|stage|phase|level|step|course|lane|track|handed|storey|story|ply|stroke|"
    r"tiered|time|stop|off|size|man|woman|person|click|liner|hit|shot|tracked)\b"
)
AFTER: dict[str, str] = {
    "one": rf"-on-one|-to-one|-of-a-kind|'s\b|\s(?:of\b(?! every (?:\d|(?:{SMALL_NUMBER}|{TENS})\b))|"
    r"another\b|day\b|thing\b|by one\b|at a time|and only\b|"
    r"and the same\b|or more\b|or two\b|or both\b|or (?:the )?other\b|or another\b|such\b|size fits all|way or|"
    r"too many\b|voice\b|roof\b|in a million\b|final\b|last\b|more time\b|place\b|"
    rf"point\b(?! (?:zero|{SMALL_NUMBER})\b)|hand\b|"
    r"example\b|side\b|form or\b|kind or\b)|"
    r"(?=\s(?:may|can|cannot|can't|could|must|might|should|would|needs|who|whose|that|which|where)\b)",
    "two": r"\s(?:cents\b|sides of the|heads are|wrongs\b|birds\b|and two\b)|-fold path",
    "three": r"\s(?:rs\b|cheers\b|musketeers\b|wise men\b)",
    "four": r"\s(?:corners of|walls\b|seasons\b)",
    "five": r"\s(?:senses\b|eyes\b|pillars of islam)|-a-day\b",
    "six": r"\s(?:degrees of|feet under)",
    "seven": r"\s(?:seas\b|wonders\b|deadly sins)|\sdays a week\b",
    "nine": r"[- ]to[- ]five\b|\slives\b|\syards\b",
    "ten": r"\scommandments\b",
    "twelve": r"\s(?:apostles\b|steps\b|days of christmas)",
    "twenty": r"-twenty\b|[- ]four[-/ ]seven\b|\squestions\b",
    "fifty": r"-fifty\b|\sfifty\b",
    "zero": r"[- ](?:tolerance|sum|day|trust|rated|waste|hour|point|gravity|in on|carbon|emissions?|based)\b",
    "thousand": r"\s(?:words\b|cuts\b)",
    "million": r"-dollar\s(?:question|idea)|\s(?:miles away|reasons\b)",
    "hundred": r"\syears' war",
}
BEFORE: dict[str, str] = {
    "one": "no any every each this that which another square number day loved little good wrong right some",
    "two": "number day",
    "four": "big gang|of",
    "five": "big high take famous",
    "six": "deep big",
    "seven": "group|of",
    "eight": "",
    "nine": "cloud",
    "ten": "top hang",
    "eleven": "",
    "twenty": "group|of",
    "zero": "net ground patient absolute day year hour back|to sub from",
    "million": "thanks|a",
}
_STEPS = words(
    "step phase stage tier level chapter part goal pillar day number act plan priority round page figure table"
)
_COMMON_AFTER = re.compile(_ADJECTIVES)
_AFTER = {word: re.compile(pattern) for word, pattern in AFTER.items()}
_BEFORE = {word: {tuple(w.split("|")[::-1]) for w in given.split()} for word, given in BEFORE.items()}
_AVAILABILITY = re.compile(
    r"twenty[- ]four[- ]hours[- ](?:a|per|each|every)[- ]day(?:,?\s(?:and\s)?seven[- ]days[- ](?:a|per|each)[- ]week)?|"
    r"(?:five|six|seven)[- ]days[- ](?:a|per|each)[- ]week"
)
_THE_ONE = re.compile(r"\s(?:we|you|they|i|he|she|it|in|on|for|with|most|to)\b|[.,;:!?]|$")
_SCALE_NEXT = re.compile(r"[\s-](?:hundred|thousand|million|billion|trillion|half|third|quarter|dozen|in|out)\b")
_IDIOM_AFTER = {
    "first": re.compile(r"-hand\b|[- ](?:aid|responders?)\b|\s(?:of (?:its|their) kind|and foremost|of all)\b|-come"),
    "second": re.compile(r"\sto none\b|-hand\b|\sthoughts?\b|-guess"),
    "third": re.compile(r"[- ]part(?:y|ies)\b"),
}
_ORDINAL_NOUNS = words(
    "party parties time year way person term round edition child day week month quarter century grade phase wave floor "
    "place option kind type category group generation element component pillar area language dose amendment world"
)
NAMING = words(
    "anniversary century birthday annual edition congress session street avenue floor grade percentile quarter time "
    "year day month week place round amendment battalion regiment airborne division district ward season chapter "
    "episode minute hour generation degree meeting conference summit parliament assembly president "
    "instalment installment series issue volume consecutive largest biggest highest state centuries jubilee"
)
"""After a high ordinal these name or rank; any other noun is counted: "its 10,000th volunteer"."""
_HIGH = 50

_SCAN = re.compile(
    rf"(?<![^\W_])(?=[otfsenzhm])(?:(?P<tens>(?:{TENS})-(?:{any_of(numerals.ORDINALS[:9])}))|"
    rf"(?P<ordinal>{any_of(numerals.ORDINALS)})|(?P<total>{any_of(numerals.TOTAL_ORDINALS)})|"
    rf"(?P<word>{any_of(_COUNTED)}|zero|hundred|thousand|million))(?![^\W_])"
)
COUNTING = frozenset((*_COUNTED, *numerals.ORDINALS, *numerals.TOTAL_ORDINALS)) | words("zero hundred thousand million")
"""A text without any of these words has no claims."""
_COMPOUND = re.compile(r"ty-$")
_DIGIT_ORDINAL = re.compile(r"(?P<n>\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?:st|nd|rd|th)\b")
_NEXT = re.compile(r"[\s-]([^\W\d_][\w'-]*)")


def _previous(low: str, start: int) -> tuple[str, str]:
    tokens = low[max(0, start - 32) : start].split()
    if not tokens or low[start - 1 : start] not in (" ", "-"):
        return "", ""
    return tokens[-1], tokens[-2] if len(tokens) > 1 else ""


def _next(low: str, end: int) -> str:
    m = _NEXT.match(low, end)
    return m[1] if m else ""


def digit_ordinal(text: str, low: str, start: int) -> Claim | None:
    """A rank in digits at `start`; None where the ordinal states a total ("its 10,000th volunteer")."""
    m = _DIGIT_ORDINAL.match(low, start)
    if m is None:
        return None
    number = int(m["n"].replace(",", ""))
    noun = _next(low, m.end())
    capital = text[m.end() + 1 : m.end() + 2].isupper() and number < 1000
    if number >= _HIGH and noun and noun not in NAMING and noun not in STOPS and not capital:
        return None
    return Claim(m.start(), m.end(), "ordinal", "ordinal")


def _ordinal(low: str, start: int, end: int, word: str) -> Claim | None:
    previous, _ = _previous(low, start)
    following = _next(low, end)
    idiom = _IDIOM_AFTER.get(word)
    if idiom and (m := idiom.match(low, end)):
        return Claim(start, m.end(), "idiom", "idiom")
    if word == "first" and previous == "at":
        return Claim(start, end, "idiom", "idiom")
    if word in _FRACTION_LIKE or word == "second":
        last = previous.rsplit("-", 1)[-1] if low[start - 1 : start] != "-" else previous.rstrip("-").rsplit("-", 1)[-1]
        if previous in ("every", "each", "per") or (
            low[start - 1 : start] == "-" and (last in _NUMBER_WORDS or last.isdecimal())
        ):
            return None
        if last in _NUMBER_WORDS or last[-1:].isdecimal():
            plain_noun = following and following not in STOPS and following not in VERBS and not is_plural(following)
            if following not in _ORDINAL_NOUNS and not (
                last == "a" and plain_noun and not following.endswith(("ed", "er"))
            ):
                return None
    return Claim(start, end, "ordinal", "ordinal")


def _phrase(low: str, start: int, end: int, word: str) -> Claim | None:
    if m := _AVAILABILITY.match(low, start):
        return Claim(start, m.end(), "time", "availability")
    compound = _COMPOUND.search(low, max(0, start - 8), start) is not None  # "eighty-two cents" is no "two cents"
    if not compound and (after := _AFTER.get(word)) and (m := after.match(low, end)):
        return Claim(start, m.end(), "idiom", "idiom")
    if m := _COMMON_AFTER.match(low, end):
        return Claim(start, m.end(), "idiom", "idiom")
    previous, before = _previous(low, start)
    if not previous or _SCALE_NEXT.match(low, end):
        return None
    known = _BEFORE.get(word, ())
    if (previous,) in known or (previous, before) in known or (previous.rstrip("-"),) in known:
        return Claim(start, end, "idiom", "idiom")
    if previous in _STEPS and not is_plural(_next(low, end)):
        return Claim(start, end, "reference", "step_reference")
    if word == "one" and previous in ("the", "only") and _THE_ONE.match(low, end):
        return Claim(start, end, "idiom", "idiom")
    if previous.lstrip("(") == "top":
        return Claim(start, end, "idiom", "idiom")
    return None


def word_claims(low: str) -> Iterator[Claim]:
    """The number words of a folded text that are no statistics, in order; they may overlap each other."""
    for m in _SCAN.finditer(low):
        start, end = m.span()
        match m.lastgroup:
            case "tens":
                claim: Claim | None = Claim(start, end, "ordinal", "ordinal")
            case "ordinal":
                claim = _ordinal(low, start, end, m[0])
            case "total":
                naming = _next(low, end) in NAMING
                claim = Claim(start, end, "ordinal", "ordinal") if naming else None
            case _:
                claim = _phrase(low, start, end, m[0])
        if claim:
            yield claim
