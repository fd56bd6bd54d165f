"""What a page says, as one digest: equal for two captures that a reader could not tell apart.

A page changes its bytes daily without saying anything new: a nonce, a clock in a script, attributes in another order.
"""

import hashlib

from extractors.records import Reading

_PASSAGE = ("kind", "region", "text", "headings", "lead", "labels", "caption", "row_headers", "column_headers")
_NUMERAL = (
    "passage_index", "start", "end", "value", "value_low", "value_high", "qualifier", "unit", "numeral_class",
    "disposition", "reason",
)  # fmt: skip
_FACT = (
    "passage_index", "start", "end", "kind", "value", "value_low", "value_high", "qualifier", "resolution", "unit",
    "metric", "attribution", "aggregation", "flags",
)  # fmt: skip
OWN_EDITION = frozenset({"given", "titled"})
"""Bases of an edition that does not follow from the passages."""


def content_digest(reading: Reading) -> str:
    """SHA-256 of a reading's passages, numerals and facts, 64 hexadecimal digits.

    Left out are the capture's hash, ids, time and addresses, places in the markup, and what only follows from the time
    of the capture: two captures of the same words are the same also where "last year" has moved on between them.
    """
    digest = hashlib.sha256()
    edition = reading.edition if reading.edition_basis in OWN_EDITION else None
    digest.update(repr(edition).encode())
    for passage in reading.passages:
        digest.update(repr([getattr(passage, name) for name in _PASSAGE]).encode())
    for numeral in reading.numerals:
        digest.update(repr([getattr(numeral, name) for name in _NUMERAL]).encode())
    for fact in reading.facts:
        digest.update(repr([sorted(fact.dimensions.items()), *(getattr(fact, name) for name in _FACT)]).encode())
    return digest.hexdigest()
