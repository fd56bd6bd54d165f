"""A group of figures that state one metric, with the parts that they are of; whether parts add up. Data and sums."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.metrics.drafting.figures import Figure


@dataclass(eq=False)
class Group:
    """Figures of one metric; `members` names the part that each is of, None for all of it."""

    figures: list[Figure]
    members: dict[int, str | None] = field(default_factory=dict)
    dimension: str = ""
    identity: str = ""
    """"sum" or "shares" where the parts add up."""

    @property
    def named(self) -> list[str]:
        """The members, in the page's order."""
        return list(dict.fromkeys(filter(None, (self.members.get(one.index) for one in self.figures))))

    def member(self, figure: Figure) -> str | None:
        """The part that a figure is of."""
        return self.members.get(figure.index)


def adds_up(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a figure is the sum of others, as far as they are rounded."""
    if len({one.fact.kind for one in (total, *parts)}) > 1 or total.fact.value <= max(one.fact.value for one in parts):
        return False
    off = abs(total.fact.value - sum(one.fact.value for one in parts))
    rounded = [one.fact.resolution for one in (total, *parts) if one.fact.resolution != 1]
    return off <= sum(rounded) / 2


def add_to_100(figures: Sequence[Figure]) -> bool:
    """Whether the shares of each time add up to 100, half a point each allowed."""
    by_moment: dict[object, list[Figure]] = defaultdict(list)
    for one in figures:
        by_moment[one.moment].append(one)
    return all(abs(float(sum(one.fact.value for one in part)) - 100) <= len(part) / 2 for part in by_moment.values())
