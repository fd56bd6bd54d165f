"""The SQL files read as SQL, by sqlglot: is each what `models` takes it for, and which column is made from which.

Apart from `models`, since sqlglot takes as long to load and to read all files as a refresh that finds nothing new.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.lineage import Node, lineage

from warehouse.base import BASE_TABLES
from warehouse.models import Audit, SqlFileError, SqlModel, line_of, load_models, without_placeholder

ROWS = "*"
"""What a number of rows is made from, in the place of a column."""


def check(file: SqlModel | Audit) -> None:
    """See that a file is one SELECT, and that a model's columns are commented and its tables those it is said to read.

    Raises:
        SqlFileError: it is not; with file and line.
    """
    if isinstance(file, Audit):
        parse(file.sql, file.path)
        return
    tree = parse(without_placeholder(file.sql, file.repeat), file.path)
    missing = [name for name in tree.named_selects if name not in file.columns]
    if missing:
        line = line_of(file.sql, missing[0])
        raise SqlFileError(
            f"{file.path}:{line}: column {missing[0]} has no comment; end its line with `-- what it holds`"
        )
    ctes = _cte_names(tree)
    read = {f"{t.db}.{t.name}" if t.db else t.name for t in tree.find_all(exp.Table) if t.db or t.name not in ctes}
    if read != set(file.depends_on):
        unlike = ", ".join(sorted(read ^ set(file.depends_on)))
        raise SqlFileError(f"{file.path}:1: write FROM and JOIN in capitals, the table on the same line ({unlike})")


@lru_cache
def lineage_of_models() -> tuple[tuple[str, str, str, str], ...]:
    """Table, column, and the table and column that it is made from, of all models.

    The columns that stand once for each value of a query are given once, under the placeholder.
    """
    return tuple(
        (model.table, column, *source)
        for model in load_models()
        for column, sources in column_lineage(model.with_placeholder(), BASE_TABLES).items()
        for source in sources
    )


def column_lineage(
    model: SqlModel, schema: Mapping[str, Mapping[str, str]], models: Iterable[SqlModel] | None = None
) -> dict[str, list[tuple[str, str]]]:
    """For each column of a model the (table, column) pairs it is made from; the column is `*` where rows are counted.

    `schema` gives the columns and types of the base tables, by `base.NAME`; those of the models are known.
    """
    known = {table: dict(columns) for table, columns in schema.items()}
    known |= {m.table: dict.fromkeys(m.columns, "VARCHAR") for m in (models or load_models())}
    nested: dict[str, dict[str, dict[str, str]]] = {}
    for table, columns in known.items():
        schema_name, _, name = table.rpartition(".")
        nested.setdefault(schema_name or "main", {})[name] = columns
    tree = parse(without_placeholder(model.sql, model.repeat), model.path).copy()
    for table_node in tree.find_all(exp.Table):
        if not table_node.db and table_node.name in nested["main"] and table_node.name not in _cte_names(tree):
            table_node.set("db", exp.to_identifier("main"))
    # All columns at once, selects left whole: one column at a time qualifies the query anew each time, 20 times slower.
    roots = lineage(None, tree, nested, dialect="duckdb", trim_selects=False)
    return {column: _sources(roots[column]) for column in model.columns}


def _sources(root: Node) -> list[tuple[str, str]]:
    found = set()
    for node in root.walk():
        if isinstance(node.expression, exp.Table) and not node.downstream:
            found.add((_table_name(node.expression), node.name.split(".")[-1].strip('"')))
        counted = node.source.find(exp.From)
        if counted and any(isinstance(count.this, exp.Star) for count in node.expression.find_all(exp.Count)):
            table = counted.this
            if isinstance(table, exp.Table) and table.db:  # else it is a common table expression, that has its own
                found.add((_table_name(table), ROWS))
    return sorted(found)


def _table_name(table: exp.Table) -> str:
    return table.name if table.db in ("", "main") else f"{table.db}.{table.name}"


def parse(text: str, path: Path) -> exp.Query:
    """The parsed SELECT.

    Raises:
        SqlFileError: it is not one SELECT; with file and line.
    """
    try:
        trees = sqlglot.parse(text, dialect="duckdb")
    except SqlglotError as error:
        details = getattr(error, "errors", None) or [{}]
        line, what = details[0].get("line"), details[0].get("description") or str(error).splitlines()[0]
        raise SqlFileError(f"{path}:{line or 1}: {what}") from error
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        raise SqlFileError(f"{path}:1: holds something else than one SELECT")
    return trees[0]


def _cte_names(tree: exp.Query) -> set[str]:
    return {cte.alias for cte in tree.find_all(exp.CTE)}
