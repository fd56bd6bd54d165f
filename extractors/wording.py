"""How the words of a card and the words of a page are made comparable, and which words never narrow what is counted.

Here: splitting text into stems, compiling a card's terms, the closed list of plain English words. No metric and no
organisation is known here; both stand in the source cards.
"""

import re
from functools import lru_cache

from extractors.lexicon import words

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*%?|[a-z](?:\.[a-z])+\b|[a-z0-9]+(?:'[a-z]+)?|[&,;:()|–—]")
_IRREGULAR = {
    "children": "child",
    "kids": "child",
    "kid": "child",
    "people": "person",
    "women": "woman",
    "men": "man",
    "u.s": "usa",
    "u.s.a": "usa",
    "centre": "center",
    "centres": "center",
    "programme": "program",
    "programmes": "program",
    "sees": "see",
    "&": "and",
    "or": "and",
    "has": "has",
    "was": "was",
    "its": "its",
    "does": "does",
    "as": "as",
    "this": "this",
}
_DROPPED = frozenset({"the", "a", "an"})
_BREAK_WORDS = """
    while whereas compared comparing versus vs up down including which but although helping making representing meaning
    effort order most mostly majority mainly primarily largely predominantly chiefly vast
    """
BREAKS = frozenset(",;:()|–—") | words(_BREAK_WORDS)
"""Where the words that narrow a counted noun end: what follows is said of something else, or in passing."""

# Words that leave the extent of a counted noun as it is: grammar, time, amounts, receiving, rising and falling.
_PLAIN_WORDS = """
    u s and
    of to in on at by for from with within into onto per about during since until till over under between through
    before via as this that these those it its they them their there here we our us ours who whose whom what one
    is are was were be been being has have had having do does did will would can could may might must
    all both each every any some such same so also too again now ever already alone just even then
    more less fewer least nearly almost about around approximately roughly some over exactly estimated least
    two three four five six seven eight nine ten hundred thousand million billion first
    total number figure count amount sum overall combined volume figure statistic data fact result
    year month week day date time decade annual annually yearly calendar fiscal fy quarter half period end
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec last past previous prior preceding current next later earlier early late recent ago today
    inception began begin beginning founded launch launched started start creation establishment history
    world worldwide nationwide globe global globally nation country
    receive received receiving take took taken make made handle handled answer answered field fielded process processed
    log logged record recorded report reported reporting submit submitted register registered document documented
    count counted tally tallied totaled totalled totaling totalling numbered reach reached reaching come came coming
    went arrive arrived get got see saw seen hit stood stand accept accepted
    surpassed surpassing exceeded exceeding topped topping
    grow grew grown growing growth rise rose risen rising increase increased increasing fall fell fallen climb climbed
    drop dropped decrease decreased decline declined jump jumped soar soared surge surged spike spiked double doubled
    triple tripled quadruple quadrupled fold percent percentage point times change changed high highest low lowest
    new whole entire mark milestone work than brought show experienced
    staff team specialist operator analyst employee personnel
    table chart graph key glance summary breakdown type category kind value
    """


def stem(word: str) -> str:
    """`word` (lower case) without possessive and plural ending; the same on both sides is all that counts."""
    word = word.split("'", 1)[0]
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or word[-1] != "s" or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1]


_stem = lru_cache(maxsize=65536)(stem)
PLAIN_STEMS: frozenset[str] = frozenset(map(stem, words(_PLAIN_WORDS)))


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """Lower-case `text` as stems and punctuation, one space apart and one at either end; " " when there is none."""
    stems = [_stem(token) for token in _TOKEN.findall(text.lower())]
    return f" {' '.join(s for s in stems if s not in _DROPPED)} " if stems else " "


def needle(term: str) -> str:
    """A card's term as the string to look for in `normal` text; a final `*` leaves the last word open."""
    open_end = term.endswith("*")
    body = normal(term.rstrip("*")).strip()
    if open_end:
        *first, _ = body.split() or [""]
        last = _TOKEN.findall(term.lower().rstrip("*"))[-1:] or [""]
        return " " + " ".join([*first, last[0]])
    return f" {body} "


def found(needles: tuple[str, ...], text: str) -> bool:
    """Whether one of `needles` stands in `text` (as `normal` gives it)."""
    return any(n in text for n in needles)


_COMPLEMENT = words("of to for from in into about by with who that on at involving regarding concerning containing")


def noun_phrase(text: str) -> str:
    """`text` (as `normal` gives it) up to the complement: " report of scam " -> " report "."""
    run = text.split()
    cut = next((i for i, word in enumerate(run) if i and word in _COMPLEMENT), len(run))
    return f" {' '.join(run[:cut])} "
