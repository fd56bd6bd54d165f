"""Collections in Dagster: an asset that is there when the home names some, with a partition each."""

import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from pipeline import collected
from tests.bulk.shelf import PAGES, cards, expected, read_rows, shelve
from warehouse.home import Home

SETTINGS = "collections:\n  coast: {shelf}/*\n  other: {shelf}/none*\n"


@pytest.fixture
def collections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose settings name two, one of which has no files."""
    home = Home.at(tmp_path / "home")
    home.create()
    home.settings.write_text(SETTINGS.format(shelf=shelve(tmp_path / "shelf")), encoding="utf-8")
    monkeypatch.setenv("IMPACT_HOME", str(home.root))
    return home.root


@pytest.mark.long
def test_a_partition_is_a_collection_and_is_read_once(collections: Path, tmp_path: Path):
    [asset] = collected.assets()
    own = cards(tmp_path / "cards")
    config = dg.RunConfig({"collection_facts": collected.CollectionConfig(cards=str(own))})
    with dg.DagsterInstance.ephemeral() as instance:
        for read, known in ((24, 0), (0, 5)):
            done = dg.materialize([asset], instance=instance, partition_key="coast", run_config=config)
            metadata = done.asset_materializations_for_node("collection_facts")[0].metadata
            assert (metadata["pages"].value, metadata["slices_read_before"].value) == (read, known)
        failed = dg.materialize([asset], instance=instance, partition_key="other", raise_on_error=False)
        [event] = failed.get_step_failure_events()
    assert "no file is at" in event.step_failure_data.error_display_string
    assert read_rows(collections / "collections" / "coast") == expected(PAGES, own / "coast.yaml")


def test_without_collections_there_is_no_such_asset(collections: Path):
    for settings in ("webhook: https://hooks.example.org/\n", "collections: {A b: x}\n", "collections: 3\n"):
        (collections / "settings.yaml").write_text(settings, encoding="utf-8")
        assert collected.assets() == []


@pytest.mark.long
def test_refreshes_leave_collections_alone(collections: Path):
    code = """
from pipeline.definitions import defs
from pipeline.schedule import build_job, refresh_job
repository = defs.get_repository_def()
for job in (refresh_job, build_job):
    names = {key.to_user_string() for key in repository.get_job(job.name).asset_layer.executable_asset_keys}
    assert "collection_facts" not in names and "release" in names, names
assert any("collection_facts" in str(key) for key in repository.asset_graph.get_all_asset_keys())
"""
    subprocess.run([sys.executable, "-c", code], check=True)
