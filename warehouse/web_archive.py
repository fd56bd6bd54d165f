"""A web archive, asked politely: which captures of a page it lists, and the bytes that a capture holds.

It speaks to the Wayback Machine and to what answers as pywb does. Requests never leave the archive's own host, whatever
it redirects to; between them lies the pace of the host. What is worth asking for is `pipeline.backfill`'s to decide.
"""

import datetime as dt
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode, urljoin, urlsplit

from extractors.errors import InputError
from extractors.links import public_url
from extractors.page_keys import same_page
from warehouse.addresses import reach_by_name
from warehouse.cdx import STAMP, Line, NoIndex, read_index
from warehouse.fetch import (
    REDIRECT_STATUS,
    FetchError,
    Garbled,
    Limits,
    Retrieval,
    TimedOut,
    TooLarge,
    UnexpectedAnswer,
    Unreachable,
    fetch,
)
from warehouse.home import Home
from warehouse.http_times import http_date, retry_after
from warehouse.pace import Pace
from warehouse.transport import place

WAYBACK = "https://web.archive.org"
WAYBACK_HOST = "web.archive.org"
WAYBACK_PACE = 24
"""Requests a minute; who asks faster is shut out."""
USUAL_PACE = 60
"""Requests a minute of any other host but this machine, of which any number may be asked."""
PAGE = 1000
"""Lines of the index that are asked for at once."""
LONGEST_PAGE = 64 * PAGE
ATTEMPTS = 3
BACKOFF = 2.0
"""Seconds before the second attempt, at most; doubled before the third."""
LONGEST_PAUSE = 366 * 86400.0
"""Seconds; nobody who means it asks to wait longer."""
MOST_HOPS = 4
LIMITS = Limits(retries=0, max_redirects=0)
LISTING_LIMITS = replace(LIMITS, max_bytes=100 * 1024 * 1024)
REPLAY = re.compile(r"/(\d{14})(id_)?/(.+)", re.DOTALL)


class Throttled(FetchError):
    """The archive asks to be left alone for a while. What was had is kept; run again then."""

    until: dt.datetime | None = None
    """Until when, UTC; None when it does not say."""


class ArchiveDown(FetchError):
    """The archive cannot be reached, or does not answer as one. Run again later, or check its address."""


@dataclass(frozen=True, slots=True)
class Missed:
    """Why a capture that is listed was not had."""

    reason: str
    """In some words; details follow a colon."""
    passing: bool = False
    """It may well be had another time."""


def replay_key(archived_url: str) -> tuple[str, str] | None:
    """Time and original URL that an archive's own URL names, by which a capture is known again; None of another URL."""
    found = REPLAY.search(archived_url)
    return (found[1], public_url(found[3])) if found else None


