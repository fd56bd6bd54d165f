"""One refresh, step by step: fetch and archive, read, build, check, publish. What each step does, not when it runs.

Steps keep what the next one needs on the `Refresh`; the home's writer lock is held around all of them. Nothing here
knows Dagster: `assets` calls the steps, from the command line and from the schedule alike.
"""

import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version

from pydantic import JsonValue

from extractors.errors import ImpactError
from extractors.links import public_url
from pipeline import notice, sources, webhook
from pipeline.inputs import inputs_key, statements_key
from pipeline.progress import Steps, unwatched
from pipeline.sample_server import sample_pages, served, unseen
from pipeline.survey import Survey, survey
from warehouse import notices, refreshes, release, robots, settings
from warehouse.archive import Archive, Validators
from warehouse.fetch import TRANSIENT_STATUS, FetchError, fetch
from warehouse.home import Home
from warehouse.models import SCHEMA_VERSION
from warehouse.notices import Notice
from warehouse.warc import Capture

log = logging.getLogger("impact")

INPUTS, STATEMENTS, CONTENT = "inputs", "statements", "content"
"""In a release's summary: what it was built from, what of that can change a statement, what it says, each one hash."""
WAITING = "waiting"
"""In a release's summary, and in what Dagster is told: how many statistics are in the review queue."""
RETRIEVED, REFUSED = "retrieved", "refused"
"""In a release's summary, by source: the time of its last retrieval; why what that showed is not believed."""
TELL_AGAIN_AFTER = dt.timedelta(hours=20)
"""A daily schedule publishes each day, so that a reader sees when a source was last checked."""


class Refused(ImpactError):
    """A capture, or the tables made of it, did not pass a check. The last good release stays published."""


