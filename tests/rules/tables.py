"""The tables of rules, asked about every text: what each rule would answer wherever its table decides.

A table is found by its shape, a tuple of `Rule` in a module. While it is watched, every rule answers, not the first
alone; that no rule changes what it reads makes it safe, and shows in the facts, which stay the same.
"""

import contextlib
import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import ModuleType
from typing import Any

import extractors
from extractors.rules import A, Rule, X, explain
from tests.rules.corpus import Text, read

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
    """How to read a table's examples: the number that a decision is about, and what came of that number."""

    surface: Callable[[Any], str] | None
    """None where the table decides about the page."""
    outcome: Callable[[Any, str, int], list[str]]
    """Of a reading, the surface and where the mark stands in the text."""
    edition: int | None = EDITION
    card: str | None = None
    is_asked_of_each: bool = False
    """Whether the table decides about several things of one number: its wordings, one by one."""

    holds: Callable[[Any, str], bool] | None = None
    """Whether a decision about more than one number is about a number of this surface, too."""


def _period(reading: Any, surface: str, _: int) -> list[str]:
    return [f"{fact.period_type} {fact.year}" for fact in reading.facts if fact.surface == surface]


def _kind_and_value(reading: Any, surface: str, _: int) -> list[str]:
    return [f"{fact.kind} {fact.value}" for fact in reading.facts if fact.surface == surface]


def _edition(reading: Any, surface: str, _: int) -> list[str]:
    return [f"{fact.edition}" for fact in reading.facts if fact.surface == surface]


def _told(name: str) -> Callable[[Any, str, int], list[str]]:
    def told(reading: Any, surface: str, _: int) -> list[str]:
        values = [getattr(fact, name) for fact in reading.facts if fact.surface == surface]
        return [", ".join(value) or "None" if isinstance(value, tuple | list) else str(value) for value in values]

    return told


def _of_claim(x: Any) -> str:
    mention, low = x.claim.mention, x.sentence.low
    surface: str = low[mention.start : mention.end]
    return surface


def _of_first(said: Any) -> str:
    claims, low = said.statement.claims, said.statement.sentence.low
    return low[claims[0].mention.start : claims[0].mention.end] if claims else ""


def _disposition(reading: Any, _: str, at: int) -> list[str]:
    return [
        "fact" if line.fact_id else f"{line.numeral_class} {line.reason}"
        for line in reading.numerals
        if line.start <= at < line.end
    ]


def _ledger(reading: Any, surface: str, _: int) -> list[str]:
    """As `_disposition`, of a page: the number is told by its surface."""
    return [
        "fact" if line.fact_id else f"{line.numeral_class} {line.reason}"
        for line in reading.numerals
        if line.surface == surface
    ]


def _excluded(x: Any) -> str:
    mention = getattr(x, "mention", None)
    start, end = (mention.start, mention.end) if mention else (x.start, x.end)
    surface: str = x.low[start:end]
    return surface


ABOUT = {
    "periods.scope.SCOPE": About(
        surface=lambda f: f.sentence.low[f.claim.mention.start : f.claim.mention.end],
        outcome=_period,
    ),
    "quantities.aggregation.AGGREGATION": About(surface=_of_claim, outcome=_told("aggregation")),
    "quantities.attribution.ATTRIBUTION": About(surface=_of_first, outcome=_told("attribution")),
    "quantities.modality.MODALITY": About(surface=_of_claim, outcome=_told("flags")),
    "quantities.exclusions.EXCLUSIONS": About(surface=_excluded, outcome=_disposition),
    "quantities.references.REFERENCES": About(
        surface=lambda passage: "",
        outcome=_ledger,
        holds=lambda passage, surface: surface in passage.text,
    ),
    "metrics.vetoes.STATEMENT_VETOES": About(
        surface=lambda statement: statement.slots.clause[statement.slots.start : statement.slots.end],
        outcome=_told("metric"),
        card="ncmec-impact",
    ),
    "metrics.vetoes.CANDIDATE_VETOES": About(
        surface=lambda one: one.statement.slots.clause[one.statement.slots.start : one.statement.slots.end],
        outcome=_told("metric"),
        card="ncmec-impact",
        is_asked_of_each=True,
    ),
    "pages.numbering.NUMBERING": About(
        surface=lambda opening: "/".join(filter(None, (opening.number, opening.total))),
        outcome=_kind_and_value,
    ),
    "pages.menus.MENUS": About(
        surface=lambda links: "",
        outcome=_kind_and_value,
        holds=lambda links, surface: any(surface in text for text in (*links.entries, *links.rest)),
    ),
    "periods.stock_or_flow.STOCK_OR_FLOW": About(
        surface=lambda known: known.text[known.claim.mention.start : known.claim.mention.end].lower(),
        outcome=_period,
        card="ncmec-impact",
    ),
    "periods.edition.EDITION": About(surface=None, outcome=_edition, edition=None),
}
"""One entry a table."""


_MARK = re.compile(r"\[([^\[\]]*)\]")


def text_of(example: str) -> str:
    """The text of an example, without its marks and what it must come to."""
    return _MARK.sub(lambda mark: mark[1], example.partition(" -> ")[0], count=1)


def is_html(example: str) -> bool:
    """Whether an example is a page."""
    return example.startswith("<")


def decided_by(table: Table, example: str) -> tuple[list[str], str, str]:
    """Which rules of the table decide about the number in [ ] of an example, what comes of it, and what must.

    The number is told by its surface, which the example has but once.
    """
    statement, _, expected = example.partition(" -> ")
    mark = _MARK.search(statement)
    assert mark is not None, example
    about = ABOUT[table.label]
    with watched(table) as seen:
        reading = read(Text("", text_of(example), is_html(example), about.card, about.edition))
    outcomes = about.outcome(reading, mark[1], mark.start())
    asked = about.surface
    holds = about.holds or (lambda x, surface: asked is None or asked(x) == surface.lower())
    deciding = [told[0][1] for x, told in seen if told and holds(x, mark[1])]
    return deciding if about.is_asked_of_each else deciding[-1:], ", ".join(outcomes), expected


def overtaken(rules: Sequence[Rule[X, A]]) -> dict[str, frozenset[str]]:
    """For each rule the names of all that must come after it, by its own word or by that of those it stands before."""
    named = {rule.name: rule.before for rule in rules}
    found: dict[str, frozenset[str]] = {}
    for name in named:
        reached: set[str] = set()
        waiting = list(named[name])
        while waiting:
            other = waiting.pop()
            if other not in reached:
                reached.add(other)
                waiting.extend(named.get(other, ()))
        found[name] = frozenset(reached)
    return found


def faults(rules: Sequence[Rule[X, A]]) -> list[str]:
    """What is wrong with the table itself: two of one name, a `before` that no rule has or that is not kept."""
    names = [rule.name for rule in rules]
    found = [f"two rules are named {name}" for name in sorted({name for name in names if names.count(name) > 1})]
    for place, rule in enumerate(rules):
        found += [f"{rule.name}: there is no {other} to stand before" for other in rule.before if other not in names]
        found += [f"{rule.name} must stand before {other}" for other in rule.before if other in names[: place + 1]]
    return found