class WebArchive:
    """One web archive."""

    def __init__(self, home: Home, url: str | None = None, per_minute: float | None = None) -> None:
        """The archive at `url`, by default the Wayback Machine; of any other the address of a pywb collection.

        Raises:
            InputError: the URL or the pace cannot be used.
        """
        url = (url or WAYBACK).rstrip("/")
        try:
            parts = urlsplit(url)
            host, scheme, _ = parts.hostname or "", parts.scheme.lower(), parts.port
        except ValueError:
            host = scheme = ""
        if scheme not in ("http", "https") or not host:
            raise InputError(f"--archive {public_url(url)!r} is no address of a web archive; give http:// or https://")
        if host == WAYBACK_HOST:
            self._index, self._replay, pace = f"{WAYBACK}/cdx/search/cdx", f"{WAYBACK}/web", float(WAYBACK_PACE)
            if per_minute and per_minute > WAYBACK_PACE:
                raise InputError(f"{host} takes no more than {WAYBACK_PACE} requests a minute; give --rate less")
        else:
            self._index, self._replay = f"{url}/cdx", url
            pace = 0.0 if reach_by_name(host) == "loopback" else float(USUAL_PACE)
        self.host = host
        self._pace = Pace(home.root, host, per_minute or pace or None)

    def archived_url(self, line: Line) -> str:
        """Where the archive keeps the bytes of a capture, as it may be shown."""
        return public_url(self._address(line))

    def captures(self, url: str, first: int | None = None, last: int | None = None) -> Iterator[Line]:
        """What the index lists of a page, from the year `first` to the year `last`, asked for page by page.

        Raises:
            FetchError, ArchiveDown: there is no list to be had.
            Throttled: the archive asks to wait.
        """
        asked = {"url": url, "output": "json", "showResumeKey": "true"}
        if last:
            asked["to"] = str(last)
        start, limit, key = str(first or ""), PAGE, None
        seen: set[str] = set()
        while True:
            query = asked | {"limit": str(limit)}
            query |= {"resumeKey": key} if key else {}
            query |= {"from": start} if start else {}
            lines, key = self._listed(query)
            new = [line for line in lines if line.text not in seen]
            seen.update(line.text for line in new)
            yield from new
            if key and new:
                continue
            if len(lines) < limit or limit >= LONGEST_PAGE:
                return
            # Without a key, from the last moment on: its first lines come again. When nothing else does, there are more
            # of that moment than were asked for, or the archive knows no `from`.
            moments = [line.timestamp for line in lines if line.moment]
            if new and moments:
                start = max(moments)
            else:
                limit *= 2

    def retrieve(self, line: Line) -> Retrieval | Missed:
        """The bytes of a capture with the archive's time and address as its own, or why they were not had.

        Raises:
            FetchError, ArchiveDown: no answer at all.
            Throttled: the archive asks to wait.
        """
        address, moment = self._address(line), line.moment
        for _ in range(MOST_HOPS):
            try:
                answer = self._get(address)
            except (Garbled, TooLarge, UnexpectedAnswer) as error:
                return Missed(f"cannot be read: {error}")
            except TimedOut as error:
                return Missed(f"not had in time: {error}", passing=True)
            location = answer.header("Location")
            if answer.status not in REDIRECT_STATUS or not location:
                break
            target = urljoin(address, location)
            missed = self._astray(line, target)
            if missed:
                return missed
            address = target
        else:
            return Missed("the archive redirects in circles")
        served = _memento(answer)
        if served and served != moment:
            return Missed(f"the archive answers with another capture: of {served:{STAMP}}")
        if answer.status != 200:
            if served:
                return Missed(f"archived error page (status {answer.status})")
            return Missed(f"the archive answers with status {answer.status}", passing=answer.status >= 500)
        assert moment is not None
        return replace(
            answer,
            final_url=public_url(line.original),
            retrieved_at=moment,
            archived_url=self.archived_url(line),
        )

    def _address(self, line: Line) -> str:
        return f"{self._replay}/{line.timestamp}id_/{line.original}"

    def _astray(self, line: Line, target: str) -> Missed | None:
        """Why a redirect does not lead to the bytes of the capture; None when it may."""
        found = REPLAY.fullmatch(target.removeprefix(self._replay)) if target.startswith(f"{self._replay}/") else None
        if found is None:
            return Missed(f"redirects out of the archive: to {public_url(target)}")
        stamp, raw, original = found.groups()
        if not same_page(original, line.original):
            return Missed(f"redirects to another page: {public_url(original)}")
        if stamp != line.timestamp:
            return Missed(f"the archive answers with another capture: of {stamp}")
        return None if raw else Missed("the archive gives no original bytes, only a copy made to be looked at")

    def _listed(self, query: dict[str, str]) -> tuple[list[Line], str | None]:
        answer = self._get(f"{self._index}?{urlencode(query)}", LISTING_LIMITS)
        if answer.status != 200:
            way_on = "run again later" if answer.status >= 500 else "check the address of the archive"
            raise ArchiveDown(f"the index of {self.host} answers with status {answer.status}; {way_on}")
        try:
            return read_index(answer.body)
        except NoIndex as error:
            where = public_url(self._index)
            raise ArchiveDown(f"{where} is no index of captures: {error}; check the address of the archive") from None

    def _get(self, url: str, limits: Limits = LIMITS) -> Retrieval:
        """Ask once, and again for what passes: no answer, an error of the archive itself, a body cut short."""
        failure: FetchError | None = None
        answer: Retrieval | None = None
        for attempt in range(ATTEMPTS):
            if attempt:
                time.sleep(BACKOFF * attempt * random.uniform(0.5, 1))  # noqa: S311 - jitter guards no secret
            self._pace.wait()
            try:
                answer = fetch(url, limits=limits)
            except (Unreachable, TimedOut) as error:
                failure = error
                continue
            own = _memento(answer) is None
            pause = retry_after(answer.header("Retry-After"), answer.retrieved_at)
            if own and (answer.status == 429 or (answer.status == 503 and pause)):
                wait = f"to wait {pause:,.0f} seconds" if pause else "to wait"
                throttled = Throttled(f"{place(url)} asks {wait} (status {answer.status}); run again then")
                if pause and pause < LONGEST_PAUSE:
                    throttled.until = answer.retrieved_at + dt.timedelta(seconds=pause)
                raise throttled
            if not answer.truncated and not (own and answer.status >= 500):
                return answer
        if answer is not None:
            return answer
        assert failure is not None
        raise failure


def _memento(answer: Retrieval) -> dt.datetime | None:
    """When the capture was made that an archive answers with; None when the answer is the archive's own."""
    return http_date(answer.header("Memento-Datetime"))
