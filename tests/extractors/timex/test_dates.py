import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.timex.spans import find_dates


def period(first: str, last: str) -> tuple[dt.date, dt.date]:
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last)


def only(text: str):
    found = find_dates(text)
    assert len(found) == 1, [text[d.start : d.end] for d in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("FYE 30/06/2021", "2020-07-01", "2021-06-30"),
        ("YE 31.03.21", "2020-04-01", "2021-03-31"),
        ("quarter to June 2019", "2019-04-01", "2019-06-30"),
        ("half-year ended 30 June 2019", "2019-01-01", "2019-06-30"),
        ("five years to the end of 2019", "2015-01-01", "2019-12-31"),
        ("in '21", "2021-01-01", "2021-12-31"),
    ],
)
def test_a_stretch_by_its_end(text, first, last):
    date = only(text)
    assert (date.first, date.last) == period(first, last)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on 1/2/2021", "2021-01-02"),
        ("on 13/2/2021", "2021-02-13"),
        ("on 12/31/21", "2021-12-31"),
        ("on 2021-12-31", "2021-12-31"),
        ("am 31.12.2021", "2021-12-31"),
        ("on 31-12-2021", "2021-12-31"),
        ("31 December 2021", "2021-12-31"),
        ("the 31st of December, 2021", "2021-12-31"),
        ("December 31st, 2021", "2021-12-31"),
        ("Dec. 31, 2021", "2021-12-31"),
        ("DEC 31 2021", "2021-12-31"),
        ("Sept. 9, 1999", "1999-09-09"),
        ("29 February 2020", "2020-02-29"),
    ],
)
def test_a_day_is_read_in_every_ordinary_form(text, day):
    date = only(text)
    assert (date.kind, date.first, date.last) == ("day", *period(day, day))
    assert date.year == int(day[:4])


