"""Named parts of patterns, made from the tables: written once here, put into the patterns that need them."""

from collections.abc import Iterable

from extractors.language import numerals, verbs

YEAR = r"(?:19|20)\d\d"
"""A year a statistic may be of, in digits."""
LONE_YEAR = rf"(?<![\d.,]){YEAR}(?![\d%]|[.,]\d)"
"""One that is no part of a longer number."""
LIKELY_YEAR = r"(?:19[5-9]|20[0-4])\d"
"""What a reader takes for a year where nothing else is said."""
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
"""A month, short or long."""
A_DAY = r"(?:a|per|each|every) (?:day|week|month|year)"
"""How often a sum is due."""
SCALE_WORD = "(?:thousand|million|billion|trillion|lakh|crore)"
"""What may stand behind a number in an element of its own."""
SCALES = r"['\u2019]?000s?|thousands?|lakhs?|lacs?|crores?|millions?|billions?"
"""Words of scale in notes and heads."""
EXCEPT = r"except(?:ing)?|unless|other than|excluding|apart from|save"
"""What a note begins with that names what it leaves out."""


def any_of(words: Iterable[str]) -> str:
    """The alternatives, bare: put them in a group."""
    return "|".join(words)


SMALL_NUMBER = any_of(numerals.SMALL)
"""One to twelve in words."""
TENS = any_of(numerals.TENS)
BELOW_HUNDRED = rf"(?:(?:{TENS})(?:-(?:{any_of(numerals.UNITS)}))?|{any_of((*numerals.TEENS, *numerals.UNITS))})"
"""One to ninety-nine in words."""
PAST = any_of(verbs.IRREGULAR_PASTS)
"""Pasts that no "-ed" shows."""
PARTICIPLE = any_of(verbs.IRREGULAR_PARTICIPLES)
"""Participles that no "-ed" shows."""
MOVED = any_of(sorted(verbs.MOVED))
"""Words of change, those that speak of a level left out."""
PHRASAL = (
    rf"\b(?:{any_of(sorted(verbs.of_sense('up')))}|(?:{any_of(sorted(verbs.BY_BASE['take'].forms))}) "
    r"(?:[a-z]+|(?:the|its|their|this|that) [a-z]+)) (?:up|down)"
)
"""Verbs that "up" and "down" belong to: "made up", "took the matter up"."""
BRINGING = f"(?:{any_of(sorted(verbs.of_sense('bring')))})"
"""Verbs that take a running total to where it stands: "bringing those served to 68,000"."""
