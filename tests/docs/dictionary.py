"""The data dictionary: what the comments of the published file say of its tables, columns and macros, and the card."""

import os
from pathlib import Path

import duckdb

from tests.docs.blocks import ROOT
from warehouse.exports.descriptors import explained, in_table
from warehouse.exports.tables import published_tables
from warehouse.published import records

PAGE = ROOT / "docs/dictionary.md"
HEAD = """\
# Data dictionary

What every table and column of `impact.duckdb` means, as the file itself says: `SELECT * FROM duckdb_columns()`. Below
the tables stand the macros, which any DuckDB has when it opens the file, and the metrics of the bundled card. This page
is generated; `make docs` writes it. `impact export` writes one of its own beside the files it makes.

| table | one row |
| --- | --- |"""
MACROS = """
    SELECT DISTINCT function_name AS name, comment
    FROM duckdb_functions()
    WHERE NOT internal AND schema_name = 'main' AND comment IS NOT NULL
    ORDER BY name
"""
METRICS = """
    SELECT metric, label, coalesce(unit, '') AS unit, measure, coalesce(description, '') AS description
    FROM metrics WHERE source = 'ncmec-impact' ORDER BY metric
"""


def page(published: Path) -> str:
    """The dictionary of a published file."""
    with duckdb.connect(str(published), read_only=True) as con:
        tables = published_tables(con)
        macros = records(con, MACROS)
        metrics = records(con, METRICS)
    lines = [HEAD, *(f"| [{one.name}](#{one.name}) | {_grain(one.comment)} |" for one in tables)]
    for table in tables:
        lines += ["", *explained(table)]
    lines += ["", "## Macros", "", "| macro | gives |", "| --- | --- |"]
    for macro in macros:
        called, _, meaning = macro["comment"].partition(": ")
        lines.append(f"| `{called}` | {in_table(meaning)} |")
    lines += [
        "",
        "## Metrics of ncmec-impact",
        "",
        "What the card counts; `measure` says how: a `flow` adds up over time, a `stock`",
    ]
    lines[-1] += " stands at a moment."
    lines += ["", "| metric | label | unit | measure | meaning |", "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| `{one['metric']}` | "
        + " | ".join(in_table(one[name]) for name in ("label", "unit", "measure", "description"))
        + " |"
        for one in metrics
    ]
    return "\n".join(lines) + "\n"


def _grain(comment: str) -> str:
    return in_table(comment.rpartition("Grain: one row ")[2].rstrip("."))


def of_home(home: Path) -> dict[str, str]:
    """The environment of commands that work on a home."""
    return os.environ | {"IMPACT_HOME": str(home), "PYTHONPATH": str(ROOT)}
