"""A bulk job as a person sees it: which cards it reads by, how far it is, and what has come of it."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

from extractors.errors import InputError
from extractors.metrics.card import SOURCES, SourceCard, bundled_sources, load_card
from extractors.metrics.old_language import OldCard, outdated
from extractors.metrics.proving import prove
from pipeline.interrupts import heeded
from pipeline.terminal import say
from warehouse.bulk.engines import engine_of
from warehouse.bulk.job import Tally, run

TOLD_EVERY = 10.0
"""Seconds between two lines on how far it is."""
MOST_TOLD = 5
"""Lines on files that could not be read; the others are counted."""


def extract_collections(pattern: str, out: str, engine: str, cards: str | None) -> int:
    """Read collections and say what came of it on standard error; the exit status.

    Raises:
        InputError: a path, a card or the engine cannot be used.
        ImpactError: the job could not go on.
    """
    with heeded():
        tally = run(pattern, out, texts_of(cards), engine_of(engine), told=_teller())
    say(*lines(tally, out), err=True)
    return 1 if tally.troubles else 0


def texts_of(folder: str | None, also: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """The cards that pages are read by, by their ids: the bundled ones, others, and those of a folder.

    The later ones take the place of their like.

    Raises:
        InputError: the folder or a card in it cannot be used, or an example of a card does not come out.
    """
    texts = {source: (SOURCES / f"{source}.yaml").read_bytes() for source in bundled_sources()} | dict(also or {})
    if folder is None:
        return texts
    paths = sorted(path for path in Path(folder).glob("*") if path.suffix in (".yaml", ".yml") and path.is_file())
    if not paths:
        raise InputError(f"--cards {folder} holds no source card; give a folder of files such as my-page.yaml")
    own: dict[str, Path] = {}
    for path in paths:
        card = _proved(path)
        if card.id in own:
            raise InputError(f"{path} and {own[card.id]} are both cards of {card.id!r}; leave one")
        own[card.id] = path
        texts[card.id] = path.read_bytes()
    return texts


def lines(tally: Tally, out: str) -> list[str]:
    """What a job has come to, the last line in numbers."""
    told = [f"impact: {trouble}" for trouble in tally.troubles[:MOST_TOLD]]
    if len(tally.troubles) > MOST_TOLD:
        told.append(f"impact: {len(tally.troubles) - MOST_TOLD:,} more of such")
    if tally.troubles:
        told.append("impact: what could not be read now is read by the same command, once it can be")
    if tally.known:
        told.append(f"impact: {tally.known:,} slices were read before and are not counted below")
    if tally.failures:
        told.append(f"impact: {tally.failures:,} records are in {out}/failures, each with the reason")
    told += [f"impact: {count:,} records: {outcome}" for outcome, count in sorted(tally.records.items())]
    return [*told, f"impact: {tally}"]


def _proved(path: Path) -> SourceCard:
    card = load_card(path)
    if isinstance(card, OldCard):
        say(f"impact: {outdated(str(path))}", err=True)
    prove(card, str(path))
    return card


def _teller() -> Callable[[Tally], None]:
    told = time.monotonic()

    def tell(tally: Tally) -> None:
        nonlocal told
        if time.monotonic() > told + TOLD_EVERY:
            told = time.monotonic()
            say(f"impact: {tally}", err=True)

    return tell
