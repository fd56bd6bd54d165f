"""Homes on which a fault is tried: how each begins, what is run there, what ends it, and what must then be true."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from tests.conftest import Web
from tests.pipeline.conftest import CARD, page
from tests.pipeline.kept_history import NEW
from tests.pipeline.scripted_archive import Scripted, card_file
from tests.promises.faulty import Fault, Faulty, Tried, faulty, named
from warehouse import release
from warehouse.home import Home

SAID = (
    "SELECT fact_id, metric, year, value, unit, surface, sentence, edition, flags FROM facts ORDER BY ALL",
    "SELECT metric, year, period_type, breakdown, value, status, statement FROM metric_year ORDER BY ALL",
    "SELECT fact_id FROM review_queue ORDER BY ALL",
    "SELECT source, outcome, action, why, fact_ids FROM decisions ORDER BY ALL",
    "SELECT sha256, edition, refused FROM captures ORDER BY ALL",
)
"""What a release says, without when it was said."""
WORK = (".tmp-*", ".building-*", ".removing-*", "publishing", "*.duckdb.wal")
"""Names of what only a write under way may leave in a home."""
ENDED = {"SUCCESS", "FAILURE", "CANCELED"}

Command = Sequence[str | Path]


def said(database: Path) -> list[list[tuple]]:
    """What a database says; a damaged or locked one raises."""
    with duckdb.connect(str(database), read_only=True) as con:
        return [con.execute(query).fetchall() for query in SAID]


def wrong_after(problems: Sequence[str]) -> str:
    """After how many tries something was wrong, with the first of it, for a figure."""
    return f"wrong after {len(problems)}{': ' + problems[0] if problems else ''}"


def litter(home: Path) -> list[str]:
    """What a write that did not end has left."""
    found = [path for name in WORK for path in home.rglob(name)] + list((home / "dagster" / "running").glob("*"))
    return sorted(str(path.relative_to(home)) for path in found)


def unfinished(home: Path) -> int:
    """Runs that Dagster's records say have not ended."""
    with closing(sqlite3.connect(home / "dagster" / "history" / "runs.db")) as con:
        return sum(status not in ENDED for (status,) in con.execute("SELECT status FROM runs"))


@dataclass
class Ground:
    """A command, the home in which it is tried, and what is run next."""

    name: str
    base: Path
    command: Command
    then: Callable[[Path], Sequence[Command]]
    """What a person would run next, given the home."""
    before: list[list[tuple]] = field(default_factory=list)
    during: list[list[tuple]] = field(default_factory=list)
    after: list[list[tuple]] = field(default_factory=list)
    """What the published file says before the command, after it, and after what is run next."""
    releases: int = 0
    seconds: float = 0.0
    steps: tuple[str, ...] = ()
    """Every operation that orders or names something on disk, in their order."""
    growth: tuple[str, ...] = ()
    """Every one that needs room there."""


NAMES = ("refresh", "build", "rollback", "decide", "prune", "backfill")


