"""What a year of daily refreshes told, and what it left; `make year` lives through it first."""

import gzip
import json
import os
import statistics
from itertools import pairwise
from pathlib import Path

import pytest

from tests.promises.conftest import Promise
from tests.year import pages
from tests.year.pages import COAST, HILL, RIVER
from tests.year.picture import picture
from tests.year.year import Day

PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "year.svg"

FIRST = [("calls", ""), ("courses", ""), ("rescues", ""), ("rescues", "place=beach"), ("rescues", "place=sea")]
FIRST += [("volunteers", "")]
PLANTED = {
    **{(source, 2026, "new", *series): range(1) for source in pages.SOURCES for series in FIRST},
    (HILL, 2026, "corrected", "calls", ""): range(pages.CHANGED_BEHIND, pages.CHANGED_BEHIND + pages.ASKED_WHOLE + 1),
    (HILL, 2027, "dropped", "volunteers", ""): range(pages.APPEARS[HILL], pages.APPEARS[HILL] + pages.ASKED_WHOLE + 1),
    (COAST, 2027, "new", "boats", ""): range(pages.APPEARS[COAST], pages.APPEARS[COAST] + 1),
    (COAST, 2027, "corrected", "calls", ""): range(pages.APPEARS[COAST] + 1, pages.APPEARS[COAST] + 2),
    (RIVER, 2027, "new", "boats", ""): range(pages.APPEARS[RIVER], pages.APPEARS[RIVER] + 1),
    (RIVER, 2027, "restated", "rescues", ""): range(pages.APPEARS[RIVER], pages.APPEARS[RIVER] + 1),
    (RIVER, 2027, "corrected", "courses", ""): range(pages.CORRECTED, pages.CORRECTED + 1),
}
"""Every change that is planted, and the days on one of which it is to be told: the same, unless the host hides it."""
TROUBLES = {
    (RIVER, pages.DOWN): "a week of 503",
    (RIVER, pages.DOWN_AGAIN): "a day of 503",
    (
        COAST,
        range(pages.HIDDEN, pages.ACCEPTED),
    ): "a redesign leaves most figures to a script, until a person accepts it",
    (RIVER, pages.WALLED): "three days behind a wall that asks for consent",
}
"""What asks somebody for a look: once, on its first day."""
EVENTS = {days[0]: f"{source}: {words}" for (source, days), words in TROUBLES.items()} | {
    pages.REDESIGNED: f"{COAST}: other markup, the same words",
    pages.ALWAYS_304: f"{HILL}: its host answers 304 from now on, whatever has changed",
    pages.CHANGED_BEHIND: f"{HILL}: a figure is corrected behind that",
    pages.APPEARS[HILL]: f"{HILL}: a new edition behind that, which drops a figure",
    pages.APPEARS[COAST]: f"{COAST}: a new edition with two slips of the pen, mended the next day",
    pages.APPEARS[RIVER]: f"{RIVER}: a new edition restates a figure of the one before",
    pages.CORRECTED: f"{RIVER}: a figure is corrected",
}
LEAVES = ("archive", "facts", "releases")
KEPT_DAYS = 90
"""For so long Dagster's records grow; then as much goes as comes."""


def lived(folder: Path) -> list[Day]:
    """The days of a year on record."""
    *days, end = [json.loads(line) for line in (folder / "days.jsonl").read_text(encoding="utf-8").splitlines()]
    assert end == "whole", f"the year in {folder} has not come to its end: {len(days)} days"
    return [Day(**day) for day in days]


def quiet_days(days: list[Day]) -> list[tuple[Day, Day]]:
    """Days on which nothing was new and nothing in trouble, each after the day before."""
    loud = {day for _, during in TROUBLES for day in (*during, during[-1] + 1)} | EVENTS.keys()
    loud |= {day.number for day in days if day.notices}
    return [(before, one) for before, one in pairwise(days) if not {before.number, one.number} & loud]


