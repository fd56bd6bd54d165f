"""What Dagster shows of the SQL models: one asset spec a model, and what is told of its table once it is built."""

import hashlib
import re
import warnings
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

import dagster as dg

from pipeline import chart
from pipeline.refresh import WAITING
from pipeline.terminal import inert
from warehouse.decided import Outcome
from warehouse.models import SqlModel, load_models

if TYPE_CHECKING:
    import duckdb

# Code references are marked beta; a warning on every start would tell the user nothing.
warnings.filterwarnings("ignore", category=dg.BetaWarning)

PREVIEW_ROWS, PREVIEW_COLUMNS = 8, 5
LONGEST_CELL = 200
LONGEST_JOINED = 16
"""Letters of a name that stay on one line; a longer one may be broken where its words are joined, as else a table would
be wider than the page, and what stands behind it, the figure, out of sight."""
_JOINED = re.compile(r"[_=;](?=\w)")
CHARTS = 6
"""Metrics that have a chart on the page of metric_year: those with the most years."""
FIRST_SHOWN = ("metric", "breakdown", "year", "value", "unit", "change", "status", "statement", "sentence", "text")
"""Columns with which a preview begins, those of them that there are: what a person looks for."""
OWNERS = ["team:impact-ledger"]

SOURCE_ASSETS = {
    "base.captures": "readings",
    "base.retrievals": "readings",
    "base.readings": "readings",
    "base.passages": "readings",
    "base.numerals": "readings",
    "base.facts": "readings",
    "base.releases": "readings",
    "base.decisions": "readings",
    "base.decided": "readings",
}
"""Which asset a base table comes from; those of the cards come from none. The release in the making tells of the
readings: a table without an asset before it would be built before all others, in a run of its own."""


def table_key(table: str) -> dg.AssetKey:
    """Asset key of a model, by its table: `facts`, `staging_facts`. The UI shows its last part alone."""
    return dg.AssetKey(table.replace(".", "_"))


@cache
def groups() -> Mapping[str, str]:
    """The group of each table, by what it does. They follow each other, and no edge runs back:

    judging (which captures and figures are believed), core (what was read), comparing (statements with each other),
    marts (what analysts ask).
    """
    models = load_models()
    found: dict[str, str] = {}
    for model in models:  # each stands after those it reads
        judged = model.layer == "staging" and model.table != "staging.facts"
        compares = any(name == "staging.facts" or found.get(name) == "comparing" for name in model.depends_on)
        read_by = {other.layer for other in models if model.table in other.depends_on}
        if judged and compares:
            found[model.table] = "comparing"
        elif model.layer == "marts" and "staging" in read_by:
            found[model.table] = "core"
        else:
            found[model.table] = "judging" if model.layer == "staging" else model.layer
    return found


def table_spec(model: SqlModel) -> dg.AssetSpec:
    """The asset of one SQL model."""
    upstream = {
        dg.AssetKey([SOURCE_ASSETS[table]]) if table in SOURCE_ASSETS else table_key(table)
        for table in model.depends_on
        if table in SOURCE_ASSETS or not table.startswith("base.")
    }
    code = dg.LocalFileCodeReference(file_path=str(model.path), label=model.path.name)
    columns = [dg.TableColumn(name, _type(model, name), description=comment) for name, comment in model.columns.items()]
    return dg.AssetSpec(
        table_key(model.table),
        deps=sorted(upstream, key=str),
        description=f"{model.description}\n\nGrain: {model.grain}.\n\n{shown_sql(model.sql)}",
        group_name=groups()[model.table],
        owners=OWNERS,
        tags={"layer": model.layer, "published": "no" if model.layer == "staging" else "yes"},
        kinds={"duckdb", "sql"},
        code_version=hashlib.sha256(model.sql.encode()).hexdigest()[:12],
        skippable=True,
        metadata={
            "dagster/table_name": f"impact.{model.table if model.layer == 'staging' else f'main.{model.name}'}",
            "dagster/column_schema": dg.TableSchema(columns),
            "dagster/code_references": dg.CodeReferencesMetadataValue(code_references=[code]),
        },
    )


def table_metadata(con: "duckdb.DuckDBPyConnection", model: SqlModel, rows: int) -> Mapping[str, Any]:
    """What a built table is like: rows, columns with their comments, where each comes from, its first rows."""
    described = con.execute(
        "SELECT column_name, data_type, comment FROM duckdb_columns() "
        "WHERE table_name = ? AND schema_name = ? ORDER BY column_index",
        [model.name, "staging" if model.layer == "staging" else "main"],
    ).fetchall()
    columns = [dg.TableColumn(name, kind, description=comment) for name, kind, comment in described]
    names = [name for name, _, _ in described]
    shown = [*(name for name in FIRST_SHOWN if name in names), *(name for name in names if name not in FIRST_SHOWN)]
    shown = shown[:PREVIEW_COLUMNS]
    quoted = ", ".join(f'"{name}"' for name in shown)
    totals_first = "ORDER BY breakdown <> '', metric, year" if {"breakdown", "metric", "year"} <= set(names) else ""
    preview = con.execute(f"FROM {model.table} SELECT {quoted} {totals_first} LIMIT {PREVIEW_ROWS}").fetchall()
    return {
        **(_of_cells(con) if model.table == "metric_year" else {}),
        "preview": table_of(shown, preview),
        "dagster/row_count": rows,
        "dagster/column_schema": dg.TableSchema(columns),
        "dagster/column_lineage": _lineage(con, model),
        **_numbers(con, model, rows),
    }


