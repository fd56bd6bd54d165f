"""The words numbers are written with: tables, and the scanner that finds them and every digit in a text.

Belongs here: which word means what, and how a run of digits and separators is read. Not here: how words and digits
combine (`cardinals.py`), what stands around them (`marks.py`, `qualifiers.py`).
"""

import re
import unicodedata
from collections.abc import Iterator, Set
from decimal import Decimal
from enum import IntEnum
from typing import Any, NamedTuple

from extractors.language import numerals
from extractors.language.currencies import COMMON_SIGNS
from extractors.language.nouns import is_plural
from extractors.language.units import LENGTHS, TIME_UNITS

MAX_DIGITS = 24
"""Longer runs of digits are identifiers, not amounts: no value is built for them."""


class Kind(IntEnum):
    """What an atom can do in a number."""

    DIGITS = 0
    VULGAR = 1
    UNIT = 2
    TEEN = 3
    TENS = 4
    HUNDRED = 5
    SCALE = 6
    DOZEN = 7
    PLURAL = 8
    """`hundreds`, `thousands`, `dozens`: a scale after a number, a magnitude on its own."""
    ORDINAL = 9
    PARTS = 10
    """`thirds`, `fifths`, `quarters`: what a numerator counts."""
    QUARTER = 11
    HALF = 12
    MULTIPLE = 13


class Atom(NamedTuple):
    """A number word, a run of digits with its separators, or a vulgar fraction; `value` None for over-long runs."""

    start: int
    end: int
    kind: Kind
    value: Decimal | None
    resolution: Decimal = Decimal(1)
    plain: bool = False
    """Digits only, without separators, decimals or a leading zero: could be a year."""


def _vocabulary() -> dict[str, tuple[Kind, Decimal]]:
    words: dict[str, tuple[Kind, Decimal]] = {}
    for word, name, value, ordinal in numerals.ROWS:
        words[word] = (Kind[name.upper()], value)
        if Kind[name.upper()] in (Kind.HUNDRED, Kind.SCALE):
            words.setdefault(f"{word}s", (Kind.PLURAL, value))
        if ordinal:
            words[ordinal] = (Kind.ORDINAL, value)
            if value > 2 and value < 100:
                words[f"{ordinal}s"] = (Kind.PARTS, value)
    return words


WORDS = _vocabulary()
NAMES = frozenset(WORDS)

VULGAR = {
    sign: Decimal(unicodedata.normalize("NFKC", sign).split("\u2044")[0])
    / Decimal(unicodedata.normalize("NFKC", sign).split("\u2044")[1])
    for sign in "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
}


def _trie_pattern(words: list[str]) -> str:
    """A pattern that matches the longest of `words` in either case, without trying one word after the other."""
    trie: dict[str, Any] = {}
    for word in words:
        node = trie
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}

    def build(node: dict[str, Any]) -> str:
        branches = [f"[{c}{c.upper()}]{build(child)}" for c, child in sorted(node.items()) if c]
        if not branches:
            return ""
        body = "|".join(branches)
        optional = "" in node
        if optional or len(branches) > 1:
            body = f"(?:{body})"
        return body + ("?" if optional else "")

    return build(trie)


_FIRST = "".join(sorted({c for word in WORDS for c in (word[0], word[0].upper())}))
NUMBER_WORD = re.compile(rf"\b(?=[{_FIRST}]){_trie_pattern(list(WORDS))}\b")
# A class of characters in front keeps the search quick over text without numbers; possessive quantifiers keep it from
# looking at a run of digits and separators twice.
_DIGITS = re.compile(rf"[\d{''.join(VULGAR)}](?:(?<=\d)\d*+(?:[.,'’]\d++)*+)?+")
_SPACED = re.compile(r"(?<![\d.,])(?<!\d )[1-9]\d{0,2}+(?: \d{3}(?!\d))++(?:[.,]\d++)?+(?! ?\d)")
_POWERS = (
    re.compile(
        r"(?P<times>\d\.\d{1,6}(?= ?[×x])|\d(?= ?×)|\d(?= x 10(?:1[0-5]|[3-9]) (?P<counted>[a-z]+))) ?[×x] ?10"
        r"(?P<power>1[0-5]|[-\u2212]?[1-9]|⁻?[²³⁴-⁹])(?!\d|[.,]\d|%)"
    ),
    re.compile(
        r"(?:(?P<times>\d{1,3}(?:\.\d{1,6})?) ?[×x·⋅∙*] ?)?10"
        r"(?P<power>\^[-\u2212]?(?:1[0-5]|[1-9])|⁻?[³⁴-⁹])(?!\d|[.,]\d|%)"
    ),
    re.compile(r"(?P<times>\d\.\d{1,6})[eE]\+?(?P<power>1[0-5]|[1-9])(?!\w|[.,]\d)"),
)
"""3.2 × 10⁶, also with the exponent let down, as the text of a page has it: 3.2 × 106 ("3 x 106" could be three of 106,
unless it counts something); 10^6; 3.2e6."""
_POINT_BEFORE = re.compile(r"(?<![\w.,])\.$")

