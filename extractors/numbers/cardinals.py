"""How digits and number words combine into one number: "twenty-one thousand", "5 hundred thousand", "two and a half".

Belongs here: `Part`, the quantity being read, and the grammar of cardinals. Not here: fractions on their own
(`shares.py`), ordinals and magnitudes (`quantities.py`), what is written on a number (`marks.py`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.numbers.words import Atom, Kind

MILLION = Decimal(10**6)
JOIN = frozenset({" ", "-", "\u2010", "\u2011"})
AND = frozenset({" and ", "-and-"})
AND_A = frozenset({" and a ", "-and-a-", " and a-"})
SMALL = frozenset({Kind.UNIT, Kind.TEEN, Kind.TENS})
_SCALES = frozenset({Kind.SCALE, Kind.DOZEN, Kind.PLURAL})
_GAP = 9
_WHOLE_AFTER = re.compile(r" (?:of|times)\b|[.,;:)]|$", re.I)
_ARTICLE = re.compile(r"(?<![^\W_])an?[ -]$", re.I)


@dataclass(slots=True)
class Part:
    """One quantity while it is being read; the fields are those of a mention."""

    start: int
    end: int
    value: Decimal | None
    form: str = "number"
    digits: bool = False
    scale: Decimal = Decimal(1)
    """The scale that applies to the whole of it: 1000 in "twelve thousand", 1 in "twelve thousand and ten"."""
    resolution: Decimal = Decimal(1)
    rounded: bool = False
    plain: bool = False
    glued: bool = False
    """Letters stand directly before it ("COVID-19", "MD5"): no part of a larger form."""
    low: Decimal | None = None
    high: Decimal | None = None
    percent: bool = False
    currency: str | None = None
    about: bool = False
    plus: bool = False
    flags: list[str] = field(default_factory=list)


def gap_before(text: str, atoms: Sequence[Atom], index: int) -> str | None:
    """What stands between atom `index` and the one before it, None when that cannot join them."""
    if not 0 < index < len(atoms):
        return None
    left, right = atoms[index - 1].end, atoms[index].start
    return text[left:right].lower() if right - left <= _GAP else None


def text_before(text: str, start: int) -> str:
    """The words before `start` that can decide how a number word is meant."""
    return text[max(0, start - 24) : start]


def is_multiple(value: Decimal, of: int) -> bool:
    """Whether a whole number is a multiple; also of numbers too long for the remainder of `Decimal`."""
    return value == value.to_integral_value() and int(value) % of == 0


def value_of(atom: Atom) -> Decimal:
    """The value of an atom known to have one."""
    return atom.value if atom.value is not None else Decimal(0)


def article(text: str, start: int) -> int:
    """Where the number at `start` begins with its article ("a hundred"), else `start`."""
    found = _ARTICLE.search(text[max(0, start - 4) : start])
    return start - (min(4, start) - found.start()) if found else start


def _below_hundred(text: str, atoms: Sequence[Atom], i: int) -> tuple[Decimal, int]:
    """`twenty-one`, `seventeen`, `six`; also the year `nineteen eighty-four`."""
    value, j = value_of(atoms[i]), i + 1
    if (
        atoms[i].kind is Kind.TENS
        and gap_before(text, atoms, j) in JOIN
        and atoms[j].kind is Kind.UNIT
        and value_of(atoms[j])
    ):
        return value + value_of(atoms[j]), j + 1
    if 17 <= value <= 20 and gap_before(text, atoms, j) in JOIN and atoms[j].kind in (Kind.TEEN, Kind.TENS):
        years, after = value_of(atoms[j]), j + 1
        if atoms[j].kind is Kind.TENS and gap_before(text, atoms, after) in JOIN and atoms[after].kind is Kind.UNIT:
            years, after = years + value_of(atoms[after]), after + 1
        return value * 100 + years, after
    return value, j


def _group(text: str, atoms: Sequence[Atom], i: int, between: bool) -> tuple[Decimal, int, Decimal]:
    """A group below a thousand (or `twenty-five hundred`): value, next index, 100 when it ends on `hundred`."""
    if atoms[i].kind is Kind.HUNDRED:
        value, j = Decimal(1), i
    else:
        value, j = _below_hundred(text, atoms, i)
    if j >= len(atoms) or atoms[j].kind is not Kind.HUNDRED or (j > i and gap_before(text, atoms, j) not in JOIN):
        return value, j, Decimal(1)
    value, j = value * 100, j + 1
    gap = gap_before(text, atoms, j)
    if (gap in JOIN or gap in AND) and atoms[j].kind in SMALL:
        rest, after = _below_hundred(text, atoms, j)
        another = gap_before(text, atoms, after)
        counts_hundreds = another in JOIN and atoms[after].kind is Kind.HUNDRED
        parts_range = between and gap in AND and another not in AND
        if rest < 100 and not counts_hundreds and not parts_range and not _is_fraction(text, atoms, j, after):
            return value + rest, after, Decimal(1)
    return value, j, Decimal(100)


def _is_fraction(text: str, atoms: Sequence[Atom], i: int, after: int) -> bool:
    return after == i + 1 and gap_before(text, atoms, after) in JOIN and atoms[after].kind is Kind.PARTS


def scale_words(text: str, atoms: Sequence[Atom], j: int, spelled: bool) -> tuple[Decimal, int]:
    """The scale words from index `j` on: their product and the next index. At most three."""
    scale, first = Decimal(1), j
    while j < len(atoms) and j - first < 3:
        atom = atoms[j]
        hundred = atom.kind is Kind.HUNDRED and j == first and not spelled
        if not (hundred or atom.kind in _SCALES) or gap_before(text, atoms, j) not in JOIN:
            break
        if atom.kind is Kind.PLURAL and value_of(atom) in (10, 20):
            break
        if atom.kind is Kind.DOZEN and value_of(atom) == 20 and not spelled:
            break
        scale, j = scale * value_of(atom), j + 1
    return scale, j


def fraction_after(text: str, atoms: Sequence[Atom], j: int) -> tuple[Decimal, int] | None:
    """`and a half`, `and three quarters`, `and one half` from index `j` on."""
    gap = gap_before(text, atoms, j)
    if gap in AND_A and atoms[j].kind in (Kind.HALF, Kind.QUARTER):
        return 1 / value_of(atoms[j]), j + 1
    if gap in AND_A and atoms[j].kind is Kind.ORDINAL and 3 <= value_of(atoms[j]) <= 10:
        scaled = gap_before(text, atoms, j + 1) in JOIN and atoms[j + 1].kind is Kind.SCALE
        return (1 / value_of(atoms[j]), j + 1) if scaled or _WHOLE_AFTER.match(text, atoms[j].end) else None
    if gap in AND and atoms[j].kind is Kind.UNIT and gap_before(text, atoms, j + 1) in JOIN:
        count, part = value_of(atoms[j]), atoms[j + 1]
        single = count == 1 and (
            part.kind in (Kind.HALF, Kind.QUARTER) or (part.kind is Kind.ORDINAL and 3 <= value_of(part) <= 10)
        )
        if single or (part.kind is Kind.PARTS and 0 < count < value_of(part) <= 10):
            return count / value_of(part), j + 2
    return None


def _decimals(text: str, atoms: Sequence[Atom], j: int) -> tuple[Decimal, int, int] | None:
    """`point zero three`, `point seventy-one`: the fraction, the next index, how many places."""
    if gap_before(text, atoms, j) != " point ":
        return None
    digits = ""
    if atoms[j].kind is Kind.UNIT:
        while (
            j < len(atoms)
            and atoms[j].kind is Kind.UNIT
            and len(digits) < 9
            and (not digits or gap_before(text, atoms, j) == " ")
        ):
            digits, j = digits + str(value_of(atoms[j])), j + 1
    elif atoms[j].kind in SMALL:
        number, j = _below_hundred(text, atoms, j)
        digits = str(number)
    elif atoms[j].kind is Kind.DIGITS and atoms[j].plain and atoms[j].end - atoms[j].start < 9:
        digits, j = str(value_of(atoms[j])), j + 1
    return (Decimal(int(digits)).scaleb(-len(digits)), j, len(digits)) if digits else None


def cardinal(text: str, atoms: Sequence[Atom], i: int) -> tuple[Part, int]:
    """A number in words, or digits with scale words, from index `i` on."""
    first = atoms[i]
    between = text[max(0, first.start - 8) : first.start].lower().endswith("between ")
    part = Part(first.start, first.end, Decimal(0), digits=first.kind is Kind.DIGITS)
    total, limit, j, ends_on = Decimal(0), Decimal("Infinity"), i, Decimal(1)
    while True:
        began = j
        if first.kind is Kind.DIGITS:
            value, j, ends_on = value_of(first), i + 1, Decimal(1)
            part.resolution, part.plain = first.resolution, first.plain
        elif atoms[j].kind in (Kind.SCALE, Kind.DOZEN):
            value, ends_on = Decimal(1), Decimal(1)
        else:
            value, j, ends_on = _group(text, atoms, j, between)
        implied = j == began
        if not total:
            places = _decimals(text, atoms, j)
            if places:
                value, j = value + places[0], places[1]
                part.resolution = Decimal(1).scaleb(-places[2])
            more = fraction_after(text, atoms, j) if ends_on == 1 and not implied else None
            if more:
                value, j, part.resolution = value + more[0], more[1], Decimal("0.1")
        if implied:
            scale, j = value_of(atoms[j]), j + 1
            more_scale, j = scale_words(text, atoms, j, True)
            scale *= more_scale
        else:
            scale, j = scale_words(text, atoms, j, first.kind is not Kind.DIGITS)
            if first.kind is Kind.DIGITS and scale >= MILLION <= value:
                scale = Decimal(1)
                part.flags.append("redundant_scale")
        if value * scale >= limit:
            j = began
            break
        total, part.scale = total + value * scale, scale * ends_on if not total else Decimal(1)
        last_scale = scale * ends_on
        if scale == 1 or first.kind is Kind.DIGITS:
            break
        limit = scale
        gap = gap_before(text, atoms, j)
        joined = gap in JOIN or (gap in AND and not between)
        if not joined or atoms[j].kind not in SMALL or _is_fraction(text, atoms, j, j + 1):
            break
        if fraction_after(text, atoms, j):
            break
    part.end = atoms[j - 1].end
    part.value = total
    dozens = last_scale in (12, 20)
    part.rounded = last_scale != 1 or part.resolution != 1
    part.resolution *= Decimal(1) if dozens else last_scale
    more = fraction_after(text, atoms, j) if last_scale > 1 and not dozens else None
    if more:
        share, j = more
        size = last_scale if last_scale > 100 else Decimal(1)
        if gap_before(text, atoms, j) in JOIN and atoms[j].kind is Kind.SCALE and value_of(atoms[j]) < last_scale:
            size, j = value_of(atoms[j]), j + 1
        part.value, part.end, part.resolution = total + share * size, atoms[j - 1].end, size / 10
    return part, j
