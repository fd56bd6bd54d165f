"""A drafted card as the YAML that a person then edits: each metric marked for a look, with the figures it takes.

Here: the text. What a card may say stands in `card_language`, how YAML is laid out in `card_writing`.
"""

from collections.abc import Iterator, Sequence

from extractors.metrics.card_writing import WIDTH, lines_of, metric_lines, scalar
from extractors.metrics.drafting.compiling import plain
from extractors.metrics.drafting.drafts import NO_URL
from extractors.metrics.drafting.model import Draft, Metric

_MOST_LEFT = 20


def card_lines(draft: Draft, page: str) -> Iterator[str]:
    """The lines of the card's file; `page` is how the page was named."""
    data = plain(draft)
    metrics = data.pop("metrics")
    identities = data.pop("identities", None)
    yield _comment(
        f"Drafted from {page}: {len(metrics)} metrics take {draft.mapped} of its {draft.statistics} statistics, each "
        "what it was drafted from."
    )
    yield "# Each is a guess, to be looked at: what it is called, its measure, what it counts and when. Then see"
    yield _comment(f"  impact card try {page} --card THIS-FILE", wrap=False)
    for key, value in data.items():
        *before, last = lines_of(key, value)
        yield from before
        yield f"{last}  # look: where the page stands" if key == "url" and value == NO_URL else last
    yield "metrics:" if metrics else "metrics: {}"
    for metric in draft.metrics:
        yield _comment(f"look: {_look(metric)}", indent=2)
        told = metrics[metric.slug]
        examples = told.pop("examples", [])
        yield from metric_lines(metric.slug, told)
        yield from _example_lines(examples)
    if identities:
        yield "# look: each says that these parts add up; where a page breaks it, its figures are held back"
        yield from lines_of("identities", identities)
    if draft.left:
        yield _comment(f"No metric takes {_several(len(draft.left))}:")
        for one in draft.left[:_MOST_LEFT]:
            yield _comment(f"  {one}")
        if len(draft.left) > _MOST_LEFT:
            yield f"#   … and {len(draft.left) - _MOST_LEFT} more"


def _example_lines(examples: Sequence[str]) -> Iterator[str]:
    """Examples below one another; one of several lines as it stands, so that it can be read."""
    if not examples:
        return
    yield "    examples:"
    for text in examples:
        if "\n" not in text:
            yield f"      - {scalar(text)}"
            continue
        yield "      - |"
        yield from (f"        {line}".rstrip() for line in text.split("\n"))


def _look(metric: Metric) -> str:
    without = "" if metric.example else "without an example, as no sentence of the page would do: "
    return f"{without}{', '.join(metric.seen)}"


def _several(number: int) -> str:
    return f"{number} statistics" if number > 1 else "1 statistic"


def _comment(text: str, indent: int = 0, *, wrap: bool = True) -> str:
    """A comment in one line, whatever the text holds; a long one is cut."""
    line = f"{' ' * indent}# " + "".join(c if c.isprintable() else " " for c in text)
    return line if len(line) <= WIDTH or not wrap else f"{line[: WIDTH - 2].rstrip()} …"
