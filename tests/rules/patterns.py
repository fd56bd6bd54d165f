"""Every regular expression of the extractor, wherever it is written, behind a switch.

Imported before the extractor: `re.compile` then hands out switches, which note the texts they match in and, switched
off, match nothing. So patterns in tables, in dictionaries and compiled late are found like those that have a name.
"""

import ast
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]
CODE = str(ROOT / "extractors")
_compile = re.compile


class Switch:
    """A compiled pattern that can be switched off; `texts` holds where it matched."""

    reading = ""
    """The text that is being read."""

    def __init__(self, pattern: re.Pattern[str], file: str, line: int) -> None:
        self._pattern, self.file, self.line = pattern, file, line
        self.name = ""
        self.is_off = False
        self.texts: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)

    def _seen(self, found: Any) -> Any:
        if found and not self.is_off:
            self.texts.add(Switch.reading)
            return found
        return None

    def match(self, *given: Any, **named: Any) -> Any:
        return self._seen(self._pattern.match(*given, **named))

    def search(self, *given: Any, **named: Any) -> Any:
        return self._seen(self._pattern.search(*given, **named))

    def fullmatch(self, *given: Any, **named: Any) -> Any:
        return self._seen(self._pattern.fullmatch(*given, **named))

    def finditer(self, *given: Any, **named: Any) -> Any:
        return iter(self._seen(list(self._pattern.finditer(*given, **named))) or ())

    def findall(self, *given: Any, **named: Any) -> Any:
        return self._seen(self._pattern.findall(*given, **named)) or []

    def split(self, text: Any, *given: Any, **named: Any) -> Any:
        return self._pattern.split(text, *given, **named) if self._seen(self._pattern.search(text)) else [text]

    def sub(self, to: Any, text: Any, *given: Any, **named: Any) -> Any:
        return self._pattern.sub(to, text, *given, **named) if self._seen(self._pattern.search(text)) else text


SWITCHES: dict[tuple[Any, ...], Switch] = {}


def install() -> None:
    """Let every pattern that the extractor compiles from now on be a switch."""

    def compiled(pattern: Any, flags: Any = 0) -> Any:
        frame = sys._getframe(1)
        made = _compile(pattern, flags)
        file = frame.f_code.co_filename
        if not file.startswith(CODE) or not isinstance(made, re.Pattern):
            return made
        key = (file, frame.f_lineno, made.pattern, made.flags)
        return SWITCHES.setdefault(key, Switch(made, file, frame.f_lineno))

    re.compile = compiled  # type: ignore[assignment]


def name_all(modules: list[ModuleType]) -> list[Switch]:
    """Give each switch the name under which a module holds it, or its wording, and the line of that; in their order."""
    for module in modules:
        stem = module.__name__.removeprefix("extractors.")
        for name, value in vars(module).items():
            if not name.startswith("__"):
                _name(value, f"{stem}.{name}", str(module.__file__), name, None)
    for switch in SWITCHES.values():
        switch.name = switch.name or f"{Path(switch.file).stem}:{switch.line}"
    taken = Counter(switch.name for switch in SWITCHES.values())
    for number, switch in enumerate(SWITCHES.values()):
        if taken[switch.name] > 1:
            switch.name += f"#{number}"
    return sorted(SWITCHES.values(), key=lambda switch: (switch.file, switch.line, switch.name))


def _name(value: Any, label: str, file: str, name: str, item: int | None) -> None:
    for switch in [value] if isinstance(value, Switch) else _written_as(value):
        if not switch.name and (isinstance(value, Switch) or switch.file == file):
            switch.name = label
            if item is not None:
                switch.line = _lines(file).get((name, item), switch.line)
    if item is None:
        items = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple | list) else ()
        )
        for number, (key, one) in enumerate(list(items)):
            reason = getattr(one, "reason", None)
            _name(one, f"{label}[{key}{' ' + reason if reason else ''}]", file, name, number)


def _written_as(value: Any) -> list[Switch]:
    """The switches compiled late from a wording: a string of a dictionary, the field of a row."""
    wording = value if isinstance(value, str) else getattr(getattr(value, "read", value), "wording", None)
    if not isinstance(wording, str) or len(wording) < 2:
        return []
    return [
        switch for switch in SWITCHES.values() if wording == switch.pattern or f">{wording})" in str(switch.pattern)
    ]


@cache
def _lines(file: str) -> dict[tuple[str, int], int]:
    """The line of each item of a tuple, list or dictionary that a module names."""
    found = {}
    for node in ast.parse(Path(file).read_text(encoding="utf-8")).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        items = value.keys if isinstance(value, ast.Dict) else getattr(value, "elts", [])
        for number, item in enumerate(items):
            if isinstance(target, ast.Name) and item is not None:
                found[target.id, number] = item.lineno
    return found
