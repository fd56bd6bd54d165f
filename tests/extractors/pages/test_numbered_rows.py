"""Columns of integers that tell rows apart, years with a sign in a head, notes below a table."""

import pytest

from extractors import read_page


def facts(body: str) -> list[tuple[str, float, str, int | None]]:
    reading = read_page(f"<body>{body}</body>".encode(), edition=2021)
    return [(fact.surface, float(fact.value), fact.unit or "", fact.year) for fact in reading.facts]


def table(head: tuple[str, ...], *rows: tuple[str, ...]) -> str:
    lines = ["".join(f"<th>{cell}</th>" for cell in head), *("".join(f"<td>{c}</td>" for c in row) for row in rows)]
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


@pytest.mark.parametrize("head", ["Year group", "Ward", "Bedrooms", "Storey (from the ground)", "Decile"])
@pytest.mark.parametrize("numbers", [("1", "2"), ("8", "9", "10"), ("2", "5", "9")])
def test_numbers_that_tell_rows_apart_count_nothing(head: str, numbers: tuple[str, ...]) -> None:
    body = table((head, "Readers"), *((number, f"{140 - at}") for at, number in enumerate(numbers)))
    assert [surface for surface, *_ in facts(body)] == ["140", "139", "138"][: len(numbers)]


@pytest.mark.parametrize(
    ("head", "codes"),
    [("Form", ("3041", "318", "3041-EX")), ("Ferry route", ("14A", "7")), ("Branch", ("11020", "10455"))],
)
def test_codes_that_tell_rows_apart_count_nothing(head: str, codes: tuple[str, ...]) -> None:
    body = table((head, "Readers", "Share (%)"), *((code, f"{1400 - at}", "9.5") for at, code in enumerate(codes)))
    assert [surface for surface, *_ in facts(body)] == ["1400", "9.5", "1399", "9.5", "1398", "9.5"][: 2 * len(codes)]


def test_numbers_of_rows_under_an_open_end_and_a_repeated_head() -> None:
    body = table(("Owls seen", "Nights"), ("1", "140"), ("2", "139"), ("3 or more", "138"), ("All", "417"))
    assert [surface for surface, *_ in facts(body)] == ["140", "139", "138", "417"]
    head = ("S. No.", "Wood", "Owls")
    body = table(head, ("1", "Alder", "41"), ("2", "Birch", "42"), head, ("3", "Cedar", "43"), ("", "Total", "126"))
    for page in (body, body.replace("th>", "td>")):
        assert [(surface, unit) for surface, _, unit, _ in facts(page)] == [
            (surface, "owls") for surface in ("41", "42", "43", "126")
        ]
    marked = body.replace("<td>1</td>", "<th scope='row'>1</th>").replace("<td>2</td>", "<th scope='row'>2</th>")
    assert [surface for surface, *_ in facts(marked)] == ["41", "42", "43", "126"]


@pytest.mark.parametrize("mark", ["*", "(a)", " (b)", "[1]", "††"])
def test_a_year_with_the_mark_of_a_note_is_a_year(mark: str) -> None:
    assert facts(table(("Year", "Owls"), ("2019", "31"), (f"2018{mark}", "42"))) == [
        ("31", 31, "owls", 2019),
        ("42", 42, "owls", 2018),
    ]
    assert facts(table(("", f"2018{mark}", "2017"), ("Owls", "31", "42"))) == [
        ("31", 31, "owls", 2018),
        ("42", 42, "owls", 2017),
    ]


@pytest.mark.parametrize(
    ("head", "numbers"),
    [("Loans", ("1", "2", "3")), ("Staff", ("4", "5")), ("Total", ("3", "4", "5")), ("Attendance", ("3041", "3180"))],
)
def test_numbers_that_count_are_read(head: str, numbers: tuple[str, ...]) -> None:
    body = table((head, "Readers"), *((number, f"{140 - at}") for at, number in enumerate(numbers)))
    assert set(numbers) & {surface for surface, *_ in facts(body)}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2021<br>NZ$'000", "2020<br>NZ$'000", [("64", 64000, "NZD", 2021), ("59", 59000, "NZD", 2020)]),
        ("2021 (£m)", "2020 (£m)", [("64", 64e6, "GBP", 2021), ("59", 59e6, "GBP", 2020)]),
        ("2020 %", "2021 %", [("64", 64, "percent", 2020), ("59", 59, "percent", 2021)]),
        ("FY2021 €", "FY2020 €", [("64", 64, "EUR", 2021), ("59", 59, "EUR", 2020)]),
    ],
)
def test_a_year_with_a_sign_heads_a_column(first: str, second: str, expected: list[object]) -> None:
    for corner in ("", "Item"):
        assert facts(table((corner, first, second), ("Fees", "64", "59"))) == expected
        plain = table((corner, first, second), ("Fees", "64", "59"), ("Fines", "", "")).replace("th>", "td>")
        assert facts(plain) == expected


def test_a_note_below_a_table_is_numbered_by_its_mark() -> None:
    body = table(("Year", "Loans"), ("2020<sup>4</sup>", "88"), ("2021", "97")) + "<p>4 Without renewals.</p>"
    assert [surface for surface, *_ in facts(body)] == ["88", "97"]


@pytest.mark.parametrize(
    ("sign", "factor", "unit"), [("CA$'000", 1000, "CAD"), ("(€m)", 1e6, "EUR"), ("%", 1, "percent"), ("£", 1, "GBP")]
)
def test_a_row_of_signs_under_the_years_is_a_head(sign: str, factor: float, unit: str) -> None:
    body = table(("", "2021", "2020"), ("", sign, sign), ("Fees", "64", "59"), ("Fines", "12", "17"))
    expected = [("64", 64 * factor, unit, 2021), ("59", 59 * factor, unit, 2020)]
    for page in (body, body.replace("th>", "td>")):
        assert facts(page)[:2] == expected
        assert len(facts(page)) == 4
