"""What a bare value counts, or in what it is measured, by the labels and headers beside and above it.

Here: the choice among labels and headers, and the noun that one of them names. How headers measure stands in
`headers`.
"""

import re
from functools import lru_cache

from extractors.clauses.headers import Measured, counted_words
from extractors.clauses.nouns import Noun, noun_after
from extractors.language.lexicon import fold, is_plural, plural
from extractors.records import Passage

_LEADING_NUMBER = re.compile(r"^\d[\d,.-]*\s(?=[a-z])")
_SORTED_BY = re.compile(r"(?<=: )[^:]* by [^:]*$")
_LAST_WORD = re.compile(r"\b[a-z'-]+$")
_NUMBER_OF = re.compile(r"\bnumber of (?:the |all |new )?")
_KIND_OF = re.compile(r"(?:categor(?:y|ies)|types?|kinds?|class(?:es)?|forms?) of (?P<thing>[a-z-]+)$")
_WORDS, _SEVERAL = re.compile(r"[a-z'-]+"), re.compile(r",| and ")
""" "Homes, lettings and rents by region": a column's own header tells which of them it counts."""
_PLACES = re.compile(
    r"(?:the )?(?:united (?:states|kingdom|nations|arab emirates)|[a-z .]*\bislands|netherlands|philippines|maldives|"
    r"bahamas|seychelles|[a-z ]*\bamericas|honduras|texas|kansas|arkansas|illinois|massachusetts|wales|"
    r"other countries)\b"
)
"""Names of places that look like plurals."""


def counted_in(passage: Passage, context: tuple[str, ...], measured: Measured) -> Noun | None:
    """What labels or headers (`context`, nearest first) say the passage's value counts, or in what it is measured.

    Rows are often named for a place or a kind ("Belgium", "Family abduction"): what is counted in them the plural noun
    of another header tells, of the caption or of the heading above.
    """
    if measured.unit:
        return Noun(measured.unit, measured.unit, 0, len(measured.unit), len(measured.unit))
    if passage.kind != "table_cell":
        return next(filter(None, map(noun_of, counted_words(context))), None)
    naming = [*counted_words(context), *counted_words(passage.headings[-1:])]
    nouns = [noun for words in naming if (noun := noun_of(words))]
    named = next((noun for noun in nouns if is_plural(noun.head)), nouns[0] if nouns else None)
    listed = _WORDS.findall(named.unit) if named and _SEVERAL.search(named.unit) else []
    return next((noun for noun in nouns if noun.head in listed and noun is not named), named)


@lru_cache(maxsize=512)
def noun_of(words: str) -> Noun | None:
    """The noun that one label or header names; the cells of a column share theirs."""
    low = _LEADING_NUMBER.sub("", fold(words))
    kind_of = _KIND_OF.match(low)
    if kind_of:
        unit = plural(kind_of.group("thing"))
        return Noun(unit, unit, 0, len(low), len(low))
    sorted_by = _SORTED_BY.search(low)
    if sorted_by:  # "Data behind the chart: cases by type"
        low = sorted_by.group()
    number = _NUMBER_OF.search(low)
    noun = noun_after(low, number.end(), len(low)) if number else None
    if noun or _PLACES.match(low):
        return noun
    noun, last = noun_after(low, 0, len(low)), _LAST_WORD.search(low)
    return noun_after(low, last.start(), len(low)) if noun is None and last and is_plural(last.group()) else noun
