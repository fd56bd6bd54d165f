"""What the words of a statement claim: an interval around its value (docs/numbers.md, "What the words claim")."""

from decimal import Decimal

from extractors.numbers.scanning import Mention
from extractors.records import Qualifier

_TENTH = Decimal("0.1")
_NONE, _ALL = 0, 100
"""Percentages that claim themselves."""
LARGEST, PLACES = Decimal(10) ** 28, 10
"""Numbers from the one on fit no column of tables, nor do more decimals: they are no statistics."""
_SMALLEST = Decimal(10) ** -PLACES
_WELL_BELOW = LARGEST / 4

Interval = tuple[Decimal | None, Decimal | None]


def claimed(value: Decimal, mention: Mention) -> Interval:
    """`(value_low, value_high)`; None where the words set no end. `value` is the mention's, or that with its sign."""
    if mention.qualifier == "exact" and mention.form == "ordinal":
        return value, None  # it was passed, and counting went on
    rounded = mention.rounded or (mention.percent and is_rounded_percentage(value))
    low, high = mention.low, mention.high
    if low is not None and high is not None and value < 0 <= low:
        low, high = -high, -low  # a fall by so much to so much
    return interval(value, mention.qualifier, mention.resolution if rounded else None, low, high)


def is_rounded_percentage(value: Decimal) -> bool:
    """Whether a percentage was rounded to be written: a whole one was, but for nothing and all."""
    return value == value.to_integral_value() and value not in (_NONE, _ALL)


def interval(
    value: Decimal, qualifier: Qualifier, step: Decimal | None, low: Decimal | None, high: Decimal | None
) -> Interval:
    """What a qualifier claims. `step`: how far a rounded figure may be off; `low`, `high`: what a range states."""
    match qualifier:
        case "range" | "order_of_magnitude":
            return low, high
        case "more_than" | "at_least":
            return value, None
        case "less_than" | "at_most" | "up_to":
            return None, value
        case "about":
            return value - abs(value) * _TENTH, value + abs(value) * _TENTH
        case "nearly":
            far = value - value * _TENTH
            return min(value, far), max(value, far)
        case _:
            return (value, value) if step is None else (value - step, value + step)


def is_storable(mention: Mention) -> bool:
    """Whether tables can hold all that the mention claims: whole numbers below 10^28, ten decimals."""
    if mention.value is None:
        return False
    size = abs(mention.value)
    if size and size < _SMALLEST:
        return False
    if mention.low is None and size < _WELL_BELOW and mention.resolution < _WELL_BELOW:
        return True  # what is claimed lies no further off than the value or its last place
    ends = (mention.value, mention.resolution, *claimed(mention.value, mention))
    return all(abs(end) < LARGEST for end in ends if end is not None)
