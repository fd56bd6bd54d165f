"""A drafted card run over the page that it was drafted from: what each statistic came to, and what ought to differ.

Here: running and comparing. What is then changed in the draft stands in `fitting` and `together`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extractors.metrics.card_models import SourceCard
from extractors.metrics.drafting.compiling import compiled
from extractors.metrics.drafting.model import Draft, Metric
from extractors.metrics.explaining import Explanation, explain
from extractors.metrics.mapping import assign
from extractors.metrics.slots import Assignment, Slots
from extractors.metrics.stemming import stems
from extractors.records import Reading


@dataclass(frozen=True)
class Trial:
    """The page as it was read, and a card's head under which any of its metrics are tried."""

    reading: Reading
    asked: Mapping[str, Slots]
    """By its fact_id, what the metric of each statistic is chosen by; those that are aimed at are left out."""
    head: Draft

    def card(self, metrics: Sequence[Metric]) -> SourceCard:
        """The card with these metrics alone."""
        return compiled(replace(self.head, metrics=tuple(metrics)))

    def outcomes(self, metrics: Sequence[Metric]) -> list[Assignment]:
        """What each statistic of the page, in order, states by these metrics."""
        card = self.card(metrics)
        heads = card.matchers.by_head.keys()
        found: list[Assignment] = []
        count: tuple[int, bool] | None = None  # the passage of the last count, and whether it states nothing
        for fact, words in zip(self.reading.facts, self._words, strict=True):
            slots = self.asked.get(fact.fact_id)
            if slots is None:
                outcome = Assignment(None, {}, "target")
            elif heads.isdisjoint(words) and not (card.matchers.headless and slots.kind in ("percent", "ratio")):
                outcome = Assignment(None, {}, "no rule")  # nothing that is counted stands anywhere near it
            else:
                outcome = assign(slots._replace(follows_unmapped=count == (fact.passage_index, True)), card)
            if fact.kind == "count":
                count = (fact.passage_index, outcome.metric is None)
            found.append(outcome)
        return found

    @cached_property
    def _words(self) -> list[frozenset[str]]:
        """The stems of all that stands around each statistic; () for one that is aimed at."""
        found = []
        for fact in self.reading.facts:
            slots = self.asked.get(fact.fact_id)
            parts = () if slots is None else (
                slots.sentence, slots.labels, slots.headings, slots.before, slots.so_far, slots.earlier, slots.phrase,
                slots.unit,
            )  # fmt: skip
            found.append(frozenset(word for part in parts for word in stems(part)))
        return found

    def explained(self, index: int, metrics: Sequence[Metric]) -> Explanation:
        """Why one statistic states what it does by these metrics, whatever the one before it states."""
        slots = self.asked[self.reading.facts[index].fact_id]
        return explain(slots._replace(follows_unmapped=False), self.card(metrics))


@dataclass(frozen=True)
class Compared:
    """Where the outcomes differ from what the metrics were drafted from: the place of a statistic, and the metric."""

    hits: dict[str, list[int]]
    wrong: list[tuple[int, str]]
    missed: list[tuple[int, str]]


def compared(outcomes: Sequence[Assignment], metrics: Sequence[Metric]) -> Compared:
    """What each metric takes rightly, what it takes wrongly, and what it ought to take and does not."""
    ought = {index: (metric.slug, members) for metric in metrics for index, members in metric.members_of.items()}
    result = Compared({metric.slug: [] for metric in metrics}, [], [])
    for index, outcome in enumerate(outcomes):
        expected = ought.get(index)
        if outcome.metric is not None and (outcome.metric, outcome.dimensions) == expected:
            result.hits[outcome.metric].append(index)
            continue
        if outcome.metric is not None:
            result.wrong.append((index, outcome.metric))
        if expected is not None and outcome.metric is None:
            result.missed.append((index, expected[0]))
    return result
