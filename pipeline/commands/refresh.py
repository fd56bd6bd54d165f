"""`impact refresh`: the main job, run by Dagster in this process and told as it goes."""

from pathlib import Path

import click

from pipeline.commands.options import card_options


@click.command(short_help="the main job")
@card_options
@click.option("--sample", is_flag=True, help="Take the bundled sample editions, served on loopback; no network.")
@click.option("--full", is_flag=True, help="Ask for the whole page, whatever was cached.")
def refresh(source: str | None, card_file: str | None, sample: bool, full: bool) -> int:
    """Fetch a source, archive it, read it, build and check the tables, publish them.

    Without --source or --card: each source that the home follows, one after the other, and one that fails does not stop
    the others; in an empty home ncmec-impact. What happens is told on standard error; standard output stays empty. A
    page that has not changed is recorded as checked, and nothing is rebuilt; after a week in which the host only said
    so, it is asked for the whole page. A page that looks wrong is archived and held back: the last release stays, and
    `impact accept` lets it through. A home holds sample captures or live ones, never both.

    A user, a password or a key in the card's URL is shown to the host and nowhere else. HTTP_PROXY, HTTPS_PROXY,
    NO_PROXY and REQUESTS_CA_BUNDLE are heeded, ~/.netrc is not. A public page may not redirect to this machine or its
    network, unless the card says `allow_private: true`.

    \b
    Exit status: 0 published, unchanged, or built and not published (after a rollback); 1 a page could not be had or
    was refused, or another refresh runs; 2 the card, the source or the data folder cannot be used.

    \b
    Examples:
      impact refresh
      impact refresh --card my-page.yaml
      IMPACT_HOME=demo impact refresh --sample
    """
    from pipeline.launch import Choice, launch
    from pipeline.progress import told
    from pipeline.sources import followed, of_home
    from warehouse.archive import Archive
    from warehouse.home import Home

    home = Home.from_environment()
    card_file = str(Path(card_file).absolute()) if card_file else None
    archive = Archive(home)
    # Asked now, so that a wrong name or file is told at once; the job asks again, under the lock.
    if source or card_file:
        names = [followed(home, source, card_file).card.id]
        choices = [Choice(source=source, card=card_file, sample=sample, full=full)]
    else:
        names = of_home(archive)
        choices = [Choice(source=name, card=None, sample=sample, full=full) for name in names]
    archive.check_kind(sample=sample)
    with told(f"refreshing {', '.join(names)}") as progress:
        launch(home, "refresh", choices, progress)
    return 0
