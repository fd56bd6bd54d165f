"""The SQL models: what stands in the files under `sql/`, read and checked, in the order in which they can run.

One file holds one SELECT. Its head says, in comment lines, `table`, `grain` and `description` (an audit: `audit`,
`promise`, `blocking`); every column of the final SELECT is an expression `AS name, -- comment` that ends its line. A
line with a placeholder such as `{year}` stands once for each value of the query in the head's `repeat {year}: …`. With
`kind: view` it is made anew for whoever reads it: a working table of wide rows takes longer to write than to make.

Running them is for `build`, reading the SQL as a language for `lineage`: what is needed at every start, the tables that
a file reads, follows from the form of the files.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Literal

import sql as sql_package
from extractors.errors import ImpactError

Layer = Literal["staging", "core", "marts"]
SCHEMA_VERSION = 4
"""Raised when a published table or column, or what one means, changes."""
LAYERS: tuple[Layer, ...] = ("staging", "core", "marts")
SQL_FOLDER = Path(sql_package.__path__[0])
MACROS_FILE = "macros.sql"
PUBLISHED_MACROS_FILE = "published_macros.sql"
OF_NAMED_EDITIONS = {
    "staging.editions": (
        "(SELECT captures.source, edition_b AS edition, edition_a AS edition_before FROM captures "
        "WHERE captures.source = source AND captures.refused IS NULL AND captures.edition IN (edition_a, edition_b) "
        "GROUP BY captures.source HAVING count(DISTINCT captures.edition) = 2)"
    ),
    "staging.stated": "edition_statements",
    "base.metrics": "metrics",
}
"""What the macro that compares any two editions reads in place of the working tables that `edition_changes` reads."""

_HEAD = re.compile(r"--\s*(table|kind|grain|description|audit|promise|blocking|repeat \{\w+\}):\s*(.*\S)")
_COMMENT = re.compile(r"--.*")
_READ = re.compile(r"(?:(?<!DISTINCT )\bFROM|\bJOIN) ([a-z_]+(?:\.[a-z_]+)?)(?![\w.(])")
_CTE = re.compile(r"^(?:WITH )?([a-z_]+) AS (?:MATERIALIZED )?\(", re.MULTILINE)
_COLUMN = re.compile(r'^\s+.*?(?:\bAS\s+)?(?:"([^"]+)"|(\w+)),?\s*--\s*(\S.*?)\s*$')


class SqlFileError(ImpactError):
    """A file under sql/ is broken. The message names the file and line; correct it there."""


@dataclass(frozen=True, slots=True)
class SqlModel:
    """One table: what it holds and the SELECT that fills it."""

    name: str
    """The table's name without its schema; in `facts` of staging and of core it is not unique, `table` is."""
    layer: Layer
    path: Path
    sql: str
    """The file's text, with its comments."""
    grain: str
    description: str
    columns: Mapping[str, str]
    """Output columns in order, each with its comment. Columns that depend on the data are not among them."""
    depends_on: tuple[str, ...]
    """Tables it reads, as `table` of other models or `base.NAME`."""
    repeat: tuple[str, str] | None = field(default=None)
    """Placeholder and the query that gives its values."""
    kind: Literal["table", "view"] = "table"

    @property
    def table(self) -> str:
        """Name to query it by: `staging.facts`, `facts`."""
        return qualified(self.layer, self.name)

    def with_placeholder(self) -> "SqlModel":
        """The model with the line that is repeated once, its column named by the placeholder."""
        if self.repeat is None:
            return self
        name = f"{{{self.repeat[0]}}}"
        text, columns = self.render([name])
        return replace(self, sql=text, columns=columns, repeat=None)

    def render(self, values: Sequence[object] = ()) -> tuple[str, dict[str, str]]:
        """The runnable SELECT and all its columns with comments, the placeholder's line repeated for each value."""
        text = _repeat(self.sql, self.repeat[0], values) if self.repeat else self.sql
        return text, _comments(text, self.path)


@dataclass(frozen=True, slots=True)
class Audit:
    """One query that returns bad rows; no row means that the promise holds."""

    name: str
    path: Path
    sql: str
    promise: str
    blocking: bool


def qualified(layer: str, name: str) -> str:
    """The table's name as queries give it: core and marts stand in the main schema."""
    return f"staging.{name}" if layer == "staging" else name


@lru_cache
def load_models(folder: Path = SQL_FOLDER) -> tuple[SqlModel, ...]:
    """All models in an order in which each stands after those it reads.

    Raises:
        SqlFileError: a file cannot be read as described above, reads an unknown table, or reads in a circle.
    """
    models = {
        model.table: model
        for model in (_model(path, layer) for layer in LAYERS for path in sorted((folder / layer).glob("*.sql")))
    }
    for model in models.values():
        for table in model.depends_on:
            if table not in models and not table.startswith("base."):
                raise SqlFileError(f"{model.path}:{line_of(model.sql, table)}: reads {table}, which no file defines")
    sorter = TopologicalSorter({table: [t for t in model.depends_on if t in models] for table, model in models.items()})
    try:
        return tuple(models[table] for table in sorter.static_order())
    except CycleError as error:
        raise SqlFileError(f"{folder}: models read each other in a circle: {' -> '.join(error.args[1])}") from error


