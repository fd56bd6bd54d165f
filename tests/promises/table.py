"""The table of promises, `docs/promises.md`: a row a trial, written by the trial's own run and by nothing else."""

import ast
import inspect
import tempfile
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import filelock

TABLE = Path(__file__).parents[2] / "docs" / "promises.md"
HEAD = """\
# What is promised, and what trying it showed

Made by `make promises`, which takes hours and needs Linux; nothing here is typed by hand. A row is written by the last
run of its trial, found under `tests/promises/`, which begins from the seed (`PROMISES_SEED=… make promises
ONLY=name` tries the same again). A trial that failed says so here.

"""


UNTRIED = "not tried yet"


@dataclass(frozen=True)
class Row:
    """What the last run of a trial showed."""

    promise: str
    trial: str
    figure: str
    seed: str
    date: str


RULE = [" | ".join(field.name for field in fields(Row)), " | ".join("---" for _ in fields(Row))]


def trials() -> dict[str, str]:
    """Every trial there is, and what it promises: the tests here that take the fixture `promise`, and their words."""
    found = {}
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and "promise" in [one.arg for one in node.args.args]:
                words = ast.get_docstring(node)
                assert words, f"{file.name}: {node.name} does not say what it promises"
                found[f"{file.name}::{node.name}"] = promised(words)
    return found


def promised(docstring: str) -> str:
    """What a trial promises: the first paragraph of its words."""
    return " ".join(inspect.cleandoc(docstring).partition("\n\n")[0].split())


def rows() -> list[Row]:
    """The rows of the table as it lies there."""
    if not TABLE.exists():
        return []
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").replace("\\|", "\0").split("|")] for line in lines[len(RULE) :]]
    return [Row(*(cell.replace("\0", "|").strip("`") for cell in row)) for row in cells]


def write(*ran: Row) -> None:
    """Put rows in place of those that the runs before wrote; trials that never ran have one that says so."""
    known = trials()
    with filelock.FileLock(Path(tempfile.gettempdir(), "impact-promises.lock")):
        kept = {one.trial: one for one in [*rows(), *ran]}
        shown = [kept.get(trial) or Row(words, trial, UNTRIED, "-", "-") for trial, words in known.items()]
        lines = [*RULE, *(" | ".join(_cells(one)) for one in shown)]
        TABLE.write_text(HEAD + "".join(f"| {line} |\n" for line in lines), encoding="utf-8")


def _cells(row: Row) -> list[str]:
    cells = [" ".join(cell.split()).replace("|", "\\|") for cell in astuple(row)]
    cells[1] = f"`{cells[1]}`"
    return cells


if __name__ == "__main__":
    write()
