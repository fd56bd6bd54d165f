"""The language of cards before `when` and `never`: `match` with `says`, `about`, `not`; `classes`; `undated`.

It is read for one more version, as homes archive cards, and then goes with this module: nothing but `card` and
`converting` know it. `impact card convert` brings a card into the new language.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from extractors.metrics.card_errors import nearest
from extractors.metrics.card_language import Glossary, Measured, Metric, Slug, Strict, Terms
from extractors.metrics.card_models import MOST_TERMS, SourceCard
from extractors.metrics.worded import Reach, Worded, Wording
from extractors.records import Kind, PeriodType

_OLD = {"match", "undated", "undated_from"}


def is_old(data: Mapping[Any, Any]) -> bool:
    """Whether the data of a card are in this language."""
    metrics = data.get("metrics")
    return "classes" in data or (
        isinstance(metrics, dict)
        and any(isinstance(one, dict) and not _OLD.isdisjoint(one) for one in metrics.values())
    )


def outdated(name: str) -> str:
    """What is said of a card in this language, wherever one is read."""
    return (
        f"{name}: is in the old language of cards, which the next version no longer reads; "
        f"`impact card convert {name}` prints it in the new"
    )


def old_groups(value: object) -> Any:
    """`says` and `about` as groups of words: a list of words is one group."""
    if isinstance(value, str):
        return [[value]]
    if isinstance(value, list) and not any(isinstance(v, list) for v in value):
        return [value] if value else []
    return [[v] if isinstance(v, str) else v for v in value] if isinstance(value, list) else value


Groups = Annotated[tuple[Terms, ...], BeforeValidator(old_groups)]


class OldWording(Strict):
    """One way in which a page may state a metric. All that is given must hold."""

    counts: Terms = ()
    says: Groups = ()
    about: Groups = ()
    within: Reach = "page"
    forbid: Terms = Field(default=(), alias="not")
    unless: Terms = ()
    not_before: Terms = ()
    only: Terms = ()
    kinds: tuple[Kind, ...] = ()
    period: tuple[PeriodType, ...] = ()
    members: Literal["none", "some", "any"] = "any"
    part: bool = False
    labelled: bool | None = None

    def worded(self) -> Wording:
        """What it is compiled to."""
        return Wording(
            counts=self.counts,
            says=self.says,
            about=tuple((self.within, terms) for terms in self.about),
            forbid=self.forbid,
            unless=self.unless,
            not_before=self.not_before,
            only=self.only,
            kinds=self.kinds,
            period=self.period,
            members=self.members,
            part=self.part,
            labelled=self.labelled,
        )


class OldMetric(Measured):
    """`undated`: a figure without a time is the total since the beginning; with `undated_from` from that value on."""

    undated: Literal["cumulative"] | None = None
    undated_from: int = 0
    only: Terms = ()
    match: tuple[OldWording, ...] = Field(min_length=1)

    def is_total(self, value: Any) -> bool:
        """Whether a figure for which the page names no time is the total since the beginning."""
        return self.undated is not None and bool(value >= self.undated_from)

    def agree(self, place: str, _glossary: Glossary) -> None:
        """Raise `ValueError`, which begins with the place, where its parts do not fit together."""
        for number, rule in enumerate(self.match):
            here = f"{place}.match[{number}]"
            if not rule.counts and self.measure != "share":
                raise ValueError(f"{here}: needs `counts`, the noun that is counted")
            if not (rule.counts or rule.says or rule.about):
                raise ValueError(f"{here}: needs `counts`, `says` or `about`")
            if any(term.endswith("*") for term in rule.counts):
                raise ValueError(f"{here}.counts: takes whole words, no `*`")
            if rule.members == "some" and not self.dimensions:
                raise ValueError(f"{here}.members: the metric has no dimensions")

    def lists(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """No lists that take names: the words of classes are filled in before."""
        return iter(())

    def worded(self, _glossary: Glossary) -> Worded:
        """What it is compiled to."""
        return Worded(tuple(one.worded() for one in self.match), self.only, self.dimensions)


class OldCard(SourceCard):
    """A card in this language."""

    classes: Mapping[Slug, Terms] = {}
    metrics: Mapping[Slug, OldMetric] = {}  # type: ignore[assignment] # it is asked what `Metric` is asked

    @model_validator(mode="before")
    @classmethod
    def _one_language(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not isinstance(data.get("metrics"), dict):
            return data
        new = set(Metric.model_fields) - set(OldMetric.model_fields)
        mixed = [f"metrics.{slug}.{key}" for slug, one in data["metrics"].items() if isinstance(one, dict)
                 for key in one if key in new]  # fmt: skip
        mixed += ["glossary"] if "glossary" in data else []
        if mixed:
            raise ValueError(
                f"{mixed[0]}: is of the new language of cards, and `match`, `classes` and `undated` of the old; keep "
                "to one (`impact card convert` brings an old card into the new)"
            )
        return _with_classes(data)


def _with_classes(data: dict[Any, Any]) -> dict[Any, Any]:
    """The card with each `<name>` in a list of terms replaced by the words that `classes` gives the name."""
    classes = data.get("classes")
    if not isinstance(classes, dict):
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
                    raise ValueError(f"metrics: no class {name!r}{nearest(name, classes)}")
                most += len(classes[name])
                if most > MOST_TERMS:
                    raise ValueError(f"metrics: classes fill in more than {MOST_TERMS:,} terms; name them less often")
                items += classes[name]
            else:
                items.append(filled(item))
        return items

    return {**data, "metrics": filled(data["metrics"])}
