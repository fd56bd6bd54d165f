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
