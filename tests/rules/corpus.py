"""Every text the project has to read, with what is known to be right of it, and their reading on all cores.

Gold, samples and the tests' own inputs are here; a folder that lies beside the project (`cases/*.jsonl`, and
`pages/*.html` with `gold/<name>.jsonl`) is added where it is named. What was kept aside says so: it is counted only.
"""

import datetime as dt
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from tests.gold.strict import wanted

T = TypeVar("T")
U = TypeVar("U")
TESTS = Path(__file__).parents[1]
GOLD = TESTS / "gold"
INPUTS = TESTS / "extractors" / "metrics"
OUR_CARD = "ncmec-impact"
INVENTED = "marren-vale-food-network"


@dataclass(frozen=True)
class Text:
    """One text to read, and the rows that are right of it: each a field with the values that are right for it."""

    id: str
    body: str
    is_html: bool
    card: str | None = None
    edition: int | None = None
    captured_at: dt.datetime | None = None
    wants: tuple[dict[str, Any], ...] = ()
    is_complete: bool = False
    """Whether what `wants` does not list is no statistic."""

    @property
    def is_aside(self) -> bool:
        """Whether nobody who writes rules reads it."""
        return "held_out" in self.id


def every_text(beside: Path | None = None) -> list[Text]:
    """All texts in a stable order; `beside`: the folder outside the project."""
    found = [*_gold(), *_samples(), *_inputs()]
    if beside is not None and beside.is_dir():
        found += [*_cases(beside), *_pages(beside)]
    return found


def read(text: Text) -> Any:
    """The reading of a text."""
    from extractors import read_page, read_text

    given: dict[str, Any] = {"card": card(text.card), "edition": text.edition, "captured_at": text.captured_at}
    return read_page(text.body.encode(), **given) if text.is_html else read_text(text.body, **given)


@cache
def card(name: str | None) -> Any:
    from extractors.metrics.card import SAMPLES, bundled_card, load_card

    if name is None:
        return None
    return load_card(SAMPLES / INVENTED / "card.yaml") if name == INVENTED else bundled_card(name)


def on_all_cores(work: Callable[[U], T], items: Sequence[U]) -> list[T]:
    """The work done on every text or file, in their order."""
    with get_context("fork").Pool(os.cpu_count()) as pool:
        return pool.map(work, items, chunksize=1 + len(items) // 200)


def fingerprint(path: Path) -> str:
    """What tells that a file of texts is still the same."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def gold_files() -> list[Path]:
    """The files of texts with their facts, sorted."""
    return [path for path in sorted(GOLD.glob("*.jsonl")) if "gold" in next(lines(path))]


def lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def texts_of(path: Path) -> list[Text]:
    """The texts of one gold file; those about the bundled card's source are read with it."""
    name = OUR_CARD if path.stem.startswith("ncmec") else None
    return [_text(path.stem, row, name, row["gold"], is_complete=True) for row in lines(path)]


def _gold() -> Iterator[Text]:
    for path in gold_files():
        yield from texts_of(path)


def _text(
    origin: str, row: dict[str, Any], name: str | None, rows: Iterable[dict[str, Any]], *, is_complete: bool
) -> Text:
    captured = row.get("captured_at")
    return Text(
        id=f"{origin}/{row['id']}",
        body=row["html"] if row.get("html") is not None else row["text"],
        is_html=row.get("html") is not None,
        card=name,
        edition=row.get("edition"),
        captured_at=dt.datetime.fromisoformat(captured) if captured else None,
        wants=tuple(wanted(one) for one in rows),
        is_complete=is_complete,
    )


def _samples() -> Iterator[Text]:
    from extractors.metrics.card import SAMPLES

    for page in sorted(SAMPLES.glob("*/*.html")):
        source = page.parent.name
        stem = source if source == INVENTED else f"ncmec-{page.stem}"
        gold = TESTS / "samples" / f"{stem}.jsonl"
        rows = list(lines(gold)) if gold.exists() else []
        yield _page("samples", page, source, rows)


def _page(origin: str, page: Path, name: str, rows: list[dict[str, Any]]) -> Text:
    row = {"id": f"{page.parent.name}-{page.stem}", "html": page.read_text(encoding="utf-8")}
    return _text(origin, row, name, rows, is_complete=bool(rows))


def _inputs() -> Iterator[Text]:
    """What the tests of metrics read: pages with a heading, and statements with their number in [[ ]]."""
    for number, row in enumerate(lines(INPUTS / "headed.jsonl")):
        yield _text("headed", row | {"id": number}, OUR_CARD, [row], is_complete=False)
    for path in sorted(INPUTS.glob("*stated.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            if line.strip():
                yield _statement(f"{path.stem}/{number}", line)


def _statement(name: str, line: str) -> Text:
    statement, _, expected = line.partition(" -> ")
    surface = statement.partition("[[")[2].partition("]]")[0]
    body = statement.replace("[[", "").replace("]]", "").replace("\\n", "\n")
    metric, *members = expected.split() or [None]
    dimensions = dict(member.split("=") for member in members)
    want = {"surface": surface, "mapped_as": [[metric, dimensions]]}
    return Text(name, body, False, OUR_CARD, 2022, wants=(wanted(want),))


def _cases(beside: Path) -> Iterator[Text]:
    for path in sorted((beside / "cases").glob("*.jsonl")):
        name = OUR_CARD if path.stem.startswith("parts") else None
        for row in lines(path):
            yield _text(path.stem, row, name, row["expected"], is_complete=row.get("no_other_facts", False))


def _pages(beside: Path) -> Iterator[Text]:
    for page in sorted((beside / "pages").glob("*.html")):
        gold = beside / "gold" / f"{page.stem}.jsonl"
        yield _page("pages", page, OUR_CARD, list(lines(gold)) if gold.exists() else [])
