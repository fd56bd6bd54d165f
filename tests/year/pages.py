"""A year of three pages, as real ones live it: what each shows on a day, what of that is news, and what is trouble.

All three are of invented organisations and hold the same kinds of figures. What is planted is written down twice, as
what a page shows and as what should be told of it; the run sets one against the other.
"""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass, field, replace

from tests.pipeline.conftest import RESCUES

BEGIN = dt.datetime(2027, 7, 1, 6, tzinfo=dt.UTC)
"""The first day of the year, which has a leap day and both changes of the hour."""
DAYS = 366

CARD = f"""\
id: {{source}}
organisation: {{organisation}}
title: Our year
url: {{url}}
metrics:
{RESCUES}\
  calls: {{{{label: Calls answered, unit: calls, measure: flow, counts: calls}}}}
  courses: {{{{label: Courses held, unit: courses, measure: flow, counts: courses}}}}
  volunteers: {{{{label: Volunteers, unit: volunteers, measure: stock, counts: volunteers}}}}
  boats: {{{{label: Boats, unit: boats, measure: stock, counts: boats}}}}
identities:
  - {{{{metric: rescues, kind: sum, dimension: place}}}}
bounds: {{{{min_statistics_share: 0.5}}}}
"""

COAST, HILL, RIVER = "coast-rescue", "hill-rescue", "river-rescue"
SOURCES = (COAST, HILL, RIVER)
ASKED_WHOLE = 7
"""Days until a host that only ever says "not modified" is asked for the whole page."""


@dataclass(frozen=True)
class Figures:
    """What a page states."""

    edition: int
    beach: int
    sea: int
    calls: int
    courses: int
    volunteers: int | None
    boats: int | None
    rescued_before: int
    """People rescued in the year before the edition's."""
    rescued: int | None = None
    """The total as it is printed, where that is not the sum."""


FIRST = {
    COAST: Figures(2026, 1_310, 842, 5_417, 64, 380, None, 2_011),
    HILL: Figures(2026, 212, 96, 1_940, 31, 122, None, 287),
    RIVER: Figures(2026, 655, 401, 2_873, 48, 207, None, 998),
}
SECOND = {
    COAST: Figures(2027, 1_402, 911, 5_988, 71, 395, 14, 2_152),
    HILL: Figures(2027, 230, 101, 2_004, 33, None, None, 308),
    RIVER: Figures(2027, 690, 418, 3_011, 52, 214, 9, 1_061),  # restated: it was 1,056
}
APPEARS = {COAST: 243, HILL: 215, RIVER: 260}
"""The day on which each page shows its second edition."""
REDESIGNED, HIDDEN, ACCEPTED, SHOWN_AGAIN = 60, 150, 153, 170
"""The first page: other markup around the same words; figures left to a script; a person lets that through; back."""
ALWAYS_304, CHANGED_BEHIND, EDITION_BEHIND = 30, 110, APPEARS[HILL]
"""The second page: its host says "not modified" to whoever names a validator, whatever has changed since."""
DOWN, DOWN_AGAIN, WALLED = range(40, 47), range(90, 91), range(200, 203)
"""The third page: a week of 503, a day of it, and three days of a wall that asks for consent."""
SLIP = {"calls": 5_898, "rescued": 2_331}
"""Of the pen, in the first page's second edition, mended the next day: one figure by itself, and a total with parts."""
CORRECTED = 310


def figures(source: str, day: int) -> Figures:
    """What a page states on a day, whatever its host answers."""
    if day < APPEARS[source]:
        return replace(FIRST[HILL], calls=1_948) if source == HILL and day >= CHANGED_BEHIND else FIRST[source]
    if source == COAST and day == APPEARS[COAST]:
        return replace(SECOND[COAST], **SLIP)
    if source == RIVER and day >= CORRECTED:
        return replace(SECOND[RIVER], courses=55)
    return SECOND[source]


