"""The pages of the site: rows of the tables into the templates, a page after the other."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from warehouse.exports.values import for_csv
from warehouse.site.charts import Chart, chart
from warehouse.site.evidence import Evidence, Row, by_series, grouped
from warehouse.site.text import pieces, visible
from warehouse.site.wording import FILTERS, MARKS, STATUS, breakdown, figure, interval, series_name, words

HERE = Path(__file__).parent
MENU = (
    ("index.html", "Metrics"),
    ("editions.html", "Editions"),
    ("changes.html", "What is new"),
    ("disagreements.html", "Disagreements"),
    ("queue.html", "Queue"),
    ("decisions.html", "Decisions"),
    ("ledger.html", "Ledger"),
)
PAGE_BYTES = 150_000
"""Of lists on one page; with its head, figures and foot a page then stays below 200 kB."""
STATEMENTS_A_PAGE = 200
NEWS = 8
"""Changes that the first page shows."""
OTHERS = 12
"""Other readings of an edition that its page links to."""
SIGNS = {
    ">": "> more than", "≥": "≥ at least", "<": "< less than", "≤": "≤ up to", "~": "~ about", "…": "… the low end of a range",
}  # fmt: skip
CSV_COLUMNS = (
    "source", "metric", "label", "year", "period_type", "kind", "breakdown", "value", "value_low", "value_high",
    "qualifier", "unit", "status", "edition", "statement", "captured_at", "archived_url", "capture_sha256", "fact_id",
    "citation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a long list, which may begin a page."""

    html: str
    head: str = ""
    """What stands above the pieces of its group: before the first, and again on each further page."""
    statement: bool = False
    year: str = ""
    """The anchor of its group."""


