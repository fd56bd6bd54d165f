"""Which figures state the same metric, and of which parts: prose, tiles, tables, headings, shares."""

import pytest

from extractors.metrics.drafting.grouping import groups_of
from tests.extractors.metrics.drafting.pages import figures

Grouped = list[dict[str, str | None]]


def grouped(text: str, *, html: bool = False) -> Grouped:
    """Each group as its figures, with the part that each is of."""
    return [
        {f"{one.fact.surface} ({one.fact.year})": group.member(one) for one in group.figures}
        for group in groups_of(figures(text, html=html))
    ]


def test_the_same_words_in_two_years_are_one_metric() -> None:
    assert grouped("In 2022, we served 1,790 meals.\n\nWe served 1,873 meals in 2023.") == [
        {"1,790 (2022)": None, "1,873 (2023)": None}
    ]


def test_what_a_figure_is_compared_with_and_its_change_go_with_it() -> None:
    assert grouped(
        "In 2023, we served 1,873 meals, up from 1,790 in 2022. We built 14 boats, 9% more than in 2022."
    ) == [
        {"1,873 (2023)": None, "1,790 (2022)": None},
        {"14 (2023)": None, "9% (2023)": None},
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We welcomed 1,873 guests in 2023. In 2023, we housed 344 guests.",
        "In 2023, 4,000 reports were received. In 2023, we received 1,200 reports of thefts.",
        "In 2023, 88% of guests stayed. In 2023, 31% of guests had work.",
        "We raised £2,400,000 in 2023. We spent £2,100,000 in 2023.",
    ],
)
def test_other_words_are_another_metric(text: str) -> None:
    assert [len(group) for group in grouped(text)] == [1, 1]


def test_a_tile_and_a_sentence_that_state_the_same_value_are_one() -> None:
    (group,) = groups_of(figures("Guests: 1,873\n\nIn 2023, the doors stood open for 1,873 guests."))
    assert [one.is_labelled for one in group.figures] == [True, False]


def test_a_round_number_met_twice_is_chance() -> None:
    assert len(grouped("In 2023, we worked in 50 states. Our films were seen in 50 states in 2023.")) == 2


def test_what_is_of_them_is_left_alone() -> None:
    assert grouped("Anglers reported 1,275 leaks in 2023. We looked into 830 of them in 2022.") == [
        {"1,275 (2023)": None}
    ]


def test_headings_of_places_name_parts_and_their_sum_is_the_total() -> None:
    told = "We drilled {} wells in 2023."
    text = "\n\n".join(
        ["# Our year", told.format(30), "## Kenya", told.format(18), "## Malawi", told.format(12), "## Food", "x"]
    )
    groups = groups_of(figures(text))
    assert [(one.dimension, one.identity, one.named) for one in groups] == [("place", "sum", ["kenya", "malawi"])]
    assert grouped(text) == [{"30 (2023)": None, "18 (2023)": "kenya", "12 (2023)": "malawi"}]


def test_two_headings_that_are_no_names_name_no_parts() -> None:
    text = "# Our year\n\n## Learning\n\nTutors gave 3,480 hours.\n\n## Value\n\nVolunteers gave 1,200 hours."
    assert [len(group) for group in grouped(text)] == [1, 1]


def test_a_total_below_the_last_part_is_not_of_it() -> None:
    kenya, malawi = "## Kenya\n\nWe planted 18 trees.", "## Malawi\n\nWe planted 12 trees."
    text = f"# Trees\n\n{kenya}\n\n{malawi}\n\nIn all, we planted 30 trees."
    assert {"18 (None)": "kenya", "12 (None)": "malawi"} in grouped(text)


TABLE = """# Guests

| Age group | 2022 | 2023 |
| --- | --- | --- |
| Children | 385 | 402 |
| Adults | 1,213 | 1,255 |
| All guests | 1,598 | 1,657 |
| Dogs | 12 | 14 |
"""


def test_rows_that_add_up_to_a_row_are_its_parts() -> None:
    groups = groups_of(figures(TABLE))
    assert [(one.identity, one.named) for one in groups] == [("sum", ["children", "adults"]), ("", [])]
    assert groups[0].dimension == "age group"
    assert [one.fact.surface for one in groups[1].figures] == ["12", "14"]


def test_rows_that_do_not_add_up_are_metrics_of_their_own() -> None:
    off = TABLE.replace("1,657", "1,700")
    assert [one.identity for one in groups_of(figures(off))] == ["", "", "", ""]


def test_shares_that_add_up_to_100_are_the_parts_of_one() -> None:
    text = "## Spending\n\n- Shelter: 68%\n- Clinic: 22%\n- Offices: 10%"
    assert [(one.identity, one.named) for one in groups_of(figures(text))] == [
        ("shares", ["shelter", "clinic", "offices"])
    ]
    assert [one.identity for one in groups_of(figures(text.replace("10%", "17%")))] == ["", "", ""]


def test_a_part_that_a_heading_of_the_page_is_named_like_is_none() -> None:
    text = "## Spending\n\n- Shelter: 68%\n- Clinic: 22%\n- Offices: 10%\n\n## Clinic\n\nNurses saw 940 patients."
    assert [one.identity for one in groups_of(figures(text))] == ["", "", "", ""]


def test_rows_crossed_with_columns_are_parts_of_what_the_columns_count() -> None:
    html = """<table><tr><th>Country</th><th>People reached, 2022</th><th>Water points, 2022</th></tr>
    <tr><td>Malawi</td><td>265</td><td>53</td></tr><tr><td>Nepal</td><td>140</td><td>30</td></tr>
    <tr><td>Total</td><td>405</td><td>83</td></tr></table>"""
    groups = groups_of(figures(html, html=True))
    assert [(one.dimension, one.identity, one.named) for one in groups] == [("place", "sum", ["malawi", "nepal"])] * 2


def test_what_parts_are_of_a_heading_may_say() -> None:
    rows = "| Esk | 29 | 30 |\n| Tarn | 24 | 26 |\n| Total | 53 | 56 |"
    table = f"## Hives by county\n\n| | 2021 | 2022 |\n| --- | --- | --- |\n{rows}"
    assert [(one.dimension, one.named) for one in groups_of(figures(table))] == [("county", ["esk", "tarn"])]


def test_what_stands_above_the_parts_is_of_no_part() -> None:
    """Also where a part is missing, so that the others do not make up the whole."""
    text = (
        "# Our impact in 2023\n\nHelpers trained: 612\n\n## Malawi\n\nHelpers trained: 244\n\n"
        "## Peru\n\nHelpers trained: 160"
    )
    assert grouped(text) == [{"612 (2023)": None, "244 (2023)": "malawi", "160 (2023)": "peru"}]
