"""The sign at the head of a column of accounts and at its sum stands for the figures between them."""

from extractors import read_page


def table(rows: list[list[str]]) -> bytes:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<p>Accounts</p><table>{body}</table>".encode()


def kinds(rows: list[list[str]]) -> dict[str, tuple[str, str | None]]:
    return {fact.surface: (fact.kind, fact.unit) for fact in read_page(table(rows)).facts}


def test_what_stands_between_two_signs_is_money() -> None:
    rows = [["", "2022", "2021"], ["Hay", "$310", "$290"], ["Oats", "45", "(52)"], ["Total", "$355", "$238"]]
    rows += [["Ponies kept", "81", "77"]]
    found = kinds(rows)
    assert found["45"] == ("money", "USD")
    assert found["52"][0] == "money"
    assert found["81"] == ("count", "ponies")


def test_other_signs_and_shares_stay_what_they_are() -> None:
    rows = [["", "2022"], ["Hay", "£310"], ["Share of hay", "45%"], ["Carrots", "€12"], ["Total", "£355"]]
    found = kinds(rows)
    assert found["45%"][0] == "percent"
    assert found["€12"] == ("money", "EUR")


def test_a_figure_with_a_sign_of_its_own_takes_no_other() -> None:
    rows = [["", "2022"], ["Hay", "$1,200"], ["Oats", "£5,300"], ["Straw", "3,400"], ["Total", "$9,900"]]
    found = {fact.surface: fact for fact in read_page(table(rows)).facts}
    assert found["£5,300"].unit == "GBP"
    assert "$" not in " ".join(found["£5,300"].headings)
    assert found["3,400"].unit == "USD"


def test_one_sign_alone_says_nothing_of_the_rest() -> None:
    rows = [["", "2022"], ["Spent on hay", "£310"], ["Ponies", "45"], ["Donkeys", "12"]]
    assert kinds(rows)["45"][0] == "count"
