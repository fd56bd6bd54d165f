"""What people settled, as data: one record a decision, kept in `decisions/<source>.yaml` of the home.

The file is made to be read, edited by hand and kept in git; what it says wrongly is told with its line and the nearest
word that would be right. Which facts a decision is about is for `anchoring`, what becomes of them for `deciding`.
"""

import datetime as dt
import difflib
import hashlib
import re
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

from extractors.errors import InputError
from extractors.metrics.card import SourceCard
from extractors.metrics.yaml_text import MAX_CHARACTERS, NotPlain, plain_data
from extractors.records import PeriodType, Qualifier
from warehouse.durable import sync_folder, write_file
from warehouse.home import Home, HomeUnreadable, HomeUnwritable

FIGURE = re.compile(r"([^\[\]]*)\[([^\[\]]+)\]([^\[\]]*)")
"""A quote: the figure in brackets, with the words either side."""
HEAD = """\
# What people settled about the statements of {source}. `impact decide` adds to this file, `impact undecide ID` takes
# out; it may be edited by hand, and `impact build` publishes what it says.
"""
_LARGEST, _PLACES = Decimal(10) ** 28, -10
_SHOWN = 80
_WIDTH = 118
_ACTIONS = ("metric", "value", "unit", "year", "edition_offset", "period_type", "qualifier")
_OF_A_STATEMENT = ("capture", "quote", "headings", "value", "qualifier", "year")
_OF_A_WORDING = ("wording", "edition_offset")


class BadDecision(InputError):
    """A decision cannot be used as it stands. The message names the file, the line and what would be right."""


class UnknownDecision(InputError):
    """There is no decision of that id. The message names those there are."""


def _number(value: object) -> object:
    """A number of YAML as it is written, without the digits that a binary fraction adds."""
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return dt.datetime.fromisoformat(value)
    except ValueError:
        raise ValueError("write a time as 2026-11-30T17:05:00Z") from None


def _items(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


Number = Annotated[Decimal, BeforeValidator(_number)]
Moment = Annotated[dt.datetime, BeforeValidator(_moment)]
Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_items)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False, populate_by_name=True)


class Expect(_Strict):
    """How the statement was read when it was decided: its figure, and the metric that the rules gave it."""

    surface: Text
    value: Number
    period_type: PeriodType
    year: int | None = None
    metric: str | None = None


