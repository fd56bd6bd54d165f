"""What a card may say of a metric, and what that is compiled to: the models of `counts`, `when`, `never`, `also`.

Here: the language itself. The card around it stands in `card_models`, its description for those who write cards in
`docs/adding-a-page.md`.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from extractors.metrics.card_errors import kind_of, nearest
from extractors.metrics.card_examples import parsed
from extractors.metrics.worded import Reach, Worded, Wording, Words
from extractors.records import Kind, PeriodType


def _listed(value: object) -> object:
    return [value] if isinstance(value, str | dict) else value


Term = Annotated[str, Field(pattern=r"[A-Za-z0-9]")]
Terms = Annotated[tuple[Term, ...], BeforeValidator(_listed)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Measure = Literal["flow", "stock", "share", "average"]
_REACHES: dict[str, Reach] = {"sentence": "sentence", "before": "before", "near": "page"}
"""What a reach of `when` beyond the clause is called within."""


class Strict(BaseModel):
    """A part of a card: it never changes, and knows all its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Entry(Strict):
    """Words of like meaning under a name; `with_`: words that narrow no count where a metric asks for one of them."""

    words: Terms = Field(alias="is", min_length=1)
    with_: Terms = Field(default=(), alias="with")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        return {"is": value} if isinstance(value, str | list) else value


Glossary = Mapping[str, Entry]


class When(Strict):
    """One of these words must stand so near: exactly one reach is given."""

    clause: Terms = ()
    sentence: Terms = ()
    before: Terms = ()
    near: Terms = ()

    @model_validator(mode="before")
    @classmethod
    def _mapping(cls, value: object) -> object:
        if not isinstance(value, dict):
            shown = value if isinstance(value, str) else kind_of(value)
            raise ValueError(f"say how near: {{clause: {shown}}}, {{sentence: …}}, {{before: …}} or {{near: …}}")
        return value

    @model_validator(mode="after")
    def _one_reach(self) -> Self:
        given = [name for name in type(self).model_fields if getattr(self, name)]
        if not given:
            raise ValueError("names no words")
        if len(given) > 1:
            raise ValueError(f"has {len(given)} reaches; write an item for each, as all items must hold")
        return self

    @property
    def reach(self) -> str:
        """The name of the reach that is given."""
        return next(name for name in type(self).model_fields if getattr(self, name))

    @property
    def terms(self) -> Words:
        """The words, one of which must stand there."""
        return self.clause or self.sentence or self.before or self.near


class Never(Strict):
    """Words that may not stand so near; a term alone is one for the clause."""

    clause: Terms = ()
    sentence: Terms = ()
    leading: Terms = ()

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: object) -> object:
        if isinstance(value, str):
            return {"clause": [value]}
        if not isinstance(value, dict):
            raise ValueError(f"must be text, not {kind_of(value)}; write it in quotes")
        return value


class Keys(Strict):
    """What a wording is told by: at the metric itself, or in an item of `also`."""

    counts: Terms = ()
    when: Annotated[tuple[When, ...], BeforeValidator(_listed)] = ()
    never: Annotated[tuple[Never, ...], BeforeValidator(_listed)] = ()
    only: Terms = ()
    kinds: Annotated[tuple[Kind, ...], BeforeValidator(_listed)] = ()
    period: Annotated[tuple[PeriodType, ...], BeforeValidator(_listed)] = ()
    members: Literal["none", "some", "any"] = "any"
    part: bool = False
    labelled: bool | None = None

    def lists(self) -> Iterator[tuple[str, Words]]:
        """Every list of terms with its place."""
        yield "counts", self.counts
        for number, item in enumerate(self.when):
            yield f"when[{number}].{item.reach}", item.terms
        for number, never in enumerate(self.never):
            for reach in ("clause", "sentence", "leading"):
                yield f"never[{number}].{reach}", getattr(never, reach)
        yield "only", self.only


class Also(Keys):
    """A further wording; the metric's `never` and `only` hold for it too."""


class Measured(Strict):
    """What a metric is, whatever words state it.

    `range`: lowest and highest plausible value; `as_of`: a share that stands at a moment; `share_of`: the metric whose
    part it is.
    """

    label: str
    unit: str
    measure: Measure
    description: str = ""
    as_of: bool = False
    share_of: Slug | None = None
    dimensions: Mapping[Slug, Mapping[Slug, Terms]] = {}
    range: tuple[float, float] | None = None

    @model_validator(mode="after")
    def _range_in_order(self) -> Self:
        if self.range and self.range[0] > self.range[1]:
            raise ValueError("range: the lowest value comes first")
        return self


