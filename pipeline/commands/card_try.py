"""`impact card try`: a card tried on one page, each statistic with the wording that took it or why none did."""

import json
import shutil
import sys

import click

from extractors.errors import InputError
from extractors.jsonlines import escaped
from extractors.metrics.slots import Slots
from pipeline.commands.options import card_options, loaded
from pipeline.pages import found_page, read
from pipeline.terminal import say
from pipeline.try_text import rest_object, told_object, trial_lines

WIDE = 120
"""Columns of the report where it goes to no terminal."""


@click.command("try", short_help="say for each statistic of a page which wording took it, or why none did")
@click.argument("page")
@card_options
@click.option("--edition", type=click.IntRange(1, 9999), metavar="YEAR", help="The reporting year, if not inferred.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def try_(page: str, source: str | None, card_file: str | None, edition: int | None, form: str) -> int:
    """Try a card on PAGE: for each statistic which metric took it, or which is nearest and the word that failed.

    PAGE is a file (.html, .txt or .md), a URL, or - for standard input. Statistics stand in the page's order below its
    headings, the number between brackets. "=" tells the metric and its members; "?" the metric that comes nearest and
    what is missing or in the way. Then follow the metrics that took nothing, the members of dimensions that nothing was
    of, and the figures that two metrics speak for alike, which go to neither. Nothing is stored. The card's own
    examples are not run; `impact card check` does that.

    With --format json each line is one statistic: {"fact_id", "surface", "sentence", "headings", "kind", "unit",
    "period_type", "year", "metric", "dimensions", "wording", "nearest", "reason", "rivals"}; the last line has instead
    {"statistics", "mapped", "metrics_without_hit", "members_never_seen"}.

    \b
    Exit status: 0 done, whatever is mapped; 1 a URL did not answer; 2 PAGE, the card or an option cannot be used.

    \b
    Examples:
      impact card try page.html --card my-page.yaml
      impact card try https://example.org/impact --source ncmec-impact --format json
    """
    from extractors.metrics.trying import tried

    if not source and not card_file:
        raise click.UsageError("name a card: --card FILE, or a bundled one with --source ID")
    card, _ = loaded(card_file, source)
    found = found_page(page, allow_private=card.allow_private)
    asked: dict[str, Slots] = {}
    try:
        reading = read(found, card, edition, found.url, found.retrieved_at, asked)
    except InputError as error:
        raise InputError(f"{found.name}: {error}") from error
    outcome = tried(reading, asked, card)
    if form == "json":
        objects = [*map(told_object, outcome.told), rest_object(outcome)]
        sys.stdout.writelines(escaped(json.dumps(one, ensure_ascii=False)) + "\n" for one in objects)
        return 0
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDE
    say(*trial_lines(outcome, card, width))
    return 0
