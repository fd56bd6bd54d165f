"""One refresh, step by step: fetch and archive, read, build, check, publish. What each step does, not when it runs.

Steps keep what the next one needs on the `Refresh`; the home's writer lock is held around all of them. Nothing here
knows Dagster: `assets` calls the steps, from the command line and from the schedule alike.
"""

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version

import duckdb
from pydantic import JsonValue

from extractors.errors import ImpactError
from extractors.links import public_url
from pipeline import sources
from pipeline.sample_server import sample_pages, served, unseen
from pipeline.survey import Survey, Surveyed, page_of, survey
from warehouse import readings, refreshes, release
from warehouse.archive import Archive, Validators
from warehouse.base import SCHEMA_VERSION, load_base, load_releases
from warehouse.build import AuditResult, finish, held_back_now, open_candidate, refused_now, run_model, said
from warehouse.fetch import fetch
from warehouse.home import Home, writer_lock
from warehouse.models import SqlModel, load_audits, load_models, macros
from warehouse.warc import Capture

log = logging.getLogger("impact")

INPUTS, STATEMENTS, CONTENT = "inputs", "statements", "content"
"""In a release's summary: what it was built from, what of that can change a statement, what it says, each one hash."""
RETRIEVED, REFUSED = "retrieved", "refused"
"""In a release's summary, by source: the time of its last retrieval; why what that showed is not believed."""
LAST_TABLE = "releases"
"""It tells of the release in the making, so that all other tables come before it."""
TELL_AGAIN_AFTER = dt.timedelta(hours=20)
"""A daily schedule publishes each day, so that a reader sees when a source was last checked."""


class Refused(ImpactError):
    """A capture, or the tables made of it, did not pass a check. The last good release stays published."""


