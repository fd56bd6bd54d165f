"""From a page that was read to a whole card: its head, its metrics with an example each, and what is left.

Here: the steps in order, and what the page calls itself. Which metrics there are stands in `grouping`, `fitting` and
`together`.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.metrics.drafting.examples import with_examples
from extractors.metrics.drafting.figures import Figure, figures_of
from extractors.metrics.drafting.grouping import groups_of
from extractors.metrics.drafting.model import Draft, Metric
from extractors.metrics.drafting.together import fitted
from extractors.metrics.drafting.trial import Trial, compared
from extractors.metrics.slots import Slots
from extractors.pages import Document
from extractors.records import Reading

NO_URL = "https://example.org/"
"""Stands for the address of a page that came from a file."""
NO_NAME = "my-page"
_SEPARATOR = re.compile(r"\s+[|\u2013\u2014\u00b7\u00bb-]+\s+|\s*[|:]\s+")
_BRACKETED = re.compile(r"\s*\([^)]*\)")
_ABOUT = re.compile(
    r"\b(?:impact|reports?|results?|figures|numbers|year|annual|our|home|glance|statistics|overview)\b", re.I
)
_LONGEST_NAME = 80
_SHOWN = 12


def head_of(document: Document, organisation: str | None, id_: str | None, url: str | None) -> Draft:
    """The head of the card, as far as the page's titles and headings tell what is not given."""
    titles, headings = document.titles, document.headings
    called = [_clean(one) for one in (*titles, *headings) if _clean(one)]
    name = _clean(organisation or "") or _organisation(called)
    title = next((_clean(one) for one in headings if _clean(one)), called[0] if called else name)
    return Draft(
        id=id_ or _id_of(name),
        organisation=name,
        title=title,
        url=url or NO_URL,
        own=_names(name, document),
        currency=None,
        metrics=(),
    )


def draft(reading: Reading, asked: Mapping[str, Slots], head: Draft) -> Draft:
    """The card of a page that was read with `asked`: every metric takes a figure of it, and none a wrong one."""
    figures = figures_of(reading, asked)
    head = replace(head, currency=_dollar(figures), statistics=len(reading.facts))
    trial = Trial(reading, asked, head)
    metrics = fitted(groups_of(figures), figures, trial)
    hits = compared(trial.outcomes(metrics), metrics).hits
    by_index = {one.index: one for one in figures}
    metrics = [replace(metric, seen=_seen(metric, hits[metric.slug], by_index)) for metric in metrics]
    metrics = with_examples(metrics, by_index, trial)
    taken = {index for found in hits.values() for index in found}
    left = [
        f"{fact.surface}: {fact.sentence if fact.sentence != fact.surface else ' > '.join(fact.headings)}"
        for index, fact in enumerate(reading.facts)
        if index not in taken
    ]
    return replace(head, metrics=tuple(metrics), mapped=len(taken), left=tuple(left))


def _seen(metric: Metric, hits: Sequence[int], figures: Mapping[int, Figure]) -> tuple[str, ...]:
    """The figures of a metric, each with its time and its member."""
    found = []
    for index in hits[:_SHOWN]:
        fact = figures[index].fact
        when = {"cumulative": f"to {fact.year}", "as_of": f"at {fact.year}"}.get(fact.period_type, str(fact.year))
        told = [when if fact.year else "", *metric.members_of[index].values()]
        found.append(f"{fact.surface} ({', '.join(filter(None, told))})" if any(told) else fact.surface)
    if len(hits) > _SHOWN:
        found.append(f"{len(hits) - _SHOWN} more")
    return tuple(found)


def _dollar(figures: Sequence[Figure]) -> str | None:
    """The currency that a bare dollar sign means on the page."""
    bare = [one.fact.unit for one in figures if one.sort == "money" and one.fact.surface.startswith("$")]
    codes = Counter(unit for unit in bare if unit and re.fullmatch(r"[A-Z]{3}", unit))
    return codes.most_common(1)[0][0] if codes else None


def _organisation(called: Sequence[str]) -> str:
    """The part of a title that names who speaks: without a figure, and no word of reports."""
    for title in called:
        parts = [_BRACKETED.sub("", part).strip() for part in _SEPARATOR.split(title)]
        names = [part for part in parts if part and not re.search(r"\d", part) and not _ABOUT.search(part)]
        if names:
            return names[-1][:_LONGEST_NAME]
    return called[0][:_LONGEST_NAME] if called else "The organisation"


def _names(organisation: str, document: Document) -> tuple[str, ...]:
    """What the organisation calls itself: its name, and the initials of that if the page has them in capitals."""
    if "_" in organisation or not re.search(r"[A-Za-z0-9]", organisation):
        return ()
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", organisation) if word[0].isupper())
    said = len(initials) > 2 and any(re.search(rf"\b{initials}s?\b", passage.text) for passage in document.passages)
    return (organisation, initials) if said else (organisation,)


def _id_of(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:64].rstrip("-") or NO_NAME


def _clean(text: str) -> str:
    """A text in one line, without what is no letter, mark or blank."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
