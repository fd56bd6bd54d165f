"""What a decision makes of a fact, and the rows that tell it.

The facts themselves are never changed: what is decided stands beside them in `base.decided`, and SQL takes it there.
Which facts a decision is about, and whether it holds, is for `deciding`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from extractors.metrics.card import Metric, SourceCard
from extractors.numbers.intervals import interval, is_rounded_percentage
from extractors.periods.measures import Measured, by_measure
from extractors.records import PeriodType, Qualifier
from warehouse.anchoring import Stated
from warehouse.decisions import OF_TWO_ENDS, Decision, breakdown

Outcome = Literal["applies", "not_needed", "page_changed", "extractor_changed", "ambiguous"]
IN_FORCE = ("applies", "not_needed")
"""Outcomes that ask for no look."""

DECIDED_COLUMNS = {
    "source": "VARCHAR",
    "fact_id": "VARCHAR",
    "decision": "VARCHAR",
    "decided_by": "VARCHAR",
    "metric": "VARCHAR",
    "dimensions": "MAP(VARCHAR, VARCHAR)",
    "value": "DECIMAL(38,10)",
    "value_low": "DECIMAL(38,10)",
    "value_high": "DECIMAL(38,10)",
    "resolution": "DECIMAL(38,10)",
    "qualifier": "VARCHAR",
    "unit": "VARCHAR",
    "period_type": "VARCHAR",
    "year": "INTEGER",
    "moved": "BOOLEAN",
    "excluded": "VARCHAR",
    "dismissed": "BOOLEAN",
    "doubt": "VARCHAR",
    "page_says": "MAP(VARCHAR, VARCHAR)",
}
"""Of each fact that a decision is applied to: all that it may change, as it is to hold."""
DECISION_COLUMNS = {
    "source": "VARCHAR",
    "decision": "VARCHAR",
    "made_by": "VARCHAR",
    "made_at": "TIMESTAMP",
    "why": "VARCHAR",
    "made_for": "VARCHAR",
    "capture_id": "VARCHAR",
    "headings": "VARCHAR[]",
    "quote": "VARCHAR",
    "wording": "VARCHAR",
    "action": "VARCHAR",
    "metric": "VARCHAR",
    "breakdown": "VARCHAR",
    "outcome": "VARCHAR",
    "detail": "VARCHAR",
    "fact_ids": "VARCHAR[]",
}


@dataclass(frozen=True)
class Said:
    """What a fact says, of all that a decision may change."""

    metric: str | None
    dimensions: Mapping[str, str]
    value: Decimal
    qualifier: Qualifier
    unit: str | None
    period_type: PeriodType
    year: int | None

    def told(self) -> dict[str, str | None]:
        """The same as text, by column."""
        parts = {"metric": self.metric, "breakdown": ";".join(breakdown(dict(self.dimensions)))}
        parts |= {"value": f"{self.value.normalize():f}", "qualifier": self.qualifier, "unit": self.unit}
        return parts | {"period_type": self.period_type, "year": None if self.year is None else str(self.year)}


@dataclass(frozen=True)
class ReadFact:
    """A fact as it was read."""

    stated: Stated
    said: Said
    sha256: str
    edition: int | None
    kind: str
    period_basis: str
    value_low: Decimal | None
    value_high: Decimal | None
    resolution: Decimal

    @property
    def reading(self) -> tuple[object, ...]:
        """What is the same of facts that are one statement, and are read alike."""
        return (self.stated.said, tuple(self.said.told().items()))


@dataclass(frozen=True)
class Settled:
    """A decision and what has become of it."""

    source: str
    decision: Decision
    outcome: Outcome
    detail: str | None = None
    facts: tuple[ReadFact, ...] = ()
    doubt: str | None = None

    @property
    def applied(self) -> bool:
        """Whether its facts are as it says because it says so."""
        return bool(self.facts) and self.outcome not in ("not_needed", "ambiguous")


def decided(decision: Decision, fact: ReadFact, metrics: Mapping[str, Metric]) -> Said:
    """What a fact says by a decision that gives it a metric, or corrects it."""
    said = fact.said
    if decision.metric is not None:
        said = replace(said, metric=decision.metric, dimensions=dict(decision.members))
        measured = Measured(metrics[decision.metric], said.period_type, fact.kind, fact.period_basis, said.value)
        said = replace(said, period_type=by_measure(measured))
    if decision.edition_offset is not None and fact.edition is not None:
        said = replace(said, year=fact.edition + decision.edition_offset)
    if decision.value is not None and said.qualifier in OF_TWO_ENDS:
        said = replace(said, qualifier="exact")
    given = {name: getattr(decision, name) for name in ("value", "qualifier", "unit", "period_type", "year")}
    return replace(said, **{name: one for name, one in given.items() if one is not None})


def decided_rows(settled: Sequence[Settled], cards: Iterable[SourceCard]) -> list[tuple[Any, ...]]:
    """Rows of `base.decided`; a decision on a statement goes before one on its wording."""
    metrics = {card.id: card.metrics for card in cards}
    rows: dict[tuple[str, str], tuple[Any, ...]] = {}
    for one in sorted(settled, key=lambda one: one.decision.made_for == "statement"):
        # One that is not needed is no less a decision: what the wording's would change is not to change.
        if one.applied or (one.outcome == "not_needed" and one.decision.made_for == "statement"):
            for fact in one.facts:
                key = (one.source, fact.stated.fact_id)
                if one.applied:
                    rows[key] = _row(one, fact, metrics[one.source])
                else:
                    rows.pop(key, None)
    return [rows[key] for key in sorted(rows)]


def _row(settled: Settled, fact: ReadFact, metrics: Mapping[str, Metric]) -> tuple[Any, ...]:
    decision = settled.decision
    aside = bool(decision.dismiss or decision.exclude)
    now = replace(fact.said, metric=None, dimensions={}) if aside else decided(decision, fact, metrics)
    low, high, resolution = _claimed(fact, now)
    before, after = fact.said.told(), now.told()
    return (
        settled.source,
        fact.stated.fact_id,
        decision.id,
        decision.who,
        now.metric,
        dict(now.dimensions),
        now.value,
        low,
        high,
        resolution,
        now.qualifier,
        now.unit,
        now.period_type,
        now.year,
        decision.period_type is not None or now.year != fact.said.year,
        decision.exclude,
        decision.dismiss,
        settled.doubt,
        {name: said for name, said in before.items() if said != after[name]},
    )


def _claimed(fact: ReadFact, now: Said) -> tuple[Decimal | None, Decimal | None, Decimal]:
    """What a corrected figure claims: a value that is given by hand is not rounded, but for a whole percentage."""
    if (now.value, now.qualifier) == (fact.said.value, fact.said.qualifier):
        return fact.value_low, fact.value_high, fact.resolution
    one = Decimal(1)
    if now.value == fact.said.value:
        exact_figure = fact.said.qualifier == "exact" and fact.value_low == fact.value_high
        rounded, resolution = not exact_figure and fact.resolution != 1, fact.resolution
    else:
        rounded, resolution = fact.kind == "percent" and is_rounded_percentage(now.value), one
    low, high = interval(now.value, now.qualifier, resolution if rounded else None, None, None)
    return low, high, resolution


def decision_rows(settled: Iterable[Settled]) -> list[tuple[Any, ...]]:
    """Rows of `base.decisions`."""
    return [
        (
            one.source,
            one.decision.id,
            one.decision.who,
            one.decision.when.replace(tzinfo=None),
            one.decision.why,
            one.decision.made_for,
            one.decision.capture,
            list(one.decision.headings),
            one.decision.quote,
            one.decision.wording,
            one.decision.action,
            one.decision.metric,
            ";".join(breakdown(one.decision.members)),
            one.outcome,
            one.detail,
            sorted(fact.stated.fact_id for fact in one.facts),
        )
        for one in settled
    ]
