"""What Dagster shows of the SQL models: one asset spec a model, and what is told of its table once it is built."""

import hashlib
import re
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args

import dagster as dg

from pipeline.refresh import WAITING
from pipeline.terminal import inert
from warehouse.decided import Outcome
from warehouse.models import SqlModel, load_models

if TYPE_CHECKING:
    import duckdb

# Code references are marked beta; a warning on every start would tell the user nothing.
warnings.filterwarnings("ignore", category=dg.BetaWarning)

PREVIEW_ROWS = 5
PREVIEW_COLUMNS = 12
PREVIEW_WIDTH = 60

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
    """Asset key of a model, by its table: `facts`, `staging.facts`."""
    return dg.AssetKey(table.split("."))


def table_spec(model: SqlModel) -> dg.AssetSpec:
    """The asset of one SQL model."""
    upstream = {
        dg.AssetKey([SOURCE_ASSETS[table]]) if table in SOURCE_ASSETS else table_key(table)
        for table in model.depends_on
        if table in SOURCE_ASSETS or not table.startswith("base.")
    }
    code = dg.LocalFileCodeReference(file_path=str(model.path), label=f"sql/{model.layer}/{model.path.name}")
    return dg.AssetSpec(
        table_key(model.table),
        deps=sorted(upstream, key=str),
        description=f"{model.description}\n\nGrain: {model.grain}.\n\n```sql\n{model.sql.rstrip()}\n```",
        group_name=model.layer,
        kinds={"duckdb", "sql"},
        code_version=hashlib.sha256(model.sql.encode()).hexdigest()[:12],
        skippable=True,
        metadata={
            "dagster/table_name": f"impact.{model.table if model.layer == 'staging' else f'main.{model.name}'}",
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
    cursor = con.execute(f"FROM {model.table} LIMIT {PREVIEW_ROWS}")
    names = [column[0] for column in cursor.description or ()]
    return {
        "dagster/row_count": rows,
        "dagster/column_schema": dg.TableSchema(columns),
        "dagster/column_lineage": _lineage(model),
        "preview": dg.MetadataValue.md(markdown_table(names, cursor.fetchall())),
        **_numbers(con, model, rows),
    }


def _numbers(con: "duckdb.DuckDBPyConnection", model: SqlModel, rows: int) -> dict[str, int]:
    """What Dagster draws over time: how many decisions there are of each outcome, how many statistics wait."""
    if model.table == "decisions":
        counted = dict(con.execute("SELECT outcome, count(*) FROM decisions GROUP BY outcome").fetchall())
        return {outcome: counted.get(outcome, 0) for outcome in get_args(Outcome)}
    return {WAITING: rows} if model.table == "review_queue" else {}


def markdown_table(names: list[str], rows: list[tuple[Any, ...]]) -> str:
    """The first columns of some rows as a Markdown table; long text is cut."""
    shown = names[:PREVIEW_COLUMNS]
    lines = [shown, ["---"] * len(shown), *([_cell(value) for value in row[:PREVIEW_COLUMNS]] for row in rows)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    hidden = len(names) - len(shown)
    return table + (f"\n\nand {hidden} more columns" if hidden else "")


def _cell(value: Any) -> str:
    text = "" if value is None else f"{value:,.10g}" if isinstance(value, float) else str(value)
    text = " ".join(text.split())
    return markdown_text(text if len(text) <= PREVIEW_WIDTH else text[: PREVIEW_WIDTH - 1] + "…")


_MARKUP = re.compile(r"[\\`*\[\]<>|~&]|(?<![^\W_])_|_(?![^\W_])")
_LINKED = re.compile(r"(:)(?=//)|(@)|(www)(?=\.)", re.IGNORECASE)


def markdown_text(text: str) -> str:
    """Text, of a page perhaps, as Markdown that shows it and does nothing else.

    What would be markup is a character reference. An address in plain words would still become a link: a word joiner,
    which has no width, stands in it.
    """
    return _LINKED.sub(r"\g<0>&#8288;", _MARKUP.sub(lambda match: f"&#{ord(match[0])};", inert(text)))


def _lineage(model: SqlModel) -> dg.TableColumnLineage:
    # It loads sqlglot and DuckDB, which a refresh that builds nothing does not need.
    from warehouse.lineage import lineage_of_models

    assets = {table: dg.AssetKey([asset]) for table, asset in SOURCE_ASSETS.items()}
    assets |= {other.table: table_key(other.table) for other in load_models()}
    deps: dict[str, dict[tuple[dg.AssetKey, str], None]] = {column: {} for column in model.columns}
    for table, column, from_table, from_column in lineage_of_models():
        if table == model.table and column in deps and from_table in assets and from_column != "*":
            deps[column][assets[from_table], from_column] = None  # one asset may stand for two tables
    return dg.TableColumnLineage(
        {column: [dg.TableColumnDep(asset, name) for asset, name in some] for column, some in deps.items()}
    )
