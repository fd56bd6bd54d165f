"""What headers and captions say of when the figures of a table hold."""

import pytest

from extractors import Fact, read_page

TOP = "<main><h1>Our year</h1><p>In 2022 we fed 900 people, and in 2022 we drove 90 miles.</p>"


def cells(*rows: str, caption: str = "") -> dict[str, Fact]:
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("|")) + "</tr>" for row in rows)
    facts = read_page(f"{TOP}<table><caption>{caption}</caption>{lines}</table></main>".encode()).facts
    return {fact.surface: fact for fact in facts}


def when(fact: Fact) -> tuple[str, int | None]:
    return fact.period_type, fact.year


def test_a_column_of_changes_is_dated_by_the_columns_it_compares() -> None:
    fact = cells("|2019|2021|Change", "Meals|100|130|30", "Calls|7|9|2")["30"]
    assert (fact.kind, fact.value, fact.year, fact.base_year) == ("change", 30, 2021, 2019)


def test_a_change_beside_a_year_is_measured_from_the_year_before() -> None:
    ascending = cells("Year|Meals|Change", "2019|100|", "2020|130|30%", "2021|91|-29%")
    descending = cells("Year|Meals|Change", "2021|91|-29%", "2020|130|30%", "2019|100|")
    for facts in (ascending, descending):
        assert [(facts[s].year, facts[s].base_year) for s in ("30%", "-29%")] == [(2020, 2019), (2021, 2020)]


def test_a_fiscal_year_that_changes_are_measured_from_is_one_year() -> None:
    fact = cells("Nation|Meals|Change since 2018/19", "Wales|130|30%", "Mann|9|2%")["30%"]
    assert (fact.year, fact.base_year) == (2022, 2019)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Annual Report 2020–2021", ("year", 2021)),
        ("Results 2019–2021", ("range", 2021)),
        ("Between 1 April 2020 and 31 March 2021", ("range", 2021)),
        ("Our financial year, 1 April 2020 to 31 March 2021", ("year", 2021)),
    ],
)
def test_a_report_of_two_years_is_one_of_a_year(heading: str, expected: tuple[str, int]) -> None:
    (fact,) = read_page(f"<h1>{heading}</h1><p>We made 383 grants.</p>".encode()).facts
    assert when(fact) == expected


@pytest.mark.parametrize("heading", ["2019 and 2021", "2021 and 2019"])
def test_years_of_a_heading_span_from_the_earlier_to_the_later(heading: str) -> None:
    (fact,) = read_page(f"<h2>{heading}</h2><p>We made 383 grants.</p>".encode()).facts
    assert (str(fact.period_start), str(fact.period_end), fact.year) == ("2019-01-01", "2021-12-31", 2021)


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        ("Rescues in 2018: 402 (2017: 311)", 2018),
        ("Total alerts in 2022: 3,106 (2021: 2,870)", 2022),
        ("Total 2019 rescues: 1,204 (up 9% from 2018)", 2019),
        ("Rescues (2018)", 2018),
        ("Rescues in the year (1 April 2019 to 31 March 2020)", 2020),
        ("A survey of callers (420 answers, 2016)", 2016),
    ],
)
def test_a_heading_dates_by_its_own_year_and_not_by_what_it_compares_with(heading: str, year: int) -> None:
    facts = read_page(f"<h1>Harbour</h1><h2>{heading}</h2><p>We made 37 grants.</p>".encode()).facts
    assert next(fact for fact in facts if fact.surface == "37").year == year
    facts = read_page(f"<h3>{heading}</h3><ul><li>37 boats towed</li></ul>".encode()).facts
    assert next(fact for fact in facts if fact.surface == "37").year == year


@pytest.mark.parametrize(
    "heading",
    [
        "402 rescues (311 in 2016)",
        "402 rescues, up from 311 in 2016",
        "402 rescues, 91 more than in 2016",
        "402 rescues",
    ],
)
def test_what_a_heading_holds_its_figure_against_dates_nothing_below_it(heading: str) -> None:
    facts = read_page(f"<h1>Harbour 2017</h1><h3>{heading}</h3><ul><li>37 boats towed</li></ul>".encode()).facts
    assert {fact.surface: fact.year for fact in facts if fact.surface in ("402", "37")} == {"402": 2017, "37": 2017}


def test_the_only_figure_of_a_heading_may_stand_with_its_year_in_brackets() -> None:
    facts = read_page(b"<h1>Harbour 2017</h1><h3>Rescues (311 in 2016)</h3><p>37 boats were towed.</p>").facts
    assert {fact.surface: fact.year for fact in facts}["37"] == 2016


def test_the_later_column_may_come_first() -> None:
    fact = cells("|2021|2019|% change", "Meals|130|100|30.0", "Calls|9|7|28.6")["30.0"]
    assert (fact.kind, fact.unit, fact.year, fact.base_year) == ("change_percent", "percent", 2021, 2019)


