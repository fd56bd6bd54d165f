"""What must add up, and what is held back where it does not or a value cannot be."""

from decimal import Decimal
from pathlib import Path

import pytest

from extractors.metrics.card import SourceCard
from tests.sql.pages import edition
from tests.warehouse.facts_builder import CARD, Page, build, rows, year


def parts(total: int = 1000, child: int = 400) -> Page:
    page = edition(2021).says(f"We took {total} calls.", f"{total}", total)
    page.says("Adults made 600 calls.", "600", 600, dimensions={"caller": "adult"})
    return page.says(f"Children made {child} calls.", f"{child}", child, dimensions={"caller": "child"})


RECONCILED = "SELECT rule, lhs, rhs, tolerance, outcome FROM reconciliations WHERE rule IN ('sum', 'shares')"


def test_parts_and_total_are_checked_exactly(tmp_path: Path):
    assert rows(build(tmp_path, [parts()], name="a.duckdb"), RECONCILED) == [("sum", 1000, 1000, 0, "holds")]
    assert rows(build(tmp_path, [parts(total=1001)], name="b.duckdb"), RECONCILED) == [("sum", 1000, 1001, 0, "fails")]


def test_an_identity_is_listed_only_when_complete(tmp_path: Path):
    no_total = edition(2021).says("Adults made 600 calls.", "600", 600, dimensions={"caller": "adult"})
    no_total.says("Children made 400 calls.", "400", 400, dimensions={"caller": "child"})
    no_part = edition(2022).says("We took 900 calls.", "900", 900)
    no_part.says("Adults made 600 calls.", "600", 600, dimensions={"caller": "adult"})
    bounded = edition(2023).says("We took over 900 calls.", "900", 900, qualifier="more_than")
    bounded.says("Adults made 600 calls.", "600", 600, dimensions={"caller": "adult"})
    bounded.says("Children made 400 calls.", "400", 400, dimensions={"caller": "child"})
    assert rows(build(tmp_path, [no_total, no_part, bounded]), RECONCILED) == []


def certain(page_card: SourceCard) -> SourceCard:
    identities = [one.model_copy(update={"certain": True}) for one in page_card.identities]
    return page_card.model_copy(update={"identities": tuple(identities)})


def test_what_a_broken_identity_joins_is_held_back_and_the_rest_is_not(tmp_path: Path):
    page = parts(total=1001).says("7 boats", "7", 7, "boats", period_type="as_of")
    database = build(tmp_path, [page])
    assert rows(database, "SELECT metric, value FROM metric_year") == [("boats", 7)]
    assert rows(database, "SELECT DISTINCT outcome, step, reason FROM statements WHERE metric = 'calls'") == [
        ("held_back", None, "does not hold: calls by caller")
    ]
    assert rows(database, "SELECT refused, held_back FROM captures") == [
        (None, "calls by caller 2021: the parts make 1,000, stated is 1,001")
    ]
    accepted = build(tmp_path, [page], captures=[page.capture(accepted="Stated so.")], name="accepted.duckdb")
    assert rows(accepted, "SELECT count(*) FROM metric_year") == [(4,)]


def test_a_certain_identity_that_is_broken_refuses_its_capture_for_good(tmp_path: Path):
    wrong, right = parts(total=1001), edition(2022).says("We took 900 calls.", "900", 900)
    wrong.says("7 boats", "7", 7, "boats", period_type="as_of")
    again = {"sighting_of": wrong.capture()["capture_id"], "capture_id": "again", "sha256": "f" * 64}
    captures = [wrong.capture(), wrong.capture(**again), right.capture()]
    database = build(tmp_path, [wrong, right], captures=captures, cards=[certain(CARD)])
    assert rows(database, "SELECT metric, year, value, status FROM metric_year") == [("calls", 2022, 900, "single")]
    reason = "an identity does not hold: calls by caller 2021: the parts make 1,000, stated is 1,001"
    assert rows(database, "SELECT refused FROM captures ORDER BY refused") == [(reason,), (reason,), (None,)]
    assert rows(database, "SELECT count(DISTINCT capture_sha256) FROM passages") == [(1,)]
    assert rows(database, "FROM reconciliations") == []


