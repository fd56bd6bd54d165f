"""A small chart for the UI: how a metric went over the years, as a picture of its own making within Markdown."""

from collections.abc import Sequence
from urllib.parse import quote

from warehouse.queries import as_text

LONGEST = 999
"""Letters of Markdown that the UI shows at once; behind more it puts a button."""
WIDTH, HEIGHT, BELOW = 330, 56, 16
"""Points; what of them is for the words below the line."""
PLAIN = "/:=',"
"""Signs that stand for themselves there, beside letters and digits."""
LINE, WORDS = "#4f43dd", "#888"


def picture(points: Sequence[tuple[int, float]]) -> str | None:
    """Markdown that shows figures by year, in order, as a line; None where that says nothing, or is too much."""
    if len(points) < 2:
        return None
    years, values = [year for year, _ in points], [value for _, value in points]
    low, high = min(0.0, *values), max(0.0, *values)
    across, up = (WIDTH - 4) / (years[-1] - years[0]), (HEIGHT - BELOW - 6) / ((high - low) or 1)
    places = [(2 + (year - years[0]) * across, HEIGHT - BELOW - 3 - (value - low) * up) for year, value in points]
    track = "L".join(f"{x:.0f},{y:.0f}" for x, y in places)
    words = f"y='{HEIGHT - 2}' fill='{WORDS}'"
    drawing = (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{HEIGHT}'"
        " font-size='11' font-family='sans-serif'>"
        f"<path d='M{track}' fill='none' stroke='{LINE}' stroke-width='2'/>"
        f"<text x='2' {words}>{years[0]}: {as_text(values[0])}</text>"
        f"<text x='{WIDTH - 2}' {words} text-anchor='end'>{years[-1]}: {as_text(values[-1])}</text></svg>"
    )
    said = f"![figures by year](data:image/svg+xml,{quote(drawing, safe=PLAIN)})"
    return said if len(said) <= LONGEST else None
