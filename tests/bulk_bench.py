"""Bulk jobs, measured: `make bulk-bench` prints the tables and writes them into `docs/scale.md`.

A collection is made of the bundled sample pages and of furniture in our own words, seeded, in the spread of sizes that
published pages have; `MB` says how much of it. It is read by the plain loop, on two cores and by two Dask workers in
one run, and what they wrote is compared row by row.
"""

import datetime as dt
import math
import os
import platform
import random
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from extractors import read_page
from extractors.metrics.card import bundled_card
from pipeline.bulk import texts_of
from tests.bench import ORDINARY, SAMPLES, mixed_text
from tests.bulk.running import EXTRA, cluster
from tests.warehouse.warc_builder import packed, record, response, warcinfo
from warehouse.bulk.engines import Engine, engine_of, local, loop
from warehouse.bulk.job import Tally, run
from warehouse.bulk.partitions import PARTITIONED
from warehouse.reading_rows import reading_rows

DOCS = Path(__file__).parents[1] / "docs" / "scale.md"
BEGIN, END = "<!-- written by `make bulk-bench` -->", "<!-- end of what it writes -->"
CARD = "ncmec-impact"
MEGABYTE = 1_000_000
SAMPLE_PAGES = [page.read_bytes() for page in SAMPLES if page.name != "offline.html"]
SMALLEST, MEDIAN, SPREAD, LARGEST = 10_000, 120_000, 1.1, 2_700_000
"""Bytes of a page: log-normal between the bounds, which gives a mean of about 200 kB."""
A_FILE = 128 * MEGABYTE
"""Bytes of a WARC file before it is compressed."""
CORES = 2
BARE = 150
"""Pages that are read without a collection and without Parquet, for what the rest costs."""
SECOND = dt.timedelta(seconds=1)


