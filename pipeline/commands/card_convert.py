"""`impact card convert`: a card of the old language in the new."""

from pathlib import Path

import click

from extractors.errors import ImpactError, InputError
from pipeline.terminal import say


@click.command(short_help="bring a card of the old language into the new")
@click.argument("file")
@click.option("--out", metavar="FILE", help="Write there instead of standard output; a file that is there stays.")
def convert(file: str, out: str | None) -> int:
    """Print the card FILE in the new language, in which a metric says what it counts, `when` and `never`.

    What it prints is proved: both cards are compiled, and unless they come to the same wordings nothing is printed and
    the metric is named. Comments stay outside `classes` and `metrics`, and right above a metric or a class; others
    inside have no place any more and are told on standard error.

    \b
    Exit status: 0 done; 1 the new language cannot say the same; 2 the card cannot be read, or is in it already.

    \b
    Examples:
      impact card convert my-page.yaml > new.yaml
      impact card convert my-page.yaml --out new.yaml
    """
    from extractors.metrics.card import load_card
    from extractors.metrics.converting import CannotSay, converted
    from extractors.metrics.old_language import OldCard

    if not isinstance(load_card(file), OldCard):
        raise InputError(f"{file}: is in the new language already")
    try:
        done = converted(Path(file).read_text(encoding="utf-8-sig"))
    except CannotSay as error:
        raise CannotSay(f"{file}: {error}") from error
    if out is None:
        click.echo(done.text, nl=False)
    else:
        _write(Path(out), done.text)
    for line in done.lost:
        say(f"impact: this comment is left out: {line}", err=True)
    return 0


def _write(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise InputError(f"{path} is there already; name a new file") from error
    except (OSError, ValueError) as error:
        raise ImpactError(f"cannot write {path}: {getattr(error, 'strerror', None) or error}") from error
