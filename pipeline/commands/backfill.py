"""`impact backfill`: captures of a page from a web archive, then one release."""

import click

from pipeline.commands.options import card_options
from pipeline.terminal import say

YEAR = click.IntRange(1990, 2100)


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

    The index of the archive (CDX) is asked for each address of the card, in the years that the card gives it. Of
    captures with the same bytes one is fetched. What is no page (an error, a redirect, a capture of another time or
    from the future) is not kept and on record in archive/SOURCE/backfill.jsonl. Facts then link to the archive.

    The Wayback Machine is asked 24 times a minute at most, other hosts 60 times, this machine as often as it answers;
    all processes that use the home share that. When the archive asks to wait, the command ends; run again, it goes on
    where it stopped, and fetches nothing twice.

    \b
    Exit status: 0 done; 1 the archive gives no more for now, or a check failed; 2 wrong usage.

    \b
    Examples:
      impact backfill --from 2012 --dry-run
      impact backfill --card my-page.yaml --archive http://127.0.0.1:8080/my-collection
      IMPACT_HOME=demo-history impact backfill --sample
    """
    from contextlib import ExitStack
    from pathlib import Path

    from pipeline.backfill import backfill as fill
    from pipeline.interrupts import heeded
    from pipeline.progress import told
    from pipeline.sample_archive import archive_served, sample_history
    from pipeline.sources import followed
    from pipeline.web_captures import Backfill, Years, listed
    from warehouse.archive import Archive
    from warehouse.home import Home
    from warehouse.web_archive import WebArchive

    if first and last and first > last:
        raise click.UsageError("--from comes before --to")
    if sample and archive:
        raise click.UsageError("--sample brings an archive of its own; leave out --archive")
    home = Home.from_environment()
    chosen = followed(home, source, str(Path(card_file).absolute()) if card_file else None)
    Archive(home).check_kind(sample=sample)
    with ExitStack() as stack:
        if sample:
            archive = stack.enter_context(archive_served(sample_history(chosen.card)))
        web, asked = WebArchive(home, archive, rate), Years(first, last)
        progress = stack.enter_context(told(f"backfilling {chosen.card.id}"))
        stack.enter_context(heeded())
        if not dry_run:
            fill(home, chosen, web, asked, sample=sample, progress=progress)
            return 0
        captures = listed(web, chosen.card, asked)
    known = Backfill(home, chosen.card, web)
    for one in captures:
        say(f"{one.line.timestamp or '-':14}  {known.outlook(one)}  {one.line.original or one.line.text}")
    return 0
