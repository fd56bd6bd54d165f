"""Data where statements should be: told by counting numbers, before any of them is read.

Statements hold a number every fifty characters or so. A passage packed with numbers (an export, a log, a key) is one
line of the ledger rather than thousands, and a page that holds little else is refused. Nothing about meaning stands
here.
"""

import re

from extractors.numbers.words import NUMBER_WORD

_DIGITS = re.compile(r"\d++(?:[.,]\d++)*+")
_MANY, _DENSE = 1000, 16
"""A passage of more than a thousand numbers, one to every sixteen characters or less, is a dump of data, not a text."""


def count_numbers(text: str) -> int:
    """How many runs of digits and number words a text holds: about as many as it has numerals, or more."""
    return len(_DIGITS.findall(text)) + len(NUMBER_WORD.findall(text))


def dump_in(text: str) -> tuple[int, int] | None:
    """From the first number to the last of a passage that is a dump, else None."""
    if len(text) <= _MANY or len(text) >= _DENSE * (count := count_numbers(text)) or count <= _MANY:
        return None
    spans = [m.span() for pattern in (_DIGITS, NUMBER_WORD) for m in pattern.finditer(text)]
    return min(start for start, _ in spans), max(end for _, end in spans)