@dataclass(frozen=True)
class Answer:
    """What a host answers on a day."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def answer(source: str, day: int, asked: dict[str, str]) -> Answer:
    """What the host of a page answers to a request with these headers, their names in small letters."""
    if source == RIVER and (day in DOWN or day in DOWN_AGAIN):
        said = f"<title>503</title><h1>Service unavailable</h1><p>Reference {secrets.token_hex(8)}</p>"
        return Answer(503, said.encode())
    if source == RIVER and day in WALLED:
        return Answer(200, _wall())
    if source == HILL:
        body = page(source, day)
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if "if-none-match" in asked and (day >= ALWAYS_304 or asked["if-none-match"] == tag):
            return Answer(304, headers={"ETag": tag})
        return Answer(200, body, {"ETag": tag})
    return Answer(200, page(source, day))


def page(source: str, day: int) -> bytes:
    """The page of a day. That of the second source is the same each time, the others hold a token of the response."""
    said = figures(source, day)
    year = said.edition
    rescued = said.rescued if said.rescued is not None else said.beach + said.sea
    hides = source == COAST and HIDDEN <= day < SHOWN_AGAIN
    lines = [f"In {year}, crews rescued {rescued:,} people; in {year - 1} they rescued {said.rescued_before:,} people."]
    if not hides:
        lines += [
            f"Of the people rescued in {year}, {said.beach:,} people were rescued on beaches.",
            f"In {year}, {said.sea:,} people were rescued at sea.",
            f"In {year}, we answered {said.calls:,} calls.",
            f"In {year}, we held {said.courses} courses.",
        ]
        lines += [f"At the end of {year}, we had {said.volunteers} volunteers."] if said.volunteers else []
        lines += [f"At the end of {year}, we had {said.boats} boats."] if said.boats else []
    token = "" if source == HILL else secrets.token_urlsafe(24)
    return (_plain if source != COAST or day < REDESIGNED else _redesigned)(year, lines, token)


def _plain(year: int, lines: list[str], token: str) -> bytes:
    body = "".join(
        f"<h2>{STORIES[n % 3][0]}</h2><p>{line}</p><p>{STORIES[n % 3][1]}</p>" for n, line in enumerate(lines)
    )
    return _document(year, f'<nav><a href="/">Home</a> <a href="/give">Give</a></nav><h1>Our year</h1>{body}', token)


def _redesigned(year: int, lines: list[str], token: str) -> bytes:
    tiles = "".join(
        f'<section class="tile tile--{n % 3}"><div class="tile__inner"><h2>{STORIES[n % 3][0]}</h2>'
        f'<div class="rich-text"><p>{line}</p><p>{STORIES[n % 3][1]}</p></div></div></section>'
        for n, line in enumerate(lines)
    )
    head = '<header><nav><ul><li><a href="/">Home</a></li><li><a href="/give">Give</a></li></ul></nav></header>'
    return _document(year, f'{head}<h1 class="display">Our year</h1><div class="grid">{tiles}</div>', token)


def _document(year: int, body: str, token: str) -> bytes:
    scripts = f'<script nonce="{token}">window.csrf = "{token}";</script>' if token else ""
    style = "".join(f".c{n}{{margin:{n}px;padding:{n}px}}" for n in range(300))
    html = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Our year {year}</title>'
        f"<style>{style}</style>{scripts}</head><body><main>{body}</main>"
        f"<footer><p>Rescue is a charity.</p></footer></body></html>"
    )
    return html.encode()


def _wall() -> bytes:
    token = secrets.token_urlsafe(24)
    return (
        f"<!doctype html><html lang='en'><head><title>Before you continue</title>"
        f"<script nonce='{token}'></script></head><body><main><h1>Before you continue</h1>"
        "<p>We and our partners use cookies. Choose what you allow.</p>"
        "<button>Accept all</button><button>Settings</button></main></body></html>"
    ).encode()


STORIES = (
    ("Out on the water", "The crews leave at any hour and in any weather; most of them have another trade by day."),
    ("In the schools", "Who has learnt to float on the back is calm when it matters, and calls for help in time."),
    ("Behind the scenes", "Somebody mends the engines, somebody keeps the books, and somebody makes the tea."),
)
