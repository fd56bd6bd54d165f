"""A release made of a collection that a bulk job read: its tables, audits and database are those of any home.

What a home may hold beside it stands in `owned`.
"""

import logging
from importlib.metadata import version

import duckdb
from pydantic import JsonValue

from pipeline.building import LAST_TABLE, finding, release_record
from pipeline.inputs import models_key
from pipeline.owned import take
from pipeline.refresh import CONTENT, INPUTS, RETRIEVED, STATEMENTS, WAITING, Refused
from warehouse import build, decision_files, release
from warehouse.base import load_lineage, load_releases
from warehouse.collection import Collection, cards_of, collection_at, load_collection
from warehouse.home import Home, writer_lock
from warehouse.lineage_file import written_lineage
from warehouse.models import SCHEMA_VERSION, load_models

log = logging.getLogger("impact")


def build_from(home: Home, place: str) -> None:
    """Build, audit and publish what a bulk job wrote to a folder, unless that is what is published.

    Raises:
        InputError: the folder holds no such results, or the home has captures of its own, or another collection's.
        Refused: a check that blocks has failed.
        ImpactError: the home is being written to, or cannot be.
    """
    collection = collection_at(place)
    home.create()
    with writer_lock(home):
        take(home, collection.folder)
        healed = release.heal(home)
        if healed:
            log.warning("%s", healed)
        _build(home, collection)


def _build(home: Home, collection: Collection) -> None:
    candidate = release.new_candidate(home)
    try:
        with build.open_candidate(candidate.path) as con:
            summary = _filled(con, home, collection, candidate)
        if summary is None:
            return
        pin = release.pinned(home)
        if pin:
            log.info("built, not published: pinned to release %s until `impact unpin`", pin)
            return
        published = release.publish(home, candidate, summary=summary)
        log.info(
            "published release %s: %s statistics from %s captures, in %s",
            published.id, f"{summary['facts']:,}", f"{summary['captures']:,}", home.published,
        )  # fmt: skip
    finally:
        release.discard(candidate)  # nothing is left of it once it is published


def _filled(
    con: duckdb.DuckDBPyConnection, home: Home, collection: Collection, candidate: release.Candidate
) -> dict[str, JsonValue] | None:
    """Fill and check a candidate and close it; what its record says, or None where that is published already."""
    cards = cards_of(con, collection)
    decisions = {card.id: decision_files.load(home, card.id, card) for card in cards}
    key = models_key([collection.key, *(one.model_dump(mode="json") for made in decisions.values() for one in made)])
    before = release.newest(home)
    if before is not None and before.summary.get(INPUTS) == key and release.pinned(home) is None:
        log.info("nothing is new: release %s stays", before.id)
        return None
    load_collection(con, collection, cards, decisions)
    load_lineage(con, written_lineage())
    summary: dict[str, JsonValue] = {INPUTS: key, STATEMENTS: key, CONTENT: key}
    for model in sorted(load_models(), key=lambda model: model.name == LAST_TABLE):
        if model.name == LAST_TABLE:
            summary |= _told(con)
            past = [(one.id, one.published_at, one.changed, one.summary) for one in release.history(home)]
            records = [*past, (candidate.id, candidate.created_at, True, summary)]
            load_releases(con, [release_record(*record) for record in records])
        log.debug("built %s: %s rows", model.table, f"{build.run_model(con, model):,}")
    audits = build.run_audits(con)
    failed = [audit for audit in audits if not audit.passed]
    if any(audit.blocking for audit in failed):
        raise Refused("; ".join(["nothing was published", *(finding(audit) for audit in failed if audit.blocking)]))
    for audit in failed:
        log.warning("check %s: %s rows; %s", audit.name, f"{audit.bad_rows:,}", audit.promise)
    build.finish(con)
    log.info("built %s tables; %s checks passed", len(load_models()), len(audits) - len(failed))
    return summary


def _told(con: duckdb.DuckDBPyConnection) -> dict[str, JsonValue]:
    retrieved = con.execute(
        "SELECT source, max(retrieved_at) FROM base.retrievals GROUP BY source ORDER BY ALL"
    ).fetchall()
    ((captures, facts),) = con.execute("SELECT count(*), (SELECT count(*) FROM facts) FROM base.speaking").fetchall()
    return {
        RETRIEVED: {source: f"{moment.isoformat()}+00:00" for source, moment in retrieved},
        "sources": [source for source, _ in retrieved],
        "captures": captures,
        "facts": facts,
        WAITING: build.waiting(con),
        "schema_version": SCHEMA_VERSION,
        "software_version": version("impact-ledger"),
    }
