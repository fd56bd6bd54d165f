"""The archive of an invented page: ten yearly editions, each captured one to three times. A pure function of a seed."""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from tests.series.plan import EDITIONS, Plan
from tests.series.prose import Page, Section, Table, Tiles

NAME = "Brackwater Repair Network"
URL = "https://brackwater-repair.example/our-year"


@dataclass(frozen=True)
class Capture:
    edition: int | None
    """None while the site is down."""
    at: dt.datetime
    body: bytes

    @property
    def date(self) -> str:
        return self.at.strftime("%Y-%m-%dT%H:%M:%SZ")


OUTAGE = b"<title>Down for maintenance</title><h1>Down for maintenance</h1><p>We are back soon.</p>"


@dataclass(frozen=True)
class Style:
    """A way to mark up the same words; `title` writes a heading in capitals, or leaves it."""

    title: Callable[[str], str]
    main: str
    section: str
    heading: str
    paragraph: str
    tiles: str
    tile: Callable[[str, str], str]
    table: str


STYLES = {
    "plain": Style(
        str,
        "<main>{}</main>",
        "<section>{}</section>",
        "<h2>{}</h2>",
        "<p>{}</p>",
        '<div class="glance">{}</div>',
        lambda label, figure: f'<div class="box"><div class="figure">{figure}</div><div>{label}</div></div>',
        "<table>{}</table>",
    ),
    "cards": Style(
        str,
        '<div id="content" role="main">{}</div>',
        '<article class="card"><div class="inner">{}</div></article>',
        '<h3 class="card-title"><span>{}</span></h3>',
        '<div class="text"><p class="lead">{}</p></div>',
        '<ul class="stats">{}</ul>',
        lambda label, figure: f'<li><strong>{figure}</strong><span class="caption">{label}</span></li>',
        '<div class="scroll"><table class="data">{}</table></div>',
    ),
    "old": Style(
        str.upper,
        '<div class="wrap"><div class="col">{}</div></div>',
        '<div class="part">{}</div><hr>',
        "<h2><b>{}</b></h2>",
        '<p align="left"><font face="Verdana">{}</font></p>',
        "<dl>{}</dl>",
        lambda label, figure: f"<dt>{label}</dt><dd>{figure}</dd>",
        '<table border="1" cellpadding="2">{}</table>',
    ),
}


def captures(plan: Plan) -> list[Capture]:
    """All captures, by time. A page is corrected, and designed anew, before the last capture of its edition."""
    chance = random.Random(f"captures {plan.seed}")
    first, second = chance.sample(sorted(STYLES), 2)
    keys = list(range(len(Page(plan, EDITIONS[0], True).sections())))
    orders = [chance.sample(keys, len(keys)) for _ in range(3)]
    taken = []
    for edition in EDITIONS:
        start = dt.datetime(edition + 1, 1, 1, 9, tzinfo=dt.UTC)
        days = sorted(chance.sample(range(40, 330), plan.captures[edition]))
        for turn, day in enumerate(days):
            last = turn == len(days) - 1
            anew = (edition, last) >= (plan.at["redesign"], True)
            order = orders[2] if anew else orders[1] if edition >= plan.at["order"] else orders[0]
            sections = Page(plan, edition, corrected=last).sections()
            body = render([sections[key] for key in order], edition, STYLES[second if anew else first], chance.random())
            taken.append(Capture(edition, start + dt.timedelta(days=day, minutes=chance.randrange(600)), body))
        if edition == plan.at["outage"]:
            taken.append(Capture(None, start + dt.timedelta(days=340), OUTAGE))
    return taken


def render(sections: Sequence[Section], edition: int, style: Style, nonce: float, name: str = NAME) -> bytes:
    parts = "\n".join(style.section.format(_blocks(section, style)) for section in sections)
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Our year {edition} – {name}</title>'
        f'<script>var visit = {nonce};</script></head><body><nav><a href="/">Home</a> <a href="/2">Cafés (45)</a></nav>'
        f"{style.main.format(f'<h1>Our year {edition}</h1>{parts}')}"
        f"<footer><p>{name}, 22 Quay Road. Registered charity 0000123.</p></footer></body></html>\n"
    ).encode()


def _blocks(section: Section, style: Style) -> str:
    parts = [style.heading.format(escape(style.title(section.heading)))]
    for block in section.blocks:
        match block:
            case str():
                parts.append(style.paragraph.format(escape(block)))
            case Tiles(items):
                parts.append(style.tiles.format("".join(style.tile(label, figure) for label, figure in items)))
            case Table(caption, heads, rows):
                lines = [_row(heads, len(heads)), *(_row(row, 1) for row in rows)]
                parts.append(style.table.format(f"<caption>{caption}</caption>{''.join(lines)}"))
    return "".join(parts)


def _row(cells: Sequence[str], heads: int) -> str:
    """A row of a table, whose first so many cells are heads."""
    tags = ["th"] * heads + ["td"] * (len(cells) - heads)
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for tag, cell in zip(tags, cells, strict=True))}</tr>"