def test_the_header_of_changes_may_name_its_base() -> None:
    fact = cells("|Meals|Change on 2019", "North|130|+30%", "South|9|+2%")["30%"]
    assert (fact.year, fact.base_year) == (2022, 2019)


def test_a_figure_in_brackets_fell() -> None:
    assert cells("|2021|2022|Change", "Meals|130|100|(30)", "Calls|9|7|(2)")["30"].value == -30


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Homes held", ("as_of", 2021)), ("Homes (31 Dec.)", ("as_of", 2021)), ("Homes built", ("year", 2021)),
        ("Members", ("as_of", 2021)), ("New members", ("year", 2021)), ("Homes built, Jan–Jun", ("range", 2021)),
        ("Built since 2010", ("cumulative", 2022)),
    ],
)  # fmt: skip
def test_headers_tell_stocks_from_what_a_year_brought(header: str, expected: tuple[str, int]) -> None:
    assert when(cells(f"Year|{header}", "2020|90", "2021|140")["140"]) == expected


def test_a_running_total_may_tell_its_years() -> None:
    fact = cells("|2022|To date (2016 to 2020)", "Homes built|90|1,400", "Homes sold|7|80")["1,400"]
    assert when(fact) == ("cumulative", 2020)


def test_what_says_how_figures_are_written_states_none() -> None:
    assert not read_page(b"<p>All amounts are in thousands of dollars.</p>").facts


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("<h2>Who writes to us (% of letters)</h2>", ("percent", "percent", 64)),
        ("<p>All amounts are shown in $000s.</p>", ("money", "USD", 64_000)),
        ("<h2>Accounts (in £ millions)</h2>", ("money", "GBP", 64_000_000)),
        ("<p>All amounts are shown in $000s.</p><h2>Letters</h2>", ("count", "letters", 64)),
        ("<h2>Letters</h2>", ("count", "letters", 64)),
    ],
)
def test_a_note_before_a_table_tells_how_its_figures_are_written(note: str, expected: tuple[str, str, int]) -> None:
    table = "<table><tr><th>Letters</th><th>2021</th></tr><tr><td>Parents</td><td>64</td></tr></table>"
    (fact,) = read_page(f"<h2>Our year</h2>{note}{table}".encode()).facts
    assert (fact.kind, fact.unit if expected[0] != "count" else "letters", fact.value) == expected


@pytest.mark.parametrize(
    ("caption", "heads", "row", "unit"),
    [
        ("Boats that asked for help, by port", ("Port", "2021"), ("Lund", "64"), "boats"),
        ("", ("Port", "Rescues"), ("Lund", "64"), "rescues"),
        ("Number of harbours by volume of traffic", ("Volume", "2021"), ("High", "64"), "harbours"),
        ("Calls", ("Desk", "2021"), ("Live chats", "64"), "chats"),
        ("Calls", ("Desk", "2021"), ("999 alarms raised", "64"), "alarms"),
        ("", ("Year", "Average days to rescue"), ("2021", "64"), "days"),
        ("", ("Year", "Freight (thousands of tonnes)"), ("2021", "64"), "tonnes"),
    ],
)
def test_the_unit_of_a_cell_is_a_plural_noun_of_its_headers(
    caption: str, heads: tuple[str, str], row: tuple[str, str], unit: str
) -> None:
    assert cells("|".join(heads), "|".join(row), caption=caption)["64"].unit == unit


@pytest.mark.parametrize(
    ("caption", "before", "expected"),
    [
        ("Boats by port at 31 December", "", ("as_of", 2021)),
        ("Boats by port", "", ("year", 2021)),
        ("", "<p>As at 1 December 2021. In brackets: share of the port.</p>", ("as_of", 2021)),
        ("Boats built; sheds at 31 December", "", ("year", 2021)),
    ],
)
def test_a_day_in_the_caption_is_when_the_figures_stood(caption: str, before: str, expected: tuple[str, int]) -> None:
    rows = "<tr><th>Port</th><th>Boats 2021</th></tr><tr><th>Lund</th><td>64</td></tr>"
    (fact,) = read_page(f"{before}<table><caption>{caption}</caption>{rows}</table>".encode()).facts
    assert when(fact) == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("million m³", ("measure", "m³", 64_000_000)), ("CHF thousand", ("money", "CHF", 64_000)),
        ("€ million", ("money", "EUR", 64_000_000)), ("number", ("count", "water", 64)),
    ],
)  # fmt: skip
def test_a_column_of_units_measures_its_row(unit: str, expected: tuple[str, str, int]) -> None:
    facts = cells("Indicator|Unit|2020|2021", f"Water supplied|{unit}|58|64", "Leaks|number|9|7")
    assert sorted(facts) == ["58", "64", "7", "9", "90", "900"]
    assert (facts["64"].kind, facts["64"].unit, facts["64"].value) == expected


def test_a_place_that_begins_like_a_scale_scales_nothing() -> None:
    assert cells("Town|2020|2021", "Thousand Oaks|58|64", "Lund|9|7")["64"].value == 64


