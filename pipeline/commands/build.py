"""`impact build`: everything after the archive, again."""

import click


@click.command(short_help="read, build, check and publish again from what is in the home")
def build() -> int:
    """Read, build, check and publish again from what is in the home; no network.

    For when a card of the archive, a decision or this software has changed, and the pages are not to be asked again.
    What happens is told on standard error.

    \b
    Exit status: 0 published, or built and not published (after a rollback); 1 a check failed, or a refresh runs; 2 the
    data folder cannot be used.

    \b
    Example:
      impact build
    """
    from pipeline.launch import Choice, launch
    from pipeline.progress import told
    from warehouse.home import Home

    with told("building") as progress:
        launch(Home.from_environment(), "build", [Choice()], progress)
    return 0
