"""Every number of a text, in digits or words, with what it claims and where it stands.

Belongs here: the boundary (`Mention`) and the way from text to mentions. The grammar stands beside it: `words.py`
(tables and scanner), `cardinals.py` (quantities), `marks.py` (percent, money, times), `ranges.py` (pairs),
`qualifiers.py`. Not here: what a number measures; a mention may turn out to be a date, an age or an idiom.
"""

from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from typing import NamedTuple

from extractors.numbers import marks, qualifiers, ranges
from extractors.numbers.cardinals import Part
from extractors.numbers.quantities import quantities
from extractors.numbers.words import NAMES, Atom, Kind, scan
from extractors.records import Qualifier

_FILLER = "\x00"
_DUMP_SIZE = 1000
_DUMP_DENSITY = 6
"""A passage of more than a thousand numbers, one to every six characters or less, is a dump of data, not a text."""


class Mention(NamedTuple):
    """One number of a text. Spans are code points into it, end exclusive."""

    start: int
    end: int
    """The surface: scale word or letter, percent sign or word, currency sign or code, "times", "in N" are part of it;
    units and qualifiers are not."""
    value: Decimal | None
    """Scale applied; percent as 0-100; a ratio or fraction as its quotient; a range its low end; `halved` as 0.5.
    None only for runs of digits too long to be an amount."""
    low: Decimal | None
    high: Decimal | None
    """What is stated: for the forms `range` and `magnitude` only."""
    resolution: Decimal
    """Place value of the last digit where a scale word or a decimal is written, else 1."""
    rounded: bool
    """A scale word or letter, or a decimal, is written."""
    form: str
    """`number`, `fraction`, `ratio`, `multiplier`, `ordinal`, `range` or `magnitude`."""
    digits: bool
    """Written with digits."""
    percent: bool
    currency: str | None
    """ISO 4217 code; `$` for a dollar whose country the words do not tell; `cents` or `pence`."""
    qualifier: Qualifier
    claim_start: int
    claim_end: int
    """The surface with the words that qualify it."""
    flags: tuple[str, ...]
    """`redundant_scale`, `estimated`, `percentage_points`, `multiplier` (a range of multiples)."""


def find_mentions(text: str, taken: Sequence[tuple[int, int]] = (), vocabulary: Set[str] = NAMES) -> list[Mention]:
    """Find every number of `text`, in order, none overlapping another nor a span in `taken`.

    `taken` holds sorted, disjoint spans other recognisers have claimed. Every decimal digit outside them lies in
    exactly one mention. The cost is linear in the length of `text`. A caller that knows the words of `text` gives them
    as `vocabulary`.
    A dump of numbers is one mention without a value from its first digit to its last.
    """
    if taken:
        text = _blank(text, taken)
    atoms = scan(text, vocabulary)
    if not atoms:
        return []
    if len(atoms) > _DUMP_SIZE and len(text) < _DUMP_DENSITY * len(atoms):
        return list(_dump(text, atoms))
    parts = quantities(text, atoms)
    floor = 0
    for index, part in enumerate(parts):
        if part.form != "multiplier":
            marks.decorate(text, part, floor, parts[index + 1].start if index + 1 < len(parts) else len(text))
        floor = part.end
    joined = ranges.combine(text, parts)
    look_for_estimates = qualifiers.may_be_estimated(text)
    mentions = []
    floor = 0
    for index, part in enumerate(joined):
        ceiling = joined[index + 1].start if index + 1 < len(joined) else len(text)
        floor_is_year = index > 0 and ranges.year_like(joined[index - 1])
        mention = _mention(text, part, floor, floor_is_year, ceiling, look_for_estimates)
        mentions.append(mention)
        floor = mention.claim_end
    return mentions


def _blank(text: str, taken: Sequence[tuple[int, int]]) -> str:
    """`text` with the taken spans blanked: same length, and nothing reads across them."""
    pieces, at = [], 0
    for start, end in taken:
        pieces += [text[at:start], _FILLER * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def _dump(text: str, atoms: Sequence[Atom]) -> Iterator[Mention]:
    """One mention without a value for each stretch of digits between taken spans."""
    start = end = -1
    for atom in atoms:
        if atom.kind is not Kind.DIGITS:
            continue
        if start >= 0 and _FILLER not in text[end : atom.start]:
            end = atom.end
            continue
        if start >= 0:
            yield _opaque(start, end)
        start, end = atom.start, atom.end
    if start >= 0:
        yield _opaque(start, end)


def _opaque(start: int, end: int) -> Mention:
    return Mention(
        start, end, None, None, None, Decimal(1), False, "number", True, False, None, "exact", start, end, ()
    )  # fmt: skip


def _mention(text: str, part: Part, floor: int, floor_is_year: bool, ceiling: int, look_for_estimates: bool) -> Mention:
    claim_start, claim_end = part.start, part.end
    qualifier: Qualifier
    if part.form == "range":
        claim_start = ranges.opening(text, part.start, floor)
    before = qualifiers.prefix(text, claim_start, floor)
    if before and qualifiers.misleads(text, before[1], part, 0 if floor_is_year else floor):
        before = None
    after = qualifiers.suffix(text, part.end, ceiling)
    if before:
        claim_start = before[1]
    if after:
        claim_end = after[1]
    if part.form == "range":
        qualifier = "range"
    elif part.form == "magnitude":
        qualifier = "order_of_magnitude"
    else:
        said = before[0] if before else ("about" if part.about else None)
        qualifier = qualifiers.combine(said, "at_least" if part.plus else (after[0] if after else None))
    flags = part.flags
    if look_for_estimates and qualifiers.estimated(text, part.start, part.end):
        flags = [*flags, "estimated"]
    if part.rounded and part.value is not None:
        part.value, part.resolution = _tidy(part.value), _tidy(part.resolution)
        if part.low is not None and part.high is not None:
            part.low, part.high = _tidy(part.low), _tidy(part.high)
    return Mention(
        part.start, part.end, part.value, part.low, part.high, part.resolution, part.rounded, part.form, part.digits,
        part.percent, part.currency, qualifier, claim_start, claim_end, tuple(flags),
    )  # fmt: skip


def _tidy(value: Decimal) -> Decimal:
    """A whole number without decimal places: 2500000 for 2.5 times a million."""
    whole = value.to_integral_value()
    return whole if whole == value else value