def _numbers(con: "duckdb.DuckDBPyConnection", model: SqlModel, rows: int) -> dict[str, int]:
    """What Dagster draws over time: how many decisions there are of each outcome, how many statistics wait."""
    if model.table == "decisions":
        counted = dict(con.execute("SELECT outcome, count(*) FROM decisions GROUP BY outcome").fetchall())
        return {outcome: counted.get(outcome, 0) for outcome in get_args(Outcome)}
    return {WAITING: rows} if model.table == "review_queue" else {}


def _of_cells(con: "duckdb.DuckDBPyConnection") -> dict[str, Any]:
    """How the metrics went over the years, and the cells of each status, which the UI plots over time."""
    query = """
        SELECT metric, list((year, value) ORDER BY year) FROM metric_year
        WHERE period_type = 'year' AND breakdown = ''
        GROUP BY source, metric, kind HAVING count(*) > 1 ORDER BY count(*) DESC, source, metric, kind
    """
    charts: dict[str, dg.MetadataValue[Any]] = {}
    for metric, points in con.execute(query).fetchall():
        drawn = chart.picture(points)
        if drawn and len(charts) < CHARTS:
            charts.setdefault(f"chart_{metric}", dg.MetadataValue.md(drawn))
    statuses = ("single", "agreed", "revised", "contradicted")
    counted = dict(con.execute("FROM metric_year SELECT status, count(*) GROUP BY status").fetchall())
    by_status = {f"cells_{status}": counted.get(status, 0) for status in statuses}
    return charts | by_status


def table_of(names: Sequence[str], rows: Sequence[Sequence[Any]], longest: int = LONGEST_CELL) -> dg.TableMetadataValue:
    """Rows as a table of the UI, whose cells hold text, whatever it says, and wrap."""
    records = [
        dg.TableRecord({name: _cell(value, longest) for name, value in zip(names, row, strict=True)}) for row in rows
    ]
    return dg.MetadataValue.table(records, dg.TableSchema([dg.TableColumn(name) for name in names]))


def _cell(value: Any, longest: int) -> str:
    text = "" if value is None else f"{value:,.10g}" if isinstance(value, float) else str(value)
    text = inert(" ".join(text.split()))
    text = text if len(text) <= longest else text[: longest - 1] + "…"
    return _JOINED.sub("\\g<0>\u200b", text) if len(text) > LONGEST_JOINED and " " not in text else text


def shown_sql(text: str) -> str:
    """SQL as Markdown, without the lines of its head, which the description says."""
    lines = text.rstrip().splitlines()
    while lines and lines[0].startswith("--"):
        del lines[0]
    return "\n".join(["```sql", *lines, "```"])


_CAST_AS = re.compile(r'AS ([A-Z]\w*(?:\(.*\))?(?:\[\])*)\) AS "?(\w+)"?,?\s*--')


def _type(model: SqlModel, column: str) -> str:
    """The type that the SQL casts a column to, before any database holds it; of a map its keys and values follow."""
    found = {match[2]: match[1] for match in map(_CAST_AS.search, model.sql.splitlines()) if match}
    return found.get(column, "MAP")


_MARKUP = re.compile(r"[\\`*\[\]<>|~&]|(?<![^\W_])_|_(?![^\W_])")
_LINKED = re.compile(r"(:)(?=//)|(@)|(www)(?=\.)", re.IGNORECASE)


def markdown_text(text: str) -> str:
    """Text, of a page perhaps, as Markdown that shows it and does nothing else.

    What would be markup is a character reference. An address in plain words would still become a link: a word joiner,
    which has no width, stands in it.
    """
    return _LINKED.sub(r"\g<0>&#8288;", _MARKUP.sub(lambda match: f"&#{ord(match[0])};", inert(text)))


def _lineage(con: "duckdb.DuckDBPyConnection", model: SqlModel) -> dg.TableColumnLineage:
    assets = {table: dg.AssetKey([asset]) for table, asset in SOURCE_ASSETS.items()}
    assets |= {other.table: table_key(other.table) for other in load_models()}
    deps: dict[str, dict[tuple[dg.AssetKey, str], None]] = {column: {} for column in model.columns}
    query = "SELECT column_name, from_table, from_column FROM base.column_lineage WHERE table_name = ? ORDER BY rowid"
    for column, from_table, from_column in con.execute(query, [model.table]).fetchall():
        if column in deps and from_table in assets and from_column != "*":
            deps[column][assets[from_table], from_column] = None  # one asset may stand for two tables
    return dg.TableColumnLineage(
        {column: [dg.TableColumnDep(asset, name) for asset, name in some] for column, some in deps.items()}
    )
