"""Small charts for the UI: how each metric went over the years, as a picture of its own making within Markdown."""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from warehouse.queries import as_text

MOST = 12
"""Charts in one picture: the metrics with the most years."""
WIDTH, HEIGHT, ACROSS = 210, 76, 2
"""Points that one chart takes, and how many stand side by side."""
LONGEST_TITLE = 30
LINE, INK, PALE = "#4f43dd", "#231f1b", "#6e7781"


@dataclass(frozen=True, slots=True)
class Line:
    """Figures of one metric by year."""

    title: str
    points: tuple[tuple[int, float], ...]


def picture(lines: Sequence[Line]) -> str | None:
    """Markdown that shows a chart of each of the first metrics with two years or more; None where there is none."""
    drawn = [one for one in lines if len(one.points) > 1]
    drawn = sorted(drawn, key=lambda one: (-len(one.points), one.title))[:MOST]
    if not drawn:
        return None
    rows = -(-len(drawn) // ACROSS)
    size = f'width="{WIDTH * ACROSS}" height="{HEIGHT * rows}"'
    parts = [
        f'<g transform="translate({WIDTH * (n % ACROSS)},{HEIGHT * (n // ACROSS)})">{"".join(_chart(one))}</g>'
        for n, one in enumerate(drawn)
    ]
    # A page of white below, as the UI may be dark.
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="10">'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}</svg>'
    )
    more = len([one for one in lines if len(one.points) > 1]) - len(drawn)
    said = f"\n\nand {more} more metrics" if more else ""
    return f"![figures by year](data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode()}){said}"


def _chart(one: Line) -> Iterator[str]:
    title = one.title if len(one.title) <= LONGEST_TITLE else f"{one.title[: LONGEST_TITLE - 1]}…"
    years, values = [year for year, _ in one.points], [value for _, value in one.points]
    low, high = min(0.0, *values), max(0.0, *values)
    left, right, top, bottom = 6.0, WIDTH - 10.0, 30.0, HEIGHT - 18.0
    across, up = (right - left) / (years[-1] - years[0]), (bottom - top) / ((high - low) or 1)
    places = [(left + (year - years[0]) * across, bottom - (value - low) * up) for year, value in one.points]
    track = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'<text x="{left}" y="12" fill="{INK}" font-weight="bold">{escape(title)}</text>'
    yield f'<text x="{right}" y="24" fill="{INK}" text-anchor="end">{escape(as_text(values[-1]))}</text>'
    yield f'<line x1="{left}" y1="{bottom}" x2="{right}" y2="{bottom}" stroke="{PALE}" stroke-width="0.5"/>'
    yield f'<polyline points="{track}" fill="none" stroke="{LINE}" stroke-width="1.5"/>'
    for x, y in places:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.8" fill="{LINE}"/>'
    yield f'<text x="{left}" y="{HEIGHT - 6}" fill="{PALE}">{years[0]}</text>'
    yield f'<text x="{right}" y="{HEIGHT - 6}" fill="{PALE}" text-anchor="end">{years[-1]}</text>'
