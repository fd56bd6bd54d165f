"""All files of the site, written into a folder from a connection to the published file."""

from collections.abc import Callable
from pathlib import Path

import duckdb

from warehouse.folders import replaced
from warehouse.published import opened, records
from warehouse.site.charts import require_charts
from warehouse.site.docs_pages import docs_files, pictures
from warehouse.site.edition_pages import edition_file
from warehouse.site.evidence import NUMERALS, PASSAGES, read_evidence
from warehouse.site.list_pages import first_page, list_files
from warehouse.site.metric_pages import metric_files
from warehouse.site.search import search_index
from warehouse.site.site import HERE, Site

REPORT = "impact report"

Done = Callable[[int, int], object]
"""Told how many of how many metrics and texts are done."""


def report(published: Path, folder: Path, done: Done) -> int:
    """Write the site of the published file at `published` to `folder`, which is replaced whole; gives its pages.

    Raises:
        NoCharts: what draws the charts is not installed.
        PublishedUnreadable: no database, or a damaged one.
        FolderTaken: what is at `folder` is no such site.
        FolderUnwritable: the disk refuses.
    """
    require_charts()
    with replaced(folder, REPORT) as building, opened(published) as con:
        return write_site(con, building, done)


def write_site(con: duckdb.DuckDBPyConnection, folder: Path, done: Done = lambda now, total: None) -> int:
    """Write all files of the site into an empty folder; gives how many of them are pages."""
    site = Site(read_evidence(con))
    written = 0

    def write(name: str, text: str) -> None:
        nonlocal written
        (folder / name).write_bytes(text.encode())
        written += name.endswith(".html")

    for name in ("metric", "edition", "docs", "docs/pictures"):
        (folder / name).mkdir()
    for file in sorted((HERE / "static").iterdir()):
        write(file.name, file.read_text(encoding="utf-8"))
    write("search-index.js", search_index(site))
    write(*first_page(site))
    for one in (*list_files(site), *docs_files(site)):
        write(*one)
    for picture in pictures():
        (folder / "docs/pictures" / picture.name).write_bytes(picture.read_bytes())
    total = len(site.slugs) + len(site.evidence.shown)
    for number, slug in enumerate(site.slugs):
        done(number, total)
        for one in metric_files(site, slug):
            write(*one)
    for number, capture in enumerate(site.evidence.shown, len(site.slugs)):
        done(number, total)
        of = {"source": capture["source"], "capture": capture["sha256"]}
        write(*edition_file(site, capture, records(con, PASSAGES, of), records(con, NUMERALS, of)))
    return written
