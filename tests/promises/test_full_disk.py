"""A disk that is full: at each write of a command, and a small one that fills."""

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Web
from tests.pipeline.conftest import CARD, page, rows
from tests.promises.conftest import Promise
from tests.promises.faulty import Fault, Tried, faulty
from tests.promises.grounds import NAMES, Ground, Grounds, litter, places, unfinished, wrong_after

AT_RANDOM = 100
ROOM, MOST = 40, 30
"""Megabytes of the small disk, for some releases; and refreshes that surely fill it."""


def untold(ended: Tried) -> list[str]:
    """What is wrong with how a command that could not write ended."""
    told = [line for line in ended.err.splitlines() if line.startswith("impact: ")]
    found = []
    if ended.status not in (0, 1, 2):
        found.append(f"it ended with {ended.status}")
    if ended.status and len(told) != 1:
        found.append(f"{len(told)} lines tell why: {ended.err.strip()[-200:]!r}")
    if "Traceback" in ended.err or "foresaw" in ended.err:
        found.append(f"told as {told[0][:300] if told else ended.err[-300:]!r}")
    if ended.status and told and not any(word in told[0].lower() for word in ("space", "full", "cannot write")):
        found.append(f"does not say what to do: {told[0][:300]!r}")
    return found


class Toll:
    """What came of it so far."""

    def __init__(self, promise: Promise, tried: Grounds, what: str) -> None:
        self.promise, self.tried, self.what = promise, tried, what
        self.failed, self.went_on, self.problems = 0, 0, list[str]()
        self.steps: set[tuple[str, str]] = set()

    def fill(self, ground: Ground, at: int, fault: Fault) -> None:
        self.tried.fresh(ground)
        ended = self.tried.run(*ground.command, fault=fault, at=at)
        self.steps.add((ground.name, ended.step))
        self.failed, self.went_on = self.failed + bool(ended.status), self.went_on + (not ended.status)
        wrong = untold(ended) + self.tried.wrong(ground)
        how = "once at" if fault == Fault.FULL_ONCE else "full from"
        self.problems += [f"{ground.name}, {how} {ended.step}: {one}" for one in wrong]
        print(f"{ground.name}: {how} {ended.step}: {ended.status} {'; '.join(wrong) or 'well'}", flush=True)
        self.promise.figure = (
            f"{self.failed + self.went_on} writes refused {self.what}, at {len(self.steps)} differently named ones; "
            f"{self.failed} commands ended, {self.went_on} went on; {wrong_after(self.problems)}"
        )


def test_disk_full_at_every_write(promise: Promise, tried: Grounds):
    """A disk that is full from any write on ends a command with one line; the last release stays, and when there is
    room again the next run ends as an undisturbed one, and nothing is left behind."""
    toll = Toll(promise, tried, "and all after them")
    chance = random.Random(promise.seed)
    first = [(ground, at[0]) for ground in map(tried.__getitem__, NAMES) for at in places(ground.growth).values()]
    for ground, at in chance.sample(first, promise.times(len(first))):
        toll.fill(ground, at, Fault.FULL_FROM)
    assert not toll.problems, "\n".join(toll.problems)


def test_single_writes_refused(promise: Promise, tried: Grounds):
    """The same of single writes that are refused, at random, each kind as often as any other."""
    chance = random.Random(promise.seed)
    toll = Toll(promise, tried, "at random")
    found = {name: places(tried[name].growth) for name in NAMES}
    for _ in range(promise.times(AT_RANDOM)):
        command = chance.choice(NAMES)
        operation = chance.choice(list(found[command]))
        toll.fill(tried[command], chance.choice(found[command][operation]), Fault.FULL_ONCE)
    assert not toll.problems, "\n".join(toll.problems)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of some megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}m", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"a small file system cannot be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_small_disk_that_fills(promise: Promise, small_disk: Path, tmp_path: Path, web: Web):
    """A small file system that fills ends a refresh with one line, again and again; the last release stays, and when
    there is room again the next refresh ends right."""
    home, card = small_disk / "home", tmp_path / "card.yaml"
    card.write_text(CARD.format(url=web.url("/")), encoding="utf-8")
    figure = "SELECT value FROM metric_year WHERE metric = 'rescues' AND year = 2021"
    refused = 0
    with faulty(tmp_path) as process:
        for number in range(MOST):
            web.forget("/")
            web.answer("/", body=page(2021, 301 + number))
            ended = process.run(home, "refresh", "--card", card)
            if ended.status == 0:
                assert not refused
                last = 301 + number
                continue
            refused += 1
            assert not untold(ended), ended.err
            assert rows(home, figure) == [(last,)]
            promise.figure = f"{ROOM} MB were full after {last - 300} refreshes, and {refused} more ended with one line"
            if refused == 3:
                break
        assert refused == 3
        subprocess.run(["mount", "-o", f"remount,size={10 * ROOM}m", str(small_disk)], check=True)
        ended = process.run(home, "refresh", "--card", card)
        assert ended.status == 0, ended.err
        assert rows(home, figure) == [(301 + number,)]
        assert not litter(home) and not unfinished(home)
        promise.figure += "; with room again the next ended right"
