"""Words the reading rules share: closed classes of English, units, verbs of change. All of them come from the tables.

Here the senses of verbs, nouns and units become the sets that rules ask; the words themselves stand in `*.tsv`.
"""

from extractors.language import verbs
from extractors.language.nouns import NOT_PLURAL, OF_SENSE, PLURALS, is_plural, plural, singular
from extractors.language.patterns import MONTH
from extractors.language.units import MEASURES, RATES, SINGULAR_MEASURES, TIME_ACCUMULATES, TIME_UNITS
from extractors.language.verbs import COMPARATIVES, FALL, RISE
from extractors.language.words import (
    ADVERBS,
    ADVERBS_BEFORE_NOUNS,
    ANYONE,
    ATTRIBUTIVE,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    NOUNS_IN_LY,
    NUMBERED_COMPANIES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    STOPS,
    UNREAL,
    fold,
    vocabulary,
    words,
)

VERBS = verbs.PREDICATES
"""Verbs at which the noun phrase after a number ends."""

MASS = OF_SENSE["mass"]
PEOPLE = OF_SENSE["person"] | frozenset(map(singular, OF_SENSE["person"])) | ANYONE
"""Nouns for people: after them "under 16" is an age."""
STOCK_NOUNS = OF_SENSE["stock"]
"""Nouns that stand at a moment rather than add up over a year, where no verb or date says otherwise."""
POSTS = OF_SENSE["post"]
"""Nouns of who works for an organisation, which stand like a stock."""
BODIES = OF_SENSE["body"]
ENROLLED = OF_SENSE["enrolled"]
"""Stock nouns of which a total is reached: "grew to 1.8 million followers" stands at a moment."""
HEADCOUNT = OF_SENSE["headcount"]
"""Stock nouns that stand at the end of a year also where a table counts by year."""
EVENTS = OF_SENSE["event"]
"""What is held by taking place: "workshops held" add up, "collections held" stand."""
GENERIC = OF_SENSE["generic"]
"""Plural nouns that only announce a figure."""
GROUPS = OF_SENSE["group"]
"""Nouns that a number behind "of" measures: "a staff of 2,300"."""

__all__ = [
    "ADVERBS", "ADVERBS_BEFORE_NOUNS", "ATTRIBUTIVE", "AUXILIARIES", "BODIES", "COMPARATIVES", "CONJUNCTIONS",
    "DETERMINERS", "ENROLLED", "EVENTS", "FALL", "GENERIC", "GROUPS", "HEADCOUNT", "MASS", "MEASURES", "MONTH",
    "NOT_PLURAL", "NOUNS_IN_LY", "NUMBERED_COMPANIES", "PEOPLE", "PLURALS", "POSTS", "PREPOSITIONS", "PRONOUNS",
    "RATES", "RELATIVES", "RISE", "SINGULAR_MEASURES", "STOCK_NOUNS", "STOPS", "TIME_ACCUMULATES", "TIME_UNITS",
    "UNREAL", "VERBS", "fold", "is_plural", "plural", "singular", "vocabulary", "words",
]  # fmt: skip