def test_a_capture_of_a_web_archive_is_held_back_in_part_only(tmp_path: Path):
    wrong = parts(total=1001).says("7 boats", "7", 7, "boats", period_type="as_of")
    archived = wrong.capture(archived_url="http://archive.example/2022id_/http://river.example")
    database = build(tmp_path, [wrong], captures=[archived], cards=[certain(CARD)])
    assert rows(database, "SELECT metric, value FROM metric_year") == [("boats", 7)]
    assert rows(database, "SELECT refused, held_back IS NULL FROM captures") == [(None, False)]


def test_an_identity_is_checked_on_what_one_capture_states(tmp_path: Path):
    wrong, right = parts(total=1001), Page(2021, year(2023))
    right.passages, right.numerals, right.facts = [], [], []
    right.says("We took 1000 calls.", "1000", 1000)
    right.says("Adults made 600 calls.", "600", 600, dimensions={"caller": "adult"})
    right.says("Children made 400 calls.", "400", 400, dimensions={"caller": "child"})
    database = build(tmp_path, [wrong, right])
    assert rows(database, "SELECT breakdown, value, status FROM metric_year") == [
        ("", 1000, "single"),
        ("caller=adult", 600, "single"),
        ("caller=child", 400, "single"),
    ]
    assert rows(database, "SELECT rhs, outcome FROM reconciliations") == [(1001, "fails"), (1000, "holds")]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"value": -3}, "negative"),
        ({"value": 0.5}, "a count that is not whole"),
        ({"year": 2031}, "a year before 1900 or after the edition"),
        ({"metric": "caller_share", "value": 108, "kind": "percent"}, "a share outside 0-100"),
    ],
)
def test_a_value_that_cannot_be_is_held_back_alone(tmp_path: Path, fields: dict, problem: str):
    page = edition(2021).says("We took 900 calls.", "900", 900, year=2020)
    page.says("Adults: #", "#", **({"value": 600, "dimensions": {"caller": "adult"}} | fields))
    database = build(tmp_path, [page])
    assert rows(database, "SELECT value FROM metric_year") == [(900,)]
    assert rows(database, "SELECT held_back FROM facts WHERE held_back IS NOT NULL") == [(problem,)]
    accepted = build(tmp_path, [page], captures=[page.capture(accepted="So it is.")], name="accepted.duckdb")
    assert rows(accepted, "SELECT count(*) FROM metric_year") == [(2,)]


def test_figures_of_different_editions_are_not_added_up(tmp_path: Path):
    revised = edition(2022).says("The year before we took 1,050 calls.", "1,050", 1050, year=2021)
    database = build(tmp_path, [parts(), revised])
    assert rows(database, "SELECT edition, outcome FROM reconciliations") == [(2021, "holds")]
    assert rows(database, "SELECT value, status FROM metric_year WHERE breakdown = ''") == [(1050, "revised")]


def test_a_rounded_total_may_be_off_by_its_resolution(tmp_path: Path):
    page = edition(2021).says("We took 1.1 thousand calls.", "1.1 thousand", 1100, resolution=100)
    page.says("Adults made 600 calls.", "600", 600, dimensions={"caller": "adult"})
    page.says("Children made 450 calls.", "450", 450, dimensions={"caller": "child"})
    assert rows(build(tmp_path, [page]), RECONCILED) == [("sum", 1050, 1100, 100, "holds")]


@pytest.mark.parametrize(
    ("shares", "resolution", "tolerance", "outcome"),
    [
        (("60", "30", "10"), "1", 1.5, "holds"),
        (("60", "30", "9"), "1", 1.5, "holds"),
        (("60", "30", "8"), "1", 1.5, "fails"),
        (("60.1", "30.1", "9.7"), "0.1", 0.15, "holds"),
        (("60.1", "30.1", "10.0"), "0.1", 0.15, "fails"),
    ],
)
def test_shares_add_up_to_100_within_their_rounding(
    tmp_path: Path, shares: tuple[str, ...], resolution: str, tolerance: float, outcome: str
):
    page = edition(2021)
    for share, member in zip(shares, ("adult", "child", "unknown"), strict=True):
        page.says(
            f"{share}% of callers: {member}", f"{share}%", share, "caller_share",
            kind="percent", resolution=resolution, dimensions={"caller": member},
            value_low=Decimal(share) - Decimal(resolution), value_high=Decimal(share) + Decimal(resolution),
        )  # fmt: skip
    database = build(tmp_path, [page])
    assert rows(database, "SELECT rule, rhs, tolerance, outcome FROM reconciliations") == [
        ("shares", 100, tolerance, outcome)
    ]
