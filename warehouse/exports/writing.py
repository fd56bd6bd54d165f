"""All files of an export, written into a folder from a connection to the published file."""

import csv
import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from warehouse.exports import descriptors
from warehouse.exports.sqlite_file import datasette_metadata, write_sqlite
from warehouse.exports.tables import Table, in_order, published_tables, rows
from warehouse.exports.values import for_csv, moment
from warehouse.folders import FolderUnwritable, replaced
from warehouse.plain_paths import plain_folder
from warehouse.published import opened, records
from warehouse.release_files import file_hash

EXPORT = "impact export"
ROWS_A_GROUP = 122_880


def export(published: Path, folder: Path) -> list[Table]:
    """Export the published file at `published` to `folder`, which is replaced whole; gives the tables.

    Raises:
        PublishedUnreadable: no database, or a damaged one.
        FolderTaken: what is at `folder` is no export.
        FolderUnwritable: the disk refuses.
    """
    try:
        with replaced(folder, EXPORT) as building, opened(published) as con:
            return write_export(con, building)
    except sqlite3.Error as error:
        raise FolderUnwritable.because(folder, str(error)) from error


def write_export(con: duckdb.DuckDBPyConnection, folder: Path) -> list[Table]:
    """Write all files of an export into an empty folder."""
    con.execute("SET threads = 1")  # by several, the groups of rows in a Parquet file fall as it happens
    tables = published_tables(con)
    (folder / "csv").mkdir()
    (folder / "parquet").mkdir()
    with plain_folder(folder / "parquet") as plain:
        for table in tables:
            write_csv(con, table, folder / "csv" / f"{table.name}.csv")
            _write_parquet(con, table, plain / f"{table.name}.parquet")
    write_sqlite(con, tables, folder / "impact.sqlite")
    sources = [
        descriptors.Source(**row) for row in records(con, "FROM sources SELECT source, organisation, title, url")
    ]
    release = _release(con)
    files = {table.name: _file(folder, f"csv/{table.name}.csv") for table in tables}
    about = descriptors.description(sources, release)
    _write_json(folder / "datapackage.json", descriptors.datapackage(tables, sources, release, files))
    _write_json(folder / "croissant.json", descriptors.croissant(tables, sources, release, files))
    _write_json(folder / "metadata.json", datasette_metadata(descriptors.TITLE, about, tables))
    (folder / "dictionary.md").write_text(descriptors.dictionary(tables, sources, release), encoding="utf-8")
    return tables


def write_csv(con: duckdb.DuckDBPyConnection, table: Table, path: Path) -> None:
    """Write a table as CSV (RFC 4180, UTF-8) that a spreadsheet may open."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([column.name for column in table.columns])
        writer.writerows([for_csv(value) for value in row] for row in rows(con, table))


def _write_parquet(con: duckdb.DuckDBPyConnection, table: Table, path: Path) -> None:
    comments = json.dumps({column.name: column.comment for column in table.columns}, ensure_ascii=False)
    copy = (
        f"COPY ({in_order(table)}) TO {_literal(str(path))} (FORMAT parquet, COMPRESSION zstd, "
        f"ROW_GROUP_SIZE {ROWS_A_GROUP}, "
        f"KV_METADATA {{description: {_literal(table.comment)}, columns: {_literal(comments)}}})"
    )
    try:
        con.execute(copy)
    except duckdb.IOException as error:  # else it would be told as one of the published file
        raise FolderUnwritable.because(path, str(error).splitlines()[0]) from error


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _release(con: duckdb.DuckDBPyConnection) -> descriptors.Release:
    query = "FROM releases SELECT release_id, last_retrieval ORDER BY release_id DESC LIMIT 1"
    (row,) = records(con, query)
    last = row["last_retrieval"]
    return descriptors.Release(row["release_id"], moment(last.replace(microsecond=0)) if last else None)


def _file(folder: Path, path: str) -> descriptors.File:
    return descriptors.File(path, (folder / path).stat().st_size, file_hash(folder / path))


def _write_json(path: Path, value: dict[str, Any] | Sequence[Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
