"""How a statistic of the review queue is put in writing: its figure, where it stands, its words, what it may be."""

from typing import Any

from pipeline.render import BASIS, figure

PERIODS = {
    "year": "in {year}",
    "cumulative": "total to date, {year}",
    "as_of": "as of {year}",
    "range": "part of a year or several, {year}",
    "unknown": "as a habit",
}


def item_lines(row: dict[str, Any]) -> list[str]:
    """The lines of one statistic that has no metric yet, or one that is in doubt."""
    said = figure(row["value"], row["qualifier"], row["kind"], row["unit"])
    kind = "" if row["kind"] in ("count", "percent", "money", "measure") else f", a {row['kind'].replace('_', ' ')}"
    aggregation = f", {row['aggregation'].replace('_', ' ')}" if row["aggregation"] else ""
    year = f" in {row['year']}" if row["year"] else ""
    edition = f"edition {row['edition']}" if row["edition"] else "edition unknown"
    lines = [f"{said}{year}{kind}{aggregation} ({row['source']}, {edition}): {row['fact_id']}"]
    if row["headings"]:
        lines.append(f"  under    {' > '.join(row['headings'])}")
    lines.append(f"  words    {row['marked']}")
    period = PERIODS[row["period_type"]].format(year=row["year"] or "no year")
    lines.append(f"  period   {period}, {BASIS[row['period_basis']]}")
    if "target" in (row.get("flags") or ()):
        lines.append("  goal     it is aimed at, and the rules give no goal a metric")
    lines.append(f"  label    {row['label']}")
    if row.get("metric"):
        lines.append(f"  metric   {row['metric']}, by the rules")
    if row["suggestions"]:
        may_be = ", ".join(f"{number} {metric}" for number, metric in enumerate(row["suggestions"], 1))
        lines.append(f"  perhaps  {may_be}")
    if row["text_fragment_url"]:
        lines.append(f"  link     {row['text_fragment_url']}")
    return lines
