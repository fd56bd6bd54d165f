"""Where Dagster keeps its events: its own storage in one SQLite file, at a third of the processor time."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from dagster._core.storage.event_log import ConsolidatedSqliteEventLogStorage
from sqlalchemy import Connection, Engine, create_engine

BUSY_SECONDS = 60
"""How long a writer waits for another."""


class EventLog(ConsolidatedSqliteEventLogStorage):
    """The consolidated log with one engine, and its connections, for its lifetime.

    Dagster sets up a new one for each event and compiles each statement anew: most of what an event costs.
    """

    @cached_property
    def _engine(self) -> Engine:
        return create_engine(self._conn_string, connect_args={"timeout": BUSY_SECONDS})

    def dispose(self) -> None:
        """Close what is open."""
        self._engine.dispose()

    @contextmanager
    def _connect(self) -> Iterator[Connection]:
        with self._engine.begin() as connection:
            yield connection
