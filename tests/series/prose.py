"""What the pages of the network say: sections of sentences, tiles and tables, without any markup.

Of each metric there are several ways to put it; a seed takes one and keeps it, as yearly pages do.
"""

import random
from dataclasses import dataclass

from tests.series.plan import FOUNDED, LAST, Plan

WAYS = {
    "items_brought": ["In {y}, people brought {v} broken items to our cafés.", "People brought us {v} items in {y}."],
    "repairs": ["Volunteers mended {v} items in {y}.", "In {y}, {v} items were repaired."],
    "repaired_share": ["In {y}, {v}% of the items brought were repaired, compared with {w}% in {x}."],
    "repair_share": ["In {y}, {v}% of the items repaired were electrical."],
    "visitors": ["In {y}, we welcomed {v} visitors.", "Our cafés had {v} visitors in {y}."],
    "cafes": ["At the end of {y}, {v} repair cafés were open.", "The network had {v} repair cafés at the end of {y}."],
    "cafes later": [
        "By December {y}, {v} repair cafés were open.",
        "As of 31 December {y}, there were {v} repair cafés.",
    ],
    "volunteers": ["At the end of {y}, {v} volunteers were active.", "We had {v} active volunteers at the end of {y}."],
    "items_saved": [
        "Since {f}, we have kept {v} items out of landfill.",
        "We have kept {v} items out of landfill since {f}.",
    ],
    "courses": ["In {y}, we ran {v} courses.", "We gave {v} courses in {y}."],
    "courses to date": ["Since 2014, we have run {v} courses."],
    "donations": ["In {y}, donations came to {v}."],
    "guide_views": ["In {y}, our repair guides had {v} views; in {x}, they had {w} views."],
    "newsletter_readers": ["At the end of {y}, the newsletter had {v} subscribers."],
    "advice_calls": ["In {y}, we answered {v} calls for advice.", "We took {v} calls for advice in {y}."],
    "change of calls": ["The number of calls for advice {d} by {v}% from {x} to {y}."],
    "kits_sent": ["We sent out {v} repair kits in {y}.", "In {y}, we posted {v} repair kits."],
    "helped_at_home": ["In {y}, we helped {v} {u} at home."],
    "pupils_taught": ["In {y}, {v} pupils were taught."],
    "pupils_taught of a place": [
        "In {y}, {v} pupils were taught in schools of the northern district only.",
        "In {y}, {v} pupils were taught, excluding the islands.",
        "In {y}, {v} pupils were taught outside the city.",
        "In {y}, {v} pupils were taught in the northern district.",
    ],
    "tools_lent": ["In {y}, {v} tools were lent.", "We lent {v} tools in {y}."],
    "tools_lent later": ["Since {f}, we have lent {v} tools.", "We have lent {v} tools since {f}."],
    "bicycles_given": ["We gave away {v} bicycles in {y}.", "In {y}, {v} bicycles found new owners."],
    "people_trained": ["In {y}, {v} people were trained as repairers."],
    "people_trained later": ["In {y}, {v} people completed the course for repairers."],
}
HEADINGS = {
    "repairs": ["Repairs", "Bench work"],
    "visitors": ["Who comes", "Our visitors"],
    "cafes": ["Where we are", "All our cafés"],
    "volunteers": ["The people behind it", "Those who make it happen"],
    "glance": ["At a glance, 31 December {y}"],
    "since": ["Waste avoided", "Less waste"],
    "learning": ["Learning", "Passing it on"],
    "money": ["Money", "What it takes"],
    "online": ["Online", "Screens and letters"],
    "advice": ["Advice", "Helping hands"],
    "lending": ["Loans and visits", "Round the corner"],
    "also": ["Also this year", "Small things"],
}


@dataclass(frozen=True)
class Tiles:
    items: tuple[tuple[str, str], ...]
    """(label, figure)."""


@dataclass(frozen=True)
class Table:
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = str | Tiles | Table


@dataclass(frozen=True)
class Section:
    heading: str
    blocks: tuple[Block, ...]
    """A paragraph is a string."""


def number(value: int) -> str:
    return f"{value:,}"


def millions(value: int) -> str:
    return f"{value / 1_000_000:.1f} million"


