"""Charts of a metric, as SVG: a line a series, the interval that each figure claims, marks for what is disputed.

Drawn by Altair and vl-convert, which the extra `site` brings; nothing else here needs them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractors.errors import ImpactError
from warehouse.site.evidence import Row, by_series
from warehouse.site.text import visible

if TYPE_CHECKING:
    import altair as alt

WIDE, NARROW = 620, 300
"""Pixels of the plot: for a page, and for a phone."""
MARGIN = 44
"""Pixels for the labels left of a plot, so that all panels begin at one line."""
MOST_PARTS = 6
"""Series that one panel tells apart by colour."""
INK, GRID, AXIS, PAPER, TOTAL, LOST, AGAINST = (
    "#1b1f24", "#dfe2e6", "#8a9099", "#ffffff", "#1f5a8a", "#9a5b00", "#b3261e",
)  # fmt: skip
PARTS = ("#0b6e99", "#b8500f", "#2e7d4f", "#8a4fa3", "#8a6d00", "#5b5f66")
DARK = {
    INK: "#e8e6e1", GRID: "#34393f", AXIS: "#7d848c", PAPER: "#15181b", TOTAL: "#8ab8e0", LOST: "#e0a458",
    AGAINST: "#ff8a80", "#0b6e99": "#6cc0e5", "#b8500f": "#f0975a", "#2e7d4f": "#7fcf9f", "#8a4fa3": "#cda2e0",
    "#8a6d00": "#dcc05a", "#5b5f66": "#b0b5bb",
}  # fmt: skip
"""What each colour is on dark paper."""
SHAPES = {"single": "circle", "agreed": "circle", "revised": "square", "contradicted": "cross"}
STATUS_COLOURS = {"single": TOTAL, "agreed": TOTAL, "revised": LOST, "contradicted": AGAINST}
TITLES = {"year": "By year", "cumulative": "Total to date", "as_of": "As of"}


class NoCharts(ImpactError):
    """What draws the charts is not installed: `make site`, or pip install 'impact-ledger[site]'."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in each width and shade that a page chooses from, by the ending of the file's name, and what it shows."""

    files: dict[str, str]
    alternative: str
    width: int
    height: int


def require_charts() -> None:
    """Check that charts can be drawn.

    Raises:
        NoCharts: they cannot.
    """
    try:
        import altair  # noqa: F401
        import vl_convert  # noqa: F401
    except ImportError as error:
        raise NoCharts(
            f"the site's charts need {error.name}, which is not installed; run `make site`, or "
            "`pip install 'impact-ledger[site]'`"
        ) from None


def chart(label: str, unit: str, cells: Sequence[Row], statements: Sequence[Row]) -> Chart | None:
    """The chart of one source's figures of a metric; None where no series has two.

    `statements` are those that the cells did not take.
    """
    series = by_series(cells)
    if max((len(rows) for rows in series.values()), default=0) < 2:
        return None
    wide = _svg(series, statements, unit, WIDE)
    narrow = _svg(series, statements, unit, NARROW)
    files = {"": wide, "-dark": _dark(wide), "-narrow": narrow, "-narrow-dark": _dark(narrow)}
    first, last = min(row["year"] for row in cells), max(row["year"] for row in cells)
    said = f"Chart of {label.lower()}, {first} to {last}: {len(cells)} figures, all of them in the table below."
    size = wide.partition('width="')[2].partition('"')[0], wide.partition('height="')[2].partition('"')[0]
    return Chart(files, said, *(round(float(one)) for one in size))


def _svg(series: dict[tuple[str, str, str], list[Row]], lost: Sequence[Row], unit: str, width: int) -> str:
    import altair as alt
    import vl_convert

    panels: list[Any] = []
    stated = [row["year"] for rows in (*series.values(), lost) for row in rows]
    years = range(min(stated), max(stated) + 1)
    for (period, kind), parts in _panels(series).items():
        totals = {key: rows for key, rows in parts.items() if not key[2]}
        others = {key: rows for key, rows in parts.items() if key[2]}
        beside = [row for row in lost if (row["period_type"], row["kind"]) == (period, kind) and not row["breakdown"]]
        title = TITLES[period] + (f" ({'percent' if kind == 'percent' else unit})" if kind != "count" or unit else "")
        if totals:
            panels.append(_panel(title, totals, beside, years, width))
        for dimension, some in _by_dimension(others).items():
            if max(map(len, some.values())) > 1:
                panels.append(_panel(f"{title} {dimension}", some, [], years, width))
    # Said in one go: each method of a chart that says one thing more copies all of it.
    resolve = alt.Resolve(scale=alt.ScaleResolveMap(color="independent", shape="independent"))
    drawn = alt.vconcat(*panels, spacing=28, resolve=resolve, config=_config())
    version = alt.SCHEMA_VERSION.removeprefix("v").rpartition(".")[0]
    return str(vl_convert.vegalite_to_svg(drawn.to_json(validate=False, indent=None), vl_version=version))