def most_kept(days: list[Day]) -> int:
    """The most refreshes that there ever was a record of: as many as fall into the days that one is kept."""
    return max(sum(0 <= one.number - day.number <= KEPT_DAYS for one in days) for day in days)


def earliest(source: str, day: int) -> int:
    """The day whose page may still be taken for that of a day: the host of the second page hides what is new."""
    return max(day - pages.ASKED_WHOLE, 0) if source == HILL else day


@pytest.mark.skipif("YEAR" not in os.environ, reason="a year takes an hour or more: `make year`")
def test_a_year_of_daily_refreshes(promise: Promise) -> None:
    """A home that is refreshed each day for a year tells every change and every trouble once, and grows by nothing
    but what has changed."""
    days = lived(Path(os.environ["YEAR"]))
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(days, EVENTS), encoding="utf-8")
    told = [(day.number, notice) for day in days for notice in day.notices]
    seen = {
        (one["source"], one["edition"], change["change"], change["metric"], change["breakdown"]): number
        for number, one in told
        for change in one["changes"]
    }
    changes = sum(len(one["changes"]) for _, one in told)
    in_time = [planted for planted, on in PLANTED.items() if seen.get(planted) in on]
    alarms = [(one["source"], number) for number, one in told if one["kind"] != "edition"]
    due = [(source, during[0]) for source, during in TROUBLES]
    quiet = quiet_days(days)
    growth = {name: statistics.median(one.disk[name] - before.disk[name] for before, one in quiet) for name in LEAVES}
    first, last = days[5:35], days[-30:]
    time = [statistics.median(day.seconds for day in some) for some in (first, last)]
    memory = [max(day.memory for day in some) for some in (first, last)]
    hours = sum(day.elapsed for day in days) / 3600
    settled = next(day for day in days if day.number >= KEPT_DAYS + 30)
    records = [day.disk["dagster"] / 1e6 for day in (settled, days[-1])]
    promise.figure = (
        f"refreshed on {len(days)} of {pages.DAYS} days, {len(pages.SOURCES)} sources, in {hours:.1f} h; "
        f"changes seen {len(in_time)} of {len(PLANTED)} planted, {changes - len(in_time)} others; "
        f"alarms {len(set(alarms) & set(due))} of {len(due)} due, {len(alarms) - len(set(alarms) & set(due))} others; "
        f"a refresh without news adds {', '.join(f'{name} {size:,.0f} B' for name, size in growth.items())}; "
        f"run records {records[0]:,.0f} MB on day {settled.number}, {records[1]:,.0f} MB at the end; "
        f"a refresh takes {time[0]:.1f} s of processor time at first and {time[1]:.1f} s at last, "
        f"and at most {memory[0]:.0f} and {memory[1]:.0f} MB"
    )
    assert sorted(in_time) == sorted(PLANTED), set(PLANTED) - set(in_time)
    assert changes == len(PLANTED)
    assert sorted(alarms) == sorted(due)
    wrong = [day.number for day in days if day.status != any(day.number in during for _, during in TROUBLES)]
    assert not wrong, f"exit status on days {wrong}"
    for day in days:
        for source in pages.SOURCES:
            shown = {pages.figures(source, at).calls for at in range(earliest(source, day.number), day.number + 1)}
            assert day.published[source]["calls"] in shown, (day.number, source)
            assert day.published[source]["rescues"] != pages.SLIP["rescued"]
    pages_a_day = sum(len(gzip.compress(pages.page(source, 365))) for source in (COAST, RIVER))
    assert growth["archive"] < 3 * pages_a_day
    assert growth["facts"] + growth["releases"] < 20_000
    # A day with news makes two releases, and so twice the records.
    assert records[1] < 1.25 * records[0] * most_kept(days) / most_kept(days[: days.index(settled) + 1])
    assert time[1] < 1.5 * time[0]
    assert memory[1] < 1.2 * memory[0]
