"""The published database, read-only, opened for one answer and closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from extractors.errors import ImpactError
from warehouse.plain_paths import plain_database


class PublishedUnreadable(ImpactError):
    """There is no published database, or it cannot be read. Run `impact refresh`."""


@contextmanager
def opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that only reads; an error of the database within the block is told as one of ours.

    Raises:
        PublishedUnreadable: there is none, it is damaged, or it lacks what is asked of it.
    """
    # The link is resolved: a connection must not keep an older release's file under the name of a newer one.
    target = path.resolve()
    if not target.is_file():
        raise PublishedUnreadable(f"nothing is published at {path}; run `impact refresh`")
    try:
        with plain_database(target) as plain, duckdb.connect(str(plain), read_only=True) as con:
            con.execute("SET TimeZone = 'UTC'")
            yield con
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise PublishedUnreadable(f"cannot read {path}: {reason}; run `impact refresh`") from error


def records(con: duckdb.DuckDBPyConnection, query: str, values: Any = None) -> list[dict[str, Any]]:
    """Rows of a query, by column."""
    cursor = con.execute(query, values)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
