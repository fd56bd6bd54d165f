"""What a web archive has kept since, for a page that cannot be had: it stands in, and the refresh says so."""

import logging
from collections.abc import Callable

from pipeline import sources
from pipeline.web_captures import Backfill, Years, listed
from warehouse.archive import Archive
from warehouse.captures import judge
from warehouse.fetch import FetchError
from warehouse.home import Home
from warehouse.warc import Capture, CorruptWarc
from warehouse.web_archive import WebArchive

log = logging.getLogger("impact")

MOST_TRIED = 3
"""Captures that are asked for, from the newest on, before it is taken that the archive has none that is any good."""


def retrieve_or_stand_in(
    home: Home, archive: Archive, chosen: sources.Followed, retrieve: Callable[[str], Capture]
) -> str | None:
    """Have the page by `retrieve`, or else what stands in for it: then what happened, in one line, which is also said.

    Raises:
        FetchError: the page cannot be had, and nothing stands in.
        ImpactError: it cannot be kept.
    """
    problem: FetchError | str | None
    try:
        problem = _problem_with(archive, retrieve(chosen.card.url))
    except FetchError as error:
        problem = error
    found = _stand_in(home, archive, chosen) if problem else None
    if found:
        said = f"{problem}; in its place stands {found.archived_url}, kept {found.captured_at:%Y-%m-%d %H:%M} UTC"
        log.warning("%s", said)
        return said
    if isinstance(problem, FetchError):
        raise problem
    return None  # what was wrong with the page is told when it is read


def _problem_with(archive: Archive, capture: Capture) -> str | None:
    """Why a retrieval is no page by its bytes and headers, in one line; None when it may be one."""
    try:
        original = archive.original(capture)
        return judge(original, archive.payload(original)).reason
    except CorruptWarc as error:
        return str(error)


def _stand_in(home: Home, archive: Archive, chosen: sources.Followed) -> Capture | None:
    """The newest good capture that the card's web archive has made after the last one in the home, archived now.

    None when there is no newer one, or none to be had. The home's writer lock is held.

    Raises:
        InputError: the card names no archive that can be asked.
        HomeUnwritable: the disk refuses.
    """
    card = chosen.card
    web = WebArchive(home, None if card.fallback == "archive" else card.fallback)
    good = (one for one in reversed(archive.captures(card.id)) if _problem_with(archive, one) is None)
    last = next(good, None)
    work = Backfill(home, card, web)
    try:
        captures = listed(web, card, Years(last.captured_at.year if last else None))
        newer = [one for one in captures if work.verdict(one) is None and not work.is_known(one)]
        if last:
            newer = [one for one in newer if one.line.moment and one.line.moment > last.captured_at]
        if newer:
            sources.keep(archive, chosen)
        for one in newer[: -MOST_TRIED - 1 : -1]:
            work.run([one])
            found = work.kept(one)
            if found and _problem_with(archive, found) is None:
                return found
    except FetchError as error:
        log.warning("no capture of a web archive stands in: %s", error)
    return None
