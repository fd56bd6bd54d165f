"""The candidate database: created aside, filled model by model, audited, closed. Publishing it is for `release`.

A candidate may be opened and closed between the steps. The same inputs give the same rows in the same order. Nothing
here reads the network, the archive or the clock.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from extractors.errors import ImpactError
from warehouse.models import Audit, SqlFileError, SqlModel, load_audits, macros, published_macros
from warehouse.plain_paths import plain_database
from warehouse.warc import Capture

CONFIGURATION = {"storage_compatibility_version": "v1.4.0", "default_block_size": "65536"}
"""Written so that DuckDB 1.4 and later can open the file; smaller blocks than usual, since most tables are small: 16 kB
would halve the file of a small home, and double the time and a quarter of the file that a thousand captures take."""
CANDIDATE = "candidate"
"""Name of the database within a connection."""
ROWS_A_GROUP = 20_480
"""A sixth of what DuckDB takes: rows that carry their passage are wide, and wait in memory until a group is full."""
ALL_MEMORY = "80%"
"""Of the machine: what DuckDB takes where nothing is said."""
WORKING_SCHEMAS = ("staging", "base")
SAMPLE_ROWS = 5
Done = TypeVar("Done")
SAID = """
    SELECT count(*), bit_xor(md5_number(said))
    FROM (
        SELECT CAST(row(
            'cell', source, edition, metric, kind, value, qualifier, value_low, value_high, unit, unit_stated,
            period_type, year, period_start, period_end, breakdown, status, statements, statement
        ) AS VARCHAR) AS said
        FROM metric_year
        UNION
        SELECT CAST(row(
            'fact', source, edition, metric, kind, value, qualifier, value_low, value_high, unit, period_type, year,
            breakdown, base_year, attribution, aggregation, sentence, label, held_back
        ) AS VARCHAR) AS said
        FROM facts
        UNION
        SELECT CAST(row('metric', source, metric, label, unit, measure, description, dimensions) AS VARCHAR) AS said
        FROM metrics
    )
"""
"""What a database says, whatever captures and retrievals it was seen on, as numbers that no order of rows changes."""


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
            con = _opened(plain)
        except duckdb.Error as error:
            raise CandidateError(f"cannot open the candidate {path}: {str(error).splitlines()[0]}") from error
        try:
            yield con
        finally:
            con.close()


def _opened(path: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(f":memory:{path}", config={**CONFIGURATION, "temp_directory": f"{path}.tmp"})
    try:
        # Attached, since only so the size of row groups can be chosen; the name is shared within the process.
        con.execute(f"ATTACH IF NOT EXISTS {_literal(str(path))} AS {CANDIDATE} (ROW_GROUP_SIZE {ROWS_A_GROUP})")
        con.execute(f"USE {CANDIDATE}")
        con.execute("SET TimeZone = 'UTC'")
        con.execute("SET enable_progress_bar = false")  # what takes long is told by whoever waits for it
        con.execute("SET threads = 1")  # of many small files: several take twice the work and memory
        con.execute("CREATE SCHEMA IF NOT EXISTS staging")
        con.execute(macros())
    except duckdb.Error:
        con.close()
        raise
    return con


def run_model(con: duckdb.DuckDBPyConnection, model: SqlModel) -> int:
    """Create the model's table or view with its comments, in one transaction, and give its number of rows.

    What is there already is replaced.

    Raises:
        SqlFileError: DuckDB refuses the SQL, with file and line.
    """

    def create() -> int:
        with _transaction(con):
            values = [row[0] for row in con.execute(model.repeat[1]).fetchall()] if model.repeat else []
            select, columns = model.render(values)
            con.execute(f"CREATE OR REPLACE {model.kind} {model.table} AS\n{select}")
            comment = _literal(f"{model.description} Grain: {model.grain}.")
            con.execute(f"COMMENT ON {model.kind} {model.table} IS {comment}")
            for name, comment in columns.items():
                con.execute(f'COMMENT ON COLUMN {model.table}."{name}" IS {_literal(comment)}')
        return _count(con, f"FROM {model.table} SELECT count(*)")

    return _in_memory(con, model.path, create)


def run_audits(con: duckdb.DuckDBPyConnection, audits: tuple[Audit, ...] | None = None) -> list[AuditResult]:
    """Run every audit over a candidate that holds all tables.

    Raises:
        SqlFileError: DuckDB refuses the SQL, with file and line.
    """
    return [_run_audit(con, audit) for audit in (load_audits() if audits is None else audits)]


def said(con: duckdb.DuckDBPyConnection) -> str:
    """Digest of what a candidate says: its cells, statements and facts, whenever they were seen.

    Two candidates with the same digest differ in no statement, though the captures and retrievals may be others.
    """
    ((rows, digest),) = con.execute(SAID).fetchall()
    return f"{rows}-{digest or 0:032x}"


def waiting(con: duckdb.DuckDBPyConnection) -> int:
    """How many statistics wait in the review queue of a candidate."""
    ((count,),) = con.execute("SELECT count(*) FROM review_queue").fetchall()
    return int(count)


def refused_now(con: duckdb.DuckDBPyConnection, retrieval: Capture) -> str | None:
    """Why what a retrieval showed is refused, by its figures or by its bytes; None when it is not."""
    query = "SELECT refused FROM retrievals WHERE source = ? AND retrieval_id = ?"
    rows = con.execute(query, [retrieval.source, retrieval.capture_id]).fetchall()
    return rows[0][0] if rows else None


def held_back_now(con: duckdb.DuckDBPyConnection, source: str) -> list[tuple[str, str]]:
    """The capture that the source's page shows now and what of it is not believed, when something is not."""
    return con.execute(
        """
        SELECT captures.capture_id, captures.held_back
        FROM retrievals
        INNER JOIN captures USING (source, capture_id)
        WHERE source = ?
        QUALIFY row_number() OVER (ORDER BY retrievals.retrieved_at DESC, retrievals.retrieval_id DESC) = 1
            AND captures.held_back IS NOT NULL
        """,
        [source],
    ).fetchall()


