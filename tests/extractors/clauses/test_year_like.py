"""Numbers that look like years are counts where their label says so and the year stands elsewhere, and only there."""

import pytest

from extractors import read_page, read_text


def facts(body: str) -> list[tuple[str, int | None]]:
    reading = read_page(f"<body>{body}</body>".encode(), edition=2021)
    return [(fact.surface, fact.year) for fact in reading.facts]


def tile(number: str, label: str) -> str:
    return f"<div><b>{number}</b><p>{label}</p></div>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h2>2020 in brief</h2><div>" + tile("1974", "Night shifts") + tile("2036", "Lifts given") + "</div>",
         [("1974", 2020), ("2036", 2020)]),
        ("<h3>Our year 2020</h3><ul><li>Walkers: 1986</li></ul>", [("1986", 2020)]),
        ("<ul><li>Walkers in 2019: 2019</li></ul>", [("2019", 2019)]),
        ("<div>" + tile("2024", "Ferns planted") + tile("12", "Ponds") + "</div>", [("2024", 2021), ("12", 2021)]),
        ("<dl><dt>Founded<dd>1974<dt>Walkers<dd>1911<dt>Vans<dd>40</dl>", [("1911", 2021), ("40", 2021)]),
    ],
)  # fmt: skip
def test_a_label_of_many_makes_a_count(body: str, expected: list[tuple[str, int]]) -> None:
    assert facts(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Our history since 1961</h2><div>" + tile("1974", "Night shifts") + tile("1986", "Vans") + "</div>",
        "<h2>Our work, 2020</h2><div>" + "".join(tile(year, "Vans") for year in ("1974", "1986", "1999")) + "</div>",
        "<h2>About us</h2><ul><li>Walkers: 1986</li></ul>",
        "<h2>About us</h2><div>" + tile("1986", "Vans") + tile("1999", "Ponds") + "</div>",
        "<h2>Our year 2020</h2><ul><li>First walkers: 1986</li><li>Founded: 1986</li></ul>",
    ],
)
def test_a_history_stays_one(body: str) -> None:
    assert facts(body) == []


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("The 2012 and 2015 intakes were small.", []),
        ("We drew on our 2011, 2013 and 2016 bulletins.", []),
        ("A total of 2046 owls were seen in 2021, of which 1907 were young.", ["2046", "1907"]),
        ("We kept 2014 and 2016 seedlings in 2017 and 2018.", ["2014", "2016"]),
        ("We heard 1990 owls in 2020, up from 1711 in 2019.", ["1990", "1711"]),
        ("A map from 1711 in the hall.", []),
    ],
)
def test_years_beside_counts(text: str, surfaces: list[str]) -> None:
    assert [fact.surface for fact in read_text(text, edition=2021).facts] == surfaces
