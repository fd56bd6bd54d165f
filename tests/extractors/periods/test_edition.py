"""The reporting year of a page: what it calls itself, else what its statistics speak of; never a guess."""

import datetime as dt

import pytest

from extractors import read_page, read_text

CAPTURED = dt.datetime(2025, 5, 1, tzinfo=dt.UTC)
FIGURES = "<p>We housed 640 families, against 590 in 2015.</p><p>71 staff work here.</p>"


def edition_of(
    body: str = FIGURES, head: str = "", captured_at: dt.datetime | None = CAPTURED
) -> tuple[int | None, str]:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    reading = read_page(page.encode(), captured_at=captured_at)
    return reading.edition, reading.edition_basis


TITLES = [
    ("2016 Annual Report", 2016),
    ("Impact Report 2022 | Harbour Trust", 2022),
    ("Harbour Trust: our impact in 2023", 2023),
    ("Year in review 2019 | Harbour Trust", 2019),
    ("FY2020 at a glance", 2020),
    ("Annual Review 2021/22", 2022),
    ("Annual Report 2021-22", 2022),
    ("Annual Report 2021–2022", 2022),
    ("Impact report, July 2020 to June 2021", 2021),
    ("Annual report for the year ended 31 March 2022", 2022),
    ("Key figures at 31 December 2021", 2021),
    ("Report on the 2020-21 school year", 2021),
    ("2021 facts &amp; figures", 2021),
    ("Q3 2022 update", 2022),
    ("Harbour Trust – founded in 1984 – annual report 2018", 2018),
    ("Our 2030 strategy: progress report 2022", 2022),
    ("2022 impact report: 12% up on 2021", 2022),
    ("2018 alerts: 402 (2017: 311)", 2018),
    ("Total 2019 rescues: 1,204 (up 9% from 2018)", 2019),
    ("Impact since 2015: the report of 2021", 2021),
    ("A report to donors 2021", 2021),
    ("Looking back at 2021 and ahead to 2026", 2021),
    ("2022 year-end report (updated January 2023)", 2022),
    ("Annual report for 2021 (published May 2022)", 2021),
    ("Annual report 2022 (revised 2024)", 2022),
]
UNTITLED = [
    "Harbour Trust",
    "© 2024 Harbour Trust",
    "Helping families since 1984",
    "Founded in 1984",
    "Strategy 2030",
    "Vision 2025 | Harbour Trust",
    "Our goals for 2022",
    "By 2024 no child will be hungry",
    "Published 12 March 2024",
    "The Housing Act 2002",
    "Strategic plan 2020–2025",
    "Last updated March 2024",
    "Harbour Trust | 12 March 2024",
    "2,021 families housed",
    "2000 families housed",
    "Annual report 2027",
    "The reports of 2021 and 2022",
    "Census 2020: how we helped to count",
    "Winner of the 2019 Harbour Prize",
    "World Cup 2018 volunteers",
    "The flood of 1997 remembered",
    "Our 50th anniversary in 2020",
]


@pytest.mark.parametrize(("title", "year"), TITLES)
def test_the_year_a_page_is_titled_with_is_its_edition(title: str, year: int) -> None:
    assert edition_of(head=f"<title>{title}</title>") == (year, "titled")
    assert edition_of(head=f'<meta property="og:title" content="{title}"><title>Harbour</title>') == (year, "titled")
    assert edition_of(f"<h1>{title}</h1>{FIGURES}") == (year, "titled")
    assert edition_of(f"<h3>{title}</h3>{FIGURES}", "<title>Harbour Trust</title>") == (year, "titled")


@pytest.mark.parametrize("title", UNTITLED)
def test_a_year_of_another_sort_titles_no_page(title: str) -> None:
    assert edition_of(head=f"<title>{title}</title>")[1] != "titled"
    assert edition_of(f"<h1>{title}</h1>{FIGURES}")[1] != "titled"


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("Reporting period: 1 July 2020 – 30 June 2021", 2021),
        ("Reporting period: 2021-01-01 – 2021-12-31", 2021),
        ("The reporting period ran from 1 April 2020 until 31 March 2021.", 2021),
        ("This report covers the year to 31 March 2022.", 2022),
        ("This report covers July 2020 to June 2021.", 2021),
        ("Published in 2023, this review covers 2021.", 2021),
        ("This page tells of our work between 1 July 2020 and 30 June 2021.", 2021),
        ("All figures are for 2021 unless stated otherwise.", 2021),
        ("The statistics below relate to the financial year 2020/21.", 2021),
        ("For the year ended 30 June 2022", 2022),
        ("Period covered: January to December 2021", 2021),
        ("Covering January–December 2022", 2022),
        ("Data shown is for fiscal year 2023 (October 1, 2022 – September 30, 2023).", 2023),
        ("Statistics are from 2022 unless noted.", 2022),
        ("Unless noted, numbers reflect fiscal year 2021.", 2021),
    ],
)
def test_the_period_a_page_says_it_covers_is_its_edition(words: str, year: int) -> None:
    assert edition_of(f"<h1>Our work</h1><p>{words}</p>{FIGURES}") == (year, "titled")
    reading = read_text(f"# Our work\n\n{words}\n\nWe housed 640 families, against 590 in 2015.")
    assert (reading.edition, reading.edition_basis) == (year, "titled")
    assert next(fact.year for fact in reading.facts if fact.surface == "640") == year


@pytest.mark.parametrize(
    "words",
    [
        "This page was published on 12 March 2024.",
        "This report describes 400 homes built in 2019.",
        "The report covers 12 countries.",
        "Our reports of 2019 won a prize.",
        "All data on this page is from the census of 2011.",
        "This page describes how in 1984 two parents began.",
        "This page relates to the Housing Act of 2002.",
        "This report covers many things. In 1984 two parents began.",
        "Our data are from 12 homes, of which 3 were built in 2019.",
    ],
)
def test_words_on_a_report_that_tell_no_period_give_no_edition(words: str) -> None:
    assert edition_of(f"<h1>Our work</h1><p>{words}</p>")[1] != "titled"


