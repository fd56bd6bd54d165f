"""Figures that must agree with one another: what fails, and what only seems to."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractors.metrics.card import SourceCard
from tests.few import few_of
from tests.sql.pages import edition
from tests.warehouse.facts_builder import CARD, Page, build, rows

CHECKED = "SELECT edition, lhs, rhs, difference, outcome FROM reconciliations WHERE rule = '{}' ORDER BY ALL"


def checked(folder: Path, rule: str, *pages: Page, **options: Any) -> list[tuple]:
    return rows(build(folder, pages, **options), CHECKED.format(rule))


# --- totals to date ---


def to_date(number: int, value: int, said: str | None = None, begins: int | None = 1984, **fields: Any) -> Page:
    start = dt.date(begins, 1, 1) if begins else None
    said = said or f"{value:,}"
    return edition(number).says(
        f"In all, {said} calls.", said, value, period_type="cumulative", period_start=start, **fields
    )


def test_a_total_to_date_that_falls_fails_and_is_no_revision(tmp_path: Path):
    database = build(tmp_path, [to_date(2020, 5200), to_date(2021, 4900), to_date(2022, 5300)])
    assert rows(database, CHECKED.format("to_date")) == [
        (2021, 4900, 5200, -300, "fails"),
        (2022, 5300, 4900, 400, "holds"),
    ]
    assert rows(database, "FROM revisions") == []
    assert rows(database, "SELECT DISTINCT change FROM edition_changes") == [("unchanged",)]
    assert rows(database, "SELECT count(*) FROM metric_year") == [(3,)]


@pytest.mark.parametrize(
    ("before", "now", "outcome"),
    [
        ((2020, 5_012_345), (2021, 5_000_000, "5,000,000", 1984), "holds"),
        ((2020, 5_012_345), (2021, 4_000_000, "4,000,000", 1984), "fails"),
        ((2020, 52_000), (2021, 51_000, "51,000", 1984), "fails"),
        ((2020, 52_000), (2021, 51_000, "51,000", None), "fails"),
    ],
)
def test_a_bound_falls_when_what_it_may_be_said_of_is_less(tmp_path: Path, before: tuple, now: tuple, outcome: str):
    first = to_date(*before) if before[1] % 1000 else to_date(*before, qualifier="more_than")
    found = checked(tmp_path, "to_date", first, to_date(*now, qualifier="more_than"))
    assert [row[-1] for row in found] == [outcome]


@pytest.mark.parametrize(("value", "outcome"), [(5_200_000, "holds"), (5_100_000, "fails")])
def test_a_rounded_total_may_seem_to_fall_by_its_resolution(tmp_path: Path, value: int, outcome: str):
    said = f"{value / 1_000_000} million"
    found = checked(tmp_path, "to_date", to_date(2020, 5_234_567), to_date(2021, value, said, resolution=100_000))
    assert [row[-1] for row in found] == [outcome]


def test_a_total_from_another_beginning_is_another(tmp_path: Path):
    assert checked(tmp_path, "to_date", to_date(2020, 5200), to_date(2021, 400, begins=2019)) == []


def test_a_total_is_compared_with_the_last_edition_that_states_it(tmp_path: Path):
    between = edition(2021).says("We took 900 calls.", "900", 900)
    assert checked(tmp_path, "to_date", to_date(2020, 5200), between, to_date(2022, 5100)) == [
        (2022, 5100, 5200, -100, "fails")
    ]


def in_years(*values: int, of: int = 2023) -> Page:
    page = edition(of)
    for number, value in enumerate(values):
        at = of - len(values) + 1 + number
        page.says(f"In {at}, we took {value:,} calls.", f"{value:,}", value, year=at)
    return page


def since(page: Page, value: int, begins: dt.date = dt.date(2021, 1, 1), **fields: Any) -> Page:
    return page.says(
        f"Since then, {value:,} calls.", f"{value:,}", value, period_type="cumulative", period_start=begins, **fields
    )


@pytest.mark.parametrize(
    ("page", "found"),
    few_of(
        [
            (since(in_years(100, 200, 300), 600), [(2023, 600, 600, 0, "holds")]),
            (since(in_years(100, 200, 300), 650), [(2023, 600, 650, -50, "fails")]),
            (since(in_years(100, 200, 300), 590, qualifier="more_than"), [(2023, 600, 590, 10, "holds")]),
            (since(in_years(100, 200, 300), 700, qualifier="more_than"), [(2023, 600, 700, -100, "fails")]),
            (since(in_years(100, 200, 300), 600, period_end=dt.date(2023, 12, 31)), [(2023, 600, 600, 0, "holds")]),
            (since(in_years(200, 300), 650), []),  # a year is not known
            (since(in_years(100, 200, 300), 650, begins=dt.date(2021, 7, 1)), []),  # the first year is cut
            (since(in_years(100, 200, 300), 650, period_end=dt.date(2023, 6, 30)), []),  # the last is
        ],
        4,
    ),
)
def test_a_total_since_a_stated_beginning_is_the_sum_of_its_years(tmp_path: Path, page: Page, found: list):
    assert checked(tmp_path, "sum_of_years", page) == found


def test_a_rounded_year_gives_the_sum_its_room(tmp_path: Path):
    page = in_years(100, 200)
    page.says("In 2021, we took 1.2 thousand calls.", "1.2 thousand", 1200, year=2021, resolution=100)
    database = build(tmp_path, [since(page, 1550)])
    query = "SELECT lhs, rhs, tolerance, outcome FROM reconciliations WHERE rule = 'sum_of_years'"
    assert rows(database, query) == [(1500, 1550, 100, "holds")]


# --- stated changes ---


def percent(value: int, **fields: Any) -> dict[str, Any]:
    """As the extractor reads a whole percentage."""
    ends = {"value_low": Decimal(value - 1), "value_high": Decimal(value + 1)}
    return {"kind": "change_percent", "unit": "percent", "base_year": 2020, "value": value, **ends, **fields}


def changed(now: int, surface: str, *, before: int = 1000, resolution: int = 1, **fields: Any) -> Page:
    page = edition(2021).says(f"We took {now:,} calls.", f"{now:,}", now, resolution=resolution)
    page.says(f"In 2020 it was {before:,} calls.", f"{before:,}", before, year=2020)
    value = fields.pop("value")
    return page.says(f"Calls changed by {surface}, against 2020.", surface, value, **fields)


@pytest.mark.parametrize(
    ("page", "outcome"),
    few_of(
        [
            (changed(1280, "28%", **percent(28)), "holds"),
            (changed(1284, "28%", **percent(28)), "holds"),
            (changed(1330, "28%", **percent(28)), "fails"),
            (changed(720, "28%", **percent(-28)), "holds"),
            (changed(1280, "28%", **percent(-28)), "fails"),
            (changed(1280, "30%", **percent(30, qualifier="nearly", value_low=27, value_high=30)), "holds"),
            (changed(1310, "30%", **percent(30, qualifier="nearly", value_low=27, value_high=30)), "fails"),
            (changed(1310, "30%", **percent(30, qualifier="more_than", value_low=30, value_high=None)), "holds"),
            (changed(650, "30%", **percent(-30, qualifier="more_than", value_low=-30, value_high=None)), "holds"),
            (changed(750, "30%", **percent(-30, qualifier="more_than", value_low=-30, value_high=None)), "fails"),
            (changed(1200, "28%", resolution=100, **percent(28)), "holds"),
            (changed(1900, "twice", kind="multiplier", value=2, base_year=2020), "holds"),
            (changed(3100, "twice", kind="multiplier", value=2, base_year=2020), "fails"),
            (changed(1280, "280", kind="change", value=280, base_year=2020), "holds"),
            (changed(1280, "290", kind="change", value=290, base_year=2020), "fails"),
        ],
        6,
    ),
)
def test_a_stated_change_is_that_of_its_two_values(tmp_path: Path, page: Page, outcome: str):
    assert [row[-1] for row in checked(tmp_path, "stated_change", page)] == [outcome]


@pytest.mark.parametrize(
    "fields",
    [{"base_year": 2019}, {"dimensions": {"caller": "adult"}}, {"aggregation": "each_year"}],
)
def test_a_change_whose_two_values_are_not_both_stated_is_not_listed(tmp_path: Path, fields: dict):
    assert checked(tmp_path, "stated_change", changed(1900, "28%", **percent(28, **fields))) == []


@pytest.mark.parametrize(
    ("said", "listed"), [("Calls went up by 28%.", 1), ("Since our start, calls went up by 28%.", 0)]
)
def test_a_change_from_no_year_is_from_the_year_before(tmp_path: Path, said: str, listed: int):
    page = changed(1330, "28%", **percent(28))
    page.facts.pop(), page.numerals.pop(), page.passages.pop()
    found = checked(tmp_path, "stated_change", page.says(said, "28%", **percent(28, base_year=None)))
    assert [row[-1] for row in found] == ["fails"] * listed


def test_a_change_tells_both_sides_and_leads_to_its_facts(tmp_path: Path):
    page = changed(1330, "28%", **percent(28))
    database = build(tmp_path, [page])
    assert rows(database, CHECKED.format("stated_change")) == [(2021, 33, 28, 5, "fails")]
    now, before, change = page.facts
    query = "SELECT part_fact_ids, total_fact_id, capture_sha256 FROM reconciliations WHERE rule = 'stated_change'"
    assert rows(database, query) == [([before.fact_id, now.fact_id], change.fact_id, page.sha256)]
    assert rows(database, "SELECT count(*) FROM metric_year") == [(2,)]  # it warns, and holds nothing back


def test_a_change_is_held_against_what_was_known_when_it_was_stated(tmp_path: Path):
    restated = edition(2022).says("In 2020 it was 1,200 calls.", "1,200", 1200, year=2020)
    found = checked(tmp_path, "stated_change", changed(1280, "28%", **percent(28)), restated)
    assert [row[-1] for row in found] == ["holds"]


# --- shares of a total ---


def shares(share: int, part: int, metric: str = "calls", total: int = 1000, **fields: Any) -> Page:
    adult = {"dimensions": {"caller": "adult"}}
    page = edition(2021).says(f"We took {total:,} calls.", f"{total:,}", total)
    page.says(f"Adults made {part} calls.", f"{part}", part, **adult)
    ends = {"value_low": Decimal(share - 1), "value_high": Decimal(share + 1)}
    return page.says(
        f"Adults made {share}% of calls.", f"{share}%", share, metric, **({"kind": "percent"} | adult | ends | fields)
    )


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (shares(60, 603), [(2021, 600, 603, -3, "holds")]),
        (shares(60, 640), [(2021, 600, 640, -40, "fails")]),
        (shares(60, 640, dimensions={}), []),
        (shares(60, 640, dimensions={"caller": "child"}), []),
        (shares(60, 640, year=2020), []),
        (shares(60, 640, metric="caller_share"), []),  # its card does not say of what
    ],
)
def test_a_share_of_the_total_is_the_part(tmp_path: Path, page: Page, found: list):
    assert checked(tmp_path, "share_of_total", page) == found


def test_a_card_says_whose_share_a_metric_is(tmp_path: Path):
    data = CARD.model_dump(by_alias=True)
    data["metrics"]["caller_share"]["share_of"] = "calls"
    found = checked(
        tmp_path, "share_of_total", shares(60, 640, metric="caller_share"), cards=[SourceCard.model_validate(data)]
    )
    assert found == [(2021, 600, 640, -40, "fails")]
    data["metrics"]["caller_share"]["share_of"] = "call"
    with pytest.raises(
        ValueError, match=r'caller_share\.share_of: no metric .call. on this card, did you mean "calls"'
    ):
        SourceCard.model_validate(data)


# --- jumps ---


@pytest.mark.parametrize(
    ("value", "bound", "outcome"),
    [(990, None, "holds"), (1010, None, "fails"), (9, None, "fails"), (10, None, "holds"), (310, 3, "fails")],
)
def test_a_figure_may_not_jump_beyond_the_bound_of_its_card(
    tmp_path: Path, value: int, bound: float | None, outcome: str
):
    data = CARD.model_dump(by_alias=True)
    if bound:
        data["bounds"]["year_on_year"] = bound
    found = checked(
        tmp_path, "jump", in_years(100, of=2020), in_years(value, of=2021), cards=[SourceCard.model_validate(data)]
    )
    assert found == [(2021, value, 100, value - 100, outcome)]


def test_years_that_do_not_follow_each_other_make_no_jump(tmp_path: Path):
    assert checked(tmp_path, "jump", in_years(100, of=2019), in_years(5000, of=2021)) == []
