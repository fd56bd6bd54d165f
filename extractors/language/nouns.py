"""The nouns of `nouns.tsv`, and the one rule of plurals: a noun is one line there, with its senses.

The plural is left out where it is regular; "-" says that there is none, the noun's own form that it is its plural
("staff"). The first of several is the common one.
"""

from functools import lru_cache

from extractors.language.data import rows
from extractors.language.words import NO_MEN, NOT_PLURAL_WORDS

SENSES = ("stock", "enrolled", "headcount", "post", "body", "person", "event", "group", "mass", "generic")
_NONE = "-"
_OF_THE_NOUN = frozenset({"group", "mass"})
"""Senses of what is spoken of as one."""


def _ending(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _read() -> tuple[dict[str, str], frozenset[str], frozenset[str], dict[str, frozenset[str]]]:
    singular_of: dict[str, str] = {}
    unmarked: set[str] = set()
    singular_s: set[str] = set()
    by_sense: dict[str, set[str]] = {sense: set() for sense in SENSES}
    for noun, plurals, senses in rows("nouns"):
        forms = [_ending(noun)] if not plurals else [] if plurals == _NONE else plurals.split()
        for form in forms:
            singular_of[form] = noun
        unmarked.update(form for form in forms if plurals and form != _ending(noun))
        if noun.endswith("s") and noun not in forms:
            singular_s.add(noun)
        for sense in senses.split():
            by_sense[sense].update([noun] if sense in _OF_THE_NOUN or not forms else forms)
    return singular_of, frozenset(unmarked), frozenset(singular_s), {s: frozenset(w) for s, w in by_sense.items()}


_SINGULAR_OF, PLURALS, _SINGULAR_S, OF_SENSE = _read()
"""`PLURALS` are those that their ending does not show."""
NOT_PLURAL = NOT_PLURAL_WORDS | _SINGULAR_S
"""Words in -s that are no plural nouns."""
_PLURAL_OF = {noun: form for form, noun in reversed(_SINGULAR_OF.items())}


def is_plural(word: str) -> bool:
    """Whether a folded word looks like a plural noun."""
    if word in PLURALS or (word.endswith("men") and len(word) > 5 and word not in NO_MEN):
        return True
    word = word.rpartition("-")[2] or word
    if len(word) < 3 or word[-1] != "s" or word in NOT_PLURAL:
        return False
    return word[-2:] not in ("ss", "us") and not word.endswith(("'s", "ious", "eous"))


def plural(word: str) -> str:
    """The plural of a folded noun; plurals stay as they are."""
    return word if is_plural(word) else _PLURAL_OF.get(word) or _ending(word)


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """The noun that a folded word is the plural of; what is no plural stays as it is."""
    if word in _SINGULAR_OF:
        return _SINGULAR_OF[word]
    if len(word) < 4 or word[-1] != "s" or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes")) else word[:-1]
