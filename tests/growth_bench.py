"""How the building of a collection's tables grows with its facts: `make growth` prints a row for each size.

The collection is made of what the bundled sample pages say, repeated by DuckDB over sources, editions and captures,
each with hashes, years, addresses and a figure of its own. `make growth FACTS=10000000` measures another size.
"""

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from extractors import read_page
from extractors.content import content_digest
from extractors.metrics.card import SAMPLES, SOURCES, load_card
from extractors.records import EXTRACTOR_VERSION
from warehouse.facts_store import column_list
from warehouse.reading_rows import TABLES, reading_rows

CARD = "ncmec-impact"
TEMPLATES = ("2020", "2021", "2022", "2023")
EDITIONS = 20
FACTS_A_SOURCE = 100_000
"""What a page says that is captured some seventy times in each of twenty editions."""
SIZES = (10_000, 100_000, 1_000_000)
IMPACT = "from pipeline.cli import main; main()"
READING = {"reading": "VARCHAR", "warc_file": "VARCHAR", "warc_offset": "BIGINT"}
CAPTURES = """
    SELECT
        reading, 'made.warc.gz' AS warc_file, number AS warc_offset, CAST(0 AS INTEGER) AS warc_nth, source,
        capture_id, url, url AS final_url, captured_at, CAST(200 AS INTEGER) AS status, sha256,
        CAST(30000 AS BIGINT) AS size, CAST(NULL AS VARCHAR) AS archived_url, CAST(NULL AS VARCHAR) AS refused,
        sha256 AS content, edition, 'titled' AS edition_basis, statistics
    FROM made
"""
MADE = """
    CREATE OR REPLACE TABLE made AS
    SELECT
        number,
        template,
        FORMAT('page-{:04d}', number // $a_source) AS source,
        CAST(2004 + number % $editions AS INTEGER) AS edition,
        CAST(2004 + number % $editions - template_edition AS INTEGER) AS later,
        CAST(number % $a_source // $editions AS INTEGER) AS nth,
        sha256(CAST(number AS VARCHAR)) AS sha256,
        make_timestamp(2004 + number % $editions + 1, 2, 1, 0, 0, 0)
            + to_hours(CAST(number % $a_source // $editions * 5 AS INTEGER)) AS captured_at,
        strftime(captured_at, '%Y%m%dT%H%M%S000000Z-') || sha256[1:12] AS capture_id,
        'made-' || number AS reading,
        FORMAT('https://example.org/page-{:04d}', number // $a_source) AS url,
        statistics
    FROM (
        SELECT
            range AS number,
            list_extract($templates, CAST(range % $editions % len($templates) + 1 AS INTEGER)) AS template
        FROM range($captures)
    )
    INNER JOIN templates USING (template)
"""
YEARS = {
    "edition": "made.edition",
    "year": "year + later",
    "base_year": "base_year + later",
    "period_start": "CAST(period_start + to_years(later) AS DATE)",
    "period_end": "CAST(period_end + to_years(later) AS DATE)",
    "captured_at": "made.captured_at",
    "url": "made.url",
    "source": "made.source",
    "capture_sha256": "made.sha256",
    "fact_id": "sha256(made.sha256 || kept.fact_id)[1:20]",
    "text_fragment_url": "replace(text_fragment_url, 'https://example.org/', made.url)",
}
"""What is another in each capture."""
FIGURE = ("value", "value_low", "value_high")
"""One of each page's: so no two captures say the same."""


def templates(con: duckdb.DuckDBPyConnection) -> int:
    """Tables of what the sample pages say, `kept_facts` and so on; how many facts a page states on average."""
    card = load_card(SOURCES / f"{CARD}.yaml")
    con.execute("CREATE TABLE bound (metric VARCHAR)")
    con.executemany("INSERT INTO bound VALUES (?)", [[one.metric] for one in card.identities])
    con.execute("CREATE TABLE templates (template VARCHAR, template_edition INTEGER, statistics INTEGER, said VARCHAR)")
    for table in ("facts", "numerals", "passages"):
        con.execute(f"CREATE TABLE kept_{table} ({column_list({'template': 'VARCHAR'} | TABLES[table])})")
    total = 0
    for name in TEMPLATES:
        page = (SAMPLES / CARD / f"{name}.html").read_bytes()
        reading = read_page(
            page, card=card, url="https://example.org/", captured_at=dt.datetime(2024, 2, 1, tzinfo=dt.UTC)
        )
        said = content_digest(reading)
        con.execute("INSERT INTO templates VALUES (?, ?, ?, ?)", [name, reading.edition, len(reading.facts), said])
        for table in ("facts", "numerals", "passages"):
            appender = con.appender(f"kept_{table}")
            appender.append_rows([(name, *row) for row in reading_rows(reading, CARD)[table]])
            appender.flush()
        total += len(reading.facts)
    return total // len(TEMPLATES)


