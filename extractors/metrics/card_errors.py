"""What is wrong with a card, in one line with its place: what pydantic found, as a person can act on it."""

import difflib
from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from extractors.links import public_url

_SHOWN = 100


def first_error(error: ValidationError, model: type[BaseModel]) -> str:
    """The first thing that is wrong, and where; an unknown key before all others, as it may explain them."""
    errors = error.errors(include_url=False)
    first = next((e for e in errors if e["type"] == "extra_forbidden"), errors[0])
    where, message = _place(first["loc"]), str(first["msg"])
    if first["type"] == "extra_forbidden":
        keys = _keys_at(model, first["loc"][:-1])
        message = f"unknown key{nearest(str(first['loc'][-1]), keys) or ', known are ' + ', '.join(keys)}"
    elif first["type"] == "missing":
        message = "is missing"
    elif first["type"] == "value_error":
        message = message.removeprefix("Value error, ")
    elif first["type"] == "string_type":
        message = f"must be text, not {kind_of(first['input'])}; write it in quotes"
    elif first["type"] == "literal_error":
        message = f"{_short(first['input'])} is not one of {first['ctx']['expected']}"
    elif first["type"] == "string_pattern_mismatch":
        message = f"{_short(first['input'])} does not fit the pattern {first['ctx']['pattern']}"
    elif first["type"] in ("model_type", "model_attributes_type"):
        message = f"must be a mapping, not {kind_of(first['input'])}"
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{where}: {message}{more}" if where else message + more


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is likest, as the end of a message; "" when none is like it."""
    near = difflib.get_close_matches(name[:_SHOWN], [one[:_SHOWN] for one in known], n=1)
    return f', did you mean "{near[0]}"?' if near else ""


def kind_of(value: object) -> str:
    """What a value of YAML is, for a person."""
    if value is None or isinstance(value, bool):
        return "nothing" if value is None else "yes/no"
    return {int: "a number", float: "a number", list: "a list", dict: "a mapping"}.get(
        type(value), type(value).__name__
    )


def _short(value: object) -> str:
    shown = repr(public_url(value) if isinstance(value, str) else value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


def _place(loc: tuple[int | str, ...]) -> str:
    text = ""
    for part in loc:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part[:_SHOWN]}" if text else part[:_SHOWN]
    return text.removesuffix(".[key]")


def _keys_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """The keys that may stand at `loc`."""
    for part in loc:
        named = [field for name, field in model.model_fields.items() if part in (name, field.alias)]
        if named:
            model = next(_models_in(named[0].annotation), model)
    return [field.alias or name for name, field in model.model_fields.items()]


def _models_in(annotation: Any) -> Any:
    """The models that an annotation names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
