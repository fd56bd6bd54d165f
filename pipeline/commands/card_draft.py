"""`impact card draft`: a first card from a page, to standard output."""

import re
import sys

import click

from extractors.errors import InputError
from extractors.metrics.card_models import CARD_ID
from extractors.metrics.slots import Slots
from pipeline.pages import document, found_page, read, web_address
from pipeline.terminal import say


@click.command(short_help="draft a card from a page")
@click.argument("page")
@click.option("--id", "id_", metavar="ID", help="What the card is called; else made of the organisation's name.")
@click.option("--organisation", metavar="NAME", help="Who speaks on the page; else guessed from its title.")
@click.option("--url", help="Where the page stands, if it comes from a file.")
def draft(page: str, id_: str | None, organisation: str | None, url: str | None) -> int:
    """Draft a source card from PAGE and write it to standard output, to be edited.

    PAGE is a file (.html, .txt or .md), a URL, or - for standard input. Metrics come from the units, labels and words
    of its statistics, dimensions from parts that add up or that headings name, each metric with an example from the
    page. Every metric takes at least one statistic of the page, and none takes one that it was not drafted from. What
    they mean is a guess all the same: each is marked "look:", with the figures it takes. What no metric takes stands at
    the end. Nothing is stored.

    \b
    Exit status: 0 done; 1 no statistic was found, or a URL did not answer; 2 PAGE or an option cannot be used.

    \b
    Examples:
      impact card draft https://example.org/impact > my-page.yaml
      impact card draft page.html --organisation "Harbour Rescue" --url https://harbour.example/impact > harbour.yaml
    """
    from extractors.metrics.drafting import card_lines, head_of
    from extractors.metrics.drafting import draft as drafted
    from extractors.metrics.drafting.compiling import compiled

    if url is not None:
        web_address(url)
    if id_ is not None and not re.fullmatch(CARD_ID, id_):
        raise InputError(f"--id {id_!r}: small letters, digits and hyphens, 64 at most, such as harbour-rescue")
    found = found_page(page)
    try:
        head = head_of(document(found), organisation, id_, url or found.url)
        asked: dict[str, Slots] = {}
        reading = read(found, compiled(head), None, head.url, found.retrieved_at, asked)
    except InputError as error:
        raise InputError(f"{found.name}: {error}") from error
    if not reading.facts:
        say(f"impact: no statistic found in {found.name}; there is nothing to draft from", err=True)
        return 1
    card = drafted(reading, asked, head)
    say(*card_lines(card, page))
    if not sys.stdout.isatty():  # else the head of the card has just said it
        taken = f"{card.mapped} of {card.statistics} statistics"
        say(f"impact: {len(card.metrics)} metrics take {taken}; look at each", err=True)
    return 0
