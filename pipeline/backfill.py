"""One backfill from end to end: captures of a web archive into the home's, then one release."""

import logging
from collections.abc import Callable

from pipeline import sources
from pipeline.refresh import begin
from pipeline.web_captures import RECORD, Backfill, Years, listed
from warehouse.archive import Archive
from warehouse.build import run_audits
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
        nothing = not archive.captures(chosen.card.id)
    if nothing:
        log.info("there is nothing to build")
    else:
        _build(home, chosen, sample=sample)


def _build(home: Home, chosen: sources.Followed, *, sample: bool) -> None:
    """Read, build, check and publish. What an archive kept last is no news: of that a refusal is said, and no more."""
    with begin(home, chosen, sample=sample) as refresh:
        refresh.read()
        if refresh.unchanged():
            return
        with refresh.building() as con:
            for _ in refresh.tables(con):
                pass
            refresh.refused.clear()
            refresh.finish(con, run_audits(con))
        refresh.publish()
