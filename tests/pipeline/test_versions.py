"""A home that another version of this software has written to: a newer one in its place, and the older put back."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Web
from tests.pipeline.conftest import COMMAND, Ended, page, release, rows
from warehouse.models import SCHEMA_VERSION

ROOT = Path(__file__).resolve().parents[2]
EXTRACTOR, SCHEMA = "extractors/records.py", "warehouse/models.py"


@pytest.fixture
def newer(tmp_path: Path) -> Callable[..., None]:
    """A newer version, which reads pages anew and whose tables have a column more; run as a process of its own."""
    folder = tmp_path / "newer"
    for name in ("extractors", "warehouse", "pipeline", "sql"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    changes = {
        SCHEMA: (f"SCHEMA_VERSION = {SCHEMA_VERSION}\n", f"SCHEMA_VERSION = {SCHEMA_VERSION + 1}\n"),
        EXTRACTOR: ('EXTRACTOR_VERSION = "', 'EXTRACTOR_VERSION = "9'),
        "sql/core/sources.sql": (
            "\nSELECT\n",
            "\nSELECT\n    CAST(1 AS INTEGER) AS of_tomorrow, -- what is not yet known\n",
        ),
    }
    for name, (before, after) in changes.items():
        text = (folder / name).read_text(encoding="utf-8")
        assert text.count(before) == 1, name
        (folder / name).write_text(text.replace(before, after), encoding="utf-8")

    def run(*arguments: str | Path) -> None:
        command = [*COMMAND, *map(str, arguments)]
        environment = os.environ | {"PYTHONPATH": str(folder)}
        ended = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True)
        assert ended.returncode == 0, ended.stderr

    return run


@pytest.mark.long
def test_the_older_makes_its_own_tables_of_what_a_newer_one_has_archived_and_the_other_way_round(
    home: Path, web: Web, card: Path, impact: Callable[..., Ended], newer: Callable[..., None]
):
    web.answer("/", body=page(2021)).answer("/", body=page(2022, 342))
    assert impact("refresh", "--card", card).status == 0
    newer("refresh", "--card", card)
    figures = "SELECT year, value FROM metric_year WHERE metric = 'rescues' ORDER BY year"
    of_newer = rows(home, figures)
    assert of_newer == [(2021, 310), (2022, 342)]
    assert rows(home, "SELECT of_tomorrow FROM sources") == [(1,)]
    theirs = release(home)

    for command in ("status", "table", "review"):  # the older reads what it knows of
        assert impact(command).status == 0
    ended = impact("refresh")
    assert ended.status == 0 and "published release" in ended.err
    assert release(home) > theirs
    assert rows(home, figures) == of_newer
    assert "of_tomorrow" not in {name for (name,) in rows(home, "SELECT column_name FROM (DESCRIBE sources)")}
    latest = "SELECT schema_version FROM releases ORDER BY published_at DESC LIMIT 1"
    assert rows(home, latest) == [(SCHEMA_VERSION,)]
    assert impact("verify").status == 0

    newer("refresh")
    assert rows(home, latest) == [(SCHEMA_VERSION + 1,)]
    newer("verify")
    assert impact("rollback").status == 0
    assert impact("status").status == 0