def make_collection(folder: Path, facts: int) -> tuple[int, int]:
    """Write a collection of about so many facts as a bulk job would; how many captures and sources it has."""
    with duckdb.connect(":memory:", config={"memory_limit": "2GB", "temp_directory": str(folder / "tmp")}) as con:
        con.execute("SET threads = 2")
        a_page = templates(con)
        captures = max(EDITIONS, facts // a_page)
        sources = max(1, round(facts / FACTS_A_SOURCE))
        a_source = -(-captures // sources)
        asked = {"a_source": a_source, "editions": EDITIONS, "captures": captures, "templates": list(TEMPLATES)}
        con.execute(MADE, asked)
        for table in ("captures", "facts", "numerals", "passages", "cards"):
            (folder / table).mkdir(parents=True)
        _copy(con, CAPTURES, folder / "captures" / "part-0.parquet")
        for source in range(sources):
            con.execute(f"CREATE OR REPLACE VIEW here AS FROM made WHERE number // {a_source} = {source}")
            for table in ("facts", "numerals", "passages"):
                _copy(con, _repeated(table), folder / table / f"part-{source}.parquet")
    text = (SOURCES / f"{CARD}.yaml").read_text(encoding="utf-8")
    for source in range(sources):
        (folder / "cards" / f"page-{source:04d}.yaml").write_text(text.replace(f"id: {CARD}", f"id: page-{source:04d}"))
    (folder / "job.json").write_text(json.dumps({"format": 1, "extractor_version": EXTRACTOR_VERSION, "cards": {}}))
    return captures, sources


def _repeated(table: str) -> str:
    columns = []
    for name in TABLES[table]:
        written = YEARS.get(name, f'kept."{name}"')
        if name in FIGURE and table == "facts":
            written = f"CASE WHEN kept.nth = 0 THEN {name} + made.nth ELSE {name} END"
        columns.append(f'{written} AS "{name}"')
    free = "ORDER BY metric IS NULL OR metric IN (FROM bound), kind <> 'count', fact_id" if table == "facts" else ""
    kept = f"(SELECT *, row_number() OVER (PARTITION BY template {free}) - 1 AS nth FROM kept_{table})"
    return (
        f"SELECT made.reading, 'made.warc.gz' AS warc_file, made.number AS warc_offset, {', '.join(columns)} "
        f"FROM here AS made INNER JOIN {kept} AS kept USING (template)"
    )


def _copy(con: duckdb.DuckDBPyConnection, select: str, path: Path) -> None:
    con.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")


def measure(facts: int) -> list[str]:
    """A row of the table: a collection of so many facts built in a home of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder, home = Path(name) / "read", Path(name) / "home"
        captures, sources = make_collection(folder, facts)
        lying = sum(path.stat().st_size for path in folder.rglob("*.parquet"))
        begin = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, "-c", IMPACT, "build", "--from", str(folder)],
            env=os.environ | {"IMPACT_HOME": str(home)},
        )
        most_temporary = 0
        while True:
            pid, status, used = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            most_temporary = max(most_temporary, _size(home))
            time.sleep(1)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"the build of {facts:,} facts failed")
        elapsed = time.perf_counter() - begin
        database = (home / "impact.duckdb").resolve()
        with duckdb.connect(str(database), read_only=True) as con:
            ((built,),) = con.execute("SELECT count(*) FROM facts").fetchall()
        row = [
            f"{built:,}", f"{captures:,}", f"{sources:,}", f"{lying / 1e6:,.0f}", f"{elapsed:,.0f}",
            f"{used.ru_utime + used.ru_stime:,.0f}", f"{used.ru_maxrss / 1024:,.0f}",
            f"{database.stat().st_size / 1e6:,.0f}", f"{most_temporary / 1e6:,.0f}",
        ]  # fmt: skip
        shutil.rmtree(home)
        return row


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:  # it has gone since
            continue
    return total


def main() -> None:
    """Measure the sizes that are given, else the usual ones."""
    heads = "facts | captures | sources | Parquet, MB | s | processor s | peak MB | database, MB | most on disk, MB"
    print(f"| {heads} |\n|{' --- |' * len(heads.split('|'))}", flush=True)
    for size in map(int, sys.argv[1:] or SIZES):
        print(f"| {' | '.join(measure(size))} |", flush=True)


if __name__ == "__main__":
    main()
