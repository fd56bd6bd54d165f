"""Which rows of a table are heads, and what they date: as pages of accounts and of registers write them."""

import pytest

from extractors import read_page

Said = dict[str, tuple[str | None, int | None]]
"""A figure to its unit, None where that is not asked, and its year."""


def facts(html: str) -> Said:
    return {fact.surface: (fact.unit, fact.year) for fact in read_page(html.encode()).facts}


def table(*rows: str) -> str:
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def td(*texts: object) -> str:
    return "".join(f"<td>{text}</td>" for text in texts)


def th(*texts: object) -> str:
    return "".join(f"<th>{text}</th>" for text in texts)


TABLES: dict[str, tuple[str, Said]] = {
    "a lone year over the figures": (
        table(th("", "2019"), td("Boats repaired", "37"), td("Lessons", "1,240")),
        {"37": ("boats", 2019), "1,240": ("lessons", 2019)},
    ),
    "a lone year in a plain cell": (
        table(td("", "2018"), td("Beds", "310"), td("Meals", "4,400")),
        {"310": ("beds", 2018), "4,400": ("meals", 2018)},
    ),
    "years under a word that says the same of each": (
        table(td("", "Actual", "Actual"), td("", "2018", "2019"), td("Beds", "310", "325")),
        {"310": ("beds", 2018), "325": ("beds", 2019)},
    ),
    "signs in brackets under the years": (
        table(td("Costs", "2018", "2019"), td("", "(in € million)", "(in € million)"), td("Beds", "3.1", "3.4")),
        {"3.1": ("EUR", 2018), "3.4": ("EUR", 2019)},
    ),
    "months that only tell when": (
        table(td("", "<b>Twelve months to</b>"), td("", "<b>May 2019</b>"), td("Beds let", "310")),
        {"310": ("beds", 2019)},
    ),
    "notes in the last column": (
        table(th("Gifts", "2018", "2019", "Note"), td("Legacies", "£310", "£325", "7"), td("Raffles", "£9", "£8", "8")),
        {"£310": ("GBP", 2018), "£325": ("GBP", 2019), "£9": ("GBP", 2018), "£8": ("GBP", 2019)},
    ),
    "the scale at the end of the heading": (
        "<h3>Cash flow, in £ million</h3>" + table(th("", "2018", "2019"), td("Rent", "3.1", "3.4")),
        {"3.1": ("GBP", 2018), "3.4": ("GBP", 2019)},
    ),
    "a lone financial year over a change": (
        table(th("", "Year ended 31 March 2020"), td("Change in members", "+75"), td("Change in staff", "+4")),
        {"75": (None, 2020), "4": (None, 2020)},
    ),
    "two head rows over one row": (
        table('<th></th><th colspan="2">At year end</th>', th("", "2018", "2019"), td("Dogs rehomed", 55, 61)),
        {"55": ("dogs", 2018), "61": ("dogs", 2019)},
    ),
    "two head rows of plain cells, what is counted above": (
        table('<td></td><td colspan="2">Patients</td>', td("Ward", 2017, 2018), td("East", 88, 93), td("West", 45, 51)),
        {"88": ("patients", 2017), "93": ("patients", 2018), "45": ("patients", 2017), "51": ("patients", 2018)},
    ),
    "two head rows of plain cells, the year's end above": (
        table(
            '<td></td><td colspan="2"><b>Year to 31 August</b></td>', td("Number of", 2020, 2021),
            td("Pupils taught", 140, 155), td("Pupils housed", 31, 38),
        ),
        {"140": ("pupils", 2020), "155": ("pupils", 2021), "31": ("pupils", 2020), "38": ("pupils", 2021)},
    ),
    "the head row again in the body": (
        table(th("Port", 2016, 2017), td("Lund", 410, 425), td("Port", 2016, 2017), td("Ystad", 212, 230)),
        {"410": (None, 2016), "425": (None, 2017), "212": (None, 2016), "230": (None, 2017)},
    ),
    "the head row again, under the name of another group": (
        table(td("Ports", 2016, 2017), td("Lund", 410, 425), td("Bays", 2016, 2017), td("Ystad", 212, 230)),
        {"410": (None, 2016), "425": (None, 2017), "212": (None, 2016), "230": (None, 2017)},
    ),
    "years beside a name, under words that tell none apart": (
        table(td("", "Actual", "Budget"), td("Loads carried", 2016, 2017), td("Logs (tonnes)", 410, 425)),
        {"410": ("tonnes", 2016), "425": ("tonnes", 2017)},
    ),
    "years in which what is above opened": (
        table(td("", "East pool", "West pool"), td("Opened", 2016, 2017), td("Swimmers", "4,100", "3,900")),
        {"4,100": ("swimmers", None), "3,900": ("swimmers", None)},
    ),
    "words and a scale in one head": (
        table('<th></th><th colspan="2">2020</th>', th("", "Group £000", "Choir £000"), td("Fees", 84, 83)),
        {"84": ("GBP", 2020), "83": ("GBP", 2020)},
    ),
    "a span with something behind it": (
        table('<th></th><th colspan="2px">Loans</th>', th("", 2014, 2015), td("Town", 71, 84), td("Shore", 12, 15)),
        {"71": ("loans", 2014), "84": ("loans", 2015), "12": ("loans", 2014), "15": ("loans", 2015)},
    ),
    "words, a year and a currency sign in one head": (
        table(th("", "Restricted funds 2020<br>€", "Total 2019 €"), td("Gifts", "8,150", "7,900")),
        {"8,150": ("EUR", 2020), "7,900": ("EUR", 2019)},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("html", "expected"), TABLES.values(), ids=TABLES)
def test_heads_date_and_name_the_figures_and_state_none(html: str, expected: Said) -> None:
    found = facts(html)
    assert {surface: year for surface, (_, year) in found.items()} == {s: year for s, (_, year) in expected.items()}
    named = {surface: unit for surface, (unit, _) in expected.items() if unit}
    assert {surface: found[surface][0] for surface in named} == named


@pytest.mark.parametrize(
    ("head", "numbers"), [("Note", ("2", "14")), ("Notes", ("3a", "5, 6")), ("Ref.", ("1.2", "-"))], ids=["1", "2", "3"]
)
def test_a_column_of_notes_states_nothing(head: str, numbers: tuple[str, str]) -> None:
    html = table(th("", head, 2019, 2018), td("Gifts", numbers[0], 9100, 8700), td("Rent", numbers[1], 410, 395))
    assert sorted(facts(html)) == ["395", "410", "8700", "9100"]


def test_a_column_of_notes_that_were_written_counts_them() -> None:
    html = table(th("School", "Notes"), td("East", 1204), td("West", 987))
    assert sorted(facts(html)) == ["1204", "987"]


def test_a_row_without_cells_among_the_heads_is_passed_over() -> None:
    assert facts("<table><th><th>2021<tr><tr></table>") == {}
