"""Score the extractor against gold texts: precision, recall and F1 of what was found, typed, dated and mapped.

Each level stands on the one before: `found` is a fact of the right value, `typed` also its kind and qualifier, `dated`
also its period and year, `mapped` also its metric and dimensions. Scoring only: gold texts are data beside this file.
"""

import argparse
import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LEVELS = ("found", "typed", "dated", "mapped")

SAME_QUALIFIER = {
    "more_than": "lower bound",
    "at_least": "lower bound",
    "less_than": "upper bound",
    "at_most": "upper bound",
    "up_to": "upper bound",
    "about": "about",
    "nearly": "about",
}
SAME_KIND = {"change_percent": "change"}
TOTAL_PERIODS = frozenset({"cumulative", "as_of"})
"""Which of the two a total is depends on the metric's measure, so either passes for the other."""


@dataclass
class Tally:
    """What agreed and what did not, at one level, over all texts of a file."""

    agreed: int = 0
    facts: int = 0
    golds: int = 0

    def precision(self) -> float:
        return self.agreed / self.facts if self.facts else 0.0

    def recall(self) -> float:
        return self.agreed / self.golds if self.golds else 0.0

    def f1(self) -> float:
        return 2 * self.agreed / (self.facts + self.golds) if self.facts + self.golds else 0.0


@dataclass
class Score:
    """The tallies of the levels, and one line for each miss."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {level: Tally() for level in LEVELS})
    misses: list[str] = field(default_factory=list)


def _words(text: object) -> str:
    return " ".join(str(text or "").lower().split())


def _head(unit: object) -> str:
    return (_words(unit).split() or [""])[-1]


def _is_found(gold: dict[str, Any], fact: Any) -> bool:
    if gold["qualifier"] == "order_of_magnitude":
        return _words(gold["surface"]) in _words(fact.surface)
    value, expected = float(fact.value), float(gold["value"])
    return value == expected if expected.is_integer() else abs(value - expected) <= 1e-4 * abs(expected)


def _is_typed(gold: dict[str, Any], fact: Any, strict: bool) -> bool:
    if gold["qualifier"] == "order_of_magnitude":
        return True
    if strict:
        exact = gold["qualifier"] == fact.qualifier and gold.get("base_year") == fact.base_year
        if not exact or (gold["unit"] and _head(gold["unit"]) != _head(fact.unit)):
            return False
    same_kind = SAME_KIND.get(gold["kind"], gold["kind"]) == SAME_KIND.get(fact.kind, fact.kind)
    qualifiers = (SAME_QUALIFIER.get(name, name) for name in (gold["qualifier"], fact.qualifier))
    return same_kind and len(set(qualifiers)) == 1


def _is_dated(gold: dict[str, Any], fact: Any, strict: bool) -> bool:
    if gold["period"] == "unknown":
        return True
    if gold["period"] == "range":
        return fact.period_type in ("range", "year") and (not strict or gold["year"] == fact.year)
    if (
        strict
        and gold.get("start_year")
        and (fact.period_start is None or fact.period_start.year != gold["start_year"])
    ):
        return False
    same_type = gold["period"] == fact.period_type or {gold["period"], fact.period_type} <= TOTAL_PERIODS
    return same_type and gold["year"] in (None, fact.year)


def _is_mapped(gold: dict[str, Any], fact: Any) -> bool:
    dimensions = {gold["dimension"]: gold["member"]} if gold.get("dimension") else {}
    return gold["metric"] == fact.metric and (gold["metric"] is None or dimensions == fact.dimensions)


def levels_passed(gold: dict[str, Any], fact: Any, *, strict: bool = False) -> int:
    """How many levels, from `found` on, a fact passes against a gold row: 0 to 4."""
    checks = (
        _is_found(gold, fact),
        _is_typed(gold, fact, strict),
        _is_dated(gold, fact, strict),
        _is_mapped(gold, fact),
    )
    return next((passed for passed, holds in enumerate(checks) if not holds), len(checks))


def pair(golds: Sequence[dict[str, Any]], facts: Sequence[Any], *, strict: bool = False) -> dict[int, tuple[int, int]]:
    """Give each gold row at most one fact, best agreement first, then reading order.

    Returns, by the index of the gold row, the index of its fact and the levels it passed.
    """
    offers = [
        (-levels_passed(gold, fact, strict=strict), gold_at, fact_at)
        for gold_at, gold in enumerate(golds)
        for fact_at, fact in enumerate(facts)
        if _is_found(gold, fact)
    ]
    pairs: dict[int, tuple[int, int]] = {}
    taken: set[int] = set()
    for negative, gold_at, fact_at in sorted(offers):
        if gold_at not in pairs and fact_at not in taken:
            pairs[gold_at] = (fact_at, -negative)
            taken.add(fact_at)
    return pairs


def _describe(gold: dict[str, Any], fact: Any, passed: int) -> str:
    wanted = [gold["kind"], gold["qualifier"], gold["period"], gold["year"], gold["unit"], gold.get("metric")]
    got = [fact.kind, fact.qualifier, fact.period_type, fact.year, fact.unit, fact.metric]
    return f"{LEVELS[passed]:7} {gold['surface']!r}: want {wanted}, got {got} in {fact.sentence[:80]!r}"


def add(
    score: Score, name: str, golds: Sequence[dict[str, Any]], facts: Sequence[Any], *, strict: bool = False
) -> None:
    """Add one text's gold rows and facts to a score."""
    pairs = pair(golds, facts, strict=strict)
    for depth, level in enumerate(LEVELS[:-1], start=1):
        tally = score.tallies[level]
        tally.agreed += sum(passed >= depth for _, passed in pairs.values())
        tally.facts += len(facts)
        tally.golds += len(golds)
    mapped = score.tallies["mapped"]
    mapped.agreed += sum(passed == len(LEVELS) and bool(golds[at]["metric"]) for at, (_, passed) in pairs.items())
    mapped.facts += sum(fact.metric is not None for fact in facts)
    mapped.golds += sum(bool(gold["metric"]) for gold in golds)

    for at, gold in enumerate(golds):
        if at not in pairs:
            score.misses.append(f"{name}: missed  {gold['surface']!r} value {gold['value']} {gold['kind']}")
        elif pairs[at][1] < len(LEVELS):
            score.misses.append(f"{name}: {_describe(gold, facts[pairs[at][0]], pairs[at][1])}")
    taken = {fact_at for fact_at, _ in pairs.values()}
    score.misses += [
        f"{name}: extra   {fact.surface!r} value {fact.value} {fact.kind} in {fact.sentence[:80]!r}"
        for at, fact in enumerate(facts)
        if at not in taken
    ]


