"""Multiples: "doubled", "twice as many", "ten-fold", "3x", "three times the number".

Belongs here: when a number compares two amounts. Not here: counts of occurrences ("three times a week"), which stay
plain numbers.
"""

import re

from extractors.language.patterns import MOVED
from extractors.numbers.cardinals import Part
from extractors.numbers.words import Atom

_FOLD = re.compile(r"[ -]?fold\b", re.I)
_X = re.compile(r"[xX×](?![^\W_])|\u00a0?×")
_TIMES = re.compile(r"[ -]times\b", re.I)
_COMPARED = re.compile(
    r" (?:as|more|higher|larger|greater|fewer|less|lower|bigger|faster|slower|likelier|longer|stronger|worse|better"
    r"|that|those|what|its|their|our|his|her|over(?! (?:the|a|\d))|the(?! (?:same|last|past|previous))|last year"
    r"|this year|\w+er than|increase|growth|return|normal|average|national|usual)\b",
    re.I,
)
_AFTER_DOUBLE = re.compile(
    r" (?:the|that|those|what|its|their|our|his|her|this|last|from|in|since|over|between|as|to|by|compared)\b"
    r"|[.,;:)]|$",
    re.I,
)
_DOUBLE_THE = re.compile(r" (?:the|that|what|its|their|our|last)\b", re.I)
_TO_DOUBLE = re.compile(
    r"\b(?:to|will|would|than|nearly|almost|over|about|roughly|could|can|is|are|was|were|by|at least|and) $", re.I
)
_IDIOM = re.compile(r" (?:down|up)\b", re.I)
_CHANGE_BEFORE = re.compile(
    rf"\b(?:{MOVED}|multipl(?:y|ies|ied|ying))"
    r"(?: (?:by|to|nearly|almost|about|over|more than|at least|up to|some)){0,2} $",
    re.I,
)


def spelled(text: str, atom: Atom) -> Part | None:
    """`doubled`, `twice`, `tenfold`; "twice a week" is a plain number, "doubled down" and "double-digit" are none."""
    word = text[atom.start : atom.end].lower()
    part = Part(atom.start, atom.end, atom.value, form="multiplier")
    if word in ("twice", "thrice"):
        if not _COMPARED.match(text, part.end):
            part.form = "number"
        return part
    if word in ("doubled", "doubling") and _IDIOM.match(text, part.end):
        return None
    if word.endswith(("ed", "ing", "fold")):
        return part
    if not _AFTER_DOUBLE.match(text, part.end):
        return None
    before = text[max(0, part.start - 16) : part.start]
    return part if _DOUBLE_THE.match(text, part.end) or _TO_DOUBLE.search(before) else None


def mark(text: str, part: Part) -> None:
    """Extend a number by "times", "x" or "-fold" where it multiplies."""
    found = _FOLD.match(text, part.end)
    if not found and part.digits:
        found = _X.match(text, part.end)
    if not found:
        found = _TIMES.match(text, part.end)
        if not found:
            return
        before = text[max(0, part.start - 40) : part.start]
        if not (_COMPARED.match(text, found.end()) or _CHANGE_BEFORE.search(before)):
            return
    part.end, part.form = found.end(), "multiplier"
