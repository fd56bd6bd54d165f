"""`impact review`: statistics that have no metric yet, and what they may be; with --step each is settled by a key."""

import json
import sys

import click

from extractors.jsonlines import escaped
from pipeline.queue_text import item_lines
from pipeline.render import show
from pipeline.terminal import say
from warehouse.home import Home
from warehouse.queries import review as review_rows
from warehouse.release import published_database


@click.command(short_help="statistics that have no metric yet, and what they may be")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--step", is_flag=True, help="Go through them one by one, on a terminal, and settle each with a key.")
def review(form: str, step: bool) -> int:
    """List the statistics that have no metric yet, the latest edition first: the figure, its words, what it may be.

    What it may be are metrics of its card whose words are likest; nothing is published by them. The same list is the
    table review_queue of the published database. To settle one, add a rule to the source's card and run `impact
    refresh`, or `impact decide` it by the id that stands behind its figure.

    With --step each is shown in turn and settled with one key: 1 to 3 take what it may be, m another metric, x is no
    statistic, d is not followed, w decides for the wording or for the statement alone, s leaves it, u takes the last
    decision back, q ends. Each decision is on record at once, whatever follows; the tables are built at the end.

    \b
    Exit status: 0 done, also when the list is empty; 1 nothing is published; 2 --step without a terminal.

    \b
    Examples:
      impact review
      impact review --step
    """
    if step and (form != "text" or not sys.stdin.isatty()):
        raise click.UsageError("--step asks for keys on a terminal; without one, `impact decide` settles a statistic")
    home = Home.from_environment()
    rows = review_rows(published_database(home))
    if form == "json":
        click.echo(escaped(json.dumps(rows, ensure_ascii=False, indent=1)))
        return 0
    if step and rows:
        from pipeline.stepping import through

        return through(home, rows)
    for row in rows:
        show(*item_lines(row), "")
    left = "1 statistic has" if len(rows) == 1 else f"{len(rows)} statistics have"
    say(f"impact: {left} no metric yet", err=True)
    return 0
