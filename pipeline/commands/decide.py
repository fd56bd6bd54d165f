"""`impact decide`: settle by hand what a statement says, on record."""

from decimal import Decimal

import click

from pipeline.terminal import say


def _members(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for value in values:
        dimension, equals, member = (part.strip() for part in value.partition("="))
        if not (dimension and equals and member):
            raise click.BadParameter(f"{value!r} is not of the form reporter=public", ctx, param)
        found[dimension] = member
    return found


def _number(ctx: click.Context, param: click.Parameter, value: str | None) -> Decimal | None:
    from warehouse.decisions import number_in

    number = None if value is None else number_in(value)
    if number is None and value is not None:
        raise click.BadParameter(f"{value!r} is no number", ctx, param)
    return number


@click.command(short_help="settle by hand what a statement says, on record")
@click.argument("fact")
@click.option("--source", metavar="ID", help="Whose statement it is, where several sources follow the page.")
@click.option("--metric", metavar="SLUG", help="What it measures: a metric of the source's card.")
@click.option(
    "--member",
    "members",
    metavar="DIMENSION=MEMBER",
    callback=_members,
    multiple=True,
    help="The part it speaks of; may be repeated.",
)
@click.option("--value", metavar="NUMBER", callback=_number, help="The right value, where page or reading err.")
@click.option("--unit", metavar="TEXT", help="What is counted.")
@click.option("--year", type=click.IntRange(1, 9999), help="The right year; for a wording, so far from the edition.")
@click.option("--period-type", type=click.Choice(["year", "range", "cumulative", "as_of", "unknown"]))
@click.option(
    "--qualifier",
    type=click.Choice(["exact", "more_than", "at_least", "less_than", "at_most", "up_to", "about", "nearly"]),
)
@click.option("--exclude", metavar="REASON", help="It is no statistic, and why.")
@click.option("--dismiss", is_flag=True, help="A true statistic that is not followed: it leaves the queue.")
@click.option("--wording", is_flag=True, help="For all that is put in the same words, in every edition.")
@click.option("--why", required=True, metavar="TEXT", help="Why; kept with the decision.")
@click.option("--who", metavar="NAME", help="Who decides; by default who is logged in.")
@click.option("--anyway", is_flag=True, help="Also where it breaks an identity that the card calls certain.")
def decide(
    fact: str,
    source: str | None,
    metric: str | None,
    members: dict[str, str],
    value: Decimal | None,
    unit: str | None,
    year: int | None,
    period_type: str | None,
    qualifier: str | None,
    exclude: str | None,
    dismiss: bool,
    wording: bool,
    why: str,
    who: str | None,
    anyway: bool,
) -> int:
    """Settle what FACT says, which no rule took or a rule took wrongly; then build and publish again.

    FACT is the id of a statistic, or the beginning of it, as `impact review` and the table facts give it. The decision
    is written to decisions/SOURCE.yaml in the data folder, with who made it, when, why and on what, and may be edited
    there. It goes before the rules, in every capture of its edition that says the same; with --wording in every
    edition. When the page, or its reading, is not what it was made on, the refresh and `impact verify` say so.

    \b
    Exit status: 0 done; 1 a refresh runs, or it breaks what is certain; 2 no such statistic, metric or member.

    \b
    Examples:
      impact decide 5be70a24 --metric hotline_calls --why "The page calls the hotline by its number."
      impact decide 5be70a24 --metric cybertipline_reports --member reporter=public --why "Seen in the heading."
      impact decide 5be70a24 --dismiss --wording --why "We do not follow rooms."
    """
    from pipeline.launch import Choice, launch
    from pipeline.progress import told
    from pipeline.recording import Wanted, lines
    from pipeline.recording import decide as put_on_record
    from warehouse.home import Home, writer_lock

    wanted = Wanted(
        why=why,
        who=who,
        metric=metric,
        members=members,
        value=value,
        unit=unit,
        year=year,
        period_type=period_type,
        qualifier=qualifier,
        exclude=exclude,
        dismiss=dismiss,
        wording=wording,
        anyway=anyway,
    )
    home = Home.from_environment()
    with told("deciding"):
        home.create()
        with writer_lock(home):
            made = put_on_record(home, fact, wanted, source)
        say(*lines(made), err=True)
        launch(home, "build", [Choice()])
    return 0
