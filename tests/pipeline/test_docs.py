"""What docs/ shows of commands is what they print."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pipeline.checkers import CHECKERS, checker
from tests.pipeline.conftest import COMMAND

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/exports-and-site.md").read_text(encoding="utf-8")
IMPACT = " ".join(f"'{word}'" for word in COMMAND)


def asked() -> list[tuple[str, str]]:
    """Every command that the page shows, with what it prints."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            found.append((command, printed))
    return found


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `make demo` was."""
    folder = tmp_path_factory.mktemp("docs")
    subprocess.run([*COMMAND, "refresh", "--sample"], env=of_demo(), cwd=folder, check=True, capture_output=True)
    subprocess.run([*COMMAND, "export"], env=of_demo(), cwd=folder, check=True, capture_output=True)
    return folder


def of_demo() -> dict[str, str]:
    return os.environ | {"IMPACT_HOME": "demo", "PYTHONPATH": str(ROOT)}


def printed(command: str, folder: Path) -> str:
    command = re.sub(r"^impact ", lambda _: f"{IMPACT} ", command)
    path = f"{CHECKERS / 'bin'}{os.pathsep}{os.environ['PATH']}"
    ended = subprocess.run(
        command, shell=True, cwd=folder, env=of_demo() | {"PATH": path}, capture_output=True, text=True, timeout=300
    )
    assert ended.returncode == 0, ended.stderr
    # What is told of the work goes to standard error; a terminal shows it first.
    return (ended.stderr if "pipeline.cli" in command else "") + ended.stdout


@pytest.mark.parametrize(("command", "shown"), asked(), ids=lambda text: text[:40])
def test_a_command_prints_what_the_page_shows(place: Path, command: str, shown: str) -> None:
    if command.startswith("datasette"):
        checker("datasette")
    if "report" in command:
        pytest.importorskip("altair", reason="`make site` installs what draws the charts")
        pytest.importorskip("vl_convert", reason="`make site` installs what draws the charts")
    pattern = ".*".join(map(re.escape, shown.split("…")))
    assert re.fullmatch(pattern, printed(command, place)), shown


def test_its_python_prints_what_it_shows(place: Path) -> None:
    ((program, shown),) = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", PAGE, re.DOTALL)
    ended = subprocess.run([sys.executable, "-c", program], cwd=place, check=True, capture_output=True, text=True)
    assert ended.stdout == shown
