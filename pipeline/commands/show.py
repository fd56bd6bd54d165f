"""`impact show`: the archived page that a fact was read from, inert, with its words marked."""

import sys
import webbrowser

import click

from extractors.errors import ImpactError
from extractors.pages.inert import FACT, Words, inert_page
from pipeline.terminal import say
from warehouse import durable
from warehouse.archive import Archive, UnknownCapture
from warehouse.home import Home, HomeUnwritable
from warehouse.queries import FactOnPage, fact_on_page
from warehouse.release import published_database


class PageLost(ImpactError):
    """The archive no longer holds the page of a published fact. Restore its file, or build anew without it."""


@click.command(short_help="the archived page of a fact, with its words highlighted")
@click.argument("fact")
@click.option("--source", metavar="ID", help="Whose statement it is, where several sources follow the page.")
def show(fact: str, source: str | None) -> int:
    """Show the page that FACT was read from, as it was archived, scrolled to its words, which are highlighted.

    FACT is a fact_id, or the beginning of one, as the tables and `impact explain` give it. The page comes from the
    archive, not from the network, into a file of its own under shown/ in the data folder: readable words only, without
    styles and pictures, which the archive does not hold, and without anything that could act or load. On a terminal it
    is opened in a browser, where there is one; else the file's path is printed.

    \b
    Exit status: 0 done; 1 nothing is published, or the archived file is damaged; 2 no such fact.

    \b
    Example:
      impact show 7106865f18995a2b6c92
    """
    home = Home.from_environment()
    found = fact_on_page(published_database(home), fact, source)
    archive = Archive(home)
    try:
        capture = archive.find(found.capture_sha256, found.source)
    except UnknownCapture as error:
        raise PageLost(f"the page of fact {found.fact_id} is lost: {error}") from error
    words = Words(found.xpath, found.passage_text, found.sentence, found.start, found.end)
    page = inert_page(archive.payload(capture), words, _banner(found), charset=capture.charset)
    path = home.root / "shown" / f"{found.fact_id}.html"
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise HomeUnwritable.because(path.parent, error) from error
    durable.write_file(path, page.encode())
    address = f"{path.as_uri()}#{FACT}"
    if sys.stdout.isatty() and webbrowser.open(address):
        say(f"opened {address}", err=True)
        return 0
    say(f"{address} leads to the words", err=True)
    say(str(path))
    return 0


def _banner(found: FactOnPage) -> list[str]:
    edition = f"edition {found.edition}" if found.edition else "edition unknown"
    return [
        f"{found.organisation}: {found.title}, {edition}",
        f"{found.archived_url or found.url or 'address unknown'}, retrieved {found.captured_at:%Y-%m-%d %H:%M} UTC",
        "From the archive, which holds the page only: no styles, no pictures, and nothing that acts or loads.",
        f"Fact {found.fact_id}; SHA-256 of the page {found.capture_sha256}",
    ]
