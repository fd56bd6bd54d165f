"""Which card explains a source: one of the user's own, as last used in this home, or a bundled one."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import InputError
from extractors.metrics.card import SOURCES, SourceCard, bundled_card, bundled_sources, load_card
from extractors.metrics.old_language import OldCard, outdated
from extractors.metrics.proving import failures, prove
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
    path: Path
    """The file that was read."""


def followed(home: Home, source: str | None = None, card_file: str | None = None) -> Followed:
    """The card that a refresh is asked to follow; by default that of `DEFAULT_SOURCE`.

    `source` names a bundled card, or a source of this home whose card an earlier refresh was given.

    Raises:
        InputError: both are given, there is no such card, it cannot be used, or an example of a card file that is given
            does not come out.
    """
    if source and card_file:
        raise InputError("--source and --card exclude each other; give one")
    if card_file:
        given = _read(Path(card_file))
        prove(given.card, card_file)
        return given
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


def notes(archive: Archive, followed: Followed) -> Iterator[str]:
    """What somebody should know of the card of a source: it is in the old language, or no longer proves itself, or the
    home's copy is other than what was given.

    Bundled cards need no look: tests hold them.
    """
    source = followed.card.id
    files = archive.card_files(source)
    if files[:1] == [followed.path] and len(files) > 1 and files[1].read_bytes() != followed.text:
        yield f"{followed.path} has changed since it was last given; if nobody edited it, give it again with --card"
    if isinstance(followed.card, OldCard):
        yield outdated(str(followed.path))
    elif source not in bundled_sources() or _bundled(source).text != followed.text:
        failed = list(failures(followed.card))
        if failed:
            more = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
            yield f"{followed.path}: {failed[0].place}: {failed[0].reason}{more}; see `impact card check`"


def keep(archive: Archive, chosen: Followed) -> None:
    """Keep the card beside the captures it explains, unless it is simply the bundled one."""
    source = chosen.card.id
    bundled = source in bundled_sources() and _bundled(source).text == chosen.text
    if not bundled or archive.card(source) is not None:
        archive.save_card(source, chosen.text)


def _own(home: Home, source: str) -> Path:
    return home.archive / source / CARD_FILE


def _bundled(source: str) -> Followed:
    path = SOURCES / f"{source}.yaml"
    return Followed(bundled_card(source), path.read_bytes(), path)


def _read(path: Path) -> Followed:
    return Followed(load_card(path), path.read_bytes(), path)