@pytest.mark.parametrize(
    ("text", "kind", "year", "first", "last"),
    [
        ("2021", "year", 2021, "2021-01-01", "2021-12-31"),
        ("calendar year 2021", "year", 2021, "2021-01-01", "2021-12-31"),
        ("the 2021 calendar year", "year", 2021, "2021-01-01", "2021-12-31"),
        ("CY2021", "year", 2021, "2021-01-01", "2021-12-31"),
        ("mid-2021", "year", 2021, "2021-01-01", "2021-12-31"),
        ("late 2020", "year", 2020, "2020-01-01", "2020-12-31"),
        ("March 2020", "month", 2020, "2020-03-01", "2020-03-31"),
        ("Feb 2020", "month", 2020, "2020-02-01", "2020-02-29"),
        ("Dec '21", "month", 2021, "2021-12-01", "2021-12-31"),
        ("Q3 2021", "quarter", 2021, "2021-07-01", "2021-09-30"),
        ("Q3 of 2021", "quarter", 2021, "2021-07-01", "2021-09-30"),
        ("2021 Q3", "quarter", 2021, "2021-07-01", "2021-09-30"),
        ("3Q21", "quarter", 2021, "2021-07-01", "2021-09-30"),
        ("the third quarter of 2021", "quarter", 2021, "2021-07-01", "2021-09-30"),
        ("the last quarter of 2021", "quarter", 2021, "2021-10-01", "2021-12-31"),
        ("the first half of 2022", "half", 2022, "2022-01-01", "2022-06-30"),
        ("H2 2022", "half", 2022, "2022-07-01", "2022-12-31"),
        ("1H 2022", "half", 2022, "2022-01-01", "2022-06-30"),
        ("spring 2018", "season", 2018, "2018-03-01", "2018-05-31"),
        ("the summer of 2020", "season", 2020, "2020-06-01", "2020-08-31"),
        ("fall '21", "season", 2021, "2021-09-01", "2021-11-30"),
        ("winter 2018-19", "season", 2019, "2018-12-01", "2019-02-28"),
        ("1998-2005", "year_range", 2005, "1998-01-01", "2005-12-31"),
        ("2020–2021", "year_range", 2021, "2020-01-01", "2021-12-31"),
        ("2015-19", "year_range", 2019, "2015-01-01", "2019-12-31"),
        ("between 2015 and 2019", "year_range", 2019, "2015-01-01", "2019-12-31"),
        ("from 2015 to 2019", "year_range", 2019, "2015-01-01", "2019-12-31"),
        ("2019 through 2021", "year_range", 2021, "2019-01-01", "2021-12-31"),
        ("the 1990s", "decade", 1999, "1990-01-01", "1999-12-31"),
        ("late-1990s", "decade", 1999, "1990-01-01", "1999-12-31"),
        ("Jan-Mar 2021", "range", 2021, "2021-01-01", "2021-03-31"),
        ("January to June 2021", "range", 2021, "2021-01-01", "2021-06-30"),
        ("October–March 2021", "range", 2021, "2020-10-01", "2021-03-31"),
        ("January 1 to March 31, 2022", "range", 2022, "2022-01-01", "2022-03-31"),
        ("between 1/1/2021 and 12/31/2021", "year", 2021, "2021-01-01", "2021-12-31"),
        ("April 1, 2020 – March 31, 2021", "fiscal_year", 2021, "2020-04-01", "2021-03-31"),
        ("10/1/21-9/30/22", "fiscal_year", 2022, "2021-10-01", "2022-09-30"),
        ("from March 2020 to June 2021", "range", 2021, "2020-03-01", "2021-06-30"),
        ("Q1-Q3 2021", "range", 2021, "2021-01-01", "2021-09-30"),
        ("May 3-5, 2021", "range", 2021, "2021-05-03", "2021-05-05"),
        ("3-5 May 2021", "range", 2021, "2021-05-03", "2021-05-05"),
        ("the first nine months of 2021", "range", 2021, "2021-01-01", "2021-09-30"),
        ("the last two months of 2021", "range", 2021, "2021-11-01", "2021-12-31"),
        ("the year ended 30 June 2022", "fiscal_year", 2022, "2021-07-01", "2022-06-30"),
        ("the year ending March 31, 2021", "fiscal_year", 2021, "2020-04-01", "2021-03-31"),
        ("the year ended December 31, 2021", "year", 2021, "2021-01-01", "2021-12-31"),
        ("the year to 5 April 2022", "fiscal_year", 2022, "2021-04-06", "2022-04-05"),
        ("the 12 months to June 2022", "fiscal_year", 2022, "2021-07-01", "2022-06-30"),
        ("the three months ended March 31, 2021", "range", 2021, "2021-01-01", "2021-03-31"),
        ("2021Q4", "quarter", 2021, "2021-10-01", "2021-12-31"),
        ("2020H1", "half", 2020, "2020-01-01", "2020-06-30"),
        ("06/2018", "month", 2018, "2018-06-01", "2018-06-30"),
        ("11 / 2019", "month", 2019, "2019-11-01", "2019-11-30"),
        ("26 June to 28 June in 2020", "range", 2020, "2020-06-26", "2020-06-28"),
        ("March to May in 2021", "range", 2021, "2021-03-01", "2021-05-31"),
        ("6 to 9 March in 2021", "range", 2021, "2021-03-06", "2021-03-09"),
        ("twenty twenty-two", "year", 2022, "2022-01-01", "2022-12-31"),
        ("Nineteen eighty-four", "year", 1984, "1984-01-01", "1984-12-31"),
        ("twenty oh-nine", "year", 2009, "2009-01-01", "2009-12-31"),
        ("nineteen sixteen", "year", 1916, "1916-01-01", "1916-12-31"),
    ],
)
def test_a_period_is_read_in_every_ordinary_form(text, kind, year, first, last):
    date = only(text)
    assert (date.kind, date.year, date.first, date.last) == (kind, year, *period(first, last))


