"""`impact accept`: a person's word for a capture that a check held back."""

import click

from pipeline.terminal import say
from warehouse.archive import Archive
from warehouse.home import Home, writer_lock


@click.command(short_help="let a capture through that a check held back")
@click.argument("capture")
@click.option("--reason", required=True, metavar="TEXT", help="Why; kept in the archive with the decision.")
def accept(capture: str, reason: str) -> int:
    """Let CAPTURE through, which a check held back: a redesign, say. The next refresh reads and publishes it.

    CAPTURE is its hash, or the beginning of it, as `impact status` and the refresh give it. The decision is recorded in
    the archive.

    \b
    Exit status: 0 done; 1 a refresh runs; 2 no such capture, or no reason.

    \b
    Example:
      impact accept 226ee1088750 --reason "The page was redesigned; figures checked by hand." && impact refresh
    """
    home = Home.from_environment()
    archive = Archive(home)
    found = archive.find(capture)
    with writer_lock(home):
        acceptance = archive.accept(found, reason)
    say(
        f"capture {found.sha256[:12]} of {found.source} is accepted: {acceptance.reason}; "
        "`impact refresh` reads and publishes it",
        err=True,
    )
    return 0