@dataclass(slots=True)
class Refresh:
    """One refresh under way. Made by `begin`, which records what came of it."""

    home: Home
    asked: tuple[sources.Followed, ...]
    """The sources to be refreshed. One that fails is left, and the others go on."""
    fetching: bool
    """Whether pages are asked for, and it is not only made again what is made from the home."""
    sample: bool
    archive: Archive
    full: bool = False
    """Ask for the whole page, whatever validators an earlier answer gave."""
    failed: dict[str, ImpactError] = field(default_factory=dict)
    """By source, why it could not be had or is not believed."""
    captured: list[Capture] = field(default_factory=list)
    survey: Survey = field(init=False)
    statements: str = ""
    """Hash of all that can change a statement; empty until `read`."""
    content: str = ""
    waiting: int = 0
    """Statistics in the review queue of what was built."""
    changed: bool = True
    refused: dict[str, str] = field(default_factory=dict)
    """By source, why its latest retrieval is not believed by its figures; known once the tables are built."""
    stood_in: set[str] = field(default_factory=set)
    """Sources for whose page a capture of a web archive stands in."""
    candidate: release.Candidate | None = None
    outcome: refreshes.Outcome = "failed"
    detail: str | None = None
    published: release.Release | None = None
    news: list[Notice] = field(default_factory=list)
    """What the release says that the one before it did not, an edition each; on record once it is to be published."""
    was_interrupted: bool = False
    only_new: bool = False
    """Build nothing when the published release tells all that the archive holds: after captures of the past were
    added, which may be of any time, so that what the page showed last is no matter."""
    more_follow: bool = False
    """Whether other sources are refreshed right after this: to tell that a page was looked at, the last is enough."""
    untold: set[str] = field(default_factory=set)
    """Sources that those before have left it to this refresh to tell of; of itself, when it leaves that to the next."""
    progress: Steps = unwatched
    """Is told how many of how many captures have been gone through, or read."""

    def __post_init__(self) -> None:
        """Begin with nothing surveyed."""
        self.survey = Survey(self.home.facts)

    @property
    def source_ids(self) -> list[str]:
        """Ids of the sources that are refreshed."""
        return [followed.card.id for followed in self.asked]

    @property
    def may_be_over_soon(self) -> bool:
        """Whether a source failed of what passes: the network, a proxy, a server in trouble."""
        in_trouble = {one.source for one in self.captured if one.status in TRANSIENT_STATUS or one.truncated}
        return any(isinstance(error, FetchError) or one in in_trouble for one, error in self.failed.items())

    def leave(self, failed: Mapping[str, ImpactError]) -> None:
        """Go on without the sources that failed, and tell of them at the end; with none left, there is no going on.

        What is only made again from the home is not held up by what a page shows now; it is said.

        Raises:
            ImpactError: all have failed.
        """
        failed = {source: error for source, error in failed.items() if source in self.source_ids}
        if not self.fetching:
            for error in [] if self.only_new else failed.values():
                log.warning("%s", error)
            return
        self.failed |= failed
        if set(self.source_ids) <= self.failed.keys():
            self.settle()

    def settle(self) -> None:
        """Raise what the sources failed of, once all that can be done for the others is done.

        Raises:
            ImpactError: of one source, its own error; of several, one that tells of each.
        """
        errors = list(self.failed.values()) if self.fetching else []
        if len(errors) == 1:
            raise errors[0]
        if errors:
            refused = all(isinstance(error, Refused) for error in errors)
            raise (Refused if refused else ImpactError)("; ".join(map(str, errors)))

    # --- fetch and archive ---

    def capture(self) -> list[Capture]:
        """Fetch each source, or its sample editions, and archive what came back, before anything reads it.

        Raises:
            ImpactError: nothing came back of any, or it cannot be kept.
        """
        for followed in self.asked:
            try:
                self._capture(followed)
            except ImpactError as error:
                self.leave({followed.card.id: error})
        self.leave({})
        self.outcome = "archived"
        return self.captured

    def _capture(self, followed: sources.Followed) -> None:
        if not self.sample:
            self._capture_live(followed)
            return
        seen = frozenset(capture.sha256 for capture in self.archive.captures(followed.card.id))
        pages = unseen(sample_pages(followed.card), seen)
        with served(followed.card.id, pages) as url:
            for _ in pages:
                self._retrieve(followed, url)

    def _capture_live(self, followed: sources.Followed) -> None:
        """Fetch the page; where that fails, what a web archive has kept since stands in, if the card says so."""
        if not followed.card.fallback:
            self._retrieve(followed, followed.card.url)
            return
        from pipeline.stand_in import retrieve_or_stand_in  # loads what judges a page

        said = retrieve_or_stand_in(self.home, self.archive, followed, lambda url: self._retrieve(followed, url))
        if said:
            self.detail = said
            self.stood_in.add(followed.card.id)

    def _retrieve(self, followed: sources.Followed, url: str) -> Capture:
        log.info("fetching %s", public_url(url))
        source = followed.card.id
        if self._honours_robots():
            robots.require_allowed(url, allow_private=followed.card.allow_private)
        known = Validators() if self.full else self.archive.last_validators(source, url)
        retrieval = fetch(
            url,
            etag=known.etag,
            last_modified=known.last_modified,
            allow_private=followed.card.allow_private,
        )
        sources.keep(self.archive, followed)
        capture = self.archive.store(source, retrieval, sample=self.sample)
        if capture.record_type == "revisit":
            log.info("checked, unchanged since %s", _day(self.archive.original(capture).captured_at))
        else:
            log.info("archived %s bytes as %s", f"{capture.size:,}", capture.warc_file)
        self.captured.append(capture)
        return capture

    def _honours_robots(self) -> bool:
        if self.sample:
            return False
        try:
            return settings.load(self.home).robots == "honour"
        except settings.BadSettings:
            return False  # that they cannot be used is told with the notices, and costs no page

    # --- read ---

    def read(self) -> Survey:
        """Judge every capture of the home and read those not read yet.

        Raises:
            ImpactError: a reading cannot be stored, or a card is gone bad.
        """
        self.survey = survey(self.home, self.archive, progress=self.progress)
        self.survey.forget(self.home)
        for found in self.survey.responses:
            if found.fresh and found.refused:
                log.warning("refused %s: %s", found.capture.capture_id, found.refused)
            elif found.fresh and found.sighting_of:
                log.info("%s says what %s said", found.capture.capture_id, found.sighting_of)
            elif found.fresh:
                log.info("read %s statistics from %s", found.statistics, found.capture.capture_id)
        self.statements = statements_key(self.survey)
        return self.survey

    def unfit(self) -> dict[str, ImpactError]:
        """By source, why its latest retrieval is no page to be believed.

        An earlier capture that stays refused is no matter: it has been told when it came.
        """
        found: dict[str, ImpactError] = {}
        for source in self.source_ids:
            latest = self.survey.latest(source)
            if latest is None or source in self.stood_in:
                continue
            shown = self.survey.shown_by(latest)
            reason = shown.refused if shown else "the capture it repeats is missing or damaged"
            if reason:
                found[source] = Refused(refusal(latest, reason))
        return found

    def nothing_to_build(self) -> bool:
        """Whether what has been read need not be built: nobody asked for it in any case, and it says nothing new.

        Raises:
            Refused: the page still shows what a check on its figures refused.
        """
        return (self.fetching and self.unchanged()) or (self.only_new and self.told())

    def unchanged(self) -> bool:
        """Whether the published release says all there is to say, and told of it not long ago.

        Raises:
            Refused: the page still shows what a check on its figures refused.
        """
        try:
            current = release.verified(self.home)
        except release.CorruptRelease as error:
            log.warning("%s; it is built anew from the archive", str(error).partition(";")[0])
            return False
        if current is None or current.summary.get(STATEMENTS) != self.statements:
            return False
        if self._is_stale(current):
            if not self.more_follow:
                return False
            self.untold.update(self.source_ids)
        refused = current.summary.get(REFUSED)
        if isinstance(refused, dict):
            self.leave({source: Refused(str(reason)) for source, reason in refused.items()})
        self.outcome, self.published = "unchanged", current
        log.info("nothing is new: release %s stays", current.id)
        return True

    def told(self) -> bool:
        """Whether the published release tells all that the archive holds, every retrieval included."""
        try:
            current = release.verified(self.home)
        except release.CorruptRelease as error:
            log.warning("%s; it is built anew from the archive", str(error).partition(";")[0])
            return False
        if current is None or current.summary.get(INPUTS) != inputs_key(self.survey, self.statements):
            return False
        self.outcome, self.published = "unchanged", current
        log.info("nothing is new: release %s stays", current.id)
        return True

    def _is_stale(self, current: release.Release) -> bool:
        """Whether a release tells of a last retrieval so long ago that a reader would think the source forgotten."""
        told = current.summary.get(RETRIEVED)
        for source in {*self.source_ids, *self.untold} if self.fetching else ():
            last = told.get(source) if isinstance(told, dict) else None
            latest = self.survey.latest(source)
            if latest and (
                last is None or latest.captured_at - dt.datetime.fromisoformat(str(last)) > TELL_AGAIN_AFTER
            ):
                return True
        return False

    # --- publish; what is built between stands in `building` ---

    def publish(self) -> release.Release | None:
        """Publish the candidate; None when a rollback pinned the home, which is said.

        Raises:
            ImpactError: the disk refuses.
        """
        assert self.candidate is not None
        pin = release.pinned(self.home)
        if pin:
            self.outcome = "pinned"
            log.info("built, not published: pinned to release %s until `impact unpin`", pin)
            return None
        state = webhook.new_state(self.home)
        self.news = notices.add(self.home, [one.model_copy(update={"state": state}) for one in self.news])
        self.published = release.publish(self.home, self.candidate, summary=self.summary(), changed=self.changed)
        self.outcome = "published"
        for line in notice.lines(self.news):
            log.info("%s", line)
        captures = len(self.survey.readings)
        log.info(
            "published release %s: %s statistics from %s capture%s, in %s",
            self.published.id, f"{self._statistics():,}", captures, "s" * (captures != 1), self.home.published,
        )  # fmt: skip
        return self.published

    def standing(self) -> release.Release:
        """The published release, when nothing was built in this run and it says all that the home holds.

        Raises:
            ImpactError: there is something to build.
        """
        if not self.statements:
            self.read()
        if not self.unchanged() or self.published is None:
            raise ImpactError(
                "nothing was built in this run: materialise the tables together with release, or run `impact build`"
            )
        return self.published

    def interrupted(self) -> None:
        """Note that somebody ended this refresh, and what of it stays."""
        if self.outcome in refreshes.DONE:
            return
        self.was_interrupted = True
        count, said = len(self.captured), self.detail
        kept = f"{count} capture{'s' * (count != 1)} archived and kept" if count else "nothing was archived"
        self.outcome, self.detail = "failed", f"interrupted; {kept}"
        if count and said != self.detail:
            log.info("%s", kept)

    def _statistics(self) -> int:
        return sum(found.statistics for found in self.survey.responses if found.place)

    def latest(self) -> dict[str, Capture]:
        """The latest retrieval of each source."""
        found = {card.id: self.survey.latest(card.id) for card in self.survey.cards}
        return {source: latest for source, latest in found.items() if latest}

    def summary(self) -> dict[str, JsonValue]:
        """What the record of a release says of it."""
        retrieved = {source: latest.captured_at.isoformat() for source, latest in self.latest().items()}
        return {
            INPUTS: inputs_key(self.survey, self.statements),
            STATEMENTS: self.statements,
            CONTENT: self.content,
            RETRIEVED: dict(retrieved),
            REFUSED: dict(self.refused),
            "sources": [card.id for card in self.survey.cards],
            "captures": len(self.survey.readings),
            "facts": self._statistics(),
            WAITING: self.waiting,
            "schema_version": SCHEMA_VERSION,
            "software_version": version("impact-ledger"),
        }


def refusal(capture: Capture, reason: str | None) -> str:
    """The line that tells why a capture is not believed."""
    return f"{capture.url}: {reason}; capture {capture.sha256[:12]} is archived, nothing was published"


def way_on(capture: str) -> str:
    """What to do when the page is right, and the check is not."""
    return f"if the page does say so, `impact accept {capture} --reason TEXT` lets it through"


def _day(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