def finish(con: duckdb.DuckDBPyConnection) -> None:
    """Drop the working tables, make the macros of analysts, write all to the file and leave no log beside it.

    The connection is closed.

    Raises:
        CandidateError: when the file cannot be written.
    """
    try:
        for schema in WORKING_SCHEMAS:
            con.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        con.execute(published_macros())
        con.execute("CHECKPOINT")
    except duckdb.Error as error:
        raise CandidateError(f"cannot finish the candidate: {str(error).splitlines()[0]}") from error
    finally:
        con.close()


def _run_audit(con: duckdb.DuckDBPyConnection, audit: Audit) -> AuditResult:
    query = audit.sql.rstrip().rstrip(";")

    def run() -> AuditResult:
        bad = _count(con, f"FROM (\n{query}\n) SELECT count(*)")
        sample: tuple[dict[str, Any], ...] = ()
        if bad:
            cursor = con.execute(f"FROM (\n{query}\n) ORDER BY ALL LIMIT {SAMPLE_ROWS}")
            names = [column[0] for column in cursor.description or ()]
            sample = tuple(dict(zip(names, row, strict=True)) for row in cursor.fetchall())
        return AuditResult(audit.name, audit.promise, audit.blocking, bad, sample)

    return _in_memory(con, audit.path, run)


def _in_memory(con: duckdb.DuckDBPyConnection, path: Path, work: Callable[[], Done]) -> Done:
    """What the SQL of a file gives; where the memory allowed is too little, even by way of the disk, it gets more.

    Raises:
        SqlFileError: DuckDB refuses the SQL, with file and line, or the machine has too little memory.
    """
    try:
        try:
            return work()
        except duckdb.OutOfMemoryException:
            with _all_memory(con):
                return work()
    except duckdb.Error as error:
        raise SqlFileError(_located(path, error)) from error


@contextmanager
def _all_memory(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """More for this alone: what follows would fill it too, before it goes to the disk."""
    ((before,),) = con.execute("SELECT current_setting('memory_limit')").fetchall()
    con.execute(f"SET memory_limit = '{ALL_MEMORY}'")
    try:
        yield
    finally:
        with suppress(duckdb.OutOfMemoryException):  # where so much is still in use
            con.execute(f"SET memory_limit = '{before}'")


@contextmanager
def _transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    con.begin()
    try:
        yield
    except duckdb.Error:
        con.rollback()
        raise
    con.commit()


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
