"""How number words and digits combine into one quantity: cardinals, ordinals, fractions, magnitudes, multiples.

Belongs here: the grammar from atoms to `Part`. Not here: percent, money and "times" (`marks.py`), two quantities that
form one (`ranges.py`), words such as "more than" (`qualifiers.py`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.words import Atom, Kind


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


_JOIN = frozenset({" ", "-", "\u2010", "\u2011"})
_AND = frozenset({" and ", "-and-"})
_AND_A = frozenset({" and a ", "-and-a-", " and a-"})
_OF_A = frozenset({" a ", " of a ", " ", "-", "-a-", "-of-a-"})
_SMALL = frozenset({Kind.UNIT, Kind.TEEN, Kind.TENS})
_SCALES = frozenset({Kind.SCALE, Kind.DOZEN, Kind.PLURAL})
_GAP = 9
"""No joint between two words of one number is longer than this."""

_VAGUE = re.compile(r"\b(?:(?:an? )?(?:good )?(few|several|many|couple(?: of)?)) $", re.I)
_ARTICLE = re.compile(r"(?<![^\W_])an?[ -]$", re.I)
_BARE_SCALE = re.compile(
    r"(?:^|\b(?:per|the|every|each|over|about|around|nearly|almost|than|some|roughly|approximately|least|most|to) )$",
    re.I,
)
_FRACTION_BEFORE = re.compile(
    r"\b(?:nearly|almost|over|about|around|roughly|approximately|than|by|under|least|most|to|just|some|only|exactly"
    r"|another|up|quite)(?: an?)?[ ]$",
    re.I,
)
_FRACTION_AFTER = re.compile(
    r" of\b| (?:were|are|was|is|have|has|had|said|say|did|do|could|would|will|live|more|less|fewer|higher|lower|as|the"
    r"|its|their|our|all|that|this|from|in)\b|[.,;:)]|$"
)
_NOT_HALF_BEFORE = re.compile(
    r"\b(?:first|second|third|1st|2nd|other|latter|last|past|next|top|bottom|better|opening|closing|this|that|which|each"
    r"|and a|and-a)[ -]$",
    re.I,
)
_NOT_HALF_AFTER = re.compile(
    r"-(?!an? )|[ ](?:years?|time|hours?|marathons?|terms?|century|days?|price|brother|sister)\b", re.I
)
_NOT_QUARTERS_BEFORE = re.compile(r"\b(?:last|past|first|next|previous|these|those|consecutive|the|all)[ ]$", re.I)
_TIME_SECOND = re.compile(r"\b(?:per|each|every|split|a|few|one|this|that|any)[ -]$|\d ?-?$", re.I)
_ORDINAL_SUFFIX = re.compile(r"(?:st|nd|rd|th|ST|ND|RD|TH)\b")
_FRACTION_SUFFIX = re.compile(r"(?:rd|th)s?\b")
_OF = re.compile(r" of\b", re.I)
_TABLE_SCALE = re.compile(r"\bin $|[$£€¥₹(] ?$", re.I)
MILLION = Decimal(10**6)
_DENOMINATORS = frozenset(map(Decimal, (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 25, 32, 50, 100, 1000)))


def _gap(text: str, atoms: Sequence[Atom], index: int) -> str | None:
    """What stands between atom `index` and the one before it, None when that cannot join them."""
    if not 0 < index < len(atoms):
        return None
    left, right = atoms[index - 1].end, atoms[index].start
    return text[left:right] if right - left <= _GAP else None


def _before(text: str, start: int) -> str:
    return text[max(0, start - 24) : start]


def _value(atom: Atom) -> Decimal:
    return atom.value if atom.value is not None else Decimal(0)


def _below_hundred(text: str, atoms: Sequence[Atom], i: int) -> tuple[Decimal, int]:
    """`twenty-one`, `seventeen`, `six`; also the year `nineteen eighty-four`."""
    value, j = _value(atoms[i]), i + 1
    if atoms[i].kind is Kind.TENS and _gap(text, atoms, j) in _JOIN and atoms[j].kind is Kind.UNIT and _value(atoms[j]):
        return value + _value(atoms[j]), j + 1
    if 17 <= value <= 20 and _gap(text, atoms, j) in _JOIN and atoms[j].kind in (Kind.TEEN, Kind.TENS):
        years, after = _value(atoms[j]), j + 1
        if atoms[j].kind is Kind.TENS and _gap(text, atoms, after) in _JOIN and atoms[after].kind is Kind.UNIT:
            years, after = years + _value(atoms[after]), after + 1
        return value * 100 + years, after
    return value, j


def _group(text: str, atoms: Sequence[Atom], i: int, between: bool) -> tuple[Decimal, int, Decimal]:
    """A group below a thousand (or `twenty-five hundred`): value, next index, 100 when it ends on `hundred`."""
    if atoms[i].kind is Kind.HUNDRED:
        value, j = Decimal(1), i
    else:
        value, j = _below_hundred(text, atoms, i)
    if j >= len(atoms) or atoms[j].kind is not Kind.HUNDRED or (j > i and _gap(text, atoms, j) not in _JOIN):
        return value, j, Decimal(1)
    value, j = value * 100, j + 1
    gap = _gap(text, atoms, j)
    if (gap in _JOIN or gap in _AND) and atoms[j].kind in _SMALL:
        rest, after = _below_hundred(text, atoms, j)
        another = _gap(text, atoms, after)
        counts_hundreds = another in _JOIN and atoms[after].kind is Kind.HUNDRED
        parts_range = between and gap in _AND and another not in _AND
        if rest < 100 and not counts_hundreds and not parts_range and not _is_fraction(text, atoms, j, after):
            return value + rest, after, Decimal(1)
    return value, j, Decimal(100)


def _is_fraction(text: str, atoms: Sequence[Atom], i: int, after: int) -> bool:
    return after == i + 1 and _gap(text, atoms, after) in _JOIN and atoms[after].kind is Kind.PARTS


def _scales(text: str, atoms: Sequence[Atom], j: int, spelled: bool) -> tuple[Decimal, int]:
    """The scale words from index `j` on: their product and the next index. At most three."""
    scale, first = Decimal(1), j
    while j < len(atoms) and j - first < 3:
        atom = atoms[j]
        hundred = atom.kind is Kind.HUNDRED and j == first and not spelled
        if not (hundred or atom.kind in _SCALES) or _gap(text, atoms, j) not in _JOIN:
            break
        if atom.kind is Kind.PLURAL and _value(atom) in (10, 20):
            break
        if atom.kind is Kind.DOZEN and _value(atom) == 20 and not spelled:
            break
        scale, j = scale * _value(atom), j + 1
    return scale, j


def _fraction_after(text: str, atoms: Sequence[Atom], j: int) -> tuple[Decimal, int] | None:
    """`and a half`, `and three quarters`, `and one half` from index `j` on."""
    gap = _gap(text, atoms, j)
    if gap in _AND_A and atoms[j].kind in (Kind.HALF, Kind.QUARTER):
        return 1 / _value(atoms[j]), j + 1
    if gap in _AND and atoms[j].kind is Kind.UNIT and _gap(text, atoms, j + 1) in _JOIN:
        count, part = _value(atoms[j]), atoms[j + 1]
        single = count == 1 and part.kind in (Kind.HALF, Kind.QUARTER)
        if single or (part.kind is Kind.PARTS and 0 < count < _value(part) <= 10):
            return count / _value(part), j + 2
    return None


def _decimals(text: str, atoms: Sequence[Atom], j: int) -> tuple[Decimal, int, int] | None:
    """`point zero three`, `point seventy-one`: the fraction, the next index, how many places."""
    if _gap(text, atoms, j) != " point ":
        return None
    digits = ""
    if atoms[j].kind is Kind.UNIT:
        while (
            j < len(atoms)
            and atoms[j].kind is Kind.UNIT
            and len(digits) < 9
            and (not digits or _gap(text, atoms, j) == " ")
        ):
            digits, j = digits + str(_value(atoms[j])), j + 1
    elif atoms[j].kind in _SMALL:
        number, j = _below_hundred(text, atoms, j)
        digits = str(number)
    elif atoms[j].kind is Kind.DIGITS and atoms[j].plain and atoms[j].end - atoms[j].start < 9:
        digits, j = str(_value(atoms[j])), j + 1
    return (Decimal(int(digits)).scaleb(-len(digits)), j, len(digits)) if digits else None


def _cardinal(text: str, atoms: Sequence[Atom], i: int) -> tuple[Part, int]:
    """A number in words, or digits with scale words, from index `i` on."""
    first = atoms[i]
    between = text[max(0, first.start - 8) : first.start].lower().endswith("between ")
    part = Part(first.start, first.end, Decimal(0), digits=first.kind is Kind.DIGITS)
    total, limit, j, ends_on = Decimal(0), Decimal("Infinity"), i, Decimal(1)
    while True:
        began = j
        if first.kind is Kind.DIGITS:
            value, j, ends_on = _value(first), i + 1, Decimal(1)
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
            more = _fraction_after(text, atoms, j) if ends_on == 1 and not implied else None
            if more:
                value, j, part.resolution = value + more[0], more[1], Decimal("0.1")
        if implied:
            scale, j = _value(atoms[j]), j + 1
            more_scale, j = _scales(text, atoms, j, True)
            scale *= more_scale
        else:
            scale, j = _scales(text, atoms, j, first.kind is not Kind.DIGITS)
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
        gap = _gap(text, atoms, j)
        joined = gap in _JOIN or (gap in _AND and not between)
        if not joined or atoms[j].kind not in _SMALL or _is_fraction(text, atoms, j, j + 1):
            break
    part.end = atoms[j - 1].end
    part.value = total
    dozens = last_scale in (12, 20)
    part.rounded = last_scale != 1 or part.resolution != 1
    part.resolution *= Decimal(1) if dozens else last_scale
    if last_scale > 1 and not dozens:
        more = _fraction_after(text, atoms, j)
        if more:
            part.value, j = total + more[0] * last_scale, more[1]
            part.end, part.resolution = atoms[j - 1].end, last_scale / 10
    return part, j


def _article(text: str, start: int) -> int:
    found = _ARTICLE.search(text[max(0, start - 4) : start])
    return start - (min(4, start) - found.start()) if found else start


def _fraction(text: str, start: int, end: int, value: Decimal, atoms: Sequence[Atom], j: int) -> tuple[Part, int]:
    """A fraction, or a fraction of a scale: `half a million`, `three-quarters of a million`."""
    if j < len(atoms) and _gap(text, atoms, j) in _OF_A and atoms[j].kind in (Kind.SCALE, Kind.DOZEN, Kind.HUNDRED):
        size = _value(atoms[j])
        resolution = size / 10 if size >= 100 else Decimal(1)
        return Part(start, atoms[j].end, value * size, scale=size, resolution=resolution, rounded=True), j + 1
    return Part(start, end, value, form="fraction"), j


def _share(text: str, atoms: Sequence[Atom], i: int) -> tuple[Part, int] | None:
    """`two-thirds`, `three quarters`, `one third of` with the numerator at index `i`."""
    gap, top = _gap(text, atoms, i + 1), atoms[i]
    if gap not in _JOIN or top.value is None or top.resolution != 1 or not 0 < top.value < 100:
        return None
    part, end = atoms[i + 1], atoms[i + 1].end
    hyphen = gap != " "
    firm = hyphen or bool(_FRACTION_AFTER.match(text, end)) or bool(_FRACTION_BEFORE.search(_before(text, top.start)))
    if part.kind is Kind.PARTS:
        quarters = _value(part) in (2, 4)
        if quarters and (top.value > 3 or not (hyphen or _OF.match(text, end) or firm)):
            return None
        if quarters and _NOT_QUARTERS_BEFORE.search(_before(text, top.start)):
            return None
    elif part.kind in (Kind.QUARTER, Kind.HALF):
        if top.value != 1 or not (firm or (i + 2 < len(atoms) and atoms[i + 2].kind is Kind.SCALE)):
            return None
    elif part.kind is not Kind.ORDINAL or _value(part) < 3 or top.kind is Kind.TENS:
        return None
    if (
        part.kind is Kind.ORDINAL
        and not (top.value == 1 and firm)
        and not (top.value < _value(part) and (_OF.match(text, end) or hyphen))
    ):
        return None
    return _fraction(text, top.start, end, top.value / _value(part), atoms, i + 2)


def _digit_fraction(text: str, atoms: Sequence[Atom], i: int) -> tuple[Decimal, int] | None:
    """`3/4` with the numerator at index `i`; not `24/7`, `9/11`, `1/2/2021`."""
    if _gap(text, atoms, i + 1) not in ("/", "\u2044") or atoms[i + 1].kind is not Kind.DIGITS:
        return None
    top, bottom = atoms[i], atoms[i + 1]
    if not (top.plain and bottom.plain) or not 0 < _value(top) < _value(bottom) or bottom.value not in _DENOMINATORS:
        return None
    if text[bottom.end : bottom.end + 1] == "/" or text[max(0, top.start - 1) : top.start] == "/":
        return None
    return _value(top) / _value(bottom), i + 2


def _from_digits(text: str, atoms: Sequence[Atom], i: int) -> tuple[Part, int]:
    atom = atoms[i]
    previous = text[max(0, atom.start - 2) : atom.start]
    glued = previous[-1:].isalpha() or previous[-1:] == "_" or (previous[-1:] == "-" and previous[:1].isalpha())
    if atom.value is None or glued:
        return Part(atom.start, atom.end, atom.value, digits=True, glued=True, resolution=atom.resolution,
                    rounded=atom.resolution != 1, plain=atom.plain), i + 1  # fmt: skip
    if _ORDINAL_SUFFIX.match(text, atom.end):
        return Part(atom.start, atom.end + 2, atom.value, form="ordinal", digits=True), i + 1
    simple = _digit_fraction(text, atoms, i)
    if simple:
        end = atoms[simple[1] - 1].end
        suffix = _FRACTION_SUFFIX.match(text, end)
        part, j = _fraction(text, atom.start, suffix.end() if suffix else end, simple[0], atoms, simple[1])
        part.digits = True
        return part, j
    gap = _gap(text, atoms, i + 1)
    mixed: tuple[Decimal, int] | None = None
    if atom.plain and gap in ("", " ") and atoms[i + 1].kind is Kind.VULGAR:
        mixed = _value(atoms[i + 1]), i + 2
    elif atom.plain and gap == " " and atoms[i + 1].kind is Kind.DIGITS:
        mixed = _digit_fraction(text, atoms, i + 1)
    if mixed:
        whole = Atom(atom.start, atoms[mixed[1] - 1].end, Kind.DIGITS, atom.value + mixed[0], Decimal("0.1"))
        scale, j = _scales(text, atoms, mixed[1], False)
        part = Part(whole.start, atoms[j - 1].end, _value(whole) * scale, digits=True, scale=scale, rounded=True,
                    resolution=whole.resolution * scale)  # fmt: skip
        return part, j
    return _share(text, atoms, i) or _cardinal(text, atoms, i)


def _magnitude(text: str, atoms: Sequence[Atom], i: int) -> tuple[Part | None, int]:
    """`millions`, `hundreds of thousands`, `several hundred`, `a couple of hundred`."""
    atom, before = atoms[i], _before(text, atoms[i].start)
    vague = _VAGUE.search(before)
    start = atom.start - len(before) + vague.start() if vague else atom.start
    value, j = _value(atom), i + 1
    if atom.kind is not Kind.PLURAL:
        scale, j = _scales(text, atoms, j, True)
        value *= scale
        if vague and vague.group(1).lower().startswith("couple"):
            return Part(start, atoms[j - 1].end, 2 * value, scale=value, resolution=value, rounded=True, about=True), j
        return Part(start, atoms[j - 1].end, value, form="magnitude", low=value, high=10 * value), j
    if _gap(text, atoms, j) == " of " and atoms[j].kind is Kind.PLURAL and _value(atoms[j]) > value:
        end = atoms[j].end
        value *= _value(atoms[j])
        return Part(start, end, value, form="magnitude", low=value, high=10 * value), j + 1
    counts = bool(_OF.match(text, atom.end))
    if value in (10, 20) and not counts:
        return None, j
    if not counts and not vague and _TABLE_SCALE.search(before):
        return None, j
    high = value * (10 if value < 1000 or vague else 1000)
    return Part(start, atom.end, value, form="magnitude", low=value, high=high), j


def _from_scale(text: str, atoms: Sequence[Atom], i: int) -> tuple[Part | None, int]:
    """A number that begins on `hundred`, `million` or `dozen`: `a million`, `hundred thousand`, `several hundred`."""
    atom = atoms[i]
    if _VAGUE.search(_before(text, atom.start)):
        return _magnitude(text, atoms, i)
    part, j = _cardinal(text, atoms, i)
    part.start = _article(text, atom.start)
    if part.start == atom.start and j == i + 1 and not _BARE_SCALE.search(_before(text, atom.start)):
        return None, j
    return (None, j) if _value(atom) == 20 else (part, j)


def _from_half(text: str, atoms: Sequence[Atom], i: int) -> tuple[Part | None, int]:
    atom = atoms[i]
    before, start = _before(text, atom.start), _article(text, atom.start)
    part, j = _fraction(text, start, atom.end, 1 / _value(atom), atoms, i + 1)
    if part.form == "number":
        return part, j
    if atom.kind is Kind.HALF:
        refused = _NOT_HALF_BEFORE.search(before) or _NOT_HALF_AFTER.match(text, atom.end)
        return (None, j) if refused else (part, j)
    after = _FRACTION_AFTER.match(text, atom.end) or _FRACTION_BEFORE.search(before)
    return (part, j) if start < atom.start and after and "and a" not in before[-6:] else (None, j)


def _ordinal(text: str, atoms: Sequence[Atom], i: int, prefix: Part | None) -> tuple[Part | None, int]:
    """`third`, `twenty-first` (with `prefix` the twenty), `a third of`."""
    atom = atoms[i]
    before, value = _before(text, atom.start), _value(atom)
    if prefix is not None:
        prefix.end, prefix.form = atom.end, "ordinal"
        prefix.scale, prefix.resolution, prefix.rounded = Decimal(1), Decimal(1), False
        prefix.value = (prefix.value or Decimal(1)) * value if value >= 100 else (prefix.value or Decimal(0)) + value
        return prefix, i + 1
    start = _article(text, atom.start)
    if value == 2 and _TIME_SECOND.search(before):
        return None, i + 1
    if start < atom.start and value > 2:
        outside = _before(text, start)
        if _OF.match(text, atom.end) or _FRACTION_BEFORE.search(outside) or _FRACTION_AFTER.match(text, atom.end):
            return _fraction(text, start, atom.end, 1 / value, atoms, i + 1)
        of_scale, j = _fraction(text, start, atom.end, 1 / value, atoms, i + 1)
        if of_scale.form == "number":
            return of_scale, j
    return Part(atom.start, atom.end, value, form="ordinal"), i + 1


def _ordinal_follows(text: str, atoms: Sequence[Atom], part: Part, j: int) -> bool:
    """`twenty` + `first`, `one hundred and` + `fifth`, `ten` + `thousandth`."""
    if j >= len(atoms) or atoms[j].kind is not Kind.ORDINAL or part.value is None or part.digits:
        return False
    gap, value = _gap(text, atoms, j), _value(atoms[j])
    if gap in _JOIN:
        return value >= 100 or (
            part.value % 100 == 0 or (part.value % 10 == 0 and value < 10 and part.value % 100 >= 20)
        )
    return gap in _AND and value < 100 and part.value % 100 == 0 and part.value > 0


def quantities(text: str, atoms: Sequence[Atom]) -> list[Part]:
    """Read all atoms into quantities, in order. Every atom of digits ends up in exactly one."""
    parts: list[Part] = []
    i = 0
    while i < len(atoms):
        atom = atoms[i]
        part: Part | None
        if atom.kind is Kind.DIGITS:
            part, i = _from_digits(text, atoms, i)
        elif atom.kind in _SMALL:
            part, after = _share(text, atoms, i) or _cardinal(text, atoms, i)
            if part.form == "number" and _ordinal_follows(text, atoms, part, after):
                part, after = _ordinal(text, atoms, after, part)
            i = after
        elif atom.kind in (Kind.HUNDRED, Kind.SCALE, Kind.DOZEN):
            part, i = _from_scale(text, atoms, i)
        elif atom.kind is Kind.PLURAL:
            part, i = _magnitude(text, atoms, i)
        elif atom.kind in (Kind.HALF, Kind.QUARTER):
            part, i = _from_half(text, atoms, i)
        elif atom.kind is Kind.ORDINAL:
            part, i = _ordinal(text, atoms, i, None)
        elif atom.kind is Kind.VULGAR:
            part, i = _fraction(text, atom.start, atom.end, _value(atom), atoms, i + 1)
        elif atom.kind is Kind.MULTIPLE:
            part, i = Part(atom.start, atom.end, atom.value, form="multiplier"), i + 1
        else:
            part, i = None, i + 1
        if part is not None:
            parts.append(part)
    return parts