class Grounds:
    """All that is tried, each with an undisturbed run to compare with."""

    def __init__(self, folder: Path, process: Faulty, web: Web) -> None:
        self.folder, self.process, self.web = folder, process, web
        self.home = folder / "home"
        self.all = [*self._of_a_page(), self._of_an_archive()]

    def __getitem__(self, name: str) -> Ground:
        """A ground by the name of its command, once it has been seen what an undisturbed run makes of it."""
        ground = next(ground for ground in self.all if ground.name == name)
        if not ground.steps:
            self._undisturbed(ground)
        return ground

    def fresh(self, ground: Ground) -> Path:
        """The home as it was before the command."""
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(ground.base, self.home, symlinks=True)
        return self.home

    def run(self, *command: str | Path, **how) -> Tried:
        return self.process.run(self.home, *command, **how)

    def wrong(self, ground: Ground) -> list[str]:
        """What is not as it must be after a fault, and after what is then run."""
        return self.wrong_now(ground) + self.wrong_next(ground)

    def wrong_now(self, ground: Ground) -> list[str]:
        """What is not as it must be after a fault: the published file says what it said before or after, whole."""
        found = []
        try:
            shown = said(self.home / "impact.duckdb")
            if shown not in (ground.before, ground.during):
                found.append("the published file says something else")
            release.verified(Home.at(self.home))
        except (duckdb.Error, release.CorruptRelease) as error:
            found.append(f"the published file: {error}")
        return found

    def wrong_next(self, ground: Ground) -> list[str]:
        """What is not as it must be after what is run next."""
        for command in ground.then(self.home):
            ended = self.run(*command)
            if ended.status:
                return [f"`impact {command[0]}` then ended with {ended.status}: {ended.err.strip()[-300:]}"]
        try:
            found = [] if said(self.home / "impact.duckdb") == ground.after else ["it then says something else"]
        except duckdb.Error as error:
            found = [f"the published file then: {error}"]
        if left := litter(self.home):
            found.append(f"left behind: {', '.join(left[:5])}")
        if running := unfinished(self.home):
            found.append(f"{running} runs seem to go on")
        kept = len(list((self.home / "releases").glob("2*/")))
        if kept > ground.releases + 1:
            found.append(f"{kept} releases are kept instead of {ground.releases}")
        return found

    def _undisturbed(self, ground: Ground) -> None:
        self.fresh(ground)
        ground.before = said(self.home / "impact.duckdb")
        ended = self.run(*ground.command, fault=Fault.COUNT)
        assert ended.status == 0, ended.err
        ground.steps, ground.growth, ground.seconds = ended.steps, ended.growth, ended.seconds
        ground.during = said(self.home / "impact.duckdb")
        for command in ground.then(self.home):
            ended = self.run(*command)
            assert ended.status == 0, ended.err
        ground.after = said(self.home / "impact.duckdb")
        ground.releases = len(list((self.home / "releases").glob("2*/")))
        assert not litter(self.home) and not unfinished(self.home), litter(self.home)

    def _keep(self, name: str) -> Path:
        base = self.folder / name
        self.home.rename(base)
        return base

    def _of_a_page(self) -> Iterator[Ground]:
        card = self.folder / "card.yaml"
        card.write_text(CARD.format(url=self.web.url("/")), encoding="utf-8")
        refresh = ["refresh", "--card", card]
        self.web.answer("/", body=page(2020))
        assert self.run(*refresh).status == 0
        stale = self.folder / "stale"
        shutil.copytree(self.home / "facts" / "coast-rescue" / "000001", stale)
        for year in (2021, 2022):
            self.web.forget("/")
            self.web.answer("/", body=page(year, 300 + year - 2000))
            if year == 2021:
                # With another card, by which everything is read again.
                other = CARD.format(url=self.web.url("/")).replace("label: Volunteers", "label: All volunteers")
                card.write_text(other, encoding="utf-8")
                assert self.run(*refresh).status == 0
        base = self._keep("page")
        with_stale = self.folder / "with-stale"
        shutil.copytree(base, with_stale, symlinks=True)
        shutil.copytree(stale, with_stale / "facts" / "coast-rescue" / "000099")
        waiting = duckdb.connect(str((base / "impact.duckdb").resolve()), read_only=True)
        (fact,) = waiting.execute("SELECT min(fact_id) FROM review_queue").fetchone()
        waiting.close()
        decide = ["decide", fact, "--dismiss", "--why", "not followed", "--who", "somebody"]

        def after_decide(home: Path) -> list[Command]:
            # Who was told that it is on record need not say it again.
            files = [path for path in (home / "decisions").glob("*.yaml") if not path.name.startswith(".")]
            return [["build"] if any("not followed" in file.read_text("utf-8") for file in files) else decide]

        yield Ground("refresh", base, refresh, lambda _: [refresh])
        yield Ground("build", base, ["build"], lambda _: [["build"]])
        yield Ground("rollback", base, ["rollback"], lambda _: [["unpin"], refresh])
        yield Ground("decide", base, decide, after_decide)
        yield Ground("prune", with_stale, ["prune"], lambda _: [["prune"], refresh])

    def _of_an_archive(self) -> Ground:
        kept = Scripted(self.web, 2)
        (self.folder / "kept").mkdir()
        card = card_file(self.folder / "kept", f"url: {NEW}\n")
        backfill = ["backfill", "--card", card, "--archive", kept.url, "--rate", "6000"]
        ended = self.run(*backfill)
        assert ended.status == 0, ended.err
        for path in {asked.path for asked in self.web.asked if "/cdx?" in asked.path}:
            self.web.forget(path)
        Scripted(self.web, 4)
        return Ground("backfill", self._keep("archive"), backfill, lambda _: [backfill])


def places(operations: Sequence[str]) -> dict[str, list[int]]:
    """Where operations come, by their names, counted from 1."""
    found: dict[str, list[int]] = {}
    for at, operation in enumerate(operations, 1):
        found.setdefault(named(operation), []).append(at)
    return found


@contextmanager
def grounds(folder: Path) -> Iterator[Grounds]:
    """All that is tried, until the block ends; in memory where there is room for files, as a kill asks no disk."""
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else folder
    web = Web()
    with tempfile.TemporaryDirectory(dir=place, prefix="impact-promises-") as inside, faulty(folder) as process:
        try:
            yield Grounds(Path(inside), process, web)
        finally:
            web.close()