class Metric(Keys, Measured):
    """A metric with its wordings: that of its own keys, if it has any, then those of `also`.

    `total_when_undated`: a figure for which the page names no time is the total since the beginning; with
    `total_when_undated_over` only one from that value on, which no single year reaches.
    """

    also: Annotated[tuple[Also, ...], BeforeValidator(_listed)] = ()
    total_when_undated: bool = False
    total_when_undated_over: int | None = None
    examples: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    not_examples: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()

    def is_total(self, value: Any) -> bool:
        """Whether a figure for which the page names no time is the total since the beginning."""
        over = self.total_when_undated_over
        return self.total_when_undated if over is None else bool(value >= over)

    def wordings(self) -> Iterator[tuple[str, Keys]]:
        """The wordings in order, each with its place behind the metric's: "" or ".also[0]"."""
        if self.counts or self.when:
            yield "", self
        for number, item in enumerate(self.also):
            yield f".also[{number}]", item

    def lists(self) -> Iterator[tuple[str, Words]]:
        """Every list of terms with its place."""
        yield from super().lists()
        for number, item in enumerate(self.also):
            for place, terms in item.lists():
                yield f"also[{number}].{place}", terms
        for dimension, members in self.dimensions.items():
            for member, terms in members.items():
                yield f"dimensions.{dimension}.{member}", terms

    def agree(self, place: str, glossary: Glossary) -> None:
        """Raise `ValueError`, which begins with the place, where its parts do not fit together."""
        for where, terms in self.lists():
            _check_names(f"{place}.{where}", terms, glossary)
        for key in ("examples", "not_examples"):
            for number, text in enumerate(getattr(self, key)):
                self._check_example(f"{place}.{key}[{number}]", text)
        wordings = list(self.wordings())
        if not wordings and self.measure != "share":
            raise ValueError(f"{place}: needs `counts`, the noun that is counted")
        if not wordings:
            raise ValueError(f"{place}: needs `when`, the words that must stand near the share")
        idle = self.model_fields_set & {"kinds", "period", "members", "part", "labelled"}
        if wordings[0][0] and idle:
            raise ValueError(f"{place}.{min(idle)}: stands beside no `counts` and no `when`; it belongs into `also`")
        for behind, wording in wordings:
            if not wording.counts and self.measure != "share":
                raise ValueError(f"{place}{behind}: needs `counts`, the noun that is counted")
            if not (wording.counts or wording.when):
                raise ValueError(f"{place}{behind}: needs `counts` or `when`")
            if any(term.endswith("*") for term in filled(wording.counts, glossary)):
                raise ValueError(f"{place}{behind}.counts: takes whole words, no `*`")
            if wording.members == "some" and not self.dimensions:
                raise ValueError(f"{place}{behind}.members: the metric has no dimensions")

    def _check_example(self, place: str, text: str) -> None:
        try:
            members = parsed(text).members
        except ValueError as error:
            raise ValueError(f"{place}: {error}") from error
        for name, member in members.items():
            if name not in self.dimensions:
                raise ValueError(f"{place}: the metric has no dimension {name!r}{nearest(name, self.dimensions)}")
            if member not in self.dimensions[name]:
                raise ValueError(f"{place}: {name} has no member {member!r}{nearest(member, self.dimensions[name])}")

    def worded(self, glossary: Glossary) -> Worded:
        """Its wordings with every name of the glossary filled in."""
        asked = [term for _, one in self.wordings() for term in (*one.counts, *(t for w in one.when for t in w.terms))]
        beside = [word for name in dict.fromkeys(asked) if name in glossary for word in glossary[name].with_]
        return Worded(
            wordings=tuple(self._wording(keys, glossary) for _, keys in self.wordings()),
            only=filled((*self.only, *beside), glossary),
            dimensions={
                dimension: {member: filled(terms, glossary) for member, terms in members.items()}
                for dimension, members in self.dimensions.items()
            },
        )

    def _wording(self, keys: Keys, glossary: Glossary) -> Wording:
        never = self.never if keys is self else (*self.never, *keys.never)
        return Wording(
            counts=filled(keys.counts, glossary),
            says=tuple(filled(item.clause, glossary) for item in keys.when if item.clause),
            about=tuple(
                (_REACHES[item.reach], filled(item.terms, glossary)) for item in keys.when if item.reach in _REACHES
            ),
            forbid=filled((term for one in never for term in one.clause), glossary),
            unless=filled((term for one in never for term in one.sentence), glossary),
            not_before=filled((term for one in never for term in one.leading), glossary),
            only=() if keys is self else filled(keys.only, glossary),
            kinds=keys.kinds,
            period=keys.period,
            members=keys.members,
            part=keys.part,
            labelled=keys.labelled,
        )


def filled(terms: Iterable[str], glossary: Glossary) -> Words:
    """The terms, each once, with the words of an entry in the place of its name."""
    found = (word for term in terms for word in (glossary[term].words if term in glossary else (term,)))
    return tuple(dict.fromkeys(found))


def _check_names(place: str, terms: Words, glossary: Glossary) -> None:
    for number, term in enumerate(terms):
        if "_" in term and term not in glossary:
            hint = nearest(term, glossary) or "; a word of a page has no underscore"
            raise ValueError(f"{place}[{number}]: nothing in the glossary is called {term!r}{hint}")
