"""Homes of many captures, and what a refresh of one takes, for `make bench`.

The pages are variants of a bundled sample edition that states 72 statistics: each capture says something of its own.
"""

import datetime as dt
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from extractors.metrics.card import SOURCES
from pipeline.sources import followed, keep
from tests.conftest import Web
from warehouse.archive import Archive
from warehouse.fetch import Retrieval
from warehouse.home import Home, writer_lock

CARD = "ncmec-impact"
SAMPLE = SOURCES / "samples" / CARD / "2021.html"
STATES = b"94,428"
"""A statistic of the sample, which is another in each variant."""
CHANGES = b"27,733"
"""Another, for a capture that is made now."""
FIRST_EDITION, EDITIONS = 2009, 13
IMPACT = "from pipeline.cli import main; main()"


def variant(number: int, of: int) -> bytes:
    """The page of a day: one figure is another each day, the edition every `of` / `EDITIONS` days."""
    year = FIRST_EDITION + number * EDITIONS // of
    page = SAMPLE.read_bytes().replace(b"2020", b"%d" % (year - 1)).replace(b"2021", b"%d" % year)
    return page.replace(STATES, f"{90_000 + number:,}".encode())


@dataclass(frozen=True)
class Grown:
    """A home of many captures of one page, that `web` serves."""

    home: Home
    card: Path
    web: Web
    captures: int

    def impact(self, *arguments: str, cores: int | None = None) -> tuple[float, float, float]:
        """Run a command: processor seconds, seconds elapsed, peak memory of the largest of its processes in MB."""
        environment = os.environ | {"IMPACT_HOME": str(self.home.root)}
        begin = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, "-c", IMPACT, *arguments],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            preexec_fn=(lambda: os.sched_setaffinity(0, set(range(cores)))) if cores else None,
        )
        assert child.stderr
        said = child.stderr.read().decode()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise RuntimeError(said)
        return used.ru_utime + used.ru_stime, time.perf_counter() - begin, used.ru_maxrss / 1024

    def refresh(self, page: bytes) -> tuple[float, float, float]:
        """Refresh from a page, as `impact` does."""
        self.web.forget("/")
        self.web.answer("/", body=page)
        return self.impact("refresh", "--card", str(self.card))


def many_rows(few: int = 5, many: int = 1001, rounds: int = 3) -> Iterator[list[str]]:
    """A small home and one of many captures, in turn: one new capture, then nothing new; the best of some rounds."""
    with grown(few) as small, grown(many) as large:
        homes = (small, large)
        alone = large.impact("build", cores=1)
        shutil.rmtree(large.home.facts)
        together = large.impact("build")
        small.impact("build")
        yield ["first reading", f"{alone[1]:.1f}", f"{together[1]:.1f}", f"{alone[1] / together[1]:.2f}", "", ""]
        new, old = [], []
        for number in range(rounds):
            pages = [variant(one.captures, one.captures + 1) + b"<!-- %d -->" % number for one in homes]
            pages = [page.replace(CHANGES, b"%d,733" % (30 + number)) for page in pages]
            new.append([one.refresh(page) for one, page in zip(homes, pages, strict=True)])
            old.append([one.refresh(page) for one, page in zip(homes, pages, strict=True)])
    for name, measured in (("one new capture", new), ("nothing new", old)):
        seconds = [min(one[n][0] for one in measured) for n in (0, 1)]
        memory = [max(one[n][2] for one in measured) for n in (0, 1)]
        yield [
            name, f"{seconds[0]:.2f}", f"{seconds[1]:.2f}", f"{seconds[1] / seconds[0]:.2f}",
            f"{memory[0]:.0f}", f"{memory[1]:.0f}",
        ]  # fmt: skip


@contextmanager
def grown(captures: int) -> Iterator[Grown]:
    """A home whose archive holds captures of as many days; nothing is read yet."""
    with tempfile.TemporaryDirectory() as folder:
        web = Web()
        card = Path(folder) / "card.yaml"
        text = (SOURCES / f"{CARD}.yaml").read_text(encoding="utf-8")
        card.write_text(text.replace("https://www.missingkids.org/ourwork/impact", web.url("/")), encoding="utf-8")
        home = Home.at(Path(folder) / "home")
        home.create()
        archive, chosen = Archive(home), followed(home, card_file=str(card))
        today = dt.datetime.now(dt.UTC)
        headers = (("Content-Type", "text/html; charset=utf-8"),)
        with writer_lock(home):
            keep(archive, chosen)
            for number in range(captures):
                at = today - dt.timedelta(days=captures - number)
                page = Retrieval(web.url("/"), web.url("/"), 200, "OK", headers, variant(number, captures + 1), at)
                archive.store(chosen.card.id, page, sample=False)
        try:
            yield Grown(home, card, web, captures)
        finally:
            web.close()
