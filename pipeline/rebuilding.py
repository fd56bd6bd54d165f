"""The tables of a home made anew, from its archive and the decisions, in a scratch folder. The home is only read.

The scratch home has links to the files of the archive and of the decisions, and nothing else: no stored reading and no
index of what files held is believed.
"""

import datetime as dt
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from pipeline import building
from pipeline.interrupts import Watch
from pipeline.survey import Survey
from warehouse import build
from warehouse.archive import CARD_FILE, CARD_VERSION, Archive
from warehouse.base import load_lineage
from warehouse.comparing import OF_RELEASES
from warehouse.home import Home, HomeUnreadable
from warehouse.lineage_file import written_lineage
from warehouse.models import load_models
from warehouse.plain_paths import temporary_folder
from warehouse.release_files import ID_FORMAT
from warehouse.warc import Acceptance, Capture, CorruptWarc

Chooser = Callable[[Capture | Acceptance], bool]


@dataclass(frozen=True, slots=True)
class Moment:
    """Up to when an archive is read."""

    retrieved: dt.datetime
    """Time of the last retrieval."""
    decided: dt.datetime
    """What a person accepted or decided later, or a card that was given later, is left out."""


@contextmanager
def scratch(home: Home, watch: Watch, moment: Moment | None = None) -> Iterator[Home]:
    """A home with the archive and the decisions of another, for the time of the block; gone after it, however it ends.

    Raises:
        HomeUnwritable: the folder for temporary files cannot be written.
        HomeUnreadable: the archive cannot be read, or not be linked to from there.
    """
    with temporary_folder() as folder:
        watch.give_up = lambda: shutil.rmtree(folder, ignore_errors=True)
        try:
            made = Home.at(folder / "home")
            made.create()
            _link(home, made, moment)
            yield made
        finally:
            watch.give_up = None


def decided_by_then(found: Survey, moment: Moment) -> Survey:
    """What a survey found, without the decisions that were made later."""
    kept = {
        source: tuple(one for one in some if one.when <= moment.decided) for source, some in found.decisions.items()
    }
    return replace(found, decisions=kept)


def shuffled(found: Survey, order: random.Random) -> Survey:
    """What a survey found, to be loaded in another order."""
    rows: list[list[Any]] = [list(found.responses), list(found.retrievals), list(found.cards)]
    for some in rows:
        order.shuffle(some)
    responses, retrievals, cards = rows
    decisions = {source: tuple(order.sample(some, len(some))) for source, some in found.decisions.items()}
    return replace(found, responses=responses, retrievals=retrievals, cards=cards, decisions=decisions)


@contextmanager
def built(found: Survey, database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Every table but the releases, made from what a survey found, with the working tables while the block lasts.

    Raises:
        ImpactError: the database cannot be written.
    """
    with build.open_candidate(database) as con, building.loaded(con, found):
        load_lineage(con, written_lineage())
        for model in load_models():
            if model.table != OF_RELEASES:
                build.run_model(con, model)
        yield con
        build.finish(con)


def held(moment: Moment) -> Chooser:
    """Whether an archive held an entry at some moment."""

    def chosen(entry: Capture | Acceptance) -> bool:
        if isinstance(entry, Capture):
            return entry.captured_at <= moment.retrieved
        return entry.accepted_at <= moment.decided

    return chosen


class Part(Archive):
    """Those entries of an archive that a function chooses; what is damaged is among them."""

    def __init__(self, home: Home, chosen: Chooser) -> None:
        """Of a home's archive; nothing is read yet."""
        super().__init__(home)
        self._chosen = chosen

    def _read_all(self, source: str | None) -> Iterator[Capture | Acceptance | CorruptWarc]:
        for entry in super()._read_all(source):
            if isinstance(entry, CorruptWarc) or self._chosen(entry):
                yield entry


def _link(home: Home, made: Home, moment: Moment | None) -> None:
    try:
        later = _later_cards(home, moment) if moment else frozenset()
        for path in sorted(home.archive.rglob("*")):
            if path.is_file() and path not in later:
                link = made.archive / path.relative_to(home.archive)
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(path)
        if home.decisions.is_dir():
            made.decisions.symlink_to(home.decisions)
    except OSError as error:
        raise HomeUnreadable.because(home.archive, error) from error


def _later_cards(home: Home, moment: Moment) -> frozenset[Path]:
    """Versions of cards that came later, and with them the present card, which is the last of them."""
    found: set[Path] = set()
    for source in Archive(home).sources():
        folder = home.archive / source
        last = CARD_VERSION.format(moment.decided.astimezone(dt.UTC).strftime(ID_FORMAT))
        later = [path for path in folder.glob(CARD_VERSION.format("*")) if path.name > last]
        found |= {*later, *([folder / CARD_FILE] if later else [])}
    return frozenset(found)
