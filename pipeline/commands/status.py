"""`impact status`: what is published, what the last refreshes did, what is held back."""

from collections.abc import Iterator

import click

from pipeline import sources
from pipeline.instance import overdue, queue_lines
from pipeline.render import show
from pipeline.survey import survey
from warehouse import notices, refreshes, release, settings
from warehouse.alarms import lapsed, lapsed_line, missing
from warehouse.archive import Archive
from warehouse.home import Home
from warehouse.published import PublishedUnreadable
from warehouse.queries import refused_captures
from warehouse.refreshes import Refresh
from warehouse.transport import place

SHOWN = 5


@click.command(short_help="what is published, and what was refused and why")
def status() -> int:
    """Tell what is published, when it was last refreshed, what was refused and why, and which runs wait.

    Also what the latest editions brought, how many notices wait to be sent, which metrics the latest edition of a
    source does not state, though the one before did, and which decisions and cards ask for a look.

    \b
    Exit status: 0 done, also when nothing is published; 1 the published release is damaged.

    \b
    Example:
      impact status
    """
    home = Home.from_environment()
    problem = None
    show(f"home       {home.root}")
    try:
        show(f"published  {_published(home)}")
    except release.CorruptRelease as error:
        problem = error
        show("published  a damaged release")
    pin = release.pinned(home)
    if pin:
        show(f"pinned     to release {pin}; `impact unpin` lets the next refresh publish")
    kept = len(release.releases(home))
    show(f"kept       {kept} release{'s' * (kept != 1)}")
    for line in release.damaged(home):
        show(f"damaged    {line}")
    past = refreshes.refreshes(home)
    for one in reversed(past[-SHOWN:]):
        show(f"refreshed  {_refreshed(one)}")
    for line in _news(home):
        show(line)
    for line in _overdue(home, past):
        show(f"overdue    {line}")
    for line in queue_lines(home):
        show(f"queue      {line}")
    for line in _cards(home):
        show(f"card       {line}")
    for line in _held_back(home):
        show(f"refused    {line}")
    for line in _missing(home):
        show(f"missing    {line}")
    for line in _lapsed(home):
        show(f"decided    {line}")
    if problem:
        raise problem
    return 0


def _published(home: Home) -> str:
    current = release.verified(home) or release.current(home)
    if current is None:
        return home.empty()
    told = current.summary
    sources = told.get("sources")
    named = ", ".join(map(str, sources)) if isinstance(sources, list) else ""
    moment = f"{current.published_at:%Y-%m-%d %H:%M} UTC"
    captures = f"{told.get('captures')} capture{'s' * (told.get('captures') != 1)}"
    return f"release {current.id} of {moment}: {told.get('facts')} statistics, {captures}, {named}"


def _refreshed(past: Refresh) -> str:
    detail = f": {past.detail}" if past.detail else ""
    source = f"{past.source}, " if past.source else ""
    return f"{past.at:%Y-%m-%d %H:%M} UTC, {source}{past.outcome}{detail}"


def _news(home: Home) -> Iterator[str]:
    """What the last notices told, and whether somebody waits for one."""
    for one in reversed([one for one in notices.notices(home) if one.kind == "edition"][-SHOWN:]):
        yield f"news       {one.at:%Y-%m-%d %H:%M} UTC, {one.text}"
    try:
        url = settings.load(home).webhook
    except settings.BadSettings as error:
        yield f"settings   {error}"
        url = None
    left = len(notices.waiting(home))
    if left:
        to = f" for {place(url)}" if url else ""
        yield f"webhook    {left} notice{'s wait' if left != 1 else ' waits'}{to}; sent again with the next refresh"


def _overdue(home: Home, past: list[Refresh]) -> Iterator[str]:
    """Sources that the schedule has not got refreshed, nor anybody by hand since."""
    for source, due, failed in overdue(home):
        if not any(one.source == source and one.outcome in refreshes.DONE and one.at >= due for one in past):
            runs = "run has" if failed == 1 else "runs have"
            yield f"{source}, due {due:%Y-%m-%d %H:%M} UTC: {failed} {runs} failed; `impact refresh` does it now"


def _cards(home: Home) -> Iterator[str]:
    """What of the cards in this home asks for a look."""
    archive = Archive(home)
    for source in archive.sources():
        followed = sources.known(home, source)
        if followed:
            yield from sources.notes(archive, followed)


def _held_back(home: Home) -> Iterator[str]:
    archive = Archive(home)
    yield from archive.notes()
    by_figures = _refused_by_figures(home)
    for found in survey(home, archive, store=False).responses:
        capture = found.capture
        refused = found.refused or by_figures.get((capture.source, capture.capture_id))
        if refused and not found.accepted:
            yield f"capture {capture.sha256[:12]} of {capture.captured_at:%Y-%m-%d %H:%M} UTC: {refused}"


def _refused_by_figures(home: Home) -> dict[tuple[str, str], str]:
    """What the published release says of captures whose figures cannot be believed, by source and capture id."""
    try:
        return refused_captures(home.published)
    except PublishedUnreadable:
        return {}  # told above


def _lapsed(home: Home) -> Iterator[str]:
    try:
        yield from map(lapsed_line, lapsed(home.published))
    except PublishedUnreadable:
        return  # told above, or it was built before there were decisions; the next refresh builds it anew


def _missing(home: Home) -> Iterator[str]:
    try:
        found = missing(home.published)
    except PublishedUnreadable:
        return  # told above, or it was built before this was known; the next refresh builds it anew
    for one in found:
        likely = f"; likeliest in the review queue: {one.statement}" if one.statement else ""
        yield (
            f"{one.metric} ({one.source}): edition {one.edition_before} states it, {one.edition} does not; "
            f"it was: {one.statement_before}{likely}"
        )
