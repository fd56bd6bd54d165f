"""The part of docs/numbers.md on rules: each with an example and a near miss of its own, which `tests/rules` runs."""

import re

from extractors.rules import Rule
from tests.docs.blocks import ROOT
from tests.rules.tables import tables
from warehouse.exports.descriptors import in_table

PAGE = ROOT / "docs/numbers.md"
HEADING = "## The rules, one by one\n"
HEAD = """
Each decision about a number is a table of rules; the first that answers decides. Of each rule the first example of its
own is shown, and behind it the first near miss, which another rule decides. The number that is meant stands in [ ], and
what it comes to behind the arrow; the edition is that of 2023, ¶ parts paragraphs. All of them are run by a test. This
part is generated; `make docs` writes it.
"""
TITLES = {
    "quantities.exclusions.EXCLUSIONS": (
        "Is it a statistic?",
        "The class of the number in the ledger, and the reason.",
    ),
    "quantities.references.REFERENCES": ("Passages whose numbers count nothing", ""),
    "pages.menus.MENUS": ("Menus that nothing calls so", "Told by their links; what they hold is no statistic."),
    "pages.numbering.NUMBERING": ("Numbers of steps, sections and lists", "What they hold is no statistic."),
    "quantities.aggregation.AGGREGATION": ("Is it a rate or an average?", ""),
    "quantities.modality.MODALITY": ("Is it aimed at, or reached?", ""),
    "quantities.attribution.ATTRIBUTION": ("Whose figure is it?", ""),
    "periods.scope.SCOPE": ("Which time does it speak of?", ""),
    "periods.stock_or_flow.STOCK_OR_FLOW": (
        "Does it stand at a moment, or add up?",
        "`as_of` is a stock at a moment, `cumulative` a total to date, `year` the flow of a year.",
    ),
    "periods.edition.EDITION": ("Which year does the page speak of?", ""),
    "metrics.vetoes.STATEMENT_VETOES": (
        "What speaks against any metric",
        "`None` is no metric: it waits in the queue.",
    ),
    "metrics.vetoes.CANDIDATE_VETOES": ("What speaks against one wording of a metric", ""),
}
"""Of each table its heading, and what its outcomes are, in the order of the steps."""


def page(before: str) -> str:
    """The page with this part made anew."""
    head, found, _ = before.partition(HEADING)
    assert found, f"{PAGE.name} has no heading {HEADING.strip()!r}"
    return head + HEADING + part()


def part() -> str:
    """All tables."""
    by_label = {table.label: table for table in tables()}
    assert set(by_label) == set(TITLES), set(by_label) ^ set(TITLES)
    lines = [HEAD.rstrip("\n")]
    for label, (title, note) in TITLES.items():
        lines += ["", f"### {title}", ""]
        lines += [note, ""] if note else []
        lines += ["| rule | example | near miss |", "| --- | --- | --- |"]
        lines += [_row(rule) for rule in by_label[label].rules]
    return "\n".join(lines) + "\n"


def _row(rule: Rule[object, object]) -> str:
    return f"| `{rule.name}` | {_shown(rule.examples)} | {_shown(rule.but_not)} |"


def _shown(examples: tuple[str, ...]) -> str:
    """The first of some examples, as code in a cell of a table."""
    text, arrow, outcome = examples[0].partition(" -> ")
    text = re.sub(r"\s*\n+\s*", " ¶ ", text.strip())
    fence = "``" if "`" in text else "`"
    came = f" → {outcome}" if arrow and outcome.strip() else ""
    return in_table(f"{fence}{text}{fence}{came}")
