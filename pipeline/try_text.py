"""How a card's trial on a page is put on a screen: each statistic with what became of it, then what the card missed."""

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from extractors.metrics.card_models import SourceCard
from extractors.metrics.trying import Told, Tried
from extractors.wording import span_in

NARROWEST = 40
_INDENT = "  "
_GAP = "…"
_FEW = 2
"""Words beside a number that tell no more than its unit."""


def trial_lines(tried: Tried, card: SourceCard, width: int) -> Iterator[str]:
    """The lines of the report, none wider than `width`, but for words that are."""
    width = max(width, NARROWEST)
    under: tuple[str, ...] | None = None
    for one in tried.told:
        if one.headings != under:
            yield from ("",) if under is not None else ()
            yield from _wrapped(" > ".join(one.headings) or "(no heading)", "", width)
            under = one.headings
        yield _INDENT + _statement(one, width - len(_INDENT))
        yield from _wrapped(_outcome(one, card), _INDENT * 2, width)
    yield ""
    if tried.without_hit:
        listed = ", ".join(tried.without_hit)
        yield from _wrapped(f"Metrics without a hit ({len(tried.without_hit)}): {listed}", "", width)
    if tried.unseen:
        by_dimension: dict[str, list[str]] = {}
        for slug, name, member in tried.unseen:
            by_dimension.setdefault(f"{slug} {name}", []).append(member)
        listed = "; ".join(f"{dimension}: {', '.join(members)}" for dimension, members in by_dimension.items())
        yield from _wrapped(f"Members never seen ({len(tried.unseen)}): {listed}", "", width)
    if tried.ties:
        listed = "; ".join(f"{one.fact.surface} ({', '.join(one.rivals)})" for one in tried.ties)
        yield from _wrapped(f"Figures for two metrics at once ({len(tried.ties)}): {listed}", "", width)
    yield summary(tried)


def summary(tried: Tried) -> str:
    """How many statistics a metric took."""
    noun = "statistic" if len(tried.told) == 1 else "statistics"
    return f"{tried.mapped} of {len(tried.told)} {noun} mapped"


def told_object(one: Told) -> dict[str, Any]:
    """One statistic as an object."""
    fact = one.fact
    return {
        "fact_id": fact.fact_id,
        "surface": fact.surface,
        "sentence": fact.sentence,
        "headings": list(fact.headings),
        "kind": fact.kind,
        "unit": fact.unit,
        "period_type": fact.period_type,
        "year": fact.year,
        "metric": fact.metric,
        "dimensions": fact.dimensions,
        "wording": one.wording,
        "nearest": one.nearest,
        "reason": one.reason or None,
        "rivals": list(one.rivals),
    }


def rest_object(tried: Tried) -> Mapping[str, Any]:
    """What is told of the whole card, as an object."""
    return {
        "statistics": len(tried.told),
        "mapped": tried.mapped,
        "metrics_without_hit": list(tried.without_hit),
        "members_never_seen": [
            {"metric": slug, "dimension": name, "member": member} for slug, name, member in tried.unseen
        ],
    }


def _labels(one: Told) -> tuple[str, ...]:
    """The labels of a value that stands alone, or only with its unit."""
    said = one.fact.sentence.replace(one.fact.surface, "")
    alone = len(said.split()) <= _FEW
    return one.fact.headings[len(one.headings) :] if alone else ()


def _outcome(one: Told, card: SourceCard) -> str:
    fact = one.fact
    if fact.metric is not None:
        members = "".join(f", {name}={member}" for name, member in sorted(fact.dimensions.items()))
        several = len(card.worded[fact.metric].wordings) > 1
        wording = f" (its {_ordinal(one.wording)} wording)" if several and one.wording else ""
        return f"= {fact.metric}{members}{wording}"
    return f"? {one.nearest}: {one.reason}" if one.nearest and not one.rivals else f"? {one.reason}"


def _ordinal(wording: str) -> str:
    number = int(wording.rpartition("[")[2].rstrip("]"))
    return ("first", "second", "third", "fourth", "fifth")[number] if number < 5 else f"{number + 1}th"


def _statement(one: Told, width: int) -> str:
    """The sentence, as far as it fits, with the number between brackets; of a bare value its labels before it."""
    fact = one.fact
    labels = _labels(one)
    start, end = span_in(fact.sentence, fact.passage_text, fact.start, fact.end)
    before, behind = fact.sentence[:start], fact.sentence[end:]
    if labels:
        before = f"{' > '.join(labels)}: {before}"
    marked = f"[{fact.surface}]"
    room = width - len(marked)
    left = min(len(before), max(room - len(behind), room // 2))
    right = min(len(behind), room - left)
    if left < len(before):
        kept = before[len(before) - max(left - 1, 0) :]
        before = _GAP + kept[kept.find(" ") + 1 :]  # from a whole word on
    if right < len(behind):
        kept = behind[: max(right - 1, 0)]
        behind = kept[: max(kept.rfind(" "), 0)] + _GAP
    return f"{before}{marked}{behind}"


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=indent + "    ", break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
