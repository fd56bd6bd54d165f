"""The file of the decisions about a source: `decisions/<source>.yaml`, read, added to and taken out of.

It is made to be read, edited by hand and kept in git: what it says wrongly is told with its line, and what somebody
wrote between the decisions stays. What a decision may say is for `decisions`.
"""

from collections.abc import Collection, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from extractors.errors import InputError
from extractors.metrics.card import SourceCard
from extractors.metrics.yaml_text import MAX_CHARACTERS, NotPlain, nodes_of, plain_data
from warehouse.decisions import BadDecision, Decision, first_problem, nearest, unknown_word
from warehouse.durable import sync_folder, write_file
from warehouse.home import Home, HomeUnreadable, HomeUnwritable

HEAD = """\
# What people settled about the statements of {source}. `impact decide` adds to this file, `impact undecide ID` takes
# out; it may be edited by hand, and `impact build` publishes what it says.
"""
_WIDTH = 118


class UnknownDecision(InputError):
    """There is no decision of that id. The message names those there are."""


def file_of(home: Home, source: str) -> Path:
    """Where the decisions about a source lie."""
    return home.decisions / f"{source}.yaml"


def sources_decided(home: Home) -> list[str]:
    """The sources about which something is decided, sorted."""
    return sorted(path.stem for path in home.decisions.glob("*.yaml"))


def load(home: Home, source: str, card: SourceCard | None = None) -> tuple[Decision, ...]:
    """The decisions about a source, by time; with its card their metrics and members are checked.

    Raises:
        BadDecision: one cannot be used; with file and line.
        HomeUnreadable: the disk refuses.
    """
    path = file_of(home, source).resolve()  # a scratch home has but a link to it
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as error:
        raise BadDecision(f"{path}: is not UTF-8 text (byte {error.start})") from error
    except OSError as error:
        raise HomeUnreadable.because(path, error) from error
    return read(text, path, card)


def read(text: str, path: Path, card: SourceCard | None = None) -> tuple[Decision, ...]:
    """The decisions that a text holds, by time.

    Raises:
        BadDecision: one cannot be used; with file and line.
    """
    if len(text) > 10 * MAX_CHARACTERS:
        raise BadDecision(f"{path}: holds more than {10 * MAX_CHARACTERS:,} characters")
    try:
        data = plain_data(text)
    except NotPlain as error:
        raise BadDecision(f"{path}{error}") from error
    if data is None:
        return ()
    if not isinstance(data, list):
        raise BadDecision(f"{path}:1: decisions are a list: each starts with `- id: …`")
    found: list[Decision] = []
    for number, one in enumerate(data):
        place = _Place(path, text, number)
        if not isinstance(one, dict):
            raise place.error((), "is no decision: it is a mapping that starts with `id: …`")
        try:
            decision = Decision.model_validate(one)
        except ValidationError as error:
            raise place.error(*first_problem(error)) from None
        if any(other.id == decision.id for other in found):
            raise place.error(("id",), f"the id {decision.id} stands twice")
        if card is not None and (wrong := unknown_word(decision, card)):
            raise place.error(*wrong)
        found.append(decision)
    return tuple(sorted(found, key=lambda one: (one.when, one.id)))


def add(home: Home, source: str, decision: Decision, *, instead_of: Collection[str] = ()) -> tuple[str, ...]:
    """Put a decision on record, in the place of others by their ids; which of them there were.

    For the holder of the writer lock.

    Raises:
        BadDecision: the file cannot be used as it is.
        HomeUnwritable: the disk refuses; then the file is what it was.
    """
    known = load(home, source)
    taken = tuple(one.id for one in known if one.id in instead_of)
    _save(home, source, f"{_without(home, source, known, taken).rstrip()}\n\n{_block(decision)}")
    return taken


