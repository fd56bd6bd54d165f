"""`impact rollback`: go back one release and stay there."""

import click

from pipeline.terminal import say
from warehouse import release
from warehouse.home import Home, writer_lock


@click.command(short_help="go back one release and stay there")
def rollback() -> int:
    """Publish the last release that says something else than the present one; stay there until `impact unpin`.

    Until then a refresh builds but does not publish, and says so. Readers that have the database open keep what they
    opened.

    \b
    Exit status: 0 done; 1 there is no earlier release, or a refresh runs.

    \b
    Example:
      impact rollback
    """
    home = Home.from_environment()
    if not home.releases.is_dir():
        raise release.NoRelease(home.empty())
    with writer_lock(home):
        earlier = release.rollback(home)
    say(f"published is now release {earlier.id}; `impact unpin` lets the next refresh publish", err=True)
    return 0
