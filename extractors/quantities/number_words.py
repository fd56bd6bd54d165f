"""Number words that state nothing: ordinals and set phrases, as data, and the questions of the rules about them.

A phrase is filed under its number word: what must follow it, or the words that may stand before it. Digits are the
business of `digits` and `shapes`.
"""

import re
from collections.abc import Iterator

from extractors.language import numerals
from extractors.language.lexicon import STOPS, VERBS, is_plural, words
from extractors.language.patterns import SMALL_NUMBER, TENS, YEAR, any_of
from extractors.quantities.candidates import Excluded, Word
from extractors.quantities.prose_lists import words_of_items
from extractors.rules import Rule

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
    "zero": rf"[- ](?:tolerance|hunger|sum|day|trust|rated|waste|hour|gravity|in on|carbon|"
    rf"emissions?|based|point(?! (?:zero|{SMALL_NUMBER})\b))\b",
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
_AFTER = re.compile("|".join(f"{word}(?:{after})" for word, after in AFTER.items()))
_BEFORE = {word: {tuple(w.split("|")[::-1]) for w in given.split()} for word, given in BEFORE.items()}
_AVAILABILITY = re.compile(
    r"twenty[- ]four[- ]hours[- ](?:a|per|each|every)[- ]day(?:,?\s(?:and\s)?seven[- ]days[- ](?:a|per|each)[- ]week)?|"
    r"(?:five|six|seven)[- ]days[- ](?:a|per|each)[- ]week"
)
_SCALE_NEXT = re.compile(
    r"[\s-](?:hundred|thousand|million|billion|trillion|half|third|fourth|quarter|fifth|sixth|seventh|eighth|ninth|tenth|dozen|in|out)\b"
)
_ORDINAL_IDIOM = re.compile(
    r"first(?:-hand\b|[- ](?:aid|responders?)\b|\s(?:of (?:its|their) kind|and foremost|of all)\b|-come)|"
    r"second(?:\sto none\b|-hand\b|\sthoughts?\b|-guess)|third[- ]part(?:y|ies)\b"
)
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
_YEAR = re.compile(YEAR)

_SCAN = re.compile(
    rf"(?<![^\W_])(?=[otfsenzhm])(?:(?P<tens>(?:{TENS})-(?:{any_of(numerals.ORDINALS[:9])}))|"
    rf"(?P<ordinal>{any_of(numerals.ORDINALS)})|(?P<total>{any_of(numerals.TOTAL_ORDINALS)})|"
    rf"(?P<word>{any_of(_COUNTED)}|zero|hundred|thousand|million))(?![^\W_])"
)
COUNTING = frozenset((*_COUNTED, *numerals.ORDINALS, *numerals.TOTAL_ORDINALS)) | words("zero hundred thousand million")
"""A text without any of these words has no claims."""
_COMPOUND = re.compile(r"ty-$")
_DIGIT_ORDINAL = re.compile(r"(?P<n>\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?:st|nd|rd|th)\b")
_OF_THEM = re.compile(r"\sof (?:which|whom|them|these|those)\b")
_NEXT = re.compile(r"[\s-]([^\W\d_][\w'-]*)")


def _previous(low: str, start: int) -> tuple[str, str]:
    tokens = low[max(0, start - 32) : start].split()
    if not tokens or low[start - 1 : start] not in (" ", "-"):
        return "", ""
    return tokens[-1], tokens[-2] if len(tokens) > 1 else ""


def _next(low: str, end: int) -> str:
    m = _NEXT.match(low, end)
    return m[1] if m else ""


def digit_ordinal(text: str, low: str, start: int) -> Excluded | None:
    """A rank in digits at `start`; None where the ordinal states a total ("its 10,000th volunteer")."""
    m = _DIGIT_ORDINAL.match(low, start)
    if m is None:
        return None
    number = int(m["n"].replace(",", ""))
    noun = _next(low, m.end())
    capital = text[m.end() + 1 : m.end() + 2].isupper() and number < 1000
    counted = noun and noun not in NAMING and noun not in STOPS and not capital
    if number >= _HIGH and (counted or _OF_THEM.match(low, m.end())):
        return None
    return Excluded(m.start(), m.end(), "ordinal", "ordinal")


def find_words(low: str) -> Iterator[Word]:
    """The words of a folded text that may be ordinals or parts of set phrases, in order."""
    for m in _SCAN.finditer(low):
        yield Word(low, m.start(), m.end(), m.lastgroup or "")


def ordinal_idiom(word: Word) -> Excluded | None:
    """ "First aid", "second to none", "at first"."""
    if word.group != "ordinal":
        return None
    m = _ORDINAL_IDIOM.match(word.low, word.start)
    if m:
        return Excluded(word.start, m.end(), "idiom", "idiom")
    at_first = word.low.startswith("first", word.start) and _previous(word.low, word.start)[0] == "at"
    return Excluded(word.start, word.end, "idiom", "idiom") if at_first else None


