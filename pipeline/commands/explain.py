"""`impact explain`: what stands behind a figure of the table."""

import click

from pipeline.render import PERIODS, figure
from pipeline.terminal import say
from warehouse.home import Home
from warehouse.queries import Check, Explanation, Statement, as_text
from warehouse.queries import explain as explanations
from warehouse.release import published_database

STATUS = {
    "single": "one statement",
    "agreed": "several statements, which agree",
    "revised": "restated by a later edition",
    "contradicted": "contradicted by another statement",
}
BASIS = {
    "stated": "dated by the sentence itself",
    "derived": "dated by a span of years the sentence gives",
    "context": "dated by the sentence before",
    "heading": "dated by its heading",
    "edition": "dated by the edition",
}


@click.command(short_help="every statement behind a figure")
@click.argument("metric")
@click.argument("year", type=click.IntRange(1, 9999))
def explain(metric: str, year: int) -> int:
    """Show every statement behind the figures of METRIC in YEAR: its words, its capture, why it was taken or not.

    Also shown: what was repaired in a number, and the sums and shares it enters.

    \b
    Exit status: 0 done; 1 nothing is published; 2 no such metric, or nothing stated for that year.

    \b
    Example:
      impact explain cybertipline_reports 2021
    """
    found = explanations(published_database(Home.from_environment()), metric, year)
    # The year's own figure first, then its parts, then what was counted since a beginning.
    found.sort(key=lambda one: (one.source, one.period_type != "year", one.breakdown != ""))
    for number, one in enumerate(found):
        say(*([""] if number else []), *_lines(one))
    return 0


def _lines(one: Explanation) -> list[str]:
    named = ", ".join(part for part in (PERIODS[one.period_type], one.breakdown.replace(";", ", ")) if part)
    title = f"{one.metric} {one.year}" + (f" ({named})" if named else "")
    lines = [
        f"{title}: {figure(one.value, one.qualifier, one.kind, one.unit)}",
        f"{one.label}; source {one.source}; {STATUS[one.status]}",
    ]
    for statement in one.statements:
        lines += ["", *_statement(one, statement)]
    if one.checks:
        lines += ["", *(_check(check) for check in one.checks)]
    return lines


def _statement(one: Explanation, statement: Statement) -> list[str]:
    edition = f"edition {statement.edition}" if statement.edition else "edition unknown"
    said = figure(statement.value, statement.qualifier, one.kind, statement.unit)
    lines = [f"  {statement.outcome}: {said}, {edition}, {BASIS[statement.period_basis]}; {statement.reason}"]
    if statement.headings:
        lines.append(f"    under   {' > '.join(statement.headings)}")
    lines.append(f"    words   {statement.sentence}")
    if statement.surface != statement.sentence:
        lines.append(f"    number  {statement.surface}")
    lines += [f"    note    {remark}" for remark in statement.remarks]
    seen = f"{statement.first_seen:%Y-%m-%d}"
    if statement.last_seen.date() != statement.first_seen.date():
        seen += f" to {statement.last_seen:%Y-%m-%d}"
    lines.append(f"    seen    {seen}, capture {statement.capture_sha256[:12]} in {statement.warc_file}")
    link = statement.text_fragment_url or statement.archived_url or statement.url
    return [*lines, f"    link    {link}"] if link else lines


def _check(check: Check) -> str:
    parts = " + ".join(f"{as_text(value)} ({breakdown})" for breakdown, value in check.parts.items())
    edition = f"edition {check.edition}" if check.edition else "edition unknown"
    held = (
        "holds" if check.outcome == "holds" else f"{check.outcome}: the difference is {as_text(check.lhs - check.rhs)}"
    )
    within = f", within {as_text(check.tolerance)}" if check.tolerance else ""
    return f"  check: {parts} = {as_text(check.rhs)} {held}{within} ({check.identity}, {edition})"
