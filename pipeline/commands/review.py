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
from warehouse.ranking import is_installed
from warehouse.release import published_database


@click.command(short_help="statistics that have no metric yet, and what they may be")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--step", is_flag=True, help="Go through them one by one, on a terminal, and settle each with a key.")
@click.option("--doubts", is_flag=True, help="List mapped statistics instead, whose words are like another metric's.")
def review(form: str, step: bool, doubts: bool) -> int:
    """List the statistics that have no metric yet, the latest edition first: the figure, its words, what it may be.

    What it may be are metrics of its card whose words are likest; nothing is published by them. The same list is the
    table review_queue of the published database. To settle one, add a rule to the source's card and run `impact
    refresh`, or `impact decide` it by the id that stands behind its figure.

    With --step each is shown in turn and settled with one key: 1 to 3 take what it may be, m another metric, c corrects
    its value, unit, year, period type or qualifier first, x is no statistic, d is not followed, w decides for the
    wording or for the statement alone, s leaves it, u takes the last decision back, q ends. Each decision is on record
    at once, whatever follows; the tables are built at the end.

    With the extra `suggest` (scikit-learn) a ranker that learns from all that is mapped says what a statistic may be,
    and --doubts lists what the rules have mapped and it would by far map otherwise: places to look, often right as
    they are. What is wrong is put right by `impact decide`, or in the card.

    \b
    Exit status: 0 done, also when the list is empty; 1 nothing is published; 2 --step without a terminal, or --doubts
    without the extra.

    \b
    Examples:
      impact review
      impact review --step
      impact review --doubts
    """
    if step and doubts:
        raise click.UsageError("--doubts is a list; settle what is wrong in it with `impact decide`")
    if step and (form != "text" or not sys.stdin.isatty()):
        raise click.UsageError("--step asks for keys on a terminal; without one, `impact decide` settles a statistic")
    home = Home.from_environment()
    database = published_database(home)
    if doubts:
        from warehouse.doubts import doubts as in_doubt

        rows, what = in_doubt(database), "would be mapped otherwise"
    else:
        rows, what = review_rows(database), "no metric yet"
        if rows and is_installed():
            from warehouse.doubts import suggest

            suggest(database, rows)
    if form == "json":
        click.echo(escaped(json.dumps(rows, ensure_ascii=False, indent=1)))
        return 0
    if step and rows:
        from pipeline.stepping import through

        return through(home, rows)
    for row in rows:
        show(*item_lines(row), "")
    count = "1 statistic" if len(rows) == 1 else f"{len(rows)} statistics"
    has = "" if doubts else "has " if len(rows) == 1 else "have "
    say(f"impact: {count} {has}{what}", err=True)
    return 0
