"""The card as a whole: where a page stands, what it states, what must hold; checked, but for the words of its metrics.

Here: the shape of a card and that its names agree. What it may say of a metric stands in `card_language`, its reading
from a file in `card`.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from extractors.metrics.card_errors import nearest
from extractors.metrics.card_language import Entry, Metric, Slug, Strict, Terms
from extractors.metrics.matchers import MatcherIndex, compile_matchers
from extractors.metrics.worded import Worded
from extractors.page_keys import same_page

CARD_ID = "[a-z0-9][a-z0-9-]{0,63}"
"""What the id of a card is made of: it names folders and files."""
Url = Annotated[str, Field(pattern=r"^https?://\S+$")]
MOST_TERMS = 100_000
"""What the names of a glossary may be filled in with, all in all."""


class Identity(Strict):
    """What must add up: `sum`, the members of a dimension and the total; `shares`, the members and 100.

    Where a capture breaks it, the figures that it joins are held back; the whole capture when it is `certain`, true by
    definition, so that only an error of the page, or of its reading, can break it.
    """

    metric: Slug
    kind: Literal["sum", "shares"]
    dimension: Slug
    certain: bool = False


class Bounds(Strict):
    """What is told of: a capture with fewer than this share of the last edition's statistics, which is held back.

    `year_on_year`: a figure that is more than so many times that of the year before, or less than one of so many parts.
    """

    min_statistics_share: float = Field(default=0.5, ge=0, le=1)
    year_on_year: float = Field(default=10, gt=1)


class Sample(Strict):
    """Bundled pages for a refresh without network, and the bounds that hold for them; a web archive for a backfill."""

    pages: tuple[str, ...] = Field(min_length=1)
    history: str | None = None
    bounds: Bounds | None = None


class Address(Strict):
    """An address at which the page stood, from one year to another, both whole; without, as far as is known."""

    url: Url
    first: int | None = Field(default=None, alias="from", ge=1990, le=2100)
    last: int | None = Field(default=None, alias="to", ge=1990, le=2100)

    @model_validator(mode="after")
    def _years_in_order(self) -> Self:
        if self.first and self.last and self.first > self.last:
            raise ValueError("`from` comes before `to`")
        return self


class Words(Strict):
    """Words true of the whole card.

    `own` names the organisation, `neutral` words never narrow a count, `programs` name its programmes, `others` name
    whose figures these are not.
    """

    own: Terms = ()
    neutral: Terms = ()
    programs: Terms = ()
    others: Terms = ()


class SourceCard(Strict):
    """One followed page: where it stands, what it states, what must hold.

    `allow_private`: redirects may lead from a public page to this machine or its network, and from one to the other.
    """

    id: Annotated[str, Field(pattern=f"^{CARD_ID}$")]
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
    glossary: Mapping[Slug, Entry] = {}
    metrics: Mapping[Slug, Metric] = {}
    identities: tuple[Identity, ...] = ()
    bounds: Bounds = Bounds()
    sample: Sample | None = None

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        self._check_glossary()
        for slug, metric in self.metrics.items():
            metric.agree(f"metrics.{slug}", self.glossary)
            if metric.share_of is not None and metric.share_of not in self.metrics:
                hint = nearest(metric.share_of, self.metrics)
                raise ValueError(f"metrics.{slug}.share_of: no metric {metric.share_of!r} on this card{hint}")
        for number, identity in enumerate(self.identities):
            place = f"identities[{number}]"
            if identity.metric not in self.metrics:
                hint = nearest(identity.metric, self.metrics)
                raise ValueError(f"{place}.metric: no metric {identity.metric!r} on this card{hint}")
            dimensions = self.metrics[identity.metric].dimensions
            if identity.dimension not in dimensions:
                hint = nearest(identity.dimension, dimensions)
                raise ValueError(f"{place}.dimension: {identity.metric} has no dimension {identity.dimension!r}{hint}")
        return self

    def _check_glossary(self) -> None:
        """Names are filled in where metrics name them, and nowhere else; so often that memory bears it."""
        lists = [(f"words.{name}", getattr(self.words, name)) for name in type(self.words).model_fields]
        for name, entry in self.glossary.items():
            lists += [(f"glossary.{name}.is", entry.words), (f"glossary.{name}.with", entry.with_)]
        for place, terms in lists:
            named = next((term for term in terms if "_" in term), None)
            if named is not None:
                raise ValueError(f"{place}: {named!r} is no word of a page; only metrics take names of the glossary")
        sizes = {name: len(entry.words) + len(entry.with_) for name, entry in self.glossary.items()}
        uses = (term for metric in self.metrics.values() for _, terms in metric.lists() for term in terms)
        if sum(sizes.get(term, 0) for term in uses) > MOST_TERMS:
            raise ValueError(f"metrics: the glossary fills in more than {MOST_TERMS:,} terms; name it less often")

    @property
    def addresses(self) -> tuple[Address, ...]:
        """All addresses the page has had, the present one first; it is open to the end."""
        present = next((one for one in self.urls if same_page(one.url, self.url)), None)
        now = Address.model_validate({"url": self.url, "from": present.first if present else None})
        return (now, *(one for one in self.urls if one is not present))

    @cached_property
    def worded(self) -> Mapping[str, Worded]:
        """Metric -> in what words a page may state it, all names filled in."""
        return {slug: metric.worded(self.glossary) for slug, metric in self.metrics.items()}

    @cached_property
    def matchers(self) -> MatcherIndex:
        """The wordings, made ready for `mapping.assign`; built on first use."""
        return compile_matchers(self)
