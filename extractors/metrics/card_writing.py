"""Cards as YAML that a person wants to read: what is short on one line, lists in brackets, wrapped.

Here: from plain data to text. What the data mean stands in `card_language`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from extractors.metrics.yaml_text import NotPlain, plain_data

WIDTH = 118
_OPEN = {"glossary", "metrics", "dimensions", "urls", "sample"}
"""Keys whose mapping stands open, a line for each of its own, however short."""
_SENTENCES = {"examples", "not_examples"}
"""Keys whose texts each have a line of their own, or several."""


def lines_of(key: str, value: Any, indent: int = 0) -> Iterator[str]:
    """The lines that give `key` its value, `indent` blanks in."""
    begin = f"{' ' * indent}{scalar(key)}:"
    if isinstance(value, Mapping) and (key in _OPEN or not _fits(begin, value)):
        yield begin
        for name, one in value.items():
            yield from metric_lines(name, one) if key == "metrics" else lines_of(name, one, indent + 2)
    elif isinstance(value, list) and key in _SENTENCES and not _fits(begin, value):
        yield begin
        for one in value:
            yield from _sentence(one, indent + 2)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value) and not _fits(begin, value):
        yield begin
        words = [one for one in value if isinstance(one, str)]  # of `never`, beside words with a reach
        for one in [{"clause": words}, *value] if words else value:
            if isinstance(one, dict):
                yield from _item(one, indent + 2)
    elif isinstance(value, list | dict):
        yield from _wrapped(begin, value)
    else:
        yield f"{begin} {scalar(value)}"


def metric_lines(slug: str, metric: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a metric of a card."""
    yield f"  {slug}:"
    for key, value in metric.items():
        yield from lines_of(key, value, 4)


def scalar(value: Any, *, in_list: bool = False) -> str:
    """A text, number or yes/no as YAML; a text in quotes where it would else be read as something else."""
    if not isinstance(value, str):
        return json.dumps(value)
    try:
        plain = value.isprintable() and plain_data(f"- {value}") == [value]
        plain = plain and (not in_list or plain_data(f"[{value}]") == [value])
    except NotPlain:
        plain = False
    return value if plain else json.dumps(value, ensure_ascii=not value.isprintable())


def _sentence(text: str, indent: int) -> Iterator[str]:
    begin = " " * indent + "-"
    lines = text.split("\n")
    if len(lines) == 1 or not all(line.isprintable() for line in lines) or text != text.strip():
        yield f"{begin} {scalar(text)}"
        return
    yield f"{begin} |-"
    yield from (f"{' ' * (indent + 2)}{line}".rstrip() for line in lines)


def _item(value: Mapping[str, Any], indent: int) -> Iterator[str]:
    begin = " " * indent + "-"
    if len(value) == 1 or _fits(begin, value):
        yield from _wrapped(begin, value)
        return
    lines = [line for key, one in value.items() for line in lines_of(key, one, indent + 2)]
    yield f"{begin} {lines[0].lstrip()}"
    yield from lines[1:]


def _fits(begin: str, value: Any) -> bool:
    return len(f"{begin} {' '.join(_pieces(value))}") <= WIDTH


def _wrapped(begin: str, value: Any) -> Iterator[str]:
    """The value in brackets behind `begin`, each further line below the first word in the innermost bracket."""
    line, pieces = begin, list(_pieces(value))
    within = len(begin) + 1 + (len(pieces[0]) - len(pieces[0].lstrip("[{")))
    if isinstance(value, Mapping):
        within = len(begin) + 1 + pieces[0].count("{")
        within += len(pieces[0]) + 1 if len(pieces) > 1 and pieces[1].startswith("[") else 0
    for piece in pieces:
        if len(line) + 1 + len(piece) > WIDTH and line.strip():
            yield line
            line = " " * (within - 1)
        line += f" {piece}"
    yield line


def _pieces(value: Any) -> Iterator[str]:
    """A value in one line, in the pieces between which it may be broken."""
    if isinstance(value, Mapping):
        parts: Iterable[list[str]] = ([f"{scalar(key, in_list=True)}:", *_pieces(one)] for key, one in value.items())
        yield from _bracketed(list(parts), "{}")
    elif isinstance(value, list | tuple):
        yield from _bracketed([list(_pieces(one)) for one in value], "[]")
    else:
        yield scalar(value, in_list=True)


def _bracketed(parts: Sequence[list[str]], brackets: str) -> Iterator[str]:
    pieces = [piece if piece is not part[-1] else f"{piece}," for part in parts for piece in part]
    if not pieces:
        yield brackets
        return
    pieces[0] = brackets[0] + pieces[0]
    pieces[-1] = pieces[-1][:-1] + brackets[1]
    yield from pieces
