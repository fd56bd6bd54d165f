"""The closed classes of `words.tsv`, and the shape of a word: a class is one line there.

No logic beyond set membership and `fold`. A word belongs here when two rules need it, or when its list is long.
"""

from functools import lru_cache
from string import ascii_lowercase

from extractors.language.data import rows

_STRAIGHT = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2011": "-", "\u2010": "-"}


@lru_cache(maxsize=256)  # each figure of a passage asks for the passage again
def fold(text: str) -> str:
    """Lower case with straight quotes and hyphens; always as long as `text`, so that spans carry over."""
    low = text.replace("\u0130", "i").lower()  # the one letter that grows: a dotted capital I
    if low.isascii():
        return low
    for curled, straight in _STRAIGHT.items():
        low = low.replace(curled, straight)
    return low


_LETTERS_ALONE = bytes(code if chr(code) in ascii_lowercase else ord(" ") for code in range(256))


@lru_cache(maxsize=256)  # as `fold`
def vocabulary(low: str) -> frozenset[str]:
    """Every run of letters a to z in a folded text: a wording whose words are not among them need not be looked for."""
    return frozenset(low.encode("ascii", "replace").translate(_LETTERS_ALONE).decode("ascii").split())


def words(text: str) -> frozenset[str]:
    """A set of words written as one blank-separated string."""
    return frozenset(text.split())


_CLASSES = {name: words(members) for name, members in rows("words")}
PREPOSITIONS = _CLASSES["prepositions"]
CONJUNCTIONS = _CLASSES["conjunctions"]
RELATIVES = _CLASSES["relatives"]
AUXILIARIES = _CLASSES["auxiliaries"]
PRONOUNS = _CLASSES["pronouns"]
DETERMINERS = _CLASSES["determiners"]
ADVERBS = _CLASSES["adverbs"]
ANYONE = _CLASSES["people"]
RISE_WORDS = _CLASSES["rise"]
FALL_WORDS = _CLASSES["fall"]
COMPARATIVE_WORDS = _CLASSES["comparatives"]
NOT_PLURAL_WORDS = _CLASSES["not_plural"]
NO_MEN = _CLASSES["men_no_plural"]
ADVERBS_BEFORE_NOUNS = _CLASSES["attributive_adverbs"]
NOUNS_IN_LY = _CLASSES["nouns_in_ly"]
DATING = _CLASSES["dating"] | _CLASSES["weekdays"]
"""With a date they make a line that only tells when, and name nothing that could be counted: "Results for"."""
ATTRIBUTIVE = _CLASSES["attributive"]
"""Plural forms that stand in front of a noun as they are: "police, fire and ambulance crews"."""
UNREAL = _CLASSES["unreal"]
"""Words without which the noun behind them would say what is not so: an attempted theft is no theft."""
NUMBERED_COMPANIES = _CLASSES["numbered_companies"]
"""Companies whose names begin with a number."""
STOPS = PREPOSITIONS | CONJUNCTIONS | RELATIVES | AUXILIARIES | PRONOUNS | ADVERBS
"""Words at which the noun phrase after a number ends."""
