"""`impact undecide`: take a decision off the record."""

import click

from pipeline.terminal import say


@click.command(short_help="take a decision off the record")
@click.argument("decision")
def undecide(decision: str) -> int:
    """Take DECISION off the record; then build and publish again, by the rules or the other decisions.

    DECISION is its id, or the beginning of it, as the table decisions and decisions/SOURCE.yaml give it.

    \b
    Exit status: 0 done; 1 a refresh runs; 2 no such decision.

    \b
    Example:
      impact undecide d3f9a2c
    """
    from pipeline.launch import Choice, launch
    from pipeline.progress import told
    from warehouse import decision_files
    from warehouse.home import Home, writer_lock

    home = Home.from_environment()
    with told("deciding"):
        home.create()
        with writer_lock(home):
            source, removed = decision_files.remove(home, decision)
        say(f"{source}: decision {removed.id} of {removed.who} is off the record ({removed.action})", err=True)
        launch(home, "build", [Choice()])
    return 0
