"""The units of `units.tsv`: a unit is one line there, with its words, its symbols and what it measures.

Units of time also name the words that make a rate of them, and from how many on they count work done ("12,000 hours of
training") rather than how long something took.
"""

from extractors.language.data import rows
from extractors.language.patterns import any_of

TIME = "time"


_ROWS = rows("units")
SURFACES = frozenset(surface for _, words, symbols, *_ in _ROWS for surface in (*words.split(), *symbols.split()))
"""Everything a unit is written as."""


LENGTHS = frozenset(s for _, words, signs, what, *_ in _ROWS if what == "length" for s in f"{words} {signs}".split())


def _powered() -> str:
    """A pattern of lengths to a power in words: "square metres", "sq m", "cu. ft"."""
    named = any_of(sorted(LENGTHS, key=lambda surface: (-len(surface), surface)))
    return rf"(?:square|sq\.?|cubic|cu\.?)[ -](?P<length>{named})(?![^\W_])"


POWERED = _powered()
"""Its `length` is the last word."""
TO_A_POWER = any_of(sorted(
    sign for _, _, signs, what, *_ in _ROWS if what in ("area", "volume") for sign in signs.split() if sign[-1] in "23"
))  # fmt: skip
"""Lengths with their power as a digit: "m2"."""


def _read() -> tuple[frozenset[str], frozenset[str], dict[str, str], dict[str, str], dict[str, int]]:
    measures: set[str] = set()
    symbols: set[str] = set()
    time_units: dict[str, str] = {}
    rates: dict[str, str] = {}
    adds_up: dict[str, int] = {}
    for unit, words, signs, dimension, rate, adds_up_from in _ROWS:
        if dimension != TIME:
            measures.update(words.split(), signs.split())
            symbols.update(signs.split())
            continue
        time_units.update(dict.fromkeys(words.split(), unit))
        if adds_up_from:
            adds_up[unit] = int(adds_up_from)
        for adverb in rate.split():
            rates[adverb] = rates[unit] = f"{rate}_average" if adverb == rate else f"each_{unit}"
    return frozenset(measures), frozenset(symbols), time_units, rates, adds_up


MEASURES, SINGULAR_MEASURES, TIME_UNITS, RATES, TIME_ACCUMULATES = _read()
"""`MEASURES`: all surfaces of physical units; "square" and "cubic", also shortened, and "nautical" stand for the
unit they open.
`SINGULAR_MEASURES`: their symbols. `TIME_UNITS`: surface to unit of time. `RATES`: the aggregation that each word for
a rate means.
`TIME_ACCUMULATES`: from so many on a time unit counts work done."""
CASED = SINGULAR_MEASURES | {surface for surface in MEASURES if "co2" in surface}
"""What is written with capitals of its own: "ML" is no "ml"."""
