"""The releases a person can name: those that are kept, by id, and `current` and `previous`. Nothing is written."""

from contextlib import suppress
from pathlib import Path

from extractors.errors import InputError
from warehouse import release_files
from warehouse.home import Home
from warehouse.release import NoRelease
from warehouse.release_files import CorruptRelease, Release

CURRENT, PREVIOUS = "current", "previous"


class UnknownRelease(InputError):
    """No release of that name is kept. The message names those there are."""


def find(home: Home, name: str = CURRENT) -> Release:
    """What is known of a release that is kept: by its id, the published one, or the last before it that says otherwise.

    Whether its database is what was published is not looked at.

    Raises:
        NoRelease: nothing has been published.
        UnknownRelease: none of that name is kept.
        CorruptRelease: its record is damaged.
    """
    known = kept(home)
    wanted = name.strip()
    if wanted in (CURRENT, PREVIOUS):
        published = known.get(release_files.linked_id(home) or "") or next(reversed(known.values()), None)
        if published and wanted == CURRENT:
            return published
        # As a rollback goes: a copy says nothing that its original does not.
        earlier = [one for one in known.values() if published and one.state < published.state]
        if earlier:
            return max(earlier, key=lambda one: (one.state, one.id == one.state))
    elif wanted in known:
        return known[wanted]
    elif wanted in (folder.name for folder in release_files.release_folders(home)):
        return release_files.record(home.releases / wanted)  # tells what is wrong with it
    if not known:
        raise NoRelease(home.empty())
    wrong = "no release before the current one" if wanted == PREVIOUS else f"no release {name!r}"
    raise UnknownRelease(f"{wrong} is kept in {home.releases}; there are {', '.join(known)}")


def kept(home: Home) -> dict[str, Release]:
    """The releases that are kept and have a record that can be read, by id, the oldest first."""
    found = {}
    for folder in release_files.release_folders(home):
        with suppress(CorruptRelease):
            found[folder.name] = release_files.record(folder)
    return found


def database(home: Home, release: Release) -> Path:
    """Where the database of a release lies."""
    return home.releases / release.id / release_files.DATABASE
