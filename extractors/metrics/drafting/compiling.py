"""A drafted card as the data that its YAML says, and the card made of it. Here: that way, and nothing else."""

from collections.abc import Mapping
from typing import Any

from extractors.metrics.card_models import SourceCard
from extractors.metrics.drafting.model import Draft, Metric, Wording


def compiled(draft: Draft) -> SourceCard:
    """The card that a draft describes, ready to be run."""
    return SourceCard.model_validate(plain(draft))


def plain(draft: Draft) -> dict[str, Any]:
    """The draft as the data of a card in the language of `card_language`, its keys in the order to be written."""
    data: dict[str, Any] = {
        "id": draft.id,
        "organisation": draft.organisation,
        "title": draft.title,
        "url": draft.url,
    }
    if draft.currency:
        data["currency"] = draft.currency
    if draft.own:
        data["words"] = {"own": list(draft.own)}
    data["metrics"] = {metric.slug: plain_metric(metric) for metric in draft.metrics}
    identities = [
        {"metric": metric.slug, "kind": metric.identity, "dimension": metric.dimension}
        for metric in draft.metrics
        if metric.identity
    ]
    if identities:
        data["identities"] = identities
    return data


def plain_metric(metric: Metric) -> dict[str, Any]:
    """One metric as the data of a card: keys that say nothing are left out."""
    first, *further = metric.wordings
    data: dict[str, Any] = {"label": metric.label, "unit": metric.unit, "measure": metric.measure}
    if metric.as_of:
        data["as_of"] = True
    if metric.members:
        data["dimensions"] = {metric.dimension: {slug: [term] for slug, term in metric.members}}
    data |= _wording(first)
    if metric.never:
        data["never"] = list(metric.never)
    if metric.only:
        data["only"] = list(metric.only)
    if metric.example is not None:
        data["examples"] = [metric.example]
    if further:
        data["also"] = [dict(_wording(wording)) for wording in further]
    return data


def _wording(wording: Wording) -> Mapping[str, Any]:
    data: dict[str, Any] = {}
    if wording.counts:
        data["counts"] = list(wording.counts)
    if wording.when:
        data["when"] = [{reach: list(terms) if len(terms) > 1 else terms[0]} for reach, terms in wording.when]
    if wording.kinds:
        data["kinds"] = list(wording.kinds)
    if wording.members != "any":
        data["members"] = wording.members
    if wording.part:
        data["part"] = True
    if wording.labelled is not None:
        data["labelled"] = wording.labelled
    return data
