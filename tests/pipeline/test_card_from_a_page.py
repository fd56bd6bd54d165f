"""What `docs/adding-a-page.md` shows of drafting a card and trying it is what the commands print."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pipeline.conftest import Ended

DOCS = Path(__file__).resolve().parents[2] / "docs" / "adding-a-page.md"
SECTION = DOCS.read_text(encoding="utf-8").split("## A card from a page")[1].split("\n## A card\n")[0]
THIS_YEAR, NEXT_YEAR = re.findall(r"```markdown\n(.*?)```", SECTION, re.DOTALL)
DRAFTING, TRYING = re.findall(r"```console\n(.*?)```", SECTION, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "our-year.md").write_text(THIS_YEAR, encoding="utf-8")
    (tmp_path / "next-year.md").write_text(NEXT_YEAR, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def assert_shows(shown: str, printed: str) -> None:
    """Every line that is shown is printed, in this order; "…" stands for lines that are left out."""
    lines, at, skipped = printed.splitlines(), 0, False
    for line in shown.splitlines():
        if line == "…":
            skipped = True
            continue
        assert line in lines[at:], line
        found = lines.index(line, at)
        assert found == at or skipped, line
        at, skipped = found + 1, False
    assert skipped or at == len(lines)


def test_it_drafts_and_tries_as_shown(folder: Path, impact: Callable[..., Ended]) -> None:
    asked = re.match(r"\$ impact (card draft \S+) > (\S+)\n(impact: [^\n]*)\n\$ cat \S+\n", DRAFTING)
    assert asked is not None
    drafted = impact(*shlex.split(asked[1]))
    assert (drafted.status, drafted.line) == (0, asked[3])
    (folder / asked[2]).write_text(drafted.out, encoding="utf-8")
    assert_shows(DRAFTING[asked.end() :], drafted.out)
    command, _, shown = TRYING.removeprefix("$ impact ").partition("\n")
    tried = impact(*shlex.split(command))
    assert tried.status == 0
    assert_shows(shown, tried.out)
    assert impact("card", "check", asked[2]).status == 0
