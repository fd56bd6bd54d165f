"""Refreshes that are made quickly: the steps of one, without Dagster's records and without a network."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from extractors.metrics.card import load_card
from pipeline import building, sources
from pipeline.begin import begin
from pipeline.refresh import Refresh, Refused
from tests.pipeline.conftest import CARD
from warehouse.build import run_audits
from warehouse.fetch import Retrieval
from warehouse.home import Home, writer_lock

URL = "http://127.0.0.1:9/our-year"
FIRST = dt.datetime(2022, 3, 1, 6, tzinfo=dt.UTC)


def refresh(home: Home, card: Path, retrieval: Retrieval | None = None) -> None:
    """One refresh of the source of a card, of what a host answered; what a check refuses is no matter here."""
    home.create()
    try:
        with writer_lock(home), begin(home, card=str(card), fetching=True) as run:
            if retrieval:
                sources.keep(run.archive, run.asked[0])
                run.archive.store(load_card(card).id, retrieval, sample=False)
            run.read()
            run.leave(run.unfit())
            if run.unchanged():
                return
            _build(run)
    except Refused:
        return


def year_by_year(home: Home, pages: Iterable[bytes], card: Path | None = None) -> Path:
    """Refresh a home with what a page showed, each a year after the one before; the card it is followed by."""
    if card is None:
        card = home.root.with_name("card.yaml")
        card.parent.mkdir(parents=True, exist_ok=True)
        card.write_text(CARD.format(url=URL), encoding="utf-8")
    for number, body in enumerate(pages):
        at = FIRST + dt.timedelta(days=365 * number)
        refresh(home, card, Retrieval(URL, URL, 200, "OK", (("Content-Type", "text/html; charset=utf-8"),), body, at))
    return card


def _build(run: Refresh) -> None:
    with building.building(run) as con:
        list(building.tables(run, con))
        building.finish(run, con, run_audits(con))
    run.publish()