def _config() -> "alt.Config":
    import altair as alt

    return alt.Config(
        background=PAPER,
        font="sans-serif",
        padding=6,
        axis=alt.AxisConfig(labelColor=INK, gridColor=GRID, domainColor=AXIS, tickColor=AXIS, labelFontSize=13),
        axisY=alt.AxisConfig(minExtent=MARGIN),
        title=alt.TitleConfig(color=INK, anchor="start", fontSize=14, fontWeight=600, offset=8),
        legend=alt.LegendConfig(
            labelColor=INK, labelFontSize=13, orient="bottom", title=None, labelLimit=250, symbolOpacity=1
        ),
        view=alt.ViewConfig(stroke=None),
    )


def _panels(
    series: dict[tuple[str, str, str], list[Row]],
) -> dict[tuple[str, str], dict[tuple[str, str, str], list[Row]]]:
    panels: dict[tuple[str, str], dict[tuple[str, str, str], list[Row]]] = {}
    for key, rows in series.items():
        panels.setdefault(key[:2], {})[key] = rows
    return panels


def _by_dimension(
    series: dict[tuple[str, str, str], list[Row]],
) -> dict[str, dict[tuple[str, str, str], list[Row]]]:
    """Parts of a total by the dimension they are parts of; of many, those stated most often."""
    found: dict[str, dict[tuple[str, str, str], list[Row]]] = {}
    for key, rows in series.items():
        dimensions = " and ".join(part.partition("=")[0].replace("_", " ") for part in key[2].split(";"))
        found.setdefault(f"by {dimensions}", {})[key] = rows
    for name, some in found.items():
        most = sorted(some, key=lambda key: (-len(some[key]), key))[:MOST_PARTS]
        found[name] = {key: rows for key, rows in some.items() if key in most}
    return found


def _panel(
    title: str, series: dict[tuple[str, str, str], list[Row]], lost: Sequence[Row], years: range, width: int
) -> "alt.LayerChart | alt.FacetChart":
    import altair as alt

    # What measures the words is ended by a letter that XML does not have, and all of the program with it.
    title = visible(title)
    names = {
        key: visible(", ".join(part.partition("=")[2].replace("_", " ") for part in key[2].split(";")))
        for key in series
    }
    several = any(names.values())
    points = [_point(row, names[key]) for key, rows in series.items() for row in rows]
    others = [_point(row, "") for row in lost]
    high = len({point["year"] for point in points}) > 1
    base = alt.Chart()  # the data stand once, on the whole panel: Altair copies a chart's again and again
    x = alt.X(
        "year:Q",
        scale=alt.Scale(domain=[years[0] - 0.5, years[-1] + 0.5], nice=False),
        axis=alt.Axis(values=_ticks(years, width), format="d", title=None, grid=False),
    )
    labels = "replace(format(datum.value, '~s'), 'G', 'B')"
    y = alt.Y(
        "value:Q", axis=alt.Axis(title=None, labelExpr=labels, tickCount=5 if high else 2), scale=alt.Scale(zero=True)
    )
    of_part: Any = (
        alt.Color("part:N", scale=alt.Scale(domain=list(names.values()), range=list(PARTS[: len(names)])))
        if several
        else alt.value(TOTAL)
    )
    of_status: Any = of_part
    if not several:
        scale = alt.Scale(domain=list(STATUS_COLOURS), range=list(STATUS_COLOURS.values()))
        of_status = alt.Color("status:N", scale=scale, legend=None)
    shape = alt.Shape("status:N", scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())), legend=None)
    layers: list[Any] = [
        base.mark_line(strokeWidth=1.5).encode(x=x, y=y, color=of_part),
        base.transform_filter("datum.low < datum.high")
        .mark_rule(strokeWidth=5, opacity=0.35)
        .encode(x=x, y=alt.Y("low:Q"), y2="high:Q", color=of_part),
        base.mark_point(filled=True, size=70, opacity=1).encode(x=x, y=y, color=of_status, shape=shape),
        base.transform_filter("datum.open == 'up'")
        .mark_point(shape="triangle-up", filled=True, size=40, yOffset=-10, opacity=1)
        .encode(x=x, y=y, color=of_part),
        base.transform_filter("datum.open == 'down'")
        .mark_point(shape="triangle-down", filled=True, size=40, yOffset=10, opacity=1)
        .encode(x=x, y=y, color=of_part),
    ]
    if others:
        beside = alt.Chart(alt.InlineData(values=others))
        layers.append(beside.mark_point(filled=False, size=70, strokeWidth=1.5, color=LOST, opacity=1).encode(x=x, y=y))
    data = alt.InlineData(values=points)
    return alt.layer(*layers, data=data).properties(title=title, width=width, height=220 if high else 80)


def _point(row: Row, part: str) -> dict[str, Any]:
    low, high = row["value_low"], row["value_high"]
    return {
        "year": row["year"],
        "value": row["value"],
        "low": low if low is not None and high is not None else row["value"],
        "high": high if low is not None and high is not None else row["value"],
        "open": "up" if high is None else "down" if low is None else "",
        "status": row.get("status", "single"),
        "part": part,
    }


def _ticks(years: range, width: int) -> list[int]:
    """Years that are written below the axis: all, or each second, third, … from the last back, as there is room."""
    room = width // 44
    step = -(-len(years) // room)
    return list(range(years[-1], years[0] - 1, -step))[::-1]


def _dark(svg: str) -> str:
    for light, dark in DARK.items():
        svg = svg.replace(light, dark)
    return svg
