"""What the measure of a metric says on the type of a period: a stock stands, a flow adds up, a share is of its year.

Asked last by the table of `stock_or_flow`, and where a person gives a statistic its metric.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from extractors.metrics.card import Metric
from extractors.records import PeriodType


class Measured(NamedTuple):
    """A figure whose metric is known, as far as the metric's measure asks."""

    metric: Metric
    type: PeriodType
    """Of its period, as it was found so far."""
    kind: str
    basis: str
    """What its period rests on."""
    value: Decimal


Answer = Callable[[Measured], PeriodType | None]


def stands(x: Measured) -> PeriodType | None:
    """A stock stands at a moment."""
    stock = x.metric.measure == "stock" or x.metric.as_of
    return "as_of" if stock and x.type in ("year", "cumulative") else None


def adds_up(x: Measured) -> PeriodType | None:
    """A flow that stands at a moment has added up until then."""
    return "cumulative" if x.metric.measure == "flow" and x.type == "as_of" else None


def is_of_its_year(x: Measured) -> PeriodType | None:
    """A share or an average is of the year that its moment ends."""
    share = x.metric.measure in ("share", "average") and not x.metric.as_of
    return "year" if share and x.type == "as_of" else None


def is_undated(x: Measured) -> PeriodType | None:
    """A count that nothing dates is what its card says, from so many on."""
    if x.type != "year" or x.kind != "count" or x.basis != "edition":
        return None
    return "cumulative" if x.metric.is_total(x.value) else None


MEASURES: tuple[Answer, ...] = (stands, adds_up, is_of_its_year, is_undated)


def by_measure(x: Measured) -> PeriodType:
    """The type of a figure's period, by the measure of its metric; the first that answers decides."""
    return next((told for told in (measure(x) for measure in MEASURES) if told is not None), x.type)
