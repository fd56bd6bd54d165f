"""Where Dagster keeps its events: its own storage in one SQLite file, at a third of the processor time."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from dagster._core.storage.event_log import ConsolidatedSqliteEventLogStorage
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable
from sqlalchemy import Connection, Engine, create_engine, func, select

from warehouse.durable import TEMPORARY_PREFIX

BUSY_SECONDS = 60
"""How long a writer waits for another."""


class EventLog(ConsolidatedSqliteEventLogStorage):
    """The consolidated log with one engine, and its connections, for its lifetime.

    Dagster sets up a new one for each event and compiles each statement anew: most of what an event costs.
    """

    def _init_db(self) -> None:
        """Make the file aside: Dagster takes one that was killed while it was made for whole."""
        folder = Path(self._base_dir)
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=TEMPORARY_PREFIX, dir=folder) as aside:
            ConsolidatedSqliteEventLogStorage(aside).dispose()  # type: ignore[no-untyped-call]
            for made in Path(aside).glob("*.db"):
                with suppress(FileExistsError):  # bare `dagster dev` opens it from several processes at once
                    (folder / made.name).hardlink_to(made)

    @cached_property
    def _engine(self) -> Engine:
        return create_engine(self._conn_string, connect_args={"timeout": BUSY_SECONDS})

    def dispose(self) -> None:
        """Close what is open."""
        self._engine.dispose()

    def delete_events_for_run(self, conn: Connection, run_id: str) -> None:
        """With them what checks found in the run, but for what each found last; Dagster would keep all of it."""
        super().delete_events_for_run(conn, run_id)
        found = AssetCheckExecutionsTable.c
        last = select(func.max(found.id)).group_by(found.asset_key, found.check_name, found.partition)
        conn.execute(AssetCheckExecutionsTable.delete().where(found.run_id == run_id, found.id.not_in(last)))

    @contextmanager
    def _connect(self) -> Iterator[Connection]:
        with self._engine.begin() as connection:
            yield connection
