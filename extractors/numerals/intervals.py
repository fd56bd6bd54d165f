"""What the words of a statement claim: an interval around its value (README, "What the words claim")."""

from decimal import Decimal

from extractors.models import Qualifier

_TENTH = Decimal("0.1")


def claimed(
    value: Decimal, qualifier: Qualifier, resolution: Decimal, rounded: bool, low: Decimal | None, high: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    """`(value_low, value_high)`; None where the words set no end. `low` and `high` are what a range states itself."""
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
            return (value - resolution, value + resolution) if rounded else (value, value)
