"""Plain data from the YAML of a card, within bounds: what could exhaust or surprise is refused where it stands.

The text is looked through before it is loaded: an endless nesting would end the process, an alias that repeats aliases
fill the memory. Nothing about cards stands here.
"""

from collections.abc import Iterator
from typing import Any

import yaml

from extractors.errors import InputError

MAX_CHARACTERS = 1_000_000
_MAX_DEPTH = 20
_MAX_NODES = 100_000
"""With what aliases repeat."""
_SHOWN = 60


class NotPlain(InputError):
    """The text is no YAML, or not of the plain kind: the message begins with the place, as `:line:column`."""


def plain_data(text: str) -> object:
    """What the text says, with text, numbers, yes and no, nothing, lists, and mappings from text.

    A date is text. Raises `NotPlain`.
    """
    try:
        _look_through(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - _Loader is a safe loader
    except yaml.YAMLError as error:
        raise NotPlain(_told(error)) from error


def nodes_of(text: str) -> Any:
    """The same text as nodes, for what lies where in it. Another parser could refuse what `plain_data` has read."""
    return yaml.compose(text, Loader=_Loader)


def tokens_of(text: str) -> Iterator[Any]:
    """The same text as tokens, for what stands between them."""
    tokens: Iterator[Any] = yaml.scan(text, Loader=_Loader)
    return tokens


def _look_through(text: str) -> None:
    """Refuse tags, nesting and repetition beyond bounds."""
    sizes: dict[str, int] = {}
    opened: list[tuple[str | None, int]] = []  # the anchor of each open collection, and the nodes before it
    nodes = 0
    for event in yaml.parse(text, Loader=_Loader):
        if tag := getattr(event, "tag", None):
            raise _refusal(event, f"the tag {tag[:_SHOWN]} is not read: write plain text, numbers, lists and mappings")
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in sizes:
                raise _refusal(event, f"*{event.anchor} stands for nothing written before it")
            nodes += sizes[event.anchor]
        elif isinstance(event, yaml.NodeEvent):
            nodes += 1
            if isinstance(event, yaml.CollectionStartEvent):
                opened.append((event.anchor, nodes))
            elif event.anchor:
                sizes[event.anchor] = 1
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = opened.pop()
            if anchor:
                sizes[anchor] = nodes - before + 1
        if len(opened) > _MAX_DEPTH:
            raise _refusal(event, f"nested more than {_MAX_DEPTH} deep")
        if nodes > _MAX_NODES:
            raise _refusal(event, f"more than {_MAX_NODES:,} values, counting what aliases repeat")


def _refusal(event: Any, problem: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The quickest safe loader there is. Keys are text and stand once: YAML would silently overwrite."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag not in _TEXT:
                shown = f" {key.value[:_SHOWN]!r}" if isinstance(key.value, str) else ""
                problem = f"the key{shown} is not text; write it in quotes"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            if key.value in seen:
                problem = f"the key {key.value[:_SHOWN]!r} stands twice"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            seen.add(key.value)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, OverflowError) as error:  # a number of thousands of digits, or of odd parts
            problem = f"{str(node.value)[:_SHOWN]!r} cannot be read as a number; write it in quotes if it is text"
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from error


_TEXT = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:merge")
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}


def _told(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
    place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
    return f"{place}: not valid YAML: {' '.join(str(problem).split())}"
