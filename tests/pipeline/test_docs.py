"""The README and docs/ say what the software does: what they show of commands, queries and programs comes of them."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from extractors.metrics.card import load_card
from extractors.records import Fact
from pipeline.cli import COMMANDS
from tests.charts import DRAWN
from tests.docs import dictionary, pictures, rules
from tests.docs.blocks import NOT_RUN, PAGES, ROOT, Step, blocks, first_not_printed, steps
from tests.pipeline.checkers import CHECKERS
from tests.pipeline.conftest import Ended
from tests.ports import free_port
from warehouse.site.docs_pages import anchor

FOOD_NETWORK = "extractors/sources/samples/marren-vale-food-network"
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in PAGES}
ALL = "\n".join(TEXTS.values())
NO_COMMANDS = {"page"}
"""Words behind "impact" in prose that are no commands."""
IMPACT = f"""#!/bin/sh
PYTHONPATH='{ROOT}'{os.pathsep}$PYTHONPATH exec '{sys.executable}' -c 'from pipeline.cli import main; main()' "$@"
"""


def environment(place: Path) -> dict[str, str]:
    """That of somebody in the clone at `place`, whose commands work on the demo unless they say otherwise."""
    path = os.pathsep.join(map(str, (place / ".venv/bin", CHECKERS / "bin", os.environ["PATH"])))
    outer = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}  # of the make that tests
    return outer | {"IMPACT_HOME": "demo", "PATH": path, "LOGNAME": "ana"}


def run(command: str, place: Path) -> str:
    """What a command prints on a terminal."""
    with shell(place) as told:
        return told(command)


@contextmanager
def shell(place: Path) -> Iterator["Shell"]:
    """A shell for the time of the block. What it left in the background is ended with it."""
    process = subprocess.Popen(
        ["bash", "--norc"], cwd=place, env=environment(place), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        yield Shell(process)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=60)


class Shell:
    """A shell that is told one command after the other."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def __call__(self, command: str) -> str:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{command}\necho; echo ended: $?\n")
        self._process.stdin.flush()
        printed = ""
        while not (ended := re.search(r"\nended: (\d+)\n\Z", printed)):
            line = self._process.stdout.readline()
            assert line, printed
            printed += line
        assert ended[1] == "0", printed
        return printed[: ended.start()]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `make demo` was, once for all processes: only to be read. `printed` has what it said."""
    folder = tmp_path_factory.getbasetemp()
    folder = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "clone"
    with FileLock(f"{folder}.lock"):
        if not (folder / "printed").exists():
            tools = folder / ".venv/bin"
            tools.mkdir(parents=True)
            (tools / "impact").write_text(IMPACT, encoding="utf-8")
            (tools / "impact").chmod(0o755)
            ready = tools.parent / "ready"
            for file in ("Makefile", "requirements.lock", "pyproject.toml"):
                shutil.copy(ROOT / file, folder)
            ready.touch()  # after what it is made from
            (folder / "printed").write_text(run("make demo", folder), encoding="utf-8")
    return folder


@pytest.fixture
def place(demo: Path, tmp_path: Path) -> tuple[Path, str]:
    """A copy of it for the session of one page, and a free port in place of the 8000 of the pages."""
    folder = tmp_path / "clone"
    shutil.copytree(demo, folder, symlinks=True)
    (folder / "data").mkdir()
    port = str(free_port())
    sample = folder / FOOD_NETWORK
    sample.mkdir(parents=True)
    for file in (ROOT / FOOD_NETWORK).iterdir():
        (sample / file.name).write_text(file.read_text(encoding="utf-8").replace("8000", port), encoding="utf-8")
    return folder, port


def missing(step: Step) -> str:
    """What the step needs that is not installed."""
    if step.asked.startswith("datasette") and not (CHECKERS / "bin/datasette").exists():
        return "datasette"
    if re.search(r"\breport\b", step.asked) and not DRAWN:
        return "what draws the charts"
    return ""


@pytest.mark.parametrize("name", [name for name, text in TEXTS.items() if list(steps(text))])
def test_what_a_page_shows_comes_of_it(
    place: tuple[Path, str],
    name: str,
    impact: Callable[..., Ended],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder, port = place
    monkeypatch.chdir(folder)
    for variable, value in environment(folder).items():
        monkeypatch.setenv(variable, value)
    lacking = set()
    with shell(folder) as told, duckdb.connect(str(folder / "demo/impact.duckdb"), read_only=True) as con:

        def printed(step: Step) -> str:
            """What comes of a command or a program."""
            if step.kind == "python":
                (folder / "program.py").write_text(step.asked, encoding="utf-8")
                return told(f"'{sys.executable}' program.py")
            if step.asked == "make demo":
                return (folder / "printed").read_text(encoding="utf-8")
            command = step.asked.replace("8000", port)
            if exported := re.fullmatch(r"export (\w+)=(\w+)", command):
                monkeypatch.setenv(exported[1], exported[2])
            if re.match(r"(\.venv/bin/)?impact (?!.*[|>&])", command):  # here, which spares it to load everything anew
                ended = impact(*shlex.split(command)[1:])
                assert ended.status == 0, ended.err
                return ended.err + ended.out
            return told(command)

        for step in steps(TEXTS[name]):
            if step.asked in NOT_RUN:
                continue
            if needed := missing(step):
                lacking.add(needed)
            elif step.kind == "file":
                (folder / step.file).write_text(step.asked, encoding="utf-8")
            elif step.kind == "sql":
                shown = [line.split() for line in step.shown.splitlines() if not set(line) <= set("- ")]
                assert [row.split() for row in answer(con, step.asked)] == shown, f"line {step.line}"
            else:
                differs = first_not_printed(step.shown, printed(step).replace(port, "8000"))
                assert not differs, f"line {step.line}, {step.asked}"
    if lacking:
        pytest.skip(f"all is as shown but what needs {', '.join(sorted(lacking))}; CONTRIBUTING.md installs it")


def answer(con: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    """The answer to a query, a line a row, with the port and the day that the pages have."""
    cursor = con.execute(query)
    rows = [[column[0] for column in cursor.description or ()], *cursor.fetchall()]
    return [" ".join(_shown(str(value)) for value in row) for row in rows]


def _shown(value: str) -> str:
    return re.sub(r"(?<=127\.0\.0\.1:)\d+", "PORT", re.sub(r"(?<=retrieved )\d{4}-\d\d-\d\d", "2026-11-30", value))


def test_what_is_not_run_is_shown() -> None:
    assert {step.asked for text in TEXTS.values() for step in steps(text)} >= set(NOT_RUN)


def test_the_ten_questions_take_three_lines_each() -> None:
    page = TEXTS["questions.md"]
    asked = [step.asked for step in steps(page[page.index("## Ten questions") :]) if step.kind == "sql"]
    assert len(asked) == 10
    assert all(len(query.splitlines()) <= 3 for query in asked)


def test_the_whole_card_is_the_bundled_one() -> None:
    card = ROOT / FOOD_NETWORK / "card.yaml"
    cards = [block.text.strip() for block in blocks(TEXTS["adding-a-page.md"]) if block.language == "yaml"]
    assert card.read_text(encoding="utf-8").strip() in cards
    assert load_card(card).metrics


def test_every_field_of_a_fact_is_explained() -> None:
    explained = set(re.findall(r"`(\w+)`", TEXTS["numbers.md"]))
    assert {name for name in Fact.model_fields if name != "passage_index"} <= explained


@pytest.mark.parametrize("command", sorted(set(re.findall(r"(?<![-#])\bimpact (\w+)", ALL)) - NO_COMMANDS))
def test_the_commands_that_are_named_exist(command: str) -> None:
    assert command in COMMANDS


def test_the_make_targets_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {a or b for a, b in re.findall(r"`make ([\w-]+)`|\$ make ([\w-]+)", ALL)}
    assert len(named) > 5
    assert named <= targets


def anchors(page: str) -> set[str]:
    """The names of the headings of a page, as links call them."""
    prose = re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)
    return {anchor(heading) for heading in re.findall(r"^#+ (.+)$", prose, re.MULTILINE)}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_leads_to_something(path: Path) -> None:
    prose = re.sub(r"^```.*?^```$|`[^`\n]+`", "", TEXTS[path.name], flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if target.startswith("http"):
            continue
        file, _, name = target.partition("#")
        led = (path.parent / file).resolve() if file else path
        assert led.is_file(), target
        assert not name or name in anchors(led.read_text(encoding="utf-8")), target


def test_the_contents_name_every_page() -> None:
    named = set(re.findall(r"\]\(([\w-]+\.md)\)", TEXTS["index.md"]))
    assert named == {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}


def test_the_dictionary_is_what_the_comments_and_the_card_say(demo: Path) -> None:
    assert dictionary.page(demo / "demo/impact.duckdb") == TEXTS["dictionary.md"], "`make docs` writes it"


def test_the_rules_are_shown_with_their_examples() -> None:
    assert rules.page(TEXTS["numbers.md"]) == TEXTS["numbers.md"], "`make docs` writes them"


def test_the_pictures_are_there_and_small() -> None:
    named = {Path(name).name for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", ALL)}
    files = {path.name: path.stat().st_size for path in (ROOT / "docs/pictures").iterdir()}
    assert set(files) == named
    assert max(files.values()) < pictures.LARGEST


def test_the_readme_is_short() -> None:
    assert len(TEXTS["README.md"].splitlines()) <= 130
