"""All files of the site, written into a folder from a connection to the published file."""

from pathlib import Path

import duckdb

from warehouse.folders import replaced
from warehouse.published import opened, records
from warehouse.site.charts import require_charts
from warehouse.site.evidence import NUMERALS, PASSAGES, read_evidence
from warehouse.site.pages import HERE, Pages

REPORT = "impact report"


def report(published: Path, folder: Path) -> int:
    """Write the site of the published file at `published` to `folder`, which is replaced whole; gives its pages.

    Raises:
        NoCharts: what draws the charts is not installed.
        PublishedUnreadable: no database, or a damaged one.
        FolderTaken: what is at `folder` is no such site.
        FolderUnwritable: the disk refuses.
    """
    require_charts()
    with replaced(folder, REPORT) as building, opened(published) as con:
        return write_site(con, building)


def write_site(con: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Write all files of the site into an empty folder; gives how many of them are pages."""
    evidence = read_evidence(con)
    pages = Pages(evidence)
    written = 0

    def write(name: str, text: str) -> None:
        nonlocal written
        (folder / name).write_bytes(text.encode())
        written += name.endswith(".html")

    for name in ("metric", "edition"):
        (folder / name).mkdir()
    for file in sorted((HERE / "static").iterdir()):
        write(file.name, file.read_text(encoding="utf-8"))
    write("search-index.js", pages.search_index())
    for name, text in pages.lists():
        write(name, text)
    for slug in evidence.slugs:
        for name, text in pages.metric(slug):
            write(name, text)
    for capture in evidence.shown:
        of = {"source": capture["source"], "capture": capture["sha256"]}
        write(*pages.edition(capture, records(con, PASSAGES, of), records(con, NUMERALS, of)))
    return written
