"""`impact verify`: is a release what the archive says?"""

from typing import TYPE_CHECKING, Any

import click

from pipeline.terminal import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.verifying import Verified
    from warehouse.comparing import Unlike

WIDTH = 60
"""Letters of a value that are shown."""
DESCRIBED_BY = ("edition", "metric", "year", "breakdown", "value", "sentence", "text", "outcome", "refused", "url")
"""Columns that tell a person which row it is, beside those of its grain."""


@click.command(short_help="make everything again from the archive, and compare")
@click.option("--release", "name", metavar="ID", default="current", help="One that is kept; by default the current.")
def verify(name: str) -> int:
    """Make every table of a release again from archive, cards and decisions, in a scratch folder; compare row by row.

    The archive is read by the present extractor, up to the last retrieval that the release knows of, and loaded in a
    shuffled order: no order may make a difference. All tables but releases are compared; of what differs the
    first rows are shown. Files of the archive, of the release and of the stored readings that are not what they were
    are told too, and decisions that ask for a look: the page, or its reading, is not what they were made on. Nothing is
    written into the home.

    \b
    Exit status: 0 the release is what the archive says; 1 it is not, a file is damaged, or a decision asks for a look;
    2 no such release.

    \b
    Examples:
      impact verify
      impact verify --release previous
    """
    from pipeline.interrupts import heeded
    from pipeline.progress import told
    from pipeline.verifying import verify as verified
    from warehouse.home import Home

    with told("verifying") as progress, heeded() as watch:
        found = verified(Home.from_environment(), name, watch, progress=progress)
    say(*_lines(found))
    return 0 if found.equal else 1


def _lines(found: "Verified") -> "Iterator[str]":
    for remark in found.remarks:
        yield f"release {found.release.id}: {remark}"
    for line in found.damage:
        yield f"damaged: {line}"
    if found.lapsed:
        from warehouse.alarms import lapsed_line

        yield from map(lapsed_line, found.lapsed)
    for table in found.tables:
        yield from _table(table)
    if not found.tables:
        yield f"release {found.release.id} is what the archive says: every table but releases holds the same rows"
    else:
        names = ", ".join(table.table for table in found.tables)
        yield f"release {found.release.id} is not what the archive says: {names}"


def _table(one: "Unlike") -> "Iterator[str]":
    counts = {"missing": one.missing, "added": one.added, "altered": one.altered}
    said = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
    yield f"{one.table}: {said or 'other columns'}, of {one.rows:,} rows"
    for line in one.columns:
        yield f"  {line.replace('the first', 'the release').replace('the second', 'the archive')}"
    for row in one.missing_sample:
        yield f"  in the release, not in the archive: {_described(one.table, row)}"
    for row in one.added_sample:
        yield f"  in the archive, not in the release: {_described(one.table, row)}"
    for grain, differing in one.altered_sample:
        told = "; ".join(
            f"{name} {_value(a)} in the release, {_value(b)} in the archive" for name, (a, b) in differing.items()
        )
        yield f"  {_row(grain)}: {told}"


def _described(table: str, row: "Mapping[str, Any]") -> str:
    from warehouse.comparing import grain_of

    shown = {*grain_of(table, row), *DESCRIBED_BY} & row.keys() or row.keys()
    return _row({name: value for name, value in row.items() if name in shown})


def _row(row: "Mapping[str, Any]") -> str:
    return ", ".join(f"{name} {_value(value)}" for name, value in row.items() if value not in (None, ""))


def _value(value: Any) -> str:
    text = "NULL" if value is None else f"{value:,.10g}" if isinstance(value, float) else str(value)
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"