@pytest.mark.parametrize(
    ("text", "kind", "year"),
    [
        ("fiscal year 2021", "fiscal_year", 2021),
        ("fiscal 2021", "fiscal_year", 2021),
        ("the 2021 financial year", "fiscal_year", 2021),
        ("FY2021", "fiscal_year", 2021),
        ("FY21", "fiscal_year", 2021),
        ("FY 2020/21", "fiscal_year", 2021),
        ("2020-21", "fiscal_year", 2021),
        ("2020/21", "fiscal_year", 2021),
        ("1999/00", "fiscal_year", 2000),
        ("school year 2019-20", "school_year", 2020),
        ("the 2019-2020 academic year", "school_year", 2020),
        ("Q2 FY22", "quarter", 2022),
        ("fiscal years 2019-2021", "year_range", 2021),
    ],
)
def test_a_fiscal_or_school_year_takes_its_last_year_as_label_and_leaves_its_days_open(text, kind, year):
    date = only(text)
    assert (date.kind, date.year, date.first, date.last) == (kind, year, None, None)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("on May 3 we met", "May 3"),
        ("until 3 May we wait", "3 May"),
        ("by December 31st.", "December 31st"),
        ("September 11 attacks", "September 11"),
        ("due by 10/15.", "10/15"),
        ("in the second quarter", "second quarter"),
        ("than in the first half.", "first half"),
        ("in the second half of the year", "second half"),
    ],
)
def test_a_date_without_a_year_is_still_a_date(text, surface):
    date = only(text)
    assert text[date.start : date.end] == surface
    assert (date.year, date.first, date.last) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("in spring 2018 and 2019", [("season", 2018), ("season", 2019)]),
        ("in March and April 2021", [("month", 2021), ("month", 2021)]),
        ("on May 3 and June 4, 2021", [("day", 2021), ("day", 2021)]),
        ("fiscal years 2019 and 2020", [("fiscal_year", 2019), ("fiscal_year", 2020)]),
        ("in 2018 and 2019", [("year", 2018), ("year", 2019)]),
        ("2019 2020 2021", [("year", 2019), ("year", 2020), ("year", 2021)]),
        ("40 (2020), 50 (2021)", [("year", 2020), ("year", 2021)]),
        ("2020 vs. 2021", [("year", 2020), ("year", 2021)]),
    ],
)
def test_neighbours_lend_each_other_what_they_leave_out(text, years):
    assert [(d.kind, d.year) for d in find_dates(text)] == years


@pytest.mark.parametrize(
    "text",
    [
        "In [2021] there were 40.",
        "In [2021] NCX helped 40.",
        "in [2021] the team grew",
        "In [2021] reports of harm rose",
        "Since [1998] more than 90,000 came",
        "in [2021], 40 came",
        "In [2021] 54% came",
        "In [2023] 1,234 children came",
        "our [2021] annual report",
        "[2021] data",
        "the [2021] season",
        "our [2021] campaigns",
        "up 5% over [2019]",
        "higher than [2020].",
        "down to [2019] levels",
        "by [2030]",
        "net zero by [2050].",
        "In [2000], we began",
        "founded in [1884]",
        "children ([2021])",
        "[2021]: a year of change",
        "[2021]*",
        "in [2021].4 The rest",
        "[2021] marks the end",
        "the class of [2021] graduates",
        "from 310 in [2021] to 350 now",
        "the [2021]–present team",
        "© [2021] The Trust",
        "in [2020]'s wake",
    ],
)
def test_a_bare_year_is_a_year(text):
    start = text.index("[")
    plain = text.replace("[", "").replace("]", "")
    assert (start, start + 4) in [(d.start, d.end) for d in find_dates(plain)]


