"""The cards of a job, kept with its results: a page is read by those whose address it has, on whatever machine."""

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.errors import InputError
from extractors.metrics.card import SourceCard, load_card
from extractors.page_keys import page_key
from extractors.records import EXTRACTOR_VERSION
from warehouse.bulk.partitions import PARTITIONED, parquet
from warehouse.bulk.stores import Store, store_at
from warehouse.bulk.tasks import Failed

JOB, LOCK, FORMAT = "job.json", ".lock", 1


@dataclass(frozen=True, slots=True)
class Followed:
    """The cards of a job by the pages that they follow."""

    by_page: Mapping[str, tuple[SourceCard, ...]]

    def of(self, url: str) -> tuple[SourceCard | None, ...]:
        """What the page at an address is read by: the cards that follow it, or none where none does."""
        return self.by_page.get(page_key(url) or "") or (None,)


def settle(store: Store, place: str, cards: Mapping[str, bytes]) -> str:
    """Put the texts of cards, by their ids, with the results, or find the same ones there.

    Returns:
        What the job is known by.

    Raises:
        InputError: what is there was read by others, or is no result of such a job.
        Unwritable: nothing can be written there.
    """
    about = {
        "format": FORMAT,
        "extractor_version": EXTRACTOR_VERSION,
        "cards": {source: hashlib.sha256(text).hexdigest() for source, text in sorted(cards.items())},
    }
    stored = store.read(JOB)
    if stored is not None:
        there = _parsed(stored) or {}
        differs = [name for name in about if there.get(name) != about[name]]
        if differs:
            what = {"cards": "by other cards", "extractor_version": "by another version of the extractor"}
            told = " and ".join(what.get(name, "in another form") for name in differs)
            raise InputError(f"{place} holds what was read {told}; move it away, or name another folder")
        return _known_by(stored)
    if store.names("") - {LOCK}:
        raise InputError(f"{place} is there and holds no results of `impact extract --warc`; name another with --out")
    for source, text in cards.items():
        store.write(f"cards/{source}.yaml", text)
    for table, data in parquet(dict.fromkeys(PARTITIONED, ())):  # so that each can be queried, whatever is found
        store.write(f"{table}/none.parquet", data)
    stored = json.dumps(about, indent=1).encode()
    store.write(JOB, stored)
    return _known_by(stored)


@lru_cache(maxsize=4)
def followed(place: str, job: str) -> Followed:
    """The cards of a job, which lie with its results at a place.

    Raises:
        Failed: this process has another version of the extractor, or cannot see what the job has put there.
    """
    store = store_at(place)
    stored = store.read(JOB)
    about = _parsed(stored) if stored and _known_by(stored) == job else None
    if about is None:
        raise Failed(f"{place} cannot be seen from a worker; name a folder with --out that all machines share")
    if about["extractor_version"] != EXTRACTOR_VERSION:
        raise Failed(f"a worker has extractor {EXTRACTOR_VERSION}, the job {about['extractor_version']}; install one")
    by_page: dict[str, list[SourceCard]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for source in about["cards"]:
            path = Path(folder) / f"{source}.yaml"
            path.write_bytes(store.read(f"cards/{source}.yaml") or b"")
            card = load_card(path)
            for url in dict.fromkeys([card.url, *(one.url for one in getattr(card, "urls", ()))]):
                cards = by_page.setdefault(page_key(url) or "", [])
                if card not in cards:
                    cards.append(card)
    return Followed({page: tuple(cards) for page, cards in by_page.items()})


def _parsed(stored: bytes) -> dict[str, Any] | None:
    try:
        about = json.loads(stored)
    except ValueError:
        return None
    return about if isinstance(about, dict) else None


def _known_by(stored: bytes) -> str:
    return hashlib.sha256(stored).hexdigest()
