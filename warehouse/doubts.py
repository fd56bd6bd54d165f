"""What the ranker says of a home: what a queued statistic may be, and which mapped facts it would map otherwise.

It is in no table, since those are the same with the extra `suggest` and without. Without it the review queue suggests
by the words that statements share (`sql/staging/suggestions.sql`), which is right less often.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extractors.errors import InputError
from warehouse.published import opened, records
from warehouse.ranking import Put, is_installed, ranked
from warehouse.wordings import marked_in

SUGGESTED = 3
STRONGLY = 0.35
"""By how much another metric must score above that of the rules to be worth a look."""
FEWEST = 3
"""Wordings that a metric must have beside those that are judged: of one that is seldom said little is learnt."""
FOLDS = 8


class NoRanker(InputError):
    """The ranker is not installed. The message says how to."""


def suggest(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    """Put the likest metrics into rows of the review queue, in the place of what the tables suggest.

    Raises:
        PublishedUnreadable: no database, or a damaged one.
    """
    asked: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        asked[row["source"]].append(row)
    mapped, labels = _known(path)
    for source, some in asked.items():
        learnt = [*labels[source], *((row["metric"], Put.of(row)) for row in mapped[source])]
        for row, scores in zip(some, ranked(learnt, [Put.of(row) for row in some]), strict=True):
            row["suggestions"] = [metric for metric, _ in scores[:SUGGESTED]]


def doubts(path: Path) -> list[dict[str, Any]]:
    """Facts that the ranker would by far give another metric than the rules did, the clearest first.

    Each is judged by what is put in other words. Columns as of the review queue; `suggestions` are what is likelier
    than `metric`. Of facts that are put alike the latest is given, and none about which a person has decided.

    Raises:
        NoRanker: it is not installed.
        PublishedUnreadable: no database, or a damaged one.
    """
    if not is_installed():
        raise NoRanker(
            "doubts are found by a ranker that is not installed; it comes with `pip install 'impact-ledger[suggest]'`, "
            "in a clone with `.venv/bin/uv pip install --python .venv/bin/python -r requirements-suggest.lock`"
        )
    mapped, labels = _known(path)
    found = [pair for source, rows in mapped.items() for pair in _judged(rows, labels[source])]
    found.sort(key=lambda pair: (-pair[0], pair[1]["source"], pair[1]["fact_id"]))
    return [row for _, row in found]


def _judged(
    rows: Sequence[dict[str, Any]], labels: Sequence[tuple[str, Put]]
) -> Iterator[tuple[float, dict[str, Any]]]:
    """The facts of a source that are in doubt, and by how much: each part of them is judged by the others."""
    part = {wording: number % FOLDS for number, wording in enumerate(sorted({row["wording"] for row in rows}))}
    for number in range(FOLDS):
        others = [row for row in rows if part[row["wording"]] != number]
        wordings: dict[str, set[str]] = defaultdict(set)
        for row in others:
            wordings[row["metric"]].add(row["wording"])
        asked = [
            row
            for row in rows
            if part[row["wording"]] == number and row["decision"] is None and len(wordings[row["metric"]]) >= FEWEST
        ]
        learnt = [*labels, *((row["metric"], Put.of(row)) for row in others)]
        for row, scores in zip(asked, ranked(learnt, [Put.of(row) for row in asked]), strict=True):
            own = dict(scores)[row["metric"]]
            row["suggestions"] = [metric for metric, score in scores[:SUGGESTED] if score - own > STRONGLY]
            if row["suggestions"]:
                yield scores[0][1] - own, row


def _known(path: Path) -> tuple[dict[str, list[dict[str, Any]]], dict[str, list[tuple[str, Put]]]]:
    """By source: a fact of each wording and metric, the latest; the metrics as their card names them."""
    query = """
        SELECT
            source, edition, metric, label, kind, value, qualifier, unit, period_type, year, aggregation, surface,
            sentence, headings, text_fragment_url, fact_id, decision, period_basis, wording,
            passage_text, "start", "end"
        FROM facts
        WHERE metric IS NOT NULL
        QUALIFY row_number() OVER (
            PARTITION BY source, metric, wording, kind
            ORDER BY edition DESC NULLS LAST, captured_at DESC, capture_sha256, passage_index, "start"
        ) = 1
        ORDER BY source, fact_id
    """
    mapped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    labels: dict[str, list[tuple[str, Put]]] = defaultdict(list)
    with opened(path) as con:
        facts = records(con, query)
        metrics = records(con, "SELECT source, metric, label, unit FROM metrics")
    for fact in facts:
        text, start, end = (fact.pop(name) for name in ("passage_text", "start", "end"))
        mapped[fact["source"]].append(fact | {"marked": marked_in(fact["sentence"], text, start, end)})
    for metric in metrics:
        labels[metric["source"]].append((metric["metric"], Put.of_metric(metric["label"], metric["unit"])))
    return mapped, labels
