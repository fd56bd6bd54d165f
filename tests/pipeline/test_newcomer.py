"""Where somebody stands who has just run `make demo`, or started Dagster itself in a fresh clone."""

import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pipeline.conftest import Ended
from tests.pipeline.test_ui import ask, wait_for
from tests.ports import free_port

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


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    folder = tmp_path / "clone"
    made = shutil.ignore_patterns(".?*", "data", "demo*", "tests", "build", "*.egg-info", "__pycache__")
    shutil.copytree(ROOT, folder, ignore=made)
    shutil.copy(ROOT / ".gitignore", folder)
    return folder


@pytest.mark.parametrize(
    "command", [["definitions", "validate"], pytest.param(["job", "list"], marks=pytest.mark.long)]
)
def test_dagster_itself_works_bare_in_a_fresh_clone(clone: Path, tmp_path: Path, command: list[str]):
    before = {path.name for path in clone.iterdir()}
    ended = subprocess.run(
        [sys.executable, "-m", "dagster", *command],
        cwd=clone, env=clean_environment() | {"HOME": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert "refresh" in ended.stdout + ended.stderr or command == ["definitions", "validate"]
    assert {path.name for path in clone.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["clone"]


def test_dagster_dev_works_bare_in_a_fresh_clone(clone: Path, tmp_path: Path):
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-C", str(clone)]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "All"]):
        subprocess.run([*git, *arguments], check=True)
    port = free_port()
    environment = clean_environment() | {"HOME": str(tmp_path / "user"), "DAGSTER_DISABLE_TELEMETRY": "1"}
    command = [sys.executable, "-m", "dagster", "dev", "--host", "127.0.0.1", "--port", str(port)]
    log = (tmp_path / "log").open("wb")
    with log, subprocess.Popen(command, cwd=clone, env=environment, stdout=log, stderr=log) as child:
        try:
            location = "{ workspaceOrError { ... on Workspace { locationEntries { loadStatus } } } }"
            wait_for(
                lambda: ask(port, location)["workspaceOrError"]["locationEntries"][0]["loadStatus"] == "LOADED", 240
            )
            found = {
                "/".join(node["assetKey"]["path"])
                for node in ask(port, "{ assetNodes { assetKey { path } } }")["assetNodes"]
            }
            assert {"archive", "readings", "metric_year", "release"} <= found
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/assets", timeout=60) as answer:
                assert b"dagster" in answer.read().lower()
            changed = subprocess.run([*git, "status", "--short"], capture_output=True, text=True, check=True)
            assert changed.stdout == ""
        finally:
            child.send_signal(signal.SIGINT)
            try:
                child.wait(120)
            except subprocess.TimeoutExpired:  # where interrupts are ignored, as behind nohup, it would never end
                child.kill()
                raise
    ignored = subprocess.run([*git, "status", "--short", "--ignored"], capture_output=True, text=True, check=True)
    assert {Path(line[3:]).name for line in ignored.stdout.splitlines()} <= {"__pycache__"}
