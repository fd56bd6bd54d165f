"""The releases a person can name: those that are kept, by id, and `current` and `previous`. Nothing is written."""

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from extractors.errors import InputError
from warehouse import release_files
from warehouse.comparing import attached
from warehouse.home import Home
from warehouse.release import NoRelease
from warehouse.release_files import CorruptRelease, Release

CURRENT, PREVIOUS = "current", "previous"


@dataclass(frozen=True, slots=True)
class Told:
    """What the tables of a release tell of how it was made."""

    last_retrieval: dt.datetime
    extractors: frozenset[str]
    """Versions of the extractor that read its facts."""
    schema_version: int | None


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
    wanted, linked = name.strip(), release_files.linked_id(home)
    if wanted in (CURRENT, PREVIOUS):
        last = next(reversed(known.values()), None)  # what a lost link would be put back to
        published = release_files.record(home.releases / linked) if linked else last
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
    wrong = (
        "no release that says something else before the current one" if wanted == PREVIOUS else f"no release {name!r}"
    )
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


def told(home: Home, release: Release) -> Told:
    """What the tables of a release tell of how it was made.

    Raises:
        CorruptRelease: they cannot be read, or do not tell.
    """
    try:
        with attached(one=database(home, release)) as con:
            versions = con.execute("SELECT DISTINCT extractor_version FROM one.facts").fetchall()
            query = "SELECT last_retrieval, schema_version FROM one.releases WHERE release_id = ?"
            own = con.execute(query, [release.id]).fetchall()
    except duckdb.Error as error:
        raise unreadable(release, error) from error
    if not own or own[0][0] is None:
        problem = "its table releases does not say up to which retrieval it goes"
        raise CorruptRelease(f"release {release.id} is damaged: {problem}; {release_files.REMEDY}")
    ((last, schema),) = own
    return Told(last.replace(tzinfo=dt.UTC), frozenset(version for (version,) in versions), schema)


def unreadable(release: Release, error: duckdb.Error) -> CorruptRelease:
    """The error of ours for an error of the database met in a release."""
    reason = str(error).splitlines()[0]
    return CorruptRelease(f"release {release.id} cannot be read: {reason}; {release_files.REMEDY}")