def remove(home: Home, decision_id: str) -> tuple[str, Decision]:
    """Take a decision off the record; its source, and what it was. For the holder of the writer lock.

    Raises:
        UnknownDecision: there is none of that id, or several of them begin so.
        BadDecision: a file cannot be used as it is.
        HomeUnwritable: the disk refuses; then the file is what it was.
    """
    known = [(source, one) for source in sources_decided(home) for one in load(home, source)]
    wanted = [pair for pair in known if pair[1].id == decision_id.strip()]
    wanted = wanted or [pair for pair in known if decision_id.strip() and pair[1].id.startswith(decision_id.strip())]
    if len(wanted) != 1:
        ids = [one.id for _, one in known]
        begun = f"; several begin so: {', '.join(one.id for _, one in wanted)}"
        hint = begun if wanted else nearest(decision_id, ids)
        raise UnknownDecision(f"no decision {decision_id!r} in {home.decisions}{hint}")
    source, decision = wanted[0]
    all_of_it = [one for of, one in known if of == source]
    left = _without(home, source, all_of_it, {decision.id})
    _save(home, source, left if len(all_of_it) > 1 else "")
    return source, decision


def written(source: str, decisions: Sequence[Decision]) -> str:
    """The file of some decisions about a source: by time, so that a new one is lines added at the end."""
    ordered = sorted(decisions, key=lambda one: (one.when, one.id))
    return HEAD.format(source=source) + "".join(f"\n{_block(one)}" for one in ordered)


def _block(decision: Decision) -> str:
    return yaml.safe_dump([_plain(decision)], sort_keys=False, allow_unicode=True, width=_WIDTH)


def _plain(decision: Decision) -> dict[str, Any]:
    """What YAML writes of a decision: what it does not say is left out."""
    data = decision.model_dump(by_alias=True, exclude_defaults=True)
    data["when"] = f"{decision.when:%Y-%m-%dT%H:%M:%S}Z"
    data["for"] = decision.made_for
    data["expect"] = decision.expect.model_dump()
    order = [field.alias or name for name, field in Decision.model_fields.items()]
    return {name: _as_yaml(data[name]) for name in order if name in data}


def _as_yaml(value: object) -> object:
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return int(value) if whole else float(value) if Decimal(str(float(value))) == value else str(value)
    if isinstance(value, dict):
        return {key: _as_yaml(one) for key, one in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _without(home: Home, source: str, known: Sequence[Decision], taken: Collection[str]) -> str:
    """The text of a file without some of its decisions; what somebody wrote between the others stays."""
    try:
        text = file_of(home, source).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return written(source, ())
    except OSError as error:
        raise HomeUnreadable.because(file_of(home, source), error) from error
    root = nodes_of(text)
    if root is None:
        return text
    if root.flow_style:  # not ours, and not by lines
        return written(source, [one for one in known if one.id not in taken])
    lines = text.splitlines(keepends=True)
    for item in reversed(root.value):
        ids = [value.value for name, value in item.value if name.value == "id"]
        if ids[0] in taken:
            first, end = item.start_mark.line, item.end_mark.line + bool(item.end_mark.column)
            while end > first + 1 and lines[end - 1 : end] and lines[end - 1].strip()[:1] in ("", "#"):
                end -= 1  # a remark before the next stays with it
            if lines[first - 1 : first] and lines[first - 1].strip() == "-":
                first -= 1
            del lines[first:end]
    return "".join(lines)


def _save(home: Home, source: str, text: str) -> None:
    """Put a file in its place; without text there is none."""
    path = file_of(home, source)
    read(text, path)
    try:
        if not home.decisions.is_dir():
            home.decisions.mkdir()
            sync_folder(home.root)
        if not text:
            path.unlink(missing_ok=True)
            sync_folder(home.decisions)
            return
    except OSError as error:
        raise HomeUnwritable.because(path, error) from error
    write_file(path, text.encode())


class _Place:
    """Where one decision stands in its file, for the errors about it."""

    def __init__(self, path: Path, text: str, number: int) -> None:
        self.path, self.text, self.number = path, text, number

    def error(self, keys: tuple[str, ...], problem: str) -> BadDecision:
        """One line with file and line of the innermost of the keys that is there."""
        root = nodes_of(self.text)
        node = root.value[self.number]
        line = node.start_mark.line
        for key in keys:
            pairs = node.value if isinstance(node, yaml.MappingNode) else []
            found = next(((name, value) for name, value in pairs if name.value == key), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        return BadDecision(f"{self.path}:{line + 1}: {' '.join(problem.split())}")  # a key may hold several lines
