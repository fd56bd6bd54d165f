"""Clocks that are wrong, and days that are unlike others."""

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from tests.conftest import Web
from tests.pipeline.conftest import CARD, page, release, rows
from tests.pipeline.days import Clock, Days
from tests.promises.conftest import Promise
from tests.promises.faulty import faulty

MOMENTS = [
    ("2028-02-28 23:59:57", "the day before a leap day, at its end"),
    ("2028-02-29 00:00:10", "a leap day"),
    ("2028-03-01 06:00:00", "the day after one"),
    ("2028-03-26 00:59:57", "before summer time begins"),
    ("2028-03-26 01:00:10", "after it has begun"),
    ("2028-10-29 00:30:00", "in the hour that comes twice"),
    ("2028-10-29 01:30:00", "in that hour again"),
    ("2028-10-27 12:00:00", "the clock set back two days"),
    ("2028-02-29 00:00:10", "set back to a leap day that was"),
    ("2028-12-31 23:59:57", "the end of the year"),
    ("2029-06-30 06:00:00", "after half a year of missed days"),
]
ZONE = "CET-1CEST,M3.5.0,M10.5.0/3"
DAYS = 14


def files(home: Path) -> dict[str, str]:
    """What the archive and the releases hold, by name, without what is appended to or made to change."""
    kept = [*home.glob("archive/*/*.warc.gz"), *home.glob("releases/2*/*")]
    return {str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}


def test_clock_set_back_and_days_unlike_others(promise: Promise, tmp_path: Path, web: Web):
    """A clock that is set back, a leap day, a change to summer time and missed days cost nothing: nothing is
    overwritten, releases keep their order, and what was shown last by the clock is what is published."""
    clock, home = Clock(tmp_path), tmp_path / "home"
    card = tmp_path / "card.yaml"
    card.write_text(CARD.format(url=web.url("/")), encoding="utf-8")
    shown: dict[dt.datetime, int] = {}
    kept: dict[str, str] = {}
    names: list[str] = []
    with faulty(tmp_path, clock.environment) as process:
        for number, (moment, what) in enumerate(MOMENTS):
            wanted = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)
            clock.forward(wanted - clock.now())
            web.forget("/")
            web.answer("/", body=page(2028, 301 + number))
            ended = process.run(home, "refresh", "--card", card, environment={"TZ": ZONE})
            assert ended.status == 0, (what, ended.err)
            shown[wanted] = 301 + number
            now = files(home)
            changed = [name for name, digest in kept.items() if now.get(name, digest) != digest]
            gone = [name for name in kept if name.startswith("archive/") and name not in now]
            assert not changed and not gone, (what, changed, gone)
            assert len([name for name in now if name.startswith("archive/")]) == number + 1, what
            kept |= now
            names.append(release(home))
            assert names == sorted(names), (what, names)
            found = rows(home, "SELECT value FROM metric_year WHERE metric = 'rescues' AND year = 2028")
            assert found == [(shown[max(shown)],)], (what, found, shown)
            assert process.run(home, "status").status == 0, what
            promise.figure = f"{number + 1} refreshes, the last {what}; {len(kept)} files, none altered"


@pytest.fixture
def proxy():
    server = Web()
    yield server
    server.close()


def test_daemon_for_two_weeks_over_a_change_of_the_clocks(
    promise: Promise, home: Path, tmp_path: Path, web: Web, proxy: Web, start, monkeypatch: pytest.MonkeyPatch
):
    """The daily schedule refreshes each source once a day, for two weeks over the beginning of summer time, and after
    three days without it catches up with one run a source."""
    monkeypatch.setenv("TZ", ZONE)
    days = Days(home, tmp_path, web, proxy, start)
    clocks_change = dt.datetime(days.clock.now().year + 1, 3, 25, tzinfo=dt.UTC)
    days.down()
    days.clock.forward(clocks_change - dt.timedelta(days=promise.times(DAYS) // 2) - days.clock.now())
    days.up()
    asked = []
    for number in range(promise.times(DAYS)):
        days.dawn()
        days.six()
        days.end_day()
        asked.append(len(days.of_today()))
        promise.figure = f"{number + 1} days, {sum(asked)} runs for {len(days.sources)} sources"
    days.down()
    days.dawn()
    days.clock.forward(dt.timedelta(days=3))
    days.up()
    days.end_day()
    caught_up = len(days.of_today())
    days.down()
    promise.figure += f"; after three days without, {caught_up} runs"
    assert set(asked) == {len(days.sources)}
    assert caught_up == len(days.sources)
