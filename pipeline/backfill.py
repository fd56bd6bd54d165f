"""One backfill of a source: what a web archive kept of its page, into the home's archive. What is built of it is not
told here."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from extractors.errors import InputError
from extractors.metrics.card import SourceCard
from pipeline import sources
from pipeline.refresh import Refresh
from pipeline.sample_archive import archive_served, sample_history
from pipeline.web_captures import RECORD, Backfill, Years, listed
from warehouse.archive import Archive
from warehouse.home import Home
from warehouse.web_archive import WebArchive

log = logging.getLogger("impact")


@contextmanager
def web_archive(
    home: Home, card: SourceCard, url: str | None, rate: float | None, *, sample: bool
) -> Iterator[WebArchive]:
    """The web archive to be asked, by default the Wayback Machine; of a home of samples the bundled one, on loopback.

    Raises:
        InputError: the address or the rate cannot be used, or the card names no sample archive.
    """
    if not sample:
        yield WebArchive(home, url, rate)
        return
    if url:
        raise InputError(f"{home.root} holds samples, whose archive is bundled; leave out the address of another")
    with archive_served(sample_history(card)) as address:
        yield WebArchive(home, address, rate)


def backfill(refresh: Refresh, work: Backfill, chosen: sources.Followed, web: WebArchive, asked: Years) -> None:
    """Keep what a web archive holds of a source and the home does not; `work` tells what became of it, also afterwards.

    Raises:
        FetchError: the archive gives no more; what was kept is kept, and the next run goes on from there.
        ImpactError: it cannot be kept.
    """
    captures = listed(web, chosen.card, asked)
    if not captures:
        work.run([])
        return
    sources.keep(refresh.archive, chosen)
    try:
        work.run(captures, refresh.progress)
    finally:
        refresh.captured += work.stored
        refresh.archive = Archive(refresh.home)  # it reads a file once, and a damaged one may be whole again
    log.info("%s: of %s capture%s: %s", chosen.card.id, f"{len(captures):,}", "s" * (len(captures) != 1), work.tally)
    if work.tally.missed:
        log.info("what was not kept is on record in %s", refresh.home.archive / chosen.card.id / RECORD)
