"""What a queued statistic may be: the metrics whose labels and statements are likest, whoever gave them those."""

from decimal import Decimal
from pathlib import Path

from tests.sql.pages import edition
from tests.warehouse.facts_builder import SOURCE, Page, build, rows
from tests.warehouse.test_deciding import on
from warehouse.decisions import Decision

QUEUE = "SELECT sentence, suggestions FROM review_queue"


def asks(page: Page, sentence: str, surface: str, unit: str) -> Page:
    return page.says(sentence, surface, surface, metric=None, unit=unit, label="so many")


def suggested(folder: Path, pages: list[Page], *made: Decision) -> list[list[str]]:
    folder.mkdir(exist_ok=True)
    return [found for _, found in rows(build(folder, pages, decisions={SOURCE: made}), QUEUE)]


def test_on_a_first_edition_the_labels_of_the_card_are_likest(tmp_path: Path):
    page = asks(edition(2021), "We answered all 312 calls that came.", "312", "calls")
    asks(page, "The flotilla has 7 boats afloat.", "7", "boats")
    asks(page, "Cooks peeled 40 turnips.", "40", "turnips")
    assert [found[:1] for found in suggested(tmp_path, [page])] == [["calls"], ["boats"], []]


def test_what_rules_and_people_have_mapped_is_learnt_from(tmp_path: Path):
    page = edition(2021).says("Skippers put out in 12 launches.", "12", 12, metric="boats", unit="launches")
    page = asks(page, "Skippers mended 9 launches.", "9", "launches")
    page = asks(page, "People rang about 55 lanterns.", "55", "lanterns")
    page = asks(page, "At dusk lanterns: 56 in all.", "56", "lanterns")
    launches, _, lanterns = suggested(tmp_path / "a", [page])
    assert (launches[0], "calls" in lanterns) == ("boats", False)
    made = on(page, "People rang about [55] lanterns.", metric="calls", expect={"value": Decimal(55)})
    launches, lanterns = suggested(tmp_path / "b", [page], made)
    assert (launches[0], lanterns[0]) == ("boats", "calls")


def mapped(page: Page, sentence: str, metric: str) -> Page:
    return page.says(sentence, "40", 40, metric=metric, unit="items")


def test_a_word_of_few_metrics_says_more_than_one_of_many(tmp_path: Path):
    page = mapped(edition(2021), "Harbours lit 40.", "calls")
    mapped(mapped(page, "Harbours swept 40.", "reach"), "Launches, oars, sails 40.", "boats")
    asks(page, "Harbours launches 12.", "12", "items")
    assert [found[:1] for found in suggested(tmp_path, [page])] == [["boats"]]


def test_several_statements_that_are_rather_like_it_say_more_than_one_that_is_very_like_it(tmp_path: Path):
    page = mapped(edition(2021), "Harbours lamps 40.", "calls")
    for word in ("oars", "sails", "ropes"):
        mapped(page, f"Harbours {word} 40.", "boats")
    asks(page, "Harbours lamps 12.", "12", "items")
    assert [found[:2] for found in suggested(tmp_path, [page])] == [["boats", "calls"]]


def test_three_at_most_and_the_same_in_whatever_order_they_are_loaded(tmp_path: Path):
    pages = [edition(year).says(f"Callers made {year} calls.", str(year), year) for year in (2019, 2020)]
    pages[0] = asks(pages[0], "The share of callers, calls, boats and the people of its reach: 61.", "61", "people")
    one, other = suggested(tmp_path / "a", pages), suggested(tmp_path / "b", pages[::-1])
    assert one == other
    assert len(one[0]) == 3
