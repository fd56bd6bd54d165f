"""The first page and the lists: editions, what is new, disagreements, the queue, decisions, the ledger."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from warehouse.site.evidence import Row, grouped
from warehouse.site.paging import Block, joined, numbered, paged
from warehouse.site.site import File, Site
from warehouse.site.wording import words

NEWS = 8
"""Changes that the first page shows."""
LEDGER_ROWS = 250
"""Captures in one table of the ledger."""
CHANGES = ("new", "restated", "dropped", "reworded", "unchanged")
LEADS = {
    "changes.html": (
        "What is new",
        "Each edition against the one before it, the latest first. Restated is another figure for the same year; "
        "dropped, what the edition no longer states; reworded, the same thing put in other words, whatever its figure. "
        "What both say in the same words is only counted.",
        "There is one edition only, so there is nothing to compare.",
    ),
    "disagreements.html": (
        "Disagreements",
        "Figures that are stated twice and do not meet: contradictions on the page of one edition, and revisions.",
        "No two statements disagree.",
    ),
    "queue.html": (
        "Queue",
        "Statistics that have no metric yet: nothing is published of them until somebody settles what they are.",
        "No statistic waits.",
    ),
    "decisions.html": (
        "Decisions",
        "What people settled about statements by hand: who, when, and why.",
        "Nobody has settled anything: every figure is as the rules read it.",
    ),
    "editions.html": (
        "Editions",
        "The latest text of each edition, with every number marked by what became of it.",
        "Nothing has been read.",
    ),
    "ledger.html": (
        "Ledger",
        "Every number of every page that was archived: a statistic, or excluded for a reason. None is lost; the "
        "editions show each where it stands.",
        "Nothing has been read.",
    ),
}
"""Of each list its heading, what it holds, and what is said where it holds nothing."""


def first_page(site: Site) -> File:
    """The way in: search, what is new, and which edition states which metric."""
    sources = [_source(site, source) for source in site.evidence.sources]
    return "index.html", site.page("index.html", "index.html", sources=sources)


def list_files(site: Site) -> Iterator[File]:
    """All lists, each parted into pages."""
    macros = site.macros("blocks.html")
    lists = {
        "changes.html": _changes(site, macros),
        "disagreements.html": _disagreements(site, macros),
        "queue.html": [Block(macros.queued(row), macros.queued_head(row)) for row in site.evidence.queue],
        "decisions.html": [Block(macros.decision(row)) for row in site.evidence.decisions],
        "editions.html": _tables(site, macros, [row for row in _ledger(site) if row["latest_of_edition"]]),
        "ledger.html": _tables(site, macros, [*_ledger(site)]),
    }
    for file, blocks in lists.items():
        heading, lead, nothing = LEADS[file]
        pages = paged(blocks or [Block(macros.nothing(nothing))])
        names = [(numbered(file.removesuffix(".html"), number), str(number + 1)) for number in range(len(pages))]
        for at, page in enumerate(pages):
            values = {"heading": heading, "lead": lead, "at": at, "pages": names, "blocks": joined(page)}
            yield names[at][0], site.page("list.html", file, **values)


def _source(site: Site, source: Row) -> Row:
    """What the first page shows of a source."""
    evidence, name = site.evidence, source["source"]
    coverage = [row for row in evidence.coverage if row["source"] == name]
    editions = sorted({row["edition"] for row in coverage}, reverse=True)
    states = {(row["metric"], row["edition"]): row["state"] for row in coverage}
    texts = {row["edition"]: row["page"] for row in evidence.shown if row["source"] == name}
    rows, never = [], []
    for metric in (row for row in evidence.metrics if row["source"] == name):
        slug, label = metric["metric"], metric["label"]
        if name not in site.of_slug.get(slug, []):
            never.append(label)
            continue
        latest = next((row for row in site.cells.get((slug, name), []) if not row["breakdown"]), None)
        found = [states.get((slug, edition), "never") for edition in editions]
        rows.append({"metric": slug, "label": label, "latest": latest, "states": found})
    changes = [
        row
        for row in evidence.changes
        if row["source"] == name and row["edition"] == source["last_edition"] and row["edition_before"]
    ]
    news = [row for row in changes if row["change"] != "unchanged"]
    return {
        **source,
        "columns": [(edition, texts.get(edition)) for edition in editions],
        "rows": sorted(rows, key=lambda row: row["label"].lower()),
        "never": sorted(never),
        "news": news[:NEWS],
        "more_news": len(news[NEWS:]),
        "news_counts": _counts(changes),
        "edition_before": changes[0]["edition_before"] if changes else None,
    }


def _changes(site: Site, macros: Any) -> list[Block]:
    blocks = []
    for (_, _, before), rows in grouped(site.evidence.changes, "source", "edition", "edition_before").items():
        if before is not None:
            head = macros.changes_head(rows[0], _counts(rows))
            told = [Block(macros.change(row), head) for row in rows if row["change"] != "unchanged"]
            blocks += told or [Block(macros.nothing("All as it was."), head)]
    return blocks


def _disagreements(site: Site, macros: Any) -> list[Block]:
    at_once = macros.heading("On one page at once")
    later = macros.heading("Corrected, or restated by a later edition")
    blocks = [Block(macros.contradiction(row), at_once) for row in site.evidence.contradictions]
    return blocks + [Block(macros.revision(row), later) for row in site.evidence.revisions]


def _tables(site: Site, macros: Any, rows: Sequence[Row]) -> list[Block]:
    """The ledger of each source, in tables that fit a page."""
    blocks = []
    for (source,), some in grouped(rows, "source").items():
        head = macros.heading(site.sources[source]["organisation"])
        blocks += [Block(macros.ledger(some[at : at + LEDGER_ROWS]), head) for at in range(0, len(some), LEDGER_ROWS)]
    return blocks


def _ledger(site: Site) -> Iterator[Row]:
    """A row a capture, the latest edition first: how many numbers it holds, and what became of them."""
    counts = grouped(site.evidence.ledger, "source", "capture_sha256")
    latest = {row["page"] for row in site.evidence.shown if row["page"] == row["latest"]}
    captures = sorted(
        site.evidence.captures, key=lambda row: (row["source"], -(row["edition"] or 0), row["captured_at"])
    )
    for capture in captures:
        page = site.texts.get((capture["source"], capture["sha256"]))
        rows = counts.get((capture["source"], capture["sha256"]), [])
        note = f"refused: {capture['refused']}" if capture["refused"] else ""
        if capture["sighting_of"] and not note:
            note = "says the same as an earlier one, word for word"
        yield {
            **capture,
            "page": page,
            "latest_of_edition": page in latest and not note,
            "note": note,
            "total": sum(row["numerals"] for row in rows),
            "facts": sum(row["numerals"] for row in rows if row["disposition"] == "fact"),
            "reasons": ", ".join(f"{words(row['reason'])} ({row['numerals']})" for row in rows if row["reason"]),
        }


def _counts(rows: Sequence[Row]) -> str:
    found = Counter(row["change"] for row in rows)
    return ", ".join(f"{found[name]:,} {name}" for name in CHANGES if found[name])
