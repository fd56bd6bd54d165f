"""Words of a card that have no effect: a person who reads it would take them for more than they are.

Here: what can be told from the card alone, without any text. Nothing of it is an error.
"""

from collections.abc import Iterator, Sequence

from extractors.metrics.card_language import Glossary, Keys, filled
from extractors.metrics.card_models import SourceCard
from extractors.metrics.stemming import PLAIN_STEMS, needle, needle_words


def idle_words(card: SourceCard) -> Iterator[str]:
    """A line for each word that changes nothing, with its place; none for a card of the old language."""
    metrics = {slug: metric for slug, metric in card.metrics.items() if isinstance(metric, Keys)}
    if len(metrics) < len(card.metrics):
        return
    used = {term for metric in metrics.values() for _, terms in metric.lists() for term in terms}
    counted = {term for metric in metrics.values() for _, one in metric.wordings() for term in one.counts}
    for name, entry in card.glossary.items():
        if name not in used:
            yield f"glossary.{name}: no metric names it"
        if name not in counted:
            yield from _covered(f"glossary.{name}", entry.words, entry.words)
    for slug, metric in metrics.items():
        for behind, keys in metric.wordings():
            place = f"metrics.{slug}{behind}"
            for number, item in enumerate(keys.when):
                own = [term for term in item.terms if term not in card.glossary]
                yield from _covered(f"{place}.when[{number}]", own, filled(item.terms, card.glossary))
            yield from _barred(place, keys, metric, card.glossary)
        plain = [term for term in metric.only if term not in card.glossary and _is_plain(term)]
        if plain:
            yield f"metrics.{slug}.only: {_quoted(plain)} narrows nothing anyway: plain English"


def _is_plain(term: str) -> bool:
    return not term.endswith("*") and PLAIN_STEMS.issuperset(needle_words(term))


def _covered(place: str, terms: Sequence[str], among: Sequence[str]) -> Iterator[str]:
    """Words that never decide, as a shorter one stands wherever they do. Of counted nouns the longer weighs more."""
    for term in terms:
        shorter = next((one for one in among if one != term and _stands_in(one, term)), None)
        if shorter is not None and needle(shorter) != needle(term):
            yield f"{place}: `{term}` is never reached, as `{shorter}` stands wherever it does"


def _barred(place: str, keys: Keys, metric: Keys, glossary: Glossary) -> Iterator[str]:
    """A condition that cannot hold, as `never` bars every word of it."""
    nevers = filled((term for one in (*metric.never, *keys.never) for term in one.clause), glossary)
    for number, item in enumerate(keys.when):
        terms = filled(item.clause, glossary)
        if terms and all(any(_stands_in(never, term) for never in nevers) for term in terms):
            yield f"{place}.when[{number}]: can never hold, as `never` bars {_quoted(terms[:3])}"


def _stands_in(term: str, other: str) -> bool:
    """Whether the one stands in any text in which the other does."""
    return needle(term) in (needle(other) if not other.endswith("*") else f"{needle(other)}\0")


def _quoted(terms: Sequence[str]) -> str:
    return ", ".join(f"`{term}`" for term in terms)
