"""What of a card comes nearest to a statistic that no wording of it counts: by its noun, else by its words.

Here: a hint for whoever writes the card. It decides nothing, and what it names may be quite another thing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.clauses.claims import MOVING
from extractors.metrics.matchers import Matcher
from extractors.metrics.slots import Slots
from extractors.metrics.stemming import PLAIN_STEMS, needle_words, normal, stems

if TYPE_CHECKING:
    from extractors.metrics.card_models import SourceCard

_KINDS = {
    "count": "a count", "percent": "a percentage", "ratio": "a ratio", "multiplier": "a multiple", "change": "a change",
    "change_percent": "a change in percent", "money": "an amount of money", "duration": "a duration",
    "measure": "a physical measure",
}  # fmt: skip
_LEAST = 0.6
"""Of what a metric is called and counts, the part that the statistic must say for it to be named."""


@dataclass(frozen=True)
class Near:
    """A metric, one of its wordings, and why it does not take the statistic, as the end of a sentence about it."""

    metric: str
    wording: str
    why: str


def nearest(slots: Slots, card: "SourceCard") -> Near | None:
    """The wording that counts its noun in another kind of number; else the metric that shares most words."""
    noun = normal(slots.unit)
    counting = _counting(noun.run, card) if noun.run else _mentioned(slots, card)
    for matcher in counting:
        why = _unfit(matcher, slots)
        if why:
            return Near(matcher.metric, matcher.name, why)
    alike = next((slug for slug in card.metrics if noun.run and noun.run[-1] in _heads(slug, card)), None)
    if alike is not None:
        return Near(alike, f"{alike}[0]", _counts(alike, slots, card))
    said = {*stems(slots.sentence), *stems(slots.labels)} - PLAIN_STEMS
    weighed = sorted((-_shared(slug, said, card), place, slug) for place, slug in enumerate(card.metrics))
    if not weighed or -weighed[0][0] < _LEAST:
        return None
    slug = weighed[0][2]
    return Near(slug, f"{slug}[0]", _counts(slug, slots, card))


def _heads(slug: str, card: "SourceCard") -> set[str]:
    """The last words of what a metric counts."""
    return {needle_words(term)[-1] for one in card.worded[slug].wordings for term in one.counts if needle_words(term)}


def _counts(slug: str, slots: Slots, card: "SourceCard") -> str:
    """What a metric counts or asks for, which is not what stands here."""
    wordings = card.worded[slug].wordings
    counted = list(dict.fromkeys(term for one in wordings for term in one.counts))
    if not counted and slots.kind in MOVING:
        return f"is a share; {_KINDS[slots.kind]} is taken by the metric that counts what has changed"
    if not counted:
        return f"asks for {' and '.join(' / '.join(group[:3]) for group in wordings[0].says) or 'other words'}"
    what = f"`{slots.unit}`" if slots.unit else "what stands here"
    return f"counts {_listed(counted)}; put {what} into its `counts` if it is the same"


def _counting(noun: Sequence[str], card: "SourceCard") -> Iterator[Matcher]:
    """The wordings whose counted noun is the statistic's."""
    text = f" {' '.join(noun)} "
    for matcher in card.matchers.by_head.get(noun[-1], ()):
        if any(text.endswith(head) or head.endswith(text) for head in matcher.heads):
            yield matcher


def _mentioned(slots: Slots, card: "SourceCard") -> Iterator[Matcher]:
    """The wordings whose counted noun stands in the clause of a statistic that has none of its own: "raised £40"."""
    text = normal(slots.clause).text
    for matchers in card.matchers.by_head.values():
        yield from (matcher for matcher in matchers if any(head in text for head in matcher.heads))


def _unfit(matcher: Matcher, slots: Slots) -> str:
    """Why a wording that counts the noun is not asked: kind of number, period, place; "" for none of them."""
    if slots.kind not in matcher.kinds:
        return f"counts it, but does not take {_KINDS[slots.kind]}: its `kinds` are {', '.join(sorted(matcher.kinds))}"
    averaged = slots.aggregation not in (None, "each_year")
    if matcher.averages != averaged:
        return (
            "counts it, but this is a rate or an average, which only `measure: average` takes"
            if averaged
            else "counts it, but is an average, and this is none"
        )
    if matcher.labelled is not None and matcher.labelled != bool(slots.labels):
        return f"counts it, but only {'where labels name the value' if matcher.labelled else 'in prose'} (`labelled`)"
    if matcher.periods and slots.period_type not in matcher.periods:
        return f"counts it, but not {slots.period_type}: its `period` is {', '.join(sorted(matcher.periods))}"
    return ""


def _shared(slug: str, said: set[str], card: "SourceCard") -> float:
    """How much of what a metric is called and counts the statistic says, from 0 to 1."""
    metric = card.metrics[slug]
    terms = [metric.label, *(term for one in card.worded[slug].wordings for term in one.counts)]
    words = {word for term in terms for word in needle_words(term.rstrip("*") or term)} - PLAIN_STEMS
    return len(words & said) / len(words) if words else 0.0


def _listed(terms: Sequence[str]) -> str:
    shown = ", ".join(f"`{term}`" for term in terms[:3])
    return shown if len(terms) <= 3 else f"{shown} and {len(terms) - 3} more"
