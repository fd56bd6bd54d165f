"""One refresh, step by step: fetch and archive, read, build, check, publish. What each step does, not when it runs.

Steps keep what the next one needs on the `Refresh`; the home's writer lock is held around all of them. Nothing here
knows Dagster: `assets` calls the steps, from the command line and from the schedule alike.
"""

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version

import duckdb
from pydantic import JsonValue

from extractors.errors import ImpactError
from extractors.links import public_url
from pipeline import sources
from pipeline.sample_server import served_samples
from pipeline.survey import Survey, survey
from warehouse import refreshes, release
from warehouse.archive import Archive, Validators
from warehouse.base import load_base
from warehouse.build import AuditResult, finish, open_candidate
from warehouse.captures import judge
from warehouse.fetch import fetch
from warehouse.home import Home, writer_lock
from warehouse.models import load_audits, load_models, macros
from warehouse.warc import Capture

log = logging.getLogger("impact")

INPUTS = "inputs"
"""In a release's summary: what it was built from, as one hash."""


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
    inputs: str = ""
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
        with ExitStack() as stack:
            urls = [self.followed.card.url]
            if self.sample:
                urls = stack.enter_context(served_samples(self.followed.card))
            for url in urls:
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
        return self.captured

    def unfit(self) -> str | None:
        """Why what was captured is no page to be read, in one line; None when it is one."""
        accepted = {acceptance.record_id for acceptance in self.archive.acceptances(self.source)}
        for capture in self.captured:
            original = self.archive.original(capture)
            let_through = original.record_id in accepted
            verdict = judge(original, self.archive.payload(original), accepted=let_through)
            if not verdict.ok:
                return _refusal(capture, str(verdict.reason))
        return None

    # --- read ---

    def read(self) -> Survey:
        """Judge every capture of the home and read those not read yet.

        Raises:
            ImpactError: a reading cannot be stored, or a card is gone bad.
        """
        self.survey = survey(self.home, self.archive)
        for found in self.survey.responses:
            if found.fresh:
                log.info("read %s statistics from %s", found.statistics, found.capture.capture_id)
        self.inputs = _inputs(self.survey)
        return self.survey

    def implausible(self) -> str | None:
        """Why what was captured is not believed, in one line; None when it is."""
        for capture in self.captured:
            reason = self.survey.refusal(capture)
            if reason:
                return f"{_refusal(capture, reason)}; {_way_on(capture.sha256[:12])}"
        return None

    def unchanged(self) -> bool:
        """Whether the published release was built from these very captures, cards and models."""
        healed = release.heal(self.home)
        if healed:
            log.warning("%s", healed)
        try:
            current = release.published(self.home)
        except release.CorruptRelease as error:
            log.warning("%s", error)
            return False
        if current is None or current.summary.get(INPUTS) != self.inputs:
            return False
        self.outcome, self.published = "unchanged", current
        log.info("nothing is new: release %s stays", current.id)
        return True

    # --- build, check, publish ---

    @contextmanager
    def building(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A fresh candidate database that holds the base tables, open for writing until the block ends.

        Raises:
            ImpactError: it cannot be written, or a reading is damaged.
        """
        self.candidate = candidate = release.new_candidate(self.home)
        with open_candidate(candidate.path) as con:
            captures = [
                capture.model_dump()
                | {"refused": self.survey.refusal(capture), "accepted": self.survey.acceptance(capture)}
                for capture in self.survey.captures
            ]
            load_base(con, self.survey.folders, captures, self.survey.cards, self._release_records(candidate))
            yield con

    def finish(self, con: duckdb.DuckDBPyConnection, audits: list[AuditResult]) -> None:
        """Close the candidate when every blocking audit passed.

        Raises:
            Refused: one did not.
        """
        failed = [audit for audit in audits if audit.blocking and not audit.passed]
        if failed:
            raise Refused("; ".join(["nothing was published", *map(_finding, failed), *_ways_on(failed)]))
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
        self.published = release.publish(self.home, self.candidate, summary=self._summary())
        self.outcome = "published"
        log.info(
            "published release %s: %s statistics from %s captures, in %s",
            self.published.id, f"{self._statistics():,}", len(self.survey.folders), self.home.published,
        )  # fmt: skip
        return self.published

    def _statistics(self) -> int:
        return sum(found.statistics for found in self.survey.responses if found.folder)

    def _summary(self) -> dict[str, JsonValue]:
        return {
            INPUTS: self.inputs,
            "sources": [card.id for card in self.survey.cards],
            "captures": len(self.survey.folders),
            "facts": self._statistics(),
            "software_version": version("impact-ledger"),
        }

    def _release_records(self, candidate: release.Candidate) -> list[dict[str, object]]:
        kept = [(past.id, past.published_at, past.summary) for past in release.history(self.home)]
        return [
            {"release_id": name, "published_at": moment, **summary}
            for name, moment, summary in [*kept, (candidate.id, candidate.created_at, self._summary())]
        ]


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


def _refusal(capture: Capture, reason: str) -> str:
    return f"{capture.url}: {reason}; capture {capture.sha256[:12]} is archived, nothing was published"


def _finding(audit: AuditResult) -> str:
    """An audit that failed, with its first bad row."""
    row = ", ".join(f"{name} {value}" for name, value in audit.sample[0].items() if value not in (None, ""))
    more = f" and {audit.bad_rows - 1} more" if audit.bad_rows > 1 else ""
    return f"check {audit.name} failed ({row[:200]}{more})"


def _ways_on(failed: list[AuditResult]) -> list[str]:
    """What to do when a page itself states what fails: the audits that name a capture let accepted ones through."""
    rows = [audit.sample[0] for audit in failed]
    if not all("capture" in row for row in rows):
        return []
    return [_way_on(name) for name in sorted({row["capture"] for row in rows})]


def _way_on(capture: str) -> str:
    return f"if the page does say so, `impact accept {capture} --reason TEXT` lets it through"


def _inputs(found: Survey) -> str:
    """One hash over all that a release is built from. Revisits are not part of it: they say nothing new."""
    models = [model.sql for model in load_models()] + [audit.sql for audit in load_audits()] + [macros()]
    parts = {
        "software": version("impact-ledger"),
        "models": [hashlib.sha256(text.encode()).hexdigest() for text in models],
        "cards": {source: hashlib.sha256(text).hexdigest() for source, text in found.card_texts.items()},
        "accepted": found.acceptances,
        "captures": [(one.capture.capture_id, one.refused, one.folder and one.folder.name) for one in found.responses],
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _day(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
