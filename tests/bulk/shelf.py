"""A small collection in every form that tools write, what the one-page reader makes of it, and what a job wrote."""

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from extractors import read_page
from extractors.metrics.card import load_card
from tests.pipeline.conftest import CARD
from tests.warehouse.foreign_files import zipped
from tests.warehouse.warc_builder import packed, record, response, revisit, wacz, warcinfo
from warehouse.bulk.engines import Engine, loop
from warehouse.bulk.job import Tally, run
from warehouse.foreign_warc import warc_date
from warehouse.reading_rows import reading_rows

URL = "https://coast.example/our-year"
PAGES = range(24)


def page(number: int, *, paragraphs: int = 1) -> bytes:
    """A page of its own for each number."""
    said = "".join(
        f"<p>In {2000 + number % 20} our crews rescued {100 + number + line} people at sea.</p>"
        for line in range(paragraphs)
    )
    return f"<!doctype html><html><body><h1>Our year</h1>{said}<p>We have 40 volunteers.</p></body></html>".encode()


def date(number: int) -> str:
    return f"{2000 + number % 20}-03-{1 + number // 20:02d}T09:00:00Z"


def records(numbers: range, **parts: Any) -> list[bytes]:
    """Responses of the page, each followed by the request and by a picture."""
    found = [warcinfo()]
    for number in numbers:
        found.append(response(page(number, **parts), url=URL, date=date(number)))
        found.append(record("request", b"GET / HTTP/1.1\r\n\r\n", url=URL, date=date(number)))
        picture = response(b"\x89PNG", url=f"{URL}.png", date=date(number), headers={"Content-Type": "image/png"})
        found.append(picture)
    return found


def shelve(folder: Path) -> Path:
    """Put 24 pages into four files, of four forms."""
    folder.mkdir(parents=True)
    (folder / "a.warc").write_bytes(b"".join(records(range(6))))
    (folder / "b.warc.gz").write_bytes(packed(records(range(6, 12))))
    inner = {"one.warc.gz": packed(records(range(12, 15))), "two.warc": b"".join(records(range(15, 18)))}
    (folder / "c.wacz").write_bytes(wacz(inner))
    (folder / "d.warc.gz").write_bytes(zipped(b"".join(records(range(18, 24)))))
    return folder


def others() -> list[bytes]:
    """Records of the page that are no pages."""
    return [
        response(b"gone", url=URL, status="HTTP/1.1 404 Not Found"),
        response(b"", url=URL, status="HTTP/1.1 301 Moved", headers={"Location": "https://coast.example/new"}),
        response(b"%PDF-1.4", url=URL, headers={"Content-Type": "application/pdf"}),
        revisit(url=URL, fields={"WARC-Refers-To": "<urn:uuid:1>"}),
        record("resource", page(1), url=URL, fields={"Content-Type": "text/html"}),
        record("metadata", b"a: b", url=URL),
    ]


def cards(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "coast.yaml").write_text(CARD.format(url=URL), encoding="utf-8")
    return folder


def by_words(row: tuple[Any, ...]) -> str:
    """An order of rows that how exactly a number is written does not change."""
    return repr([value for value in row if not isinstance(value, Decimal)])


def expected(numbers: range, card: Path, table: str = "facts", **parts: Any) -> list[tuple[Any, ...]]:
    """Rows of a table by the reader of one page, which `impact extract PAGE --card` is."""
    found: list[tuple[Any, ...]] = []
    for number in numbers:
        at = warc_date(date(number))
        body = page(number, **parts)
        reading = read_page(body, card=load_card(card), url=URL, captured_at=at, charset="utf-8")
        rows = reading_rows(reading, "coast-rescue")[table]
        found += [tuple(list(value) if isinstance(value, tuple) else value for value in row) for row in rows]
    return sorted(found, key=by_words)


def written(out: Path | str, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
    """Rows of a table that a job wrote."""
    with duckdb.connect(":memory:") as con:
        found = con.execute(f"SELECT {columns} FROM '{out}/{table}/*.parquet'").fetchall()
    return sorted(found, key=by_words)


def read_rows(out: Path, table: str = "facts") -> list[tuple[Any, ...]]:
    """Those rows as the reader of one page gives them."""
    return written(out, table, "* EXCLUDE (reading, warc_file, warc_offset)")


def counted(out: Path) -> dict[str, int]:
    """How many records there were, by what became of them."""
    counts: Counter[str] = Counter()
    for outcome, records in written(out, "records", "outcome, records"):
        counts[outcome] += records
    return dict(+counts)


def job(pattern: object, out: Path, engine: Engine = loop, **parts: Any) -> Tally:
    """Run a job in this process, by the card of the page alone."""
    text = (cards(out.with_name("cards")) / "coast.yaml").read_bytes()
    return run(str(pattern), str(out), {"coast-rescue": text}, engine, **parts)


def parts(out: Path) -> dict[str, int]:
    """Every file that a job wrote, and when."""
    return {str(path.relative_to(out)): path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