class Pages:
    """All pages of the site, as pairs of a file's name and its text."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.slugs = set(evidence.slugs)
        self._sources = {row["source"]: row for row in evidence.sources}
        self._metrics = {(row["source"], row["metric"]): row for row in evidence.metrics}
        self._cells = grouped(evidence.cells, "metric", "source")
        self._statements = grouped(evidence.statements, "metric", "source")
        self._pages = {(row["source"], row["sha256"]): row["page"] for row in evidence.shown}
        self._of_slug = {
            slug: [one for one in self._sources if (slug, one) in self._cells or (slug, one) in self._statements]
            for slug in evidence.slugs
        }
        self._years = {
            (row["metric"], row["source"], row["year"]) for row in (*evidence.cells, *evidence.statements)
        }
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE / "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            undefined=jinja2.StrictUndefined,
        )
        self._templates.filters |= FILTERS
        self._templates.filters |= {
            "metric_page": lambda slug: f"metric/{slug}.html",
            "metric_href": self._metric_href,
            "fact_page": self._fact_page,
        }
        self._templates.globals |= {
            "menu": MENU,
            "release": evidence.release,
            "slugs": self.slugs,
            "organisations": {name: row["organisation"] for name, row in self._sources.items()},
        }
        self._blocks: Any = self._templates.get_template("blocks.html").make_module()

    def metric(self, slug: str) -> Iterator[tuple[str, str]]:
        """The pages of a metric, its figures as CSV and its charts."""
        by_source, blocks = [], []
        for number, source in enumerate(self._of_slug[slug]):
            cells = self._cells.get((slug, source), [])
            statements = self._statements.get((slug, source), [])
            lost = [row for row in statements if row["outcome"] in ("revised", "contradicts")]
            metric = self._metrics.get((source, slug)) or _unknown_metric(slug)
            file = slug if number == 0 else f"{slug}-{source}"
            drawn = chart(metric["label"], metric["unit"] or "", cells, lost) if cells else None
            by_source.append(self._of_source(source, metric, file, cells, statements, drawn))
            blocks += self._evidence_blocks(slug, source, cells, statements)
            yield f"metric/{file}.csv", _csv(cells)
            for ending, svg in drawn.files.items() if drawn else ():
                yield f"metric/{file}{ending}.svg", svg
        label = by_source[0]["metric"]["label"]
        pages = paged(blocks)
        where = {block.year: number for number, page in reversed([*enumerate(pages)]) for block in page}
        for one in by_source:
            for row in one["rows"]:
                anchor = self._anchor(slug, one["source"], row["year"])
                at = where.get(anchor, 0)
                row["href"] = f"#{anchor}" if at == 0 else f"{slug}-{at + 1}.html#{anchor}"
                row["anchor"] = anchor if at else ""
        names = [(_numbered(slug, number), _span(page)) for number, page in enumerate(pages)]
        for at, page in enumerate(pages):
            yield (
                f"metric/{names[at][0]}",
                self._render(
                    "metric.html", "../", "", slug=slug, label=label, by_source=by_source, at=at, pages=names,
                    blocks=_joined(page),
                ),
            )  # fmt: skip

    def _of_source(
        self, source: str, metric: Row, file: str, cells: list[Row], statements: list[Row], drawn: Chart | None
    ) -> Row:
        series = by_series(cells)
        years = sorted({row["year"] for row in (*cells, *statements)}, reverse=True)
        filled = {(key, row["year"]): row for key, rows in series.items() for row in rows}
        editions = sorted({row["edition"] for row in statements if row["edition"]})
        signs = {sign: meaning for sign, meaning in SIGNS.items() if any(sign in figure(cell) for cell in cells)}
        used = [*signs.values(), *(f"{MARKS[one].strip()} {STATUS[one]}" for one in MARKS if MARKS[one] and any(
            cell["status"] == one for cell in cells))]  # fmt: skip
        return {
            "source": source,
            "organisation": self._sources[source]["organisation"],
            "title": self._sources[source]["title"],
            "url": self._sources[source]["url"],
            "metric": metric,
            "file": file,
            "chart": drawn,
            "caption": _caption(cells, statements),
            "years": f"{years[-1]} to {years[0]}" if len(years) > 1 else str(years[0]),
            "editions": f"{len(editions)} editions, {editions[0]} to {editions[-1]}" if len(editions) > 1
            else f"the edition of {editions[0]}" if editions else "an edition of unknown year",
            "columns": [series_name(rows[0]) for rows in series.values()],
            "rows": [{"year": year, "cells": [filled.get((key, year)) for key in series]} for year in years],
            "legend": "; ".join(used),
        }  # fmt: skip

    def _evidence_blocks(self, slug: str, source: str, cells: list[Row], statements: list[Row]) -> list[Block]:
        series = ("year", "period_type", "kind", "breakdown")
        others = grouped([row for row in statements if row["outcome"] != "taken" or row["precedence"] != 1], *series)
        items: list[tuple[int, str, bool]] = []
        figure_of = self._templates.get_template("metric_block.html")
        statement_of = self._templates.get_template("statement.html")
        for cell in cells:
            shown = {**cell, "unit_shown": cell["unit_stated"] if cell["unit_differs"] else cell["unit"]}
            if cell["kind"] in ("percent", "ratio"):
                shown["unit_shown"] = ""
            items.append((cell["year"], figure_of.render(cell=shown, interval=interval(cell)), False))
            items += [
                (cell["year"], statement_of.render(row=row), True)
                for row in others.pop(tuple(cell[name] for name in series), [])
            ]
        for (year, *_), rows in others.items():  # of cells that nothing speaks for
            items += [(year, statement_of.render(row=row), True) for row in rows]
        items.sort(key=lambda item: -item[0])
        blocks = []
        for year, html, is_statement in items:
            anchor = self._anchor(slug, source, year)
            name = str(year) if len(self._of_slug[slug]) == 1 else f"{self._sources[source]['organisation']}, {year}"
            head = f'<h3 id="{anchor}">{jinja2.utils.markupsafe.escape(visible(name))}</h3>\n'
            blocks.append(Block(html, head, is_statement, anchor))
        return blocks

    def edition(self, capture: Row, passages: Sequence[Row], numerals: Sequence[Row]) -> tuple[str, str]:
        """The page of an edition's text as one capture has it."""
        by_passage = grouped(numerals, "passage_index")
        template = self._templates.get_template("passage.html")
        seen: set[str] = set()
        parts, index = [], 0
        for passage in passages:
            rows = []
            for numeral in by_passage.get((passage["passage_index"],), []):
                row = {**numeral, "look": look(numeral), "anchor": "", "index": index}
                if row["fact_id"] and row["fact_id"] not in seen:
                    seen.add(row["fact_id"])
                    row["anchor"] = f"f-{row['fact_id']}"
                index += 1
                rows.append(row)
            tag, classes, heads = _placed(passage)
            parts.append(
                template.render(tag=tag, look=classes, heads=heads, pieces=pieces(passage["text"], rows))
            )
        found = Counter(look(row) for row in numerals)
        names = {"mapped": "of metrics", "queued": "with no metric yet", "aside": "not followed or not believed", "none": "no statistic"}
        counts = {
            "total": len(numerals),
            "text": ", ".join(f"{found[name]:,} {text}" for name, text in names.items() if found[name]) or "none",
        }
        same = [
            row for row in self.evidence.shown if row["latest"] == capture["latest"] and row["page"] != capture["page"]
        ][::-1]
        text = jinja2.utils.markupsafe.Markup("".join(parts))
        page = self._render(
            "edition.html", "../", "", capture=capture, counts=counts, others=same[:OTHERS],
            more=len(same) - len(same[:OTHERS]), text=text,
        )  # fmt: skip
        return f"edition/{capture['page']}.html", page

    def lists(self) -> Iterator[tuple[str, str]]:
        """The first page and the lists: editions, changes, disagreements, queue, decisions, ledger."""
        evidence, blocks = self.evidence, self._blocks
        yield "index.html", self._render("index.html", "", "index.html", sources=[*map(self._overview, evidence.sources)])
        changes = []
        for (source, edition), rows in grouped(evidence.changes, "source", "edition").items():
            before = rows[0]["edition_before"]
            if before is None:
                continue
            head = blocks.changes_head({"source": source, "edition": edition, "edition_before": before}, _counts(rows))
            told = [row for row in rows if row["change"] != "unchanged"]
            changes += [Block(blocks.change(row), head) for row in told] or [Block(blocks.nothing("All as it was."), head)]
        yield from self._list(
            "changes.html", "What is new", "Each edition against the one before it, the latest first. What is said in both as it was is counted only.",
            changes, "There is one edition only, so there is nothing to compare.",
        )  # fmt: skip
        disagreements = [
            *(Block(blocks.contradiction(row), blocks.heading("On one page at once")) for row in evidence.contradictions),
            *(Block(blocks.revision(row), blocks.heading("Corrected, or restated by a later edition")) for row in evidence.revisions),
        ]
        yield from self._list(
            "disagreements.html", "Disagreements", "Figures that are stated twice and do not meet: contradictions on the page of one edition, and revisions.",
            disagreements, "No two statements disagree.",
        )  # fmt: skip
        queue = [Block(blocks.queued(row), blocks.queued_head(row)) for row in evidence.queue]
        yield from self._list(
            "queue.html", "Queue", "Statistics that have no metric yet. Nothing is published of them; `impact decide` settles one.",
            queue, "No statistic waits.",
        )  # fmt: skip
        decisions = [Block(blocks.decision(row)) for row in evidence.decisions]
        yield from self._list(
            "decisions.html", "Decisions", "What people settled about statements by hand: who, when, and why.",
            decisions, "Nobody has settled anything: every figure is as the rules read it.",
        )  # fmt: skip
        yield from self._list(
            "editions.html", "Editions", "The latest text of each edition, with every number marked by what became of it.",
            [Block(blocks.ledger(rows), blocks.heading(self._sources[source]["organisation"])) for (source,), rows in
             grouped(self._ledger(latest=True), "source").items()], "Nothing has been read.",
        )  # fmt: skip
        rows = [Block(blocks.ledger(some), blocks.heading(self._sources[source]["organisation"])) for (source,), whole in
                grouped(self._ledger(latest=False), "source").items() for some in _chunks(whole)]  # fmt: skip
        yield from self._list(
            "ledger.html", "Ledger", "Every number of every page that was archived: a statistic, or excluded for a reason. None is lost; the editions show each where it stands.",
            rows, "Nothing has been read.",
        )  # fmt: skip

    def search_index(self) -> str:
        """The script file that the search looks into: pages opened from disk may not fetch."""
        metrics = []
        for slug in self.evidence.slugs:
            metric = self._metrics.get((self._of_slug[slug][0], slug)) or _unknown_metric(slug)
            metrics.append([f"metric/{slug}.html", metric["label"], f"{words(slug)}. {metric['description'] or ''}"])
        sentences: dict[tuple[Any, ...], list[str]] = {}
        for row in (*self.evidence.statements, *self.evidence.queue):
            key = (row["source"], row["edition"], row["sentence"])
            page = self._fact_page(row)
            if page and key not in sentences:
                sentences[key] = [f"edition/{page}", visible(row["sentence"]), f"edition {row['edition'] or 'unknown'}"]
        found = json.dumps({"metrics": metrics, "sentences": [*sentences.values()]}, indent=0)
        return f"window.impactIndex = {found};\n"

    def _overview(self, source: Row) -> Row:
        name = source["source"]
        editions = sorted({row["edition"] for row in self.evidence.coverage if row["source"] == name})
        latest = {row["edition"]: row["page"] for row in self.evidence.shown if row["source"] == name and row["page"] == row["latest"]}
        states = grouped([row for row in self.evidence.coverage if row["source"] == name], "metric")
        rows, never = [], []
        for metric in (row for row in self.evidence.metrics if row["source"] == name):
            slug = metric["metric"]
            if (slug, name) not in self._cells and (slug, name) not in self._statements:
                never.append(metric["label"])
                continue
            by_edition = {row["edition"]: row["state"] for row in states.get((slug,), [])}
            totals = [row for row in self._cells.get((slug, name), []) if not row["breakdown"]]
            rows.append({
                "metric": slug, "label": metric["label"], "latest": totals[0] if totals else None,
                "states": [by_edition.get(edition, "never") for edition in editions],
            })  # fmt: skip
        changes = [row for row in self.evidence.changes if row["source"] == name and row["edition"] == source["last_edition"] and row["edition_before"]]
        return {
            **source,
            "columns": [(edition, latest.get(edition)) for edition in editions],
            "rows": sorted(rows, key=lambda row: row["label"].lower()),
            "never": sorted(never),
            "news": [row for row in changes if row["change"] != "unchanged"][:NEWS],
            "news_counts": _counts(changes),
            "edition_before": changes[0]["edition_before"] if changes else None,
        }

    def _ledger(self, *, latest: bool) -> Iterator[Row]:
        counts = grouped(self.evidence.ledger, "source", "capture_sha256")
        for capture in sorted(self.evidence.captures, key=lambda row: (row["source"], -(row["edition"] or 0), row["captured_at"])):
            page = self._pages.get((capture["source"], capture["sha256"]))
            newest = page == f"{capture['source']}-{capture['edition'] or 'unknown'}"
            if latest and not newest:
                continue
            rows = counts.get((capture["source"], capture["sha256"]), [])
            note = capture["refused"] and f"refused: {capture['refused']}"
            if not note and capture["sighting_of"]:
                note = "says the same as an earlier one, word for word"
            yield {
                **capture,
                "page": page,
                "note": note,
                "total": sum(row["numerals"] for row in rows),
                "facts": sum(row["numerals"] for row in rows if row["disposition"] == "fact"),
                "reasons": ", ".join(f"{words(row['reason'])} {row['numerals']}" for row in rows if row["reason"]),
            }

    def _list(self, file: str, heading: str, lead: str, blocks: list[Block], none: str) -> Iterator[tuple[str, str]]:
        pages = paged(blocks or [Block(self._blocks.nothing(none))])
        stem = file.removesuffix(".html")
        names = [(_numbered(stem, number), str(number + 1)) for number in range(len(pages))]
        for at, page in enumerate(pages):
            yield (
                names[at][0],
                self._render("list.html", "", file, heading=heading, lead=lead, at=at, pages=names, blocks=_joined(page)),
            )

    def _render(self, template: str, up: str, here: str, **values: Any) -> str:
        text = self._templates.get_template(template).render(up=up, here=here, **values)
        return "\n".join(line.rstrip() for line in text.splitlines() if line.strip()) + "\n"

    def _anchor(self, slug: str, source: str, year: int) -> str:
        return str(year) if self._of_slug[slug][0] == source else f"{source}-{year}"

    def _metric_href(self, row: Row) -> str:
        page = f"metric/{row['metric']}.html"
        if (row["metric"], row["source"], row["year"]) not in self._years:
            return page
        return f"{page}#{self._anchor(row['metric'], row['source'], row['year'])}"

    def _fact_page(self, row: Row) -> str:
        page = self._pages.get((row["source"], row["capture_sha256"]))
        return f"{page}.html#f-{row['fact_id']}" if page else ""