def read_gold(path: Path) -> Iterator[dict[str, Any]]:
    """The texts of a gold file, one object a line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def score_file(path: Path, *, card: Any = None, strict: bool = False) -> Score:
    """Read every text of a gold file with the extractor and score the facts."""
    from extractors import read_page, read_text

    score = Score()
    for text in read_gold(path):
        captured_at = dt.datetime.fromisoformat(text["captured_at"]) if "captured_at" in text else None
        given: dict[str, Any] = {"card": card, "edition": text.get("edition"), "captured_at": captured_at}
        html = text.get("html")
        reading = read_text(text["text"], **given) if html is None else read_page(html.encode(), **given)
        add(score, text["id"], text["gold"], reading.facts, strict=strict)
    return score


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.gold.score", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, nargs="+", help="gold file, one JSON object a line")
    parser.add_argument("--card", help="name of a bundled source card, for the level `mapped`")
    parser.add_argument("--strict", action="store_true", help="also the very qualifier, head noun, base and start year")
    parser.add_argument("-v", "--verbose", action="store_true", help="list every miss")
    options = parser.parse_args()
    card = None
    if options.card:
        from extractors.metrics.card import bundled_card

        card = bundled_card(options.card)
    for path in options.gold:
        score = score_file(path, card=card, strict=options.strict)
        if options.verbose:
            print(*score.misses, sep="\n")
        print(path)
        for level, tally in score.tallies.items():
            if level == "mapped" and not tally.golds:
                continue
            print(
                f"{level:7} precision {tally.precision():.3f}  recall {tally.recall():.3f}  F1 {tally.f1():.3f}"
                f"  ({tally.agreed} agree, {tally.facts} facts, {tally.golds} gold)"
            )


if __name__ == "__main__":
    main()
