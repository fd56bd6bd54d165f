"""Collections as a bulk job leaves them, made of the captures that a home holds."""

import json
from pathlib import Path

import duckdb

from extractors import read_page
from extractors.content import content_digest
from extractors.metrics.card import load_card
from extractors.records import EXTRACTOR_VERSION
from warehouse.archive import Archive
from warehouse.facts_store import column_list
from warehouse.home import Home
from warehouse.reading_rows import TABLES, reading_rows, utc

RECORD = {"reading": "VARCHAR", "warc_file": "VARCHAR", "warc_offset": "BIGINT"}
CAPTURE = {
    **RECORD, "warc_nth": "INTEGER", "source": "VARCHAR", "capture_id": "VARCHAR", "url": "VARCHAR",
    "final_url": "VARCHAR", "captured_at": "TIMESTAMP", "status": "INTEGER", "sha256": "VARCHAR", "size": "BIGINT",
    "archived_url": "VARCHAR", "refused": "VARCHAR", "content": "VARCHAR", "edition": "INTEGER",
    "edition_basis": "VARCHAR", "statistics": "INTEGER",
}  # fmt: skip
READ = {table: RECORD | TABLES[table] for table in ("facts", "numerals", "passages")}


def collect(home: Path, card: Path, folder: Path) -> Path:
    """Write what the captures of a home's one source say as a bulk job would, a partition for each capture."""
    archive, followed = Archive(Home.at(home)), load_card(card)
    (folder / "cards").mkdir(parents=True)
    (folder / "cards" / f"{followed.id}.yaml").write_bytes(card.read_bytes())
    (folder / "job.json").write_text(json.dumps({"format": 1, "extractor_version": EXTRACTOR_VERSION}))
    with duckdb.connect(":memory:") as con:
        for table, columns in {"captures": CAPTURE, **READ}.items():
            (folder / table).mkdir()
            con.execute(f"CREATE TABLE {table} ({column_list(columns)})")
            con.execute(f"COPY {table} TO '{folder / table / 'none.parquet'}' (FORMAT parquet)")
        for number, capture in enumerate(archive.captures(followed.id)):
            page = archive.payload(capture)
            reading = read_page(page, card=followed, url=capture.final_url, captured_at=capture.captured_at)
            first = (f"reading-{number}", "made.warc.gz", number)
            said = (content_digest(reading), reading.edition, reading.edition_basis, len(reading.facts))
            row = (
                *first, 0, capture.source, capture.capture_id, capture.url, capture.final_url, utc(capture.captured_at),
                capture.status, capture.sha256, len(page), capture.archived_url, None, *said,
            )  # fmt: skip
            tables = {"captures": [row]}
            made = reading_rows(reading, followed.id)
            tables |= {table: [(*first, *one) for one in made[table]] for table in READ}
            for table, rows in tables.items():
                con.execute(f"DELETE FROM {table}")
                appender = con.appender(table)
                appender.append_rows(rows)
                appender.flush()
                con.execute(f"COPY {table} TO '{folder / table / f'part-{number}.parquet'}' (FORMAT parquet)")
    return folder
