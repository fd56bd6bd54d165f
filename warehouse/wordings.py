"""How each fact is put, so that editions can be compared by it: four columns that are stored beside its own.

How a statement is put does not depend on the version that read it.
"""

from functools import lru_cache

from extractors.likeness import content_words, narrowings
from extractors.records import Fact, Passage
from extractors.wording import span_in, wording

WORDING_COLUMNS = {
    "wording": "VARCHAR",
    "statement": "VARCHAR",
    "words": "VARCHAR[]",
    "narrowings": "VARCHAR[]",
}
FEWEST_LETTERS = 3
"""A cell or tile with fewer of them beside its number cannot be read without its heads."""

Put = tuple[str, str, list[str], list[str]]


def put(fact: Fact, passage: Passage) -> Put:
    """Wording, readable statement, content words, and what narrows the thing counted, of a fact in its passage."""
    span = span_in(fact.sentence, fact.passage_text, fact.start, fact.end)
    heads = passage.labels or (*passage.row_headers, *passage.column_headers)
    return _put(fact.sentence, *span, passage.headings, heads)


@lru_cache(maxsize=1 << 14)  # captures of one edition repeat their statements
def _put(sentence: str, start: int, end: int, headings: tuple[str, ...], heads: tuple[str, ...]) -> Put:
    """The heading of the whole page says nothing of one statement of it: only one below it gives content words."""
    rest = sentence[:start] + sentence[end:]
    bare = sum(map(str.isalpha, rest)) < FEWEST_LETTERS
    section = headings[-1:] if len(headings) > 1 else ()
    return (
        wording(sentence, start, end, heading=headings[-1] if headings else None, heads=heads),
        f"{', '.join(heads)}: {sentence}" if bare and heads else sentence,
        content_words(" ".join((*section, *heads, rest))),
        narrowings(wording(sentence, start, end)),
    )


def marked_in(sentence: str, text: str, start: int, end: int) -> str:
    """A sentence with the number in brackets that stands there in its passage."""
    start, end = span_in(sentence, text, start, end)
    return f"{sentence[:start]}[{sentence[start:end]}]{sentence[end:]}"