class Page:
    """The page of an edition; `corrected` once its mistake was mended."""

    def __init__(self, plan: Plan, edition: int, corrected: bool) -> None:
        self.plan, self.year, self.corrected = plan, edition, corrected
        chance = random.Random(f"prose {plan.seed}")
        self.ways = {name: chance.choice(ways) for name, ways in WAYS.items()}
        self.headings = {name: chance.choice(ways) for name, ways in HEADINGS.items()}
        self.by_heading = chance.random() < 0.4
        """Whether the reworded metric changes its heading rather than its sentence."""

    def sections(self) -> list[Section]:
        return [
            self._section("repairs", *self._repairs()),
            self._section("visitors", *self._visitors()),
            self._section("cafes", self._cafes()),
            self._section("volunteers", self._say("volunteers", number(self._count("volunteers")))),
            self._section("glance", self._tiles()),
            self._section("since", self._saved()),
            self._section("learning", *self._learning()),
            self._section("money", *self._money()),
            self._section("online", *self._online()),
            self._section("advice", *self._advice()),
            self._section("lending", *self._lending()),
            self._section("also", f"In {self.year}, we repainted {self.year % 7 + 11} rooms."),
        ]

    def _since(self, plant: str) -> bool:
        return self.year >= self.plan.at[plant]

    def _now(self, plant: str) -> bool:
        return self.year == self.plan.at[plant]

    def _count(self, metric: str, year: int | None = None) -> int:
        return self.plan.counts[metric][year or self.year]

    def _say(self, way: str, value: str, **more: object) -> str:
        words: dict[str, object] = {"y": self.year, "x": self.year - 1, "f": FOUNDED, "v": value}
        return self.ways[way].format(**words | more)

    def _section(self, key: str, *blocks: Block) -> Section:
        heading = self.headings[key].format(y=self.year)
        if key == "cafes" and self.by_heading and self._since("reworded"):
            heading = "Near you"
        return Section(heading, blocks)

    def _repairs(self) -> list[Block]:
        repaired, parts = self.plan.repaired[self.year], list(self.plan.parts[self.year])
        if self._now("off_sum"):
            parts[1] += self.plan.wrong_part
        heads = ("Year", "Electrical", "Textiles", "Furniture", "All items")
        figures = (str(self.year), *map(number, parts), number(repaired))
        share, before = self._share(self.year), round(self._share(self.year - 1))
        electrical = round(100 * self.plan.parts[self.year][0] / repaired)
        if self._now("off_share_of_total"):
            electrical += self.plan.wrong_share
        return [
            f"{self._say('items_brought', number(self._count('items_brought')))} "
            f"{self._say('repairs', number(repaired))}",
            self._say("repaired_share", f"{share:.1f}", w=before),
            self._say("repair_share", str(electrical)),
            Table("Items repaired, by category", heads, (figures,)),
        ]

    def _share(self, year: int) -> float:
        return 100 * self.plan.repaired[year] / self._count("items_brought", year)

    def _visitors(self) -> list[Block]:
        shares = [round(share) for share in self.plan.origins[self.year]]
        if self._now("off_shares"):
            shares[0] += self.plan.wrong_origin
        city, villages, abroad = (f"{share}% of visitors came from" for share in shares)
        blocks: list[Block] = [
            self._say("visitors", number(self._visitors_of(self.year))),
            f"In {self.year}, {city} the city, {villages} the villages and {abroad} abroad.",
        ]
        if self._now("nearly_share"):
            blocks.append(f"In {self.year}, nearly 30% of visitors came from the city.")
        rows = tuple((str(year), number(self._visitors_of(year))) for year in range(self.year - 2, self.year + 1))
        return [*blocks, Table("Visitors, year by year", ("Year", "Visitors"), rows)]

    def _visitors_of(self, year: int) -> int:
        if year == self.plan.restated_year and self._since("restated"):
            return self.plan.restated_value
        return self._count("visitors", year)

    def _cafes(self) -> str:
        way = "cafes later" if self._since("reworded") and not self.by_heading else "cafes"
        year = self.year - 1 if self._now("repeated") else self.year
        return self._say(way, number(self._count("cafes", year)), y=year)

    def _tiles(self) -> Tiles:
        wrong = self._now("contradiction")
        volunteers = self.plan.wrong_total_of_tile if wrong else self._count("volunteers")
        return Tiles((("Active volunteers", number(volunteers)), ("Workbenches", str(self.year % 5 + 14))))

    def _saved(self) -> str:
        write = millions if self._now("rounded_to_date") else number
        return self._say("items_saved", write(self.plan.saved[self.year]))

    def _learning(self) -> list[Block]:
        to_date = self.plan.since_2014("courses", self.year)
        if self._now("off_sum_of_years"):
            to_date += self.plan.wrong_courses
        pupils = "pupils_taught" if self._since("scope_place") == self.plan.widened else "pupils_taught of a place"
        trained = "people_trained later" if self._since("queued") else "people_trained"
        return [
            f"{self._say('courses', number(self._count('courses')))} {self._say('courses to date', number(to_date))}",
            self._say(pupils, number(self._count("pupils_taught"))),
            self._say(trained, number(self._count("people_trained"))),
        ]

    def _money(self) -> list[Block]:
        now = self._count("donations")
        if self._now("correction") and not self.corrected:
            now = self.plan.wrong_donations
        before = self._count("donations", self.year - 1)
        return [
            self._say("donations", f"€{number(now)}"),
            self._say("donations", f"€{number(before)}", y=self.year - 1),
        ]

    def _online(self) -> list[Block]:
        now, before = self._count("guide_views"), self._count("guide_views", self.year - 1)
        if self._now("restated_rounded"):
            before = self.plan.restated_views
        blocks: list[Block] = [self._say("guide_views", millions(now), w=number(before))]
        if self._since("new"):
            blocks.append(self._say("newsletter_readers", number(self._count("newsletter_readers"))))
        return blocks

    def _advice(self) -> list[Block]:
        now, before = self._count("advice_calls"), self._count("advice_calls", self.year - 1)
        rise = self.plan.wrong_change if self._now("off_change") else round(100 * (now / before - 1))
        change = "nearly 30" if self._now("nearly_change") else str(abs(rise))
        return [
            self._say("advice_calls", number(now)),
            self._say("change of calls", change, d="rose" if rise > 0 else "fell"),
            self._say("kits_sent", number(self._count("kits_sent"))),
        ]

    def _lending(self) -> list[Block]:
        unit = "people" if self._since("unit") == self.plan.households_first else "households"
        blocks: list[Block] = [self._say("helped_at_home", number(self._count("helped_at_home")), u=unit)]
        if self._since("scope_to_date"):
            blocks.append(self._say("tools_lent later", number(self.plan.lent_to_date(self.year))))
        else:
            blocks.append(self._say("tools_lent", number(self._count("tools_lent"))))
        if self.year < self.plan.at["dropped"] or self.year >= (self.plan.back or LAST + 1):
            blocks.append(self._say("bicycles_given", number(self._count("bicycles_given"))))
        return blocks
