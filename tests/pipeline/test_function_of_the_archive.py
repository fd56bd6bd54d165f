"""All tables but the releases are a function of the archive: built day by day or at once, they hold the same rows.

Random sequences of what a host can answer and a person can decide, refreshed one by one in one home, against the same
archive built at once in another. SEQUENCES in the environment asks for more of them than a test run can wait for.
"""

import datetime as dt
import os
import random
import shutil
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractors.errors import ImpactError
from pipeline.interrupts import Watch
from pipeline.recording import Wanted, decide
from pipeline.refresh import INPUTS
from pipeline.verifying import verify
from tests.pipeline.conftest import CARD, page
from tests.pipeline.without_dagster import refresh
from warehouse import release
from warehouse.archive import Archive
from warehouse.comparing import attached, unlike
from warehouse.fetch import Retrieval
from warehouse.home import Home, writer_lock

FEW = 2
SEQUENCES = int(os.environ.get("SEQUENCES", FEW))
VERIFIED = 3
"""Of a few sequences each third is also verified, of more each."""
STEPS = 6
IDENTITY = "identities: [{metric: rescues, kind: sum, dimension: place, certain: true}]\n"
PARTS = b"<p>In %d, 100 people were rescued on beaches and %d people were rescued at sea.</p></main>"
START = dt.datetime(2021, 12, 30, 6, tzinfo=dt.UTC)


class Site:
    """What a page shows, step by step, and what people decide: each step by one of the methods, chosen at random."""

    def __init__(self, chance: random.Random, source: str, card: Path) -> None:
        self.chance, self.source = chance, source
        self.card = card
        self.card.write_text(
            CARD.format(url=f"http://127.0.0.1:9/{source}").replace("coast-rescue", source) + IDENTITY, encoding="utf-8"
        )
        self.shown: list[bytes] = []
        self.fetched = False

    def body(self) -> bytes:
        """The next page, and how it came about."""
        way = self.chance.choice(
            ["new", "new", "edited", "same", "back", "noise", "thin", "broken", "offline", "last year"]
        )
        year = self.chance.choice([2020, 2021])
        fresh = page(year, self.chance.randrange(200, 400), statistics=6)
        if way == "new" or not self.shown:
            return fresh
        match way:
            case "edited":
                parts = PARTS % (year, self.chance.choice([210, 211]))
                return page(year, 310, statistics=6).replace(b"</main>", parts)
            case "same":
                return self.shown[-1]
            case "back":
                return self.chance.choice(self.shown)
            case "noise":
                nonce = f'<head><meta name="nonce" content="{self.chance.random()}">'
                return self.chance.choice(self.shown).replace(b"<head>", nonce.encode(), 1)
            case "thin":
                return page(year, 555, statistics=2)
            case "broken":
                return page(year, 666).replace(b"</main>", PARTS % (year, 300))
            case "offline":
                return b"<title>Down for maintenance</title><h1>Down for maintenance</h1>"
        return page(year, 320).replace(b"</main>", b"<p>Last year, crews rescued 290 people.</p></main>")

    def retrieval(self, at: dt.datetime) -> Retrieval:
        url = f"http://127.0.0.1:9/{self.source}"
        if self.fetched and self.chance.random() < 0.15:
            return Retrieval(url, url, 304, "Not Modified", (("ETag", '"1"'),), b"", at)
        self.shown.append(self.body())
        headers = (("Content-Type", "text/html; charset=utf-8"), ("ETag", '"1"'))
        archived = None
        if self.chance.random() < 0.25:  # what a web archive kept comes late
            at -= dt.timedelta(days=self.chance.randrange(900), seconds=1)
            archived = f"http://archive.example/{at:%Y%m%d%H%M%S}id_/{url}"
        self.fetched |= archived is None
        return Retrieval(url, url, 200, "OK", headers, self.shown[-1], at, archived_url=archived)


def accept_something(home: Home, site: Site, chance: random.Random, at: dt.datetime) -> None:
    captures = [one for one in Archive(home).captures(site.source) if one.record_type == "response"]
    if captures:
        with writer_lock(home):
            Archive(home).accept(chance.choice(captures), "It is so.", accepted_at=at)


def decide_something(home: Home, chance: random.Random) -> None:
    """Settle a statistic by hand, whichever; what cannot be decided so is left."""
    current = release.published(home)
    if current is None:
        return
    with attached(home=home.published) as con:
        ids = [name for (name,) in con.execute("SELECT fact_id FROM home.facts ORDER BY 1").fetchall()]
    if not ids:
        return
    actions: list[dict[str, Any]] = [
        {"dismiss": True},
        {"exclude": "an example"},
        {"metric": "rescues", "members": {"place": "sea"}},
        {"metric": "volunteers"},
        {"value": Decimal(chance.randrange(200, 400)), "year": 2020},
    ]
    action = chance.choice(actions)
    wording = "value" not in action and chance.random() < 0.5
    with suppress(ImpactError), writer_lock(home):
        decide(home, chance.choice(ids), Wanted("So it is.", "ana", wording=wording, anyway=True, **action))


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_day_by_day_and_at_once_give_the_same_rows(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch):
    chance = random.Random(seed)
    monkeypatch.setattr("pipeline.refresh.TELL_AGAIN_AFTER", dt.timedelta(0))  # so that the last retrieval is told
    daily = Home.at(tmp_path / "daily")
    daily.create()
    sites = [Site(chance, source, tmp_path / f"{source}.yaml") for source in ("coast-rescue", "hill-rescue")]
    at = START
    for _ in range(STEPS):
        site = sites[0] if chance.random() < 0.75 else sites[1]
        at += dt.timedelta(hours=chance.choice([1, 24, 24 * 200]))
        if chance.random() < 0.15:
            accept_something(daily, site, chance, at)
            refresh(daily, site.card)
        elif chance.random() < 0.25:
            decide_something(daily, chance)
            refresh(daily, site.card)
        else:
            refresh(daily, site.card, site.retrieval(at))
    # A last good edition, so that what was refused before is behind us.
    last = page(2022, 400)
    url = f"http://127.0.0.1:9/{sites[0].source}"
    at += dt.timedelta(days=400)
    refresh(daily, sites[0].card, Retrieval(url, url, 200, "OK", (("Content-Type", "text/html"),), last, at))

    at_once = Home.at(tmp_path / "at-once")
    shutil.copytree(daily.archive, at_once.archive)
    if daily.decisions.is_dir():
        shutil.copytree(daily.decisions, at_once.decisions)
    refresh(at_once, sites[0].card)
    assert release.published(at_once).summary[INPUTS] == release.published(daily).summary[INPUTS]
    assert release.published(at_once).summary["content"] == release.published(daily).summary["content"]
    assert unlike(daily.published, at_once.published) == []
    with attached(daily=daily.published) as con:
        assert con.execute("SELECT count(*) > 0 FROM daily.metric_year").fetchall() == [(True,)]
    if seed % VERIFIED == 0 or SEQUENCES > FEW:
        found = verify(daily, "current", Watch(), order=seed)
        assert (found.tables, found.damage, found.remarks) == ([], [], [])
