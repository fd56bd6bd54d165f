"""Where somebody stands who has just run `make demo`, or started Dagster itself in a fresh clone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pipeline.conftest import Ended

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (["table"], ["explain", "a", "2020"], ["review"], ["rollback"], ["verify"], ["diff"])


def clean_environment() -> dict[str, str]:
    unset = ("IMPACT_HOME", "DAGSTER_HOME")
    return {name: value for name, value in os.environ.items() if name not in unset} | {"PYTHONWARNINGS": "ignore"}


@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_clone_whose_only_release_is_the_demo_says_so(
    impact: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
):
    monkeypatch.delenv("IMPACT_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    assert "IMPACT_HOME" not in impact(*arguments).line
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "impact.duckdb").write_bytes(b"")
    ended = impact(*arguments)
    assert ended.status == 1
    assert f"nothing has been published in {tmp_path / 'data'} yet" in ended.line
    assert "`impact refresh`" in ended.line and "IMPACT_HOME=demo" in ended.line
    assert "IMPACT_HOME=demo" in impact("status").out


def test_the_end_of_the_demo_and_the_help_say_how_to_go_on():
    said = subprocess.run(["make", "-n", "demo"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.index("impact table") < said.index("make demo-ui")
    for part in (".venv/bin/impact explain", "demo/impact.duckdb", "IMPACT_HOME=demo"):
        assert part in said
    offered = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "make demo-ui" in offered
    ui = subprocess.run(["make", "-n", "demo-ui"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "IMPACT_HOME=demo" in ui and "impact ui" in ui


def test_git_passes_over_what_homes_and_examples_make():
    made = ["data/x", "demo/x", "other/x", "demo-history/x", ".tmp_dagster_home_abc/x"]
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("no clone")
    ignored = subprocess.run(["git", "check-ignore", *made], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ignored.stdout.split() == made


@pytest.mark.parametrize("command", [["definitions", "validate"], ["job", "list"]])
def test_dagster_itself_works_bare_in_a_fresh_clone(tmp_path: Path, command: list[str]):
    clone = tmp_path / "clone"
    shutil.copytree(ROOT, clone, ignore=shutil.ignore_patterns(".*", "data", "demo*", "tests", "build", "*.egg-info"))
    before = {path.name for path in clone.iterdir()}
    ended = subprocess.run(
        [sys.executable, "-m", "dagster", *command],
        cwd=clone, env=clean_environment() | {"HOME": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert "refresh" in ended.stdout + ended.stderr or command == ["definitions", "validate"]
    assert {path.name for path in clone.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["clone"]
