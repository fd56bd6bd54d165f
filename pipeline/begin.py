"""How a refresh begins and ends: what is asked for, with samples or the live page, and what goes on record of it."""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from extractors.errors import ImpactError
from pipeline import notice, sources, webhook
from pipeline.interrupts import pending
from pipeline.owned import require_own
from pipeline.refresh import Refresh, Refused
from warehouse import notices, refreshes, release
from warehouse.archive import Archive
from warehouse.home import Home

log = logging.getLogger("impact")


@contextmanager
def begin(
    home: Home,
    source: str | None = None,
    card: str | None = None,
    *,
    fetching: bool,
    sample: bool | None = None,
    full: bool = False,
) -> Iterator[Refresh]:
    """A refresh under way in a home whose folders are there and whose lock is held; at the end its outcome on record.

    Without a source or a card it is for all that the home follows; unless told, with samples in a home of samples.
    Without `fetching` it only makes again what is made from the home; `full` asks for whole pages, whatever was cached.

    Raises:
        InputError: there is no such source, or the card cannot be used.
        InputError: the home is a collection's.
        WrongKind: the home holds samples and this is live, or the other way round.
    """
    require_own(home)
    archive = Archive(home)
    sample = archive.holds_samples() if sample is None else sample
    archive.check_kind(sample=sample)
    release.sweep(home)
    healed = release.heal(home)  # now, not when something is built: the page may not be there today
    if healed:
        log.warning("%s", healed)
    for note in archive.notes():
        log.warning("%s", note)
    asked, failed = _asked(home, archive, source, card)
    for note in (note for one in asked for note in sources.notes(archive, one)):
        log.warning("%s", note)
    refresh = Refresh(home, asked, fetching, sample, archive, full, failed)
    try:
        yield refresh
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) or pending():
            refresh.interrupted()
        raise
    finally:
        if refresh.candidate and refresh.outcome != "published":
            release.discard(refresh.candidate)
        past = refreshes.refreshes(home)
        for record in _records(refresh):
            trouble = None if refresh.was_interrupted else notice.of_trouble(past, record)
            if trouble:  # first, as the other way round a kill in between would leave it untold
                notices.add(home, [trouble.model_copy(update={"state": webhook.new_state(home)})])
            refreshes.record(home, record)
        if not (refresh.was_interrupted or pending()):
            webhook.send_waiting(home)


def _asked(
    home: Home, archive: Archive, source: str | None, card: str | None
) -> tuple[tuple[sources.Followed, ...], dict[str, ImpactError]]:
    """The sources to refresh, and why others that the home follows cannot be."""
    if card:
        return (sources.followed(home, source, card),), {}
    asked: list[sources.Followed] = []
    failed: dict[str, ImpactError] = {}
    for name in [source] if source else sources.of_home(archive):
        try:
            asked.append(sources.followed(home, name))
        except ImpactError as error:
            failed[name] = error
    return tuple(asked), failed


def _records(refresh: Refresh) -> Iterator[refreshes.Refresh]:
    """What came of it, source by source; of one that asked no page for anything, once, and not of a mere look."""
    if not refresh.fetching and refresh.outcome == "failed" and refresh.detail is None:
        return
    at, published = dt.datetime.now(dt.UTC), refresh.published.id if refresh.published else None
    about: list[str | None] = [None]
    if refresh.fetching:
        about = [*refresh.source_ids, *(refresh.failed.keys() - refresh.source_ids)]
    for source in about:
        error = refresh.failed.get(source) if source else None
        if error is None:
            yield refreshes.Refresh(
                at=at, outcome=refresh.outcome, source=source, release_id=published, detail=refresh.detail
            )
        else:
            outcome: refreshes.Outcome = "refused" if isinstance(error, Refused) else "failed"
            yield refreshes.Refresh(at=at, outcome=outcome, source=source, detail=str(error))
