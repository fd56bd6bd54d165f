"""`impact build`: everything after the archive, again."""

import click


@click.command(short_help="read, build, check and publish again from what is in the home")
@click.option("--from", "folder", metavar="DIR", help="Build from what `impact extract --warc --out DIR` has read.")
def build(folder: str | None) -> int:
    """Read, build, check and publish again from what is in the home; no network.

    For when a card of the archive, a decision or this software has changed, and the pages are not to be asked again.
    What happens is told on standard error.

    With --from it builds from the Parquet of a bulk job, which is read where it lies. The home then holds that
    collection and no captures of its own. See docs/scale.md.

    \b
    Exit status: 0 published, or built and not published (after a rollback); 1 a check failed, or a refresh runs; 2 the
    data folder or DIR cannot be used.

    \b
    Examples:
      impact build
      IMPACT_HOME=library impact build --from read
    """
    from pipeline.launch import Choice, launch
    from pipeline.progress import told
    from warehouse.home import Home

    if folder is not None:
        from pipeline.from_collection import build_from
        from pipeline.interrupts import heeded

        with told("building"), heeded():
            build_from(Home.from_environment(), folder)
        return 0
    with told("building") as progress:
        launch(Home.from_environment(), "build", [Choice()], progress)
    return 0
