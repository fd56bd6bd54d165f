"""A drafted card and its metrics: what is fitted, compiled and written. Data only."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Wording:
    """One way in which the page states a metric. `when`: groups of words, each with its reach, of which one is said."""

    counts: tuple[str, ...] = ()
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    kinds: tuple[str, ...] = ()
    members: str = "any"
    part: bool = False
    labelled: bool | None = None


@dataclass(frozen=True)
class Metric:
    """A metric as it is drafted, and what it is drafted from; a place is an index into the page's statistics."""

    slug: str
    label: str
    unit: str
    measure: str
    wordings: tuple[Wording, ...]
    as_of: bool = False
    dimension: str = ""
    members: tuple[tuple[str, str], ...] = ()
    """Each member's slug and the words that name it."""
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    identity: str = ""
    expected: tuple[tuple[int, str | None], ...] = ()
    """The place of each figure that it ought to take, with the slug of its member."""
    seen: tuple[str, ...] = ()
    """Its figures, readable, for whoever looks the draft over."""
    example: str | None = None
    """A text of the page with the number marked, and its members behind an arrow."""

    def with_wording(self, number: int, wording: Wording) -> "Metric":
        """The same with another wording in one place."""
        return replace(self, wordings=(*self.wordings[:number], wording, *self.wordings[number + 1 :]))

    @property
    def members_of(self) -> dict[int, dict[str, str]]:
        """For each figure that it ought to take the members that it states."""
        return {index: {self.dimension: member} if member else {} for index, member in self.expected}


@dataclass(frozen=True)
class Draft:
    """A whole card."""

    id: str
    organisation: str
    title: str
    url: str
    own: tuple[str, ...]
    currency: str | None
    metrics: tuple[Metric, ...]
    statistics: int = 0
    """How many statistics the page has."""
    mapped: int = 0
    """How many of them a metric takes."""
    left: tuple[str, ...] = ()
    """Those that no metric takes, readable."""