@pytest.mark.parametrize(
    "text",
    [
        "2021 children",
        "2000 volunteers",
        "1984 calls came",
        "in 2000 schools",
        "more than 2000 calls",
        "a total of 2000.",
        "rose to 2021",
        "increased by 2000",
        "helped 2021 families",
        "trained 2000 new people",
        "more than 2000 reports",
        "$2021",
        "2021%",
        "2021 million",
        "#2021",
        "2021.5 tons",
        "2000-2050 calls",
        "from 2000 to 2500",
        "between 1950 and 2000 calls",
        "2,021 gifts",
        "March 2,021 people",
        "in May 12 children were found",
        "we may 20 times",
        "1.2021 and 12021",
        "v2021",
        "3/4 of them",
        "a quarter of those",
        "the first half of those who came",
        "three quarters",
        "No. 2021-44",
        "twenty two cats",
        "nineteen twenty-pound notes",
        "nineteen children",
        "13/2018",
    ],
)
def test_a_number_that_counts_is_no_year(text):
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Visits: 1987 (2016), 2014 (2017)", [2016, 2017]),
        ("rose from 1987 in 2016 to 2014 in 2017", [2016, 2017]),
        ("we saw 2014 visits in 2016 and 1987 in 2017", [2016, 2017]),
        ("reports for 2016 (2017) and 2018 (2019)", [2016, 2017, 2018, 2019]),
        ("built in 1987 (2016)", [1987, 2016]),
        ("the plans of 1987 (2016), 2014 (2017) and 2015 (2018)", [1987, 2016, 2014, 2017, 2015, 2018]),
        ("Editions: 1987 (2016), 2014 (2017)", [1987, 2016, 2014, 2017]),
    ],
)
def test_figures_that_each_have_their_year_are_none(text, years):
    assert [date.year for date in find_dates(text)] == years


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d"]))
def test_a_formatted_day_reads_back(day, form):
    date = only(f"It closed on {day.strftime(form)}.")
    assert (date.first, date.last, date.kind) == (day, day, "day")


@given(st.text(alphabet=st.sampled_from("0123456789 -/.,aefmrtyFYQÉİ’'–"), max_size=60))
def test_spans_are_ordered_and_inside_any_text(text):
    spans = [(d.start, d.end) for d in find_dates(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


@pytest.mark.parametrize(
    "text",
    [
        "jan 3, 2021", "Sept 2021", "May 2021", "Q3 2021", "H1 2021", "FY21", "CY 2021", "SY2021", "FYE 2021",
        "first half of 2021", "latter half of 2021", "closing three months of 2020", "opening two quarters of 2020",
        "autumn 2021", "fall 2021", "programme year 2021", "program year 2021", "academic year 2021-22",
        "tax year 2021", "calendar 2021", "year ended 30 June 2021", "twelve months to March 2021",
    ],
)  # fmt: skip
def test_every_word_that_opens_a_form_is_looked_at(text: str) -> None:
    assert [text[date.start : date.end] for date in find_dates(text)] == [text]


@pytest.mark.parametrize("text", ["in the first quarter", "the latter half.", "the second half of the year"])
def test_parts_of_a_year_are_found_without_any_digit(text: str) -> None:
    assert [date.kind for date in find_dates(text)] in (["quarter"], ["half"])


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("The mill was founded in seventeen ninety-two.", 1792),
        ("In two thousand and eleven the mill closed.", 2011),
        ("Closed since two thousand and four.", 2004),
    ],
)
def test_years_in_words_of_other_centuries(text, year):
    assert only(text).year == year


@pytest.mark.parametrize("text", ["We rest in two thousand and eleven inns.", "It fed seventeen ninety-year-olds."])
def test_counts_in_words_are_no_years(text):
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "first"),
    [("between 2 and 9 June 2021", "2021-06-02"), ("on the 2nd and 3rd of June in 2021", "2021-06-02")],
)
def test_two_days_of_a_month_behind_a_word_that_dates(text, first):
    date = find_dates(text)[0]
    assert (date.first.isoformat(), date.kind) == (first, "range")


def test_two_numbers_before_a_month_need_such_a_word():
    assert [date.first for date in find_dates("We fed 3 and 9 May 2021")] == [dt.date(2021, 5, 9)]
