"""What an invented animal haven may say of a year, each line in some ways, and what each of its figures is."""

from dataclasses import dataclass
from typing import Literal

Style = Literal["plain", "money", "millions", "percent"]
STEPS: dict[Style, float] = {"plain": 1, "money": 1000, "millions": 100_000, "percent": 0.1}
"""Of what every figure is a multiple, by how it is written."""


@dataclass(frozen=True)
class Truth:
    """What a figure is: of a metric, or else a statistic that is not followed, or none at all."""

    about: float
    """About how much it is."""
    metric: str | None = None
    part: str = ""
    year: int = 0
    """From the edition on."""
    period_type: str = "year"
    style: Style = "plain"
    exclude: str = ""
    """Why it is no statistic."""
    for_wording: bool = True
    """Whether the same words mean the same wherever the page says them."""


@dataclass(frozen=True)
class Line:
    """A line of the page, in some ways, with its figures by name; `{y}` is the year of the edition, `{x}` the last."""

    section: str
    ways: tuple[str, ...]
    figures: dict[str, Truth]


def taken(about: int, part: str = "", year: int = 0) -> Truth:
    return Truth(about, "animals_taken_in", part and f"species={part}", year)


def rehomed(about: int, part: str = "") -> Truth:
    return Truth(about, "animals_rehomed", part and f"species={part}")


def at_night(about: int, vehicle: str) -> Truth:
    return Truth(about, "night_journeys", f"vehicle={vehicle}", for_wording=False)


def line(section: str, *ways: str, **figures: Truth) -> Line:
    return Line(section, ways, figures)


