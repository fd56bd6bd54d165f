"""The verbs of `verbs.tsv` with all their forms: a verb is one line there, whatever it is good for.

A regular verb leaves out its past, its participle (when it is its past) and the form in -ing; several are parted by
blanks. `predicate` names the forms that cannot
stand in a noun phrase after a number ("12 children found"); the senses are those of `SENSES`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from extractors.language.data import rows
from extractors.language.words import COMPARATIVE_WORDS, FALL_WORDS, RISE_WORDS

_VOWELS = "aeiou"
SENSES = ("rise", "fall", "move", "level", "bring", "say", "up", "goal")
"""What a verb may mean to a rule: a change upwards, downwards or either way, one that speaks of a
level unless "by" follows, to take a total to where it stands, to report what
another says, to make a phrase with "up" that tells no change, to plan."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb; past and participle may have several forms."""

    base: str
    past: tuple[str, ...]
    participle: tuple[str, ...]
    ing: str
    predicate: frozenset[str]
    senses: frozenset[str]

    @property
    def third(self) -> str:
        """ "Rises", "goes", "carries"."""
        if self.base.endswith("y") and self.base[-2] not in _VOWELS:
            return self.base[:-1] + "ies"
        return self.base + ("es" if self.base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")

    @property
    def forms(self) -> frozenset[str]:
        """Every form."""
        return frozenset((self.base, self.third, self.ing, *self.past, *self.participle))

    @property
    def finite(self) -> frozenset[str]:
        """The forms that `predicate` names."""
        forms = {"base": (self.base,), "third": (self.third,), "past": self.past}
        return frozenset(form for name in self.predicate for form in forms[name])


def _regular(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    return base[:-1] + "ied" if base.endswith("y") and base[-2] not in _VOWELS else base + "ed"


def _going(base: str) -> str:
    return base[:-1] + "ing" if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) else base + "ing"


def _read() -> tuple[Verb, ...]:
    found = []
    for base, past, participle, ing, predicate, senses in rows("verbs"):
        pasts = (past or _regular(base)).split()
        participles = participle.split() or pasts
        named = frozenset(predicate.split()), frozenset(senses.split())
        found.append(Verb(base, tuple(pasts), tuple(participles), ing or _going(base), *named))
    return tuple(found)


ALL = _read()
BY_BASE = {verb.base: verb for verb in ALL}


def of_sense(sense: str) -> frozenset[str]:
    """Every form of the verbs of one sense."""
    return frozenset().union(*(verb.forms for verb in ALL if sense in verb.senses))


PREDICATES = frozenset().union(*(verb.finite for verb in ALL))
"""Forms at which the noun phrase after a number ends."""


def _unmarked(forms: Iterable[str]) -> tuple[str, ...]:
    """Those that are no stem of two letters and more with "-ed"."""
    return tuple(dict.fromkeys(form for form in forms if len(form) < 4 or not form.endswith("ed")))


IRREGULAR_PASTS = _unmarked(form for verb in ALL if "say" not in verb.senses for form in verb.past)
"""Pasts that no "-ed" shows; what somebody said is told in its own tense."""
IRREGULAR_PARTICIPLES = _unmarked(form for verb in ALL for form in verb.participle)

RISE = of_sense("rise") | RISE_WORDS
FALL = of_sense("fall") | FALL_WORDS
COMPARATIVES = of_sense("level") | COMPARATIVE_WORDS
"""Words of change that speak of a level, unless "by" follows or the number is relative."""
MOVED = (RISE | FALL | of_sense("move")) - COMPARATIVES
"""The other words of change."""
