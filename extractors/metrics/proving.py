"""A card held to its own examples: each marked number must state the metric, each near miss must not.

Here: reading the examples, and in one line what went wrong with one. The card itself is not judged.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.errors import InputError
from extractors.language.patterns import YEAR
from extractors.metrics.card_examples import Example, parsed
from extractors.metrics.card_models import SourceCard
from extractors.metrics.explaining import explain
from extractors.metrics.slots import Slots
from extractors.metrics.telling import reason
from extractors.reading import read_text
from extractors.records import Numeral, Reading

EDITION = 2023
"""The edition of an example that names no year."""
_YEAR = re.compile(rf"\b{YEAR}\b")


@dataclass(frozen=True)
class Failure:
    """An example that does not come out: where it stands in the card, and why in a few words."""

    place: str
    reason: str


def failures(card: SourceCard) -> Iterator[Failure]:
    """The examples and near misses of a card that do not come out, in its order."""
    for slug, metric in card.metrics.items():
        for key in ("examples", "not_examples"):
            for number, text in enumerate(getattr(metric, key, ())):
                why = _failed(card, slug, parsed(text), near_miss=key == "not_examples")
                if why is not None:
                    yield Failure(f"metrics.{slug}.{key}[{number}]", why)


def how_many(card: SourceCard) -> tuple[int, int]:
    """How many examples and near misses a card has."""
    found = [(len(getattr(m, "examples", ())), len(getattr(m, "not_examples", ()))) for m in card.metrics.values()]
    return sum(examples for examples, _ in found), sum(misses for _, misses in found)


def prove(card: SourceCard, path: str) -> None:
    """Raise `InputError`, which names the first that fails and how many more do, unless all come out."""
    failed = list(failures(card))
    if failed:
        more = f" (and {len(failed) - 1} more; see `impact card check {path}`)" if len(failed) > 1 else ""
        raise InputError(f"{path}: {failed[0].place}: {failed[0].reason}{more}")


def _failed(card: SourceCard, slug: str, example: Example, *, near_miss: bool) -> str | None:
    asked: dict[str, Slots] = {}
    edition = None if _YEAR.search(example.text) else EDITION
    reading = read_text(example.text, card=card, edition=edition, asked=asked)
    numeral = _marked(reading, example)
    if numeral is None:
        return f"no number is read where `{example.number}` is marked"
    fact = next((fact for fact in reading.facts if fact.fact_id == numeral.fact_id), None)
    if fact is None:
        return None if near_miss else f"`{example.number}` is no statistic there: {numeral.reason}"
    named = all(fact.dimensions.get(name) == member for name, member in example.members.items())
    stated = fact.metric == slug and named
    if stated != near_miss:
        return None
    if near_miss:
        return f"`{example.number}` is taken for {slug} by {fact.rule.rpartition(' ')[2]}"
    if fact.metric == slug:
        got = "; ".join(f"{name}={member}" for name, member in sorted(fact.dimensions.items())) or "the total"
        wanted = "; ".join(f"{name}={member}" for name, member in sorted(example.members.items()))
        return f"`{example.number}` is {got}, not {wanted}"
    if fact.fact_id not in asked:
        return f"`{example.number}` is a target there"
    return f"`{example.number}` is not taken: {reason(explain(asked[fact.fact_id], card), slug)}"


def _marked(reading: Reading, example: Example) -> Numeral | None:
    """The numeral where the marked text stands: at the place of the same count among its like, in reading order."""
    left = example.nth
    for passage in reading.passages:
        at = passage.text.find(example.number)
        while at >= 0:
            if not left:
                end = at + len(example.number)
                of_passage = (one for one in reading.numerals if one.passage_index == passage.index)
                return next((one for one in of_passage if one.start < end and at < one.end), None)
            left -= 1
            at = passage.text.find(example.number, at + 1)
    return None