@lru_cache
def load_audits(folder: Path = SQL_FOLDER) -> tuple[Audit, ...]:
    """All audits, by name.

    Raises:
        SqlFileError: a file lacks a part of its head or is not one SELECT.
    """
    return tuple(_audit(path) for path in sorted((folder / "audits").glob("*.sql")))


def macros(folder: Path = SQL_FOLDER) -> str:
    """The CREATE MACRO statements that models and audits use."""
    return (folder / MACROS_FILE).read_text(encoding="utf-8")


def published_macros(folder: Path = SQL_FOLDER) -> str:
    """The CREATE MACRO statements of what analysts call, to be run when all tables stand.

    `{edition_changes}` stands for that model's SELECT, so that any two editions are compared as neighbours are.
    """
    compared = next(model for model in load_models(folder) if model.table == "edition_changes").sql
    for working, published in OF_NAMED_EDITIONS.items():
        compared = re.sub(rf"\b{re.escape(working)}\b", published, compared)
    text = (folder / PUBLISHED_MACROS_FILE).read_text(encoding="utf-8")
    return text.replace("{edition_changes}", compared.rstrip())


def _model(path: Path, layer: Layer) -> SqlModel:
    text = _read(path)
    head = _head(text, path, ("table", "grain", "description"))
    if head["table"] != qualified(layer, path.stem):
        raise SqlFileError(f"{path}:1: says table {head['table']}; its place asks for {qualified(layer, path.stem)}")
    if head.get("kind", "view") != "view":
        raise SqlFileError(f"{path}:1: says kind {head['kind']}; only view is said")
    repeat = next(((key[8:-1], query) for key, query in head.items() if key.startswith("repeat ")), None)
    static = without_placeholder(text, repeat)
    bare = _COMMENT.sub("", static)
    tables = set(_READ.findall(bare)) - set(_CTE.findall(bare))
    return SqlModel(
        name=path.stem,
        layer=layer,
        path=path,
        sql=text,
        grain=head["grain"],
        description=head["description"],
        columns=_comments(static, path),
        depends_on=tuple(sorted(tables)),
        repeat=repeat,
        kind="view" if "kind" in head else "table",
    )


def _audit(path: Path) -> Audit:
    text = _read(path)
    head = _head(text, path, ("audit", "promise", "blocking"))
    if head["audit"] != path.stem:
        raise SqlFileError(f"{path}:1: says audit {head['audit']}; the file's name says {path.stem}")
    if head["blocking"] not in ("yes", "no"):
        raise SqlFileError(f"{path}:{line_of(text, 'blocking')}: blocking is yes or no, not {head['blocking']}")
    return Audit(path.stem, path, text, head["promise"], head["blocking"] == "yes")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SqlFileError(f"{path}: cannot be read: {error}") from error


def _head(text: str, path: Path, wanted: tuple[str, ...]) -> dict[str, str]:
    head = {}
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        if match := _HEAD.fullmatch(line.strip()):
            head[match[1]] = match[2]
    for key in wanted:
        if key not in head:
            raise SqlFileError(f"{path}:1: the head has no line `-- {key}: …`")
    return head


def _comments(text: str, path: Path) -> dict[str, str]:
    """Comments of the final SELECT's columns. That SELECT begins at the last line that reads just SELECT."""
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if line.rstrip() == "SELECT"]
    if not starts:
        raise SqlFileError(f"{path}:1: the final SELECT does not stand on a line of its own")
    found = {}
    for line in lines[starts[-1] + 1 :]:
        if line and not line[0].isspace():
            break
        if match := _COLUMN.match(line):
            found[match[1] or match[2]] = match[3]
    return found


def without_placeholder(text: str, repeat: tuple[str, str] | None) -> str:
    """The SQL without the lines that stand once for each value of a query."""
    return _repeat(text, repeat[0], ()) if repeat else text


def _repeat(text: str, placeholder: str, values: Sequence[object]) -> str:
    mark = f"{{{placeholder}}}"
    lines: list[str] = []
    for line in text.splitlines():
        if mark in line and not line.startswith("--"):
            lines.extend(line.replace(mark, str(value)) for value in values)
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def line_of(text: str, word: str) -> int:
    """Number of the first line of SQL that holds a word; 1 when none does."""
    name = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    return next((n for n, line in enumerate(text.splitlines(), 1) if name.search(line) and line[:2] != "--"), 1)
