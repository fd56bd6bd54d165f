"""Dagster's event log is made whole or not at all."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.few import few_of

OPEN = """
import os, sys
from sqlalchemy import Engine, event

@event.listens_for(Engine, "after_cursor_execute")
def killed(connection, cursor, statement, *rest):
    if sys.argv[2:] and f"CREATE TABLE {sys.argv[2]}" in statement:
        os._exit(9)

from pipeline.event_log import EventLog

log = EventLog(sys.argv[1])
print(log.has_table("event_logs"), log.has_table("dynamic_partitions"), log.has_secondary_index("asset_key_table"))
log.dispose()
"""


def opened(folder: Path, *killed_after: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", OPEN, str(folder), *killed_after], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout.strip()


@pytest.mark.parametrize("table", few_of(["event_logs", "asset_keys"], 1))
def test_one_that_was_killed_while_it_was_made_is_made_again(tmp_path: Path, table: str) -> None:
    assert opened(tmp_path, table) == (9, "")
    assert opened(tmp_path) == (0, "True True True")
    assert (tmp_path / "event_log.db").is_file()
