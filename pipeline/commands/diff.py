"""`impact diff`: what two editions, two releases or two extractors say otherwise."""

from typing import TYPE_CHECKING, Any

import click

from pipeline.terminal import inert, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from warehouse.differing import Difference

CHANGES = ("restated", "dropped", "new", "reworded", "unchanged")
"""Changes between editions, the most telling first; of what is unchanged a reader is told only how much it is."""
TOLD = {"metric_year": "cell", "facts": "statistic"}
SHOWN = 20
"""Statistics that the table shows; all of them are given as csv and json."""
DIFFERENCE_COLUMNS = (
    "table", "change", "source", "edition", "metric", "year", "period_type", "kind", "breakdown", "differs",
    "value_before", "qualifier_before", "status_before", "statement_before", "fact_id_before",
    "value", "qualifier", "status", "statement", "fact_id",
)  # fmt: skip


@click.command(short_help="what two editions, releases or extractors say otherwise")
@click.argument("editions", metavar="[EDITION EDITION]", nargs=-1, type=click.IntRange(1, 9999))
@click.option("--release", "releases", metavar="A B", nargs=2, help="Two releases: by id, current or previous.")
@click.option("--extractor", "extractors", metavar="A B", nargs=2, help="Two versions of the extractor.")
@click.option("--source", metavar="ID", help="Only this source; by default all.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def diff(
    editions: tuple[int, ...],
    releases: tuple[str, str] | None,
    extractors: tuple[str, str] | None,
    source: str | None,
    form: str,
) -> int:
    """Show what one edition of a page states otherwise than another, by default the latest than the one before it.

    A series is new, restated (another figure for the same year), dropped, reworded or unchanged; as csv or json these
    are rows of the table edition_changes, with both statements. Two editions that are not neighbours are compared anew.

    With --release: the cells of metric_year that were added, removed or altered between two releases that are kept, and
    the statistics that came, went or are read otherwise. With --extractor the same between two versions of the
    extractor, before anything is published: of an earlier one as long as its readings are kept, which is until the next
    refresh; the present one reads the archive anew, in a scratch folder.

    \b
    Exit status: 0 done, whether or not something differs; 1 nothing is published; 2 no such edition, release or
    extractor.

    \b
    Examples:
      impact diff
      impact diff 2020 2023 --source ncmec-impact
      impact diff --release previous current --format csv
    """
    from pipeline import diffing
    from pipeline.interrupts import heeded
    from pipeline.progress import told
    from pipeline.render import show
    from warehouse.editions import COLUMNS
    from warehouse.home import Home

    if len(editions) not in (0, 2) or (bool(editions), bool(releases), bool(extractors)).count(True) > 1:
        raise click.UsageError("give two editions, or --release A B, or --extractor A B, or nothing")
    home = Home.from_environment()
    columns: Sequence[str] = DIFFERENCE_COLUMNS
    with told("comparing"), heeded() as watch:
        if releases or extractors:
            if releases:
                found = diffing.of_releases(home, releases, source)
            else:
                found = diffing.of_extractors(home, extractors or (), source, watch)
            records = [_record(one) for one in found]
        else:
            pair = (editions[0], editions[1]) if editions else None
            by_source = diffing.of_editions(home, pair, source, watch)
            records, columns = [row for rows in by_source.values() for row in rows], COLUMNS
    if form != "table":
        _write(records, columns, form)
    elif releases or extractors:
        kind, (before, after) = ("release", releases) if releases else ("extractor", extractors or ("", ""))
        show(f"{kind} {after} against {before}", "", *_difference_lines(found))
    elif by_source:
        show(*(line for name, rows in by_source.items() for line in _edition_lines(name, rows)))
    else:
        say("impact: no source has two editions yet", err=True)
    return 0


