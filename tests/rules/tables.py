"""The tables of rules, asked about every text: what each rule would answer wherever its table decides.

A table is found by its shape, a tuple of `Rule` in a module. While it is watched, every rule answers, not the first
alone; that no rule changes what it reads makes it safe, and shows in the facts, which stay the same.
"""

import contextlib
import importlib
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import ModuleType
from typing import Any

import extractors
from extractors import read_text
from extractors.metrics.card import bundled_card
from extractors.rules import Rule, explain, overtaken

EDITION = 2023
"""The edition of every example."""


@dataclass(frozen=True)
class Table:
    """A table where it stands."""

    module: ModuleType
    name: str

    @property
    def rules(self) -> tuple[Rule[Any, Any], ...]:
        rules: tuple[Rule[Any, Any], ...] = getattr(self.module, self.name)
        return rules

    @property
    def label(self) -> str:
        return f"{self.module.__name__.removeprefix('extractors.')}.{self.name}"


@cache
def modules() -> list[ModuleType]:
    """Every module of the extractor."""
    found = pkgutil.walk_packages(extractors.__path__, "extractors.")
    return [importlib.import_module(one.name) for one in found if not one.ispkg]


def tables() -> list[Table]:
    """Every table of rules, once, where it was written."""
    seen: dict[int, Table] = {}
    for module in modules():
        for name, value in vars(module).items():
            if isinstance(value, tuple) and value and all(isinstance(one, Rule) for one in value):
                seen.setdefault(id(value), Table(module, name))
    return list(seen.values())


@contextlib.contextmanager
def put_in_place(table: Table, rules: Sequence[Rule[Any, Any]]) -> Iterator[None]:
    """Let the table hold other rules for a while, wherever a module has it by name."""
    held = table.rules
    places = [(m, name) for m in modules() for name, value in vars(m).items() if value is held]
    for module, name in places:
        setattr(module, name, tuple(rules))
    try:
        yield
    finally:
        for module, name in places:
            setattr(module, name, held)


@contextlib.contextmanager
def watched(table: Table) -> Iterator[list[tuple[Any, list[tuple[Any, str]]]]]:
    """Collect, for everything the table decides about, all answers with the names of their rules."""
    seen: list[tuple[Any, list[tuple[Any, str]]]] = []
    rules = table.rules
    watch = Rule("", lambda x: seen.append((x, explain(rules, x))))
    with put_in_place(table, (watch, *rules)):
        yield seen


def too_early(table: Table, answers: list[tuple[Any, list[tuple[Any, str]]]]) -> Counter[tuple[str, str]]:
    """The rules that decided, each with one that would have too and that nobody says must come after it."""
    after = overtaken(table.rules)
    return Counter(
        (told[0][1], name)
        for _, told in answers
        for answer, name in told[1:]
        if name not in after[told[0][1]] and not _same_in_a_fact(told[0], (answer, name))
    )


def _same_in_a_fact(first: tuple[Any, str], second: tuple[Any, str]) -> bool:
    return first[0] == second[0] and first[1].partition(".")[0] == second[1].partition(".")[0]


def turned_around(rules: Sequence[Rule[Any, Any]]) -> tuple[Rule[Any, Any], ...]:
    """The rules in the order furthest from theirs that still keeps every `before`."""
    left, found = list(rules), []
    while left:
        waiting = {name for rule in left for name in overtaken(left)[rule.name]}
        last = next(rule for rule in reversed(left) if rule.name not in waiting)
        found.append(last)
        left.remove(last)
    return tuple(found)


def without(table: Table, name: str) -> tuple[Rule[Any, Any], ...]:
    """The table's rules but one, which nobody then needs to stand before."""
    return tuple(replace(r, before=tuple(b for b in r.before if b != name)) for r in table.rules if r.name != name)


@dataclass(frozen=True)
class About:
    """How to read a table's examples: the number that a decision is about, and what of its fact is at stake."""

    surface: Callable[[Any], str] | None
    """None where the table decides about the page."""
    outcome: Callable[[Any], str]
    edition: int | None = EDITION
    card: str | None = None


def _period(fact: Any) -> str:
    return f"{fact.period_type} {fact.year}"


ABOUT = {
    "periods.scope.SCOPE": About(
        surface=lambda f: f.sentence.low[f.claim.mention.start : f.claim.mention.end],
        outcome=_period,
    ),
    "periods.stock_or_flow.STOCK_OR_FLOW": About(
        surface=lambda known: known.text[known.claim.mention.start : known.claim.mention.end].lower(),
        outcome=_period,
        card="ncmec-impact",
    ),
    "periods.edition.EDITION": About(surface=None, outcome=lambda fact: f"{fact.edition}", edition=None),
}
"""One entry a table."""


def text_of(example: str) -> str:
    """The text of an example, without its marks and what it must come to."""
    return example.partition(" -> ")[0].replace("[", "", 1).replace("]", "", 1)


def decided_by(table: Table, example: str) -> tuple[str | None, str, str]:
    """Which rule of the table decides about the number in [ ] of an example, what comes of it, and what must.

    The number is told by its surface, which the example has but once.
    """
    statement, _, expected = example.partition(" -> ")
    surface = statement.partition("[")[2].partition("]")[0]
    about = ABOUT[table.label]
    with watched(table) as seen:
        card = bundled_card(about.card) if about.card else None
        reading = read_text(text_of(example), edition=about.edition, card=card)
    outcomes = [about.outcome(fact) for fact in reading.facts if fact.surface == surface]
    asked = about.surface
    deciding = [told[0][1] for x, told in seen if told and (asked is None or asked(x) == surface.lower())]
    return deciding[-1] if deciding else None, ", ".join(outcomes), expected