def test_a_row_of_totals_in_header_cells_is_read() -> None:
    html = (
        "<table><tr><th>Port</th><th>2020</th><th>2021</th></tr><tr><th>Lund</th><td>5</td><td>6</td></tr>"
        "<tr><th>All ports</th><th>5</th><th>7</th></tr></table>"
    )
    facts = read_page(html.encode()).facts
    assert [(f.surface, f.year) for f in facts] == [("5", 2020), ("6", 2021), ("5", 2020), ("7", 2021)]


def test_figures_with_a_scale_word_are_figures_of_an_unmarked_table() -> None:
    facts = cells("Type|2020|2021", "Meals|39.9 million|49.4 million", "Calls|1.8 million|2.1 million")
    assert [facts[s].year for s in ("39.9 million", "49.4 million")] == [2020, 2021]


@pytest.mark.parametrize("header", ["Market stalls", "Decision days", "Mayors met", "Junior clubs"])
def test_a_word_that_begins_like_a_month_names_no_part_of_a_year(header: str) -> None:
    assert when(cells(f"Year|{header}", "2020|90", "2021|140")["140"])[0] != "range"


def test_a_quarter_takes_its_year_from_the_caption() -> None:
    facts = cells("|Q1|Q2|Year", "Loans|110|120|230", "Gifts|11|12|23", caption="Lending in 2021")
    assert when(facts["110"]) == ("range", 2021)
    assert str(facts["110"].period_end) == "2021-03-31"
    assert when(facts["230"]) == ("year", 2021)


def test_a_caption_may_date_its_columns_apart() -> None:
    facts = cells("Estate|Homes|Repairs", "North|412|31", "South|120|9",
                  caption="Homes at 31 December 2021; repairs during 2020")  # fmt: skip
    assert (when(facts["412"]), when(facts["31"])) == (("as_of", 2021), ("year", 2020))


def test_a_rate_beside_a_running_total_is_no_total() -> None:
    fact = cells("|In 2022|Since 2010|Per day", "Calls|31,000|290,400|85", "Kits|2,100|15,000|6")["85"]
    assert (fact.period_type, fact.aggregation) == ("year", "daily_average")


def test_what_names_rows_and_columns_is_no_statistic() -> None:
    facts = cells("Age|Boys|Top 10 girls", "0–5|40|50", "18 to 20|400|420", "Over 20|7|8")
    assert sorted(facts) == ["40", "400", "420", "50", "7", "8", "90", "900"]


def test_a_row_of_changes_keeps_the_year_of_its_column() -> None:
    facts = cells("Measure|2020|2021", "Calls|100|120", "% change|5%|20%")
    assert {s: (facts[s].kind, facts[s].year) for s in ("5%", "20%")} == {
        "5%": ("change_percent", 2020),
        "20%": ("change_percent", 2021),
    }


def test_a_total_of_unlike_columns_takes_nothing_from_them() -> None:
    fact = cells("Area|Staff 2022|Budget 2022 ($000)|Total", "North|10|20|90", "South|1|2|3")["90"]
    assert (fact.kind, fact.value, fact.year) == ("count", 90, 2022)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("|Q1 2021|Q2 2021|Total", ("range", "2021-01-01", "2021-06-30")),
        ("|FY20|FY21|Total", ("range", "None", "None")),
        ("|2019|2021|All years", ("range", "2019-01-01", "2021-12-31")),
    ],
)
def test_a_column_of_totals_spans_the_columns_it_adds_up(header: str, expected: tuple[str, str, str]) -> None:
    fact = cells(header, "Loans|110|120|230", "Gifts|11|12|23")["230"]
    assert (fact.period_type, str(fact.period_start), str(fact.period_end)) == expected


def test_a_row_of_totals_spans_the_rows_it_adds_up() -> None:
    facts = cells("Year|Loans", "2018|10", "2019|20", "Total|30", "2020|40", "Grand total|70")
    assert [(facts[s].period_type, facts[s].year, facts[s].period_start.year) for s in ("30", "70")] == [
        ("range", 2019, 2018),
        ("range", 2020, 2018),
    ]


@pytest.mark.parametrize("cell", ["350 teachers trained", "We helped 350 families", "Girls (n=350)"])
def test_a_statement_in_a_header_cell_is_read(cell: str) -> None:
    assert "350" in cells(f"Impact|{cell}", f"{cell}|Kenya", "Other|Uganda")


@pytest.mark.parametrize(
    ("heading", "year"),
    [("21.10.2014", 2014), ("2013.02.09", 2013), ("06 / 2018", 2018), ("11/2019", 2019), ("03.25.2012", 2012)],
)
def test_a_date_in_figures_heads_what_stands_below_it(heading: str, year: int) -> None:
    page = f"<body><div><h3>{heading}</h3><p>36 puffins washed</p><p>4 boats out</p></div></body>"
    assert [(f.surface, f.year) for f in read_page(page.encode(), edition=2022).facts] == [("36", year), ("4", year)]
