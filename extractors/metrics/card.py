"""The source card: what one YAML file says about one followed page, checked, with errors a person can act on.

Here: the shape of a card and its reading. How its wordings are applied stands in `mapping`; what their words mean is
described at the head of `sources/ncmec-impact.yaml`. Reads card files and nothing else from disk.
"""

import difflib
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from extractors.errors import InputError
from extractors.links import public_url
from extractors.metrics.matchers import MatcherIndex, compile_matchers
from extractors.metrics.yaml_text import MAX_CHARACTERS, NotPlain, plain_data
from extractors.page_keys import same_page
from extractors.records import Kind, PeriodType

SOURCES = Path(__file__).parents[1] / "sources"
"""The bundled cards, one `ID.yaml` each."""
SAMPLES = SOURCES / "samples"
"""The bundled sample pages, which `sample.pages` of a card names relative to this folder."""


def _terms(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _groups(value: object) -> object:
    if isinstance(value, str):
        return [[value]]
    if isinstance(value, list) and not any(isinstance(v, list) for v in value):
        return [value] if value else []
    return [_terms(v) for v in value] if isinstance(value, list) else value


Term = Annotated[str, Field(pattern=r"[A-Za-z0-9]")]
Terms = Annotated[tuple[Term, ...], BeforeValidator(_terms)]
Groups = Annotated[tuple[Terms, ...], BeforeValidator(_groups)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Url = Annotated[str, Field(pattern=r"^https?://\S+$")]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Wording(_Strict):
    """One way in which a page may state a metric. All that is given must hold."""

    counts: Terms = ()
    says: Groups = ()
    about: Groups = ()
    within: Literal["clause", "sentence", "before", "page"] = "page"
    forbid: Terms = Field(default=(), alias="not")
    unless: Terms = ()
    not_before: Terms = ()
    only: Terms = ()
    kinds: tuple[Kind, ...] = ()
    period: tuple[PeriodType, ...] = ()
    members: Literal["none", "some", "any"] = "any"
    part: bool = False
    labelled: bool | None = None


class Metric(_Strict):
    """What a fact measures. `range`: lowest and highest plausible value; `as_of`: a share that stands at a moment.

    `undated`: a figure for which the page names no time is the total since the beginning; with `undated_from` only one
    from that value on, which no single year reaches.
    """

    label: str
    unit: str
    measure: Literal["flow", "stock", "share", "average"]
    description: str = ""
    as_of: bool = False
    undated: Literal["cumulative"] | None = None
    undated_from: int = 0
    share_of: Slug | None = None
    dimensions: dict[Slug, dict[Slug, Terms]] = {}
    only: Terms = ()
    """Words that narrow no count of it, in whatever wording."""
    match: tuple[Wording, ...] = Field(min_length=1)
    range: tuple[float, float] | None = None

    @model_validator(mode="after")
    def _range_in_order(self) -> Self:
        if self.range and self.range[0] > self.range[1]:
            raise ValueError("range: the lowest value comes first")
        return self


class Identity(_Strict):
    """What must add up: `sum`, the members of a dimension and the total; `shares`, the members and 100.

    Where a capture breaks it, the figures that it joins are held back; the whole capture when it is `certain`, true by
    definition, so that only an error of the page, or of its reading, can break it.
    """

    metric: Slug
    kind: Literal["sum", "shares"]
    dimension: Slug
    certain: bool = False


class Bounds(_Strict):
    """What is told of: a capture with fewer than this share of the last edition's statistics, which is held back.

    `year_on_year`: a figure that is more than so many times that of the year before, or less than one of so many parts.
    """

    min_statistics_share: float = Field(default=0.5, ge=0, le=1)
    year_on_year: float = Field(default=10, gt=1)


class Sample(_Strict):
    """Bundled pages for a refresh without network, and the bounds that hold for them; a web archive for a backfill."""

    pages: tuple[str, ...] = Field(min_length=1)
    history: str | None = None
    bounds: Bounds | None = None


class Address(_Strict):
    """An address at which the page stood, from one year to another, both whole; without, as far as is known."""

    url: Url
    first: int | None = Field(default=None, alias="from", ge=1990, le=2100)
    last: int | None = Field(default=None, alias="to", ge=1990, le=2100)

    @model_validator(mode="after")
    def _years_in_order(self) -> Self:
        if self.first and self.last and self.first > self.last:
            raise ValueError("`from` comes before `to`")
        return self


class Words(_Strict):
    """Words true of the whole card.

    `own` names the organisation, `neutral` words never narrow a count, `programs` name its programmes, `others` name
    whose figures these are not.
    """

    own: Terms = ()
    neutral: Terms = ()
    programs: Terms = ()
    others: Terms = ()


class SourceCard(_Strict):
    """One followed page: where it stands, what it states, what must hold.

    `allow_private`: redirects may lead from a public page to this machine or its network, and from one to the other.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    organisation: str
    title: str
    url: Url
    urls: tuple[Address, ...] = ()
    """Where the page stood before, for what web archives kept of it."""
    fallback: Annotated[str, Field(pattern=r"^(archive$|https?://\S+$)")] | None = None
    """Who is asked what it kept since, while the page cannot be had: the Wayback Machine, or pywb at an address."""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    """ISO 4217 code: the money that a bare dollar sign means."""
    allow_private: bool = False
    words: Words = Words()
    classes: dict[Slug, Terms] = {}
    metrics: dict[Slug, Metric] = {}
    identities: tuple[Identity, ...] = ()
    bounds: Bounds = Bounds()
    sample: Sample | None = None

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        for slug, metric in self.metrics.items():
            for number, rule in enumerate(metric.match):
                place = f"metrics.{slug}.match[{number}]"
                if not rule.counts and metric.measure != "share":
                    raise ValueError(f"{place}: needs `counts`, the noun that is counted")
                if not (rule.counts or rule.says or rule.about):
                    raise ValueError(f"{place}: needs `counts`, `says` or `about`")
                if any(term.endswith("*") for term in rule.counts):
                    raise ValueError(f"{place}.counts: takes whole words, no `*`")
                if rule.members == "some" and not metric.dimensions:
                    raise ValueError(f"{place}.members: the metric has no dimensions")
            if metric.share_of is not None and metric.share_of not in self.metrics:
                hint = _nearest(metric.share_of, self.metrics)
                raise ValueError(f"metrics.{slug}.share_of: no metric {metric.share_of!r} on this card{hint}")
        for number, identity in enumerate(self.identities):
            place = f"identities[{number}]"
            if identity.metric not in self.metrics:
                hint = _nearest(identity.metric, self.metrics)
                raise ValueError(f"{place}.metric: no metric {identity.metric!r} on this card{hint}")
            dimensions = self.metrics[identity.metric].dimensions
            if identity.dimension not in dimensions:
                hint = _nearest(identity.dimension, dimensions)
                raise ValueError(f"{place}.dimension: {identity.metric} has no dimension {identity.dimension!r}{hint}")
        return self

    @property
    def addresses(self) -> tuple[Address, ...]:
        """All addresses the page has had, the present one first; it is open to the end."""
        present = next((one for one in self.urls if same_page(one.url, self.url)), None)
        now = Address.model_validate({"url": self.url, "from": present.first if present else None})
        return (now, *(one for one in self.urls if one is not present))

    @cached_property
    def matchers(self) -> MatcherIndex:
        """The wordings, made ready for `mapping.assign`; built on first use."""
        return compile_matchers(self)


_MOST_TERMS = 100_000


def bundled_sources() -> list[str]:
    """Ids of the bundled cards, sorted."""
    return sorted(path.stem for path in SOURCES.glob("*.yaml"))


@lru_cache(maxsize=16)
def bundled_card(source_id: str) -> SourceCard:
    """The bundled card with this id; `InputError` that suggests the nearest id when there is none."""
    known = bundled_sources()
    if source_id not in known:
        raise InputError(f"unknown source {source_id!r}{_nearest(source_id, known)}; known: {', '.join(known)}")
    return load_card(SOURCES / f"{source_id}.yaml")


def load_card(path: str | Path) -> SourceCard:
    """Read and check a card file; `InputError`, one line with file and place, when it cannot be used."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            raw = file.read(4 * MAX_CHARACTERS + 1)
        text = raw.decode("utf-8-sig") if len(raw) <= 4 * MAX_CHARACTERS else None
    except OSError as error:
        raise InputError(f"{path}: cannot read the source card: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: the source card is not UTF-8 text (byte {error.start})") from error
    except ValueError as error:  # a null character in the name
        raise InputError(f"{str(path)!r}: cannot read the source card: {error}") from error
    if text is None or len(text) > MAX_CHARACTERS:
        raise InputError(f"{path}: the source card holds more than {MAX_CHARACTERS:,} characters; is it a card?")
    try:
        data = plain_data(text)
    except NotPlain as error:
        raise InputError(f"{path}{error}") from error
    if not isinstance(data, dict):
        raise InputError(f"{path}: a source card is a mapping that starts with `id: …`, not {_kind(data)}")
    try:
        return SourceCard.model_validate(_with_classes(data, path))
    except ValidationError as error:
        raise InputError(f"{path}: {_first_error(error)}") from error


def _with_classes(data: dict[Any, Any], path: Path) -> dict[Any, Any]:
    """The card with each `<name>` in a list of terms replaced by the words that `classes` gives the name."""
    classes = data.get("classes")
    if not isinstance(classes, dict) or not isinstance(data.get("metrics"), dict):
        return data

    most = 0

    def filled(value: object) -> object:
        nonlocal most
        if isinstance(value, dict):
            return {key: filled(item) for key, item in value.items()}
        if not isinstance(value, list):
            return value
        items: list[object] = []
        for item in value:
            if isinstance(item, str) and item.startswith("<"):
                name = item.strip("<>")
                if not isinstance(classes.get(name), list):
                    raise InputError(f"{path}: metrics: no class {name!r}{_nearest(name, classes)}")
                most += len(classes[name])
                if most > _MOST_TERMS:
                    raise InputError(
                        f"{path}: metrics: classes fill in more than {_MOST_TERMS:,} terms; name them less often"
                    )
                items += classes[name]
            else:
                items.append(filled(item))
        return items

    return {**data, "metrics": filled(data["metrics"])}


def _first_error(error: ValidationError) -> str:
    errors = error.errors(include_url=False)
    first = next((e for e in errors if e["type"] == "extra_forbidden"), errors[0])
    where, message = _place(first["loc"]), str(first["msg"])
    if first["type"] == "extra_forbidden":
        keys = _keys_at(first["loc"][:-1])
        message = f"unknown key{_nearest(str(first['loc'][-1]), keys) or ', known are ' + ', '.join(keys)}"
    elif first["type"] == "missing":
        message = "is missing"
    elif first["type"] == "value_error":
        message = message.removeprefix("Value error, ")
    elif first["type"] == "string_type":
        message = f"must be text, not {_kind(first['input'])}; write it in quotes"
    elif first["type"] == "literal_error":
        message = f"{_short(first['input'])} is not one of {first['ctx']['expected']}"
    elif first["type"] == "string_pattern_mismatch":
        message = f"{_short(first['input'])} does not fit the pattern {first['ctx']['pattern']}"
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{where}: {message}{more}" if where else message + more


def _short(value: object) -> str:
    shown = repr(public_url(value) if isinstance(value, str) else value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


_SHOWN = 100


def _place(loc: tuple[int | str, ...]) -> str:
    text = ""
    for part in loc:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part[:_SHOWN]}" if text else part[:_SHOWN]
    return text.removesuffix(".[key]")


def _keys_at(loc: tuple[int | str, ...]) -> list[str]:
    """The keys that may stand at `loc`."""
    match loc:
        case ("metrics", _, "match", _):
            model: type[BaseModel] = Wording
        case ("metrics", _):
            model = Metric
        case ("identities", _):
            model = Identity
        case ("urls", _):
            model = Address
        case ("words",):
            model = Words
        case ("bounds",) | ("sample", "bounds"):
            model = Bounds
        case ("sample",):
            model = Sample
        case _:
            model = SourceCard
    return [field.alias or name for name, field in model.model_fields.items()]


def _nearest(name: str, known: Any) -> str:
    near = difflib.get_close_matches(name[:_SHOWN], [one[:_SHOWN] for one in known], n=1)
    return f', did you mean "{near[0]}"?' if near else ""


def _kind(value: object) -> str:
    if value is None or isinstance(value, bool):
        return "nothing" if value is None else "yes/no"
    return {int: "a number", float: "a number", list: "a list", dict: "a mapping"}.get(
        type(value), type(value).__name__
    )
