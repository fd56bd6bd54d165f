"""An example for each drafted metric: a statement of the page with its number marked, that the card by itself takes.

Here: the texts that may do, and which of them do.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.metrics.drafting.figures import Figure
from extractors.metrics.drafting.model import Metric
from extractors.metrics.drafting.trial import Trial
from extractors.metrics.proving import failures
from extractors.wording import span_in

_LONGEST = 400
_MOST_TRIED = 12


def with_examples(metrics: Sequence[Metric], figures: Mapping[int, Figure], trial: Trial) -> list[Metric]:
    """The metrics, each with the first example that comes out beside all others; without one where none does."""
    texts = {metric.slug: list(_candidates(metric, figures))[:_MOST_TRIED] for metric in metrics}
    found: dict[str, str] = {}
    for attempt in range(_MOST_TRIED):
        tried = {slug: texts[slug][attempt] for slug in texts if slug not in found and attempt < len(texts[slug])}
        if not tried:
            break
        card = trial.card([replace(metric, example=tried.get(metric.slug)) for metric in metrics])
        failed = {one.place.split(".")[1] for one in failures(card)}
        found |= {slug: text for slug, text in tried.items() if slug not in failed}
    return [replace(metric, example=found.get(metric.slug)) for metric in metrics]


def _candidates(metric: Metric, figures: Mapping[int, Figure]) -> Iterator[str]:
    """Texts that may state the metric, the shortest way of each figure first."""
    ways = (_sentence, _labelled, _headed, _table, _passage)
    own = [figures[index] for index, _ in metric.expected if figures[index].sort != "change"]
    for one in own[: _MOST_TRIED // 2]:
        members = metric.members_of[one.index]
        behind = "".join(f"-> {name}={member}" for name, member in members.items())
        for way in ways:
            text = way(one)
            if text and len(text) <= _LONGEST and text.count("**") == 2 and "->" not in text:
                yield text + ("\n" if "\n" in text else " ") + behind if behind else text


def _marked(text: str, start: int, end: int) -> str | None:
    """A text with the number marked that stands from `start` to `end` in it."""
    if not start < end <= len(text) or not text.isprintable():
        return None
    return f"{text[:start]}**{text[start:end]}**{text[end:]}"


def _sentence(one: Figure) -> str | None:
    fact = one.fact
    if fact.sentence == fact.surface:
        return None
    return _marked(fact.sentence, *span_in(fact.sentence, fact.passage_text, fact.start, fact.end))


def _marked_passage(one: Figure) -> str | None:
    return _marked(one.fact.passage_text, one.fact.start, one.fact.end)


def _passage(one: Figure) -> str | None:
    return _under(one, _marked_passage(one))


def _headed(one: Figure) -> str | None:
    return _under(one, _sentence(one))


def _under(one: Figure, text: str | None) -> str | None:
    """A text below the headings of the figure, which may tell its member or its subject."""
    titles = [title for title in one.passage.headings[-2:] if title.isprintable() and "*" not in title]
    lines = [f"{'#' * depth} {title}" for depth, title in enumerate(titles, 1)]
    return "\n\n".join([*lines, text]) if text and lines else None


def _labelled(one: Figure) -> str | None:
    """A line "Label: value" of a tile, under no heading."""
    labels = [label for label in one.passage.labels if label.isprintable()]
    if one.passage.kind == "table_cell" or not labels or ":" in labels[-1]:
        return None
    marked = _marked_passage(one)
    return f"{labels[-1].rstrip('.')}: {marked}" if marked else None


def _table(one: Figure) -> str | None:
    """The cell in a table of its own, under its headings."""
    passage = one.passage
    rows, columns = passage.row_headers[-1:], passage.column_headers[-1:]
    if passage.kind != "table_cell" or not (rows or columns):
        return None
    marked = _marked_passage(one)
    stub = passage.row_headers[-2] if len(passage.row_headers) > 1 else ""
    cells = [stub, *rows, *columns, passage.caption or ""]
    if not marked or any("|" in cell or not cell.isprintable() for cell in cells):
        return None
    row, column = rows[0] if rows else "", columns[0] if columns else "Value"
    table = f"| {stub} | {column} |\n| --- | --- |\n| {row} | {marked} |"
    above = [f"# {title}" for title in (*passage.headings[-1:], passage.caption) if title and "*" not in title]
    return "\n\n".join([*above, table])
