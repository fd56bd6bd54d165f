"""`impact export`: the published tables in the forms that other tools open."""

from pathlib import Path

import click

from pipeline.progress import told
from pipeline.terminal import say
from warehouse.exports.writing import export as write
from warehouse.home import Home
from warehouse.release import published_database


@click.command(short_help="the published tables as CSV, Parquet and SQLite")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
def export(folder: Path | None) -> int:
    """Write what is published to DIR, by default export/ in the data folder, in the forms that other tools open.

    \b
    csv/, parquet/    a file a table
    datapackage.json  describes the CSV files to Frictionless, croissant.json to Croissant
    impact.sqlite     all tables, for Datasette: datasette DIR/impact.sqlite --metadata DIR/metadata.json
    dictionary.md     what every table and column means

    Text in the CSV files that a spreadsheet would calculate, since it begins with =, +, - or @, has an apostrophe
    before it; numbers are numbers. The same release gives the same bytes. DIR is replaced whole when all is written; a
    folder that is no export, or that somebody put a file into, is left as it is.

    \b
    Exit status: 0 done; 1 nothing is published; 2 DIR is something else, or cannot be written.

    \b
    Examples:
      impact export
      impact export figures-2024
    """
    home = Home.from_environment()
    target = folder or home.root / "export"
    with told("writing the tables"):
        tables = write(published_database(home), target)
    say(f"wrote {len(tables)} tables, {sum(table.rows for table in tables):,} rows", err=True)
    say(str(target))
    return 0
