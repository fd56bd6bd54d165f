"""The shape of every rule: a name, what it reads, what must fire it and what must not; they stand in ordered tables.

A table is a tuple of rules that decides one thing; the first that answers decides. Whatever a rule reads, it changes
nothing, so that the others of its table can be asked too. Which rules must stand in front of which others, the rules
say themselves (`before`); all others may change places.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

X = TypeVar("X")
A = TypeVar("A")


@dataclass(frozen=True)
class Rule(Generic[X, A]):
    """One rule of a table about an X; its answer is an A, or None when it has nothing to say.

    An example is a text with the number in question in [ ], and behind " -> " what it must come to; a near miss looks
    alike, and another rule decides.
    """

    name: str
    """Unique in its table. What stands before a point is what `Fact.rule` says: "standing.total" is a "standing"."""
    read: Callable[[X], A | None]
    before: tuple[str, ...] = ()
    """The rules of the table that would also answer where this one does, and that it must stand in front of."""
    examples: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    """Where a table is asked at several stages: those at which the rule can answer; none named are all."""


def first_of(rules: Sequence[Rule[X, A]], x: X) -> tuple[A, str] | None:
    """The answer of the first rule that has one, and the rule's name."""
    for rule in rules:
        answer = rule.read(x)
        if answer is not None:
            return answer, rule.name
    return None


def explain(rules: Sequence[Rule[X, A]], x: X) -> list[tuple[A, str]]:
    """All answers with the names of their rules, in the order of the table: the first decides."""
    return [(answer, rule.name) for rule in rules if (answer := rule.read(x)) is not None]


class Staged(Generic[X, A]):
    """A table that is asked at several stages: for each the rules that can answer there, in their order."""

    def __init__(self) -> None:
        """No table was asked yet."""
        self._table: Sequence[Rule[X, A]] = ()
        self._at: dict[str, list[Rule[X, A]]] = {}

    def at(self, stage: str, table: Sequence[Rule[X, A]]) -> Sequence[Rule[X, A]]:
        """The rules of the table that can answer at the stage."""
        if table is not self._table:
            self._table, self._at = table, {}
        if stage not in self._at:
            self._at[stage] = [rule for rule in table if not rule.needs or stage in rule.needs]
        return self._at[stage]
