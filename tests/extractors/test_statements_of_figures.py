"""Whole statements, each with what its figures are: where two modules meet, no unit test of one of them tells."""

import datetime as dt

import pytest

from extractors import read_page, read_text

AT = dt.datetime(2024, 12, 10, tzinfo=dt.UTC)


def told(facts) -> list[tuple]:
    return [(str(fact.value), fact.kind, fact.unit, fact.year) for fact in facts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The 4.5 million litre tank of 2021 compares with 3 million litres in 1998.",
            [("4500000", "measure", "litre", 2021), ("3000000", "measure", "litres", 1998)],
        ),
        (
            "In 2020 visits rose by 4% to 2,100, while attendance fell to 630.",
            [("4", "change_percent", "percent", 2020), ("2100", "count", "visits", 2020),
             ("630", "count", "attendance", 2020)],
        ),
        (
            "In 2020 visits rose to 2,100, and the waiting list fell to 190.",
            [("2100", "count", "visits", 2020), ("190", "count", None, 2020)],
        ),
        (
            "In 2020 donors grew from 1,200 to 1,900.",
            [("1200", "count", "donors", 2019), ("1900", "count", "donors", 2020)],
        ),
        (
            "In 2020 we housed 210 families, and the figure for 2021 rose to 225.",
            [("210", "count", "families", 2020), ("225", "count", "families", 2021)],
        ),
        (
            "Our list of repairs is 148 in 2024, below last year's 212.",
            [("148", "count", "repairs", 2024), ("212", "count", "repairs", 2023)],
        ),
        (
            "We planted 1,480 trees in 2021, more than 2019's 990.",
            [("1480", "count", "trees", 2021), ("990", "count", "trees", 2019)],
        ),
        (
            "The margin was -1.8% in 2022, after −0.6% in 2021.",
            [("-1.8", "percent", "percent", 2022), ("-0.6", "percent", "percent", 2021)],
        ),
        (
            "The result was CHF (12,400) in 2021 and CHF -7,850 in 2020.",
            [("-12400", "money", "CHF", 2021), ("-7850", "money", "CHF", 2020)],
        ),
        ("In 2018 keepers mended 1,430 [3] dykes.", [("1430", "count", "dykes", 2018)]),
        ("In 2018 the men lost theirs 0-2 before 412 fans.", [("412", "count", "fans", 2018)]),
        ("In 2018 we signed 46 pay deals.", [("46", "count", "pay deals", 2018)]),
        ("The 2012 pumps and the 1986 gates held through 2018.", []),
        ("In 2021 the St. Anne choir sang for 340 guests.", [("340", "count", "guests", 2021)]),
        ("In 2023 in Leeds 40 clubs ran the Walk to 2K course.", [("40", "count", "clubs", 2023)]),
    ],
)  # fmt: skip
def test_figures_of_a_text(text: str, expected: list[tuple]) -> None:
    assert told(read_text(text, captured_at=AT).facts) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<h2>2022 in figures</h2><table><tr><td>Wardens<td>2012<tr><td>Parcels<td>1850</table>",
            [("2012", "count", "wardens", 2022), ("1850", "count", "parcels", 2022)],
        ),
        (
            "<table><tr><td>Wardens<td>2012<tr><td>Full-time<td>40<tr><td>Part-time<td>18</table>",
            [("40", "count", "full-time", 2012), ("18", "count", "part-time", 2012)],
        ),
        (
            "<h2>The guild in 2022</h2><dl><dt>Stewards<dd>2019<dt>Halls<dd>46</dl>",
            [("2019", "count", "stewards", 2022), ("46", "count", "halls", 2022)],
        ),
        (
            "<h3>All amounts in thousands of euros</h3><table><tr><th><th>2023<tr><th>Dues<td>644</table>",
            [("644000", "money", "EUR", 2023)],
        ),
        (
            "<table><tr><th>£ thousands (staff numbers in full)<th>2023<tr><td>Fuel<td>264"
            "<tr><td>Number of nurses<td>121</table>",
            [("264000", "money", "GBP", 2023), ("121", "count", "nurses", 2023)],
        ),
        (
            "<table><tr><th><th colspan=2>2018<th colspan=2>2017<tr><td>Operating margin<td>(4.2<td>)%<td>1.9<td>%"
            "</table>",
            [("-4.2", "percent", "percent", 2018), ("1.9", "percent", "percent", 2017)],
        ),
        (
            "<details><table><tr><td><a href='#a'>7.1</a><td><a href='#a'>Juniors</a><tr><td><a href='#b'>7.2</a><td>"
            "<a href='#b'>Elders</a><tr><td><a href='#c'>7.3</a><td><a href='#c'>Judges</a></table></details>"
            "<p>We trained 96 judges in 2019.</p>",
            [("96", "count", "judges", 2019)],
        ),
        (
            "<table><tr><th>Ward<th>2021<tr><td>Delayed discharges<td>96</table>",
            [("96", "count", "delayed discharges", 2021)],
        ),
    ],
)
def test_figures_of_a_page(html: str, expected: list[tuple]) -> None:
    assert told(read_page(f"<body>{html}</body>".encode(), captured_at=AT).facts) == expected
