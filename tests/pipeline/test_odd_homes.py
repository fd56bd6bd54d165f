"""A home may have any name: what is written stays inside it, what is read comes from it, whatever a name looks like."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import pytest

from pipeline.instance import prepared
from pipeline.terminal import inert
from tests.few import few_of
from tests.pipeline.conftest import COMMAND, Ended
from warehouse.home import Home

Impact = Callable[..., Ended]

NAMES = [
    "x[1]",
    "[!a]*",
    "q?x",
    "%41",
    "back\\slash",
    "year=1999",
    "s3:",
    "~ it's {i} ; $HOME #h é 名 \n \\ ? * [a] %s",
]


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def decoy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of other figures, to lie where an odd name is taken to point."""
    home = tmp_path_factory.mktemp("decoy") / "home"
    command = [*COMMAND, "refresh", "--sample"]
    subprocess.run(command, env=os.environ | {"IMPACT_HOME": str(home)}, capture_output=True, check=True)
    for file in (home / "facts").rglob("facts.parquet"):
        file.write_bytes(b"of another home")
    (home / "dagster" / "dagster.yaml").write_text("telemetry: {enabled: true}\n")
    return home


@pytest.mark.parametrize("name", few_of(NAMES))
def test_everything_works_in_a_home_of_that_name(
    tmp_path: Path, decoy: Path, impact: Impact, monkeypatch: pytest.MonkeyPatch, name: str
):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    parent = tmp_path / "parent"
    for sibling in ("x1", "b", "q", "A", "back/slash", "a/xb", "1999"):
        shutil.copytree(decoy, parent / sibling, symlinks=True)
    before = tree(parent)
    home = parent / name
    monkeypatch.setenv("IMPACT_HOME", str(home))
    assert impact("refresh", "--sample").status == 0
    assert "nothing is new" in impact("refresh", "--sample").err
    assert "29,397,681" in impact("table", "cybertipline_reports").out
    assert "29,397,681" in impact("explain", "cybertipline_reports", "2021").out
    assert impact("review").status == 0
    assert inert(f"{home}") in impact("status").out
    assert "no earlier release" in impact("rollback").line
    assert runs_of(home) == ["SUCCESS", "SUCCESS"]
    assert (home / "dagster" / "history" / "runs.db").is_file()
    assert (home / "impact.duckdb").is_file()
    after = tree(parent)
    own = f"{name}/"
    assert {path: content for path, content in after.items() if not path.startswith(own)} == before
    assert list(temporary.iterdir()) == []


def runs_of(home: Path) -> list[str]:
    with prepared(Home.at(home)), dg.DagsterInstance.get() as instance:
        return [run.status.value for run in instance.get_runs()]


def test_the_settings_of_dagster_are_the_homes_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    monkeypatch.setenv("IMPACT_HOME", "")
    with prepared(Home.at(tmp_path / "x[1]")), dg.DagsterInstance.get() as instance:
        assert instance.telemetry_enabled is False


def test_a_temporary_folder_that_is_of_no_use_is_one_clear_line(
    tmp_path: Path, impact: Impact, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "t?mp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "t?mp"))
    monkeypatch.setenv("IMPACT_HOME", str(tmp_path / "a[b]"))
    ended = impact("refresh", "--sample")
    assert ended.status == 2
    assert "TMPDIR" in ended.line


COMMANDS = [
    ["status"],
    ["refresh", "--sample"],
    ["table"],
    ["explain", "rescues", "2022"],
    ["review"],
    ["accept", "abcd", "--reason", "checked"],
    ["rollback"],
    ["unpin"],
    ["verify"],
    ["diff"],
    ["ui"],
]


@pytest.mark.parametrize(
    "name",
    ["~nosuchuser/x", "loop", "loop/data", "x" * 300, "/".join(["x" * 150] * 4), os.fsdecode(b"\xff\xfe"), "file"],
)
def test_a_home_that_cannot_be_is_one_clear_line_of_every_command(
    tmp_path: Path, impact: Impact, monkeypatch: pytest.MonkeyPatch, name: str
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IMPACT_HOME", name)
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").write_text("mine")
    for command in COMMANDS:
        ended = impact(*command)
        assert (ended.status, ended.out) == (2, ""), command
        assert "IMPACT_HOME" in ended.line
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "loop"]