class Decision(_Strict):
    """One decision: who made it, on what, and what is to hold.

    `for` a statement it is about the one figure of a page; for a wording about every statement put in the same words.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    who: Text
    when: Moment
    why: Text
    made_for: Literal["statement", "wording"] = Field(default="statement", alias="for")
    capture: Text | None = None
    headings: Texts = ()
    quote: Text | None = None
    """The figure in brackets with some words either side."""
    wording: Text | None = None
    expect: Expect
    metric: str | None = None
    members: dict[str, str] = {}
    """The part it speaks of, by dimension; none for a total."""
    value: Number | None = None
    unit: Text | None = None
    year: int | None = Field(default=None, ge=1, le=9999)
    edition_offset: int | None = Field(default=None, ge=-200, le=1)
    """For a wording: the year is the edition and so many more; -1 is the year before."""
    period_type: PeriodType | None = None
    qualifier: Qualifier | None = None
    exclude: Text | None = None
    """Why the number is no statistic."""
    dismiss: bool = False
    """A true statistic that is not followed: it leaves the queue, and states no cell."""

    @field_validator("when")
    @classmethod
    def _in_utc(cls, value: dt.datetime) -> dt.datetime:
        if value.tzinfo is None:
            raise ValueError("write a time with its zone, as 2026-11-30T17:05:00Z")
        return value.astimezone(dt.UTC)

    @field_validator("value")
    @classmethod
    def _can_be_kept(cls, value: Decimal | None) -> Decimal | None:
        if value is not None and (abs(value) >= _LARGEST or int(value.as_tuple().exponent) < _PLACES):
            raise ValueError("a value is below 10^28 and has ten decimals at most")
        return value

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        statement = self.made_for == "statement"
        foreign = [name for name in (_OF_A_WORDING if statement else _OF_A_STATEMENT) if getattr(self, name)]
        if foreign:
            other = "wording" if statement else "statement"
            hint = "; give `edition_offset`, the years from the edition on" if foreign == ["year"] else ""
            raise ValueError(f"`{foreign[0]}` is for a decision on a {other}{hint}")
        for name in ("capture", "quote") if statement else ("wording",):
            if getattr(self, name) is None:
                raise ValueError(f"`{name}` is missing, which says what it is about")
        if self.quote is not None:
            found = FIGURE.fullmatch(self.quote)
            if found is None or _folded(found[2]) != _folded(self.expect.surface):
                raise ValueError(f"`quote` has the figure in brackets, once: [{self.expect.surface}]")
        does = [name for name in ("exclude", "dismiss", *_ACTIONS) if getattr(self, name) not in (None, False)]
        if not does:
            raise ValueError("it decides nothing: give a metric, a correction, `exclude` or `dismiss: true`")
        if len(does) > 1 and {"exclude", "dismiss"} & set(does):
            raise ValueError(f"`{does[0]}` stands alone, without `{does[1]}`")
        if self.members and self.metric is None:
            raise ValueError("`members` are of a `metric`")
        return self

    @property
    def figure(self) -> tuple[str, str, str]:
        """What stands before the figure in the quote, the figure, what stands after it."""
        found = FIGURE.fullmatch(self.quote or "")
        return (found[1], found[2], found[3]) if found else ("", "", "")

    @property
    def corrects(self) -> bool:
        """Whether it says that the page, or its reading, is wrong in a figure or a time."""
        given = (self.value, self.unit, self.year, self.edition_offset, self.period_type, self.qualifier)
        return any(one is not None for one in given)

    @property
    def action(self) -> str:
        """What it does, readable: `metric hotline_calls, caller=child; value 5`."""
        if self.dismiss:
            return "dismissed"
        if self.exclude:
            return f"excluded: {self.exclude}"
        parts = [f"metric {', '.join([self.metric, *breakdown(self.members)])}"] if self.metric else []
        if self.edition_offset is not None:
            parts.append(f"year edition{self.edition_offset:+d}" if self.edition_offset else "year edition")
        given = {"value": self.value, "unit": self.unit, "year": self.year}
        given |= {"period type": self.period_type, "qualifier": self.qualifier}
        return "; ".join([*parts, *(f"{name} {one}" for name, one in given.items() if one is not None)])

    @property
    def subject(self) -> tuple[object, ...]:
        """What it is about: two decisions with one subject contradict or repeat each other."""
        if self.made_for == "wording":
            return ("wording", self.wording)
        return ("statement", self.capture, _folded(self.quote or ""), tuple(map(_folded, self.headings)))


def breakdown(members: dict[str, str]) -> list[str]:
    """Members as tables write them, sorted."""
    return sorted(f"{dimension}={member}" for dimension, member in members.items())


def new_id(subject: object, who: str, when: dt.datetime) -> str:
    """A short id that does not change; the same for nobody else."""
    return f"d{hashlib.sha256(repr((subject, who, when)).encode()).hexdigest()[:7]}"


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
            raise place.error(*told(error)) from None
        if any(other.id == decision.id for other in found):
            raise place.error(("id",), f"the id {decision.id} stands twice")
        if card is not None and (wrong := unknown_word(decision, card)):
            raise place.error(*wrong)
        found.append(decision)
    return tuple(sorted(found, key=lambda one: (one.when, one.id)))


def unknown_word(decision: Decision, card: SourceCard) -> tuple[tuple[str, ...], str] | None:
    """Where a decision names a metric, dimension or member that its card has not, and what it may have meant."""
    if decision.metric is None:
        return None
    if decision.metric not in card.metrics:
        return (
            "metric",
        ), f"no metric '{decision.metric}' on the card of {card.id}{nearest(decision.metric, card.metrics)}"
    dimensions = card.metrics[decision.metric].dimensions
    for dimension, member in decision.members.items():
        if dimension not in dimensions:
            problem = f"{decision.metric} has no dimension '{dimension}'{nearest(dimension, dimensions)}"
            return ("members", dimension), problem
        if member not in dimensions[dimension]:
            problem = (
                f"{dimension} of {decision.metric} has no member '{member}'{nearest(member, dimensions[dimension])}"
            )
            return ("members", dimension), problem
    return None


def nearest(word: str, known: Iterable[str]) -> str:
    """What somebody may have meant, or else all there is, if that is little."""
    some = list(known)
    near = difflib.get_close_matches(word[:_SHOWN].lower(), some, n=1, cutoff=0.5)
    if near:
        return f"; did you mean {near[0]}?"
    if not some:
        return "; there is none"
    return f"; there are {', '.join(sorted(some))}" if len(some) <= 8 else ""


def add(home: Home, source: str, decision: Decision, *, instead_of: Collection[str] = ()) -> tuple[str, ...]:
    """Put a decision on record, in the place of others by their ids; which of them there were.

    For the holder of the writer lock.

    Raises:
        BadDecision: the file cannot be used as it is.
        HomeUnwritable: the disk refuses; then the file is what it was.
    """
    known = load(home, source)
    taken = {one.id for one in known if one.id in instead_of}
    _save(home, source, f"{_without(home, source, known, taken).rstrip()}\n\n{_block(decision)}")
    return tuple(one.id for one in known if one.id in instead_of)


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
    all_of_it = load(home, source)
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
    root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
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
        root: Any = yaml.compose(self.text, Loader=yaml.SafeLoader)
        node = root.value[self.number]
        line = node.start_mark.line
        for key in keys:
            pairs = node.value if isinstance(node, yaml.MappingNode) else []
            found = next(((name, value) for name, value in pairs if name.value == key), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        return BadDecision(f"{self.path}:{line + 1}: {problem}")


def told(error: ValidationError) -> tuple[tuple[str, ...], str]:
    """The keys and the words of the first thing that is wrong with a decision."""
    errors = error.errors(include_url=False)
    first = next((one for one in errors if one["type"] == "extra_forbidden"), errors[0])
    keys = tuple(str(part) for part in first["loc"])
    name = ".".join(keys)
    match first["type"]:
        case "extra_forbidden":
            model = Expect if keys[:1] == ("expect",) else Decision
            known = [field.alias or name for name, field in model.model_fields.items()]
            hint = nearest(keys[-1], known) or f"; known are {', '.join(known)}"
            return keys, f"unknown key '{keys[-1][:_SHOWN]}'{hint}"
        case "missing":
            return keys, f"`{name}` is missing"
        case "value_error":
            said = str(first["msg"]).removeprefix("Value error, ")
            return keys, f"{name}: {said}" if name else said
        case "literal_error":
            field = {"period_type": PeriodType, "qualifier": Qualifier}.get(keys[-1])
            words = list(get_args(field)) if field else ["statement", "wording"]
            return keys, f"{name}: {str(first['input'])[:_SHOWN]!r} is none{nearest(str(first['input']), words)}"
    shown, problem = str(first["input"])[:_SHOWN], str(first["msg"])
    return keys, f"{name}: {shown!r} cannot be used: {problem[:1].lower()}{problem[1:]}"


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
