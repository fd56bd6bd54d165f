"""One backfill from end to end: captures of a web archive into the home's, then one release."""

import logging
from collections.abc import Callable

from pipeline import sources
from pipeline.begin import begin
from pipeline.publishing import publish_additions
from pipeline.web_captures import RECORD, Backfill, Years, listed
from warehouse.archive import Archive
from warehouse.home import Home, writer_lock
from warehouse.web_archive import WebArchive

log = logging.getLogger("impact")


def backfill(
    home: Home,
    chosen: sources.Followed,
    web: WebArchive,
    asked: Years,
    *,
    sample: bool = False,
    progress: Callable[[int, int], object],
) -> None:
    """Keep what a web archive holds of a source and the home does not, then build and publish.

    Raises:
        HomeBusy: another process writes to the home.
        FetchError: the archive gives no more; what was kept is kept, and the next run goes on from there.
        ImpactError: it cannot be kept, or the tables do not pass a check.
    """
    home.create()
    with writer_lock(home):
        archive = Archive(home)
        archive.check_kind(sample=sample)
        captures = listed(web, chosen.card, asked)
        if captures:
            sources.keep(archive, chosen)
            work = Backfill(home, chosen.card, web, sample=sample)
            work.run(captures, progress)
            log.info("of %s capture%s: %s", f"{len(captures):,}", "s" * (len(captures) != 1), work.tally)
            if work.tally.missed:
                log.info("what was not kept is on record in %s", home.archive / chosen.card.id / RECORD)
        if not archive.captures(chosen.card.id):
            log.info("there is nothing to build")
            return
        with begin(home, fetching=False, sample=sample) as refresh:
            publish_additions(refresh)
