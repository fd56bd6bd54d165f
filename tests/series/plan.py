"""What happened to an invented network of repair cafés, and what its pages will get wrong: a pure function of a seed.

The years here are editions: the page of 2017 is shown in 2018. Each plant has a metric of its own, so that what one
does to the tables cannot be taken for what another does.
"""

import random
from dataclasses import dataclass
from itertools import pairwise

FIRST, LAST = 2014, 2023
EDITIONS = range(FIRST, LAST + 1)
FOUNDED = 2003
CATEGORIES = ("electrical", "textile", "furniture")
ORIGINS = ("city", "villages", "abroad")
COUNTS = {
    "items_brought": 14_000,
    "visitors": 21_000,
    "cafes": 45,
    "volunteers": 410,
    "courses": 380,
    "donations": 480_000,
    "guide_views": 2_600_000,
    "advice_calls": 4_100,
    "kits_sent": 1_200,
    "helped_at_home": 3_300,
    "pupils_taught": 3_100,
    "tools_lent": 2_300,
    "bicycles_given": 1_210,
    "people_trained": 800,
    "newsletter_readers": 5_100,
}
"""Metric -> about what it counts in a year, or at its end."""
PLANTS = {
    # --- must be found ---
    "restated": (2016, 2022),
    "restated_rounded": (2015, 2023),
    "contradiction": (2014, 2023),
    "correction": (2014, 2023),
    "reworded": (2016, 2022),
    "scope_place": (2015, 2023),
    "scope_to_date": (2015, 2023),
    "unit": (2015, 2023),
    "dropped": (2015, 2021),
    "queued": (2015, 2023),
    "new": (2015, 2023),
    "falls": (2015, 2023),
    "off_sum_of_years": (2015, 2022),
    "off_sum": (2014, 2023),
    "off_shares": (2014, 2023),
    "off_share_of_total": (2014, 2023),
    "off_change": (2015, 2023),
    "jump": (2015, 2023),
    # --- must not be found ---
    "redesign": (2015, 2023),
    "order": (2015, 2023),
    "outage": (2014, 2023),
    "nearly_share": (2014, 2023),
    "nearly_change": (2015, 2023),
    "rounded_to_date": (2015, 2023),
    "repeated": (2016, 2023),
    "unchanged_figure": (2015, 2023),
}
"""Plant -> the first and the last edition that it may befall."""
APART = [
    ("off_shares", "nearly_share"),
    ("off_change", "nearly_change"),
    ("off_sum", "off_share_of_total"),
    ("reworded", "repeated"),
    ("repeated", "unchanged_figure"),
]
"""Plants of one metric, which may not befall one edition: what breaks a sum is held back and checks no share."""


@dataclass(frozen=True)
class Plan:
    """The truth, and where the pages leave it.

    `at`: plant -> edition. `counts`: metric -> year -> what was so. `repaired`, `parts`, `origins`: the parts of the
    items brought, of the items repaired, of the visitors (in percent, unrounded). `saved`: to date, by edition.
    """

    seed: int
    at: dict[str, int]
    counts: dict[str, dict[int, int]]
    repaired: dict[int, int]
    parts: dict[int, tuple[int, ...]]
    origins: dict[int, tuple[float, ...]]
    saved: dict[int, int]
    restated_year: int
    restated_value: int
    restated_views: int
    wrong_total_of_tile: int
    wrong_donations: int
    wrong_share: int
    wrong_change: int
    wrong_part: int
    wrong_origin: int
    wrong_courses: int
    widened: bool
    """Whether the metric whose scope changed spoke of a place first, and of the whole later."""
    households_first: bool
    back: int | None
    """Edition that states again what was dropped; None when none does."""
    captures: dict[int, int]
    """Edition -> how often it was captured."""

    def since_2014(self, metric: str, edition: int) -> int:
        return sum(value for year, value in self.counts[metric].items() if FIRST <= year <= edition)

    def lent_to_date(self, edition: int) -> int:
        return 30_000 + sum(value for year, value in self.counts["tools_lent"].items() if year <= edition)


