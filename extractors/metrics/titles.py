"""Reading one heading as written: the names in it, the ages, whether it ends in a plural.

Here: what tells a name from a plain English word, by its letters and by the words beside it. What a heading then makes
of a count is `headings`' business.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors.language.lexicon import AUXILIARIES, DETERMINERS, PREPOSITIONS, STOPS, words
from extractors.language.patterns import YEAR
from extractors.metrics.english import is_english
from extractors.metrics.places import NATION, PLACE_NAMES, PLACES
from extractors.metrics.stemming import BREAKS, PLAIN_STEMS, TITLE_STEMS, Text, normal, stems

_WORD = re.compile(r"[^\W\d_][\w.&'\u2019-]*")
_CAMEL = re.compile(r"[a-z]\.?[A-Z]")
_INITIAL = re.compile(r"(?:^|[.:?!|;\u2013\u2014(]\W*)\Z")
_IN_WORDS = (
    "(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen)"
)
_AGES = re.compile(
    rf"\bage[sd]?\b\D{{0,12}}\d|\bage[sd]? {_IN_WORDS}\b"
    rf"|\b(?:under|over|below|above|younger than|older than)(?: the age of)? (?:\d{{1,2}}|{_IN_WORDS})\b(?![,.:%]\d)"
    r"|\bgrades? (?:k\b|\d)|\bk ?[-\u2013] ?\d{1,2}\b"
    r"|\b\d{1,2} ?(?:to|and|-|\u2013|\u2014) ?\d{1,2} ?-?years?\b"
    rf"|\b(?:\d{{1,2}}|{_IN_WORDS}) (?:and|or) (?:under|younger|over|older|up)\b"
    r"|\byears? olds?\b|-year-olds?\b|^\W*\d{1,2} ?(?:to|and|or|-|\u2013|\u2014) ?\d{1,2}\W*$"
)
"""A band of ages: "ages 15 to 17", "under 12", "12-14 years"."""
_NUMBER = re.compile(r"\d+")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_SEASON = re.compile(
    r"\W*(?:(?:in|during|from|the|last) )*"
    r"(?:(?:first|second|third|fourth|last|final|1st|2nd|3rd|4th) (?:quarter|half|(?:two|three|six|nine|[2369]) months)"
    rf"|q[1-4]|h[12]|spring|summer|autumn|winter|{_MONTH}(?:,? (?:to|and|through|until|[-\u2013\u2014]) {_MONTH})?)"
    rf"(?:,? (?:of )?(?:fy ?)?(?P<year>{YEAR}))?\W*"
)
_WHOLE_YEAR = re.compile(r"\bjan.*\bdec")
TELLING = words("story journey voice word letter legacy light law message gift hope experience")
"""What follows the name of a person whose story a heading announces."""
_UNDERTAKING = re.compile(r"(?:The )?(?:Project|Operation|Camp|Task Force|Team) [A-Z]")
_BODIES_LAST = """
    Police Bureau Agency Foundation Coalition Commission Ministry Institute University Association Alliance Society
    Council Army Guard Patrol Marshals Court Embassy Bank Church Hospital Sheriff Investigations Force
    Forces Corporation Inc Ltd LLC Project County Clubs Stoppers
    Group Games Labs Studios Interactive Entertainment Channel Wireless AI
"""
_BODIES_FIRST = """
    Department Bureau Ministry Office Institute University Society Council Commission Association Republic Kingdom State
    City County Bank Church Federation Union
