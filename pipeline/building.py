"""The building of a candidate, from what a refresh has read: base tables, models, audits. It alone loads DuckDB.

What each function does to the refresh that it is given: it notes the candidate, and what that says.
"""

import datetime as dt
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby

import duckdb
from pydantic import JsonValue

from pipeline import notice
from pipeline.refresh import CONTENT, RETRIEVED, Refresh, Refused, refusal, way_on
from pipeline.survey import Survey, Surveyed, page_of
from warehouse import build, decision_files, notices, release
from warehouse.alarms import Lapsed, Missing, lapsed_in, lapsed_line, missing_in
from warehouse.base import load_base, load_lineage, load_releases
from warehouse.build import AuditResult
from warehouse.decided import Settled
from warehouse.editions import all_changes, in_review
from warehouse.lineage_file import written_lineage
from warehouse.models import SqlModel, load_models
from warehouse.plain_paths import plain_folder
from warehouse.published import PublishedUnreadable, opened
from warehouse.release_files import DATABASE
from warehouse.warc import Capture

log = logging.getLogger("impact")

NAMED = 5
"""Metrics that a line of a refresh's summary names."""
LAST_TABLE = "releases"
"""It tells of the release in the making, so that all other tables come before it."""


@contextmanager
def building(refresh: Refresh) -> Iterator[duckdb.DuckDBPyConnection]:
    """A fresh candidate database that holds the base tables, open for writing until the block ends.

    Raises:
        ImpactError: it cannot be written, or a reading is damaged.
    """
    refresh.candidate = candidate = release.new_candidate(refresh.home)
    with build.open_candidate(candidate.path) as con, loaded(con, refresh.survey):
        load_lineage(con, written_lineage())
        yield con


@contextmanager
def loaded(con: duckdb.DuckDBPyConnection, found: Survey) -> Iterator[list[Settled]]:
    """Fill the base tables of what was found in a home; readings are read there till the end of the block.

    Gives what became of the decisions.

    Raises:
        ReadingUnreadable: a reading is damaged.
    """
    captures = [_capture_record(one) for one in found.responses]
    retrievals = [_retrieval_record(one, found) for one in found.retrievals]
    with plain_folder(found.facts) as facts:
        yield load_base(con, facts, found.readings, captures, retrievals, found.cards, found.decisions)


def tables(refresh: Refresh, con: duckdb.DuckDBPyConnection) -> Iterator[tuple[SqlModel, int]]:
    """Build the tables one by one; each with its number of rows."""
    for model in sorted(load_models(), key=lambda model: model.name == LAST_TABLE):
        if model.name == LAST_TABLE:
            _tell(refresh, con)
        yield model, build.run_model(con, model)


def finish(refresh: Refresh, con: duckdb.DuckDBPyConnection, audits: list[AuditResult]) -> None:
    """Close the candidate when every blocking audit passed and some source's latest retrieval is believed.

    Raises:
        Refused: one did not, or none is.
    """
    failed = [audit for audit in audits if audit.blocking and not audit.passed]
    if failed:
        raise Refused("; ".join(["nothing was published", *map(finding, failed)]))
    refresh.leave({source: Refused(reason) for source, reason in refresh.refused.items()})
    for source in refresh.source_ids:
        for capture_id, held_back in build.held_back_now(con, source):
            log.warning("held back of %s: %s; %s", capture_id, held_back, way_on(capture_id))
    for line in missing_lines(missing_in(con)):
        log.warning("%s", line)
    lapsed = lapsed_in(con)
    for line in decision_lines(refresh.survey, lapsed):
        log.info("%s", line)
    for one in lapsed:
        log.warning("%s", lapsed_line(one))
    for line in _lost(refresh):
        log.warning("%s", line)
    refresh.news = _news(refresh, con)
    build.finish(con)
    log.info("built %s tables; %s checks passed", len(load_models()), sum(audit.passed for audit in audits))


def missing_lines(found: Sequence[Missing]) -> Iterator[str]:
    """What has gone missing with the latest edition, a line a source; `impact status` tells more of each metric."""
    for source, metrics in groupby(found, key=lambda one: one.source):
        some = list(metrics)
        named = [f"{one.metric} (likely in the review queue)" if one.statement else one.metric for one in some]
        more = f" and {len(named) - NAMED} more" if len(named) > NAMED else ""
        editions = f"{source}: edition {some[0].edition} does not state what {some[0].edition_before} stated"
        yield f"{editions}: {', '.join(named[:NAMED])}{more}; see `impact status`"


