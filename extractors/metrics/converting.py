"""A card of the old language in the new: the same wordings, proved by compiling both, or a refusal.

Here: the conversion of one card's text. It goes with `old_language`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

from extractors.errors import ImpactError
from extractors.metrics.card_errors import first_error
from extractors.metrics.card_models import SourceCard
from extractors.metrics.card_writing import lines_of, metric_lines
from extractors.metrics.old_language import OldCard, old_groups
from extractors.metrics.worded import Worded, Wording
from extractors.metrics.yaml_text import nodes_of, plain_data, tokens_of

_REACHES = {"sentence": "sentence", "before": "before", "page": "near"}
_KEPT = ("label", "unit", "measure", "description", "as_of", "share_of", "dimensions", "range")
_OWN = ("kinds", "period", "members", "part", "labelled")


class CannotSay(ImpactError):
    """The new language has no way to say the same; write the metric that is named by hand."""


@dataclass(frozen=True)
class Converted:
    """The text of the card in the new language, and the comments that have no place in it."""

    text: str
    lost: tuple[str, ...]


def converted(text: str) -> Converted:
    """The card that `text` is, which was read by `card.load_card` before, in the new language.

    Raises:
        CannotSay: the new language cannot say the same.
    """
    data: Any = plain_data(text)
    old = OldCard.model_validate(data)
    names = _names(data)
    glossary = {names[name]: terms for name, terms in data.get("classes", {}).items()}
    metrics = {slug: _metric(slug, metric, names) for slug, metric in data["metrics"].items()}
    written = _written(text, data, glossary, metrics)
    _prove(old, written.text)
    return written


def _prove(old: OldCard, text: str) -> None:
    """Raise unless `text` is a card that says all that the old one does, and no more."""
    try:
        new = SourceCard.model_validate(plain_data(text))
    except ValidationError as error:
        raise CannotSay(f"the new language cannot say it: {first_error(error, SourceCard)}") from error
    for slug, metric in old.metrics.items():
        same = all(getattr(metric, key) == getattr(new.metrics[slug], key) for key in _KEPT if key != "dimensions")
        over = getattr(metric, "undated_from", 0)
        same = same and all(metric.is_total(n) == new.metrics[slug].is_total(n) for n in (0, max(over - 1, 0), over))
        if not same or _canonical(old.worded[slug]) != _canonical(new.worded[slug]):
            raise CannotSay(f"metrics.{slug}: the new language cannot say the same; write this metric anew by hand")
    besides = {"metrics", "classes", "glossary"}
    if old.model_dump(exclude=besides) != new.model_dump(exclude=besides) or old.metrics.keys() != new.metrics.keys():
        raise CannotSay("what stands beside its metrics would change; write the card anew by hand")


def _canonical(worded: Worded) -> Any:
    """What the wordings come to, whatever the order of words of which one must stand, or none may."""
    dimensions = {name: {m: set(t) for m, t in members.items()} for name, members in worded.dimensions.items()}
    return dimensions, [_set_of(one, worded.only) for one in worded.wordings]


def _set_of(one: Wording, only: Sequence[str]) -> tuple[Any, ...]:
    never = [frozenset(terms) for terms in (one.forbid, one.unless, one.not_before)]
    says = [frozenset(terms) for terms in one.says]
    about = [(reach, frozenset(terms)) for reach, terms in one.about]
    more = (one.kinds, one.period, one.members, one.part, one.labelled)
    return (tuple(dict.fromkeys(one.counts)), says, about, never, {*only, *one.only}, more)


def _names(data: Mapping[str, Any]) -> dict[str, str]:
    """Class -> its name in the glossary: another where a metric also has the name as a plain word."""
    words = set(_texts(data["metrics"]))
    taken = set(data.get("classes", {}))
    names = {}
    for name in data.get("classes", {}):
        new = name
        while new in words or (new != name and new in taken):
            new += "_words"
        names[name] = new
        taken.add(new)
    return names


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value


def _metric(slug: str, metric: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    found = {key: metric[key] for key in _KEPT if key in metric}
    if "dimensions" in found:
        found["dimensions"] = {
            dimension: {member: _terms(terms, names) for member, terms in members.items()}
            for dimension, members in found["dimensions"].items()
        }
    if metric.get("undated"):
        over = metric.get("undated_from", 0)
        found |= {"total_when_undated_over": over} if over > 0 else {"total_when_undated": True}
    wordings = [_keys(f"metrics.{slug}.match[{n}]", one, names) for n, one in enumerate(metric["match"])]
    nevers = [_never(one, names) for one in metric["match"]]
    shared = [one for one in nevers[0] if all(one in never for never in nevers)]
    only = _terms(metric.get("only", []), names)
    alone = len(wordings) == 1
    if alone or (nevers[0] == shared and set(wordings[0].get("only", ())) <= set(only)):
        first = wordings.pop(0)
        only += [term for term in first.pop("only", []) if term not in only]
        nevers.pop(0)
    else:
        first = {}
    found |= {key: first[key] for key in ("counts", "when") if key in first}
    found |= {"never": _reached(shared)} if shared else {}
    found |= {"only": only} if only else {}
    found |= {key: first[key] for key in _OWN if key in first}
    if wordings:
        own = [[one for one in never if one not in shared] for never in nevers]
        found["also"] = [_with_never(one, never) for one, never in zip(wordings, own, strict=True)]
    return found


def _with_never(keys: Mapping[str, Any], never: list[tuple[str, str]]) -> dict[str, Any]:
    found = {key: keys[key] for key in ("counts", "when") if key in keys}
    found |= {"never": _reached(never)} if never else {}
    return found | {key: keys[key] for key in ("only", *_OWN) if key in keys}


def _keys(place: str, wording: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if counts := _terms(wording.get("counts", []), names):
        found["counts"] = _short(counts)
    within = wording.get("within", "page")
    about = old_groups(wording.get("about", []))
    if about and within not in _REACHES:
        raise CannotSay(
            f"{place}: `about` within the clause has no twin in the new language; "
            "make it `says`, or `within: sentence`, see what the page then gives, and convert again"
        )
    when = [{"clause": _short(_terms(group, names))} for group in old_groups(wording.get("says", []))]
    when += [{_REACHES[within]: _short(_terms(group, names))} for group in about]
    found |= {"when": when} if when else {}
    found |= {"only": only} if (only := _terms(wording.get("only", []), names)) else {}
    return found | {key: wording[key] for key in _OWN if key in wording}


def _never(wording: Mapping[str, Any], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """The words that may not stand somewhere, each with how near."""
    reaches = (("clause", "not"), ("sentence", "unless"), ("leading", "not_before"))
    return [(reach, term) for reach, key in reaches for term in _terms(wording.get(key, []), names)]


def _reached(never: list[tuple[str, str]]) -> list[Any]:
    found: list[Any] = [term for reach, term in never if reach == "clause"]
    for reach in ("sentence", "leading"):
        terms = [term for one, term in never if one == reach]
        found += [{reach: _short(terms)}] if terms else []
    return found


def _terms(value: Any, names: Mapping[str, str]) -> list[str]:
    listed = [value] if isinstance(value, str) else value
    return list(dict.fromkeys(names.get(one.strip("<>"), one) if one.startswith("<") else one for one in listed))


def _short(terms: list[str]) -> Any:
    return terms[0] if len(terms) == 1 else terms


def _written(text: str, data: Mapping[str, Any], glossary: Mapping[str, Any], metrics: Mapping[str, Any]) -> Converted:
    """The card's text with its classes and metrics written anew; all else as it stands, with its comments."""
    root = nodes_of(text)
    lines, comments = text.splitlines(), _comments(text)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        new = {("glossary" if key == "classes" else key): value for key, value in data.items()}
        new |= {"metrics": metrics} | ({"glossary": glossary} if glossary else {})
        found = [line for key, value in new.items() for line in lines_of(key, value)]
        return Converted("\n".join(found) + "\n", tuple(comments.values()))
    nodes = {key.value: (key, value) for key, value in root.value}
    begins = [_with_comments(lines, key) for key, _ in nodes.values()]
    found, kept = lines[: begins[0]], set(range(begins[0]))
    for (name, (key, value)), begin, end in zip(nodes.items(), begins, [*begins[1:], len(lines)], strict=True):
        if name not in ("classes", "metrics"):
            found += lines[begin:end]
            kept |= set(range(begin, end))
            continue
        found += [*lines[begin : key.start_mark.line], "glossary:" if name == "classes" else "metrics:"]
        kept |= set(range(begin, key.start_mark.line))
        entries = glossary if name == "classes" else metrics
        for (one, said), (own, _) in zip(entries.items(), value.value, strict=True):
            above = range(_with_comments(lines, own), own.start_mark.line)
            parted = above.start > key.start_mark.line + 1 and not lines[above.start - 1].strip()
            found += [*([""] if parted else []), *(lines[n] for n in above)]
            found += metric_lines(one, said) if name == "metrics" else lines_of(one, said, 2)
            kept |= set(above)
        found += [] if lines[end - 1].strip() else [""]
    return Converted("\n".join(found) + "\n", tuple(said for line, said in comments.items() if line not in kept))


def _with_comments(lines: Sequence[str], key: yaml.Node) -> int:
    """Where the comment begins that stands right above the line that a key begins."""
    at = key.start_mark.line
    if lines[at][: key.start_mark.column].strip():
        return at
    while at and lines[at - 1].lstrip().startswith("#"):
        at -= 1
    return at


def _comments(text: str) -> dict[int, str]:
    """Line -> the comment on it: what stands between two tokens and is not blank."""
    found: dict[int, str] = {}
    end = 0
    for token in tokens_of(text):
        gap = text[end : token.start_mark.index]
        line = token.start_mark.line - gap.count("\n")
        found |= {line + n: one.strip() for n, one in enumerate(gap.split("\n")) if one.lstrip().startswith("#")}
        end = max(end, token.end_mark.index)
    return found