"""
_BODY = re.compile(
    rf"\b(?:{'|'.join(_BODIES_LAST.split())}|Secret Service|Attorney General|of America)\b\.?\W*\Z"
    rf"|^(?:The )?(?:U\.?S\.? )?(?:[A-Z]\w+ )?(?:{'|'.join(_BODIES_FIRST.split())}) (?:of|for) "
)
"""How a body is named: "Secret Service", "Department of Homeland Security"."""
_NO_NAME = re.compile(rf"(?i:(?:an?|{'|'.join(sorted(STOPS | DETERMINERS - {'the'}))}|[a-z]+ing)\s)")
"""How no name begins: "A Safer Society", "On Guard", "Building a Coalition"."""
_BEFORE_NOUN = "|".join(sorted(PREPOSITIONS - words("of like")))
_ARTICLE = "|".join(sorted(DETERMINERS))
_SHOUTED = re.compile(rf"\b(?:{_BEFORE_NOUN.upper()})\s(?:{_ARTICLE.upper()})\s")
"""Where all is in capitals they make no name of the noun behind it: "AT THE WORKBENCH", "FROM OUR SCULLERY"."""
LONGEST_NAME = 6
"""Words of a heading that may be a name and no statement."""
_LONGEST = 200
"""Characters of a heading that are read."""
LINKING = (PREPOSITIONS | AUXILIARIES | words("and or that which who")) - words("like")


@dataclass(frozen=True, slots=True, eq=False)
class Heading:
    """One heading: `text` its stems, `names` the capitalised words in it that are no plain English, as stems."""

    text: Text
    folded: str
    names: frozenset[str]
    placed: bool
    """Whether it has a place's name of several words."""
    located: bool
    """Whether it has any place's name."""
    aged: frozenset[str]
    """The numbers of a band of ages."""
    season: str
    """The year of which it names a part and nothing else, "any" where it names none; "" for another heading."""
    plural: bool
    """Whether it ends in a plural as written."""


@lru_cache(maxsize=4096)
def read_heading(raw: str) -> Heading:
    """The heading as written, read for what it may set apart; of a very long one the beginning."""
    raw = raw[:_LONGEST]
    folded = raw.lower()
    text = normal(folded)
    aged = _AGES.search(folded) is not None
    placed = any(name in text.text for name in PLACE_NAMES)
    season = None if _WHOLE_YEAR.search(folded) else _SEASON.fullmatch(folded)
    return Heading(
        text,
        folded,
        names=frozenset(_names_in(raw)),
        placed=placed,
        located=placed or not PLACES.isdisjoint(text.words),
        aged=frozenset(_NUMBER.findall(folded) or ["?"]) if aged else frozenset(),
        season=(season["year"] or "any") if season else "",
        plural=folded.rstrip(" .:?!").endswith(("s", "children", "youth", "people")),
    )


def _names_in(raw: str) -> list[str]:
    """The stems of the words of a heading that are written like names and are no English words.

    Where the other words are in lower case, a capital behind the first word makes a name of any word.
    """
    found = list(_WORD.finditer(raw))
    title_case = all(m[0][0].isupper() or _is_linking(m[0]) for m in found)
    if title_case and len(found) > 1 and not _NO_NAME.match(raw) and (_UNDERTAKING.match(raw) or _BODY.search(raw)):
        return [stem for match in found for stem in stems(match[0]) if not _is_linking(stem)]
    sentence_case = any(len(m[0]) > 3 and m[0].islower() and not _is_linking(m[0]) for m in found)
    names = []
    shouted = _SHOUTED.search(raw) if raw.isupper() else None
    common = shouted.end() if shouted else len(raw)
    for place, match in enumerate(found):
        word = match[0]
        own = [stem for stem in stems(word) if stem not in BREAKS and len(stem) > 1]
        if word.islower():
            continue
        following = stems(found[place + 1][0]) if place + 1 < len(found) else []
        if re.search(r"['\u2019]s?\Z", word) and following and following[0] in TELLING:
            continue
        mid = bool(_CAMEL.search(word)) or (sentence_case and not _INITIAL.search(raw[: match.start()]))
        mid = mid and not (word.isupper() and all(map(is_english, own)))  # "our CEO"
        short = len(found) <= LONGEST_NAME and match.start() < common
        names += [
            stem for stem in own if not _is_plain(stem) and (mid or (short and not is_english(stem.replace(".", ""))))
        ]
    return names


def _is_linking(word: str) -> bool:
    return word in LINKING


def _is_plain(stem: str) -> bool:
    return stem in PLAIN_STEMS or stem in TITLE_STEMS or stem in NATION or not stem[0].isalpha()