def paged(blocks: Sequence[Block]) -> list[list[Block]]:
    """Blocks as pages, each of so many bytes and statements at most."""
    pages: list[list[Block]] = [[]]
    size = statements = 0
    for block in blocks:
        bytes_of = len((block.head + block.html).encode())
        if pages[-1] and (size + bytes_of > PAGE_BYTES or statements + block.statement > STATEMENTS_A_PAGE):
            pages.append([])
            size = statements = 0
        pages[-1].append(block)
        size += bytes_of
        statements += block.statement
    return pages


def look(numeral: Row) -> str:
    """By which class a number is shown."""
    if not numeral["fact_id"]:
        return "none"
    if numeral["held_back"] or numeral["dismissed"]:
        return "aside"
    return "mapped" if numeral["metric"] else "queued"


def _joined(page: Sequence[Block]) -> Any:
    parts, head = [], None
    for block in page:
        if block.head != head:
            parts.append(block.head)
            head = block.head
        parts.append(block.html)
    return jinja2.utils.markupsafe.Markup("\n".join(parts))


def _placed(passage: Row) -> tuple[str, str, str]:
    """Element, classes and the words that stand over a passage elsewhere on its page."""
    kind, region = passage["kind"], passage["region"]
    classes = f"{kind} {region}"
    if kind in ("table_cell", "table_header", "tile"):
        names = [*(passage["labels"] or []), *(passage["row_headers"] or []), *(passage["column_headers"] or [])]
        return ("cell", classes, " · ".join(names) if kind != "table_header" else "")
    return ("h3" if kind == "heading" else "p"), classes, ""


