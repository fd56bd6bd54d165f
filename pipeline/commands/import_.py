"""`impact import`: captures from WARC or WACZ files and saved pages, into the archive and the tables."""

from pathlib import Path

import click

from pipeline.commands.options import card_options


@click.command(name="import", short_help="take captures from WARC or WACZ files")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@card_options
@click.option("--url", help="Where a saved page stood; of HTML files only.")
@click.option("--captured-at", metavar="ISO8601", help="When a saved page was shown; of HTML files only.")
def import_(
    files: tuple[str, ...], source: str | None, card_file: str | None, url: str | None, captured_at: str | None
) -> int:
    """Take captures of followed pages from FILE…, archive them, and build, check and publish once.

    A FILE is a WARC file of any tool, plain or compressed; a WACZ file; or one page as a browser saved it (HTML), with
    --captured-at and --url. The pages of the sources that the home follows are taken, in an empty home those of
    ncmec-impact; with --source or --card those of that one. An address is compared without http or https, www., port,
    final slash, fragment and parameters like utm_source. A saved page with --source or --card belongs to it whatever
    its --url.

    What is of no followed page is counted and left. So is what is no capture or only a redirect, and what has an
    impossible time. Importing again changes nothing, and the order of files and imports is no matter. A page that is
    drawn by script alone can be followed so: import what a crawler with a browser recorded (Browsertrix,
    ArchiveWeb.page), or save the page from a browser.

    \b
    Exit status: 0 done, also when nothing was new; 1 a record was damaged (the rest is imported), a check failed, or
    a refresh runs; 2 a file, the card or the data folder cannot be used.

    \b
    Examples:
      impact import crawl.warc.gz
      impact import *.wacz --card my-page.yaml
      impact import saved.html --url https://shelter.example/impact --captured-at 2022-05-17
    """
    from pipeline.importing import Files
    from pipeline.launch import Addition, Choice, launch_addition
    from pipeline.pages import moment
    from pipeline.progress import told
    from pipeline.sources import followed
    from warehouse.archive import Archive
    from warehouse.home import Home

    home = Home.from_environment()
    card_file = str(Path(card_file).absolute()) if card_file else None
    paths = [Path(name).absolute() for name in files]
    # Looked at now, so that a wrong file is told at once; the job looks again, under the lock.
    chosen = followed(home, source, card_file) if source or card_file else None
    Files.of(home, paths, chosen, url, moment(captured_at) if captured_at else None)
    Archive(home).check_kind(sample=False)
    config = {"files": list(map(str, paths)), "source": source, "card": card_file, "url": url}
    addition = Addition("import_files", "imported_files", config | {"captured_at": captured_at})
    with told("importing") as progress:
        launch_addition(home, addition, Choice(sample=False), progress)
    return 0
