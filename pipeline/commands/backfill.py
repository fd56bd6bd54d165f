"""`impact backfill`: captures of a page from a web archive, then one release."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pipeline.commands.options import card_options
from pipeline.terminal import say

if TYPE_CHECKING:
    from pipeline.web_captures import Backfill, Listed


@click.command(short_help="captures of a page from a web archive")
@card_options
@click.option(
    "--from", "first", type=click.IntRange(1996, 9998), metavar="YEAR", help="Captures of this year and later."
)
@click.option(
    "--to", "last", type=click.IntRange(1996, 9998), metavar="YEAR", help="Captures of this year and earlier."
)
@click.option("--archive", metavar="URL", help="A pywb collection; default: the Wayback Machine.")
@click.option("--rate", type=click.FloatRange(0, min_open=True), metavar="N", help="At most N requests a minute.")
@click.option("--sample", is_flag=True, help="Take the bundled sample archive, served on loopback; no network.")
@click.option("--dry-run", is_flag=True, help="Print what is listed and what would be fetched; fetch no capture.")
def backfill(
    source: str | None,
    card_file: str | None,
    first: int | None,
    last: int | None,
    archive: str | None,
    rate: float | None,
    sample: bool,
    dry_run: bool,
) -> int:
    """Fetch what a web archive kept of a source's page, archive it, and publish one release.

    Without --source or --card: of each source that the home follows; in an empty home of ncmec-impact. The index of the
    archive (CDX) is asked for each address of the card, in the years that the card gives it. Of captures with the same
    bytes one is fetched. What is no page (an error, a redirect, a capture of another time or from the future) is not
    kept and on record in archive/SOURCE/backfill.jsonl. Facts then link to the archive.

    The Wayback Machine is asked 24 times a minute at most, other hosts 60 times, this machine as often as it answers;
    all processes that use the home share that. When the archive asks to wait, what was had is published, and the
    command ends and says when to go on; run again, it goes on where it stopped, and fetches nothing twice. The Dagster
    UI shows the run and the crawl years that are done, and can launch one.

    \b
    Exit status: 0 done; 1 the archive gives no more for now, or a check failed; 2 wrong usage.

    \b
    Examples:
      impact backfill --from 2012 --dry-run
      impact backfill --card my-page.yaml --archive http://127.0.0.1:8080/my-collection
      IMPACT_HOME=demo-history impact backfill --sample
    """
    from pathlib import Path

    from pipeline.backfill import web_archive
    from pipeline.interrupts import heeded
    from pipeline.launch import Addition, Choice, launch_addition
    from pipeline.progress import told
    from pipeline.sources import followed, of_home
    from pipeline.web_captures import Backfill, Years, listed
    from warehouse.archive import Archive
    from warehouse.home import Home
    from warehouse.web_archive import WebArchive

    if first and last and first > last:
        raise click.UsageError("--from comes before --to")
    if sample and archive:
        raise click.UsageError("--sample brings an archive of its own; leave out --archive")
    home = Home.from_environment()
    card_file = str(Path(card_file).absolute()) if card_file else None
    # Asked now, so that a wrong name, file or address is told at once; the job asks again, under the lock.
    asked = [followed(home, source, card_file)] if source or card_file else []
    names = [one.card.id for one in asked] or of_home(Archive(home))
    Archive(home).check_kind(sample=sample)
    WebArchive(home, archive, rate)
    if dry_run:
        with told(f"asking for {', '.join(names)}"), heeded():
            for one in asked or [followed(home, name) for name in names]:
                with web_archive(home, one.card, archive, rate, sample=sample) as web:
                    _foretell(Backfill(home, one.card, web), listed(web, one.card, Years(first, last)))
        return 0
    config = {"archive": archive, "rate": rate}
    addition = Addition("backfill", "archived_captures", config, tuple(names), (first, last))
    with told(f"backfilling {', '.join(names)}") as progress:
        launch_addition(home, addition, Choice(source=source, card=card_file, sample=sample), progress)
    return 0


def _foretell(work: "Backfill", captures: "Sequence[Listed]") -> None:
    for one in captures:
        say(f"{one.line.timestamp or '-':14}  {work.outlook(one)}  {one.line.original or one.line.text}")
