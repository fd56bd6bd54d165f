"""Which card explains a source: one of the user's own, as last used in this home, or a bundled one."""

import logging
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import InputError
from extractors.metrics.card import SOURCES, SourceCard, bundled_card, bundled_sources, load_card
from warehouse.archive import CARD_FILE, Archive
from warehouse.home import Home

log = logging.getLogger("impact")

DEFAULT_SOURCE = "ncmec-impact"
"""What an empty home follows."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A card with its text: what a reading depends on is the text, to the byte."""

    card: SourceCard
    text: bytes


def followed(home: Home, source: str | None = None, card_file: str | None = None) -> Followed:
    """The card that a refresh is asked to follow; by default that of `DEFAULT_SOURCE`.

    `source` names a bundled card, or a source of this home whose card an earlier refresh was given.

    Raises:
        InputError: both are given, there is no such card, or it cannot be used.
    """
    if source and card_file:
        raise InputError("--source and --card exclude each other; give one")
    if card_file:
        return _read(Path(card_file))
    source = source or DEFAULT_SOURCE
    if source not in bundled_sources() and _own(home, source).is_file():
        try:
            return _read(_own(home, source))
        except InputError as error:
            raise InputError(f"{error}; give the card of {source} again with --card") from error
    return _bundled(source)


def of_home(archive: Archive) -> list[str]:
    """The sources that a home follows: those it holds captures of; `DEFAULT_SOURCE` in an empty home."""
    return [source for source in archive.sources() if archive.captures(source)] or [DEFAULT_SOURCE]


def known(home: Home, source: str) -> Followed | None:
    """The card that explains the captures of a source of this home; None when it has gone.

    The last one that can be used: a damaged card must not take out of the tables what the source has said.
    """
    for path in Archive(home).card_files(source):
        try:
            return _read(path)
        except InputError as error:
            log.warning("%s; an earlier card of %s stands in", error, source)
    return _bundled(source) if source in bundled_sources() else None


def pages_of(card: SourceCard) -> list[str]:
    """The addresses at which the page of a card stands or stood."""
    return [card.url, *(one.url for one in getattr(card, "urls", ()))]


def all_followed(home: Home) -> list[Followed]:
    """The cards of the sources that the home follows; that of `DEFAULT_SOURCE` where it follows none.

    Raises:
        InputError: the home's copy of a card cannot be used.
    """
    found = [card for source in Archive(home).sources() if (card := known(home, source))]
    return found or [_bundled(DEFAULT_SOURCE)]


def keep(archive: Archive, chosen: Followed) -> None:
    """Keep the card beside the captures it explains, unless it is simply the bundled one."""
    source = chosen.card.id
    bundled = source in bundled_sources() and _bundled(source).text == chosen.text
    if not bundled or archive.card(source) is not None:
        archive.save_card(source, chosen.text)


def _own(home: Home, source: str) -> Path:
    return home.archive / source / CARD_FILE


def _bundled(source: str) -> Followed:
    return Followed(bundled_card(source), (SOURCES / f"{source}.yaml").read_bytes())


def _read(path: Path) -> Followed:
    return Followed(load_card(path), path.read_bytes())