class Furniture:
    """What makes a page large: scripts and styles for the most part, then menus and cards of links, then prose."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._prose = [text for text in mixed_text(ORDINARY).split("\n\n") if text]
        self._words = sorted({word.lower() for text in self._prose for word in text.split() if word.isalpha()})

    def size(self) -> int:
        """Of a page."""
        size = math.exp(self._random.gauss(math.log(MEDIAN), SPREAD))
        return int(min(LARGEST, max(SMALLEST, size)))

    def fill(self, page: bytes, size: int) -> bytes:
        """A page with so much before its end that it has the size."""
        blocks, left = [], size - len(page)
        while left > 0:
            kind = self._random.random()
            blocks.append(self._script() if kind < 0.85 else self._links() if kind < 0.97 else self._paragraphs())
            left -= len(blocks[-1])
        head, found, tail = page.rpartition(b"</body>")
        return head + "\n".join(blocks).encode() + found + tail

    def _some(self, count: int) -> str:
        return " ".join(self._random.choices(self._words, k=count))

    def _script(self) -> str:
        lines = (f'"{self._some(2)}":{{"id":{self._random.randrange(10**6)},"on":true}}' for _ in range(60))
        return f"<script>window.state={{{','.join(lines)}}}</script>"

    def _links(self) -> str:
        items = "".join(
            f'<li class="card item-{n}"><a href="/{self._some(1)}/{n}"><span>{self._some(3)}</span></a></li>'
            for n in range(20)
        )
        return f'<nav class="menu"><ul class="cards">{items}</ul></nav>'

    def _paragraphs(self) -> str:
        chosen = self._random.choices(self._prose, k=4)
        return "".join(f'<div class="row"><div class="text"><p>{text}</p></div></div>' for text in chosen)


def make(folder: Path, size: int) -> Iterator[bytes]:
    """A collection of so many bytes of pages; the first `BARE` pages are also given."""
    furniture, url = Furniture(1), bundled_card(CARD).url
    at = dt.datetime(2009, 1, 1, tzinfo=dt.UTC)
    made, number = 0, 0
    while made < size:
        parts, weight = [packed([warcinfo()])], 0
        while weight < min(A_FILE, size / 4) and made < size:
            page = furniture.fill(SAMPLE_PAGES[number % len(SAMPLE_PAGES)], furniture.size())
            if number < BARE:
                yield page
            at += 6 * 3600 * SECOND
            date = f"{at:%Y-%m-%dT%H:%M:%SZ}"
            picture = {"Content-Type": "image/png"}
            other = response(page[:5000], url=f"https://other.example/{number}", date=date, headers=picture)
            request = record("request", b"GET / HTTP/1.1\r\n\r\n", url=url, date=date)
            parts.append(packed([response(page, url=url, date=date), request, other]))
            made, weight, number = made + len(page), weight + len(page), number + 1
        (folder / f"{number:07d}.warc.gz").write_bytes(b"".join(parts))


@dataclass(frozen=True)
class Measured:
    name: str
    tally: Tally
    seconds: float
    peak: float
    """MB of all processes of it together."""

    @property
    def pace(self) -> float:
        return self.tally.pages / self.seconds


@contextmanager
def watched() -> Iterator[Callable[[], float]]:
    """The most memory, in MB, that the processes below this one have had at a time."""
    peak, over = 0, threading.Event()

    def look() -> None:
        nonlocal peak
        while not over.wait(0.5):
            peak = max(peak, sum(_resident(pid) for pid in _below(os.getpid())))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield lambda: peak / MEGABYTE
    finally:
        over.set()
        thread.join()


def _below(pid: int) -> Iterator[int]:
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found = children.read_text().split()
        except OSError:
            continue
        for child in map(int, found):
            yield child
            yield from _below(child)


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def measured(name: str, pattern: str, out: Path, engine: Engine) -> Measured:
    """One job."""
    print(f"{name} …", flush=True)
    with watched() as peak:
        begin = time.perf_counter()
        tally = run(pattern, str(out), texts_of(None), engine)
        return Measured(name, tally, time.perf_counter() - begin, peak())


def same(one: Path, other: Path) -> bool:
    """Whether two jobs wrote the same rows."""
    with duckdb.connect(":memory:") as con:
        return all(
            con.execute(
                f"SELECT count(*) FROM (FROM '{a}/{table}/*.parquet' EXCEPT ALL FROM '{b}/{table}/*.parquet')"
            ).fetchone() == (0,)
            for table in PARTITIONED
            for a, b in ((one, other), (other, one))
        )  # fmt: skip


def on_dask(pattern: str, out: Path) -> tuple[Measured, float]:
    """A job of two Dask workers, and the seconds that it took with the start of its cluster."""
    begin = time.perf_counter()
    with cluster() as (name, _):
        wait_for(name)
        job = measured("Dask, two workers", pattern, out, engine_of(name))
        return job, time.perf_counter() - begin


def wait_for(name: str) -> None:
    """Wait until both workers are there."""
    from distributed import Client

    with Client(f"tcp://{name.removeprefix('dask://')}", set_as_default=False) as client:
        client.wait_for_workers(CORES, timeout=120)


def bare(pages: Iterable[bytes]) -> float:
    """Pages a second of one core, without a collection and without Parquet."""
    card, count, spent = bundled_card(CARD), 0, 0.0
    for page in pages:
        begin = time.perf_counter()
        at = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
        reading_rows(read_page(page, card=card, url=card.url, captured_at=at, tree="lxml"), CARD)
        spent += time.perf_counter() - begin
        count += 1
    return count / spent


def main() -> None:
    """Measure, print, and rewrite the block of `docs/scale.md`; `MB` in the environment is the size, else 1000."""
    size = int(os.environ.get("MB") or 1000) * MEGABYTE
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "shelf").mkdir()
        print(f"making {size / MEGABYTE:,.0f} MB of pages …", flush=True)
        pages = list(make(root / "shelf", size))
        files = sorted((root / "shelf").iterdir())
        stored = sum(file.stat().st_size for file in files)
        alone = bare(pages)
        (root / "quarter").mkdir()
        for file in files[: max(1, len(files) // 4)]:
            shutil.copy(file, root / "quarter")
        everything = f"{root}/shelf/*"
        plain = measured("plain loop", everything, root / "loop", loop)
        quarter = measured("a quarter", f"{root}/quarter/*", root / "part", _two)
        both = measured(f"`local`, {CORES} cores", everything, root / "local", _two)
        jobs, equal = [plain, both], {"local": same(root / "loop", root / "local")}
        started = 0.0
        if (EXTRA / "ready").exists():
            dask, started = on_dask(everything, root / "dask")
            jobs.append(dask)
            equal["Dask"] = same(root / "loop", root / "dask")
        written = sum(path.stat().st_size for path in (root / "loop").rglob("*.parquet"))
        parts = sum(1 for _ in (root / "loop").rglob("*.parquet"))
        by_table = {
            table: sum(path.stat().st_size for path in (root / "loop" / table).iterdir()) for table in PARTITIONED
        }
    text = told(size, stored, alone, jobs, started, quarter, written, parts, by_table, equal)
    print(text)
    whole = DOCS.read_text()
    before, _, rest = whole.partition(BEGIN)
    DOCS.write_text(before + BEGIN + "\n" + text + END + rest.partition(END)[2])
    if not all(equal.values()):
        sys.exit("the rows differ from those of the plain loop")


def _two(*given: object) -> Iterator[object]:
    return local(*given, processes=CORES)  # type: ignore[arg-type]


def told(
    size: int, stored: int, alone: float, jobs: list[Measured], started: float, quarter: Measured,
    written: int, parts: int, by_table: dict[str, int], equal: dict[str, bool],
) -> str:  # fmt: skip
    """The block in Markdown."""
    plain = jobs[0]
    pages, facts = plain.tally.pages, plain.tally.facts
    rows = [
        "| job | pages/s | seconds | overhead | efficiency | peak MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    rows.append(f"| reading alone, one core, {min(BARE, pages)} pages | {alone:.1f} | | | | |")
    for job in jobs:
        cores = 1 if job is plain else CORES
        over, efficiency = 1 - job.pace / (alone * cores), plain.seconds / (cores * job.seconds)
        rows.append(
            f"| {job.name} | {job.pace:.1f} | {job.seconds:.1f} | {over:.0%} | {efficiency:.2f} | {job.peak:,.0f} |"
        )
    if started:
        rows.append(
            f"| the same with the start of its cluster | {pages / started:.1f} | {started:.1f} | "
            f"{1 - pages / started / (alone * CORES):.0%} | {plain.seconds / (CORES * started):.2f} | |"
        )
    a_page = 1 / plain.pace
    per_million = {
        "hours of one core": f"{a_page * 1e6 / 3600:,.1f}",
        "GB of pages": f"{size / pages * 1e6 / 1e9:,.0f}",
        "GB of compressed WARC": f"{stored / pages * 1e6 / 1e9:,.1f}",
        "GB of Parquet": f"{written / pages * 1e6 / 1e9:,.2f}",
        "million facts": f"{facts / pages:,.1f}",
        "files of Parquet": f"{parts / pages * 1e6:,.0f}",
    }
    shares = ", ".join(f"{table} {share / written:.0%}" for table, share in by_table.items())
    cores = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    of_a_page = f"{size / pages / 1000:,.0f} kB each, {facts / pages:.0f} facts; {stored / MEGABYTE:,.0f} MB as WARC"
    compared = ", ".join(f"{name} {'yes' if yes else 'NO'}" for name, yes in equal.items())
    least, most = quarter.peak, jobs[1].peak
    trial = ["A trial: the figures that count come of 1 GB on a quiet machine.", ""] if size < 1000 * MEGABYTE else []
    lines = [
        *trial,
        f"{pages:,} pages, {size / MEGABYTE:,.0f} MB in all ({of_a_page}), on {cores}.",
        f"Rows equal to those of the plain loop: {compared}.",
        "",
        *rows,
        "",
        f"Of a quarter of the collection `local` takes at most {least:,.0f} MB, of all of it {most:,.0f} MB.",
        f"A fact costs {written / facts:,.0f} bytes with its ledger, passages and capture ({shares}).",
        "",
        "| a million captures | |",
        "| --- | ---: |",
        *(f"| {name} | {value} |" for name, value in per_million.items()),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
