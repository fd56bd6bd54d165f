"""A card tried on one page: for each statistic which wording took it, or what was nearest and why it did not.

Here: what became of each statistic, and what of the card the page never showed. How that is put on a screen is no
matter of this module.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from extractors.metrics.card_models import SourceCard
from extractors.metrics.explaining import explain
from extractors.metrics.nearest import nearest
from extractors.metrics.slots import Slots, metric_of
from extractors.metrics.telling import reason
from extractors.records import Fact, Reading

TARGET = "it is aimed at, which takes no metric"


@dataclass(frozen=True)
class Told:
    """One statistic: its metric and the wording that took it, or the nearest metric and why it takes it not."""

    fact: Fact
    headings: tuple[str, ...]
    """The page's headings that it stands under, outermost first, without the labels that `fact.headings` ends in."""
    wording: str | None
    nearest: str | None
    """The slug of the metric that comes nearest; None where one took it, or none comes near."""
    reason: str
    """Why no metric takes it; "" where one does."""
    rivals: tuple[str, ...]
    """The metrics that speak for it alike."""

    @property
    def is_mapped(self) -> bool:
        """Whether a metric took it."""
        return self.fact.metric is not None


@dataclass(frozen=True)
class Tried:
    """What a card makes of a page."""

    told: tuple[Told, ...]
    """Every statistic, in the page's order."""
    without_hit: tuple[str, ...]
    """The metrics that took nothing."""
    unseen: tuple[tuple[str, str, str], ...]
    """Metric, dimension and member, of metrics that took something, for each member that nothing was of."""

    @property
    def mapped(self) -> int:
        """How many statistics a metric took."""
        return sum(one.is_mapped for one in self.told)

    @property
    def ties(self) -> tuple[Told, ...]:
        """The statistics that several metrics, or several members of one, speak for alike."""
        return tuple(one for one in self.told if one.rivals)


def tried(reading: Reading, asked: Mapping[str, Slots], card: SourceCard) -> Tried:
    """What the card makes of a page that was read with it; `asked`: what the metric of each fact was chosen by."""
    taken = {fact.metric for fact in reading.facts}
    seen = {(fact.metric, name, member) for fact in reading.facts for name, member in fact.dimensions.items()}
    return Tried(
        told=tuple(
            _told(fact, reading.passages[fact.passage_index].headings, asked.get(fact.fact_id), card)
            for fact in reading.facts
        ),
        without_hit=tuple(slug for slug in card.metrics if slug not in taken),
        unseen=tuple(
            (slug, name, member)
            for slug, metric in card.metrics.items()
            if slug in taken
            for name, members in metric.dimensions.items()
            for member in members
            if (slug, name, member) not in seen
        ),
    )


def _told(fact: Fact, headings: tuple[str, ...], slots: Slots | None, card: SourceCard) -> Told:
    if slots is None:
        return Told(fact, headings, None, None, TARGET, ())
    explanation = explain(slots, card)
    if fact.metric is not None:
        return Told(fact, headings, explanation.assignment.rule, None, "", ())
    if explanation.assignment.rivals:
        rivals = tuple(dict.fromkeys(map(metric_of, explanation.assignment.rivals)))
        return Told(fact, headings, None, rivals[0], reason(explanation, rivals[0]), rivals)
    judged = next(iter(explanation.judged), None)
    if judged is not None and judged.heard:
        return Told(fact, headings, None, judged.metric, reason(explanation, judged.metric), ())
    near = nearest(slots, card)
    if near is not None:
        return Told(fact, headings, None, near.metric, near.why, ())
    if slots.kind in ("percent", "ratio"):
        return Told(fact, headings, None, None, "no share asks for what it says", ())
    counted = f"no metric counts `{slots.unit}`" if slots.unit else "no metric counts it"
    return Told(fact, headings, None, None, counted, ())
