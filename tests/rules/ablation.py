"""What each rule and pattern is worth: each switched off in turn, and what then reads otherwise. `make rules`.

A row: the table, the name, file:line, in how many texts it fires, facts that change without it, fields of gold, samples
and other judged texts that turn right (won) and that turn wrong (lost) without it, and in how many texts any does.
"""

import inspect
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tests.rules import patterns

patterns.install()

from tests.gold.strict import judge  # noqa: E402
from tests.rules import digest, tables  # noqa: E402
from tests.rules.corpus import Text, card, every_text, read  # noqa: E402


@dataclass(frozen=True)
class Unit:
    """What can be switched off."""

    table: str
    name: str
    place: str
    texts: frozenset[str]
    off: Callable[[], AbstractContextManager[Any]]


@dataclass(frozen=True)
class Worth:
    """What one unit does."""

    unit: Unit
    facts: int = 0
    won: int = 0
    lost: int = 0
    worse: int = 0
    broken: int = 0

    def __str__(self) -> str:
        unit = self.unit
        note = f"  breaks {self.broken} texts" if self.broken else "" if self.facts else "  changes nothing"
        return (
            f"{unit.table:26} {unit.name[:52]:52} {unit.place:42} {len(unit.texts):5} {self.facts:6} "
            f"{self.won:5} {self.lost:5} {self.worse:6}{note}"
        )


HEAD = f"{'table':26} {'name':52} {'place':42} texts  facts   won  lost  worse"
MECHANICS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, re.error)
"""What the reader raises where it takes for granted that a pattern has found something: no rule, but a part of it."""
TEXTS: dict[str, Text] = {}
BASE: dict[str, tuple[set[str], dict[tuple[int, str], bool]]] = {}
UNITS: list[Unit] = []


def outcome(text: Text) -> tuple[set[str], dict[tuple[int, str], bool]]:
    """The lines of a text's digest, and of every judged field whether it is right.

    Where a field has no verdict nothing was wanted and nothing is there: that is right.
    """
    patterns.Switch.reading = text.id
    reading = read(text)
    verdicts, extra = judge(text.wants, reading.facts)
    right = {(at, name): verdict == "right" for at, row in enumerate(verdicts) for name, verdict in row.items()}
    if text.is_complete:
        right |= {(-1 - at, reading.facts[other].surface): False for at, other in enumerate(extra)}
    return {repr(line) for line in digest.digest_of(reading, text.id)}, right


def forget() -> None:
    """Empty every cache of the extractor, but the compiled patterns."""
    for emptied in _caches():
        emptied()


@cache
def _caches() -> list[Callable[[], None]]:
    return [
        value.cache_clear
        for module in tables.modules()
        for value in vars(module).values()
        if hasattr(value, "cache_clear") and "pattern" not in getattr(value, "__name__", "")
    ]


def measure(number: int) -> tuple[int, int, int, int, int]:
    """One unit switched off: facts changed, won, lost, texts worse, texts that cannot be read."""
    unit, facts, won, lost, worse, broken = UNITS[number], 0, 0, 0, 0, 0
    with unit.off():
        forget()
        for name in sorted(unit.texts):
            try:
                lines, right = outcome(TEXTS[name])
            except MECHANICS:
                broken += 1
                continue
            old_lines, old = BASE[name]
            facts += max(len(lines - old_lines), len(old_lines - lines))
            judged = old.keys() | right.keys()
            better = sum(not old.get(key, True) and right.get(key, True) for key in judged)
            fallen = sum(old.get(key, True) and not right.get(key, True) for key in judged)
            won, lost, worse = won + better, lost + fallen, worse + (fallen > better)
    return facts, won, lost, worse, broken


