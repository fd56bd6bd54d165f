"""What is said of a change: of an edition that brings figures, restates or drops them, and of a source that fails.

Pure: from rows of the tables and records of refreshes to notices. Where they are kept stands in `warehouse.notices`.
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.render import PERIODS
from warehouse.notices import MOST_CHANGES, TOLD, Change, Notice
from warehouse.queries import as_text
from warehouse.refreshes import DONE, Refresh

Row = Mapping[str, Any]
Edition = tuple[str, int]
"""A source, and the year of one of its editions."""

NAMED = 3
"""Changes of a kind that a summary names one by one."""
MOST_EDITIONS = 5
"""Editions of a source that a summary has a line for: captures of the past may bring decades at once."""
COUNTED = {"carried_on": "carried on", "to_review": "to review"}
CARRIED_ON = ("reworded", "unchanged")
CAPTURE = re.compile(r"\b[0-9a-f]{12}\b")
"""How the reason of a refusal names the capture that it is about."""


def of_editions(
    before: Iterable[Row], now: Iterable[Row], to_review: Mapping[Edition, int], told: Sequence[Notice],
    baseline: str | None, release: str, at: dt.datetime,
) -> list[Notice]:  # fmt: skip
    """A notice for each edition that is new in a release, or says what it did not in the release `baseline` before it.

    The rows are those of `all_changes`. What was `told` since that release is not told again: it tells the same where
    the one that told it is damaged.
    """
    since = [one for one in told if one.release and (baseline is None or one.release > baseline)]
    known = {(row["source"], row["edition"], _said(_change(row))) for row in before}
    known |= {(one.source, one.edition, _said(change)) for one in since for change in one.changes}
    editions: set[tuple[str, int | None]] = {(source, edition) for source, edition, _ in known}
    editions |= {(one.source, one.edition) for one in since}
    by_edition: dict[Edition, list[Change]] = {}
    for row in now:
        by_edition.setdefault((row["source"], row["edition"]), []).append(_change(row))
    found = []
    for (source, edition), changes in sorted(by_edition.items()):
        is_new = (source, edition) not in editions
        news = [one for one in changes if one.change in TOLD and (source, edition, _said(one)) not in known]
        if not news and not is_new:
            continue
        counts = {change: sum(one.change == change for one in news) for change in TOLD}
        counts["carried_on"] = sum(one.change in CARRIED_ON for one in changes) if is_new else 0
        counts["to_review"] = to_review.get((source, edition), 0)
        counts = {name: count for name, count in counts.items() if count}
        found.append(
            Notice(
                id=_id("edition", source, edition, baseline, sorted(map(_said, news))),
                at=at,
                kind="edition",
                source=source,
                edition=edition,
                release=release,
                text=f"{source}, {edition} edition: {_counted(counts)}",
                counts=counts,
                changes=tuple(sorted(news, key=lambda one: TOLD.index(one.change))[:MOST_CHANGES]),
            )
        )
    return found


def of_trouble(past: Sequence[Refresh], ended: Refresh) -> Notice | None:
    """A notice of a source that was refused or failed, once until it is had again, and once for each reason to refuse.

    A page that is refused for the same reason every day is told of once, whatever else it holds.
    """
    if ended.source is None or ended.outcome not in ("refused", "failed"):
        return None
    since = max((one.at for one in past if one.source == ended.source and one.outcome in DONE), default=None)
    # Without the capture: a page that differs with each response is another each time it is asked for.
    what = CAPTURE.sub("", ended.detail or "") if ended.outcome == "refused" else ""
    return Notice(
        id=_id(ended.outcome, ended.source, what, since and since.isoformat()),
        at=ended.at,
        kind="refused" if ended.outcome == "refused" else "failed",
        source=ended.source,
        text=f"{ended.source}: {ended.outcome}: {ended.detail}",
    )


def lines(told: Sequence[Notice]) -> Iterator[str]:
    """A summary: a line an edition, the latest of each source first and with some of its changes by name."""
    by_source: dict[str, list[Notice]] = {}
    for one in sorted(told, key=lambda one: -(one.edition or 0)):
        by_source.setdefault(one.source, []).append(one)
    for some in by_source.values():
        yield some[0].text
        for change in TOLD:
            named = [one for one in some[0].changes if one.change == change]
            if named:
                more = some[0].counts.get(change, 0) - len(named[:NAMED])
                yield f"  {change}: {'; '.join(map(_named, named[:NAMED]))}" + (f"; and {more} more" if more else "")
        yield from (one.text for one in some[1:MOST_EDITIONS])
        if len(some) > MOST_EDITIONS:
            yield f"{some[0].source}: and {len(some) - MOST_EDITIONS} earlier editions"


def _change(row: Row) -> Change:
    return Change(**{name: row[name] for name in Change.model_fields})


def _said(one: Change) -> str:
    """What makes a change the same one again: of a figure that came or went not how much it was."""
    series = (one.change, one.metric, one.period_type, one.kind, one.breakdown)
    figures = (one.year, one.value, one.value_before) if one.change in ("restated", "corrected") else ()
    return json.dumps([*series, *figures])


def _named(one: Change) -> str:
    period = PERIODS[one.period_type]
    year = one.year if one.year is not None else one.year_before
    title = " ".join([one.metric, *([f"({one.breakdown})"] if one.breakdown else []), *([period] if period else [])])
    figures = " -> ".join(as_text(value) for value in (one.value_before, one.value) if value is not None)
    return f"{title} {year}: {figures}"


def _counted(counts: Mapping[str, int]) -> str:
    """Such as `31 figures new, 2 restated, 4 dropped, 3 to review`."""
    said = [f"{count:,} {COUNTED.get(name, name)}" for name, count in counts.items()]
    if said and next(iter(counts)) != "to_review":
        count, _, name = said[0].partition(" ")
        said[0] = f"{count} figure{'s' * (count != '1')} {name}"
    return ", ".join(said) or "no figure that is followed"


def _id(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
