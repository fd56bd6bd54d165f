"""`impact card check`: a card, its examples and its near misses, one line for each that does not come out."""

import click

from pipeline.commands.options import loaded
from pipeline.terminal import say


@click.command(short_help="check a card and run its examples")
@click.argument("file", required=False)
@click.option("--source", metavar="ID", help="A bundled source card, such as ncmec-impact.")
def check(file: str | None, source: str | None) -> int:
    """Check the card FILE, run its examples and near misses, and tell what in it has no effect.

    Each example that is not taken for its metric, and each near miss that is, gets a line that says why: the word that
    is missing, or the one that stands in the way. A line with "look:" is no failure: words that change nothing, since
    others say the same, and names of the glossary that nothing uses.

    \b
    Exit status: 0 all come out; 1 an example or a near miss does not; 2 the card cannot be read.

    \b
    Examples:
      impact card check my-page.yaml
      impact card check --source ncmec-impact
    """
    from extractors.metrics import proving
    from extractors.metrics.idle import idle_words

    card, name = loaded(file, source)
    failed = list(proving.failures(card))
    for one in failed:
        say(f"{name}: {one.place}: {one.reason}")
    for line in idle_words(card):
        say(f"{name}: look: {line}")
    examples, misses = proving.how_many(card)
    came = f"{len(failed)} of them do not come out" if failed else "all come out"
    bare = [slug for slug, metric in card.metrics.items() if not getattr(metric, "examples", ())]
    without = f"; {len(bare)} without an example, such as {bare[0]}" if bare else ""
    say(
        f"impact: {_several(len(card.metrics), 'metric')}{without}; {_several(examples, 'example')}, "
        f"{_several(misses, 'near miss')}: {came}",
        err=True,
    )
    return 1 if failed else 0


def _several(number: int, noun: str) -> str:
    plural = f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
