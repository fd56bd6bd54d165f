"""Every number of every text in one line, as it was read; and what differs between two such files, fact by fact.

A line is a JSON object: `text`, `at` (XPath, start, end), `surface`, then the fields of the fact, or for what is no
statistic its class and reason. Long texts stand as a hash. What was kept aside is compared too, but not shown.
"""

import datetime as dt
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.rules.corpus import Text, every_text, on_all_cores, read

Line = dict[str, Any]
_FIELDS = (
    "fact_id", "kind", "value", "qualifier", "value_low", "value_high", "resolution", "unit", "label", "period_type",
    "year", "period_start", "period_end", "period_basis", "base_year", "metric", "dimensions", "attribution",
    "aggregation", "flags", "headings", "edition", "rule",
)  # fmt: skip
_COUNTED_BY_VALUE = frozenset({
    "kind", "qualifier", "period_type", "period_basis", "metric", "aggregation", "rule", "numeral_class", "reason",
    "disposition",
})  # fmt: skip
"""Fields with few values: their changes are also counted from one value to the other."""


def digest_of(reading: Any, name: str) -> list[Line]:
    """The lines of one reading, in the order of the page."""
    facts = {fact.fact_id: fact for fact in reading.facts}
    return [_line(name, numeral, facts.get(numeral.fact_id)) for numeral in reading.numerals]


def write(path: Path, beside: Path | None) -> int:
    """Write the digest of every text; how many lines it has."""
    found = [line for lines in on_all_cores(_digest, every_text(beside)) for line in lines]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in found), encoding="utf-8")
    return len(found)


def load(path: Path) -> list[Line]:
    """The lines of a digest that was written."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def differences(before: Sequence[Line], after: Sequence[Line]) -> list[tuple[Line | None, Line | None]]:
    """The lines that changed, went or came: first by place, then what is left by surface, in order."""
    pairs, old, new = _paired(before, after, lambda line: json.dumps([line["text"], line["at"]]))
    more, old, new = _paired(old, new, lambda line: json.dumps([line["text"], line["surface"]]))
    changed: list[tuple[Line | None, Line | None]] = [(a, b) for a, b in [*pairs, *more] if a != b]
    return [*changed, *((line, None) for line in old), *((None, line) for line in new)]


def report(found: Iterable[tuple[Line | None, Line | None]]) -> Iterator[str]:
    """The differences in groups by what changed, the largest first, each with its count."""
    groups: dict[str, list[tuple[Line | None, Line | None]]] = defaultdict(list)
    for before, after in found:
        groups[_kind(before, after)].append((before, after))
    total = sum(map(len, groups.values()))
    yield f"{total} of the numbers differ" if total else "no number differs"
    for kind, pairs in sorted(groups.items(), key=lambda group: -len(group[1])):
        texts = len({(before or after or {})["text"] for before, after in pairs})
        yield f"\n== {kind}: {len(pairs)} in {texts} texts"
        yield from _counts(pairs)
        yield from (f"  {_shown(before, after)}" for before, after in pairs)


def _digest(text: Text) -> list[Line]:
    return digest_of(read(text), text.id)


def _line(name: str, numeral: Any, fact: Any) -> Line:
    line: Line = {"text": name, "at": [numeral.xpath, numeral.start, numeral.end], "surface": numeral.surface}
    line |= {"disposition": numeral.disposition, "numeral_class": numeral.numeral_class}
    if fact is None:
        low_high = {"value_low": _plain(numeral.value_low), "value_high": _plain(numeral.value_high)}
        line |= {"reason": numeral.reason, "value": _plain(numeral.value), **low_high, "unit": numeral.unit}
    else:
        line |= {field: _plain(getattr(fact, field)) for field in _FIELDS} | {"sentence": _hash(fact.sentence)}
    return line | {"passage": f"{numeral.passage_index} {_hash(numeral.passage_text)}"}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal | dt.date):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _paired(
    before: Sequence[Line], after: Sequence[Line], key: Any
) -> tuple[list[tuple[Line, Line]], list[Line], list[Line]]:
    """The pairs of lines of one key, in order, and what is left on either side."""
    waiting: dict[str, list[Line]] = defaultdict(list)
    for line in after:
        waiting[key(line)].append(line)
    pairs, old = [], []
    for line in before:
        here = waiting[key(line)]
        if here:
            pairs.append((line, here.pop(0)))
        else:
            old.append(line)
    return pairs, old, [line for lines in waiting.values() for line in lines]


def _changed(before: Line, after: Line) -> list[str]:
    return [name for name in {**before, **after} if before.get(name) != after.get(name)]


def _kind(before: Line | None, after: Line | None) -> str:
    if before is None or after is None:
        line = before or after or {}
        return f"{'new' if before is None else 'gone'}: {line['disposition']}"
    if before["disposition"] != after["disposition"]:
        return f"{before['disposition']} -> {after['disposition']}"
    return "changed: " + ", ".join(_changed(before, after))


def _counts(pairs: Sequence[tuple[Line | None, Line | None]]) -> Iterator[str]:
    both = [(a, b) for a, b in pairs if a and b and a["disposition"] == b["disposition"]]
    counts = Counter(
        f"{name}: {a.get(name)} -> {b.get(name)}"
        for a, b in both
        for name in _changed(a, b)
        if name in _COUNTED_BY_VALUE
    )
    yield from (f"  {count:5} {change}" for change, count in counts.most_common())


def _shown(before: Line | None, after: Line | None) -> str:
    line = before or after or {}
    if "held_out" in line["text"]:
        return f"{line['text']}: one that is kept aside"
    place = f"{line['text']} {line['surface']!r} at {line['at'][0]}:{line['at'][1]}"
    if before and after and before["disposition"] == after["disposition"]:
        return f"{place}: " + "; ".join(f"{n} {before.get(n)!r} -> {after.get(n)!r}" for n in _changed(before, after))
    return f"{place}: " + " -> ".join(_brief(one) for one in (before, after) if one)


def _brief(line: Line) -> str:
    if line["disposition"] != "fact":
        return f"{line['numeral_class']} ({line['reason']})"
    names = ("kind", "value", "unit", "period_type", "year", "metric", "rule")
    return " ".join(str(line[name]) for name in names)
