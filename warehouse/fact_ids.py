"""A fact by its id, or by the beginning of one: in the base tables as in the published database."""

from typing import NamedTuple

import duckdb

from extractors.errors import InputError


class OfSeveralSources(InputError):
    """The page of a fact is followed by several sources. The message names them; say which."""


class Called(NamedTuple):
    """A fact, as tables name it: its id is its own within its source."""

    source: str
    fact_id: str


def called(con: duckdb.DuckDBPyConnection, table: str, name: str, source: str | None = None) -> list[Called]:
    """The fact of that id, of that source; else those, by id, whose ids begin so.

    Raises:
        OfSeveralSources: it is one fact of several sources, and none of them is named.
    """
    query = f"""
        SELECT source, fact_id FROM {table}
        WHERE starts_with(fact_id, $name) AND source = coalesce($source, source) ORDER BY fact_id, source
    """  # noqa: S608 - a table's name, of our own
    begun = [Called(*row) for row in con.execute(query, {"name": name, "source": source}).fetchall()]
    found = [one for one in begun if one.fact_id == name] or begun
    if len(found) > 1 and len({one.fact_id for one in found}) == 1:
        sources = " and ".join(one.source for one in found)
        raise OfSeveralSources(f"{found[0].fact_id} is of several sources, {sources}; say which with --source")
    return found
