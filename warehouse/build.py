"""The candidate database: created aside, filled model by model, audited, closed. Publishing it is for `release`.

A candidate may be opened and closed between the steps. The same inputs give the same rows in the same order. Nothing
here reads the network, the archive or the clock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import ImpactError
from warehouse.models import Audit, SqlFileError, SqlModel, load_audits, macros
from warehouse.plain_paths import plain_database

CONFIGURATION = {"storage_compatibility_version": "v1.4.0", "default_block_size": "16384"}
"""Written so that DuckDB 1.4 and later can open the file; small blocks, since most tables are small."""
WORKING_SCHEMAS = ("staging", "base")
SAMPLE_ROWS = 5


class CandidateError(ImpactError):
    """The candidate database cannot be opened or written. The published release is untouched; run the refresh again."""


@dataclass(frozen=True, slots=True)
class AuditResult:
    """What one audit found: the number of bad rows and the first few, by column."""

    name: str
    promise: str
    blocking: bool
    bad_rows: int
    sample: tuple[dict[str, Any], ...]

    @property
    def passed(self) -> bool:
        """Whether the promise holds."""
        return self.bad_rows == 0


@contextmanager
def open_candidate(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The candidate at `path`, created when missing, open for writing; closed at the end of the block.

    Within a process several may be open at once on the same file (but where `plain_database` has to work on a copy).
    Closing the last one writes the file out, so a caller that opens it once a step saves time by holding one open
    throughout.

    Raises:
        CandidateError: when it cannot be opened.
        HomeUnwritable: when the disk refuses a copy.
    """
    with plain_database(path, write=True) as plain:
        try:
            con = duckdb.connect(str(plain), config=dict(CONFIGURATION))
        except duckdb.Error as error:
            raise CandidateError(f"cannot open the candidate {path}: {str(error).splitlines()[0]}") from error
        try:
            con.execute("SET TimeZone = 'UTC'")
            con.execute("CREATE SCHEMA IF NOT EXISTS staging")
            con.execute(macros())
            yield con
        finally:
            con.close()


def run_model(con: duckdb.DuckDBPyConnection, model: SqlModel) -> int:
    """Create the model's table with its comments, in one transaction, replacing it when there; give its number of rows.

    Raises:
        SqlFileError: DuckDB refuses the SQL, with file and line.
    """
    con.begin()
    try:
        values = [row[0] for row in con.execute(model.repeat[1]).fetchall()] if model.repeat else []
        select, columns = model.render(values)
        con.execute(f"CREATE OR REPLACE TABLE {model.table} AS\n{select}")
        con.execute(f"COMMENT ON TABLE {model.table} IS {_literal(f'{model.description} Grain: {model.grain}.')}")
        for name, comment in columns.items():
            con.execute(f'COMMENT ON COLUMN {model.table}."{name}" IS {_literal(comment)}')
        con.commit()
    except duckdb.Error as error:
        con.rollback()
        raise SqlFileError(_located(model.path, error)) from error
    return _count(con, f"FROM {model.table} SELECT count(*)")


def run_audits(con: duckdb.DuckDBPyConnection, audits: tuple[Audit, ...] | None = None) -> list[AuditResult]:
    """Run every audit over a candidate that holds all tables.

    Raises:
        SqlFileError: DuckDB refuses the SQL, with file and line.
    """
    return [_run_audit(con, audit) for audit in (load_audits() if audits is None else audits)]


def finish(con: duckdb.DuckDBPyConnection) -> None:
    """Drop the working tables, write everything to the file and leave no log beside it. The connection is closed.

    Raises:
        CandidateError: when the file cannot be written.
    """
    try:
        for schema in WORKING_SCHEMAS:
            con.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        con.execute("CHECKPOINT")
    except duckdb.Error as error:
        raise CandidateError(f"cannot finish the candidate: {str(error).splitlines()[0]}") from error
    finally:
        con.close()


def _run_audit(con: duckdb.DuckDBPyConnection, audit: Audit) -> AuditResult:
    query = audit.sql.rstrip().rstrip(";")
    try:
        bad = _count(con, f"FROM (\n{query}\n) SELECT count(*)")
        sample: tuple[dict[str, Any], ...] = ()
        if bad:
            cursor = con.execute(f"FROM (\n{query}\n) ORDER BY ALL LIMIT {SAMPLE_ROWS}")
            names = [column[0] for column in cursor.description or ()]
            sample = tuple(dict(zip(names, row, strict=True)) for row in cursor.fetchall())
    except duckdb.Error as error:
        raise SqlFileError(_located(audit.path, error)) from error
    return AuditResult(audit.name, audit.promise, audit.blocking, bad, sample)


def _count(con: duckdb.DuckDBPyConnection, query: str) -> int:
    row = con.execute(query).fetchone()
    return int(row[0]) if row else 0


def _located(path: Path, error: duckdb.Error) -> str:
    """One line for an error of DuckDB: it counts lines from the statement's own first line, one above the file's."""
    lines = str(error).splitlines()
    number = next((line.split(":")[0][5:] for line in lines if line.startswith("LINE ")), "")
    place = f"{path}:{int(number) - 1}" if number.isdigit() else str(path)
    return f"{place}: {lines[0]}"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
