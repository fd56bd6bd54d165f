"""Score every field of a fact by itself: how often it is right, wrong, missing, or there though nothing is.

Beside `score.py`, whose levels stand on one another and let near things pass: here a period is its type together with
its year, a unit its head noun, a metric its name with its members. What a gold row does not name is not judged; that it
names no base year, aggregation or attribution shows in `extra`, what was read there all the same.
"""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

FIELDS = (
    "value", "kind", "qualifier", "unit", "period", "start_year", "base_year", "aggregation", "attribution", "metric",
    "whole",
)  # fmt: skip
"""What gold judges, in the order of a table of scores; other inputs judge some fields more."""
VERDICTS = ("right", "wrong", "missing", "extra")
_SAME_NAME = (
    "value", "kind", "qualifier", "start_year", "base_year", "aggregation", "period_basis", "as_of", "period_start",
    "period_end", "value_low", "value_high", "flags",
)  # fmt: skip
_NUMBERS = frozenset({"value", "value_low", "value_high"})
_WHERE_THEY_APPLY = ("base_year", "aggregation", "attribution")
_TOLERANCE = 1e-4


def wanted(row: dict[str, Any]) -> dict[str, Any]:
    """What a row says is right: its `surface`, and each field it judges with the tuple of values that are right."""
    want: dict[str, Any] = {name: _either(row[name]) for name in _SAME_NAME if row.get(name) is not None}
    if row.get("unit"):
        want["unit"] = tuple(head_noun(unit) for unit in _either(row["unit"]))
    if "period" in row:
        want["period"] = ((row["period"], row["year"]),)
    elif "period_type" in row and "year" in row:
        want["period"] = tuple((kind, year) for kind in _either(row["period_type"]) for year in _either(row["year"]))
    elif "year" in row:
        want["year"] = _either(row["year"])
    elif "period_type" in row:
        want["period"] = tuple((kind, None) for kind in _either(row["period_type"]))
    if row.get("attribution"):
        want["attribution"] = (_body(row["attribution"]),)
    if "mapped_as" in row:
        want["metric"] = tuple((metric, members) if metric else None for metric, members in row["mapped_as"])
    elif "metric" in row:
        members = {row["dimension"]: row["member"]} if row.get("dimension") else {}
        want["metric"] = ((row["metric"], members) if row["metric"] else None,)
    return want | {"surface": row["surface"]}


def stated(fact: Any) -> dict[str, Any]:
    """The fields of a fact, named and shaped as `wanted` does."""
    start, end = fact.period_start, fact.period_end
    return {
        "surface": fact.surface,
        "value": fact.value,
        "kind": fact.kind,
        "qualifier": fact.qualifier,
        "unit": head_noun(fact.unit),
        "period": (fact.period_type, fact.year),
        "year": fact.year,
        "start_year": start.year if start else None,
        "base_year": fact.base_year,
        "aggregation": fact.aggregation,
        "attribution": _body(fact.attribution) if fact.attribution else None,
        "metric": (fact.metric, fact.dimensions) if fact.metric else None,
        "period_basis": fact.period_basis,
        "as_of": end.isoformat() if end else None,
        "period_start": start.isoformat() if start else None,
        "period_end": end.isoformat() if end else None,
        "value_low": fact.value_low,
        "value_high": fact.value_high,
        "flags": fact.flags,
    }


def judge(wants: Sequence[dict[str, Any]], facts: Sequence[Any]) -> tuple[list[dict[str, str]], list[int]]:
    """A verdict for every field of every wanted row, and the indices of the facts that no row wants.

    Each row takes at most one fact: one of its value, else of its surface; the best agreement first, then the nearest.
    """
    told = [stated(fact) for fact in facts]
    offers = []
    for at, want in enumerate(wants):
        for other, have in enumerate(told):
            of_value = "value" in want and _agrees("value", want["value"], have["value"])
            if of_value or _surface(want["surface"]) == _surface(have["surface"]):
                right = sum(verdict == "right" for verdict in _verdicts(want, have).values())
                offers.append((not of_value, -right, abs(at - other), at, other))
    verdicts: list[dict[str, str]] = [_verdicts(want, None) for want in wants]
    open_rows, free = set(range(len(wants))), set(range(len(told)))
    for *_, at, other in sorted(offers):
        if at in open_rows and other in free:
            open_rows.discard(at)
            free.discard(other)
            verdicts[at] = _verdicts(wants[at], told[other])
            verdicts[at] |= {
                name: "extra" for name in _WHERE_THEY_APPLY if name not in wants[at] and told[other][name] is not None
            }
    return verdicts, sorted(free)


def tally(wants: Sequence[dict[str, Any]], facts: Sequence[Any]) -> Counter[str]:
    """How often each verdict fell on each field, as "field verdict"; `whole` is a row of which all is right.

    For texts of which every statistic stands in `wants`: any other fact is `extra`.
    """
    verdicts, extra = judge(wants, facts)
    counts = Counter(f"{name} {verdict}" for row in verdicts for name, verdict in row.items())
    counts["value extra"] += len(extra)
    counts["metric extra"] += sum(facts[at].metric is not None for at in extra)
    for row in verdicts:
        counts["whole right" if set(row.values()) <= {"right"} else "whole wrong"] += 1
    return counts


def _verdicts(want: dict[str, Any], have: dict[str, Any] | None) -> dict[str, str]:
    found = {}
    for name, values in want.items():
        if name == "surface":
            continue
        has = have and have[name]
        if values == (None,):
            if has is not None:
                found[name] = "extra"
        elif has is None and None in values:
            found[name] = "right"
        elif has is None:
            found[name] = "missing"
        else:
            found[name] = "right" if _agrees(name, values, has) else "wrong"
    return found


def _agrees(name: str, values: tuple[Any, ...], has: Any) -> bool:
    if name in _NUMBERS:
        return has is not None and any(_same_number(value, has) for value in values)
    if name == "flags":
        return all(flag in has for flag in values)
    if name == "period":
        return any(kind == has[0] and (year is None or year == has[1]) for kind, year in values)
    return has in values


def _same_number(wanted: Any, has: Decimal) -> bool:
    expected, value = float(wanted), float(has)
    return value == expected if expected.is_integer() else abs(value - expected) <= _TOLERANCE * abs(expected)


def _either(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _surface(text: str) -> str:
    return "".join(text.replace("*", "").lower().split())


def head_noun(unit: str | None) -> str | None:
    """The last word of a unit, in small letters."""
    return unit.lower().split()[-1] if unit else None


def _body(name: str) -> str:
    return name.removeprefix("the ")