def _caption(cells: Sequence[Row], statements: Sequence[Row]) -> str:
    told = ["A bar is the interval that the words claim; a triangle, that they bound it on one side only."]
    statuses = {row["status"] for row in cells}
    if "revised" in statuses:
        told.append("A square was corrected or restated.")
    if "contradicted" in statuses:
        told.append("A cross is contradicted on its page.")
    if any(row["outcome"] in ("revised", "contradicts") and not row["breakdown"] for row in statements):
        told.append("A hollow circle is a statement that was not taken.")
    return " ".join(told)


def _counts(rows: Sequence[Row]) -> str:
    found = Counter(row["change"] for row in rows)
    return ", ".join(f"{found[name]:,} {name}" for name in ("new", "restated", "dropped", "reworded", "unchanged") if found[name])


def _csv(cells: Sequence[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    in_order = sorted(cells, key=lambda row: (row["period_type"] != "year", row["period_type"], row["kind"], row["breakdown"], row["year"]))
    writer.writerows([for_csv(row[name]) for name in CSV_COLUMNS] for row in in_order)
    return text.getvalue()


def _chunks(rows: list[Row], most: int = 250) -> Iterator[list[Row]]:
    for at in range(0, len(rows), most):
        yield rows[at : at + most]


def _numbered(stem: str, number: int) -> str:
    return f"{stem}.html" if number == 0 else f"{stem}-{number + 1}.html"


def _span(page: Sequence[Block]) -> str:
    first, last = page[0].year, page[-1].year
    return first if first == last else f"{first} to {last}"


def _unknown_metric(slug: str) -> Row:
    return {"metric": slug, "label": words(slug), "unit": "", "measure": "", "description": "", "dimensions": None}