def ordinal(word: Word) -> Excluded | None:
    """A rank in words; not the end of a fraction ("a third", "two fifths"), nor a total."""
    low, start, end = word.low, word.start, word.end
    if word.group == "total" and _next(low, end) not in NAMING:
        return None
    if word.group == "word" or (word.group == "ordinal" and _is_fraction(low, start, end)):
        return None
    return Excluded(start, end, "ordinal", "ordinal")


def _is_fraction(low: str, start: int, end: int) -> bool:
    if low[start:end] not in _FRACTION_LIKE and low[start:end] != "second":
        return False
    previous, following = _previous(low, start)[0], _next(low, end)
    hyphened = low[start - 1 : start] == "-"
    last = (previous.rstrip("-") if hyphened else previous).rsplit("-", 1)[-1]
    if previous in ("every", "each", "per") or (hyphened and (last in _NUMBER_WORDS or last.isdecimal())):
        return True
    if (last not in _NUMBER_WORDS and not last[-1:].isdecimal()) or _YEAR.fullmatch(last):
        return False
    plain_noun = following and following not in STOPS and following not in VERBS and not is_plural(following)
    names = last == "a" and plain_noun and not following.endswith(("ed", "er"))
    return following not in _ORDINAL_NOUNS and not names


def availability(word: Word) -> Excluded | None:
    """ "Twenty-four hours a day"."""
    m = _AVAILABILITY.match(word.low, word.start) if word.group == "word" else None
    return m and Excluded(word.start, m.end(), "time", "availability")


def idiom_after(word: Word) -> Excluded | None:
    """ "One another", "zero tolerance"; "eighty-two cents" is no "two cents"."""
    if word.group != "word" or _COMPOUND.search(word.low, max(0, word.start - 8), word.start):
        return None
    m = _AFTER.match(word.low, word.start)
    return m and Excluded(word.start, m.end(), "idiom", "idiom")


def adjective(word: Word) -> Excluded | None:
    """ "Two-way", "three-part"."""
    m = _COMMON_AFTER.match(word.low, word.end) if word.group == "word" else None
    return m and Excluded(word.start, m.end(), "idiom", "idiom")


def _before(word: Word) -> tuple[str, str]:
    """The two words before a number word that no scale follows."""
    if word.group != "word" or _SCALE_NEXT.match(word.low, word.end):
        return "", ""
    return _previous(word.low, word.start)


def idiom_before(word: Word) -> Excluded | None:
    """ "No one", "ground zero", "the big five"."""
    previous, earlier = _before(word)
    known = _BEFORE.get(word.low[word.start : word.end], ())
    found = previous and ((previous,) in known or (previous, earlier) in known or (previous.rstrip("-"),) in known)
    return Excluded(word.start, word.end, "idiom", "idiom") if found else None


def step(word: Word) -> Excluded | None:
    """ "Step two", "chapter three"."""
    named = _before(word)[0] in _STEPS and not is_plural(_next(word.low, word.end))
    return Excluded(word.start, word.end, "reference", "step_reference") if named else None


def top(word: Word) -> Excluded | None:
    """ "The top ten"."""
    return Excluded(word.start, word.end, "idiom", "idiom") if _before(word)[0].lstrip("(") == "top" else None


def item(word: Word) -> Excluded | None:
    """An item of a list run on in the passage: "One: we feed. Two: we teach."."""
    end = words_of_items(word.low).get(word.start) if word.group == "word" else None
    return Excluded(word.start, end, "reference", "list_number") if end else None


RULES = [
    Rule(
        "ordinal.idiom", ordinal_idiom, ("ordinal.in_words",), ("We teach [first] aid. -> idiom idiom",),
        ("We teach the [first] class. -> ordinal ordinal",),
    ),
    Rule(
        "ordinal.in_words", ordinal, (), ("We teach the [third] class. -> ordinal ordinal",),
        ("We teach a [third] of them. -> fact",),
    ),
    Rule(
        "availability.in_words", availability, ("idiom.after",),
        ("It is open [seven] days a week. -> time availability",), ("It has [seven] doors. -> fact",),
    ),
    Rule(
        "idiom.after", idiom_after, ("idiom.before", "step",), ("They met [one] another. -> idiom idiom",),
        ("They met [two] others. -> fact",),
    ),
    Rule(
        "idiom.adjective", adjective, (), ("It is a [three]-part play. -> idiom idiom",),
        ("It has [three] parts. -> fact",),
    ),
    Rule(
        "idiom.before", idiom_before, ("step",), ("It fell to net [zero] soon. -> idiom idiom",),
        ("It fell to [four] tons. -> fact",),
    ),
    Rule(
        "step", step, (), ("It is in step [two] now. -> reference step_reference",),
        ("Then [two] steps begin. -> idiom enumeration",),
    ),
    Rule(
        "item.in_words", item, (), ("One: we feed. [Two]: we wash. -> reference list_number",),
        ("One owl came. [Two]: that was new. -> fact",),
    ),
    Rule("top", top, (), ("It is in the top [five]. -> idiom idiom",), ("It is in [ten] towns. -> fact",)),
]  # fmt: skip
