"""The pages of a metric: its chart, its figures, and the words behind each."""

import csv
import io
from collections.abc import Iterator, Sequence

from warehouse.exports.values import for_csv
from warehouse.figures import signs_of
from warehouse.site.charts import Chart, chart
from warehouse.site.evidence import Row, by_series, grouped
from warehouse.site.paging import Block, joined, numbered, paged, spans
from warehouse.site.site import File, Site
from warehouse.site.wording import MARKS, PERIODS, STATUS, interval, series_name

NOT_TAKEN = ("revised", "contradicts")
AT_MOMENT = f", {PERIODS['as_of']}"
CSV_COLUMNS = (
    "source", "metric", "label", "year", "period_type", "kind", "breakdown", "value", "value_low", "value_high",
    "qualifier", "unit", "status", "edition", "statement", "captured_at", "archived_url", "capture_sha256", "fact_id",
    "citation",
)  # fmt: skip


def metric_files(site: Site, slug: str) -> Iterator[File]:
    """The pages of a metric, its figures as CSV, its charts."""
    by_source: list[Row] = []
    blocks: list[Block] = []
    for number, source in enumerate(site.of_slug[slug]):
        cells = site.cells.get((slug, source), [])
        statements = site.statements.get((slug, source), [])
        metric = site.metric(slug, source)
        file = slug if number == 0 else f"{slug}-{source}"
        lost = [row for row in statements if row["outcome"] in NOT_TAKEN]
        drawn = chart(metric["label"], metric["unit"] or "", cells, lost)
        by_source.append(_overview(site, source, metric, file, cells, statements, drawn))
        blocks += _evidence(site, slug, source, cells, statements)
        yield f"metric/{file}.csv", _csv(cells)
        for ending, svg in drawn.files.items() if drawn else ():
            yield f"metric/{file}{ending}.svg", svg
    pages = paged(blocks)
    _link_years(site, slug, by_source, pages)
    names = [(f"metric/{numbered(slug, number)}", name) for number, name in enumerate(spans(pages))]
    for at, page in enumerate(pages):
        file = names[at][0]
        label = by_source[0]["metric"]["label"]
        values = {"slug": slug, "label": label, "by_source": by_source, "at": at, "pages": names}
        yield file, site.page("metric.html", file, blocks=joined(page), **values)


def _overview(
    site: Site,
    source: str,
    metric: Row,
    file: str,
    cells: Sequence[Row],
    statements: Sequence[Row],
    drawn: Chart | None,
) -> Row:
    """What stands above the evidence of one source."""
    series = by_series(cells)
    filled = {(key, row["year"]): row for key, rows in series.items() for row in rows}
    years = sorted({row["year"] for row in (*cells, *statements)}, reverse=True)
    editions = sorted({row["edition"] for row in statements if row["edition"]})
    signs = signs_of({cell["qualifier"] for cell in cells})
    statuses = [one for one in MARKS if MARKS[one] and any(cell["status"] == one for cell in cells)]
    columns = [series_name(rows[0]) for rows in series.values()]
    at_moments = len(columns) > 1 and all(name.endswith(AT_MOMENT) for name in columns)
    return {
        **{name: site.sources[source][name] for name in ("source", "organisation", "title", "url")},
        "metric": metric,
        "file": file,
        "chart": drawn,
        "caption": _caption(cells, statements),
        "years": f"{years[-1]} to {years[0]}" if len(years) > 1 else str(years[0]),
        "editions": _editions(editions),
        "columns": [name.removesuffix(AT_MOMENT) if at_moments else name for name in columns],
        "rows": [{"year": year, "cells": [filled.get((key, year)) for key in series]} for year in years],
        "legend": "; ".join(
            [
                *(["each as of the year"] if at_moments else []),
                *signs,
                *(f"{MARKS[one].strip()} {STATUS[one]}" for one in statuses),
            ]
        ),
    }


def _evidence(site: Site, slug: str, source: str, cells: Sequence[Row], statements: Sequence[Row]) -> list[Block]:
    """A block a figure, and one a statement that it did not take, the latest year first."""
    series = ("year", "period_type", "kind", "breakdown")
    others = grouped((row for row in statements if row["outcome"] != "taken"), *series)
    blocks: list[tuple[int, str, bool]] = []
    for cell in cells:
        unit = cell["unit_stated"] if cell["unit_differs"] else cell["unit"]
        shown = {**cell, "unit_shown": "" if cell["kind"] in ("percent", "ratio") else unit}
        blocks.append((cell["year"], site.fill("metric_block.html", cell=shown, interval=interval(cell)), False))
        for row in others.pop(tuple(cell[name] for name in series), []):
            blocks.append((cell["year"], site.fill("statement.html", row=row), True))
    for (year, *_), rows in others.items():  # of cells that nothing speaks for
        blocks += [(year, site.fill("statement.html", row=row), True) for row in rows]
    blocks.sort(key=lambda block: -block[0])
    several = len(site.of_slug[slug]) > 1
    heads = {}
    for year in {year for year, *_ in blocks}:
        name = f"{site.sources[source]['organisation']}, {year}" if several else str(year)
        heads[year] = site.fill("year_head.html", anchor=site.anchor(slug, source, year), name=name)
    return [Block(html, heads[year], str(year), is_statement) for year, html, is_statement in blocks]


def _link_years(site: Site, slug: str, by_source: Sequence[Row], pages: Sequence[Sequence[Block]]) -> None:
    """Let each year of the figures lead to its evidence, and stand for it where that is on a further page."""
    first: dict[str, int] = {}
    for number, page in enumerate(pages):
        for block in page:
            first.setdefault(block.head, number)
    for one in by_source:
        for row in one["rows"]:
            anchor = site.anchor(slug, one["source"], row["year"])
            at = next((number for head, number in first.items() if f'id="{anchor}"' in head), 0)
            row["address"] = f"#{anchor}" if at == 0 else f"{numbered(slug, at)}#{anchor}"
            row["anchor"] = anchor if at else ""


def _editions(editions: Sequence[int]) -> str:
    if len(editions) > 1:
        return f"{len(editions)} editions, {editions[0]} to {editions[-1]}"
    return f"the edition of {editions[0]}" if editions else "an edition of unknown year"


def _caption(cells: Sequence[Row], statements: Sequence[Row]) -> str:
    """What the marks of the chart mean, of those that it has."""
    statuses = {row["status"] for row in cells if not row["breakdown"]}
    lost = [row for row in statements if row["outcome"] in NOT_TAKEN and not row["breakdown"]]
    ends = [(row["value_low"], row["value_high"]) for row in cells]
    told = {
        "A bar is the interval that the words claim.": any(None not in both and both[0] < both[1] for both in ends),
        "A triangle: the words say at least, or at most, so much.": any(None in both for both in ends),
        "A square was corrected, or restated by a later edition.": "revised" in statuses,
        "A cross is contradicted on its own page.": "contradicted" in statuses,
        "A hollow circle is a statement that was not taken.": bool(lost),
    }
    return " ".join(text for text, is_so in told.items() if is_so)


def _csv(cells: Sequence[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    in_order = (row for rows in by_series(cells).values() for row in rows)
    writer.writerows([for_csv(row[name]) for name in CSV_COLUMNS] for row in in_order)
    return text.getvalue()
