"""All metrics of a draft beside one another: kept apart while that can be, dropped until what is left holds.

Here: the whole draft. How one metric gets its wording stands in `fitting`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extractors.metrics.drafting.figures import Figure
from extractors.metrics.drafting.fitting import fitted_alone, keeping_off, takes
from extractors.metrics.drafting.groups import Group
from extractors.metrics.drafting.model import Metric
from extractors.metrics.drafting.trial import Trial, compared
from extractors.metrics.slots import metric_of

_MOST_ROUNDS = 12


def fitted(groups: Sequence[Group], figures: Sequence[Figure], trial: Trial) -> list[Metric]:
    """The metrics of all groups that can be told apart, in the page's order, each true of the page by itself and beside
    the others: every one of them takes a figure, and none takes one that it was not drafted from."""
    metrics: list[Metric] = []
    for group in groups:
        metric = fitted_alone(group, figures, trial, [one.slug for one in metrics])
        if metric is not None:
            metrics.append(metric)
    return _together(metrics, figures, trial)


def _together(metrics: list[Metric], figures: Sequence[Figure], trial: Trial) -> list[Metric]:
    """The metrics that hold beside one another: mended while that helps, then dropped until all hold."""
    for _ in range(_MOST_ROUNDS):
        outcomes = trial.outcomes(metrics)
        done = compared(outcomes, metrics)
        ties = [
            (index, rival)
            for index, slug in done.missed
            for rival in map(metric_of, outcomes[index].rivals)
            if rival != slug
        ]
        changed = _kept_apart(metrics, figures, [*done.wrong, *ties], trial)
        if changed is None:
            break
        metrics = changed
    while True:
        done = compared(trial.outcomes(metrics), metrics)
        wrong = Counter(slug for _, slug in done.wrong)
        worst = wrong.most_common(1)[0][0] if wrong else next((s for s, hits in done.hits.items() if not hits), None)
        if worst is None:
            return [_trimmed(metric, done.hits[metric.slug]) for metric in metrics]
        metrics = [metric for metric in metrics if metric.slug != worst]


def _kept_apart(
    metrics: list[Metric], figures: Sequence[Figure], clashes: Sequence[tuple[int, str]], trial: Trial
) -> list[Metric] | None:
    """The metrics with the first clash mended that can be without losing what its metric takes; None for none."""
    by_index = {one.index: one for one in figures}
    for index, slug in clashes:
        at = next((i for i, one in enumerate(metrics) if one.slug == slug), None)
        if at is None:
            continue
        metric = metrics[at]
        before = takes(metric, trial)
        own = [by_index[i] for i in sorted(before) if i in by_index and by_index[i].sort != "change"]
        for number in range(len(metric.wordings)):
            mended = keeping_off(metric, number, figures, index, own) if own else None
            if mended is not None and before <= takes(mended, trial):
                return [*metrics[:at], mended, *metrics[at + 1 :]]
    return None


def _trimmed(metric: Metric, hits: Sequence[int]) -> Metric:
    """The metric without what none of its figures showed: members that were not seen, an identity that lost a part."""
    expected = tuple(one for one in metric.expected if one[0] in hits)
    seen = {member for _, member in expected}
    if not metric.members or {slug for slug, _ in metric.members} <= seen:
        whole = metric.identity != "sum" or None in seen
        return replace(metric, expected=expected, identity=metric.identity if whole else "")
    return replace(metric, expected=expected, identity="")