@dataclass(slots=True)
class Refresh:
    """One refresh under way. Made by `begin`, which holds the lock and records what came of it."""

    home: Home
    followed: sources.Followed
    sample: bool
    archive: Archive
    full: bool = False
    """Ask for the whole page, whatever validators an earlier answer gave."""
    captured: list[Capture] = field(default_factory=list)
    survey: Survey = field(default_factory=Survey)
    statements: str = ""
    """Hash of all that can change a statement; empty until `read`."""
    content: str = ""
    changed: bool = True
    refused: dict[str, str] = field(default_factory=dict)
    """By source, why its latest retrieval is not believed by its figures; known once the tables are built."""
    stood_in: bool = False
    """Whether what a web archive kept stands in for the page."""
    candidate: release.Candidate | None = None
    outcome: refreshes.Outcome = "failed"
    detail: str | None = None
    published: release.Release | None = None

    @property
    def source(self) -> str:
        """Id of the source that is refreshed."""
        return self.followed.card.id

    # --- fetch and archive ---

    def capture(self) -> list[Capture]:
        """Fetch the source, or its sample editions, and archive what came back, before anything reads it.

        Raises:
            ImpactError: nothing came back, or it cannot be kept.
        """
        if not self.sample:
            self._retrieve_live()
            return self.captured
        seen = frozenset(capture.sha256 for capture in self.archive.captures(self.source))
        pages = unseen(sample_pages(self.followed.card), seen)
        with served(self.source, pages) as url:
            for _ in pages:
                self._retrieve(url)
        return self.captured

    def _retrieve_live(self) -> None:
        """Fetch the page; where that fails, what a web archive has kept since stands in, if the card says so."""
        card = self.followed.card
        if not card.fallback:
            self._retrieve(card.url)
            return
        from pipeline.stand_in import retrieve_or_stand_in  # loads what judges a page

        self.detail = retrieve_or_stand_in(self.home, self.archive, self.followed, self._retrieve)
        self.stood_in = self.detail is not None

    def _retrieve(self, url: str) -> Capture:
        log.info("fetching %s", public_url(url))
        known = Validators() if self.full else self.archive.last_validators(self.source, url)
        retrieval = fetch(
            url,
            etag=known.etag,
            last_modified=known.last_modified,
            allow_private=self.followed.card.allow_private,
        )
        sources.keep(self.archive, self.followed)
        capture = self.archive.store(self.source, retrieval, sample=self.sample)
        if capture.record_type == "revisit":
            log.info("checked, unchanged since %s", _day(self.archive.original(capture).captured_at))
        else:
            log.info("archived %s bytes as %s", f"{capture.size:,}", capture.warc_file)
        self.captured.append(capture)
        return capture

    # --- read ---

    def read(self) -> Survey:
        """Judge every capture of the home and read those not read yet.

        Raises:
            ImpactError: a reading cannot be stored, or a card is gone bad.
        """
        self.survey = survey(self.home, self.archive)
        for found in self.survey.responses:
            if found.fresh and found.refused:
                log.warning("refused %s: %s", found.capture.capture_id, found.refused)
            elif found.fresh and found.sighting_of:
                log.info("%s says what %s said", found.capture.capture_id, found.sighting_of)
            elif found.fresh:
                log.info("read %s statistics from %s", found.statistics, found.capture.capture_id)
        self.statements = _statements(self.survey)
        return self.survey

    def unfit(self) -> str | None:
        """Why the latest retrieval of the source is no page to be believed, in one line; None when it is one.

        An earlier capture that stays refused is no matter: it has been told when it came.
        """
        latest = self.survey.latest(self.source)
        if latest is None or self.stood_in:
            return None
        shown = self.survey.shown_by(latest)
        reason = shown.refused if shown else "the capture it repeats is missing or damaged"
        return _refusal(latest, reason) if reason else None

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
        if current is None or current.summary.get(STATEMENTS) != self.statements or self._is_stale(current):
            return False
        refused = current.summary.get(REFUSED)
        if isinstance(refused, dict) and refused.get(self.source):
            raise Refused(str(refused[self.source]))
        self.outcome, self.published = "unchanged", current
        log.info("nothing is new: release %s stays", current.id)
        return True

    def _is_stale(self, current: release.Release) -> bool:
        """Whether a release tells of a last retrieval so long ago that a reader would think the source forgotten."""
        told = current.summary.get(RETRIEVED)
        last = told.get(self.source) if isinstance(told, dict) else None
        latest = self.survey.latest(self.source)
        if latest is None:
            return False
        return last is None or latest.captured_at - dt.datetime.fromisoformat(str(last)) > TELL_AGAIN_AFTER

    # --- build, check, publish ---

    @contextmanager
    def building(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A fresh candidate database that holds the base tables, open for writing until the block ends.

        Raises:
            ImpactError: it cannot be written, or a reading is damaged.
        """
        self.candidate = candidate = release.new_candidate(self.home)
        with open_candidate(candidate.path) as con:
            captures = [_capture_record(found) for found in self.survey.responses]
            retrievals = [_retrieval_record(one, self.survey) for one in self.survey.retrievals]
            load_base(con, self.survey.folders, captures, retrievals, self.survey.cards)
            yield con

    def tables(self, con: duckdb.DuckDBPyConnection) -> Iterator[tuple[SqlModel, int]]:
        """Build the tables one by one; each with its number of rows."""
        for model in sorted(load_models(), key=lambda model: model.name == LAST_TABLE):
            if model.name == LAST_TABLE:
                self._tell(con)
            yield model, run_model(con, model)

    def finish(self, con: duckdb.DuckDBPyConnection, audits: list[AuditResult]) -> None:
        """Close the candidate when every blocking audit passed and the source's latest retrieval is believed.

        Raises:
            Refused: one did not, or it is not.
        """
        failed = [audit for audit in audits if audit.blocking and not audit.passed]
        if failed:
            raise Refused("; ".join(["nothing was published", *map(_finding, failed)]))
        if self.refused.get(self.source):
            raise Refused(str(self.refused[self.source]))
        for capture_id, held_back in held_back_now(con, self.source):
            log.warning("held back of %s: %s; %s", capture_id, held_back, _way_on(capture_id))
        finish(con)
        log.info("built %s tables; %s checks passed", len(load_models()), sum(audit.passed for audit in audits))

    def publish(self) -> release.Release | None:
        """Publish the candidate; None when a rollback pinned the home, which is said.

        Raises:
            ImpactError: nothing was built, or the disk refuses.
        """
        if self.candidate is None:
            raise ImpactError("nothing was built in this run; launch the job refresh, which builds and publishes")
        pin = release.pinned(self.home)
        if pin:
            self.outcome = "pinned"
            log.info("built, not published: pinned to release %s until `impact unpin`", pin)
            return None
        self.published = release.publish(self.home, self.candidate, summary=self._summary(), changed=self.changed)
        self.outcome = "published"
        log.info(
            "published release %s: %s statistics from %s captures, in %s",
            self.published.id, f"{self._statistics():,}", len(self.survey.folders), self.home.published,
        )  # fmt: skip
        return self.published

    def _statistics(self) -> int:
        return sum(found.statistics for found in self.survey.responses if found.folder)

    def _tell(self, con: duckdb.DuckDBPyConnection) -> None:
        """Note what the candidate says, and list it among the releases."""
        assert self.candidate is not None
        self.content = said(con)
        self.refused = {
            source: f"{_refusal(latest, refused_now(con, latest))}; {_way_on(latest.sha256[:12])}"
            for source, latest in self._latest().items()
            if refused_now(con, latest) and not (self.stood_in and source == self.source)
        }
        newest = release.newest(self.home)
        self.changed = newest is None or newest.summary.get(CONTENT) != self.content
        history = release.history(self.home)
        records = [(past.id, past.published_at, past.changed, past.summary) for past in history]
        records.append((self.candidate.id, self.candidate.created_at, self.changed, self._summary()))
        load_releases(con, [_release_record(*record) for record in records])

    def _latest(self) -> dict[str, Capture]:
        found = {card.id: self.survey.latest(card.id) for card in self.survey.cards}
        return {source: latest for source, latest in found.items() if latest}

    def _summary(self) -> dict[str, JsonValue]:
        retrieved = {source: latest.captured_at.isoformat() for source, latest in self._latest().items()}
        return {
            INPUTS: _inputs(self.survey, self.statements),
            STATEMENTS: self.statements,
            CONTENT: self.content,
            RETRIEVED: dict(retrieved),
            REFUSED: dict(self.refused),
            "sources": [card.id for card in self.survey.cards],
            "captures": len(self.survey.folders),
            "facts": self._statistics(),
            "schema_version": SCHEMA_VERSION,
            "software_version": version("impact-ledger"),
        }


@contextmanager
def begin(home: Home, followed: sources.Followed, *, sample: bool, full: bool = False) -> Iterator[Refresh]:
    """A refresh under way: the home's folders made, its lock held, and at the end its outcome on record.

    Raises:
        HomeBusy: another refresh runs.
        HomeUnwritable: the home cannot be written.
        WrongKind: the home holds samples and this is live, or the other way round.
    """
    home.create()
    with writer_lock(home):
        archive = Archive(home)
        archive.check_kind(sample=sample)
        readings.sweep(home.facts)
        healed = release.heal(home)  # now, not when something is built: the page may not be there today
        if healed:
            log.warning("%s", healed)
        for note in archive.notes():
            log.warning("%s", note)
        refresh = Refresh(home, followed, sample, archive, full)
        try:
            yield refresh
        finally:
            if refresh.candidate and refresh.outcome != "published":
                release.discard(refresh.candidate)
            refreshes.record(
                home,
                refreshes.Refresh(
                    at=dt.datetime.now(dt.UTC),
                    outcome=refresh.outcome,
                    source=refresh.source,
                    release_id=refresh.published.id if refresh.published else None,
                    detail=refresh.detail,
                ),
            )


def _refusal(capture: Capture, reason: str | None) -> str:
    return f"{capture.url}: {reason}; capture {capture.sha256[:12]} is archived, nothing was published"


def _finding(audit: AuditResult) -> str:
    """An audit that failed, with its first bad row."""
    row = ", ".join(f"{name} {value}" for name, value in audit.sample[0].items() if value not in (None, ""))
    more = f" and {audit.bad_rows - 1} more" if audit.bad_rows > 1 else ""
    return f"check {audit.name} failed ({row[:200]}{more}); this is a fault of this program: please report it"


def _way_on(capture: str) -> str:
    return f"if the page does say so, `impact accept {capture} --reason TEXT` lets it through"


def _capture_record(found: Surveyed) -> dict[str, object]:
    return found.capture.model_dump() | {
        "sighting_of": found.sighting_of,
        "refused": found.refused,
        "accepted": found.accepted,
    }


def _retrieval_record(retrieval: Capture, found: Survey) -> dict[str, object]:
    shown = found.shown_by(retrieval)
    return retrieval.model_dump() | {
        "retrieval_id": retrieval.capture_id,
        "retrieved_at": retrieval.captured_at,
        "page": page_of(retrieval),
        "page_until": found.page_until(retrieval),
        "capture_id": shown.capture.capture_id if shown else None,
    }


def _release_record(
    name: str, published_at: dt.datetime, changed: bool, summary: Mapping[str, JsonValue]
) -> dict[str, object]:
    retrieved = summary.get(RETRIEVED)
    last = max(map(str, retrieved.values()), default=None) if isinstance(retrieved, dict) else None
    told = {"last_retrieval": dt.datetime.fromisoformat(last) if last else None, "changed": changed}
    return {"release_id": name, "published_at": published_at, **summary, **told}


def _statements(found: Survey) -> str:
    """One hash over all that can change a statement: a retrieval that shows again what was shown is no part of it."""
    models = [model.sql for model in load_models()] + [audit.sql for audit in load_audits()] + [macros()]
    return _hash({
        "software": version("impact-ledger"),
        "schema": SCHEMA_VERSION,
        "models": [hashlib.sha256(text.encode()).hexdigest() for text in models],
        "cards": {source: hashlib.sha256(text).hexdigest() for source, text in found.card_texts.items()},
        "accepted": found.acceptances,
        "captures": [
            (one.capture.capture_id, one.refused, one.folder and one.folder.name)
            for one in found.responses
            if not one.sighting_of
        ],
        "turns": found.turns(),
    })  # fmt: skip


def _inputs(found: Survey, statements: str) -> str:
    """One hash over all that the tables but `releases` are made from, every retrieval included."""
    return _hash({"statements": statements, "retrievals": [(one.source, one.capture_id) for one in found.retrievals]})


def _hash(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _day(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
