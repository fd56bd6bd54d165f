"""`impact prune`: forget what nothing needs."""

import logging

import click

from pipeline.terminal import say


@click.command(short_help="forget readings and run records that nothing needs")
def prune() -> int:
    """Forget readings of earlier versions of a card or of this software, and records of runs older than 90 days.

    The end of every refresh does the same; this also gives the space back to the disk. The archive, decisions and the
    kept releases are never touched.

    \b
    Exit status: 0 done, also when there was nothing to forget; 1 a refresh runs; 2 the data folder cannot be used.

    \b
    Example:
      impact prune
    """
    from pipeline.instance import compact
    from pipeline.records import clear_old_runs, opened
    from pipeline.survey import survey
    from warehouse.archive import Archive
    from warehouse.home import Home, writer_lock

    home = Home.from_environment()
    home.create()
    with writer_lock(home):
        logging.getLogger("dagster").setLevel(logging.CRITICAL)
        readings = survey(home, Archive(home), store=False).forget(home)
        with opened(home) as instance:
            runs = clear_old_runs(instance)
        compact(home)
    say(f"forgot {readings} reading{'s' * (readings != 1)} and {runs} run record{'s' * (runs != 1)}", err=True)
    return 0
