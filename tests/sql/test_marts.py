"""Changes, the review queue, metrics and sources."""

from pathlib import Path

from tests.sql.pages import edition
from tests.warehouse.facts_builder import SOURCE, build, rows


def test_changes_keep_their_base_year_and_count_repeated_words_once(tmp_path: Path):
    pages = [
        edition(2021, at=at).says(
            "Calls fell by 12% from 2020.", "12%", -12, kind="change_percent", base_year=2020, unit="percent"
        )
        for at in (2022, 2023)
    ]
    database = build(tmp_path, pages)
    assert rows(database, "SELECT metric, kind, base_year, year, value FROM changes") == [
        ("calls", "change_percent", 2020, 2021, -12)
    ]


def test_the_review_queue_lists_what_has_no_metric_the_latest_edition_first(tmp_path: Path):
    pages = [
        edition(number).says(f"We lent 7 kayaks in {number}.", "7", 7, None, label="kayaks lent")
        for number in (2020, 2022, 2021)
    ]
    pages[0].says("We took 900 calls.", "900", 900)
    database = build(tmp_path, pages)
    assert rows(database, "SELECT edition, label FROM review_queue") == [
        (2022, "kayaks lent"),
        (2021, "kayaks lent"),
        (2020, "kayaks lent"),
    ]


def test_metrics_and_sources_say_what_was_seen(tmp_path: Path):
    database = build(tmp_path, [edition(2020).says("We took 900 calls.", "900", 900), edition(2021)])
    assert rows(database, "SELECT facts, first_year, last_year FROM metrics WHERE metric = 'calls'") == [
        (1, 2020, 2020)
    ]
    assert rows(database, "SELECT source, captures, editions, last_edition FROM sources") == [(SOURCE, 2, 2, 2021)]