TOWNS = ("Hexley", "Dunmoor", "Arkwell", "Thornby", "Saltmere", "Wexcombe")
LINES = (
    # --- some are taken by the rules of the card ---
    line(
        "animals",
        "In {y}, {v} animals were taken in, against {w} in {x}.",
        "We had {v} animals taken in in {y}, after {w} in {x}.",
        v=taken(5200),
        w=taken(5200, year=-1),
    ),
    line(
        "animals",
        "In {y}, {d} dogs were taken in.",
        "In {y}, the haven gave shelter to {d} dogs.",
        d=taken(2100, "dog"),
    ),
    line("animals", "In {y}, {c} cats were taken in.", "Through the gate came {c} cats in {y}.", c=taken(2600, "cat")),
    line(
        "animals",
        "In {y}, {o} rabbits and birds found shelter with us.",
        "We sheltered {o} rabbits and birds in {y}.",
        o=taken(480, "other"),
    ),
    line("homes", "In {y}, {v} animals were rehomed.", "The year {y} saw {v} animals rehomed.", v=rehomed(4300)),
    line(
        "homes",
        "New families were found for {d} dogs in {y}.",
        "In {y}, {d} dogs moved to new families.",
        d=rehomed(1700, "dog"),
    ),
    line("homes", "In {y}, {c} cats were rehomed.", "In {y}, {c} cats settled on new sofas.", c=rehomed(2200, "cat")),
    line(
        "homes",
        "In {y}, {o} rabbits and birds moved to new gardens.",
        "New gardens were found for {o} rabbits and birds in {y}.",
        o=rehomed(390, "other"),
    ),
    line(
        "homes",
        "In {y}, {s} of the animals were rehomed within the year.",
        "Of all animals, {s} were rehomed within the year {y}.",
        s=Truth(81.5, "rehomed_share", style="percent"),
    ),
    line(
        "vets",
        "Our vets gave {t} treatments in {y}.",
        "In {y}, our vets saw {t} patients.",
        t=Truth(9100, "treatments"),
    ),
    line("vets", "In {y}, our vets neutered {n} cats.", "In {y}, {n} cats were neutered.", n=Truth(1150)),
    line("vets", "In {y}, {n} animals were fitted with a chip.", "We chipped {n} animals in {y}.", n=Truth(2950)),
    line(
        "line",
        "In {y}, we answered {c} calls for help.",
        "People rang us {c} times for help in {y}.",
        c=Truth(18_400, "calls"),
    ),
    line(
        "line",
        "In {y}, {n} calls came after dark.",
        "At night the telephone rang {n} times in {y}.",
        n=Truth(3100, "night_calls"),
    ),
    line(
        "schools",
        "In {y}, {p} pupils met our dogs.",
        "Our dogs went to see {p} pupils in {y}.",
        p=Truth(6400, "pupils"),
    ),
    line("schools", "In {y}, {s} schools had a visit from us.", "We called on {s} schools in {y}.", s=Truth(240)),
    line(
        "online",
        "In {y}, the website had {v} visits.",
        "In {y}, {v} people looked at our pages.",
        v=Truth(2_100_000, "web_visits", style="millions"),
    ),
    line(
        "online",
        "In {y}, our films were watched {v} times.",
        "Our films had {v} viewers in {y}.",
        v=Truth(960_000, style="millions"),
    ),
    line(
        "people",
        "At the end of {y}, {v} volunteers were active.",
        "At the end of {y}, {v} people gave us their time.",
        v=Truth(620, "volunteers", period_type="as_of"),
    ),
    line(
        "people",
        "At the end of {y}, we had {f} foster homes.",
        "At the end of {y}, {f} households fostered for us.",
        f=Truth(310, "foster_homes", period_type="as_of"),
    ),
    line(
        "people",
        "At the end of {y}, the haven had {m} members.",
        "At the end of {y}, {m} friends paid a yearly fee.",
        m=Truth(7800, "members", period_type="as_of"),
    ),
    line("people", "In {y}, volunteers gave {h} hours.", "Volunteers spent {h} hours with us in {y}.", h=Truth(88_000)),
    line(
        "money",
        "In {y}, donations came to {v}.",
        "In {y}, people gave us {v}.",
        v=Truth(1_840_000, "donations", style="money"),
    ),
    line(
        "money",
        "In {y}, running costs were {v}.",
        "Running the haven took {v} in {y}.",
        v=Truth(2_310_000, "running_costs", style="money"),
    ),
    line("money", "Legacies brought {v} in {y}.", "In {y}, {v} came from legacies.", v=Truth(420_000, style="money")),
    line("money", "The shop took {v} in {y}.", "In {y}, sales of the shop were {v}.", v=Truth(97_000, style="money")),
    # --- the same words mean two things on one page ---
    line(
        "days",
        "In {y}, the van went out {v} times for dogs. Of these journeys, {n} were at night.",
        v=Truth(830),
        n=at_night(130, "van"),
    ),
    line(
        "days",
        "In {y}, the boat went out {v} times for swans. Of these journeys, {n} were at night.",
        v=Truth(95),
        n=at_night(17, "boat"),
    ),
    # --- of a year that no rule can know ---
    line(
        "days", "The count of swans, which comes a year late, found {n} birds.", n=Truth(1400, "swans_counted", year=-1)
    ),
    # --- no statistics, though they look so ---
    line(
        "days",
        "The barn staged a play about {n} mice.",
        "A play about {n} mice was staged in the barn.",
        n=Truth(24, exclude="the mice of a play"),
    ),
    line(
        "days", "Children sang of {n} geese.", "A choir sang of {n} geese.", n=Truth(60, exclude="the geese of a song")
    ),
    # --- of places, which are not followed ---
    *(
        line(
            "towns",
            f"In {{y}}, the branch in {town} looked after {{v}} animals.",
            f"In {{y}}, {town} cared for {{v}} animals.",
            v=Truth(200 + 37 * at),
        )
        for at, town in enumerate(TOWNS)
    ),
    *(
        line(
            "towns",
            f"In {{y}}, volunteers in {town} walked {{v}} dogs.",
            f"{town} walked {{v}} dogs in {{y}}.",
            v=Truth(150 + 29 * at),
        )
        for at, town in enumerate(TOWNS)
    ),
)
LATER = (
    line("line", "In {y}, our line by text message had {c} questions.", c=Truth(1900)),
    line("vets", "In {y}, {n} hedgehogs were nursed.", n=Truth(340)),
    line("homes", "In {y}, {c} cats and kittens went to live on farms.", c=Truth(75)),
    line("money", "In {y}, {v} was raised by the summer fair.", v=Truth(31_000, style="money")),
)
"""Said for the first time by a later edition, one each."""
TILES = (
    ("animals sheltered", taken(5200)),
    ("lives begun anew", rehomed(4300)),
    ("kennels", Truth(88)),
    ("hands that help", Truth(620, "volunteers", period_type="as_of")),
)
COLUMNS = (("Dogs", rehomed(1700, "dog")), ("Cats", rehomed(2200, "cat")), ("Donkeys", Truth(44)))
"""Of a table whose caption no rule takes."""
HEADINGS = {
    "animals": "Who came",
    "homes": "Who left",
    "vets": "The surgery",
    "line": "By telephone",
    "schools": "In class",
    "online": "On screens",
    "people": "With us",
    "money": "Money",
    "days": "Days to remember",
    "towns": "In our towns",
}
