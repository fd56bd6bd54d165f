"""How each loaded fact is put, so that editions can be compared by it: one row a fact in `base.wordings`.

Made when the tables are built, from the stored readings alone: how a statement is put does not depend on the version
that read it, and readings of earlier versions have it too.
"""

from functools import lru_cache

import duckdb

from extractors.likeness import content_words, narrowings
from extractors.wording import wording

STATEMENTS = """
    SELECT
        facts.source, facts.fact_id, facts.sentence, facts.passage_text, facts."start", facts."end",
        passages.headings, passages.labels, passages.row_headers || passages.column_headers
    FROM base.facts AS facts
    LEFT JOIN base.passages AS passages
        ON
            facts.source = passages.source
            AND facts.capture_sha256 = passages.capture_sha256
            AND facts.passage_index = passages.passage_index
    ORDER BY ALL
"""
FEWEST_LETTERS = 3
"""A cell or tile with fewer of them beside its number cannot be read without its heads."""

Put = tuple[str, str, list[str], list[str]]


def load_wordings(con: duckdb.DuckDBPyConnection) -> None:
    """Fill `base.wordings` for the facts that are loaded, with its columns in `base.WORDING_COLUMNS`."""
    rows = [
        (source, fact_id, *_put(sentence, *_span(sentence, text, start, end), *_named(headings, labels, heads)))
        for source, fact_id, sentence, text, start, end, headings, labels, heads in con.execute(STATEMENTS).fetchall()
    ]
    appender = con.appender("base.wordings")
    appender.append_rows(rows)
    appender.flush()


def _named(
    headings: list[str] | None, labels: list[str] | None, heads: list[str] | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Its headings, and what names it beside the sentence: a tile's labels or a cell's heads."""
    return tuple(headings or ()), tuple(labels or heads or ())


@lru_cache(maxsize=1 << 16)  # captures of one edition repeat their statements
def _put(sentence: str, start: int, end: int, headings: tuple[str, ...], heads: tuple[str, ...]) -> Put:
    """Wording, readable statement, content words, and what narrows the thing counted.

    The heading of the whole page says nothing of one statement of it: only one below it gives content words.
    """
    rest = sentence[:start] + sentence[end:]
    bare = sum(map(str.isalpha, rest)) < FEWEST_LETTERS
    section = headings[-1:] if len(headings) > 1 else ()
    return (
        wording(sentence, start, end, heading=headings[-1] if headings else None, heads=heads),
        f"{', '.join(heads)}: {sentence}" if bare and heads else sentence,
        content_words(" ".join((*section, *heads, rest))),
        narrowings(wording(sentence, start, end)),
    )


def _span(sentence: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Where the number stands in its sentence, given where it stands in its passage; a passage may say it twice."""
    at = text.find(sentence)
    while at >= 0 and at + len(sentence) < end:
        at = text.find(sentence, at + 1)
    return max(start - at, 0), max(end - at, 0)
