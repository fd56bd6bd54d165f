"""A line that only tells when dates what stands below it in its box, whatever element it is set in."""

import pytest

from extractors import read_page


def facts(body: str) -> list[tuple[str, int | None, str]]:
    reading = read_page(f"<body>{body}</body>".encode(), edition=2022)
    return [(fact.surface, fact.year, fact.period_basis) for fact in reading.facts]


@pytest.mark.parametrize(
    ("when", "year"),
    [
        ("<strong>Spring 2017</strong>", 2017),
        ("<p>Thursday, 6 June 2019</p>", 2019),
        ("<button>FY 2014/15</button>", 2015),
        ("<div class='head'>2nd half of 2018</div>", 2018),
        ("<span>2016</span>", 2016),
        ("<div>Results for the 2018/19 season</div>", 2019),
        ("<h3><span>9</span> <span>June</span> <span>2018</span></h3>", 2018),
        ("<div><div>9</div><div>June</div><div>2018</div></div>", 2018),
    ],
)
def test_what_stands_below_is_dated(when: str, year: int) -> None:
    body = f"<div class='row'><div>{when}</div><div><p>31 canoes mended</p><p>4 rivers cleaned</p></div></div>"
    assert facts(body + "<h2>Birds</h2><p>We fed 12 herons.</p>") == [
        ("31", year, "heading"),
        ("4", year, "heading"),
        ("12", 2022, "edition"),
    ]


def test_a_day_may_stand_over_its_month() -> None:
    body = "<div><div class='day'><b>9</b><p>June 2018</p></div><p>31 canoes mended</p></div>"
    assert facts(body) == [("31", 2018, "heading")]


def test_an_article_may_be_a_card() -> None:
    assert facts("<article><p>Easter 2019</p><p>31 canoes mended</p></article>") == [("31", 2019, "heading")]


def test_each_date_holds_until_the_next() -> None:
    body = "<div><p>2017</p><h4>Boats</h4><p>31 canoes mended</p><p>2018</p><p>4 rivers cleaned</p></div>"
    assert facts(body) == [("31", 2017, "heading"), ("4", 2018, "heading")]


@pytest.mark.parametrize(
    "body",
    [
        "<div><p>31 canoes mended</p><p>2017</p></div>",  # a date that closes
        "<div><p>2016</p><p>2017</p><p>31 canoes mended</p></div>",  # a menu of years
        "<p>2017</p><p>31 canoes mended</p>",  # the page's own
        "<div><span>3 May 2019</span><h3>New boats</h3><p>We mended 31 canoes.</p></div>",  # the day of a post
    ],
)
def test_other_dates_date_nothing(body: str) -> None:
    assert facts(body) == [("31", 2022, "edition")]


def test_the_bars_of_a_chart_are_no_days() -> None:
    body = "<div><div><p>9</p><p>June 2018</p></div><div><p>19</p><p>July 2018</p></div></div>"
    assert [surface for surface, _, _ in facts(body)] == ["9", "19"]


def test_a_season_heads_a_column() -> None:
    rows = "<tr><td>Concerts held</td><td>43</td></tr><tr><td>Tickets sold</td><td>8,720</td></tr>"
    table = f"<table><tr><td></td><td><b>Season 2017-18</b></td></tr>{rows}</table>"
    assert [(surface, year) for surface, year, _ in facts(table)] == [("43", 2018), ("8,720", 2018)]
