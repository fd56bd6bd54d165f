"""What headers and labels say of a bare value."""

from decimal import Decimal

import pytest

from extractors.clauses.headers import (
    Measured,
    context_of,
    counted_words,
    is_rank,
    is_target,
    measured_in,
    moved_in,
    rate_in,
    scale_note,
    stands,
    tells_when,
)
from extractors.records import Passage


def passage(kind: str, **fields: object) -> Passage:
    place = {"index": 0, "kind": kind, "region": "content", "text": "5", "xpath": "/p"}
    return Passage.model_validate(place | fields)


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Peat laid (square metres)", "square metres"),
        ("Roof (sq. ft)", "sq. ft"),
        ("Rain kept, m3", "m3"),
        ("Rain (cubic metres) kept", "cubic metres"),
        ("Rain kept (by hand)", None),
    ],
)
def test_a_header_gives_an_area_or_a_volume(header: str, unit: str | None) -> None:
    assert measured_in((header,)).unit == unit


def test_a_tile_is_named_by_its_nearest_label_first() -> None:
    assert context_of(passage("tile", labels=("Gender", "Women"))) == ("Women", "Gender")


def test_a_cell_is_named_by_its_column_its_row_and_its_caption() -> None:
    cell = passage("table_cell", column_headers=("2021", "Adults"), row_headers=("Dogs",), caption="Rehomed")
    assert context_of(cell) == ("Adults", "2021", "Dogs", "Rehomed")


@pytest.mark.parametrize("kind", ["paragraph", "list_item", "heading"])
def test_prose_names_its_figures_itself(kind: str) -> None:
    assert context_of(passage(kind, headings=("Our year",))) == ()


@pytest.mark.parametrize("bare", ["2021", "FY22", "2020/21", "(2021)", "%", "#", "2019–2020"])
def test_bare_years_and_signs_name_nothing(bare: str) -> None:
    assert counted_words((bare, "Rescues")) == ["Rescues"]


def test_words_that_announce_a_breakdown_come_first() -> None:
    assert counted_words(("Public", "Reports by reporter"))[0] == "Reports by reporter"


@pytest.mark.parametrize("words", ["% of all cases", "Per cent", "Percentage", "Share of total", "Pct"])
def test_headers_make_a_bare_number_a_percentage(words: str) -> None:
    assert measured_in((words,)).percent


@pytest.mark.parametrize("words", ["Shareholders", "Cases", "Percy's calls"])
def test_other_words_do_not(words: str) -> None:
    assert not measured_in((words,)).percent


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Income (£)", "GBP"),
        ("US$ million", "USD"),
        ("Grants, EUR", "EUR"),
        ("Spending ($)", "$"),
        ("Spending (A$)", "AUD"),
        ("in US dollars", "USD"),
        ("Rescues", None),
    ],
)
def test_headers_give_a_currency(words: str, code: str | None) -> None:
    assert measured_in((words,)).currency == code


@pytest.mark.parametrize(
    ("words", "factor"),
    [
        ("Visits (thousands)", 1000), ("Visits (in thousands)", 1000), ("Visits ('000)", 1000), ("£000s", 1000),
        ("£m", 10**6), ("Income (US$ million)", 10**6), ("in millions of dollars", 10**6), ("$bn", 10**9),
        ("Visits", 1), ("Five thousand metres", 1), ("Men", 1), ("Team M", 1),
    ],
)  # fmt: skip
def test_headers_give_a_scale(words: str, factor: int) -> None:
    assert measured_in((words,)).factor == Decimal(factor)


@pytest.mark.parametrize(
    ("column", "row", "rank"),
    [
        (("#",), (), True), (("No.",), (), True), (("Rank",), (), True), (("Number of cases",), (), False),
        (("Rank",), ("North",), True), (("No.",), ("North",), False), (("2021", "No."), (), False),
    ],
)  # fmt: skip
def test_a_column_that_numbers_its_rows_is_told_apart(
    column: tuple[str, ...], row: tuple[str, ...], rank: bool
) -> None:
    cell = Passage(
        index=0, kind="table_cell", region="content", text="3", xpath="", column_headers=column, row_headers=row
    )
    assert is_rank(cell) is rank


def test_the_nearest_header_tells_how_a_number_is_measured() -> None:
    assert measured_in(("On time, %", "Traffic by quarter (in thousands)")) == Measured(percent=True, own=True)


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("Average trip (km)", "km"),
        ("Wait, days", "days"),
        ("Time in minutes", "minutes"),
        ("Year", None),
        ("Men", None),
    ],
)
def test_headers_give_a_unit(words: str, unit: str | None) -> None:
    assert measured_in((words,)).unit == unit


def test_a_header_of_counts_takes_no_currency_from_the_caption() -> None:
    assert measured_in(("Number of grants", "Grants (£)")).currency is None


@pytest.mark.parametrize(
    ("header", "cell", "moved"),
    [
        ("Change on 2020", "300", "change"), ("% change", "2.5", "change"), ("Change (%)", "(10%)", "decrease"),
        ("Decrease from 2019", "40", "decrease"), ("Climate change", "40", None), ("Changed lives", "40", None),
    ],
)  # fmt: skip
def test_a_column_of_changes(header: str, cell: str, moved: str | None) -> None:
    assert moved_in((header, "Meals"), cell) == moved


@pytest.mark.parametrize("header", ["Change (pp)", "Change, percentage points", "Change, % pts"])
def test_a_column_of_changes_in_percentage_points(header: str) -> None:
    assert measured_in((header, "Share of members")).points


def test_a_column_of_percentages_is_in_no_points() -> None:
    assert not measured_in(("Points won (%)", "Team")).points


@pytest.mark.parametrize(
    ("header", "stock"),
    [
        ("Collections held", True), ("Workshops held", False), ("At year end", True), ("Stations (31 Dec.)", True),
        ("Open as at 31 March 2022", True), ("Opened in 2022", False),
    ],
)  # fmt: skip
def test_headers_of_what_there_was_at_a_moment(header: str, stock: bool) -> None:
    assert stands((header,)) is stock


@pytest.mark.parametrize(
    ("header", "aggregation"),
    [
        ("Per day", "daily_average"), ("Monthly average", "monthly_average"), ("Average grant", "average"),
        ("Monthly donors", None), ("Calls", None),
    ],
)  # fmt: skip
def test_headers_of_rates_and_averages(header: str, aggregation: str | None) -> None:
    assert rate_in((header,)) == aggregation


@pytest.mark.parametrize(
    ("header", "aimed"), [("Target", True), ("2025 target", True), ("Goal for 2030", True), ("Target group", False)]
)
def test_a_column_of_targets(header: str, aimed: bool) -> None:
    assert is_target((header,)) is aimed


@pytest.mark.parametrize("header", ["Q1", "In 2021", "Since 2010", "Fiscal year", "FY 2021/22", "Jan–Mar", "2021"])
def test_headers_that_tell_only_when(header: str) -> None:
    assert tells_when(header.lower())


@pytest.mark.parametrize("header", ["2021 £", "Calls in 2021", "% 2021"])
def test_headers_that_tell_more_than_when(header: str) -> None:
    assert not tells_when(header.lower())


@pytest.mark.parametrize("header", ["Income (£000)", "Income (in thousands of dollars)", "Seeds sent (thousands)"])
def test_a_note_of_scale_states_no_figure(header: str) -> None:
    assert scale_note(header) is not None


def test_no_headers_say_nothing() -> None:
    assert (measured_in(()), rate_in(()), moved_in((), "5")) == (Measured(), None, None)
