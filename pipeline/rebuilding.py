"""The tables of a home made anew, from its archive alone, in a scratch folder. The home is only read.

The scratch home has links to the files of the archive and nothing else: no stored reading and no index of what files
held is believed.
"""

import datetime as dt
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline import building
from pipeline.interrupts import Watch
from pipeline.survey import Survey, survey
from warehouse import build
from warehouse.archive import CARD_FILE, CARD_VERSION, Archive
from warehouse.comparing import OF_RELEASES
from warehouse.home import Home, HomeUnreadable
from warehouse.models import load_models
from warehouse.plain_paths import temporary_folder
from warehouse.release_files import ID_FORMAT
from warehouse.warc import Acceptance, Capture, CorruptWarc


@dataclass(frozen=True, slots=True)
class Moment:
    """Up to when an archive is read."""

    retrieved: dt.datetime
    """Time of the last retrieval."""
    decided: dt.datetime
    """What a person accepted later, or a card that was given later, is left out."""


@contextmanager
def scratch(home: Home, watch: Watch, until: Moment | None = None) -> Iterator[Home]:
    """A home that holds the archive of another, for the time of the block; gone after it, also when it is interrupted.

    Raises:
        HomeUnwritable: the folder for temporary files cannot be written.
        HomeUnreadable: the archive cannot be read, or not be linked to from there.
    """
    with temporary_folder() as folder:
        watch.give_up = lambda: shutil.rmtree(folder, ignore_errors=True)
        try:
            made = Home.at(folder / "home")
            made.create()
            _link(home, made, until)
            yield made
        finally:
            watch.give_up = None


def read(home: Home, until: Moment | None = None) -> Survey:
    """Read every capture of a scratch home, with the present extractor and the home's cards."""
    archive = Archive(home) if until is None else _Past(home, until)
    return survey(home, archive)


def tables(found: Survey, database: Path, order: random.Random | None = None) -> None:
    """Build every table but the releases from what a survey found, loaded in an order that `order` draws.

    Raises:
        ImpactError: the database cannot be written.
    """
    if order:
        for rows in (found.responses, found.retrievals, found.cards):
            order.shuffle(rows)
    with build.open_candidate(database) as con:
        building.load(con, found)
        for model in load_models():
            if model.table != OF_RELEASES:
                build.run_model(con, model)
        build.finish(con)


class _Past(Archive):
    """An archive as it was at some moment."""

    def __init__(self, home: Home, until: Moment) -> None:
        super().__init__(home)
        self._until = until

    def _read_all(self, source: str | None) -> Iterator[Capture | Acceptance | CorruptWarc]:
        for entry in super()._read_all(source):
            if isinstance(entry, Capture) and entry.captured_at > self._until.retrieved:
                continue
            if isinstance(entry, Acceptance) and entry.accepted_at > self._until.decided:
                continue
            yield entry


def _link(home: Home, made: Home, until: Moment | None) -> None:
    try:
        later = _later_cards(home, until) if until else frozenset()
        for path in sorted(home.archive.rglob("*")):
            if path.is_file() and path not in later:
                link = made.archive / path.relative_to(home.archive)
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(path)
    except OSError as error:
        raise HomeUnreadable.because(home.archive, error) from error


def _later_cards(home: Home, until: Moment) -> frozenset[Path]:
    """Versions of cards that came later, and with them the present card, which is the last of them."""
    found: set[Path] = set()
    for source in Archive(home).sources():
        folder = home.archive / source
        last = CARD_VERSION.format(until.decided.astimezone(dt.UTC).strftime(ID_FORMAT))
        later = [path for path in folder.glob(CARD_VERSION.format("*")) if path.name > last]
        found |= {*later, *([folder / CARD_FILE] if later else [])}
    return frozenset(found)
