"""Programs of others that say whether what we write is what it claims to be, in an environment of their own."""

import subprocess
from pathlib import Path

import pytest

CHECKERS = Path(__file__).resolve().parents[2] / ".venv-checkers"


def checker(name: str) -> Path:
    """The program of that name; skips where it is not."""
    path = CHECKERS / "bin" / name
    if not path.exists():
        pytest.skip(f"{name}, which this test asks, is not installed; `make checkers` installs it")
    return path


def checked(name: str, *arguments: str | Path) -> str:
    """What the program says; it must end well."""
    ended = subprocess.run([str(checker(name)), *map(str, arguments)], capture_output=True, text=True, timeout=300)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


def axe() -> str:
    """The source of axe, which looks for what keeps people from using a page."""
    found = sorted(CHECKERS.glob("lib/python*/site-packages/axe_core_python/axe.min.js"))
    if not found:
        pytest.skip("axe, which this test asks, is not installed; `make checkers` installs it")
    return found[0].read_text(encoding="utf-8")