def test_a_page_that_gives_itself_two_years_is_judged_by_its_figures() -> None:
    dated = "<p>In 2020 we housed 640 families.</p>"
    assert edition_of(f"<h1>Our impact in 2022</h1>{dated}", "<title>Annual report 2021</title>") == (2020, "stated")
    assert edition_of(f"<h2>2022</h2><p>Quiet.</p><h2>2021</h2><p>Calm.</p>{dated}") == (2020, "stated")
    assert edition_of(f"<h1>Who we are</h1><h1>The flood of 1997</h1>{dated}") == (2020, "stated")


def test_a_heading_of_several_lines_is_one() -> None:
    assert edition_of(f"<h1>Annual report<br>2021</h1>{FIGURES}") == (2021, "titled")
    assert edition_of(f"<h1><span class=a>Annual report</span> <span class=b>2021</span></h1>{FIGURES}") == (
        2021,
        "titled",
    )


def test_a_title_of_a_drawing_or_of_navigation_titles_no_page() -> None:
    drawing = "<svg><title>Logo 2019</title></svg>"
    assert edition_of(f"{drawing}<nav><h1>Reports of 2018</h1><a href=a>2018</a></nav>{FIGURES}")[1] != "titled"


def test_a_title_is_no_readable_text() -> None:
    reading = read_page(b"<title>Annual report 2016: 12 homes</title><body><p>We housed 640 families.</p>")
    assert [passage.text for passage in reading.passages] == ["We housed 640 families."]
    assert [(fact.surface, fact.year, fact.period_basis) for fact in reading.facts] == [("640", 2016, "edition")]


@pytest.mark.parametrize(
    ("title", "captured", "edition"),
    [
        ("Annual report 2026", 2025, None),
        ("Annual report 2025", 2025, 2025),
        ("Annual review 2025/26", 2025, 2026),  # its year has begun
        ("Annual review 2026/27", 2025, None),
        ("Annual report 2026", None, 2026),
    ],
)
def test_a_title_speaks_of_no_year_after_the_page_was_retrieved(
    title: str, captured: int | None, edition: int | None
) -> None:
    when = dt.datetime(captured, 5, 1, tzinfo=dt.UTC) if captured else None
    assert edition_of("<p>We housed 640 families.</p>", f"<title>{title}</title>", when)[0] == edition


def test_the_first_heading_of_a_text_titles_it() -> None:
    for text in (
        "# Annual report 2018\n\nWe housed 640 families, against 590 in 2015.",
        "Our year 2018\n=====\n\n5 homes.",
    ):
        reading = read_text(text)
        assert (reading.edition, reading.edition_basis) == (2018, "titled")


@pytest.mark.parametrize("line", ["2018", "Fiscal year 2018", "July 2017 – June 2018", "For the year 2018"])
def test_a_period_alone_below_the_title_of_a_report_is_its_edition(line: str) -> None:
    assert edition_of(f"<h1>Impact report</h1><p>{line}</p>{FIGURES}") == (2018, "titled")


@pytest.mark.parametrize(
    ("title", "line"),
    [("Impact report", "March 2018"), ("Impact report", "12 March 2018"), ("The boy who called", "2018")],
)
def test_a_date_below_a_title_need_be_no_period(title: str, line: str) -> None:
    assert edition_of(f"<h1>{title}</h1><p>{line}</p>{FIGURES}")[1] != "titled"


def test_the_first_line_of_a_text_titles_it_when_it_tells_of_a_report() -> None:
    for first, basis in (
        ("Annual report 2018", "titled"),
        ("Impact report of Harbour Trust, 2018", "titled"),
        ("Our work helped 40 families in 2018", "stated"),
        ("The summer of 2018 was wet", "none"),
    ):
        reading = read_text(f"{first}\n\nWe housed 640 families, against 590 in 2015.\n\n71 staff work here.")
        assert reading.edition_basis == basis, first


def test_a_given_edition_overrides_the_title() -> None:
    reading = read_page(b"<title>Annual report 2018</title><p>We housed 640 families.</p>", edition=2016)
    assert (reading.edition, reading.edition_basis, reading.facts[0].year) == (2016, "given", 2016)


@pytest.mark.parametrize(
    ("text", "edition", "basis"),
    [
        ("In 2020 we ran 4 trams. In 2021 we ran 5 trams.", 2021, "stated"),
        ("In 2019 we ran 4 trams, 9 buses and 2 boats. In 2020, 7 trains ran.", 2019, "stated"),
        ("\n\n".join(f"In {year} we ran {year - 2000} trams." for year in range(2012, 2020)), 2019, "latest"),
        ("We ran 4 trams.", None, "none"),
        ("The year 2021 was wet.", None, "none"),
    ],
)
def test_else_it_is_the_latest_year_a_third_of_the_figures_speak_of(text: str, edition: int | None, basis: str) -> None:
    reading = read_text(text)
    assert (reading.edition, reading.edition_basis) == (edition, basis)


@pytest.mark.parametrize(
    "text",
    [
        "We ran 12 trams, against 11 in 2019. We ran 9 buses, up from 7 in 2019.",
        "Trams: 12, compared with 11 in 2019.",
        "By 2030 we want to run 40 trams.",
    ],
)
def test_what_is_compared_with_and_what_is_aimed_at_give_no_edition(text: str) -> None:
    reading = read_text(text, captured_at=CAPTURED)
    assert (reading.edition, reading.edition_basis) == (None, "none")