def _write(records: "Sequence[Mapping[str, Any]]", columns: "Sequence[str]", form: str) -> None:
    import csv
    import json
    import sys

    from extractors.jsonlines import escaped

    records = [{name: _plain(value) for name, value in record.items()} for record in records]
    if form == "json":
        click.echo(escaped(json.dumps(records, ensure_ascii=False, indent=1)))
        return
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(
        {name: inert(value) if isinstance(value, str) else value for name, value in record.items()}
        for record in records
    )


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _record(one: "Difference") -> dict[str, Any]:
    sides = {"_before": one.before or {}, "": one.after or {}}
    values = {
        f"{name}{end}": side.get(name) for end, side in sides.items() for name in ("value", "qualifier", "status")
    }
    words = {f"{name}{end}": side.get(name) for end, side in sides.items() for name in ("statement", "fact_id")}
    own = {name: getattr(one, name) for name in DIFFERENCE_COLUMNS[1:9]}
    record = {"table": one.table, **own, "differs": "; ".join(one.columns), **values, **words}
    return {name: record[name] for name in DIFFERENCE_COLUMNS}


def _edition_lines(source: str, rows: "Sequence[Mapping[str, Any]]") -> "Iterator[str]":
    if not rows:
        yield f"{source}: neither of the two editions states anything that the other could be compared with"
        return
    before, after = rows[0]["edition_before"], rows[0]["edition"]
    counts = [(change, sum(row["change"] == change for row in rows)) for change in CHANGES]
    yield f"{source}: edition {after} against {before}: {', '.join(f'{count} {change}' for change, count in counts)}"
    for change in CHANGES[:-1]:
        for row in rows:
            if row["change"] == change:
                yield from ("", *_edition_change(row, before, after))


def _edition_change(row: "Mapping[str, Any]", before: int, after: int) -> "Iterator[str]":
    figures = [
        _dated(row[f"year{end}"], row[f"value{end}"], row["kind"])
        for end in ("_before", "")
        if row[f"value{end}"] is not None
    ]
    detail = f" ({row['detail']})" if row["detail"] else ""
    yield f"{row['change']}{detail}  {_series(row)}: {' -> '.join(figures)}"
    for edition, words in ((before, row["statement_before"]), (after, row["statement"])):
        if words is not None:
            yield f"    {edition}  {words}"


def _difference_lines(found: "Sequence[Difference]") -> "Iterator[str]":
    if not found:
        yield "no cell of metric_year differs, and no statistic"
        return
    for table, name in TOLD.items():
        some = [one for one in found if one.table == table]
        counts = [(change, sum(one.change == change for one in some)) for change in ("added", "removed", "altered")]
        yield f"{name}s: {', '.join(f'{count:,} {change}' for change, count in counts)}"
        shown = some if table == "metric_year" else some[:SHOWN]
        for one in shown:
            yield from ("", *_difference(one))
        if len(shown) < len(some):
            yield from ("", f"and {len(some) - len(shown):,} more {name}s; --format csv gives all")
        if table == "metric_year":
            yield ""


def _difference(one: "Difference") -> "Iterator[str]":
    from pipeline.render import figure

    said = [figure(side["value"], side["qualifier"], one.kind) for side in (one.before, one.after) if side]
    named = {name: getattr(one, name) for name in ("metric", "period_type", "breakdown")}
    figures = " -> ".join(dict.fromkeys(said))
    yield f"{one.change}  {_series(named)} {one.year or ''}".rstrip() + f": {figures}"
    if one.before and one.after:
        for name in one.columns:
            if name not in ("value", "value_low", "value_high"):
                yield f"    {name}  {_shown(one.before[name])} -> {_shown(one.after[name])}"
    words = [side["statement"] for side in (one.before, one.after) if side]
    for text in dict.fromkeys(words):
        yield f"    words  {text}"


def _series(row: "Mapping[str, Any]") -> str:
    from pipeline.render import PERIODS

    parts = (PERIODS.get(row["period_type"], row["period_type"]), row["breakdown"].replace(";", ", "))
    named = ", ".join(part for part in parts if part)
    return f"{row['metric'] or 'no metric'}{f' ({named})' if named else ''}"


def _dated(year: int | None, value: float, kind: str) -> str:
    from pipeline.render import figure

    return f"{figure(value, 'exact', kind)}{f' in {year}' if year else ''}"


def _shown(value: Any) -> str:
    return "none" if value in (None, "") else str(value)
