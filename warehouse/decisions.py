"""What people settled, as data: one record a decision, with what it may say.

What it says wrongly is told with the nearest word that would be right. The file it is kept in is for `decision_files`,
which facts a decision is about for `anchoring`, what becomes of them for `deciding`.
"""

import datetime as dt
import difflib
import hashlib
import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

from extractors.errors import InputError
from extractors.metrics.card import SourceCard
from extractors.numbers.intervals import LARGEST, PLACES
from extractors.records import PeriodType, Qualifier

FIGURE = re.compile(r"([^\[\]]*)\[([^\[\]]+)\]([^\[\]]*)")
"""A quote: the figure in brackets, with the words either side."""
_SHOWN = 80
_ACTIONS = ("metric", "value", "unit", "year", "edition_offset", "period_type", "qualifier")
_OF_A_STATEMENT = ("capture", "quote", "headings", "value", "qualifier", "year")
_OF_A_WORDING = ("wording", "edition_offset")
OF_TWO_ENDS: tuple[Qualifier, ...] = ("range", "order_of_magnitude")
"""Qualifiers of a figure whose ends the page gives, which a decision cannot."""


class BadDecision(InputError):
    """A decision cannot be used as it stands. The message names the file, the line and what would be right."""


def _number(value: object) -> object:
    """A number of YAML as it is written, without the digits that a binary fraction adds; one no float holds is text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return value
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return value
    return value if isinstance(value, str) and not number.is_finite() else number


def _moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return dt.datetime.fromisoformat(value)
    except ValueError:
        raise ValueError("write a time as 2026-11-30T17:05:00Z") from None


def _given(value: object) -> bool:
    """Whether a field says something; a zero does."""
    return value is not None and value is not False and value not in ((), {})


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
        if value is not None and (abs(value) >= LARGEST or int(value.as_tuple().exponent) < -PLACES):
            raise ValueError("a value is below 10^28 and has ten decimals at most")
        return value

    @field_validator("qualifier")
    @classmethod
    def _has_its_end(cls, value: Qualifier | None) -> Qualifier | None:
        if value in OF_TWO_ENDS:
            raise ValueError(
                f"a decision gives no `{value}`, which has two ends; correct the value, which is exact then"
            )
        return value

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        statement = self.made_for == "statement"
        foreign = [name for name in (_OF_A_WORDING if statement else _OF_A_STATEMENT) if _given(getattr(self, name))]
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
        does = [name for name in ("exclude", "dismiss", *_ACTIONS) if _given(getattr(self, name))]
        if not does:
            raise ValueError("it decides nothing: give a metric, a correction, `exclude` or `dismiss: true`")
        if len(does) > 1 and {"exclude", "dismiss"} & set(does):
            raise ValueError(f"`{does[0]}` stands alone, without `{does[1]}`")
        if self.members and self.metric is None:
            raise ValueError("`members` are of a `metric`")
        return self

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


def number_in(text: str) -> Decimal | None:
    """A number as people write it, such as 1,200 or 93.5; None where it is none."""
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def nearest(word: str, known: Iterable[str]) -> str:
    """What somebody may have meant, or else all there is, if that is little."""
    some = list(known)
    near = difflib.get_close_matches(word[:_SHOWN].lower(), some, n=1, cutoff=0.5)
    if near:
        return f"; did you mean {near[0]}?"
    if not some:
        return "; there is none"
    return f"; there are {', '.join(sorted(some))}" if len(some) <= 8 else ""


def first_problem(error: ValidationError) -> tuple[tuple[str, ...], str]:
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
            words = [one for one in get_args(field) if one not in OF_TWO_ENDS] if field else ["statement", "wording"]
            return keys, f"{name}: {str(first['input'])[:_SHOWN]!r} is none{nearest(str(first['input']), words)}"
    shown, problem = str(first["input"])[:_SHOWN], str(first["msg"])
    return keys, f"{name}: {shown!r} cannot be used: {problem[:1].lower()}{problem[1:]}"


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
