"""The year as a picture: what each day took and left, one curve under the other. The same days give the same bytes."""

from collections.abc import Mapping, Sequence

from tests.year.year import FOLDERS, Day

WIDTH, LEFT, RIGHT, TOP, HEIGHT, GAP = 860, 70, 130, 34, 150, 52
COLOURS = ("#1b6ca8", "#3a923a", "#c76b1d", "#7d5ba6")
MEGABYTE = 1_000_000


def picture(days: Sequence[Day], events: Mapping[int, str]) -> str:
    """An SVG of the disk by folder, the peak of memory and the processor seconds, a day a point; events are marked."""
    curves = {folder: [day.disk[folder] / MEGABYTE for day in days] for folder in FOLDERS}
    panels = [
        ("On disk, MB by folder", curves),
        ("Memory of a refresh at its peak, MB", {"peak": [day.memory for day in days]}),
        ("Processor time of a refresh, s", {"seconds": [day.seconds for day in days[1:]]}),
    ]
    numbers = [day.number for day in days]
    last = max(numbers[-1], 1)
    total = TOP + len(panels) * (HEIGHT + GAP) + 16 * len(events)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {total}"'
        ' font-family="sans-serif" font-size="12">',
        "<title>A year of daily refreshes</title>",
        f'<rect width="{WIDTH}" height="{total}" fill="#fff"/>',
    ]
    for at, (title, some) in enumerate(panels):
        top = TOP + at * (HEIGHT + GAP)
        most = max(max(values) for values in some.values()) * 1.08 or 1
        out.append(f'<text x="{LEFT}" y="{top - 10}" font-weight="bold">{title}</text>')
        for share in (0, 0.25, 0.5, 0.75, 1):
            y = top + HEIGHT * (1 - share)
            out.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd" fill="none"/>')
            out.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{_short(most * share)}</text>')
        for number in events:
            x = _across(number, last)
            out.append(f'<path d="M{x:.1f} {top}V{top + HEIGHT}" stroke="#999" stroke-dasharray="2 3" fill="none"/>')
        labels: list[float] = []
        for colour, (name, values) in zip(COLOURS, some.items(), strict=False):
            drawn = numbers[len(numbers) - len(values) :]
            points = [
                f"{_across(number, last):.1f} {top + HEIGHT * (1 - value / most):.1f}"
                for number, value in zip(drawn, values, strict=True)
            ]
            out.append(f'<path d="M{"L".join(points)}" stroke="{colour}" stroke-width="1.5" fill="none"/>')
            y = top + HEIGHT * (1 - values[-1] / most)
            while any(abs(y - other) < 13 for other in labels):
                y -= 13
            labels.append(y)
            label = f"{name} {_short(values[-1])}"
            out.append(f'<text x="{WIDTH - RIGHT + 6}" y="{y + 4:.1f}" fill="{colour}">{label}</text>')
        for number in range(0, last + 1, 30):
            x = _across(number, last)
            out.append(f'<text x="{x:.1f}" y="{top + HEIGHT + 16}" text-anchor="middle" fill="#555">{number}</text>')
    for row, (number, words) in enumerate(sorted(events.items())):
        y = TOP + len(panels) * (HEIGHT + GAP) + 16 * row
        out.append(f'<text x="{LEFT}" y="{y}">day {number}: {words}</text>')
    return "\n".join([*out, "</svg>", ""])


def _across(number: int, last: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * number / last


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 20 else f"{value:.1f}"
