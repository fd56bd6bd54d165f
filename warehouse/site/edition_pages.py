"""The page of an edition: its text, in which every number shows what became of it."""

import re
from collections import Counter
from collections.abc import Sequence

from warehouse.site.evidence import Row, grouped
from warehouse.site.site import File, Site
from warehouse.site.text import pieces

OTHERS = 12
"""Other readings of an edition that its page links to."""
LOOKS = {
    "mapped": "of metrics",
    "queued": "with no metric yet",
    "aside": "not followed or not believed",
    "none": "no statistic",
}
"""The classes by which numbers are shown, and what they mean."""
_ROW = re.compile(r".*/tr(?:\[\d+\])?(?=/)")
_IN_TABLES = ("table_cell", "table_header")


def edition_file(site: Site, capture: Row, passages: Sequence[Row], numerals: Sequence[Row]) -> File:
    """The page of an edition's text as one capture has it."""
    readings = [row for row in site.evidence.shown if row["latest"] == capture["latest"]][::-1]
    others = [row for row in readings if row["page"] != capture["page"]]
    found = Counter(look(row) for row in numerals)
    kinds = ", ".join(f"{found[name]:,} {meaning}" for name, meaning in LOOKS.items() if found[name])
    values = {
        "capture": capture,
        "counts": f"{len(numerals):,}: {kinds}" if numerals else "none",
        "others": others[:OTHERS],
        "more": len(others[OTHERS:]),
        "beside": _beside(site, capture),
        "text": _text(site, passages, numerals),
    }
    file = f"edition/{capture['page']}.html"
    return file, site.page("edition.html", file, **values)


def _beside(site: Site, capture: Row) -> tuple[Row | None, Row | None]:
    """The editions before and after, as each reads now."""
    source, edition = capture["source"], capture["edition"]
    if edition is None:
        return None, None
    texts = [row for row in site.evidence.shown if row["source"] == source and row["page"] == row["latest"]]
    by_year = {row["edition"]: row for row in texts if row["edition"] is not None}
    earlier = max((year for year in by_year if year < edition), default=None)
    later = min((year for year in by_year if year > edition), default=None)
    return by_year.get(earlier), by_year.get(later)


def look(numeral: Row) -> str:
    """By which class a number is shown."""
    if not numeral["fact_id"]:
        return "none"
    if numeral["held_back"] or numeral["dismissed"]:
        return "aside"
    return "mapped" if numeral["metric"] else "queued"


def _text(site: Site, passages: Sequence[Row], numerals: Sequence[Row]) -> str:
    by_passage = grouped(numerals, "passage_index")
    parts: list[str] = []
    number, row_of_table = 0, ""
    for at, passage in enumerate(passages):
        here = _table_row(passage)
        if here != row_of_table:
            parts += ["</div>"] if row_of_table else []
            parts += ['<div class="row">'] if here else []
            row_of_table = here
        rows = []
        for numeral in by_passage.get((passage["passage_index"],), []):
            rows.append({**numeral, "look": look(numeral), "card": f"c{number}"})
            number += 1
        tag, heads = _placed(passage)
        if heads in {beside["text"] for beside in (*passages[max(at - 1, 0) : at], *passages[at + 1 : at + 2])}:
            heads = ""  # a tile whose label stands beside it
        parts.append(
            site.fill(
                "passage.html", tag=tag, look=f"{passage['kind']} {passage['region']}", heads=heads,
                pieces=pieces(passage["text"], rows),
            )
        )  # fmt: skip
    return "".join([*parts, *(["</div>"] if row_of_table else [])])


def _table_row(passage: Row) -> str:
    """The place of the row of a table that a cell stands in; empty for what is no cell."""
    found = _ROW.match(passage["xpath"]) if passage["kind"] in _IN_TABLES else None
    return found[0] if found else ""


def _placed(passage: Row) -> tuple[str, str]:
    """Element of a passage, and the words that name it elsewhere on its page."""
    if passage["kind"] == "heading":
        return "h3", ""
    if passage["kind"] not in (*_IN_TABLES, "tile"):
        return "p", ""
    names = [name for column in ("labels", "row_headers", "column_headers") for name in passage[column] or []]
    return "cell", " · ".join(names) if passage["kind"] != "table_header" else ""
