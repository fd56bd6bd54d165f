"""Where Dagster keeps its events: its own storage in one SQLite file, at a third of the processor time."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from dagster._core.storage.event_log import ConsolidatedSqliteEventLogStorage
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool

BUSY_SECONDS = 60
"""How long a writer waits for another."""


class EventLog(ConsolidatedSqliteEventLogStorage):
    """The consolidated log with one engine for its lifetime.

    Dagster makes a new one for each event; setting it up and compiling each statement anew is most of what a refresh
    costs that finds nothing new.
    """

    @cached_property
    def _engine(self) -> Engine:
        return create_engine(self._conn_string, poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS})

    @contextmanager
    def _connect(self) -> Iterator[Connection]:
        with self._engine.begin() as connection:
            yield connection
