"""The words numbers are written with, from `numbers.tsv`: a number word is one line there.

How they combine stands in `numbers`; the alternatives that patterns need in `patterns`.
"""

from decimal import Decimal

from extractors.language.data import rows

ROWS = tuple((word, kind, Decimal(value), ordinal) for word, kind, value, ordinal in rows("numbers"))
VALUES = {word: value for word, _, value, _ in ROWS}
"""The value of each word that is written alone."""
_COUNTED = {
    kind: tuple(word for word, of, value, _ in ROWS if of == kind and value) for kind in ("unit", "teen", "tens")
}
SMALL = tuple(word for word in (*_COUNTED["unit"], *_COUNTED["teen"]) if VALUES[word] <= 12)
"""One to twelve."""
TEENS = _COUNTED["teen"]
UNITS = _COUNTED["unit"]
TENS = _COUNTED["tens"]


def value_of(words: str) -> int | None:
    """The value of "twelve", "twenty-five", "a", "couple of"; None of what names no whole number below a thousand."""
    if words in ("a", "an"):
        return 1
    if words.startswith("couple"):
        return 2
    parts = [VALUES.get(part) for part in words.split("-")]
    return int(sum(part for part in parts if part)) if all(parts) else None


ORDINALS = tuple(ordinal for _, kind, _, ordinal in ROWS if ordinal and kind in _COUNTED)
"""First to nineteenth, twentieth to ninetieth."""
TOTAL_ORDINALS = tuple(ordinal for _, kind, _, ordinal in ROWS if ordinal and kind not in _COUNTED)
"""Hundredth and beyond, which may state a total."""
