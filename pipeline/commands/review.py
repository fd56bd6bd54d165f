"""`impact review`: statistics that no rule maps to a metric yet."""

from typing import Any

import click

from pipeline.render import figure
from pipeline.terminal import say
from warehouse.home import Home
from warehouse.queries import review as review_rows
from warehouse.release import published_database


@click.command(short_help="statistics that have no metric yet")
def review() -> int:
    """List the statistics that have no metric yet, the latest edition first: the figure, its words, a link.

    To give one a metric, add a rule to the source's card and run `impact refresh`. The same list, with more columns, is
    the table review_queue of the published database.

    \b
    Exit status: 0 done, also when the list is empty; 1 nothing is published.

    \b
    Example:
      impact review
    """
    rows = review_rows(published_database(Home.from_environment()))
    for row in rows:
        say(*_lines(row), "")
    left = "1 statistic has" if len(rows) == 1 else f"{len(rows)} statistics have"
    say(f"impact: {left} no metric yet", err=True)
    return 0


def _lines(row: dict[str, Any]) -> list[str]:
    said = figure(row["value"], row["qualifier"], row["kind"], row["unit"])
    kind = "" if row["kind"] in ("count", "percent") else f", a {row['kind'].replace('_', ' ')}"
    aggregation = f", {row['aggregation'].replace('_', ' ')}" if row["aggregation"] else ""
    year = f" in {row['year']}" if row["year"] else ""
    edition = f"edition {row['edition']}" if row["edition"] else "edition unknown"
    lines = [
        f"{said}{year}{kind}{aggregation} ({row['source']}, {edition})",
        f"  label  {row['label']}",
        f"  words  {row['sentence']}",
    ]
    if row["text_fragment_url"]:
        lines.append(f"  link   {row['text_fragment_url']}")
    return lines
