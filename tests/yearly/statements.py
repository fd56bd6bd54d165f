"""What the page of an invented animal haven says each year, and the truth of every figure: a pure function of a seed.

A yearly page says most of what the one before said, in the same words with other numbers. It puts a few things
otherwise, says a few for the first time, drops a few, and is designed anew once.
"""

import random
import re
from dataclasses import dataclass, replace
from functools import cached_property

from tests.series.generator import STYLES, Style, render
from tests.series.prose import Block, Section, Table, Tiles
from tests.yearly.lines import COLUMNS, HEADINGS, LATER, LINES, STEPS, TILES, Line, Truth

NAME = "Otterbridge Animal Haven"
FIRST = 2019
REWORDED, ADDED, DROPPED = 2, 1, 1
"""How many lines of a page change with each edition, in these ways."""
ANEW = FIRST + 3
"""The edition for which the page is designed anew, in another order. What is put in tiles stays in tiles: a label that
comes to stand in one sentence with its figure is put otherwise."""


_FIGURE = re.compile(r"\{(\w+)\}")
_END = re.compile(r"(?<=[.!?]) ")


@dataclass(frozen=True)
class Stated:
    """One figure of a page."""

    edition: int
    surface: str
    value: float
    truth: Truth
    marked: str
    """Its sentence with the figure in brackets, or of a tile or a cell the figure alone."""

    @property
    def cell(self) -> tuple[str | None, str, str, int]:
        """The cell of metric_year that it speaks for."""
        return (self.truth.metric, self.truth.part, self.truth.period_type, self.edition + self.truth.year)


@dataclass(frozen=True)
class Site:
    """The page, edition by edition; of each so many lines only the first is said."""

    seed: int
    editions: int = 5
    every: int = 1

    @property
    def years(self) -> range:
        return range(FIRST, FIRST + self.editions)

    @cached_property
    def lines(self) -> dict[int, list[tuple[Line, int]]]:
        """By edition, its lines and the way in which each is put."""
        chance = random.Random(f"lines {self.seed}")
        now = [(one, chance.randrange(len(one.ways))) for one in LINES[:: self.every]]
        later = chance.sample(LATER, len(LATER))
        told = {}
        for year in self.years:
            if year > FIRST:
                for at in chance.sample([at for at, (one, _) in enumerate(now) if len(one.ways) > 1], REWORDED):
                    one, way = now[at]
                    now[at] = (one, 1 - way)
                for _ in range(DROPPED):
                    del now[chance.randrange(len(now))]
                now += [(later.pop(), 0) for _ in range(ADDED)]
            told[year] = list(now)
        return told

    def value(self, truth: Truth, year: int) -> float:
        """How many there were in a year, as it is written."""
        if truth.exclude:
            return truth.about
        chance = random.Random(f"{self.seed} {truth.metric or truth.about} {truth.part} {year}")
        many = truth.about * 1.04 ** (year - FIRST) * chance.uniform(0.97, 1.03)
        step = STEPS[truth.style]
        return round(round(many / step) * step, 6)

    def figure(self, truth: Truth, edition: int) -> tuple[str, float]:
        """A figure of an edition, as it is written and as a number."""
        value = self.value(truth, edition + truth.year)
        match truth.style:
            case "money":
                return f"£{value:,.0f}", value
            case "millions" if value >= 1e6:
                return f"{value / 1e6:.1f} million", value
            case "percent":
                return f"{value:.1f}%", value
        return f"{value:,.0f}", value

    def stated(self, edition: int) -> list[Stated]:
        """Every figure of an edition's page, with its truth."""
        found = []
        for one, way in self.lines[edition]:
            for sentence in _END.split(one.ways[way]):
                for name in _FIGURE.findall(sentence):
                    if name in one.figures:
                        marked = self._put(sentence, one, edition, name)
                        found.append(self._stated(one.figures[name], edition, marked))
        bare = [truth for _, truth in (*TILES, *COLUMNS)]
        return found + [self._stated(truth, edition, "") for truth in bare]

    def body(self, edition: int, style: Style | None = None) -> bytes:
        """The page of an edition, in a markup of its own or another."""
        chance = random.Random(f"design {self.seed}")
        first, second = chance.sample(sorted(STYLES), 2)
        anew = edition >= ANEW
        keys = chance.sample(sorted(HEADINGS), len(HEADINGS))
        sections = [self._section(key, edition) for key in (keys[::-1] if anew else keys)]
        tiles = Tiles(tuple((label, self.figure(truth, edition)[0]) for label, truth in TILES))
        row = (str(edition), *(self.figure(truth, edition)[0] for _, truth in COLUMNS))
        table = Table("Who found a sofa, by kind", ("Year", *(head for head, _ in COLUMNS)), (row,))
        sections += [Section("At a glance", (tiles,)), Section("New sofas", (table,))]
        own = replace(STYLES[second if anew else first], tiles=STYLES["plain"].tiles, tile=STYLES["plain"].tile)
        return render([one for one in sections if one.blocks], edition, style or own, chance.random(), NAME)

    def _section(self, key: str, edition: int) -> Section:
        said = [self._put(one.ways[way], one, edition) for one, way in self.lines[edition] if one.section == key]
        return Section(HEADINGS[key], tuple[Block, ...](said))

    def _put(self, text: str, one: Line, edition: int, marked: str = "") -> str:
        figures = {name: self.figure(truth, edition)[0] for name, truth in one.figures.items()}
        if marked:
            figures[marked] = f"[{figures[marked]}]"
        return text.format(y=edition, x=edition - 1, **figures)

    def _stated(self, truth: Truth, edition: int, marked: str) -> Stated:
        surface, value = self.figure(truth, edition)
        return Stated(edition, surface, value, truth, marked or f"[{surface}]")
