"""`impact explain`: what stands behind a figure of the table."""

import click

from pipeline.render import BASIS, PERIODS, figure, show
from warehouse.explanations import Change, Check, Explanation, Statement
from warehouse.explanations import explain as explanations
from warehouse.home import Home
from warehouse.queries import as_text
from warehouse.release import published_database

STATUS = {
    "single": "one statement",
    "agreed": "several statements, which agree",
    "revised": "corrected, or restated by a later edition",
    "contradicted": "contradicted by another statement on the page of the same edition",
}
CHANGES = {"change": "change", "change_percent": "change", "multiplier": "multiplied"}


@click.command(short_help="every statement behind a figure")
@click.argument("metric")
@click.argument("year", type=click.IntRange(1, 9999))
def explain(metric: str, year: int) -> int:
    """Show every statement behind the figures of METRIC in YEAR: its words, its capture, why it was taken or not.

    \b
    Which statement is taken is decided in four steps:
      1  what has gone from its edition's page, while the page states the figure otherwise, was corrected and is out
      2  the latest edition leads; within it the exact statement, then the narrower, then the first on the page
      3  of the statements that meet what the leader claims the exact is taken, then the narrower, then the later
      4  what does not meet it was revised; what stands beside it on the page of one edition contradicts it

    A figure that a person settled says by which decision, by whom and why, and what the page says instead.

    Also shown: what was repaired in a number, the sums and shares it enters, changes that are stated of the year, and
    statements that are held back because they cannot be believed.

    \b
    Exit status: 0 done; 1 nothing is published; 2 no such metric, or nothing stated for that year.

    \b
    Example:
      impact explain cybertipline_reports 2021
    """
    found = explanations(published_database(Home.from_environment()), metric, year)
    # The year's own figure first, then its parts, then what was counted since a beginning.
    cells = sorted(found.cells, key=lambda one: (one.source, one.period_type != "year", one.breakdown != ""))
    blocks = [_lines(one) for one in cells]
    if found.held_back:
        held = (line for statement in found.held_back for line in ("", *_statement("count", statement)))
        blocks.append([f"{metric} {year}: held back", *held])
    if found.changes:
        blocks.append([f"{metric} {year}: changes", *(line for one in found.changes for line in _change(one))])
    for number, lines in enumerate(blocks):
        show(*([""] if number else []), *lines)
    return 0


def _change(one: Change) -> list[str]:
    edition = f"edition {one.edition}" if one.edition else "edition unknown"
    part = f" ({one.breakdown.replace(';', ', ')})" if one.breakdown else ""
    base = f" from {one.base_year}" if one.base_year else ""
    return [
        "",
        f"  {CHANGES[one.kind]}: {figure(one.value, one.qualifier, one.kind, one.unit)}{base}{part}, {edition}",
        f"    words   {one.sentence}",
    ]


def _lines(one: Explanation) -> list[str]:
    named = ", ".join(part for part in (PERIODS[one.period_type], one.breakdown.replace(";", ", ")) if part)
    title = f"{one.metric} {one.year}" + (f" ({named})" if named else "")
    lines = [
        f"{title}: {figure(one.value, one.qualifier, one.kind, one.unit)}",
        f"{one.label}; source {one.source}; {STATUS[one.status]}",
    ]
    for statement in one.statements:
        lines += ["", *_statement(one.kind, statement)]
    if one.checks:
        lines += ["", *(_check(check) for check in one.checks)]
    return lines


def _statement(kind: str, statement: Statement) -> list[str]:
    edition = f"edition {statement.edition}" if statement.edition else "edition unknown"
    said = figure(statement.value, statement.qualifier, kind, statement.unit)
    outcome = statement.outcome.replace("_", " ")
    step = f" (step {statement.step})" if statement.step else ""
    by_hand = {"year", "period_type"} & (statement.page_says or {}).keys()
    basis = "dated by a decision" if by_hand else BASIS[statement.period_basis]
    lines = [f"  {outcome}: {said}, {edition}, {basis}; {statement.reason}{step}"]
    if statement.headings:
        lines.append(f"    under   {' > '.join(statement.headings)}")
    lines.append(f"    words   {statement.sentence}")
    if statement.surface != statement.sentence:
        lines.append(f"    number  {statement.surface}")
    lines += [f"    note    {remark}" for remark in statement.remarks]
    if statement.decision:
        lines.append(f"    decided {statement.decision} by {statement.decided_by}: {statement.decided_why}")
        read = [f"{name.replace('_', ' ')} {said or 'none'}" for name, said in (statement.page_says or {}).items()]
        lines += [f"    page    as it is read: {', '.join(read)}"] if read else []
    lines.append(f"    fact    {statement.fact_id}, which `impact show` shows on its page")
    seen = f"{statement.first_seen:%Y-%m-%d}"
    if statement.last_seen.date() != statement.first_seen.date():
        seen += f" to {statement.last_seen:%Y-%m-%d}"
    lines.append(f"    seen    {seen}, capture {statement.capture_sha256[:12]} in {statement.warc_file}")
    link = statement.text_fragment_url or statement.archived_url or statement.url
    return [*lines, f"    link    {link}"] if link else lines


def _check(check: Check) -> str:
    edition = f"edition {check.edition}" if check.edition else "edition unknown"
    if check.rule not in ("sum", "shares"):
        sides = f"{as_text(check.lhs)} against {as_text(check.rhs)}"
        return f"  check: {sides} {check.outcome} ({check.identity}, {edition})"
    parts = " + ".join(f"{as_text(value)} ({breakdown})" for breakdown, value in check.parts.items())
    held = (
        "holds" if check.outcome == "holds" else f"{check.outcome}: the difference is {as_text(check.lhs - check.rhs)}"
    )
    within = f", within {as_text(check.tolerance)}" if check.tolerance else ""
    return f"  check: {parts} = {as_text(check.rhs)} {held}{within} ({check.identity}, {edition})"
