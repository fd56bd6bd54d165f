"""From atoms to quantities: which reading each number word or run of digits begins.

Belongs here: the choice between readings, ordinals and vague magnitudes. Not here: the grammar of cardinals
(`cardinals.py`), fractions (`shares.py`) and multiples (`multiples.py`).
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.language.currencies import COMMON_SIGNS
from extractors.language.patterns import any_of
from extractors.language.units import MEASURES
from extractors.numbers import multiples
from extractors.numbers.cardinals import (
    AND,
    JOIN,
    SMALL,
    Part,
    article,
    cardinal,
    gap_before,
    is_multiple,
    scale_words,
    text_before,
    value_of,
)
from extractors.numbers.marks import code_ends_at
from extractors.numbers.shares import OF, digit_fraction, fraction, half_or_quarter, part_of, share
from extractors.numbers.words import Atom, Kind

_VAGUE = re.compile(r"\b(?:(?:an? )?(?:good )?(few|several|many|couple(?: of)?)) $", re.I)
_BARE_SCALE = re.compile(
    r"(?:^|\b(?:the|every|each|over|about|around|nearly|almost|than|some|roughly|approximately|least|most|to) )$",
    re.I,
)
_TIME_SECOND = re.compile(r"\b(?:per|each|every|split|a|few|one|this|that|any)[ -]$|\d ?-?$", re.I)
_ORDINAL_SUFFIX = re.compile(r"(?:st|nd|rd|th|ST|ND|RD|TH)\b")
_FRACTION_SUFFIX = re.compile(r"(?:rd|th)s?\b")
_TABLE_SCALE = re.compile(rf"\bin $|[{COMMON_SIGNS}(] ?$", re.I)
_JOINING_LETTERS = re.compile(
    r"\d(?:[kKmMbBxX]|bn|mn|tn|km)-$|-(?:in|of|to)-$|"
    rf"\d ?(?:(?:thousand|million|billion|trillion|lakh|crore|per ?cent|{any_of(map(re.escape, sorted(MEASURES)))})-)$"
)
"""What a hyphen parts from the number behind it: "1.2 million-1.5 million", "5 tonnes-6 tonnes"."""


def _from_digits(text: str, atoms: Sequence[Atom], i: int) -> tuple[Part, int]:
    atom = atoms[i]
    previous = text[max(0, atom.start - 2) : atom.start]
    hyphened = previous[-1:] == "-" and previous[:1].isalpha()
    if hyphened and _JOINING_LETTERS.search(text[max(0, atom.start - 16) : atom.start]):
        hyphened = False
    lettered = previous[-1:].isalpha() and not code_ends_at(text, atom.start)
    glued = hyphened or lettered or previous[-1:] == "_"
    if atom.value is None or glued:
        return Part(atom.start, atom.end, atom.value, digits=True, glued=True, resolution=atom.resolution,
                    rounded=atom.resolution != 1, plain=atom.plain), i + 1  # fmt: skip
    following = text[atom.end : atom.end + 1]
    if following.isalpha() and _ORDINAL_SUFFIX.match(text, atom.end):
        return Part(atom.start, atom.end + 2, atom.value, form="ordinal", digits=True), i + 1
    simple = digit_fraction(text, atoms, i)
    if simple:
        end = atoms[simple[1] - 1].end
        suffix = _FRACTION_SUFFIX.match(text, end)
        part, j = fraction(text, atom.start, suffix.end() if suffix else end, simple[0], atoms, simple[1])
        part.digits = True
        return part, j
    gap = gap_before(text, atoms, i + 1)
    if gap is None:
        return Part(atom.start, atom.end, atom.value, digits=True, resolution=atom.resolution,
                    rounded=atom.resolution != 1, plain=atom.plain), i + 1  # fmt: skip
    if gap in JOIN and atoms[i + 1].kind is Kind.ORDINAL and value_of(atoms[i + 1]) >= 100:
        return _compound_ordinal(Part(atom.start, atom.end, atom.value), atoms[i + 1]), i + 2
    mixed: tuple[Decimal, int] | None = None
    if atom.plain and gap in ("", " ") and atoms[i + 1].kind is Kind.VULGAR:
        mixed = value_of(atoms[i + 1]), i + 2
    elif atom.plain and gap == " " and atoms[i + 1].kind is Kind.DIGITS:
        mixed = digit_fraction(text, atoms, i + 1)
    if mixed:
        whole = Atom(atom.start, atoms[mixed[1] - 1].end, Kind.DIGITS, atom.value + mixed[0], Decimal("0.1"))
        scale, j = scale_words(text, atoms, mixed[1], False)
        part = Part(whole.start, atoms[j - 1].end, value_of(whole) * scale, digits=True, scale=scale, rounded=True,
                    resolution=whole.resolution * scale)  # fmt: skip
        return part, j
    return share(text, atoms, i) or cardinal(text, atoms, i)


def _magnitude(text: str, atoms: Sequence[Atom], i: int) -> tuple[Part | None, int]:
    """`millions`, `hundreds of thousands`, `several hundred`, `a couple of hundred`."""
    atom, before = atoms[i], text_before(text, atoms[i].start)
    vague = _VAGUE.search(before)
    start = atom.start - len(before) + vague.start() if vague else atom.start
    value, j = value_of(atom), i + 1
    if atom.kind is not Kind.PLURAL:
        scale, j = scale_words(text, atoms, j, True)
        value *= scale
        if vague and vague.group(1).lower().startswith("couple"):
            return Part(start, atoms[j - 1].end, 2 * value, scale=value, resolution=value, rounded=True, about=True), j
        return Part(start, atoms[j - 1].end, value, form="magnitude", low=value, high=10 * value), j
    if gap_before(text, atoms, j) == " of " and atoms[j].kind is Kind.PLURAL and value_of(atoms[j]) > value:
        end = atoms[j].end
        value *= value_of(atoms[j])
        return Part(start, end, value, form="magnitude", low=value, high=10 * value), j + 1
    counts = bool(OF.match(text, atom.end))
    if value in (10, 20) and not counts:
        return None, j
    if not counts and not vague and _TABLE_SCALE.search(before):
        return None, j
    high = value * (10 if value < 1000 or vague else 1000)
    return Part(start, atom.end, value, form="magnitude", low=value, high=high), j


def _from_scale(text: str, atoms: Sequence[Atom], i: int) -> tuple[Part | None, int]:
    """A number that begins on `hundred`, `million` or `dozen`: `a million`, `hundred thousand`, `several hundred`."""
    atom = atoms[i]
    if _VAGUE.search(text_before(text, atom.start)):
        return _magnitude(text, atoms, i)
    part, j = cardinal(text, atoms, i)
    part.start = article(text, atom.start)
    if part.start == atom.start and j == i + 1 and not _BARE_SCALE.search(text_before(text, atom.start)):
        return None, j
    return (None, j) if value_of(atom) == 20 else (part, j)


def _ordinal(text: str, atoms: Sequence[Atom], i: int) -> tuple[Part | None, int]:
    """`third`, `a third of`; not the unit of time ("per second")."""
    atom = atoms[i]
    value, start = value_of(atom), article(text, atom.start)
    if value == 2 and _TIME_SECOND.search(text_before(text, atom.start)):
        return None, i + 1
    if start < atom.start and value > 2:
        found = part_of(text, atoms, i, start)
        if found:
            return found
    return Part(atom.start, atom.end, value, form="ordinal"), i + 1


def _compound_ordinal(cardinal_part: Part, last: Atom) -> Part:
    """`twenty` and `first` as `twenty-first`; `ten` and `thousandth` as `ten-thousandth`."""
    before, value = cardinal_part.value or Decimal(1), value_of(last)
    total = before * value if value >= 100 else before + value
    return Part(cardinal_part.start, last.end, total, form="ordinal")


def _ordinal_follows(text: str, atoms: Sequence[Atom], part: Part, j: int) -> bool:
    """`twenty` + `first`, `one hundred and` + `fifth`, `ten` + `thousandth`."""
    if j >= len(atoms) or atoms[j].kind is not Kind.ORDINAL or part.value is None or part.digits:
        return False
    gap, value = gap_before(text, atoms, j), value_of(atoms[j])
    if gap in JOIN:
        return value >= 100 or (
            is_multiple(part.value, 100) or (is_multiple(part.value, 10) and value < 10 and int(part.value) % 100 >= 20)
        )
    return gap in AND and value < 100 and is_multiple(part.value, 100) and part.value > 0


def quantities(text: str, atoms: Sequence[Atom]) -> list[Part]:
    """Read all atoms into quantities, in order. Every atom of digits ends up in exactly one."""
    parts: list[Part] = []
    i = 0
    while i < len(atoms):
        atom = atoms[i]
        part: Part | None
        if atom.kind is Kind.DIGITS:
            part, i = _from_digits(text, atoms, i)
        elif atom.kind in SMALL:
            part, after = share(text, atoms, i) or cardinal(text, atoms, i)
            if part.form == "number" and _ordinal_follows(text, atoms, part, after):
                part, after = _compound_ordinal(part, atoms[after]), after + 1
            i = after
        elif atom.kind in (Kind.HUNDRED, Kind.SCALE, Kind.DOZEN):
            part, i = _from_scale(text, atoms, i)
        elif atom.kind is Kind.PLURAL:
            part, i = _magnitude(text, atoms, i)
        elif atom.kind in (Kind.HALF, Kind.QUARTER):
            part, i = half_or_quarter(text, atoms, i)
        elif atom.kind is Kind.ORDINAL:
            part, i = _ordinal(text, atoms, i)
        elif atom.kind is Kind.VULGAR:
            part, i = fraction(text, atom.start, atom.end, value_of(atom), atoms, i + 1)
        elif atom.kind is Kind.MULTIPLE:
            part, i = multiples.spelled(text, atom), i + 1
        else:
            part, i = None, i + 1
        if part is not None:
            parts.append(part)
    return parts
