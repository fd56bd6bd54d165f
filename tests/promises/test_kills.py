"""SIGKILL, wherever it falls: at each operation that orders or names something on disk, in each command, at random."""

import random
import signal

from tests.promises.conftest import Promise
from tests.promises.faulty import Fault, Tried, named
from tests.promises.grounds import NAMES, Ground, Grounds, places, wrong_after

EACH, AT_RANDOM = 10, 200
COMMANDS = ("refresh", "backfill", "build", "publish", "rollback", "decide", "prune")
PUBLISHING = "/releases/.building-TIME/.tmp-ID-release.json", "/releases/publishing"
"""What the publishing in a refresh begins and ends with."""


class Toll:
    """What came of the kills so far."""

    def __init__(self, promise: Promise, tried: Grounds, what: str) -> None:
        self.promise, self.tried, self.what = promise, tried, what
        self.killed, self.quicker, self.problems = 0, 0, list[str]()
        self.steps: set[tuple[str, str]] = set()

    def note(self, ground: Ground, ended: Tried, how: str) -> None:
        if ended.status == -signal.SIGKILL:
            self.killed += 1
            self.steps.add((ground.name, ended.step))
        else:
            self.quicker += 1
        wrong = self.tried.wrong(ground)
        self.problems += [f"{ground.name}, killed {how} {ended.step}: {one}" for one in wrong]
        print(f"{ground.name}: {how} {ended.step}: {ended.status} {'; '.join(wrong) or 'well'}", flush=True)
        self.promise.figure = (
            f"{self.killed} kills {self.what}, at {len(self.steps)} differently named steps; {self.quicker} commands "
            f"ended first; {wrong_after(self.problems)}"
        )

    def kill(self, ground: Ground, at: int, fault: Fault) -> None:
        self.tried.fresh(ground)
        ended = self.tried.run(*ground.command, fault=fault, at=at)
        self.note(ground, ended, "before" if fault == Fault.KILL_BEFORE else "after")


def published(steps: tuple[str, ...]) -> range:
    """Where in a refresh the release is published."""
    found = [n for n, one in enumerate(steps) if named(one).partition(" ")[2] in PUBLISHING]
    return range(found[0], found[-1] + 1)


def test_killed_at_every_step(promise: Promise, tried: Grounds):
    """A kill before or after any rename, link, removal or fsync leaves the published file whole; the next run of the
    command ends as an undisturbed one, and nothing is left behind."""
    chance = random.Random(promise.seed)
    first = [(ground, at[0]) for ground in map(tried.__getitem__, NAMES) for at in places(ground.steps).values()]
    every = sum(len(tried[name].steps) for name in NAMES)
    what = f"at the first of each name in each of {len(NAMES)} commands, of {every:,} such operations"
    toll = Toll(promise, tried, what)
    for ground, at in chance.sample(first, promise.times(len(first))):
        toll.kill(ground, at, chance.choice([Fault.KILL_BEFORE, Fault.KILL_AFTER]))
    assert not toll.problems, "\n".join(toll.problems)
    assert toll.killed > 0.9 * promise.times(len(first))


def test_killed_ten_times_in_each_command(promise: Promise, tried: Grounds):
    """The same of ten kills in each of refresh, backfill, build, publish, rollback, decide and prune."""
    chance = random.Random(promise.seed)
    toll = Toll(promise, tried, f"in {len(COMMANDS)} commands")
    for command in COMMANDS:
        ground = tried["refresh" if command == "publish" else command]
        within = published(ground.steps) if command == "publish" else range(len(ground.steps))
        by_name = places(ground.steps[within.start : within.stop])
        for _ in range(promise.times(EACH)):
            at = within.start + chance.choice(by_name[chance.choice(list(by_name))])
            toll.kill(ground, at, chance.choice([Fault.KILL_BEFORE, Fault.KILL_AFTER]))
    assert not toll.problems, "\n".join(toll.problems)
    assert toll.killed > 0.9 * promise.times(EACH) * len(COMMANDS)


def test_killed_at_random_moments(promise: Promise, tried: Grounds):
    """The same of 200 kills at random moments of random commands."""
    chance = random.Random(promise.seed)
    toll = Toll(promise, tried, "at random moments")
    while toll.killed < promise.times(AT_RANDOM):
        ground = tried[chance.choice(NAMES)]
        tried.fresh(ground)
        moment = chance.uniform(0, ground.seconds)
        ended = tried.run(*ground.command, fault=Fault.COUNT, signal_after=(signal.SIGKILL, moment))
        toll.note(ground, ended, f"after {moment:.3f} s, next to")
    assert not toll.problems, "\n".join(toll.problems)