_POINT = re.compile(r"\d+\.\d+|\.\d+")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(\.\d+)?")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(\.\d+)?")
_APOSTROPHES = re.compile(r"\d{1,3}(?:['’]\d{3})+([.,]\d+)?")
_CONTINENTAL = re.compile(r"\d{1,3}(?:(?:\.\d{3})+(,\d+)|(?:\.\d{3}){2,})")
_COMMA_DECIMAL = re.compile(r"(\d{1,3}),(\d{1,2})")
_RUN = re.compile(r"\d+")
_NON_DIGITS = re.compile(r"\D")
_AMOUNT_FOLLOWS = re.compile(r" ?[%€]| (?:per ?cent|[mb]illion|[kKMm]\b|[Mm]io\b|[Mm]ill\b|[Mm]rd\b)")


def _number(start: int, end: int, whole: str, decimals: str) -> Atom:
    """An atom from its digits; `decimals` may be empty."""
    if len(whole) + len(decimals) > MAX_DIGITS:
        return Atom(start, end, Kind.DIGITS, None)
    value = Decimal(f"{whole or '0'}.{decimals}" if decimals else whole)
    resolution = Decimal(1).scaleb(-len(decimals)) if decimals else Decimal(1)
    plain = end - start == len(whole) and (whole[0] != "0" or len(whole) == 1)
    return Atom(start, end, Kind.DIGITS, value, resolution, plain)


def _read_chunk(text: str, start: int, end: int) -> Iterator[Atom]:
    """Read digits and separators: one number where the separators agree on one reading, else each run of digits."""
    chunk = text[start:end]
    if chunk.isdecimal():
        yield _number(start, end, chunk, "")
        return
    if len(chunk) <= 2 * MAX_DIGITS:
        if _POINT.fullmatch(chunk):
            whole, _, decimals = chunk.partition(".")
            yield _number(start, end, whole, decimals)
            return
        for pattern in (_GROUPED, _INDIAN, _APOSTROPHES, _CONTINENTAL):
            found = pattern.fullmatch(chunk)
            if found:
                tail = found.group(1) or ""
                whole = _NON_DIGITS.sub("", chunk[: len(chunk) - len(tail)])
                yield _number(start, end, whole, tail[1:])
                return
        found = _COMMA_DECIMAL.fullmatch(chunk)
        if found and _reads_as_decimal(text, start, end, found.group(1), found.group(2)):
            yield _number(start, end, found.group(1), found.group(2))
            return
    for run in _RUN.finditer(text, start, end):
        yield _number(run.start(), run.end(), run.group(), "")


def _power(text: str, start: int) -> Atom | None:
    """A number with its power of ten, or the power alone; not "2 x 105 mm", a size of so many pieces."""
    found = next(filter(None, (pattern.match(text, start) for pattern in _POWERS)), None)
    counted = found.groupdict().get("counted") if found else None
    if found is None or (counted and not (is_plural(counted) and counted not in LENGTHS | TIME_UNITS.keys())):
        return None
    times = found["times"] or "1"
    size = Decimal(10) ** int(unicodedata.normalize("NFKC", found["power"]).strip("^").replace("\u2212", "-"))
    step = Decimal(1).scaleb(min(0, 2 - len(times)))
    return Atom(start, found.end(), Kind.DIGITS, Decimal(times) * size, step * size)


def _reads_as_decimal(text: str, start: int, end: int, whole: str, decimals: str) -> bool:
    """Whether `3,2` is a decimal: money, a percentage or a scale says so; two successive numbers ("1,2") say no."""
    if text[max(0, start - 2) : start].strip()[-1:] in COMMON_SIGNS and start:
        return True
    if _AMOUNT_FOLLOWS.match(text, end):
        return True
    return int(decimals) != int(whole) + 1 and not text[start - 1 : start].isalnum()


def scan(text: str, vocabulary: Set[str] = NAMES) -> list[Atom]:
    """Every number word, run of digits and vulgar fraction of `text`, in order; each digit in exactly one atom.

    `vocabulary` are the words of `text`, or more; without number words among them none is looked for.
    """
    atoms = []
    if not NAMES.isdisjoint(vocabulary):
        atoms = [Atom(word.start(), word.end(), *WORDS[word.group().lower()]) for word in NUMBER_WORD.finditer(text)]
    spelled = len(atoms)
    found = _DIGITS.search(text)
    while found:
        start, end = found.span()
        if found.group() in VULGAR:
            atoms.append(Atom(start, end, Kind.VULGAR, VULGAR[found.group()]))
        elif end - start < 4 and text[end : end + 1] == " " and (spaced := _SPACED.match(text, start)):
            end = spaced.end()
            atoms.append(_read_spaced(text, start, end))
        elif power := _power(text, start):
            end = power.end
            atoms.append(power)
        else:
            if start and text[start - 1] == "." and _POINT_BEFORE.search(text[max(0, start - 2) : start]):
                start -= 1
            atoms.extend(_read_chunk(text, start, end))
        found = _DIGITS.search(text, end)
    if 0 < spelled < len(atoms):
        atoms.sort()
    return atoms


def _read_spaced(text: str, start: int, end: int) -> Atom:
    """Read thousands parted by spaces: `29 397 681`, `1 234,5`."""
    digits = text[start:end]
    tail = max(digits.rfind("."), digits.rfind(","))
    whole, decimals = (digits, "") if tail < 0 else (digits[:tail], digits[tail + 1 :])
    return _number(start, end, whole.replace(" ", ""), decimals)
