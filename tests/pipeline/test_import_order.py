"""In whatever order files are imported, and however often, the tables are the same but for the releases."""

import datetime as dt
import hashlib
import os
import random
from pathlib import Path

import duckdb
import pytest

from pipeline import building, sources
from pipeline.begin import begin
from tests.few import few_of
from tests.pipeline.conftest import CARD, page
from tests.warehouse.warc_builder import HTML, http, packed, response, revisit, sha1
from warehouse.archive import Archive
from warehouse.build import run_audits
from warehouse.home import Home, writer_lock
from warehouse.imports import Import, Page

SEEDS = max(4, int(os.environ.get("SEQUENCES", "12")) // 3)
URLS = ["https://www.coast-rescue.example/our-year", "http://coast-rescue.example/our-year/"]
OTHER = "https://coast-rescue.example/elsewhere"
START = dt.datetime(2021, 1, 5, tzinfo=dt.UTC)


class Crawls:
    """Files of crawls of one page whose content changes, returns, fails and is cut, at few and repeated moments."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.bodies = [page(year, rescued) for year in (2019, 2020) for rescued in (290, 310)]
        self.bodies += [page(2020, 310).replace(b"<head>", b'<head><meta name="nonce" content="7">')]
        self.bodies += [page(2020, 400, statistics=2), b"<title>Down for maintenance</title><h1>Offline</h1>"]
        self.bodies += [page(2021, 320).replace(b"</main>", b"<p>Last year, crews rescued 290 people.</p></main>")]
        self.responses: list[tuple[str, str, bytes]] = []
        self.records = 0

    def files(self) -> list[bytes]:
        return [packed([self.record() for _ in range(self.chance.randint(1, 4))]) for _ in range(5)]

    def record(self) -> bytes:
        day = self.chance.randrange(40)
        date = f"{START + dt.timedelta(days=day * 20):%Y-%m-%dT%H:%M:%SZ}"
        self.records += 1
        url = OTHER if self.chance.random() < 0.2 else URLS[day % 2]
        if self.responses and self.chance.random() < 0.35:
            return self.repetition(date.replace("00Z", f"{self.records:02}Z"), URLS[day % 2])
        if self.chance.random() < 0.15:
            return response(b"<h1>Busy</h1>", status="HTTP/1.1 503 Busy", url=url, date=date)
        body = self.chance.choice(self.bodies)
        cut = {"WARC-Truncated": "length"} if self.chance.random() < 0.1 else {}
        if url != OTHER:  # what is of no followed page is not kept, for a file that comes later to repeat
            self.responses.append((url, date, body[:100] if cut else body))
        return response(body[:100] if cut else body, url=url, date=date, headers=HTML, fields=cut)

    def repetition(self, date: str, url: str) -> bytes:
        to, then, body = self.chance.choice(self.responses)
        names = [
            {"WARC-Refers-To-Target-URI": to, "WARC-Refers-To-Date": then, "WARC-Payload-Digest": sha1(body)},
            {"WARC-Payload-Digest": sha1(body)},
        ]
        block = http(b"", {"ETag": '"1"'}, "HTTP/1.1 304 Not Modified") if self.chance.random() < 0.5 else b""
        return revisit(block, fields=self.chance.choice(names), url=url, date=date)


def imported(root: Path, card: Path, calls: list[list[Path]], accepted: str | None) -> Home:
    home = Home.at(root)
    home.create()
    followed = sources.followed(home, card_file=str(card))
    for paths in calls:
        with writer_lock(home):
            archive = Archive(home)
            page = Page(followed.card.id, followed.card.url)
            Import(home, archive, [page], lambda _, archive=archive: sources.keep(archive, followed)).add_files(paths)
            found = [one for one in archive.captures() if one.sha256 == accepted and one.record_type == "response"]
            if found and not archive.acceptances():
                archive.accept(found[-1], "It is so.", accepted_at=START + dt.timedelta(days=2000))
    with writer_lock(home), begin(home, fetching=False) as run:
        run.read()
        with building.building(run) as con:
            for _ in building.tables(run, con):
                pass
            building.finish(run, con, run_audits(con))
        run.publish()
    return home


def tables(home: Home) -> dict[str, list[tuple]]:
    with duckdb.connect(str(home.published.resolve()), read_only=True) as con:
        names = [row[0] for row in con.execute("SELECT table_name FROM duckdb_tables() ORDER BY ALL").fetchall()]
        return {name: con.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in names if name != "releases"}


@pytest.mark.parametrize("seed", few_of(range(SEEDS), 2))
def test_any_order_of_imports_gives_the_same_tables(tmp_path: Path, seed: int):
    chance = random.Random(seed)
    card = tmp_path / "card.yaml"
    card.write_text(CARD.format(url=URLS[0]), encoding="utf-8")
    crawls = Crawls(chance)
    paths = []
    for number, data in enumerate(crawls.files()):
        paths.append(tmp_path / f"{number}.warc.gz")
        paths[-1].write_bytes(data)
    thin = [one for _, _, one in crawls.responses if b"400 people" in one]
    accepted = hashlib.sha256(thin[0]).hexdigest() if thin else None

    together = imported(tmp_path / "together", card, [paths], accepted)
    shuffled = chance.sample(paths, len(paths))
    one_by_one = imported(tmp_path / "one-by-one", card, [[path] for path in shuffled + shuffled[:2]], accepted)
    one, other = tables(together), tables(one_by_one)
    assert one.keys() == other.keys()
    for name in one:
        assert one[name] == other[name], name
    assert one["retrievals"]
