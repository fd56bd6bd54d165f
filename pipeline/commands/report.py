"""`impact report`: the evidence site."""

from pathlib import Path

import click

from pipeline.progress import told
from pipeline.terminal import say
from warehouse.home import Home
from warehouse.release import published_database
from warehouse.site.writing import report as write


@click.command(short_help="the evidence site: every figure with its words, as static pages")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
def report(folder: Path | None) -> int:
    """Write what is published to DIR, by default report/ in the data folder, as a site of static pages.

    A page for each metric: its chart, its figures, the words behind each with its edition, capture and citation. A page
    for each edition: its text, with every number marked by what became of it. Beside them what is new, what disagrees,
    the queue, the decisions and the ledger, with a search. Open DIR/index.html in a browser; no server is needed, and
    the pages ask the network for nothing. A metric's page keeps its address: metric/NAME.html#YEAR.

    The charts need what the extra `site` brings: `make site`, or pip install 'impact-ledger[site]'. The same release
    gives the same bytes. DIR is replaced whole when all is written; a folder that is no such site, or that somebody put
    a file into, is left as it is.

    \b
    Exit status: 0 done; 1 nothing is published, or the charts cannot be drawn; 2 DIR is something else, or cannot be
    written.

    \b
    Examples:
      impact report
      impact report site
    """
    home = Home.from_environment()
    target = (folder or home.root / "report").absolute()
    with told("writing the site") as done:
        pages = write(published_database(home), target, done)
    say(f"wrote {pages} pages; open {(target / 'index.html').as_uri()}", err=True)
    say(str(folder or target))
    return 0