def decision_lines(found: Survey, lapsed: Sequence[Lapsed]) -> Iterator[str]:
    """What has become of the decisions, a line a source that has some."""
    for source, made in sorted(found.decisions.items()):
        asking = [one for one in lapsed if one.source == source]
        look = f", {len(asking)} of them to be looked at" if asking else ""
        if made:
            yield f"{source}: {len(made)} decision{'s' * (len(made) != 1)} on record{look}"


def _lost(refresh: Refresh) -> Iterator[str]:
    """Files that nothing can make anew, which the last release was built from and which have gone; told once."""
    home, newest = refresh.home, release.newest(refresh.home)
    if newest is None:
        return
    try:
        with opened(home.releases / newest.id / DATABASE) as con:
            archived = con.execute("SELECT DISTINCT warc_file FROM retrievals ORDER BY warc_file").fetchall()
            made = con.execute("SELECT source, count(*) FROM decisions GROUP BY source ORDER BY source").fetchall()
    except PublishedUnreadable:
        return  # of an earlier schema
    gone = [file for (file,) in archived if not (home.root / file).exists()]
    if gone:
        more = f" and {len(gone) - NAMED} more" if len(gone) > NAMED else ""
        told = f"{', '.join(gone[:NAMED])}{more} of the archive in {home.root}"
        yield f"gone: {told}, and what they brought with them; restore them from a copy"
    for source, count in made:
        path = decision_files.file_of(home, source)  # `impact undecide` takes out decisions, never the file
        if not path.exists():
            decisions = f"{count} decision{'s' * (count != 1)}"
            yield f"{path} has gone, and {decisions} with it; restore it, unless it was meant to go"


def _tell(refresh: Refresh, con: duckdb.DuckDBPyConnection) -> None:
    """Note what the candidate says, and list it among the releases."""
    assert refresh.candidate is not None
    refresh.content = build.said(con)
    refresh.waiting = build.waiting(con)
    refresh.refused = {
        source: f"{refusal(latest, build.refused_now(con, latest))}; {way_on(latest.sha256[:12])}"
        for source, latest in refresh.latest().items()
        if source not in refresh.stood_in and build.refused_now(con, latest)
    }
    newest = release.newest(refresh.home)
    refresh.changed = newest is None or newest.summary.get(CONTENT) != refresh.content
    history = release.history(refresh.home)
    records = [(past.id, past.published_at, past.changed, past.summary) for past in history]
    records.append((refresh.candidate.id, refresh.candidate.created_at, refresh.changed, refresh.summary()))
    load_releases(con, [release_record(*record) for record in records])


def _news(refresh: Refresh, con: duckdb.DuckDBPyConnection) -> list[notices.Notice]:
    """What the candidate says of editions that the release before it does not; nothing where that cannot be read."""
    assert refresh.candidate is not None
    there = release.releases(refresh.home)
    before: list[dict[str, object]] = []
    baseline = None
    for one in reversed(there):
        try:
            with opened(refresh.home.releases / one.id / DATABASE) as earlier:
                before, baseline = all_changes(earlier), one.id
            break
        except PublishedUnreadable:
            continue  # damaged, or of an earlier schema
    if there and baseline is None:
        return []
    told = notices.notices(refresh.home)
    return notice.of_editions(
        before, all_changes(con), in_review(con), told, baseline, refresh.candidate.id, refresh.candidate.created_at
    )


def finding(audit: AuditResult) -> str:
    """An audit that failed, with its first bad row."""
    row = ", ".join(f"{name} {value}" for name, value in audit.sample[0].items() if value not in (None, ""))
    more = f" and {audit.bad_rows - 1} more" if audit.bad_rows > 1 else ""
    return f"check {audit.name} failed ({row[:200]}{more}); this is a fault of this program: please report it"


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


def release_record(
    name: str, published_at: dt.datetime, changed: bool, summary: Mapping[str, JsonValue]
) -> dict[str, object]:
    """The row of a release among the others, of what its record says."""
    retrieved = summary.get(RETRIEVED)
    last = max(map(str, retrieved.values()), default=None) if isinstance(retrieved, dict) else None
    told = {"last_retrieval": dt.datetime.fromisoformat(last) if last else None, "changed": changed}
    return {"release_id": name, "published_at": published_at, **summary, **told}
