"""Whose dollar a bare sign is: the card's, else that of the page's country, else the American."""

from pathlib import Path

import pytest

from extractors import read_page, read_text
from extractors.errors import InputError
from extractors.language.currencies import dollar_of
from extractors.metrics.card import Metric, SourceCard, load_card


def card(currency: str | None) -> SourceCard:
    metric = Metric(label="Grants", unit="grants", measure="flow", counts=("grants",))
    return SourceCard(
        id="giver", organisation="A fund", title="A page", url="https://x.test/", currency=currency,
        metrics={"grants": metric},
    )  # fmt: skip


def units(body: str, language: str = "", currency: str | None = None) -> list[str | None]:
    page = f'<html lang="{language}"><body>{body}</body></html>'.encode()
    reading = read_page(page, card=card(currency), edition=2021)
    ledger = [numeral.unit for numeral in reading.numerals if numeral.fact_id]
    assert ledger == [fact.unit for fact in reading.facts]
    return ledger


@pytest.mark.parametrize(
    ("language", "unit"),
    [
        ("en-AU", "AUD"), ("en-CA", "CAD"), ("fr-CA", "CAD"), ("en-NZ", "NZD"), ("EN_sg", "SGD"), ("zh-Hant-HK", "HKD"),
        ("es-MX", "MXN"), ("en-US", "USD"), ("en-GB", "USD"), ("en", "USD"), ("", "USD"), ("x", "USD"), ("-", "USD"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "body",
    [
        "<p>We gave $4.5 million in 2021.</p>",
        "<p>We gave 4,500 dollars in 2021.</p>",
        "<p>We gave between $400 and $500 in 2021.</p>",
        "<table><tr><th>Grants ($)<th>2021<tr><td>Towns<td>4,500</table>",
        "<table><caption>Grants, in millions of dollars</caption><tr><th>Kind<th>2021<tr><td>Towns<td>4.5</table>",
        "<div><div>$4.5m</div><div>given in 2021</div></div>",
    ],
)
def test_a_bare_dollar_is_that_of_the_page_s_country(body: str, language: str, unit: str) -> None:
    assert set(units(body, language)) == {unit}


def test_the_card_knows_better_than_the_page() -> None:
    body = "<p>We gave $4.5 million in 2021.</p>"
    assert units(body, "en-US", "CAD") == ["CAD"]
    assert units(body, "", "AUD") == ["AUD"]
    assert units(body, "en-AU", "EUR") == ["AUD"]  # dollars beside euros
    assert read_text("We gave $45 in 2021.", card=card("NZD")).facts[0].unit == "NZD"


@pytest.mark.parametrize(
    ("money", "unit"),
    [
        ("US$45", "USD"), ("USD 45", "USD"), ("$45 USD", "USD"), ("45 US dollars", "USD"), ("C$45", "CAD"),
        ("A$45", "AUD"), ("NZ$45", "NZD"), ("45 Canadian dollars", "CAD"), ("£45", "GBP"), ("45 euros", "EUR"),
        ("$40 to C$45", "CAD"), ("US$40 to $45", "USD"), ("45 cents", "cents"),
    ],
)  # fmt: skip
def test_money_that_names_its_country_keeps_it(money: str, unit: str) -> None:
    assert units(f"<p>We gave {money} in 2021.</p>", "en-AU") == [unit]


def test_a_header_that_names_its_country_keeps_it() -> None:
    table = "<table><tr><th>Grants ({})<th>2021<tr><td>Towns<td>4,500</table>"
    assert [units(table.format(sign), "en-AU")[0] for sign in ("US$", "NZ$", "$", "US dollars")] == [
        "USD", "NZD", "AUD", "USD",
    ]  # fmt: skip


def test_a_currency_that_is_no_code_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "card.yaml"
    path.write_text("id: a\norganisation: A\ntitle: A\nurl: http://127.0.0.1/\ncurrency: dollars\n")
    with pytest.raises(InputError, match="currency: 'dollars'"):
        load_card(path)


def test_no_language_tag_is_too_odd() -> None:
    assert {dollar_of(None, tag) for tag in ("", "-", "_", "en-", "en-XX-AU-" * 3000, "ß-ß", "en-12")} == {"USD"}