def prepare(beside: Path | None, only: str) -> None:
    """Read every text once, and list what can be switched off where its name, table or file holds `only`."""
    TEXTS.update({text.id: text for text in every_text(beside)})
    card("ncmec-impact")
    watching = [(table, tables.watched(table)) for table in tables.tables()]
    seen = [(table, watch.__enter__(), watch) for table, watch in watching]
    fired: dict[tuple[str, str], set[str]] = {}
    for text in TEXTS.values():
        forget()
        BASE[text.id] = outcome(text)
        for table, answers, _ in seen:
            for _, told in answers:
                if told:
                    fired.setdefault((table.label, told[0][1]), set()).add(text.id)
            answers.clear()
    for *_, watch in seen:
        watch.__exit__(None, None, None)
    units = [*_rules(fired), *_patterns()]
    UNITS.extend(unit for unit in units if only in f"{unit.table} {unit.name} {unit.place}")


def _rules(fired: dict[tuple[str, str], set[str]]) -> Iterator[Unit]:
    for table in tables.tables():
        own = Path(inspect.getfile(table.module))
        files = [own, *sorted(own.parent.glob("*.py"))]
        for rule in table.rules:
            place = next(_places(files, rule.name), str(own.relative_to(patterns.ROOT)))
            off = partial(tables.put_in_place, table, tables.without(table, rule.name))
            texts = frozenset(fired.get((table.label, rule.name), ()))
            yield Unit(table.label, rule.name, place, texts, off)


def _places(files: Sequence[Path], name: str) -> Iterator[str]:
    """Where a rule of that name is written."""
    for file in files:
        found = re.finditer(rf'(?:Rule|_shape)\(\s*"{re.escape(name)}",', text := file.read_text(encoding="utf-8"))
        yield from (f"{file.relative_to(patterns.ROOT)}:{text.count(chr(10), 0, m.end()) + 1}" for m in found)


def _patterns() -> Iterator[Unit]:
    for switch in patterns.name_all(tables.modules()):
        place = f"{Path(switch.file).relative_to(patterns.ROOT)}:{switch.line}"
        table = ".".join(Path(switch.file).relative_to(patterns.CODE).with_suffix("").parts)
        yield Unit(table, switch.name.removeprefix(f"{table}."), place, frozenset(switch.texts), partial(_off, switch))


@contextmanager
def _off(switch: patterns.Switch) -> Iterator[None]:
    switch.is_off = True
    try:
        yield
    finally:
        switch.is_off = False


def totals() -> Iterator[str]:
    """How many patterns and rules there are, and lines, wherever they are written."""
    rules = sum(len(table.rules) for table in tables.tables())
    yield f"{len(patterns.SWITCHES)} patterns compiled, {rules} rules in {len(tables.tables())} tables"
    for kind in ("py", "tsv", "yaml"):
        files = sorted(Path(patterns.CODE).rglob(f"*.{kind}"))
        lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)
        yield f"{lines:6} lines in {len(files)} .{kind} files"


def main(beside: Path | None, only: str) -> int:
    """Print a row for everything that can be switched off, those without effect too, then the totals."""
    prepare(beside, only)
    print(*totals(), HEAD, sep="\n", flush=True)
    worths = []
    with get_context("fork").Pool(os.cpu_count()) as pool:
        for unit, values in zip(UNITS, pool.imap(measure, range(len(UNITS))), strict=True):
            worths.append(Worth(unit, *values))
            print(worths[-1], flush=True)
    idle = [worth for worth in worths if not worth.facts and not worth.broken]
    few = [worth for worth in worths if worth.facts and worth.worse < 2]
    harm = [worth for worth in worths if worth.won > worth.lost]
    print(
        f"{len(worths)} rows: {len(idle)} change nothing, {len(few)} make fewer than two texts worse, "
        f"{len(harm)} do harm"
    )
    return _order_faults()


def _order_faults() -> int:
    """Whether any two rules of a table answer the same thing and neither says which goes first, on every text."""
    bad = 0
    for table in tables.tables():
        for text in TEXTS.values():
            with tables.watched(table) as seen:
                read(text)
            for (first, second), times in tables.too_early(table, seen).items():
                print(f"{table.label}: {first} must say that it stands before {second} ({text.id}, {times} times)")
                bad += 1
    return bool(bad)
