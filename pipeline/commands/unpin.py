"""`impact unpin`: end what `impact rollback` began."""

import click

from pipeline.terminal import say
from warehouse import release
from warehouse.home import Home, writer_lock


@click.command(short_help="publish again after a rollback")
def unpin() -> int:
    """Let the next refresh publish again after `impact rollback`. The published release stays until then.

    \b
    Exit status: 0 done, also when nothing was pinned; 1 a refresh runs.

    \b
    Example:
      impact unpin && impact refresh
    """
    home = Home.from_environment()
    done = False
    if home.releases.is_dir():
        with writer_lock(home):
            done = release.unpin(home)
    say("the next refresh publishes again" if done else "nothing was pinned", err=True)
    return 0
