"""What headers and labels say of a bare value."""

from decimal import Decimal

import pytest

from extractors.models import Passage
from extractors.statements.headers import context_of, counted_words, currency_of, is_rank, says_percent, scale_of


def passage(kind: str, **fields: object) -> Passage:
    place = {"index": 0, "kind": kind, "region": "content", "text": "5", "xpath": "/p"}
    return Passage.model_validate(place | fields)


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
    assert says_percent((words,))


@pytest.mark.parametrize("words", ["Shareholders", "Cases", "Percy's calls"])
def test_other_words_do_not(words: str) -> None:
    assert not says_percent((words,))


@pytest.mark.parametrize(
    ("words", "code"),
    [("Income (£)", "GBP"), ("US$ million", "USD"), ("Grants, EUR", "EUR"), ("Spending ($)", "USD"), ("Rescues", None)],
)
def test_headers_give_a_currency(words: str, code: str | None) -> None:
    assert currency_of((words,)) == code


@pytest.mark.parametrize(
    ("words", "factor"),
    [
        ("Visits (thousands)", 1000), ("Visits (in thousands)", 1000), ("Visits ('000)", 1000), ("£000s", 1000),
        ("£m", 10**6), ("Income (US$ million)", 10**6), ("in millions of dollars", 10**6), ("$bn", 10**9),
        ("Visits", 1), ("Five thousand metres", 1), ("Men", 1), ("Team M", 1),
    ],
)  # fmt: skip
def test_headers_give_a_scale(words: str, factor: int) -> None:
    assert scale_of((words,)) == Decimal(factor)


@pytest.mark.parametrize(("words", "rank"), [("#", True), ("No.", True), ("Rank", True), ("Number of cases", False)])
def test_a_column_that_numbers_its_rows_is_told_apart(words: str, rank: bool) -> None:
    assert is_rank((words,)) is rank


def test_no_headers_say_nothing() -> None:
    assert (says_percent(()), currency_of(()), scale_of(()), is_rank(())) == (False, None, Decimal(1), False)