def plan(seed: int) -> Plan:
    chance = random.Random(f"plan {seed}")
    at = _years(chance)
    counts = {metric: _walk(chance, start) for metric, start in COUNTS.items()}
    _shape(chance, at, counts)
    repaired = {year: round(n * chance.uniform(0.62, 0.66)) for year, n in counts["items_brought"].items()}
    lag = chance.choice([1, 2])
    restated_year = at["restated"] - lag
    once_more = [one for one in (at["dropped"] + 1, at["dropped"] + 2) if one <= LAST]
    return Plan(
        seed=seed,
        at=at,
        counts=counts,
        repaired=repaired,
        parts={year: _split(chance, n) for year, n in repaired.items()},
        origins={year: _origins(chance, year == at["nearly_share"]) for year in EDITIONS},
        saved=_saved(chance, at),
        restated_year=restated_year,
        restated_value=round(counts["visitors"][restated_year] * chance.choice([0.96, 0.97, 1.03, 1.05])),
        restated_views=counts["guide_views"][at["restated_rounded"] - 1] + chance.choice([-310_000, 190_000]),
        wrong_total_of_tile=counts["volunteers"][at["contradiction"]] + chance.choice([-18, -9, 1, 27]),
        wrong_donations=counts["donations"][at["correction"]] + chance.choice([-9_000, 900, 18_000]),
        wrong_share=chance.choice([-8, -6, 6, 9]),
        wrong_change=chance.choice([-9, 21, 28, 40]),
        wrong_part=chance.choice([-200, -90, 1, 300]),
        wrong_origin=chance.choice([-7, 6, 8]),
        wrong_courses=chance.choice([1, 40, 90]),
        widened=chance.random() < 0.4,
        households_first=chance.random() < 0.4,
        back=chance.choice([None, *once_more]),
        captures={year: chance.randint(2 if year in (at["correction"], at["redesign"]) else 1, 3) for year in EDITIONS},
    )


def _years(chance: random.Random) -> dict[str, int]:
    while True:
        at = {name: chance.randint(*bounds) for name, bounds in PLANTS.items()}
        if all(at[one] != at[other] for one, other in APART) and abs(at["falls"] - at["rounded_to_date"]) > 1:
            return at


def _walk(chance: random.Random, start: int) -> dict[int, int]:
    """A figure a year from two years before the first edition; never the same two years running."""
    value, walk = round(start * chance.uniform(0.9, 1.1)), {}
    for year in range(FIRST - 2, LAST + 1):
        walk[year] = value
        value += max(3, round(value * chance.uniform(0.03, 0.09))) * chance.choice([-1, 1, 1])
    return walk


def _shape(chance: random.Random, at: dict[str, int], counts: dict[str, dict[int, int]]) -> None:
    """Let the figures do what plants and near misses ask of them."""
    same = at["unchanged_figure"]
    counts["cafes"][same] = counts["cafes"][same - 1]
    calls = counts["advice_calls"]
    for before, year in pairwise(sorted(calls)):
        rate = chance.uniform(0.276, 0.284) if year == at["nearly_change"] else chance.uniform(0.06, 0.14)
        calls[year] = round(calls[before] * (1 + rate))
    factor = chance.choice([12, 14, 1 / 12])
    kits = counts["kits_sent"]
    for year in range(at["jump"], LAST + 1):
        kits[year] = round(kits[year] * factor)


def _split(chance: random.Random, total: int) -> tuple[int, ...]:
    one, two = round(total * chance.uniform(0.4, 0.45)), round(total * chance.uniform(0.28, 0.33))
    return one, two, total - one - two


def _origins(chance: random.Random, nearly: bool) -> tuple[float, ...]:
    city = 28.0 if nearly else chance.uniform(24, 34)
    villages = chance.uniform(38, 44)
    return city, villages, 100 - city - villages


def _saved(chance: random.Random, at: dict[str, int]) -> dict[int, int]:
    """Items kept out of landfill since the beginning, which falls once."""
    value, saved = 1_070_000 + chance.randrange(9_000), {}
    for edition in EDITIONS:
        step = chance.randrange(11_000, 16_000)
        value += -step if edition == at["falls"] else step
        saved[edition] = value
    return saved
